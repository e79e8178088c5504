"""What the commands do with their arguments, and what they print.

Each imports what it needs when it runs, and a run in which nothing has changed needs hardly anything: it compares
digests (`lock`), prints the summary and ends.

Findings go to the standard error stream, results to the standard output. `run` draws the table of exit codes.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from clientsmith.cli.arguments import project, providers, spec_files, spec_package, spec_provider
from clientsmith.cli.summary import Summary
from clientsmith.project.folders import LOCK
from clientsmith.project.lock import Lock, current_lock, files_present, spec_options

if TYPE_CHECKING:
    from clientsmith.diagnostics import Diagnostic, Report
    from clientsmith.project.settings import Provider
    from clientsmith.run import Result, Target


def run_generate(options: Namespace) -> int:
    def run(target: Target) -> Result:
        from clientsmith.run import generated

        return generated(target, strict=options.strict, accept_claims=options.accept_claims)

    def settled(lock: Lock, output: str) -> bool:
        return not options.accept_claims and not (options.strict and lock.counts.warnings)

    return _over_targets(options, "generating", settled, run)


def run_check(options: Namespace) -> int:
    def run(target: Target) -> Result:
        from clientsmith.run import checked

        return checked(target)

    def settled(lock: Lock, output: str) -> bool:
        extra = set(files_present(output)) - lock.outputs.keys() - {LOCK}
        return not options.full and not lock.counts.warnings and not extra

    return _over_targets(options, "checking", settled, run)


def run_init(options: Namespace) -> int:
    from pathlib import Path

    from clientsmith.cli.init import StartError, start_provider

    try:
        told = start_provider(options.name, [Path(file) for file in options.files], Path.cwd())
    except StartError as error:
        tell(f"error: {error.message}", error.hint)
        return 3 if error.unreadable else 2
    except OSError as error:
        tell(f"error: {error.filename} cannot be written: {error.strerror}")
        return 74
    print("\n".join(told))
    return 0


def run_validate(options: Namespace) -> int:
    def run(provider: Provider, report: Report) -> str:
        from clientsmith.load.validation import validate
        from clientsmith.pipeline import document

        loaded = document(provider, report)
        validate(loaded, report, largest=None)
        report.located(loaded.locate)
        found = len(report.errors) + len(report.warnings)
        return "" if options.json else f"{provider.name}: {found} findings" if found else f"{provider.name}: valid"

    return _over_providers(options, run, findings_fail=True)


def run_explain(options: Namespace) -> int:
    def run(provider: Provider, report: Report) -> str:
        import json
        import pprint

        from clientsmith import pipeline

        match options.stage:
            case "document":
                loaded = pipeline.document(provider, report)
                return json.dumps({"root": loaded.root, "files": loaded.files}, indent=2, ensure_ascii=False)
            case "api":
                return pprint.pformat(pipeline.api(provider, report), width=120, sort_dicts=False)
            case _:
                return pprint.pformat(pipeline.package(provider, report), width=120, sort_dicts=False)

    return _over_providers(options, run)


def run_surface(options: Namespace) -> int:
    def run(provider: Provider, report: Report) -> str:
        import json

        from clientsmith.pipeline import surface

        return json.dumps(surface(provider, report), indent=2, ensure_ascii=False, sort_keys=True)

    return _over_providers(options, run)


# -------------------------------------------------------------------------------------------------------- targets


def _over_targets(
    options: Namespace,
    verb: str,
    settled: Callable[[Lock, str], bool],
    run: Callable[[Target], Result],
) -> int:
    """Run over every target, or say that there is nothing to do for it; print; the worst code ends the run."""
    codes: set[int] = set()
    rows: list[dict[str, object]] = []
    nothing: dict[str, str] = {}
    if options.spec:
        package = spec_package(options)
        if not options.output:
            options.usage_error("--spec needs --output FOLDER")
        folder, names = spec_files(options)
        output = os.path.abspath(options.output)
        targets = [(package, os.path.join(output, LOCK), folder, output, spec_options(package, names))]
    else:
        own = project(options)
        targets = [
            (name, own.lock_path(name), own.provider_folder(name), own.output_folder(name), nothing)
            for name in providers(options, own)
        ]
    for name, lock_path, inputs, output, given in targets:
        lock = current_lock(lock_path, inputs=inputs, output=output, options=given)
        if lock is not None and settled(lock, output):
            summary = Summary(name, lock.counts, unchanged=len(lock.outputs))
            rows.append({"provider": name, "exit_code": 0, "diagnostics": [], **summary.json()})
            if not options.json:
                print(summary.line(repeated=True))
            continue
        result = _run(options, verb, name, run)
        codes.add(result.exit_code)
        rows.append(_row(result))
        if not options.json:
            _print(result)
    return _ended(options, codes, rows)


def _run(options: Namespace, verb: str, name: str, run: Callable[[Target], Result]) -> Result:
    from pathlib import Path

    from clientsmith.cli.console import progress
    from clientsmith.run import project_target, spec_target

    if options.spec:
        target = spec_target(spec_provider(options), Path(options.output))
    else:
        target = project_target(project(options), name)
    with progress(f"{verb} {name}", sys.stderr):
        return run(target)


def _over_providers(
    options: Namespace, run: Callable[[Provider, Report], str], *, findings_fail: bool = False
) -> int:
    """Print what `run` makes of every provider, and its findings."""
    from clientsmith.diagnostics import ClientsmithError, Report
    from clientsmith.run import Result, declared_files, project_target, provider_of, spec_target

    if options.spec:
        from pathlib import Path

        targets = [spec_target(spec_provider(options), Path())]
    else:
        own = project(options)
        targets = [project_target(own, name) for name in providers(options, own)]
    codes: set[int] = set()
    rows: list[dict[str, object]] = []
    as_json = getattr(options, "json", False)
    for target in targets:
        report, text = Report(), ""
        try:
            text = run(provider_of(target, report), report)
        except ClientsmithError as error:
            report = error.report
        result = Result(
            target.name,
            tuple(report.diagnostics),
            target.root,
            declared_files(target),
            fail_on_warnings=findings_fail,
        )
        codes.add(result.exit_code)
        rows.append(_row(result))
        if not as_json:
            _print_findings(result)
            if text:
                print(text)
    return _ended(options, codes, rows)


# ------------------------------------------------------------------------------------------------------- printing


def _print(result: Result) -> None:
    _print_findings(result)
    for line in result.differences:
        from clientsmith.cli.console import visible

        print(visible(line))
    summary = _summary(result)
    if result.exit_code == 0 and summary is not None:
        print(summary.line())
    else:
        counted = _counted(result.diagnostics)
        print(f"{result.name}: {counted}" + ("" if summary else "; nothing was written"), file=sys.stderr)


def _summary(result: Result) -> Summary | None:
    """The last line of the run; None when nothing was generated."""
    if result.counts is None:
        return None
    return Summary(result.name, result.counts, result.written, result.unchanged, result.removed)


def _print_findings(result: Result) -> None:
    if result.diagnostics:
        from clientsmith.cli.console import render_diagnostic, source_lines, wants_colour

        colour, lines = wants_colour(sys.stderr), source_lines(result.root, result.declared)
        for diagnostic in result.diagnostics:
            print(render_diagnostic(diagnostic, lines, colour=colour), end="\n\n", file=sys.stderr)


def _counted(diagnostics: Iterable[Diagnostic]) -> str:
    severities = [diagnostic.severity.value for diagnostic in diagnostics]
    return f"{severities.count('error')} errors, {severities.count('warning')} warnings"


def _row(result: Result) -> dict[str, object]:
    from clientsmith.cli.console import diagnostic_json

    summary = _summary(result)
    return {
        "provider": result.name,
        "exit_code": result.exit_code,
        "diagnostics": [diagnostic_json(diagnostic) for diagnostic in result.diagnostics],
        **(summary.json() if summary else {}),
    }


def _ended(options: Namespace, codes: set[int], rows: list[dict[str, object]]) -> int:
    code = 0
    if codes - {0}:
        from clientsmith.run import worst

        code = worst(codes)
    if getattr(options, "json", False):
        import json

        print(json.dumps({"exit_code": code, "providers": rows}, indent=2))
    return code


def tell(message: str, hint: str = "") -> None:
    """One message about the run itself, and what to do, on the standard error stream."""
    from clientsmith.cli.console import visible

    print(f"clientsmith: {visible(message)}", file=sys.stderr)
    if hint:
        print(f"hint: {visible(hint)}", file=sys.stderr)
