"""Generating and checking one provider, and the runtime that clients share: all that surrounds the pipeline.

    settings --> pipeline.build --> allowances --> write.write or write.check --> lock

Decides what a lock records, and by which exit status a run ends. Prints nothing (see `cli`), and knows nothing of
OpenAPI.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from clientsmith import write as output
from clientsmith.allowances import apply_allowances
from clientsmith.diagnostics import OF_ONE_RUN, ClientsmithError, Location, Report
from clientsmith.name_changes import report_name_changes
from clientsmith.project.digests import digest_of, input_digest, is_inside, tool_digest
from clientsmith.project.folders import LOCK, RUNTIME, SETTINGS, SHARED_RUNTIME, Project, RuntimePlace, find_project
from clientsmith.project.keys import address_of
from clientsmith.project.lock import (
    Counts,
    Lock,
    LockError,
    RuntimeLock,
    has_shared_runtime,
    needed_features,
    read_lock,
    read_runtime_lock,
    spec_options,
)
from clientsmith.project.settings import Provider, read_provider
from clientsmith.records import dataclass
from clientsmith.result import FileCounts, Result
from clientsmith.staleness import causes_of, check_lock, what_changed
from clientsmith.write import transaction

if TYPE_CHECKING:
    from clientsmith.pipeline import Built

MOST_DIFFERENCES = 200
"""The most lines of a unified diff that a failed check prints; its diagnostics name every file anyway."""


# --------------------------------------------------------------------------------------------------------- targets


@dataclass(frozen=True, slots=True)
class Target:
    """One provider, and the destination of its client.

    Attributes:
        name: The name of the provider.
        root: The folder that names in diagnostics are relative to.
        place: The output folder.
        lock: The path of the lock; `lock_shown` is its name in diagnostics.
        folder: The folder of the provider's files.
        provider: None in a project: the run reads `provider.toml` then, and its mistakes are diagnostics of the run.
        runtime: Whether the client shares the runtime of its project.
    """

    name: str
    root: Path
    place: output.Place
    lock: Path
    lock_shown: str
    folder: Path
    provider: Provider | None = None
    runtime: RuntimePlace = "vendored"


def project_target(project: Project, name: str) -> Target:
    """Returns the target of a provider of a project."""
    return Target(
        name=name,
        root=Path(project.root),
        place=_project_place(project, name),
        lock=Path(project.lock_path(name)),
        lock_shown=_shown(project.specs, name, LOCK),
        folder=Path(project.provider_folder(name)),
        runtime=project.runtime,
    )


def spec_target(provider: Provider, output_folder: Path) -> Target:
    """Returns the target of ad-hoc files (`Provider.for_spec`)."""
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


def _project_place(project: Project, name: str) -> output.Place:
    shown = _shown(project.generated, name, "")
    return output.Place(Path(project.output_folder(name)), shown, Path(project.root))


def _shown(*parts: str) -> str:
    return "/".join(parts).replace("\\", "/")


# -------------------------------------------------------------------------------------------- the two entry points


def generate(name: str, start: str = ".", *, strict: bool = False) -> Result:
    """Generates the client of a provider, and the runtime if the clients of the project share one.

    Args:
        name: The name of the provider.
        start: A folder of the project.
        strict: Makes warnings that are not allowed fail the run before anything is written.

    Raises:
        ProjectError: There is no project.
    """
    project = find_project(start)
    result = generate_client(project_target(project, name), strict=strict)
    return _joined(result, generate_runtime(project, strict=strict) if has_shared_runtime(project) else None)


def check(name: str, start: str = ".") -> Result:
    """Compares the output folders with what `generate` would write. The arguments are those of `generate`.

    Raises:
        ProjectError: There is no project.
    """
    project = find_project(start)
    result = check_client(project_target(project, name))
    return _joined(result, check_runtime(project) if has_shared_runtime(project) else None)


def _joined(result: Result, runtime: Result | None) -> Result:
    if runtime is None:
        return result
    return replace(
        result,
        diagnostics=(*result.diagnostics, *runtime.diagnostics),
        differences=(*result.differences, *runtime.differences),
    )


# ------------------------------------------------------------------------------------------------------ one client


def generate_client(
    target: Target, *, strict: bool = False, accept_claims: bool = False, rename: bool = False
) -> Result:
    """Generates and writes the client of one provider.

    `accept_claims` first renews its claims files; `rename` gives all names anew, whatever the lock holds.
    """
    report = Report()
    declared = declared_files(target)
    try:
        provider = provider_of(target, report)
        declared = declared_files(target, provider)
        if accept_claims and provider.project:
            _write_claims(provider, report)
        lock = lock_of(target, report)
        built = _built(provider, report, lock, rename=rename)
        if lock is not None:
            place = Location(target.lock_shown)
            report_name_changes(lock, built, provider.aliases, place, report, rename=rename)
        allowed = apply_allowances(report, provider, strict=strict)
        report.raise_on_errors()
        new = _new_lock(provider, built, report, allowed, lock)
        written = output.write(built.files, target.place, _owned(lock), report, beside={target.lock: new.text()})
    except ClientsmithError as error:
        return Result(target.name, tuple(error.report.diagnostics), target.root, declared)
    counts, files = _printed_counts(new, report), _file_counts(written)
    return Result(target.name, tuple(report.diagnostics), target.root, declared, counts=counts, files=files)


def check_client(target: Target) -> Result:
    """Generates the client of one provider in memory, and compares it with the output folder and the lock."""
    report = Report()
    declared = declared_files(target)
    try:
        provider = provider_of(target, report)
        declared = declared_files(target, provider)
        lock = lock_of(target, report)
        built = _built(provider, report, lock, check_trees=True)
        if lock is not None:
            report_name_changes(lock, built, provider.aliases, Location(target.lock_shown), report)
        allowed = apply_allowances(report, provider, strict=False)
        report.raise_on_errors()
        new = _new_lock(provider, built, report, allowed, lock)
        has_other_inputs = lock is not None and lock.inputs != new.inputs
        changed = what_changed(lock, new, has_other_inputs=has_other_inputs)
        names = output.check(built.files, target.place, _owned(lock), report, changed=changed)
        parts = ("inputs", "names", "counts", "outputs", "shared_runtime", "without_class")
        is_stale = check_lock(lock, new, parts, target.lock_shown, report, built.changed_pages)
        causes = causes_of(lock, new, report, has_other_inputs=has_other_inputs) if is_stale or names else ()
        differences = tuple(islice(output.differences(built.files, target.place, names), MOST_DIFFERENCES))
    except ClientsmithError as error:
        return Result(target.name, tuple(error.report.diagnostics), target.root, declared, fail_on_warnings=True)
    return Result(
        target.name,
        tuple(report.diagnostics),
        target.root,
        declared,
        counts=_printed_counts(new, report),
        files=FileCounts(unchanged=len(built.files.keys() - set(names))),
        differences=differences,
        fail_on_warnings=True,
        causes=causes,
    )


def provider_of(target: Target, report: Report) -> Provider:
    """Returns the settings of a target.

    Raises:
        ClientsmithError: They are invalid, or their folder is a link to outside the project.
    """
    if target.provider is not None:
        return target.provider
    shown = target.lock_shown.removesuffix(LOCK)
    if not target.folder.resolve().is_relative_to(target.root.resolve()):
        raise report.fatal("unsafe-path", "the provider's folder is outside the project", Location(shown))
    return replace(read_provider(target.name, target.folder, shown, report), runtime=target.runtime)


def declared_files(target: Target, provider: Provider | None = None) -> frozenset[str]:
    """Returns the names, as shown, of the files that the user named: the target's own, and those in its settings."""
    own = {target.lock_shown, f"{target.lock_shown.removesuffix(LOCK)}{SETTINGS}"}
    return frozenset(own | {provider.show(path) for path in provider.declared()} if provider else own)


