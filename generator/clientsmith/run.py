"""One provider from its settings to its folder: what `generate` and `check` do around the pipeline.

    settings ─ pipeline.build ─> files ─ allowances ─ output.write / output.check ─ lock

Decides which warnings are allowed, what goes into the lock, and by which code a run ends. Prints nothing (`console`,
`cli`), and knows nothing of OpenAPI.
"""

from __future__ import annotations

import dataclasses
import gc
import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from clientsmith import write as output
from clientsmith.diagnostics import SEVERITY, ClientsmithError, Diagnostic, Location, Report, Severity
from clientsmith.project.check import address_of, file_of
from clientsmith.project.folders import LOCK, SETTINGS, Project, find_project
from clientsmith.project.lock import (
    Counts,
    Lock,
    LockError,
    digest_of,
    input_digest,
    is_inside,
    read_lock,
    spec_options,
    tool_digest,
)
from clientsmith.project.settings import Allowance, Provider, read_provider

if TYPE_CHECKING:
    from clientsmith.pipeline import Built

SHOWN_DIFFERENCES = 200
"""Lines of unified diff that a failed check carries; the names of all files are in its findings anyway."""


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
    """How a run over one provider ended.

    Attributes:
        name: of the provider.
        diagnostics: in the order in which they were reported.
        root: the folder that the names in diagnostics are relative to.
        declared: shown names of the files that the user named; only these may be quoted whatever they hold.
        counts: None when nothing was generated.
        written, unchanged, removed: numbers of files of the output folder.
        differences: lines of a unified diff between what is generated and what the output folder holds.
        fail_on_warnings: whether a warning makes the exit status 1.
    """

    name: str
    diagnostics: tuple[Diagnostic, ...]
    root: Path
    declared: frozenset[str] = frozenset()
    counts: Counts | None = None
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    differences: tuple[str, ...] = ()
    fail_on_warnings: bool = False

    @property
    def exit_code(self) -> int:
        """0, or the code of the worst finding: 74 and 5 before 2 and 3, those before 1."""
        codes = {code_of(d, fail_on_warnings=self.fail_on_warnings) for d in self.diagnostics}
        return worst(codes)


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


def generated(target: Target, *, strict: bool = False, accept_claims: bool = False) -> Result:
    """Generate and write; see `generate`. `accept_claims`: first write down anew what the provider's pages claim."""
    report = Report()
    declared = declared_files(target)
    try:
        provider = provider_of(target, report)
        declared = declared_files(target, provider)
        if accept_claims and provider.project:
            _accept_claims(provider, report)
        lock = _lock(target, report)
        built = _built(provider, report, lock)
        allowed = settle(report, provider, strict=strict)
        report.raise_on_errors()
        warnings = len(report.warnings)
        new = _new_lock(target, provider, built, warnings, allowed)
        written = output.write(
            built.files, target.place, lock.outputs if lock else {}, report, beside={target.lock: new.text()}
        )
    except ClientsmithError as error:
        return Result(target.name, tuple(error.report.diagnostics), target.root, declared)
    return Result(
        name=target.name,
        diagnostics=tuple(report.diagnostics),
        root=target.root,
        declared=declared,
        counts=new.counts,
        written=len(written.written),
        unchanged=len(written.unchanged),
        removed=len(written.removed),
    )


def checked(target: Target) -> Result:
    """Generate in memory and compare; see `check`."""
    report = Report()
    declared = declared_files(target)
    differences: tuple[str, ...] = ()
    try:
        provider = provider_of(target, report)
        declared = declared_files(target, provider)
        lock = _lock(target, report)
        built = _built(provider, report, lock)
        allowed = settle(report, provider, strict=False)
        report.raise_on_errors()
        new = _new_lock(target, provider, built, len(report.warnings), allowed)
        names = output.check(built.files, target.place, lock.outputs if lock else {}, report)
        _check_lock(target, lock, new, report)
        differences = tuple(islice(output.differences(built.files, target.place, names), SHOWN_DIFFERENCES))
    except ClientsmithError as error:
        return Result(target.name, tuple(error.report.diagnostics), target.root, declared, fail_on_warnings=True)
    return Result(
        name=target.name,
        diagnostics=tuple(report.diagnostics),
        root=target.root,
        declared=declared,
        counts=new.counts,
        unchanged=len(built.files.keys() - set(names)),
        differences=differences,
        fail_on_warnings=True,
    )


