"""Files in bodies, sent without loading them into memory. A body knows its length where
the files tell theirs, and whether it can be sent again: paths and bytes always, open
files if they can seek."""

from __future__ import annotations

import io
import mimetypes
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final, TypeAlias, TypeGuard, cast

from .transport import BodyStream

Content: TypeAlias = os.PathLike[str] | bytes | IO[bytes]
File: TypeAlias = Content | tuple[str, Content, str]
"""A path, bytes, an open binary file, or `(file name, one of these, media type)`."""

_CHUNK: Final = 64 * 1024


def is_file(value: object) -> TypeGuard[File]:
    """Returns whether `value` is one of the forms of `File`."""
    content = value
    if isinstance(value, tuple):
        parts = cast("tuple[object, ...]", value)
        if len(parts) != 3 or not all(isinstance(part, str) for part in parts[::2]):
            return False
        content = parts[1]
    return isinstance(content, (bytes, os.PathLike)) or hasattr(content, "read")


def not_a_file(place: str, value: object) -> str:
    """Returns the text of the error for a value that should be a `File`."""
    hint = f": a path is written Path({value!r})" if isinstance(value, str) else ""
    return (
        f"{place} is a path, bytes, a binary file or (name, content, type), "
        f"not {type(value).__name__}{hint}"
    )


def file_parts(value: File) -> tuple[str, Content, str]:
    """Returns the file's name, its content and its media type, "" where not known."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, os.PathLike):
        return os.path.basename(os.fspath(value)), value, ""
    name = getattr(value, "name", "")
    return os.path.basename(name) if isinstance(name, str) else "", value, ""


def guessed_type(file_name: str) -> str:
    """Returns the media type that a file name tells."""
    return mimetypes.guess_type(file_name)[0] or "application/octet-stream"


@dataclass(slots=True)
class Source:
    """A file that is read in chunks; `start` is where an open one stood at first."""

    content: os.PathLike[str] | IO[bytes]
    start: int | None
    length: int | None

    def chunks(self) -> Iterator[bytes]:
        """Yields the file from its current position."""
        if isinstance(self.content, os.PathLike):
            with open(self.content, "rb") as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        else:
            while chunk := self.content.read(_CHUNK):
                yield chunk

    def rewind(self, first: bool) -> bool:
        """Goes back to the beginning; False when it is not the `first` time and the
        file cannot seek."""
        if isinstance(self.content, os.PathLike):
            return True
        if self.start is None:
            return first
        self.content.seek(self.start)
        return True


def source(content: Content) -> bytes | Source:
    """Returns the content as it is sent. Raises TypeError for a file opened as text,
    OSError for a path that cannot be read."""
    if isinstance(content, os.PathLike):
        return Source(content, None, os.stat(content).st_size)
    if isinstance(content, bytes):
        return content
    if isinstance(cast("object", content), io.TextIOBase):
        raise TypeError("a file was opened as text: open it with mode 'rb'")
    try:
        start = content.tell()
        length = content.seek(0, io.SEEK_END) - start
        content.seek(start)
    except (OSError, AttributeError):  # pipes, sockets, objects with `read` alone
        return Source(content, None, None)
    return Source(content, start, length)


class _Stream:
    """A `BodyStream` of bytes and files."""

    def __init__(self, pieces: list[bytes | Source]) -> None:
        self._pieces = pieces
        self._fresh = True
        lengths = [p.length if isinstance(p, Source) else len(p) for p in pieces]
        known = [length for length in lengths if length is not None]
        self.length = sum(known) if len(known) == len(lengths) else None

    def __iter__(self) -> Iterator[bytes]:
        self._fresh = False
        for piece in self._pieces:
            if isinstance(piece, bytes):
                yield piece
            else:
                yield from piece.chunks()

    def rewind(self) -> bool:
        sources = [piece for piece in self._pieces if isinstance(piece, Source)]
        return all(piece.rewind(self._fresh) for piece in sources)


def assembled(pieces: list[bytes | Source]) -> bytes | BodyStream:
    """Returns the pieces as one body: bytes if all are, else a stream."""
    known = [piece for piece in pieces if isinstance(piece, bytes)]
    return b"".join(known) if len(known) == len(pieces) else _Stream(pieces)
