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
    if not number.is_finite() or "_" in text or _is_extreme(number):
        raise ValueError(text)
    return number


def _is_extreme(number: decimal.Decimal) -> bool:
    return abs(number.adjusted()) > 400


def decimal_text(value: decimal.Decimal) -> str:
    """Returns plain digits (`1E+3` is "1000"). Raises ValueError for infinities, NaN
    and exponents beyond 400, of which a few bytes would become a body of megabytes."""
    if not value.is_finite() or _is_extreme(value):
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
