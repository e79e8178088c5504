"""The output folder: generated files written, or compared with what lies there.

    write   only what differs, and all of it or nothing (`disk`)
    check   missing, extra, stale and edited told apart; touches nothing

Decides which files are ours: those that the lock lists (`owned`, name to sha256). Nothing else is overwritten or
deleted, and no symbolic link is followed. Does not decide what the files hold.
"""

from __future__ import annotations

import difflib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from clientsmith.diagnostics import Location, Report
from clientsmith.project.folders import LOCK
from clientsmith.project.lock import digest_of, files_present, is_inside
from clientsmith.write.transaction import commit

LONGEST_NAME = 100
"""Bytes of one part of a path; encrypted file systems end at about 140."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did to the folder, as sorted names."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where output goes.

    Attributes:
        folder: of the output; made when it is not there.
        shown: what stands before a file's name in findings: `generated/acme/`.
        boundary: a folder that the real output folder must not leave (the project); None where the user named it.
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
    beside: Mapping[Path, str] | None = None,
) -> Written:
    """Make the folder hold `files`, whole or not at all.

    Args:
        files: relative name with `/` to text; written as UTF-8 with LF.
        place: where to.
        owned: what an earlier run wrote there, name to sha256. Of these, what is no longer in `files` is deleted.
            A file that was edited by hand since is overwritten, with a warning.
        report: takes the findings.
        beside: further files that belong to the same change (the lock), by absolute path.

    Raises:
        ClientsmithError: `unsafe-path` for a name or a link that leads elsewhere, `output-foreign` for a file in the
            way that is not ours, `cannot-write` for what the system refuses. Nothing has changed then.
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
                "in the way, and not written by clientsmith (the lock does not list it)",
                location,
                hint="move it elsewhere; or delete it, if an earlier run wrote it and its lock is lost",
            )
        elif digest_of(content) != owned[name]:
            done = "deleted" if name in removed else "overwritten"
            report.add(
                "output-overwritten",
                f"was edited by hand, and is {done}",
                location,
                hint="generated files are not for editing: change the overlay or provider.toml instead",
            )
    report.raise_on_errors()
    texts = {place.folder / name: new[name] for name in changed}
    for path, text in (beside or {}).items():
        if not path.is_file() or path.read_bytes() != text.encode():
            texts[path] = text.encode()
    try:
        commit(texts, [place.folder / name for name in removed], place.folder)
    except OSError as error:
        where = str(error.filename2 or error.filename or place.shown)
        raise report.fatal(
            "cannot-write",
            f"cannot be written: {error.strerror or error}",
            Location(_shown(where, place)),
            hint="nothing was changed",
        ) from None
    return Written(tuple(changed), tuple(name for name in sorted(new) if name not in changed), tuple(removed))


def check(files: Mapping[str, str], place: Place, owned: Mapping[str, str], report: Report) -> list[str]:
    """Compare the folder with `files`, and return the names of those that differ or are missing or too many.

    Findings: `output-missing`, `output-extra`, `output-stale` (as written once, but the inputs or the tool have
    changed), `output-edited` (by hand; the message says when it is stale too).

    Raises:
        ClientsmithError: `unsafe-path` for a name or a link that leads elsewhere.
    """
    _refuse_unsafe(files, place, report)
    names: list[str] = []
    again = "run `clientsmith generate` and commit the result"

    def finding(slug: str, name: str, message: str, hint: str) -> None:
        names.append(name)
        report.add(slug, message, Location(f"{place.shown}{name}"), hint=hint)

    for name in sorted(files):
        content = _content(name, place, report)
        if content is None:
            finding("output-missing", name, "missing", again)
        elif content != files[name].encode():
            if name in owned and digest_of(content) == owned[name]:
                finding("output-stale", name, "not what the inputs give now", again)
            else:
                stale = digest_of(files[name].encode()) != owned.get(name)
                finding(
                    "output-edited",
                    name,
                    "edited by hand, and stale too" if stale else "edited by hand",
                    "change the overlay or provider.toml instead, then run `clientsmith generate`",
                )
    for name in sorted({*files_present(str(place.folder)), *owned} - files.keys() - {LOCK}):
        if name in owned and _content(name, place, report) is not None:
            finding("output-extra", name, "no longer generated", again)
        elif name not in owned:
            finding("output-extra", name, "not written by clientsmith", "move it out of the generated client")
    return names


def differences(files: Mapping[str, str], place: Place, names: list[str]) -> Iterator[str]:
    """Unified diffs, line by line and without newlines, from what lies in the folder to what is generated."""
    for name in names:
        path = place.folder / name
        old = path.read_text("utf-8", "replace").split("\n") if path.is_file() and not path.is_symlink() else []
        new = files[name].split("\n") if name in files else []
        shown = f"{place.shown}{name}"
        yield from difflib.unified_diff(old, new, shown, f"{shown} (generated)", lineterm="")


# --------------------------------------------------------------------------------------------------------- safety


def _refuse_unsafe(files: Mapping[str, str], place: Place, report: Report) -> None:
    """Names that not every platform takes or tells apart, and an output folder that is a way out of the project."""
    seen: dict[str, str] = {}
    for name in sorted(files):
        for prefix in _prefixes(name):
            other = seen.setdefault(prefix.casefold(), prefix)
            if other != prefix:
                message = f"{prefix!r} and {other!r} differ only in case"
                report.add("unsafe-path", message, Location(f"{place.shown}{name}"))
        if not _is_portable(name):
            report.add("unsafe-path", f"no file may be called {name!r}", Location(place.shown))
    if place.boundary is not None:
        real, boundary = os.path.realpath(place.folder), os.path.realpath(place.boundary)
        if not Path(real).is_relative_to(boundary):
            report.add("unsafe-path", f"the output folder leads out of the project: {real!r}", Location(place.shown))
    report.raise_on_errors()


def _prefixes(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[: index + 1]) for index in range(len(parts))]


def _is_portable(name: str) -> bool:
    """Whether a name can be a file's on every platform, inside the folder."""
    return is_inside(name) and not any(
        _RESERVED.fullmatch(part)
        or part[-1] in ". "
        or len(part.encode("utf-8", "surrogatepass")) > LONGEST_NAME
        or not part.isprintable()
        or any(character in part for character in '<>"|?*')
        for part in name.split("/")
    )


def _content(name: str, place: Place, report: Report) -> bytes | None:
    """The bytes of a file, None where there is none; refuses links and everything that is no regular file."""
    path = place.folder
    parts = name.split("/")
    try:
        for part in parts[:-1]:
            path = path / part
            if not stat.S_ISDIR(path.lstat().st_mode):
                raise report.fatal(
                    "unsafe-path",
                    "is a link or a file, and not a folder",
                    Location(_shown(str(path), place)),
                    hint="delete it, then run this again",
                )
        path = path / parts[-1]
        if not stat.S_ISREG(path.lstat().st_mode):
            raise report.fatal(
                "unsafe-path",
                "is a link or a folder, and not a file",
                Location(_shown(str(path), place)),
                hint="delete it, then run this again",
            )
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        message = "a file is in the way: the output folder cannot be there"
        raise report.fatal("cannot-write", message, Location(place.shown), hint="move it elsewhere") from None
    except OSError as error:
        raise report.fatal(
            "cannot-write", f"cannot be read: {error.strerror}", Location(_shown(str(path), place))
        ) from None


def _shown(path: str, place: Place) -> str:
    try:
        return f"{place.shown}{Path(path).relative_to(place.folder).as_posix()}"
    except ValueError:
        return path
