"""The commands: what they do with their arguments, and what they print.

Each imports what it needs when it runs, because a run in which nothing has changed needs little: it compares digests,
prints a line for each provider and ends. Diagnostics go to standard error, results to standard output.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple

from clientsmith.cli.arguments import project_of, provider_names, spec_files, spec_package, spec_provider
from clientsmith.cli.safe_text import cut, print_message, safe_json, visible
from clientsmith.exit_status import ExitStatus, most_severe
from clientsmith.project.digests import files_present
from clientsmith.project.folders import LOCK, RUNTIME, SHARED_RUNTIME, Project
from clientsmith.project.lock import Counts, Lock, current_lock, current_runtime_lock, has_shared_runtime, spec_options

if TYPE_CHECKING:
    from clientsmith.cli.code_scanning import ScanResult
    from clientsmith.cli.grades import Grades
    from clientsmith.diagnostics import Diagnostic, Report
    from clientsmith.project.settings import Provider
    from clientsmith.result import Result
    from clientsmith.run import Target


LONGEST_LINE = 1000
"""The most characters of a line of a diff that are printed."""


def run_generate(options: Namespace) -> ExitStatus:
    project = None if options.spec else project_of(options)
    printed = _Printed(options)
    for client in _clients(options, project):
        lock = None if options.fresh else client.current_lock()
        anew = options.accept_claims or options.rename
        if lock is not None and not anew and not (options.strict and lock.counts.warnings):
            printed.add_unchanged(client.name, len(lock.outputs), lock.counts)
        else:
            from clientsmith.run import generate_client

            with _progress(f"generating {client.name}"):
                target = _target(options, project, client.name)
                result = generate_client(
                    target, strict=options.strict, accept_claims=options.accept_claims, rename=options.rename
                )
            printed.add(result)
    if project and has_shared_runtime(project):
        runtime = None if options.fresh else current_runtime_lock(project)
        if runtime is not None:
            printed.add_unchanged(SHARED_RUNTIME, len(runtime.outputs))
        else:
            from clientsmith.run import generate_runtime

            printed.add(generate_runtime(project, strict=options.strict))
    return printed.end()


def run_check(options: Namespace) -> ExitStatus:
    project = None if options.spec else project_of(options)
    printed = _Printed(options)
    for client in _clients(options, project):
        lock = client.current_lock() if options.fast else None
        if lock is not None and not lock.counts.warnings and not _extra_files(client.output, lock.outputs):
            printed.add_unchanged(client.name, len(lock.outputs), lock.counts)
        else:
            from clientsmith.run import check_client

            with _progress(f"checking {client.name}"):
                result = check_client(_target(options, project, client.name))
            printed.add(result)
            if project and any(diagnostic.slug in _STALE for diagnostic in result.diagnostics):
                from clientsmith.cli.grades import grades_of

                printed.add_grades(client.name, grades_of(project, client.name, result.causes))
    if project and has_shared_runtime(project):
        runtime = current_runtime_lock(project) if options.fast else None
        if runtime is not None and not _extra_files(project.output_folder(RUNTIME), runtime.outputs):
            printed.add_unchanged(SHARED_RUNTIME, len(runtime.outputs))
        else:
            from clientsmith.run import check_runtime

            printed.add(check_runtime(project))
    if project and not options.providers and project.abandoned():
        from clientsmith.run import check_abandoned

        for result in check_abandoned(project):
            printed.add(result)
    return printed.end()


_STALE = ("output-stale", "output-missing", "output-edited")
"""What `check` reports where the files of a client are not those that would be generated."""


def run_init(options: Namespace) -> ExitStatus:
    from pathlib import Path

    from clientsmith.cli.init import InitError, init_provider

    try:
        lines = init_provider(options.name, [Path(file) for file in options.files], Path.cwd())
    except InitError as error:
        print_message(f"error: {error.message}", error.hint)
        return ExitStatus.BAD_INPUT if error.unreadable else ExitStatus.USAGE
    except OSError as error:
        print_message(f"error: {error.filename} cannot be written: {error.strerror}")
        return ExitStatus.CANNOT_WRITE
    for line in lines:
        print(visible(line))
    return ExitStatus.SUCCESS


def run_validate(options: Namespace) -> ExitStatus:
    def validated(provider: Provider, report: Report, _: Mapping[str, str]) -> str:
        from clientsmith.load.validation import validate
        from clientsmith.pipeline import document

        loaded = document(provider, report)
        validate(loaded, report, largest=None)
        report.located(loaded.locate)
        found = len(report.errors) + len(report.warnings)
        return f"{provider.name}: {_number(found, 'problem')}" if found else f"{provider.name}: valid"

    return _over_providers(options, validated, fail_on_warnings=True)


def run_explain(options: Namespace) -> ExitStatus:
    def explained(provider: Provider, report: Report, locked: Mapping[str, str]) -> str:
        import pprint

        from clientsmith import pipeline

        if options.names:
            package = pipeline.package(provider, report, locked)
            methods = [(row.call, visible(f"{row.method} {row.path}"), row.origin) for row in package.origins]
            classes = [(row.name, visible(row.address), row.origin) for row in package.class_origins]
            return "\n\n".join("\n".join(_columns(rows)) for rows in (methods, classes) if rows)
        match options.stage:
            case "document":
                loaded = pipeline.document(provider, report)
                return safe_json({"root": loaded.root, "files": loaded.files})
            case "api":
                return pprint.pformat(pipeline.api(provider, report), width=120, sort_dicts=False)
            case _:
                return pprint.pformat(pipeline.package(provider, report, locked), width=120, sort_dicts=False)

    return _over_providers(options, explained)


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield from ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def run_names(options: Namespace) -> ExitStatus:
    from clientsmith.sdks import SdkError, read_sdk

    if options.spec:
        if options.write:
            options.usage_error("--write needs a provider of a project; without it, the names are printed")
    elif len(names := provider_names(options, project_of(options))) > 1:
        options.usage_error(f"name the provider whose SDK this is: {', '.join(map(visible, names))}")
    try:
        with _progress(f"reading {options.like}"):
            sdk = read_sdk(options.like)
    except SdkError as error:
        print_message(f"error: {error.message}", error.hint)
        return ExitStatus.BAD_INPUT

    def names_text(provider: Provider, report: Report, locked: Mapping[str, str]) -> str:
        from clientsmith.cli.names import pins_of, pins_text, print_likeness, write_pins

        likeness = pins_of(sdk, provider, locked)
        print_likeness(likeness, sdk)
        return write_pins(likeness, provider, report) if options.write else pins_text(likeness)

    return _over_providers(options, names_text)


def run_upstream(options: Namespace) -> ExitStatus:
    from clientsmith.cli.upstream import look_upstream

    return look_upstream(options)


def run_surface(options: Namespace) -> ExitStatus:
    def surface_text(provider: Provider, report: Report, locked: Mapping[str, str]) -> str:
        from clientsmith.pipeline import surface
        from clientsmith.surface import surface_value

        return safe_json(surface_value(surface(provider, report, locked)), sort_keys=True)

    return _over_providers(options, surface_text)


def run_drift(options: Namespace) -> ExitStatus:
    from clientsmith.cli.drift import compare_sides

    return compare_sides(options)


# -------------------------------------------------------------------------------------------------------- targets


class _Client(NamedTuple):
    """A client of this run, by what is needed to find out whether it is current."""

    name: str
    lock_path: str
    inputs: str
    output: str
    options: Mapping[str, str]
    shared: bool

    def current_lock(self) -> Lock | None:
        """Returns the lock if a run would change nothing, else None."""
        return current_lock(
            self.lock_path, inputs=self.inputs, output=self.output, options=self.options, shared=self.shared
        )


def _clients(options: Namespace, project: Project | None) -> Iterator[_Client]:
    if project is None:
        package = spec_package(options)
        if not options.output:
            options.usage_error("--spec requires --output FOLDER")
        folder, names = spec_files(options)
        output = os.path.abspath(options.output)
        yield _Client(package, os.path.join(output, LOCK), folder, output, spec_options(package, names), False)
        return
    for name in provider_names(options, project):
        folder, output = project.provider_folder(name), project.output_folder(name)
        yield _Client(name, project.lock_path(name), folder, output, {}, project.runtime == "shared")


def _extra_files(folder: str, outputs: Collection[str]) -> set[str]:
    return set(files_present(folder)).difference(outputs, [LOCK])


def _target(options: Namespace, project: Project | None, name: str) -> Target:
    from pathlib import Path

    from clientsmith.run import project_target, spec_target

    return project_target(project, name) if project else spec_target(spec_provider(options), Path(options.output))


def _over_providers(
    options: Namespace, text_of: Callable[[Provider, Report, Mapping[str, str]], str], *, fail_on_warnings: bool = False
) -> ExitStatus:
    """Prints the text and the diagnostics of every provider. `text_of` is given the names that the lock holds."""
    from clientsmith.diagnostics import ClientsmithError, Report
    from clientsmith.result import Result
    from clientsmith.run import declared_files, lock_of, project_target, provider_of, spec_target

    if options.spec:
        from pathlib import Path

        targets = [spec_target(spec_provider(options), Path())]
    else:
        project = project_of(options)
        targets = [project_target(project, name) for name in provider_names(options, project)]
    printed = _Printed(options)
    for target in targets:
        report, text = Report(), ""
        try:
            lock = lock_of(target, report) if target.provider is None else None
            text = text_of(provider_of(target, report), report, lock.names if lock else {})
        except ClientsmithError as error:
            report = error.report
        diagnostics, declared = tuple(report.diagnostics), declared_files(target)
        result = Result(target.name, diagnostics, target.root, declared, fail_on_warnings=fail_on_warnings)
        printed.add(result, text)
    return printed.end()


# ------------------------------------------------------------------------------------------------------- printing


class _Printed:
    """Prints the results of a run one by one, or all of them as JSON at its end."""

    def __init__(self, options: Namespace) -> None:
        self._form: str = "json" if getattr(options, "json", False) else getattr(options, "format", "text")
        self._results: list[ScanResult] = []
        self._statuses: set[ExitStatus] = set()
        self._rows: dict[str, dict[str, object]] = {}
        self._diagnostics: set[Diagnostic] = set()

    def add_unchanged(self, name: str, files: int, counts: Counts | None = None) -> None:
        """Adds a provider, or the shared runtime, for which the locks say that there is nothing to do."""
        summary = Summary(name, counts, unchanged=files)
        self._rows[name] = {"exit_code": 0, "diagnostics": [], **summary.json()}
        if self._form == "text":
            print(summary.line_by_lock())

    def add(self, result: Result | None, text: str | None = None) -> None:
        """Adds the result of a run. `text` replaces the summary; None stands for a run that had no subject."""
        if result is None:
            return
        from clientsmith.cli.console import diagnostic_json, limited

        summary = _summary(result)
        self._statuses.add(result.exit_code)
        shown, more = limited(result.diagnostics)
        self._rows[result.name] = {
            "exit_code": result.exit_code,
            "diagnostics": [diagnostic_json(diagnostic) for diagnostic in shown],
            **({"more": more} if more else {}),
            **(summary.json() if summary else {}),
        }
        if self._form != "text":
            from clientsmith.cli.code_scanning import results_of

            self._results += results_of(result.diagnostics)
            return
        self._print_diagnostics(result)
        if text is not None:
            for line in text.split("\n") if text else ():
                print(visible(line))
        else:
            _print_end(result, summary)

    def add_grades(self, name: str, grades: Grades | None) -> None:
        """Adds what `generate` would change of a client for its callers, by cause and by level."""
        if grades is None:
            return
        self._rows[name]["public_names"] = dict(grades.public_names)
        self._rows[name]["changes"] = [grade.json() for grade in grades.grades]
        if self._form == "text":
            for grade in grades.grades:
                print(f"{visible(name)}: {visible(grade.text(name))}", file=sys.stderr)

    def _print_diagnostics(self, result: Result) -> None:
        # Two results report one diagnostic if both needed the same broken lock.
        new = [diagnostic for diagnostic in result.diagnostics if diagnostic not in self._diagnostics]
        self._diagnostics.update(new)
        if new:
            from clientsmith.cli.console import limited, render_diagnostic, source_lines, wants_colour

            colour, lines = wants_colour(sys.stderr), source_lines(result.root, result.declared)
            shown, more = limited(new)
            for diagnostic in shown:
                print(render_diagnostic(diagnostic, lines, colour=colour), end="\n\n", file=sys.stderr)
            for slug, count in more.items():
                print(f"and {count:,} more [{slug}]", end="\n\n", file=sys.stderr)

    def end(self) -> ExitStatus:
        """Returns the exit status of the run."""
        status = most_severe(self._statuses)
        if self._form in ("sarif", "github"):
            from clientsmith.cli.code_scanning import github_lines, sarif_text

            if text := sarif_text(self._results) if self._form == "sarif" else "\n".join(github_lines(self._results)):
                print(text)
        if self._form == "json":
            runtime = self._rows.pop(SHARED_RUNTIME, None)
            document: dict[str, object] = {
                "exit_code": status,
                "providers": [{"provider": name, **row} for name, row in self._rows.items()],
                **({"runtime": runtime} if runtime else {}),
            }
            print(safe_json(document, letters=False))
        return status


class Summary(NamedTuple):
    """The last line of a provider, or of the shared runtime (without `counts`); the rest are numbers of files."""

    name: str
    counts: Counts | None
    written: int = 0
    unchanged: int = 0
    removed: int = 0

    def line(self) -> str:
        """`acme: 12/12 operations, 30 models, 0 warnings, 24 files (2 written, 22 unchanged, 0 removed)`."""
        return (
            f"{visible(self.name)}: {self._counted()}{self.written + self.unchanged} files "
            f"({self.written} written, {self.unchanged} unchanged, {self.removed} removed)"
        )

    def line_by_lock(self) -> str:
        """`acme: 12/12 operations, 30 models, 0 warnings, 24 files unchanged (by the lock)`.

        The counts are those of an earlier run, whose warnings are not printed again.
        """
        see = " (run `clientsmith check` to see them)" if self.counts and self.counts.warnings else ""
        return f"{visible(self.name)}: {self._counted(see)}{self.unchanged} files unchanged (by the lock)"

    def _counted(self, see: str = "") -> str:
        counts = self.counts
        if counts is None:
            return ""
        allowed = f" ({counts.allowed} allowed)" if counts.allowed else ""
        return (
            f"{counts.operations}/{counts.documented} operations, {counts.models} models, "
            f"{counts.warnings} warnings{allowed}{see}, "
        )

    def json(self) -> dict[str, object]:
        files = {"written": self.written, "unchanged": self.unchanged, "removed": self.removed}
        return {**(self.counts._asdict() if self.counts else {}), **files}


def _summary(result: Result) -> Summary | None:
    """Returns the summary of a run, or None if an error stopped it."""
    if result.files is None:
        return None
    return Summary(result.name, result.counts, result.files.written, result.files.unchanged, result.files.removed)


def _print_end(result: Result, summary: Summary | None) -> None:
    for line in result.differences:
        print(visible(cut(line, LONGEST_LINE)))
    if result.exit_code == ExitStatus.SUCCESS and summary is not None:
        print(summary.line())
    else:
        severities = [diagnostic.severity.value for diagnostic in result.diagnostics]
        counted = ", ".join(_number(severities.count(severity), severity) for severity in ("error", "warning"))
        print(f"{visible(result.name)}: {counted}" + ("" if summary else "; nothing was written"), file=sys.stderr)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _progress(label: str) -> AbstractContextManager[None]:
    from clientsmith.cli.console import progress

    return progress(label, sys.stderr)
