"""`clientsmith upstream`: its arguments as settings of a look, and what is printed of it."""

from __future__ import annotations

import os
import re
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from clientsmith.cli.arguments import project_of, provider_names
from clientsmith.cli.console import (
    LONGEST_MESSAGE,
    diagnostic_json,
    progress,
    render_diagnostic,
    source_lines,
    wants_colour,
)
from clientsmith.cli.safe_text import cut, safe_json, visible
from clientsmith.diagnostics import ClientsmithError, Diagnostic, Report
from clientsmith.drift.rules import RULE_OF
from clientsmith.exit_status import ExitStatus, most_severe
from clientsmith.result import Result
from clientsmith.run import Target, declared_files, lock_of, project_target, provider_of
from clientsmith.upstream.fetching import Limits
from clientsmith.upstream.looking import SHORTEST_ACCEPTED, Look, results_of
from clientsmith.upstream.results import IndexResult, ProviderResult, SourceResult
from clientsmith.upstream.writing import write_results

_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?")
_DIGEST = re.compile(rf"[0-9a-f]{{{SHORTEST_ACCEPTED},64}}")


def look_upstream(options: Namespace) -> ExitStatus:
    """Looks at the addresses of the providers of `options`, and prints what it finds."""
    project = project_of(options)
    names = provider_names(options, project)
    limits, accepted = _limits(options), _accepted(options)
    statuses: list[ExitStatus] = []
    rows: list[dict[str, object]] = []
    answered: set[str] = set()
    for name in names:
        target, report = project_target(project, name), Report()
        written: tuple[str, ...] | None = None
        results: ProviderResult | None = None
        try:
            provider = provider_of(target, report)
            lock = lock_of(target, report)
            with _Shown(name) as shown:
                look = Look(limits, accepted, shown.show)
                results = results_of(provider, lock.upstream if lock else {}, look, report)
            answered.update(result.raw for result in results.sources)
            if options.write and not results.is_blocked:
                written = write_results(results, provider, lock, target.lock, report)
        except ClientsmithError as error:
            report = error.report
        failed = Result(name, tuple(report.diagnostics), target.root).exit_code
        found = results.exit_status(written=written is not None) if results else ExitStatus.SUCCESS
        status = most_severe((failed, found))
        statuses.append(status)
        if options.json:
            rows.append(_json(name, status, report.diagnostics, results, written))
            continue
        _print_diagnostics(target, report.diagnostics)
        if results is not None:
            for line in _lines(results, written, wants_write=options.write):
                print(visible(cut(line, LONGEST_MESSAGE)))
    unused = [digest for digest in sorted(accepted) if not any(raw.startswith(digest) for raw in answered)]
    for digest in unused:
        print(f"clientsmith: no answer has the digest of --accept {digest}", file=sys.stderr)
        statuses.append(ExitStatus.DIAGNOSTICS)
    status = most_severe(statuses)
    if options.json:
        print(safe_json({"exit_code": status, "providers": rows}, letters=False))
    return status


# ------------------------------------------------------------------------------------------------------ arguments


def _limits(options: Namespace) -> Limits:
    hosts = [str(host).lower() for host in options.trusted_host]
    for host in hosts:
        if not _HOST.fullmatch(host):
            options.usage_error(f"--trusted-host must be a host, or host:port, without scheme and path: {host!r}")
    if not 0 < options.timeout <= 3600:
        options.usage_error("--timeout must be more than 0 and at most 3600 seconds")
    authorizations: dict[str, str] = {}
    for entry in options.authorization:
        host, equals, variable = str(entry).partition("=")
        value = os.environ.get(variable, "")
        if not equals or not _HOST.fullmatch(host):
            options.usage_error("--authorization must be HOST=VARIABLE, and VARIABLE that of an environment variable")
        if not value or not value.isprintable() or not value.isascii():
            options.usage_error(f"the environment variable {variable!r} is not set, or no value of a header")
        authorizations[host.lower()] = value
    return Limits(options.timeout, frozenset(hosts), authorizations)


