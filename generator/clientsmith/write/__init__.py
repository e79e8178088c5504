"""The output folder: generated files are written into it, or compared with its content.

    write   writes only what differs, and all of it or nothing (`transaction`)
    check   reports missing, extra, stale and edited files; changes nothing

Decides which files are ours: those that the lock lists (`owned`, name to sha256). Nothing else is overwritten or
deleted, and no symbolic link is followed. Does not decide what the files contain.
"""

from __future__ import annotations

import difflib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from clientsmith.diagnostics import Location, Report
from clientsmith.project.digests import digest_of, is_inside
from clientsmith.project.folders import LOCK
from clientsmith.records import dataclass
from clientsmith.write.extra import ExtraFile, extra_files
from clientsmith.write.transaction import commit, sweep

LONGEST_NAME = 100
"""The most bytes of one part of a path; encrypted file systems take about 140."""

REGENERATE = "run `clientsmith generate` and commit the result"
"""The hint of every diagnostic about output that is not up to date."""

MOST_COMPARED = 2_000
"""Lines of a file of which a difference is found, from the first one that differs."""

_NUMBER = re.compile(r"([-+])(\d+)")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """The changes of a run to the folder, as sorted names."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """The destination of output.

    Attributes:
        folder: The output folder; created if it does not exist.
        shown: The prefix of a file's name in messages: `generated/acme/`.
        boundary: The folder that must contain the real output folder (the project); None if the user named it.
    """

    folder: Path
    shown: str
    boundary: Path | None = None


def write(
    files: Mapping[str, str],
    place: Place,
    owned: Mapping[str, str],
    report: Report,
    *,
    beside: Mapping[Path, str | None] | None = None,
) -> Written:
    """Makes the folder contain `files`, completely or not at all.

    Args:
        files: Relative name with `/` to text; written as UTF-8 with LF.
        place: The destination.
        owned: The files that an earlier run wrote there, name to sha256. Those that are no longer in `files` are
            deleted, and the folder with them when `files` is empty. A file that was edited since is overwritten,
            with a warning.
        report: Receives the diagnostics.
        beside: Further files that belong to the same change (the lock), by absolute path; None deletes one.

    Raises:
        ClientsmithError: `unsafe-path` for a name or a link to elsewhere, `output-foreign` for a file in the way
            that is not ours, `cannot-write` for what the system refuses. Nothing has changed then.
    """
    _refuse_unsafe(files, place, report)
    found = {name: _content(name, place, report) for name in sorted({*files, *owned})}
    new = {name: text.encode() for name, text in files.items()}
    changed = [name for name in sorted(new) if found[name] != new[name]]
    removed = [name for name in sorted(owned) if name not in new and found[name] is not None]
    for name in (*changed, *removed):
        content = found[name]
        if content is None:
            continue
        location = Location(f"{place.shown}{name}")
        if name not in owned:
            report.add(
                "output-foreign",
                "the file is in the way, and clientsmith did not write it (the lock does not list it)",
                location,
                hint="move it elsewhere; or delete it, if an earlier run wrote it and its lock is lost",
            )
        elif digest_of(content) != owned[name]:
            done = "deleted" if name in removed else "overwritten"
            report.add(
                "output-overwritten",
                f"the file was edited by hand, and is {done}",
                location,
                hint="do not edit generated files: change the overlay or provider.toml instead",
            )
    report.raise_on_errors()
    texts = {place.folder / name: new[name] for name in changed}
    deleted = [place.folder / name for name in removed]
    for path, text in (beside or {}).items():
        if text is None:
            deleted += [path] if path.is_file() else []
        elif not path.is_file() or path.read_bytes() != text.encode():
            texts[path] = text.encode()
    try:
        sweep(place.folder, {path.parent for path in beside or {}})
        commit(texts, deleted, place.folder if files else place.folder.parent)
    except OSError as error:
        where = str(error.filename2 or error.filename or place.shown)
        raise report.fatal(
            "cannot-write",
            f"the file cannot be written: {error.strerror or error}",
            Location(_shown(where, place)),
            hint="nothing was changed",
        ) from None
    return Written(tuple(changed), tuple(name for name in sorted(new) if name not in changed), tuple(removed))


def check(
    files: Mapping[str, str],
    place: Place,
    owned: Mapping[str, str],
    report: Report,
    *,
    changed: str = "the inputs or clientsmith have changed",
) -> list[str]:
    """Compares the folder with `files`, and returns the names of the files that differ, are missing or are extra.

    Diagnostics: `output-missing`, `output-extra`, `output-stale` (as an earlier run wrote it, but the inputs or the
    tool have changed since), `output-edited` (by hand; the message states if it is stale too).

    Args:
        files, place, owned, report: see `write`.
        changed: what is no longer as the lock records it, as a clause. Empty if inputs and tool are: then no file can
            be stale, and one that is as recorded and not as generated was edited together with the lock.

    Raises:
        ClientsmithError: `unsafe-path` for a name or a link to elsewhere.
    """
    _refuse_unsafe(files, place, report)
    names: list[str] = []

    def differs(slug: str, name: str, message: str, hint: str) -> None:
        names.append(name)
        report.add(slug, message, Location(f"{place.shown}{name}"), hint=hint)

    for name in sorted(files):
        content = _content(name, place, report)
        if content is None:
            differs("output-missing", name, "the file is missing", REGENERATE)
        elif content != files[name].encode():
            as_recorded = digest_of(content) == owned.get(name)
            if as_recorded and not changed:
                hint = "find out who did; `clientsmith generate --fresh` restores both"
                differs("output-edited", name, "the file was edited by hand, and the lock with it", hint)
            elif as_recorded:
                differs("output-stale", name, f"the file is stale: {changed}", REGENERATE)
            else:
                stale = digest_of(files[name].encode()) != owned.get(name)
                differs(
                    "output-edited",
                    name,
                    "the file was edited by hand, and is stale too" if stale else "the file was edited by hand",
                    "change the overlay or provider.toml instead, then run `clientsmith generate`",
                )
    gone = [name for name in owned.keys() - files.keys() - {LOCK} if _content(name, place, report) is not None]
    extra = [ExtraFile(name, "the file is no longer generated", REGENERATE) for name in gone]
    extra += extra_files(place.folder, {*files, *owned, LOCK})
    for file in sorted(extra, key=lambda file: file.name):
        differs("output-extra", file.name, file.message, file.hint)
    return names


def differences(files: Mapping[str, str], place: Place, names: list[str]) -> Iterator[str]:
    """Returns unified diffs, line by line and without newlines, from the folder's content to what is generated."""
    for name in names:
        path = place.folder / name
        if name not in files and _is_no_text(name):
            continue
        old = path.read_text("utf-8", "replace").split("\n") if path.is_file() and not path.is_symlink() else []
        new = files[name].split("\n") if name in files else []
        yield from _difference(old, new, f"{place.shown}{name}")


