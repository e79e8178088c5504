"""Part of the runtime of a generated client. 0BSD: use it as you like.

Bodies that hold files: `multipart/form-data` (RFC 7578) and single files, sent without
loading files into memory.

A body knows its length where the files tell theirs, and whether it can be sent again:
paths and bytes always, open files if they can seek. Nothing here knows about JSON
models; values are JSON-able already or `File`s.
"""

from __future__ import annotations

import io
import mimetypes
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Final, TypeAlias, TypeGuard, cast

from .styles import array_of, object_of, text_of
from .transport import BodyStream

Content: TypeAlias = os.PathLike[str] | bytes | IO[bytes]
File: TypeAlias = Content | tuple[str, Content, str]
"""A path, bytes, an open binary file, or `(file name, one of these, media type)`."""

_CHUNK: Final = 64 * 1024


def is_file(value: object) -> TypeGuard[File]:
    """Whether `value` is one of the forms of `File`."""
    if isinstance(value, tuple):
        parts = cast("tuple[object, ...]", value)
        return (
            len(parts) == 3
            and isinstance(parts[0], str)
            and isinstance(parts[2], str)
            and _is_content(parts[1])
        )
    return _is_content(value)


def _is_content(value: object) -> TypeGuard[Content]:
    return isinstance(value, (bytes, os.PathLike)) or hasattr(value, "read")


def form_data(
    fields: Mapping[str, object],
    content_type: str = "multipart/form-data",
    *,
    encodings: Mapping[str, str],
    files: tuple[str, ...] = (),
) -> tuple[bytes | BodyStream, str]:
    """The body of a form and its Content-Type: `content_type` with a random boundary.

    A list repeats its field; None is left out; objects become JSON. `encodings`: media
    types by field; `files`: fields that must hold files. Raises TypeError for a text
    where a file belongs, OSError for a path that cannot be read.
    """
    boundary = os.urandom(16).hex()
    pieces: list[bytes | _Source] = []
    for name, value in fields.items():
        array = None if is_file(value) else array_of(value)
        for item in [value] if array is None else array:
            if item is None:
                continue
            if name in files and not is_file(item):
                raise TypeError(_not_a_file(name, item))
            media_type = encodings.get(name, "").partition(",")[0].strip()
            head, content = _part(
                name, item, media_type if "*" not in media_type else ""
            )
            pieces += (f"--{boundary}\r\n{head}\r\n\r\n".encode(), content, b"\r\n")
    pieces.append(f"--{boundary}--\r\n".encode())
    return _assembled(pieces), f"{content_type.partition(';')[0]}; boundary={boundary}"


def raw_body(value: File) -> tuple[bytes | BodyStream, str]:
    """The body that is one file, and the media type that its name tells."""
    name, content, media_type = _file_parts(value)
    return _assembled([_source(content)]), media_type or _guessed(name)


def _not_a_file(name: str, value: object) -> str:
    hint = f": a path is written Path({value!r})" if isinstance(value, str) else ""
    return (
        f"{name}: a file is a path, bytes, a binary file or (name, content, type), "
        f"not {type(value).__name__}{hint}"
    )


def _part(name: str, value: object, media_type: str) -> tuple[str, bytes | _Source]:
    disposition = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    if is_file(value):
        file_name, content, declared = _file_parts(value)
        kind = declared or media_type or _guessed(file_name)
        head = f'{disposition}; filename="{_quoted(file_name or name)}"\r\n'
        return f"{head}Content-Type: {_line(kind)}", _source(content)
    kind = media_type or (
        "application/json"
        if object_of(value) is not None or array_of(value) is not None
        else ""
    )
    head = f"{disposition}\r\nContent-Type: {_line(kind)}" if kind else disposition
    return head, text_of(value).encode()


def _quoted(text: str) -> str:
    """Text inside the quotes of Content-Disposition, escaped as browsers do (WHATWG
    HTML, multipart/form-data)."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _line(text: str) -> str:
    if "\r" in text or "\n" in text:
        raise ValueError("a media type holds a line break")
    return text


def _file_parts(value: File) -> tuple[str, Content, str]:
    if isinstance(value, tuple):
        return value
    if isinstance(value, os.PathLike):
        return os.path.basename(os.fspath(value)), value, ""
    name = getattr(value, "name", "")
    return os.path.basename(name) if isinstance(name, str) else "", value, ""


def _guessed(file_name: str) -> str:
    return mimetypes.guess_type(file_name)[0] or "application/octet-stream"


@dataclass(slots=True)
class _Source:
    """A file that is read in chunks; `start` is where an open file stood when it was
    given."""

    content: os.PathLike[str] | IO[bytes]
    start: int | None
    length: int | None

    def chunks(self) -> Iterator[bytes]:
        if isinstance(self.content, os.PathLike):
            with open(self.content, "rb") as file:
                yield from _chunks(file)
        else:
            yield from _chunks(self.content)

    def rewind(self, first: bool) -> bool:
        if isinstance(self.content, os.PathLike):
            return True
        if self.start is None:
            return first
        self.content.seek(self.start)
        return True


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _is_text(file: object) -> bool:
    return isinstance(file, io.TextIOBase)


def _source(content: Content) -> bytes | _Source:
    if isinstance(content, os.PathLike):
        return _Source(content, None, os.stat(content).st_size)
    if isinstance(content, bytes):
        return content
    if _is_text(content):
        raise TypeError("a file was opened as text: open it with mode 'rb'")
    try:
        start = content.tell()
        length = content.seek(0, io.SEEK_END) - start
        content.seek(start)
    except (
        OSError,
        AttributeError,
    ):  # pipes, sockets, and objects that have `read` alone
        return _Source(content, None, None)
    return _Source(content, start, length)


class _Stream:
    """A `BodyStream` of bytes and files."""

    def __init__(self, pieces: list[bytes | _Source]) -> None:
        self._pieces = pieces
        self._fresh = True
        lengths = [
            len(piece) if isinstance(piece, bytes) else piece.length for piece in pieces
        ]
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
        return all(
            piece.rewind(self._fresh)
            for piece in self._pieces
            if isinstance(piece, _Source)
        )


def _assembled(pieces: list[bytes | _Source]) -> bytes | BodyStream:
    plain = [piece for piece in pieces if isinstance(piece, bytes)]
    return b"".join(plain) if len(plain) == len(pieces) else _Stream(pieces)
