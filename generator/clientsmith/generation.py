"""One provider from its settings to its folder: what `generate` and `check` do around the pipeline.

    settings ─ pipeline.build ─> files ─ allowances ─ output.write / output.check ─ lock

Decides which warnings are allowed, what goes into the lock, and by which code a run ends. Prints nothing (`console`,
`cli`), and knows nothing of OpenAPI.
"""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from clientsmith import output
from clientsmith.console import Lines, Summary, source_lines
from clientsmith.diagnostics import SEVERITY, ClientsmithError, Diagnostic, Location, Report, Severity
from clientsmith.lock import (
    Counts,
    Lock,
    LockError,
    digest_of,
    file_digest,
    is_inside,
    read_lock,
    spec_options,
    tool_digest,
)
from clientsmith.project import LOCK, SETTINGS, Project, find_project
from clientsmith.settings import Allowance, Provider, read_provider

if TYPE_CHECKING:
    from clientsmith.pipeline import Built

SHOWN_DIFFERENCES = 200
"""Lines of unified diff that a failed check carries; the names of all files are in its findings anyway."""

FINDINGS, USAGE, BAD_INPUT, UNSAFE, UNWRITABLE = 1, 2, 3, 5, 74


@dataclass(frozen=True, slots=True)
class Target:
    """One provider, and where its client goes.

    `provider` is None for one of a project: its settings are then read in the run, and what is wrong with them is a
    finding like any other. `root` is what the names in findings are relative to.
    """

    name: str
    root: Path
    place: output.Place
    lock: Path
    lock_shown: str
    folder: Path
    provider: Provider | None = None


def project_target(project: Project, name: str) -> Target:
    """A provider of a project."""
    folder = Path(project.provider_folder(name))
    shown = f"{project.specs}/{name}/".replace("\\", "/")
    return Target(
        name=name,
        root=Path(project.root),
        place=output.Place(
            Path(project.output_folder(name)), f"{project.generated}/{name}/".replace("\\", "/"), Path(project.root)
        ),
        lock=folder / LOCK,
        lock_shown=f"{shown}{LOCK}",
        folder=folder,
    )


def spec_target(provider: Provider, output_folder: Path) -> Target:
    """Files that were named on the command line (`Provider.for_spec`)."""
    shown = "" if output_folder == Path() else f"{output_folder.as_posix()}/"
    return Target(
        name=provider.name,
        root=Path.cwd(),
        place=output.Place(output_folder.absolute(), shown),
        lock=output_folder.absolute() / LOCK,
        lock_shown=f"{shown}{LOCK}",
        folder=provider.folder,
        provider=provider,
    )


@dataclass(frozen=True, slots=True)
class Result:
    """How it went: the findings, sorted as they came; `summary` is None when nothing came out."""

    name: str
    diagnostics: tuple[Diagnostic, ...]
    lines: Lines = field(repr=False)
    summary: Summary | None = None
    differences: tuple[str, ...] = ()
    fail_on_warnings: bool = False

    @property
    def exit_code(self) -> int:
        """0, or the code of the worst finding: 74 and 5 before 2 and 3, those before 1."""
        codes = {code_of(d, fail_on_warnings=self.fail_on_warnings) for d in self.diagnostics}
        return worst(codes)


def code_of(diagnostic: Diagnostic, *, fail_on_warnings: bool) -> int:
    """The exit code that one finding asks for."""
    if diagnostic.severity is not Severity.ERROR:
        return FINDINGS if fail_on_warnings and diagnostic.severity is Severity.WARNING else 0
    match diagnostic.slug:
        case "unsafe-path":
            return UNSAFE
        case "cannot-write" | "output-foreign":
            return UNWRITABLE
        case "settings-invalid":
            return USAGE
        case "allow-unused" | "output-missing" | "output-extra" | "output-stale" | "output-edited":
            return FINDINGS
        case slug:
            return BAD_INPUT if SEVERITY[slug] is Severity.ERROR else FINDINGS


