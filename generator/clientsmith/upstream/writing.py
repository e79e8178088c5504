"""Vendored files and the lock, written together or not at all.

Decides what the lock records about addresses. The digests of inputs in it stay as they are, so that the next
`generate` sees that inputs have changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from clientsmith.diagnostics import Location, Report
from clientsmith.project.lock import Counts, Lock
from clientsmith.project.settings import Provider
from clientsmith.upstream.results import ProviderResult, Record
from clientsmith.write.transaction import commit, sweep


def write_results(
    results: ProviderResult, provider: Provider, lock: Lock | None, lock_path: Path, report: Report
) -> tuple[str, ...]:
    """Writes the new editions of a provider's files, and what is known about their addresses.

    Args:
        results: none of which is blocking.
        provider: the settings.
        lock: what the lock holds; None if there is none.
        lock_path: of the lock.
        report: gets the errors.

    Returns:
        The vendored files that were written, by path in the provider's folder.

    Raises:
        ClientsmithError: `unsafe-path` for a file that would be outside the provider's folder, `cannot-write`.
    """
    files = {result.path: result.body for result in results.sources if result.body is not None}
    contents: dict[Path, bytes] = {}
    for path, body in files.items():
        target = provider.folder / path
        if not target.parent.resolve().is_relative_to(provider.folder) or target.is_symlink():
            message = "a link is in the place of a folder or file"
            raise report.fatal("unsafe-path", message, Location(provider.show(path)))
        contents[target] = body
    old = lock or Lock(tool="", inputs={}, outputs={}, names={}, counts=Counts())
    new = old._replace(upstream=_records(results, old.upstream))
    if new.upstream != old.upstream:
        contents[lock_path] = new.text().encode()
    if contents:
        try:
            sweep(provider.folder)
            commit(contents, [], provider.folder)
        except OSError as error:
            message = f"the file cannot be written: {error.strerror or error}"
            place = Location(str(error.filename2 or error.filename or provider.shown))
            raise report.fatal("cannot-write", message, place, hint="nothing was changed") from None
    return tuple(files)


def _records(results: ProviderResult, before: Mapping[str, Record]) -> dict[str, Record]:
    """Returns what the lock is to hold: nothing of what is no source and no index any more."""
    records: dict[str, Record] = {}
    for source in results.sources:
        record = before.get(source.path) if source.record is None else source.record
        if record and source.address:
            records[source.path] = record
    for index in results.indexes:
        if index.record:
            records[index.address] = index.record
    return records
