"""UUIDs, of packages that have any."""

from __future__ import annotations

import uuid
from typing import Any

from .codec_kinds import Scalar

_ANY: Any = object


class _OpenUUID(uuid.UUID):
    """A UUID that has no attributes yet, so that they can be set."""

    __slots__ = ()
    __init__ = _ANY.__init__
    __setattr__ = _ANY.__setattr__


def uuid_of(text: str) -> uuid.UUID:
    """Returns the UUID in `text` (RFC 9562, section 4: with its hyphens)."""
    value = uuid.UUID(text)
    if str(value) != text.lower():
        raise ValueError(text)
    return value


# The same, three times as fast.
_UUID_LINES = (
    "d = bytes_of({x}.replace('-', ' '))",
    "if len(d) != 16 or len({x}) != 36 or {x}[HYPHENS] != '----': raise ValueError",
    "u = OpenUUID(); u.int = number_of(d); u.is_safe = UNKNOWN; u.__class__ = UUID",
    "{x} = u",
)
_UUID_VALUES = {
    "bytes_of": bytes.fromhex,
    "number_of": int.from_bytes,
    "OpenUUID": _OpenUUID,
    "HYPHENS": slice(8, 24, 5),
    "UNKNOWN": uuid.SafeUUID.unknown,
    "UUID": uuid.UUID,
}


def _uuid_text(x: uuid.UUID) -> str:
    # Several times as fast as the standard library's.
    digits = x.int.to_bytes(16).hex("-", 6)
    return f'"{digits[:13]}-{digits[13:17]}-{digits[17:]}"'


FORMATS: dict[Any, Scalar] = {
    uuid.UUID: Scalar(
        "a UUID",
        (uuid.UUID,),
        uuid_of,
        str,
        # Not where the class is implemented otherwise.
        inline=(_UUID_LINES, _UUID_VALUES) if hasattr(uuid.UUID, "int") else None,
        text=_uuid_text,
    ),
}
"""By the classes of their values."""
