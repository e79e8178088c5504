"""How values become text in a URL, a header or a form: the parameters of OpenAPI that
are written in the default way. `styles` has the others.

Values are JSON-able already (dates are text). None inside arrays and objects counts as
undefined and is left out, an empty array or object is left out whole (RFC 6570 section
2.3)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final, Literal, NamedTuple, TypeAlias, cast
from urllib.parse import quote

from .declarations import Location
from .declarations import is_json as is_json

compact_json: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
).encode
"""A JSON-able value as JSON text. Raises ValueError for NaN and infinities."""

_is_unreserved: Final = re.compile(r"[A-Za-z0-9_.~-]*").fullmatch  # RFC 3986, 2.3

Escape: TypeAlias = Callable[[str], str]
BodyKind: TypeAlias = Literal["json", "multipart", "urlencoded", "files"]
"""How a body is written; all but JSON are modules that only some packages have."""


class Layout(NamedTuple):
    """How a style writes arrays and objects: `exploded` or `joined` separates their
    parts; `named`: `name=` is written."""

    prefix: str
    exploded: str
    joined: str
    named: bool


SIMPLE: Final = Layout("", ",", ",", False)
FORM: Final = Layout("", "&", ",", True)


def is_one_json(content: Mapping[str, str]) -> bool:
    """Returns whether a response is described as JSON of one kind, whatever media type
    it is sent as. `content`: annotation by media type."""
    (media_type, annotation), *others = content.items()
    return not others and annotation != "raw" and is_json(media_type)


def body_kind(media_type: str) -> BodyKind:
    """Returns how a body of a media type is written, unless it is a file by itself."""
    if is_json(media_type):
        return "json"
    if media_type.startswith("multipart/"):
        return "multipart"
    if media_type.startswith("application/x-www-form-urlencoded"):
        return "urlencoded"
    return "files"


def object_of(value: object) -> Mapping[str, object] | None:
    """Returns `value` if it is a mapping."""
    return cast("Mapping[str, object]", value) if isinstance(value, Mapping) else None


def array_of(value: object) -> Sequence[object] | None:
    """Returns `value` if it is a list or a tuple."""
    return cast("Sequence[object]", value) if isinstance(value, (list, tuple)) else None


def text_of(value: object) -> str:
    """Returns a JSON-able value as text; arrays and objects become JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))  # 1.0 is the number 1 in JSON Schema
    return compact_json(value)


def escaped(location: Location, text: str) -> str:
    """Returns `text` percent-encoded, as far as its location demands it."""
    if location == "header":
        return text
    if not _is_unreserved(text):
        text = quote(text, safe="")
        # WHATWG URL, application/x-www-form-urlencoded serializing
        return text.replace("%20", "+") if location == "form" else text
    if location == "path" and text in (".", ".."):
        # A dot segment would lead to another resource (RFC 3986 section 5.2.4).
        return text.replace(".", "%2E")
    return text


def parameter(location: Location, name: str, value: object) -> str:
    """Returns a parameter without declared style, e.g. `ids=3&ids=4`; "": not sent."""
    escape = partial(escaped, location)
    if location in ("path", "header"):
        return written(SIMPLE, "", value, explode=False, escape=escape)
    return written(FORM, escape(name), value, explode=True, escape=escape)


def written(
    layout: Layout, name: str, value: object, *, explode: bool, escape: Escape
) -> str:
    """Returns `value` in a layout; `name` is escaped already. "": nothing to send."""
    label = f"{name}=" if layout.named else ""
    if isinstance(value, (str, int, float)):
        return layout.prefix + label + escape(text_of(value))
    if (members := object_of(value)) is not None:
        given = {key: item for key, item in members.items() if item is not None}
        pairs = [(escape(str(key)), escape(text_of(given[key]))) for key in given]
        parts = [part for pair in pairs for part in pair]
        if explode:
            parts, label = [f"{key}={item}" for key, item in pairs], ""
    elif (array := array_of(value)) is not None:
        parts = [escape(text_of(item)) for item in array if item is not None]
        if explode:
            parts, label = [label + part for part in parts], ""
    else:
        return ""
    text = (layout.exploded if explode else layout.joined).join(parts)
    return f"{layout.prefix}{label}{text}" if text else ""