def _accepted(options: Namespace) -> frozenset[str]:
    for digest in options.accept:
        if not _DIGEST.fullmatch(digest):
            options.usage_error(
                f"--accept must be a digest as it is printed, of at least {SHORTEST_ACCEPTED} characters: {digest!r}"
            )
    return frozenset(options.accept)


# -------------------------------------------------------------------------------------------------------- printing


class _Shown:
    """The progress of a look, on terminals only: what is being fetched, once that takes long."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._stack = ExitStack()

    def __enter__(self) -> _Shown:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def show(self, what: str) -> None:
        self._stack.close()
        self._stack.enter_context(progress(f"{self._name}: fetching {what}", sys.stderr))


def _lines(results: ProviderResult, written: Sequence[str] | None, *, wants_write: bool) -> Iterator[str]:
    """Yields the lines for one provider: each result that is more than `unchanged`, and a summary."""
    for source in results.sources:
        if source.status != "unchanged" or source.message or source.hint:
            yield from _result_lines(f"{results.provider}: {source.path}", source)
    for index in results.indexes:
        if index.status != "unchanged" and (index.message or index.status != "unrecorded"):
            yield from _result_lines(f"{results.provider}: {index.address}", index)
    if not results.indexes and any(source.kind in ("page", "prose") for source in results.sources):
        yield f"{results.provider}: no llms.txt and no api-catalog lists its pages"
    counts: dict[str, int] = {}
    for source in results.sources:
        counts[source.status] = counts.get(source.status, 0) + 1
    counted = ", ".join(f"{count} {status}" for status, count in counts.items())
    number = len(results.sources)
    sources = "1 source" if number == 1 else f"{number} sources"
    yield f"{results.provider}: {sources} ({counted}){_ending(results, written, wants_write)}"


def _result_lines(label: str, result: SourceResult | IndexResult) -> Iterator[str]:
    yield f"{label}: {result.status}" + (f": {result.message}" if result.message else "")
    hint = result.hint if isinstance(result, SourceResult) else ""
    if hint:
        yield f"  hint: {hint}"


def _ending(results: ProviderResult, written: Sequence[str] | None, wants_write: bool) -> str:
    if written:
        files = "1 file" if len(written) == 1 else f"{len(written)} files"
        return f"; {files} written; next: clientsmith generate {results.provider}"
    if results.is_blocked:
        return "; nothing was written, because its files belong together" if wants_write else ""
    if not wants_write and "changed" in results.statuses:
        return "; --write takes the changes"
    return ""


def _print_diagnostics(target: Target, diagnostics: Sequence[Diagnostic]) -> None:
    lines = source_lines(target.root, declared_files(target))
    for diagnostic in diagnostics:
        print(render_diagnostic(diagnostic, lines, colour=wants_colour(sys.stderr)), end="\n\n", file=sys.stderr)


def _json(
    name: str,
    status: ExitStatus,
    diagnostics: Sequence[Diagnostic],
    results: ProviderResult | None,
    written: Sequence[str] | None,
) -> dict[str, object]:
    return {
        "provider": name,
        "exit_code": status,
        "diagnostics": [diagnostic_json(diagnostic) for diagnostic in diagnostics],
        "sources": [_source_json(source) for source in results.sources] if results else [],
        "indexes": [_index_json(index) for index in results.indexes] if results else [],
        "written": [Path(path).as_posix() for path in written or ()],
    }


def _source_json(source: SourceResult) -> dict[str, object]:
    return {
        "path": source.path,
        "kind": source.kind,
        "address": source.address,
        "status": source.status,
        "rule": RULE_OF.get(source.slug),
        "message": source.message,
        "hint": source.hint,
        "raw": source.raw,
        "canonical": source.canonical,
        "changes": asdict(source.changes) if source.changes else None,
    }


def _index_json(index: IndexResult) -> dict[str, object]:
    return {
        "form": index.form,
        "address": index.address,
        "status": index.status,
        "rule": RULE_OF.get(index.slug),
        "message": index.message,
        "new": index.new,
        "gone": index.gone,
    }
