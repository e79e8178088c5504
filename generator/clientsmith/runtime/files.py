"""Bodies that are one file, or the text of one."""

from __future__ import annotations

from typing import Any, Final

from .codec import Codec
from .file_content import (
    File,
    assembled,
    file_parts,
    guessed_type,
    is_file,
    not_a_file,
    source,
)
from .operation import Call
from .transport import BodyStream

_BINARY: Final = ("image/", "audio/", "video/", "application/octet")


def body_of(call: Call[Any], _: Codec) -> tuple[bytes | BodyStream, str]:
    """Returns the body that is one file, or the text of one that is not binary, and its
    media type: the file's own where the call names a range such as `image/*`. Raises
    TypeError for anything else."""
    value, content_type = call.body, call.content_type or "*/*"
    if isinstance(value, str) and not content_type.startswith(_BINARY):
        return value.encode(), content_type
    if not is_file(value):
        raise TypeError(not_a_file(f"a body of {content_type}", value))
    stream, guessed = raw_body(value)
    return stream, guessed if "*" in content_type else content_type


def raw_body(value: File) -> tuple[bytes | BodyStream, str]:
    """Returns the body that is one file, and the media type that its name tells."""
    name, content, media_type = file_parts(value)
    return assembled([source(content)]), media_type or guessed_type(name)
