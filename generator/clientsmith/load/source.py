"""One file that was read: its text, its value, its digest, and the positions of values in it.

Decides how bytes become text, which reader reads it, and how large a file may be; reports errors of the readers as
diagnostics with lines. Does not know what the values mean, except that versions are strings (`version-not-a-string`).
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path
from typing import Any, Literal

from clientsmith.diagnostics import Location, Report
from clientsmith.load.json_text import places_in_json, read_json, without_trailing_commas
from clientsmith.load.tree import (
    MAX_BYTES,
    Duplicate,
    Lines,
    Places,
    TextError,
    Tree,
    Wanted,
    escape,
    paused_gc,
    pointers_of,
)
from clientsmith.records import dataclass

_VERSIONS = ("/openapi", "/swagger", "/overlay", "/info/version")
"""Values that are strings although they may look like a number: `version: 1.10` is not 1.1."""

MAX_DUPLICATES = 50
"""Duplicate keys of one file that are reported one by one."""

_NUMBER = re.compile(r"[-+.\w]+")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A file, or a fragment inside a page.

    Attributes:
        name: its name in locations, unique in a run; of the second fragment of a page `pages/jobs.md[2]`.
        file: the file as it is shown to the user: `pages/jobs.md`.
        path: where it was read from; None for text that was not read from a file.
        kind: the language of the text.
        text: the text that was read; of a fragment only its own text.
        value: the tree: dicts with string keys, lists, strings, numbers, booleans, None.
        digest: sha256 of the file's bytes (of the fragment's text), in hex.
        line_offset: how many lines of the file precede the text.
        column_offset: how many columns were cut from the start of each line of the text (an indented fence).
        has_duplicates: a mapping of the text has a duplicate key, so that the last of several positions counts.
    """

    name: str
    file: str
    path: Path | None
    kind: Literal["json", "yaml"]
    text: str
    value: Any
    digest: str
    line_offset: int = 0
    column_offset: int = 0
    has_duplicates: bool = False
    _lines: list[Lines] = field(default_factory=list[Lines], repr=False)

    def positions(self, pointers: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Returns line and column, from 1, in the file, of each pointer: of a scalar itself, else of its key.

        One pass over the text, up to the last of the pointers. A pointer that is not in the text gets the position of
        its nearest ancestor (values that were inherited through `<<`, or added after reading).
        """
        asked = list(dict.fromkeys(pointers))
        wanted = dict.fromkeys(ancestor for pointer in asked for ancestor in _upwards(pointer))
        count = None if self.has_duplicates else len(wanted)
        places = _places(self.kind, self.text, wanted, count)
        found: dict[str, tuple[int, int]] = {}
        for pointer in asked:
            nearest = next((ancestor for ancestor in _upwards(pointer) if ancestor in places), None)
            found[pointer] = self.position(places[nearest][-1].start) if nearest is not None else self.position(0)
        return found

    def position(self, offset: int) -> tuple[int, int]:
        """Returns line and column, in the file, of an offset in the text."""
        if not self._lines:
            self._lines.append(Lines(self.text))
        line, column = self._lines[0].position(offset)
        return line + self.line_offset, column + self.column_offset


def read_source(path: Path, report: Report, *, root: Path, name: str) -> Source:
    """Reads one JSON or YAML file.

    Args:
        path: the file; must be a regular file inside `root`, links followed.
        report: takes the diagnostics.
        root: the folder that no file may be outside of.
        name: the file as it is shown to the user.

    Raises:
        ClientsmithError: `unsafe-path`, `not-readable`, `limit-exceeded`, `not-text`, `empty-document`, `syntax`,
            `yaml-tag`.
    """
    try:
        raw = read_bytes(path, root=root)
    except FileError as error:
        raise report.fatal(error.slug, f"cannot read {name!r}: {error.reason}", Location(name)) from None
    text = decode(raw, report, name=name)
    return read_text(text, report, name=name, path=path, digest=hashlib.sha256(raw).hexdigest())


def read_text(
    text: str,
    report: Report,
    *,
    name: str,
    file: str = "",
    path: Path | None = None,
    digest: str = "",
    language: Literal["json", "yaml", ""] = "",
    line_offset: int = 0,
    column_offset: int = 0,
) -> Source:
    """Reads a text: a whole file, or a fragment of a page.

    Args:
        text: YAML, or JSON.
        report: takes the diagnostics.
        name, file, path, digest, line_offset, column_offset: see `Source`; `file` is `name` unless given.
        language: of the text; by the suffix of the file unless given. YAML that begins like JSON is read as JSON if
            possible, because that is ten times faster and means the same.

    Raises:
        ClientsmithError: `empty-document`, `syntax`, `yaml-tag`, `limit-exceeded`, at the line in the file.
    """
    file = file or name
    suffix = Path(file).suffix.lower()
    begins_like_json = text.lstrip(" \t\r\n")[:1] in ("{", "[")
    kind: Literal["json", "yaml"] = "json" if language == "json" or (not language and suffix == ".json") else "yaml"
    if not text.strip():
        raise report.fatal("empty-document", f"{file!r} is empty", Location(file, "", line_offset + 1, 1))
    with paused_gc():
        try:
            value: Tree
            duplicates: list[Duplicate]
            if kind == "yaml" and begins_like_json:
                try:
                    (value, duplicates), kind = read_json(text), "json"
                except TextError as error:
                    if error.slug != "syntax":
                        raise
                    value, duplicates = _yaml(text)
            elif kind == "yaml":
                value, duplicates = _yaml(text)
            else:
                (value, duplicates), text, comma = _json(text)
                if comma is not None:
                    line, column = _shifted(Lines(text).position(comma), line_offset, column_offset)
                    message = "JSON allows no comma before a closing bracket: it is ignored"
                    report.add("trailing-comma", message, Location(file, "", line, column))
        except TextError as error:
            line, column = _shifted(Lines(text).position(error.offset), line_offset, column_offset)
            raise report.fatal(error.slug, error.message, Location(file, "", line, column), hint=error.hint) from None
    if value is None:
        raise report.fatal("empty-document", f"{file!r} contains no value", Location(file, "", line_offset + 1, 1))
    digest = digest or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    source = Source(name, file, path, kind, text, value, digest, line_offset, column_offset, bool(duplicates))
    _report_duplicates(source, duplicates, report)
    _keep_versions(source, report)
    return source


def _json(text: str) -> tuple[tuple[Tree, list[Duplicate]], str, int | None]:
    """Returns what JSON means, the text without commas before closing brackets, and the offset of the first of them.

    Raises:
        TextError: see `read_json`; that of the text as it is written.
    """
    try:
        return read_json(text), text, None
    except TextError as error:
        mended = without_trailing_commas(text)
        if mended is None:
            raise
        try:
            return read_json(mended[0]), *mended
        except TextError:
            raise error from None


class FileError(Exception):
    """A file that must not, or cannot, be read: `slug` is a key of `diagnostics.SEVERITY`, `reason` a sentence."""

    def __init__(self, slug: str, reason: str, *, missing: bool = False) -> None:
        super().__init__(reason)
        self.slug, self.reason, self.missing = slug, reason, missing


def read_bytes(path: Path, *, root: Path) -> bytes:
    """Returns the bytes of a regular file inside `root`.

    The path is resolved before anything is opened, links included: a FIFO would block, a device might never end.

    Raises:
        FileError: `unsafe-path`, `not-readable`, `limit-exceeded`.
    """
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root.resolve(strict=True)):
            raise FileError("unsafe-path", "it is outside the folder of the provider's files")
        about = real.stat()
        if not stat.S_ISREG(about.st_mode):
            raise FileError("unsafe-path", "it is not a regular file")
        if about.st_size > MAX_BYTES:
            raise FileError("limit-exceeded", f"larger than {MAX_BYTES // 2**20} MiB")
        descriptor = os.open(real, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "not a valid path"
        missing = isinstance(error, FileNotFoundError | NotADirectoryError)
        raise FileError("not-readable", reason, missing=missing) from None
    if len(raw) > MAX_BYTES:
        raise FileError("limit-exceeded", f"larger than {MAX_BYTES // 2**20} MiB")
    return raw


def decode(raw: bytes, report: Report, *, name: str) -> str:
    """Returns the text of a file: UTF-8 (a byte order mark is dropped), or UTF-16 with its mark.

    Raises:
        ClientsmithError: `not-text`, at the line of the first invalid byte.
    """
    encoding = "utf-8-sig"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = raw.decode(encoding)
        # Bytes are searched much faster than text.
        if (encoding == "utf-8-sig" and b"\0" not in raw) or "\0" not in text:
            return text
        position = Lines(text).position(text.index("\0"))
        message = "not a text file: it contains a NUL character"
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(encoding, "replace")
        position = Lines(before).position(len(before))
        message = f"byte 0x{raw[error.start]:02x} is not valid {'UTF-8' if encoding == 'utf-8-sig' else 'UTF-16'}"
    raise report.fatal("not-text", message, Location(name, "", *position))


def _yaml(text: str) -> tuple[Tree, list[Duplicate]]:
    # Imported here, because JSON does not need PyYAML, nor the time to import it.
    from clientsmith.load.yaml_text import read_yaml

    return read_yaml(text)


def _places(kind: Literal["json", "yaml"], text: str, pointers: Iterable[str], count: int | None = None) -> Places:
    wanted = Wanted.of(pointers)
    with paused_gc():
        if kind == "json":
            return places_in_json(text, wanted, count=count)
        from clientsmith.load.yaml_text import places_in_yaml

        return places_in_yaml(text, wanted, count=count)


def _report_duplicates(source: Source, duplicates: list[Duplicate], report: Report) -> None:
    if not duplicates:
        return
    owners = pointers_of({id(duplicate.owner) for duplicate in duplicates}, source.value)
    keys: dict[str, str] = {}
    for owner, key in duplicates:
        pointer = owners.get(id(owner))
        if pointer is not None:
            keys[f"{pointer}/{escape(key)}"] = key
    places = _places(source.kind, source.text, keys)
    # Each key with its later places. A key that is an alias has no text of its own, and so no place.
    found = [(pointer, key, place) for pointer, key in keys.items() for place in places.get(pointer, [None, None])[1:]]
    for pointer, key, place in found[:MAX_DUPLICATES]:
        message = f"duplicate key {key!r}; the last one is used"
        if place is None:
            report.add("duplicate-key", message, Location(source.name, pointer))
            continue
        here = Location(source.file, pointer, *source.position(place.key))
        first = Location(source.file, pointer, *source.position(places[pointer][0].key))
        report.add("duplicate-key", message, here, also=[("first here", first)])
    if len(found) > MAX_DUPLICATES:
        pointer, _, place = found[MAX_DUPLICATES]
        more = len(found) - MAX_DUPLICATES
        message = f"{more} more duplicate key{'s' if more > 1 else ''}; the last one of each is used"
        here = Location(source.file, pointer, *source.position(place.key if place else 0))
        report.add("duplicate-key", message, here)


def _keep_versions(source: Source, report: Report) -> None:
    """Restores the text of versions that are written as numbers, and reports them."""
    for pointer in _VERSIONS:
        *parents, last = pointer[1:].split("/")
        owner: Tree = source.value
        for parent in parents:
            owner = owner.get(parent) if isinstance(owner, dict) else None
        value = owner.get(last) if isinstance(owner, dict) else None
        if not isinstance(owner, dict) or isinstance(value, bool) or not isinstance(value, int | float):
            continue
        place = _places(source.kind, source.text, [pointer]).get(pointer)
        written = _NUMBER.match(source.text, place[-1].value) if place else None
        owner[last] = kept = written.group() if written else str(value)
        report.add(
            "version-not-a-string",
            f"'{pointer[1:].replace('/', '.')}' is the number {kept}, read as the string '{kept}'",
            Location(source.file, pointer, *source.position(place[-1].value if place else 0)),
            hint=f"write it in quotes: '{kept}'",
        )


def _shifted(position: tuple[int, int], lines: int, columns: int = 0) -> tuple[int, int]:
    return position[0] + lines, position[1] + columns


def _upwards(pointer: str) -> Iterable[str]:
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]
    yield ""