def _write_claims(provider: Provider, report: Report) -> None:
    from clientsmith.pipeline import claims

    for name, text in claims(provider, report).items():
        write_input(provider, name, text, report)


def write_input(provider: Provider, name: str, text: str, report: Report) -> None:
    """Writes a file of a provider's folder, whole or not at all.

    Raises:
        ClientsmithError: The file cannot be written.
    """
    try:
        transaction.sweep(provider.folder)
        transaction.commit({provider.folder / name: text.encode()}, [], provider.folder)
    except OSError as error:
        location = Location(provider.show(name))
        raise report.fatal("cannot-write", f"the file cannot be written: {error.strerror}", location) from None


def _built(
    provider: Provider, report: Report, lock: Lock | None, *, check_trees: bool = False, rename: bool = False
) -> Built:
    from clientsmith.pipeline import build

    with _without_garbage_collection():
        try:
            built = build(provider, report, lock.names if lock and not rename else {}, check_trees=check_trees)
            report.located(built.locate)
        finally:
            # Also in a run that fails.
            report.located(partial(_settings_locations, provider))
    return built


def _settings_locations(provider: Provider, wanted: Sequence[Location]) -> Mapping[Location, Location]:
    """Returns the lines in `provider.toml` of what a stage reported by its pointer: `/merge/prefer/info`."""
    found: dict[Location, Location] = {}
    for location in wanted:
        if location.file in (SETTINGS, provider.show(SETTINGS)) and provider.project:
            # RFC 6901, section 4.
            tokens = [token.replace("~1", "/").replace("~0", "~") for token in location.pointer.split("/")[1:]]
            keys: list[str | int] = [int(token) if token.isdecimal() else token for token in tokens]
            if len(tokens) == 2 and tokens[0] == "names":
                # A pinned name is reported by its address; the file may contain a shorter form of it.
                written = (path[1] for path in provider.positions if path[0] == "names" and len(path) == 2)
                keys[1:] = [key for key in written if address_of(str(key)) == tokens[1]]
            found[location] = provider.where(*keys)
    return found


