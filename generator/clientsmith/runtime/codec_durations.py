"""Durations, of packages that have any."""

from __future__ import annotations

import datetime
import re
from typing import Any, Final

from .codec_kinds import Scalar

_NUMBER: Final = r"([0-9]+(?:[.,][0-9]+)?)"
_PATTERN: Final = re.compile(
    r"([+-]?)P(?=.)(?:0+Y)?(?:0+M)?"
    rf"(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=.)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?",
    re.IGNORECASE,
).fullmatch
_SECOND: Final = 1_000_000  # in microseconds, as all that follow
_UNITS: Final = (604_800 * _SECOND, 86_400 * _SECOND, 3600 * _SECOND, 60 * _SECOND)


def duration_of(text: str) -> datetime.timedelta:
    """Returns the duration in `text` (RFC 3339, appendix A; with a sign or fractions as
    XML Schema and ISO 8601 have them). Years and months, which have no fixed length,
    raise ValueError unless they are zero."""
    match = _PATTERN(text)
    if match is None:
        raise ValueError(text)
    sign, *numbers = match.groups()
    units = (*_UNITS, _SECOND)
    total = sum(_times(n, unit) for n, unit in zip(numbers, units, strict=True) if n)
    try:
        return datetime.timedelta(microseconds=-total if sign == "-" else total)
    except OverflowError:
        raise ValueError(text) from None


def _times(number: str, unit: int) -> int:
    # As floats, long durations would lose their microseconds.
    whole, _, fraction = number.replace(",", ".").partition(".")
    scale: int = 10 ** len(fraction)
    return (2 * unit * int(whole + fraction) + scale) // (2 * scale)


def duration_text(value: datetime.timedelta) -> str:
    """Returns the duration in days, hours, minutes and seconds: `-P1DT2H3M4.5S`."""
    total = value // datetime.timedelta.resolution
    rest, fraction = divmod(abs(total), _SECOND)
    rest, seconds = divmod(rest, 60)
    rest, minutes = divmod(rest, 60)
    days, hours = divmod(rest, 24)
    whole = f"{seconds}.{fraction:06}".rstrip("0") if fraction else str(seconds)
    time = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    time += f"{whole}S" if whole != "0" else ""
    date = f"{days}D" if days else ""
    text = f"P{date}{'T' if time else ''}{time}" if date or time else "PT0S"
    return f"-{text}" if total < 0 else text


FORMATS: dict[Any, Scalar] = {
    datetime.timedelta: Scalar(
        "a duration", (datetime.timedelta,), duration_of, duration_text
    )
}
"""By the classes of their values."""
