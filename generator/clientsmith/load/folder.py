"""The provider's folder: the one place from which anything is read, by names relative to it.

Decides which names may be opened (security rules L3, L4, L5: decode first, resolve, stay inside, regular files only, no
scheme of any kind) and how much may be opened in one run. Knows the position of every value of every source. Does not
know what is in the files.
"""

from __future__ import annotations

import difflib
import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from clientsmith.diagnostics import ClientsmithError, Location, Report
from clientsmith.load.source import FileError, Source, decode, read_bytes, read_source, read_text
from clientsmith.load.tree import MAX_BYTES

MAX_FILES = 10_000
"""Files that may be referenced in one run. Real descriptions have up to 2,000."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_REMOTE = re.compile(r"https?:", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class NotOpened(Exception):
    """A file of a `$ref` that must not, or cannot, be opened. No slug: the diagnostic is in the report already."""

    def __init__(self, slug: str, message: str, hint: str = "", *, missing: bool = False) -> None:
        super().__init__(message)
        self.slug, self.message, self.hint, self.missing = slug, message, hint, missing


def is_remote(file: str) -> bool:
    """Returns whether the file part of a reference is an address on a network."""
    return _REMOTE.match(file) is not None


def inside(file: str, folder: str) -> str:
    """Returns the name, relative to the root, that the file part of a reference resolves to.

    Args:
        file: as written, still percent-encoded: `../common/errors.yaml`.
        folder: what it is relative to, itself relative to the root: `paths`.

    Raises:
        NotOpened: `ref-outside` for anything but a relative path inside the root.
    """
    name = unquote(file)
    if _SCHEME.match(name) or _SCHEME.match(file):
        raise NotOpened("ref-outside", f"{file!r} is not a relative path", "write the path without scheme and drive")
    if "\\" in name:
        raise NotOpened("ref-outside", f"{file!r} contains a backslash", "separate folders with '/'")
    if _CONTROL.search(name):
        raise NotOpened("ref-outside", f"{file!r} contains a control character")
    if name.startswith("/"):
        raise NotOpened("ref-outside", f"{file!r} is an absolute path", "write it relative to this file")
    joined = posixpath.normpath(posixpath.join(folder, name))
    if joined == ".." or joined.startswith("../"):
        raise NotOpened("ref-outside", f"{file!r} is outside the folder of the provider's files")
    return joined


class Folder:
    """The folder and what was read from it.

    Args:
        root: the folder; nothing outside is opened.
        shown: the prefix of names that are shown to the user: `specs/acme/`, or nothing.
        report: takes diagnostics about the files.
    """

    def __init__(self, root: Path, shown: str, report: Report) -> None:
        self.root, self.shown, self.report = root, shown, report
        self.digests: dict[str, str] = {}
        self.referred: dict[str, Source] = {}
        """Files that were referenced, by name."""
        self._sources: dict[str, Source] = {}
        self._failed: dict[str, NotOpened] = {}
        self._bytes = 0

    def show(self, name: str) -> str:
        """Returns the name of a file as it is shown to the user."""
        return f"{self.shown}{name}"

    def read(self, name: str) -> Source:
        """Reads a file that the user named.

        Raises:
            ClientsmithError: see `source.read_source`.
        """
        source = read_source(self.root / name, self.report, root=self.root, name=self.show(name))
        self.digests[name] = source.digest
        self.add(source)
        return source

    def add(self, source: Source) -> None:
        """Registers a source, so that `locate` finds positions in it."""
        self._sources[source.name] = source
        self._bytes += len(source.text)

    def open(self, name: str) -> Source:
        """Returns the file of a reference; it is read once.

        Args:
            name: as `inside` returned it.

        Raises:
            NotOpened: `unresolved-ref` for a missing file, `ref-outside`, `limit-exceeded`; without a slug if it could
                not be read as YAML or JSON.
        """
        if name in self._failed:
            raise self._failed[name]
        if name not in self.referred:
            try:
                self.referred[name] = self._opened(name)
            except NotOpened as error:
                self._failed[name] = error
                raise
        return self.referred[name]

    def _opened(self, name: str) -> Source:
        if len(self.referred) >= MAX_FILES:
            raise NotOpened("limit-exceeded", f"more than {MAX_FILES:,} files are referenced")
        try:
            raw = read_bytes(self.root / name, root=self.root)
        except FileError as error:
            if error.missing:
                message = f"file {self.show(name)!r} does not exist"
                raise NotOpened("unresolved-ref", message, self._similar(name), missing=True) from None
            slug = {"not-readable": "unresolved-ref", "unsafe-path": "ref-outside"}.get(error.slug, error.slug)
            raise NotOpened(slug, f"cannot read {self.show(name)!r}: {error.reason}") from None
        if self._bytes + len(raw) > MAX_BYTES:
            raise NotOpened("limit-exceeded", f"all files together are larger than {MAX_BYTES // 2**20} MiB")
        digest = hashlib.sha256(raw).hexdigest()
        try:
            text = decode(raw, self.report, name=self.show(name))
            source = read_text(text, self.report, name=self.show(name), path=self.root / name, digest=digest)
        except ClientsmithError:
            raise NotOpened("", f"cannot read {self.show(name)!r}") from None
        self.digests[name] = digest
        self.add(source)
        return source

    def _similar(self, name: str) -> str:
        folder = self.root / posixpath.dirname(name)
        try:
            if not folder.resolve(strict=True).is_relative_to(self.root.resolve(strict=True)):
                return ""
            names = sorted(path.name for path in folder.iterdir())
        except (OSError, ValueError, RuntimeError):
            return ""
        close = difflib.get_close_matches(posixpath.basename(name), names, 1)
        return f"did you mean {posixpath.join(posixpath.dirname(name), close[0])!r}?" if close else ""

    def locate(self, locations: Sequence[Location]) -> Mapping[Location, Location]:
        """Returns the locations in registered sources, with line and column, and with the file as it is shown."""
        wanted: dict[str, list[Location]] = {}
        for location in locations:
            if location.file in self._sources:
                wanted.setdefault(location.file, []).append(location)
        found: dict[Location, Location] = {}
        for name, places in wanted.items():
            source = self._sources[name]
            positions = source.positions(place.pointer for place in places)
            for place in places:
                found[place] = Location(source.file, place.pointer, *positions[place.pointer])
        return found

    def lines(self, locations: Iterable[Location]) -> dict[Location, int]:
        """Returns the lines of some locations."""
        return {old: new.line for old, new in self.locate([*locations]).items()}