@contextmanager
def _without_garbage_collection() -> Generator[None]:
    """Parsing and formatting make millions of objects and hardly a cycle: the collector would double the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def check_abandoned(project: Project) -> list[Result]:
    """Returns a failed result for each client in the output folder whose provider is gone."""
    results: list[Result] = []
    for name in project.abandoned():
        report = Report()
        message = f"no provider has this client: there is no {_shown(project.specs, name)}"
        hint = "delete the folder, or restore the provider"
        report.add("output-extra", message, Location(_shown(project.generated, name)), hint=hint)
        results.append(Result(name, tuple(report.diagnostics), Path(project.root), files=FileCounts()))
    return results


# ----------------------------------------------------------------------------------------------- a shared runtime


def generate_runtime(project: Project, *, strict: bool = False) -> Result | None:
    """Writes what all clients of a project together need of their shared runtime; removes it if none needs it.

    The locks of the clients state what they need, so this comes after the clients were generated. Returns None if
    no client shares a runtime and none did.
    """
    report = Report(strict=strict)
    try:
        shared = _shared_runtime(project, report)
        if shared is None:
            return None
        beside = {Path(project.runtime_lock_path()): shared.new.text() if shared.new else None}
        written = output.write(shared.files, shared.place, _owned(shared.lock), report, beside=beside)
    except ClientsmithError as error:
        return _runtime_result(project, error.report)
    return replace(_runtime_result(project, report), files=_file_counts(written))


def check_runtime(project: Project) -> Result | None:
    """Compares the shared runtime with what the locks of the clients say they need. See `generate_runtime`."""
    report = Report()
    try:
        shared = _shared_runtime(project, report)
        if shared is None:
            return None
        lock, new = shared.lock, shared.new
        has_other_inputs = lock is not None and new is not None and lock.features != new.features
        changed = what_changed(lock, new, has_other_inputs=has_other_inputs)
        names = output.check(shared.files, shared.place, _owned(lock), report, changed=changed)
        lock_shown = _shown(project.specs, LOCK)
        if shared.new:
            check_lock(shared.lock, shared.new, ("features", "outputs"), lock_shown, report)
        else:
            hint = output.REGENERATE
            report.add("output-extra", "no client shares a runtime any more", Location(lock_shown), hint=hint)
        differences = tuple(islice(output.differences(shared.files, shared.place, names), MOST_DIFFERENCES))
    except ClientsmithError as error:
        return _runtime_result(project, error.report)
    files = FileCounts(unchanged=len(shared.files.keys() - set(names)))
    return replace(_runtime_result(project, report), files=files, differences=differences)


@dataclass(frozen=True, slots=True)
class _SharedRuntime:
    """The shared runtime as it should be, and its lock as it is. `new` is None if no client needs it any more."""

    place: output.Place
    lock: RuntimeLock | None
    new: RuntimeLock | None
    files: Mapping[str, str]


def _shared_runtime(project: Project, report: Report) -> _SharedRuntime | None:
    from clientsmith.pipeline import shared_runtime_files

    try:
        lock = read_runtime_lock(project.runtime_lock_path())
        features = needed_features(project)
    except LockError as error:
        shown = _shown(project.specs, error.provider, LOCK) if error.provider else _shown(project.specs, LOCK)
        raise _lock_invalid(error, shown, report) from None
    if features is None and lock is None:
        return None
    place = _project_place(project, RUNTIME)
    if features is None:
        return _SharedRuntime(place, lock, None, {})
    files = shared_runtime_files(features)
    return _SharedRuntime(place, lock, RuntimeLock(tool_digest(), features, _digests(files)), files)


def _runtime_result(project: Project, report: Report) -> Result:
    declared = {_shown(project.specs, LOCK), *(_shown(project.specs, name, LOCK) for name in project.providers())}
    return Result(SHARED_RUNTIME, tuple(report.diagnostics), Path(project.root), frozenset(declared))


# ------------------------------------------------------------------------------------------------------- the locks


def lock_of(target: Target, report: Report) -> Lock | None:
    try:
        return read_lock(str(target.lock))
    except LockError as error:
        raise _lock_invalid(error, target.lock_shown, report) from None


def _owned(lock: Lock | RuntimeLock | None) -> Mapping[str, str]:
    """Returns the files that an earlier run wrote, with their digests."""
    return lock.outputs if lock else {}


def _lock_invalid(error: LockError, shown: str, report: Report) -> ClientsmithError:
    location = Location(shown, "", error.line, 1 if error.line else 0)
    return report.fatal("lock-invalid", error.message, location, hint=error.hint)


def _new_lock(provider: Provider, built: Built, report: Report, allowed: int, lock: Lock | None) -> Lock:
    if provider.project:
        inputs = {SETTINGS: input_digest(str(provider.folder / SETTINGS)) or ""}
    else:
        inputs = spec_options(provider.package, provider.declared())
    for name in {*provider.declared(), *filter(is_inside, built.digests)}:
        # A folder is an input by the names in it: a further file there is a changed input.
        path = f"{name}/" if (provider.folder / name).is_dir() else name
        inputs[path] = built.digests.get(name) or input_digest(os.path.join(provider.folder, path)) or ""
    # What the next run does not repeat must not make it differ from this one.
    warnings = sum(warning.slug not in OF_ONE_RUN for warning in report.warnings)
    return Lock(
        tool=tool_digest(),
        inputs=inputs,
        outputs=_digests(built.files),
        names=dict(built.names),
        counts=Counts(built.operations, built.documented_operations, built.models, warnings, allowed),
        shared_runtime=built.features if provider.runtime == "shared" else None,
        without_class=tuple(sorted(built.without_class)),
        upstream=lock.upstream if lock else {},
    )


def _printed_counts(new: Lock, report: Report) -> Counts:
    """Returns the counts of this run: those of the lock, with all warnings."""
    return new.counts._replace(warnings=len(report.warnings))


def _digests(files: Mapping[str, str]) -> dict[str, str]:
    return {name: digest_of(text.encode()) for name, text in files.items()}


def _file_counts(written: output.Written) -> FileCounts:
    return FileCounts(len(written.written), len(written.unchanged), len(written.removed))
