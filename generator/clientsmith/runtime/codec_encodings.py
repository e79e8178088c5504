"""Values that are written otherwise than their class is, of packages that have any:
bytes as base64url, times as HTTP writes them. Annotations name such an encoding, as in
`Annotated[bytes, "base64url"]`."""

from __future__ import annotations

import binascii
import copy
import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from email.utils import format_datetime, parsedate
from typing import Any, Final, assert_never

from . import codec_kinds as kinds
from .codec_kinds import Kind, Scalar
from .params import array_of, object_of

_URL_SAFE: Final = bytes.maketrans(b"+/", b"-_")
_STANDARD: Final = bytes.maketrans(b"-_+/", b"+/  ")  # a space is in no base64
_TIME: Final = "[0-9]{2}:[0-9]{2}:[0-9]{2}"
_HTTP_DATE: Final = re.compile(
    rf"[A-Z][a-z]{{2}}, [0-9]{{2}} [A-Z][a-z]{{2}} [0-9]{{4}} {_TIME} GMT"
    rf"|[A-Z][a-z]+day, [0-9]{{2}}-[A-Z][a-z]{{2}}-(?P<short>[0-9]{{2}}) {_TIME} GMT"
    rf"|[A-Z][a-z]{{2}} [A-Z][a-z]{{2}} [ 0-9][0-9] {_TIME} [0-9]{{4}}"
).fullmatch


def base64url_of(text: str) -> bytes:
    """Returns the bytes in `text` (RFC 4648, section 5), padded or not."""
    data = text.encode("ascii").translate(_STANDARD)
    if b"=" not in data:
        data += b"=" * (-len(data) % 4)
    return binascii.a2b_base64(data, strict_mode=True)


def base64url_text(value: bytes) -> str:
    """Returns the bytes as base64url without padding."""
    data = binascii.b2a_base64(value, newline=False)
    return data.translate(_URL_SAFE).rstrip(b"=").decode()


def http_date_of(text: str) -> datetime.datetime:
    """Returns the time in `text`, in any of the three forms of RFC 9110, 5.6.7."""
    match, parsed = _HTTP_DATE(text), parsedate(text)
    if match is None or parsed is None:
        raise ValueError(text)
    year = parsed[0]
    if match["short"]:
        # More than 50 years ahead is the most recent year that ends so.
        now = datetime.datetime.now(datetime.UTC).year
        year = now - now % 100 + int(match["short"])
        year -= 100 if year > now + 50 else 0
    return datetime.datetime(year, *parsed[1:6], tzinfo=datetime.UTC)


def http_date_text(value: datetime.datetime) -> str:
    """Returns the time in whole seconds, as in `Sun, 06 Nov 1994 08:49:37 GMT`. A time
    without an offset raises ValueError."""
    if value.utcoffset() is None:
        raise ValueError(f"{value!r} has no UTC offset, so it names no point in time")
    return format_datetime(value.astimezone(datetime.UTC), usegmt=True)


ENCODINGS: Final[Mapping[str, Scalar]] = {
    "base64url": Scalar("base64url", (bytes, bytearray), base64url_of, base64url_text),
    "http-date": Scalar(
        "an HTTP date", (datetime.datetime,), http_date_of, http_date_text
    ),
}
"""By their names in annotations."""


class Encoded:
    """A value in the place of which `text` is sent."""

    __slots__ = ("encoding", "value")

    def __init__(self, encoding: Scalar, value: Any) -> None:
        self.encoding, self.value = encoding, value

    def text(self) -> str:
        """What is sent. Raises ValueError."""
        assert self.encoding.write is not None
        return self.encoding.write(self.value)


FORMATS: dict[Any, Scalar] = {
    Encoded: Scalar("a value", (Encoded,), write=Encoded.text)
}
"""By the classes of their values."""


def encoded(value: object, encodings: tuple[Scalar, ...]) -> Any:
    """Returns `value` with all that the encodings are for in it, such as the bytes in a
    list, to be sent so."""
    for encoding in encodings:
        if isinstance(value, encoding.python):
            return Encoded(encoding, value)
    if (array := array_of(value)) is not None:
        return [encoded(item, encodings) for item in array]
    if (members := object_of(value)) is not None:
        return {key: encoded(item, encodings) for key, item in members.items()}
    return value


def encoder(fields: Mapping[str, Kind]) -> Callable[[Any], Any] | None:
    """Returns what makes a model, whose `fields` have these kinds, ready to be sent:
    a copy of which fields are encoded. None where that changes nothing."""
    found = {name: tuple(_found(kind, set())) for name, kind in fields.items()}
    found = {name: encodings for name, encodings in found.items() if encodings}

    def ready(model: Any) -> Any:
        model = copy.copy(model)
        for name, encodings in found.items():
            setattr(model, name, encoded(getattr(model, name), encodings))
        return model

    return ready if found else None


def _found(kind: Kind, aliases: set[object]) -> Iterator[Scalar]:
    """Yields the encodings in a kind, those in models apart."""
    match kind:
        case Scalar():
            if kind in ENCODINGS.values():
                yield kind
        case kinds.ListOf(item) | kinds.MapOf(item) | kinds.Nullable(item):
            yield from _found(item, aliases)
        case kinds.OneOf(members):
            for member in members:
                yield from _found(member, aliases)
        case kinds.Tag(_, members):
            for member in members.values():
                yield from _found(member, aliases)
        case kinds.Later(_, meant):
            if meant not in aliases:  # an alias may contain itself
                aliases.add(meant)
                yield from _found(kind.kind, aliases)
        case kinds.Object() | kinds.Const() | kinds.Anything():
            pass
        case _:
            assert_never(kind)