def worst(codes: set[int]) -> int:
    """The code by which a run over several providers ends."""
    return next((code for code in (70, UNWRITABLE, UNSAFE, USAGE, BAD_INPUT, FINDINGS) if code in codes), 0)


# ------------------------------------------------------------------------------------------------- the two commands


def generate(name: str, start: str = ".", *, strict: bool = False) -> Result:
    """Generate the client of the provider `name` of the project that the folder `start` belongs to.

    Args:
        name: of the provider.
        start: a folder of the project.
        strict: let warnings that are not allowed fail the run before anything is written.

    Raises:
        ProjectError: there is no project.
    """
    return generated(project_target(find_project(start), name), strict=strict)


def check(name: str, start: str = ".") -> Result:
    """Compare what would be generated with what lies in the output folder. The arguments are those of `generate`."""
    return checked(project_target(find_project(start), name))


def generated(target: Target, *, strict: bool = False) -> Result:
    """Generate and write; see `generate`."""
    report = Report()
    lines: Lines = source_lines(target.root, (target.lock_shown,))
    try:
        provider = _provider(target, report)
        lines = _lines(target, provider)
        lock = _lock(target, report)
        built = _built(provider, report, lock)
        allowed = _settle(report, provider, strict=strict)
        report.raise_on_errors()
        warnings = len(report.warnings)
        new = _new_lock(target, provider, built, warnings, allowed)
        written = output.write(
            built.files, target.place, lock.outputs if lock else {}, report, beside={target.lock: new.text()}
        )
    except ClientsmithError as error:
        return Result(target.name, tuple(error.report.diagnostics), lines)
    summary = _summary(target, new.counts, written)
    return Result(target.name, tuple(report.diagnostics), lines, summary)


def checked(target: Target) -> Result:
    """Generate in memory and compare; see `check`."""
    report = Report()
    lines: Lines = source_lines(target.root, (target.lock_shown,))
    differences: tuple[str, ...] = ()
    try:
        provider = _provider(target, report)
        lines = _lines(target, provider)
        lock = _lock(target, report)
        built = _built(provider, report, lock)
        allowed = _settle(report, provider, strict=False)
        report.raise_on_errors()
        new = _new_lock(target, provider, built, len(report.warnings), allowed)
        names = output.check(built.files, target.place, lock.outputs if lock else {}, report)
        _check_lock(target, lock, new, report)
        differences = tuple(islice(output.differences(built.files, target.place, names), SHOWN_DIFFERENCES))
    except ClientsmithError as error:
        return Result(target.name, tuple(error.report.diagnostics), lines, fail_on_warnings=True)
    same = tuple(name for name in sorted(built.files) if name not in names)
    summary = _summary(target, new.counts, output.Written(unchanged=same))
    return Result(target.name, tuple(report.diagnostics), lines, summary, differences, fail_on_warnings=True)


# ---------------------------------------------------------------------------------------------------------- steps


def _provider(target: Target, report: Report) -> Provider:
    if target.provider is not None:
        return target.provider
    shown = target.lock_shown.removesuffix(LOCK)
    if not target.folder.resolve().is_relative_to(target.root.resolve()):
        raise report.fatal("unsafe-path", "the provider's folder leads out of the project", Location(shown))
    return read_provider(target.name, target.folder, shown, report)


def _lines(target: Target, provider: Provider) -> Lines:
    declared = {provider.show(path) for path in provider.declared()}
    return source_lines(target.root, {*declared, provider.show(SETTINGS), target.lock_shown})


def _lock(target: Target, report: Report) -> Lock | None:
    try:
        return read_lock(str(target.lock))
    except LockError as error:
        location = Location(target.lock_shown, "", error.line, 1 if error.line else 0)
        raise report.fatal("lock-invalid", error.message, location, hint=error.hint) from None


