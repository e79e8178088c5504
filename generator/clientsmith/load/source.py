"""One file that was read: its text, its value, its digest, and where things stand in it.

Decides how bytes become text, which reader takes it, and how large a file may be; reports what a reader found as
diagnostics with lines. Does not know what the values mean, except that versions are strings (`version-not-a-string`).
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from clientsmith.diagnostics import Location, Report
from clientsmith.load.json_text import places_in_json, read_json
from clientsmith.load.text import (
    MAX_BYTES,
    Duplicate,
    Lines,
    Places,
    TextError,
    Tree,
    Wanted,
    paused_gc,
    pointers_of,
)

_VERSIONS = ("/openapi", "/swagger", "/overlay", "/info/version")
"""Values that are strings even where they look like a number: `version: 1.10` is not 1.1."""

_NUMBER = re.compile(r"[-+.\w]+")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A file, or a fragment inside a page.

    Attributes:
        name: how locations name it; unique in a run. Of the second fragment of a page: `pages/jobs.md[2]`.
        file: the file as it is shown to the user: `pages/jobs.md`.
        path: where it was read from; None for text that came from elsewhere.
        kind: what the text is.
        text: the text that was read; for a fragment, its own text only.
        value: the tree: dicts with string keys, lists, strings, numbers, booleans, None.
        digest: sha256 of the file's bytes (of the fragment's text), in hex.
        line_offset: how many lines of the file stand before the text.
        column_offset: by how many columns each line of the text was moved to the left (an indented fence).
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
    _lines: list[Lines] = field(default_factory=list[Lines], repr=False)

    def positions(self, pointers: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Line and column, from 1, in the file, of each pointer: of its value if that is a scalar, else of its key.

        One pass over the text, however many pointers. A pointer that the text does not have gets the position of its
        nearest ancestor (values that were inherited through `<<`, or added after reading).
        """
        asked = list(dict.fromkeys(pointers))
        wanted = dict.fromkeys(ancestor for pointer in asked for ancestor in _upwards(pointer))
        places = _places(self.kind, self.text, wanted)
        found: dict[str, tuple[int, int]] = {}
        for pointer in asked:
            nearest = next((ancestor for ancestor in _upwards(pointer) if ancestor in places), None)
            found[pointer] = self.position(places[nearest][-1].start) if nearest is not None else self.position(0)
        return found

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the file of an offset in the text."""
        if not self._lines:
            self._lines.append(Lines(self.text))
        line, column = self._lines[0].position(offset)
        return line + self.line_offset, column + self.column_offset


def read_source(path: Path, report: Report, *, root: Path, name: str) -> Source:
    """Read one JSON or YAML file.

    Args:
        path: the file; must be a regular file inside `root`, links followed.
        report: where findings go.
        root: the folder that no file may be outside of.
        name: how the user knows the file.

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
    """Read a text: a whole file, or a fragment of a page.

    Args:
        text: YAML, or JSON.
        report: where findings go.
        name, file, path, digest, line_offset, column_offset: see `Source`; `file` is `name` unless given.
        language: what the text says it is; by the suffix of the file unless given. YAML that begins like JSON is
            tried as JSON first, because that is ten times faster and means the same.

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
            else:
                value, duplicates = read_json(text) if kind == "json" else _yaml(text)
        except TextError as error:
            line, column = _shifted(Lines(text).position(error.offset), line_offset, column_offset)
            raise report.fatal(error.slug, error.message, Location(file, "", line, column), hint=error.hint) from None
    if value is None:
        raise report.fatal("empty-document", f"no value in {file!r}", Location(file, "", line_offset + 1, 1))
    digest = digest or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    source = Source(name, file, path, kind, text, value, digest, line_offset, column_offset)
    _report_duplicates(source, duplicates, report)
    _keep_versions(source, report)
    return source


class FileError(Exception):
    """A file that may not, or cannot, be read. `slug` is a key of `diagnostics.SEVERITY`; `reason` a short sentence."""

    def __init__(self, slug: str, reason: str, *, missing: bool = False) -> None:
        super().__init__(reason)
        self.slug, self.reason, self.missing = slug, reason, missing


def read_bytes(path: Path, *, root: Path) -> bytes:
    """The bytes of a regular file inside `root`.

    The path is resolved first, links and all, and only then looked at: a FIFO would block, a device might never end.

    Raises:
        FileError: `unsafe-path`, `not-readable`, `limit-exceeded`.
    """
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root.resolve(strict=True)):
            raise FileError("unsafe-path", "outside the folder of the provider's files")
        about = real.stat()
        if not stat.S_ISREG(about.st_mode):
            raise FileError("unsafe-path", "not a regular file")
        if about.st_size > MAX_BYTES:
            raise FileError("limit-exceeded", f"larger than {MAX_BYTES // 2**20} MiB")
        descriptor = os.open(real, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "not a path"
        missing = isinstance(error, FileNotFoundError | NotADirectoryError)
        raise FileError("not-readable", reason, missing=missing) from None
    if len(raw) > MAX_BYTES:
        raise FileError("limit-exceeded", f"larger than {MAX_BYTES // 2**20} MiB")
    return raw


def decode(raw: bytes, report: Report, *, name: str) -> str:
    """The text of a file: UTF-8 (a byte order mark is dropped), or UTF-16 with its mark.

    Raises:
        ClientsmithError: `not-text`, at the line of the first byte that is wrong.
    """
    encoding = "utf-8-sig"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = raw.decode(encoding)
        nul = text.find("\0")
        if nul < 0:
            return text
        position = Lines(text).position(nul)
        message = "a NUL character: this is not text"
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(encoding, "replace")
        position = Lines(before).position(len(before))
        message = f"byte 0x{raw[error.start]:02x} is not {'UTF-8' if encoding == 'utf-8-sig' else 'UTF-16'}"
    raise report.fatal("not-text", message, Location(name, "", *position))


def _yaml(text: str) -> tuple[Tree, list[Duplicate]]:
    # Imported here: JSON alone does not need PyYAML, nor the time to import it.
    from clientsmith.load.yaml_text import read_yaml

    return read_yaml(text)


def _places(kind: Literal["json", "yaml"], text: str, pointers: Iterable[str]) -> Places:
    wanted = Wanted.of(pointers)
    with paused_gc():
        if kind == "json":
            return places_in_json(text, wanted)
        from clientsmith.load.yaml_text import places_in_yaml

        return places_in_yaml(text, wanted)


def _report_duplicates(source: Source, duplicates: list[Duplicate], report: Report) -> None:
    if not duplicates:
        return
    owners = pointers_of({id(duplicate.owner) for duplicate in duplicates}, source.value)
    twice: dict[str, str] = {}
    for owner, key in duplicates:
        pointer = owners.get(id(owner))
        if pointer is not None:
            twice[f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"] = key
    places = _places(source.kind, source.text, twice)
    for pointer, key in twice.items():
        if pointer not in places:
            # A key that is an alias has no text of its own.
            report.add(
                "duplicate-key", f"the key {key!r} stands twice, the last one counts", Location(source.name, pointer)
            )
            continue
        first, *later = places[pointer]
        for place in later:
            report.add(
                "duplicate-key",
                f"the key {key!r} stands twice, the last one counts",
                Location(source.file, pointer, *source.position(place.key)),
                also=[("first here", Location(source.file, pointer, *source.position(first.key)))],
            )


def _keep_versions(source: Source, report: Report) -> None:
    """Put the source text back where a version was written as a number, and say so."""
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
            f"{pointer[1:].replace('/', '.')} is the number {kept}, taken as the text '{kept}'",
            Location(source.file, pointer, *source.position(place[-1].value if place else 0)),
            hint=f"put it in quotes: '{kept}'",
        )


def _shifted(position: tuple[int, int], lines: int, columns: int = 0) -> tuple[int, int]:
    return position[0] + lines, position[1] + columns


def _upwards(pointer: str) -> Iterable[str]:
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]
    yield ""
