"""Times and dates, of packages that have any."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

from .codec_kinds import Scalar


class LocalDatetime(datetime.datetime):
    """A time that came without an offset, in whatever zone the API means. It is sent
    back so, and so is what is computed from it; one that a caller makes is a mistake
    more often than not."""

    __slots__ = ()


def datetime_of(text: str) -> datetime.datetime:
    """Returns the time in `text` (RFC 3339; the offset may be missing)."""
    if len(text) <= 10:
        raise ValueError(text)
    value = datetime.datetime.fromisoformat(text.upper())
    return value if value.tzinfo else LocalDatetime.fromisoformat(text.upper())


# The same; what has an offset and upper-case letters is read at once.
_TIME_LINES = (
    "try: t = time_of({x})",
    "except ValueError: t = any_time_of({x})",
    "{x} = t if t.tzinfo else any_time_of({x})",
)
_TIME_VALUES = {
    "time_of": datetime.datetime.fromisoformat,
    "any_time_of": datetime_of,
}


def datetime_text(value: datetime.datetime) -> str:
    """Returns the time as RFC 3339 writes it, with "Z" for UTC. A time without an
    offset that did not come so raises ValueError: it could be hours off."""
    offset = value.utcoffset()
    if offset is None and isinstance(value, LocalDatetime):
        return value.isoformat()
    if offset is None:
        raise ValueError(
            f"{value!r} has no UTC offset, so it names no point in time: use "
            "datetime.now(timezone.utc), .astimezone() or .replace(tzinfo=...)"
        )
    if offset.total_seconds() % 60:  # as before time zones; RFC 3339 has whole minutes
        value = value.astimezone(datetime.UTC)
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


_UTC, _hours = datetime.UTC, [f"T{i:02}" for i in range(24)]
_sixtieths = [f":{i:02}" for i in range(60)]
_thousandths = [f"{i:03}" for i in range(1000)]
_date = lru_cache(1000)(datetime.date.isoformat)


def _datetime_text(x: datetime.datetime) -> str:
    # A fifth of what `isoformat` takes.
    if x.tzinfo is not _UTC:
        return f'"{datetime_text(x)}"'
    time = f"{_hours[x.hour]}{_sixtieths[x.minute]}{_sixtieths[x.second]}"
    if part := x.microsecond:
        time = f"{time}.{_thousandths[part // 1000]}{_thousandths[part % 1000]}"
    return f'"{_date(x.date())}{time}Z"'


def date_of(text: str) -> datetime.date:
    """Returns the date in `text` (RFC 3339, full-date)."""
    if len(text) != 10:
        raise ValueError(text)
    return datetime.date.fromisoformat(text)


FORMATS: dict[Any, Scalar] = {
    datetime.datetime: Scalar(
        "a date-time",
        (datetime.datetime,),
        datetime_of,
        datetime_text,
        inline=(_TIME_LINES, _TIME_VALUES),
        text=_datetime_text,
    ),
    datetime.date: Scalar("a date", (datetime.date,), date_of, datetime.date.isoformat),
}
"""By the classes of their values."""