def _built(provider: Provider, report: Report, lock: Lock | None) -> Built:
    from clientsmith.pipeline import build

    with _collector_off():
        built = build(provider, report, lock.names if lock else {})
        report.located(built.locate)
    return built


@contextmanager
def _collector_off() -> Generator[None]:
    """Parsing and formatting make millions of objects and hardly a cycle: the collector would double the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _settle(report: Report, provider: Provider, *, strict: bool) -> int:
    """Drop the warnings that the settings allow, and count them; the rest become errors when strict.

    An allowance that matches nothing is reported: what it excused may be mended, or may have moved.
    """
    used: set[int] = set()
    kept: list[Diagnostic] = []
    for diagnostic in report.diagnostics:
        matches = [i for i, allowance in enumerate(provider.allow) if _allows(allowance, diagnostic, provider)]
        used.update(matches)
        if not matches:
            kept.append(diagnostic)
    allowed = len(report.diagnostics) - len(kept)
    if strict:
        kept = [
            dataclasses.replace(d, severity=Severity.ERROR) if d.severity is Severity.WARNING else d for d in kept
        ]
        report.strict = True
    report.diagnostics = kept
    for index, allowance in enumerate(provider.allow):
        if index not in used:
            report.add(
                "allow-unused",
                f"nothing to allow: no {allowance.slug} warning there",
                provider.where("allow", index),
                hint="delete the allowance, or correct its pointer or file",
            )
    return allowed


def _allows(allowance: Allowance, diagnostic: Diagnostic, provider: Provider) -> bool:
    if diagnostic.severity is not Severity.WARNING or diagnostic.slug != allowance.slug:
        return False
    location, pointer = diagnostic.location, allowance.pointer
    if allowance.file is not None and location.file != provider.show(allowance.file):
        return False
    return pointer is None or location.pointer == pointer or location.pointer.startswith(f"{pointer}/")


def _new_lock(target: Target, provider: Provider, built: Built, warnings: int, allowed: int) -> Lock:
    if provider.project:
        inputs = {SETTINGS: file_digest(str(provider.folder / SETTINGS)) or ""}
    else:
        inputs = spec_options(provider.package, provider.declared())
    for name in {*provider.declared(), *filter(is_inside, built.digests)}:
        inputs[name] = built.digests.get(name) or file_digest(str(provider.folder / name)) or ""
    return Lock(
        tool=tool_digest(),
        inputs=inputs,
        outputs={name: digest_of(text.encode()) for name, text in built.files.items()},
        names=dict(built.names),
        counts=Counts(built.operations, built.documented_operations, built.models, warnings, allowed),
    )


def _check_lock(target: Target, lock: Lock | None, new: Lock, report: Report) -> None:
    """The lock must say what a run would write into it. Which tool wrote it is no matter while the output stays."""
    again = "run `clientsmith generate` and commit the result"
    if lock is None:
        report.add("output-missing", "missing", Location(target.lock_shown), hint=again)
    elif new._replace(tool=lock.tool).text() != lock.text():
        parts = ("inputs", "names", "counts", "outputs")
        changed = [part for part in parts if getattr(new, part) != getattr(lock, part)]
        message = f"the lock does not say what the inputs give now: {', '.join(changed)}"
        report.add("output-stale", message, Location(target.lock_shown), hint=again)


def _summary(target: Target, counts: Counts, written: output.Written) -> Summary:
    return summary_of(target.name, counts, len(written.written), len(written.unchanged), len(written.removed))


def summary_of(name: str, counts: Counts, written: int, unchanged: int, removed: int) -> Summary:
    """The summary of a run from what the lock counts."""
    return Summary(
        provider=name,
        operations=counts.operations,
        documented=counts.documented,
        models=counts.models,
        warnings=counts.warnings,
        allowed=counts.allowed,
        written=written,
        unchanged=unchanged,
        removed=removed,
    )
