"""Parameters that declare how they are written: the `style` and `explode` table of
OpenAPI's Parameter Object, `allowReserved` and `content`. Where OpenAPI leaves nesting
undefined, `deepObject` goes on with brackets (`a[b][0]=x`) and the other styles write
JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, TypeAlias
from urllib.parse import quote

from .declarations import Location, SpecialParam
from .params import (
    FORM,
    SIMPLE,
    Layout,
    array_of,
    escaped,
    is_json,
    object_of,
    parameter,
    text_of,
    written,
)

Style: TypeAlias = Literal[
    "simple",
    "label",
    "matrix",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "cookie",
]
"""How a parameter becomes text (OpenAPI 3.2, Parameter Object, `style`)."""

DEFAULT_STYLE: Final[Mapping[Location, Style]] = {
    "path": "simple",
    "query": "form",
    "querystring": "form",
    "header": "simple",
    "cookie": "form",
    "form": "form",
}
"""The style of a parameter that names none, by its location."""


def default_explode(style: Style) -> bool:
    """Returns whether `style` writes each item on its own when `explode` is left
    out."""
    return style in ("form", "cookie")


@dataclass(frozen=True, slots=True)
class Param(SpecialParam):
    """How one parameter is written, e.g. `Param("query", "ids", style="pipeDelimited",
    explode=False)`.

    Without `style` or `explode` the defaults hold (`DEFAULT_STYLE`, `default_explode`).
    With `media_type` the value is written as that instead (a parameter with `content`).
    `allow_reserved` leaves reserved characters as they are.
    """

    style: Style | None = None
    explode: bool | None = None
    media_type: str | None = None
    allow_reserved: bool = False


_LAYOUTS: Final[dict[Style, Layout]] = {
    "simple": SIMPLE,
    "label": Layout(".", ".", ",", False),
    "matrix": Layout(";", ";", ",", True),
    "form": FORM,
    "spaceDelimited": Layout("", "&", "%20", True),
    "pipeDelimited": Layout("", "&", "%7C", True),
    "cookie": Layout("", "; ", ",", True),
}
_RESERVED: Final = ":/?@!$&'()*+,;="  # not # [ ]: RFC 3986 section 3.4
_DOTS: Final = re.compile(r"(?<![^/])\.{1,2}(?![^/])")
_ENCODED: Final = re.compile(r"(%[0-9A-Fa-f]{2})")
_NO_COOKIE: Final = re.compile(r"[^!#-+\--:<-\[\]-~]")  # RFC 6265, 4.1.1
_ascii_json: Final = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode


def expanded(param: Param, value: object) -> str:
    """Returns the text of `value` for the place of `param`, e.g. `;color=blue,black`;
    "": nothing to send.

    Raises ValueError for values that the place cannot hold.
    """
    escape = partial(_escaped, param)
    name = escape(param.name)
    if param.media_type == "application/x-www-form-urlencoded":
        members = (object_of(value) or {}).items()
        fields = (parameter("form", key, item) for key, item in members)
        return "&".join(text for text in fields if text)
    if param.media_type is not None:
        text = _ascii_json(value) if is_json(param.media_type) else text_of(value)
        named = param.location in ("query", "cookie", "form")
        return f"{name}={escape(text)}" if named else escape(text)
    style = param.style or DEFAULT_STYLE[param.location]
    if value in ([], {}) and param.allow_empty:
        return f"{name}="
    if style == "deepObject":
        leaves = _leaves(param.name, value)
        return "&".join(
            f"{escape(key)}={escape(text_of(leaf))}" for key, leaf in leaves
        )
    if style == "matrix" and value == "":
        return f";{name}"  # RFC 6570 section 3.2.7: not `;x=`
    explode = default_explode(style) if param.explode is None else param.explode
    return written(_LAYOUTS[style], name, value, explode=explode, escape=escape)


def _leaves(name: str, value: object) -> Iterator[tuple[str, object]]:
    if (members := object_of(value)) is not None:
        for key, item in members.items():
            yield from _leaves(f"{name}[{key}]", item)
    elif (array := array_of(value)) is not None:
        for index, item in enumerate(array):
            yield from _leaves(f"{name}[{index}]", item)
    elif value is not None:
        yield name, value


def _escaped(param: Param, text: str) -> str:
    if param.style == "cookie":
        if _NO_COOKIE.search(text):
            raise ValueError(
                f"cookie parameter {param.name!r}: its value holds a character that no "
                "cookie may hold"
            )
        return text
    if param.allow_reserved and param.location != "header":
        in_path = param.location == "path"
        safe = _RESERVED.replace("?", "") if in_path else _RESERVED
        parts = _ENCODED.split(text)  # every second one is percent-encoded already
        parts[::2] = [quote(part, safe=safe) for part in parts[::2]]
        text = "".join(parts)
        # As in `escaped`: a dot segment would lead to another resource.
        return _DOTS.sub(lambda dots: "%2E" * len(dots[0]), text) if in_path else text
    return escaped(param.location, text)