# ---------------------------------------------------------------------------------------------------------- steps


def _accept_claims(provider: Provider, report: Report) -> None:
    from clientsmith.pipeline import claims

    for name, text in claims(provider, report).items():
        path = provider.folder / name
        temporary = path.with_name(f".{path.name}.new")
        try:
            temporary.write_text(text, encoding="utf-8", newline="\n")
            temporary.replace(path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            place = Location(provider.show(name))
            raise report.fatal("cannot-write", f"cannot be written: {error.strerror}", place) from None


def provider_of(target: Target, report: Report) -> Provider:
    """The settings of a target.

    Raises:
        ClientsmithError: they are wrong, or their folder is a way out of the project.
    """
    if target.provider is not None:
        return target.provider
    shown = target.lock_shown.removesuffix(LOCK)
    if not target.folder.resolve().is_relative_to(target.root.resolve()):
        raise report.fatal("unsafe-path", "the provider's folder leads out of the project", Location(shown))
    return read_provider(target.name, target.folder, shown, report)


def declared_files(target: Target, provider: Provider | None = None) -> frozenset[str]:
    """Shown names of the files that the user named: the target's own, and those that its settings declare."""
    own = {target.lock_shown, f"{target.lock_shown.removesuffix(LOCK)}{SETTINGS}"}
    return frozenset(own | {provider.show(path) for path in provider.declared()} if provider else own)


def _lock(target: Target, report: Report) -> Lock | None:
    try:
        return read_lock(str(target.lock))
    except LockError as error:
        location = Location(target.lock_shown, "", error.line, 1 if error.line else 0)
        raise report.fatal("lock-invalid", error.message, location, hint=error.hint) from None


def _built(provider: Provider, report: Report, lock: Lock | None) -> Built:
    from clientsmith.pipeline import build

    with _collector_off():
        try:
            built = build(provider, report, lock.names if lock else {})
            report.located(built.locate)
        finally:
            # Also of a run that failed.
            report.located(partial(_settings_places, provider))
    return built


def _settings_places(provider: Provider, wanted: Sequence[Location]) -> dict[Location, Location]:
    """Where in `provider.toml` those findings stand that a stage reported by pointer: `/merge/prefer/info`."""
    found: dict[Location, Location] = {}
    for location in wanted:
        if location.file in (SETTINGS, provider.show(SETTINGS)) and provider.project:
            # Unescaped after RFC 6901 section 4.
            tokens = [token.replace("~1", "/").replace("~0", "~") for token in location.pointer.split("/")[1:]]
            keys: list[str | int] = [int(token) if token.isdecimal() else token for token in tokens]
            if len(tokens) == 2 and tokens[0] == "names":
                # Pins are known by their addresses; in the file the shorter forms may stand.
                written = (way[1] for way in provider.places if way[0] == "names" and len(way) == 2)
                keys[1:] = [key for key in written if address_of(str(key)) == tokens[1]]
            found[location] = provider.where(*keys)
    return found


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


def _new_lock(target: Target, provider: Provider, built: Built, warnings: int, allowed: int) -> Lock:
    if provider.project:
        inputs = {SETTINGS: input_digest(str(provider.folder / SETTINGS)) or ""}
    else:
        inputs = spec_options(provider.package, provider.declared())
    for name in {*provider.declared(), *filter(is_inside, built.digests)}:
        # A folder is an input by the names in it: another file there is another input.
        path = f"{name}/" if (provider.folder / name).is_dir() else name
        inputs[path] = built.digests.get(name) or input_digest(os.path.join(provider.folder, path)) or ""
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


# ------------------------------------------------------------------------- exit status and allowances

FINDINGS, USAGE, BAD_INPUT, UNSAFE, BUG, UNWRITABLE = 1, 2, 3, 5, 70, 74


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
    return next((code for code in (BUG, UNWRITABLE, UNSAFE, USAGE, BAD_INPUT, FINDINGS) if code in codes), 0)


def settle(report: Report, provider: Provider, *, strict: bool) -> int:
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
    if allowance.file is not None and file_of(location.file) != provider.show(allowance.file):
        return False
    return pointer is None or location.pointer == pointer or location.pointer.startswith(f"{pointer}/")
