"""Bodies that are forms with files: `multipart/form-data` (RFC 7578)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from .codec import Codec
from .file_content import File as File
from .file_content import (
    Source,
    assembled,
    file_parts,
    guessed_type,
    is_file,
    not_a_file,
    source,
)
from .forms import fields_of
from .operation import Call, jsonable
from .params import array_of, object_of, text_of
from .transport import BodyStream


def body_of(call: Call[Any], codec: Codec) -> tuple[bytes | BodyStream, str]:
    """Returns the body of a call that sends a form, and its Content-Type."""
    operation = call.operation
    files = {
        name: file for name, file in (call.files or {}).items() if file is not None
    }
    fields = {**fields_of(call.body, codec), **files}
    return form_data(
        {name: _jsonable(value, codec) for name, value in fields.items()},
        "multipart/form-data" if files else call.content_type,
        encodings=operation.encodings,
        files=operation.files,
    )


def _jsonable(value: object, codec: Codec) -> object:
    if value is None or is_file(value):
        return value
    if (array := array_of(value)) is not None:
        return [_jsonable(item, codec) for item in array]
    return jsonable(value, codec)


def form_data(
    fields: Mapping[str, object],
    content_type: str = "multipart/form-data",
    *,
    encodings: Mapping[str, str],
    files: tuple[str, ...] = (),
) -> tuple[bytes | BodyStream, str]:
    """Returns the body of a form and its Content-Type with a random boundary.

    A list repeats its field; None is left out; objects become JSON. `encodings`: media
    types by field; `files`: fields that must hold files. Raises TypeError for a text
    where a file belongs, OSError for a path that cannot be read.
    """
    boundary = os.urandom(16).hex()
    pieces: list[bytes | Source] = []
    for name, value in fields.items():
        array = None if is_file(value) else array_of(value)
        media_type = encodings.get(name, "").partition(",")[0].strip()
        for item in [value] if array is None else array:
            if item is None:
                continue
            if name in files and not is_file(item):
                raise TypeError(not_a_file(f"{name}: a file", item))
            head, content = _part(name, item, "" if "*" in media_type else media_type)
            pieces += (f"--{boundary}\r\n{head}\r\n\r\n".encode(), content, b"\r\n")
    pieces.append(f"--{boundary}--\r\n".encode())
    return assembled(pieces), f"{content_type.partition(';')[0]}; boundary={boundary}"


def _part(name: str, value: object, media_type: str) -> tuple[str, bytes | Source]:
    head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    content: bytes | Source
    if is_file(value):
        file_name, data, declared = file_parts(value)
        media_type = declared or media_type or guessed_type(file_name)
        head += f'; filename="{_quoted(file_name or name)}"'
        content = source(data)
    else:
        if object_of(value) is not None or array_of(value) is not None:
            media_type = media_type or "application/json"
        content = text_of(value).encode()
    if "\r" in media_type or "\n" in media_type:
        raise ValueError("a media type holds a line break")
    return f"{head}\r\nContent-Type: {media_type}" if media_type else head, content


def _quoted(text: str) -> str:
    """Returns text for inside the quotes of Content-Disposition, escaped as browsers do
    (WHATWG HTML, multipart/form-data)."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
