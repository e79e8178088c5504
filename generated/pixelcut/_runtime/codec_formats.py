"""Scalars of rarer formats, of packages that have any."""

from __future__ import annotations

import binascii
import decimal
import functools
from typing import Any

from .codec_kinds import Scalar


def decimal_of(text: str) -> decimal.Decimal:
    """Returns the number in `text`; infinities and NaN raise ValueError."""
    try:
        number = decimal.Decimal(text)
    except decimal.InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite() or "_" in text:
        raise ValueError(text)
    return number


def decimal_text(value: decimal.Decimal) -> str:
    """Returns plain digits (`1E+3` is "1000"); infinities and NaN raise ValueError."""
    if not value.is_finite():
        raise ValueError(f"{value!r} cannot be sent")
    return format(value, "f")


def bytes_text(value: bytes) -> str:
    """Returns the bytes as base64 (RFC 4648, section 4)."""
    return binascii.b2a_base64(value, newline=False).decode()


_bytes_of = functools.partial(binascii.a2b_base64, strict_mode=True)
_BASE64 = Scalar("base64", (bytes,), _bytes_of, bytes_text)
FORMATS: dict[Any, Scalar] = {
    bytes: _BASE64,
    bytearray: _BASE64,
    decimal.Decimal: Scalar(
        "a decimal number in a string", (decimal.Decimal,), decimal_of, decimal_text
    ),
}
"""By the classes of their values."""
