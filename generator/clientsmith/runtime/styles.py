"""Part of the runtime of a generated client. 0BSD: use it as you like.

How a parameter becomes text: the `style` and `explode` table of OpenAPI's Parameter
Object, as one table.

Values are JSON-able already (dates are text). None inside arrays and objects counts as
undefined and is left out, an empty array or object is left out whole (RFC 6570 section
2.3). Where OpenAPI leaves nesting undefined, `deepObject` goes on with brackets
(`a[b][0]=x`) and the other styles write JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, cast
from urllib.parse import quote

from .declarations import DEFAULT_STYLE, Param, Style, default_explode

compact_json: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
).encode
"""A JSON-able value as JSON text. Raises ValueError for NaN and infinities."""
_ascii_json: Final = json.JSONEncoder(
    allow_nan=False, separators=(",", ":")
).encode  # headers hold no more


class _Style(NamedTuple):
    prefix: str
    exploded: str  # between the items when exploded
    joined: str  # between the items when not exploded
    named: bool  # whether `name=` is written


_STYLES: Final[dict[Style, _Style]] = {
    "simple": _Style("", ",", ",", False),
    "label": _Style(".", ".", ",", False),
    "matrix": _Style(";", ";", ",", True),
    "form": _Style("", "&", ",", True),
    "spaceDelimited": _Style("", "&", "%20", True),
    "pipeDelimited": _Style("", "&", "%7C", True),
    "cookie": _Style("", "; ", ",", True),
}
_RESERVED: Final = (
    # without # [ ], which no path or query may hold (RFC 3986 section 3.4)
    ":/?@!$&'()*+,;="
)
_ENCODED: Final = re.compile(r"(%[0-9A-Fa-f]{2})")


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON: `application/json`, `text/json` or one that ends in
    `+json` (RFC 6839)."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind in ("application/json", "text/json") or kind.endswith("+json")


def object_of(value: object) -> Mapping[str, object] | None:
    """`value` if it is a mapping."""
    return cast("Mapping[str, object]", value) if isinstance(value, Mapping) else None


def array_of(value: object) -> Sequence[object] | None:
    """`value` if it is a list or a tuple."""
    return cast("Sequence[object]", value) if isinstance(value, (list, tuple)) else None


def text_of(value: object) -> str:
    """A JSON-able value as the text of a parameter or form field; arrays and objects
    become JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))  # 1.0 is the number 1 in JSON Schema
    return compact_json(value)


def expanded(param: Param, value: object) -> str:
    """The text of `value` for the place of `param`, e.g. `;color=blue,black` or
    `ids=3&ids=4`. Empty: nothing to send.

    Raises ValueError for values that the place cannot hold.
    """

    def escape(text: str) -> str:
        return _escaped(text, param)

    name = escape(param.name)
    if param.media_type == "application/x-www-form-urlencoded":
        fields = (
            expanded(Param("form", key), item)
            for key, item in _defined((object_of(value) or {}).items())
        )
        return "&".join(text for text in fields if text)
    if param.media_type is not None:
        text = _ascii_json(value) if is_json(param.media_type) else text_of(value)
        return (
            f"{name}={escape(text)}"
            if param.location in ("query", "cookie", "form")
            else escape(text)
        )
    style_name = param.style or DEFAULT_STYLE[param.location]
    if style_name == "deepObject":
        return "&".join(
            f"{escape(key)}={escape(text_of(leaf))}"
            for key, leaf in _leaves(param.name, value)
        )
    style = _STYLES[style_name]
    explode = (
        param.explode if param.explode is not None else default_explode(style_name)
    )
    label = f"{name}=" if style.named else ""
    if isinstance(value, (str, int, float)):
        text = escape(text_of(value))
        if style_name == "matrix" and not text:
            label = name  # RFC 6570 section 3.2.7: `;x`, not `;x=`
        return style.prefix + label + text
    if (members_of := object_of(value)) is not None:
        members = [
            (escape(str(key)), escape(text_of(item)))
            for key, item in _defined(members_of.items())
        ]
        if explode:
            return _prefixed(
                style, style.exploded.join(f"{key}={item}" for key, item in members)
            )
        return _prefixed(
            style,
            style.joined.join(part for member in members for part in member),
            label,
        )
    if (array := array_of(value)) is not None:
        items = [escape(text_of(item)) for _, item in _defined(enumerate(array))]
        if explode:
            return _prefixed(style, style.exploded.join(label + item for item in items))
        return _prefixed(style, style.joined.join(items), label)
    return ""


def _prefixed(style: _Style, text: str, label: str = "") -> str:
    return style.prefix + label + text if text else ""


def _defined(items: Any) -> Iterator[tuple[Any, object]]:
    return ((key, item) for key, item in items if item is not None)


def _leaves(name: str, value: object) -> Iterator[tuple[str, object]]:
    if (members := object_of(value)) is not None:
        for key, item in _defined(members.items()):
            yield from _leaves(f"{name}[{key}]", item)
    elif (array := array_of(value)) is not None:
        for index, item in _defined(enumerate(array)):
            yield from _leaves(f"{name}[{index}]", item)
    else:
        yield name, value


def _escaped(text: str, param: Param) -> str:
    if param.location == "header" or (text.isalnum() and text.isascii()):
        return text
    if param.style == "cookie":
        if re.search(
            r'[\x00-\x20",;\\\x7f-\U0010ffff]', text
        ):  # RFC 6265 section 4.1.1, cookie-octet
            raise ValueError(
                f"cookie parameter {param.name!r}: its value holds a character that no "
                "cookie may hold"
            )
        return text
    if param.allow_reserved:
        return "".join(
            part if index % 2 else quote(part, safe=_RESERVED)
            for index, part in enumerate(_ENCODED.split(text))
        )
    escaped = quote(text, safe="")
    if param.location == "form":
        return escaped.replace(
            "%20", "+"
        )  # WHATWG URL, application/x-www-form-urlencoded serializing
    if param.location == "path" and escaped in (".", ".."):
        return escaped.replace(
            ".", "%2E"
        )  # a dot segment would lead to another resource (RFC 3986 section 5.2.4)
    return escaped