def _difference(old: list[str], new: list[str], shown: str) -> Iterator[str]:
    """Returns the unified diff of a file. Of what is between its first and its last difference only the first lines are
    compared, because the time for that can be quadratic."""
    first = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = min(len(old), len(new)) - first
    same = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    start, end = max(0, first - 3), [min(len(lines) - same, first + MOST_COMPARED) for lines in (old, new)]
    whole = end == [len(old) - same, len(new) - same]
    after = min(same, 3) if whole else 0
    lines = difflib.unified_diff(
        old[start : end[0] + after], new[start : end[1] + after], shown, f"{shown} (generated)", lineterm=""
    )
    for line in lines:
        yield _NUMBER.sub(lambda m: f"{m[1]}{int(m[2]) + start}", line) if line.startswith("@@") else line
    if not whole:
        yield f"only {MOST_COMPARED:,} lines were compared, from line {first + 1} on"


def _is_no_text(name: str) -> bool:
    """Returns whether a file that is not ours would be noise, or a secret, in a diff."""
    return name.endswith(".pyc") or any(part.startswith(".") for part in name.split("/"))


# --------------------------------------------------------------------------------------------------------- safety


def _refuse_unsafe(files: Mapping[str, str], place: Place, report: Report) -> None:
    """Refuses names that some platform cannot store or distinguish, and an output folder outside the project."""
    seen: dict[str, str] = {}
    for name in sorted(files):
        for prefix in _prefixes(name):
            other = seen.setdefault(prefix.casefold(), prefix)
            if other != prefix:
                message = f"{prefix!r} and {other!r} differ only in case"
                report.add("unsafe-path", message, Location(f"{place.shown}{name}"))
        if not _is_portable(name):
            report.add("unsafe-path", f"a file cannot be named {name!r} on every platform", Location(place.shown))
    if place.boundary is not None:
        real, boundary = os.path.realpath(place.folder), os.path.realpath(place.boundary)
        if not Path(real).is_relative_to(boundary):
            report.add("unsafe-path", f"the output folder is outside the project: {real!r}", Location(place.shown))
    report.raise_on_errors()


def _prefixes(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[: index + 1]) for index in range(len(parts))]


def _is_portable(name: str) -> bool:
    """Returns whether every platform can store a file by this name, inside the folder."""
    return is_inside(name) and not any(
        _RESERVED.fullmatch(part)
        or part[-1] in ". "
        or len(part.encode("utf-8", "surrogatepass")) > LONGEST_NAME
        or not part.isprintable()
        or any(character in part for character in '<>"|?*')
        for part in name.split("/")
    )


def _content(name: str, place: Place, report: Report) -> bytes | None:
    """Returns the bytes of a file, None if there is none; refuses links and everything that is not a regular file."""
    path = place.folder
    parts = name.split("/")
    try:
        for part in parts[:-1]:
            path = path / part
            if not stat.S_ISDIR(path.lstat().st_mode):
                raise report.fatal(
                    "unsafe-path",
                    "a link or a file is in the place of a folder",
                    Location(_shown(str(path), place)),
                    hint="delete it, then run the command again",
                )
        path = path / parts[-1]
        if not stat.S_ISREG(path.lstat().st_mode):
            raise report.fatal(
                "unsafe-path",
                "a link or a folder is in the place of a file",
                Location(_shown(str(path), place)),
                hint="delete it, then run the command again",
            )
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        message = "a file is in the place of the output folder"
        raise report.fatal("cannot-write", message, Location(place.shown), hint="move it elsewhere") from None
    except OSError as error:
        raise report.fatal(
            "cannot-write", f"the file cannot be read: {error.strerror}", Location(_shown(str(path), place))
        ) from None


def _shown(path: str, place: Place) -> str:
    try:
        return f"{place.shown}{Path(path).relative_to(place.folder).as_posix()}"
    except ValueError:
        return path
