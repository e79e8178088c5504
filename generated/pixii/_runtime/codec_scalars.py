"""Part of the runtime of a generated client. 0BSD: use it as you like.

Times, UUIDs, decimals and bytes, read from and written as the text or number that JSON has for them.
"""

from __future__ import annotations

import binascii
import datetime
import decimal
import types
import uuid
from typing import Any

_new = object.__new__
_bytes = bytes.fromhex
_int = int.from_bytes
_UNKNOWN = uuid.SafeUUID.unknown


def _slot_setter(name: str) -> Any:
    slot = uuid.UUID.__dict__.get(name)
    return slot.__set__ if isinstance(slot, types.MemberDescriptorType) else None


_set_int, _set_safe = _slot_setter("int"), _slot_setter("is_safe")


def uuid_of(text: str) -> uuid.UUID:
    """The UUID written in `text` with its four hyphens. Raises ValueError, or another exception when it is no text.

    Twice as fast as `UUID(text)`, which accepts a dozen other spellings first.
    """
    digits = _bytes(text.replace("-", ""))
    if len(text) != 36 or len(digits) != 16 or text[8:24:5] != "----":
        raise ValueError("not a UUID")
    if _set_int is None or _set_safe is None:  # another implementation of the class
        return uuid.UUID(bytes=digits)
    value = _new(uuid.UUID)
    _set_int(value, _int(digits))
    _set_safe(value, _UNKNOWN)
    return value


def datetime_of(text: str) -> datetime.datetime:
    """The time written in `text` (RFC 3339; an offset may be missing). Raises ValueError."""
    if len(text) <= 10:
        raise ValueError("a date without a time")
    return datetime.datetime.fromisoformat(text.upper())


def date_of(text: str) -> datetime.date:
    """The date written in `text` (RFC 3339 full-date). Raises ValueError."""
    if len(text) != 10:
        raise ValueError("not a date")
    return datetime.date.fromisoformat(text)


def decimal_of(text: str) -> decimal.Decimal:
    """The number written in `text`. Raises ValueError, also for infinities and NaN."""
    try:
        number = decimal.Decimal(text)
    except decimal.InvalidOperation:
        raise ValueError("not a decimal number") from None
    if not number.is_finite() or "_" in text:
        raise ValueError("not a decimal number")
    return number


def exact_decimal(number: float) -> decimal.Decimal:
    """A JSON number as a decimal: `0.1` is 0.1, not the nearest binary fraction."""
    return decimal.Decimal(repr(number))


def bytes_of(text: str) -> bytes:
    """The bytes of base64 `text` (RFC 4648, section 4). Raises ValueError."""
    return binascii.a2b_base64(text, strict_mode=True)


_TWO = tuple(f"{i:02}" for i in range(60))
_UTC = datetime.UTC


def datetime_text(value: datetime.datetime) -> str:
    """RFC 3339 with an offset, "Z" for UTC. Raises ValueError for a time without one: it could be hours off."""
    year = value.year
    if value.tzinfo is _UTC and year >= 1000:  # three times as fast as isoformat
        two = _TWO
        text = f"{year}-{two[value.month]}-{two[value.day]}T{two[value.hour]}:{two[value.minute]}:{two[value.second]}"
        return f"{text}.{value.microsecond:06}Z" if value.microsecond else text + "Z"
    offset = value.utcoffset()
    if offset is None:
        raise ValueError(
            f"{value!r} has no UTC offset, so it names no point in time: "
            "use datetime.now(timezone.utc), .astimezone() or .replace(tzinfo=...)"
        )
    if offset.total_seconds() % 60:  # RFC 3339 has offsets in whole minutes; before time zones they were not
        value = value.astimezone(_UTC)
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def uuid_text(value: uuid.UUID) -> str:
    """As `str(value)`, in three quarters of its time."""
    digits = value.int.to_bytes(16).hex("-", 4)
    return f"{digits[:13]}-{digits[13:22]}-{digits[22:26]}{digits[27:]}"


def decimal_text(value: decimal.Decimal) -> str:
    """Plain digits: `1E+3` is "1000". Raises ValueError for infinities and NaN."""
    if not value.is_finite():
        raise ValueError(f"{value!r} cannot be sent")
    return format(value, "f")


def decimal_number(value: decimal.Decimal) -> int | float:
    """The JSON number for a decimal: an int when it is whole, else the nearest float. Raises ValueError."""
    if not value.is_finite():
        raise ValueError(f"{value!r} cannot be sent")
    return int(value) if value == value.to_integral_value() else float(value)


def bytes_text(value: bytes | bytearray) -> str:
    """Base64 (RFC 4648, section 4)."""
    return binascii.b2a_base64(value, newline=False).decode("ascii")
