"""JSON text (RFC 8259) to a tree, and the places of values in it.

Decides what is refused: numbers that are not finite or too long, nesting that is too deep, anything `json` refuses.
Duplicate keys are returned to the caller; the last one wins. Does not know OpenAPI.

The work is done by `json`'s own scanner, written in C. A place is found by walking down to it while that scanner skips
the rest, up to the last place that is wanted, so that all places together cost at most one more reading.
"""

from __future__ import annotations

import json
import math
import re
from contextlib import suppress
from typing import Any, cast

from clientsmith.load.tree import CONTAINERS, MAX_DEPTH, MAX_DIGITS, Duplicate, Place, Places, TextError, Tree, Wanted

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = r'"(?:[^"\\]|\\.)*"'
_TRAILING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|,(?=[ \t\r\n]*+[\]}])', re.DOTALL)
"""Strings, and the commas before a closing bracket."""


class _AllFound(Exception):
    """Ends a scan."""


def read_json(text: str) -> tuple[Tree, list[Duplicate]]:
    """Returns the value of a JSON text, and its duplicate keys.

    Raises:
        TextError: `syntax`, or `limit-exceeded` for depth and for the length of numbers.
    """
    duplicates: list[Duplicate] = []

    def mapping(pairs: list[tuple[str, Tree]]) -> dict[str, Tree]:
        made = dict(pairs)
        if len(made) != len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    duplicates.append(Duplicate(made, key))
                seen.add(key)
        return made

    def integer(digits: str) -> int:
        if len(digits) > MAX_DIGITS:
            message = f"a number of {len(digits)} digits; at most {MAX_DIGITS} are allowed"
            raise _number(text, digits, "limit-exceeded", message)
        return int(digits)

    def fraction(literal: str) -> float:
        value = float(literal)
        if math.isinf(value):
            raise _number(text, literal, "syntax", f"number '{literal[:40]}' is too large")
        return value

    def constant(name: str) -> float:
        raise _number(text, name, "syntax", f"'{name}' is not a JSON number")

    try:
        value: Tree = json.loads(
            text, object_pairs_hook=mapping, parse_int=integer, parse_float=fraction, parse_constant=constant
        )
    except json.JSONDecodeError as error:
        raise TextError("syntax", _sentence(error.msg), error.pos) from None
    except RecursionError:
        raise _too_deep(text) from None
    _check_depth(text, value)
    return value, duplicates


def without_trailing_commas(text: str) -> tuple[str, int] | None:
    """Returns a text in which each comma before a closing bracket is a space, and the offset of the first one.

    Offsets stay as they are. None if there is none: then something else is wrong with the text.
    """
    offsets = [found.start() for found in _TRAILING.finditer(text) if found[0] == ","]
    if not offsets:
        return None
    parts = [text[start:end] for start, end in zip([0, *(o + 1 for o in offsets)], [*offsets, None], strict=True)]
    return " ".join(parts), offsets[0]


def places_in_json(text: str, wanted: Wanted, *, count: int | None = None) -> Places:
    """Returns the places of the wanted pointers in a text that `read_json` accepts.

    Args:
        text: the text.
        wanted: the pointers.
        count: stop when so many pointers are found; None finds all places of duplicate keys.
    """
    found: Places = {}
    decoder = json.JSONDecoder()

    def skip_space(at: int) -> int:
        match = _SPACE.match(text, at)
        return match.end() if match else at

    def scan(want: Wanted, key: int, at: int) -> int:
        """Notes the value at `at` and what is wanted below it; returns its end."""
        opening = text[at]
        for pointer in want.pointers:
            found.setdefault(pointer, []).append(Place(key, at, opening not in "{["))
        if len(found) == count:
            raise _AllFound
        if not want.below or opening not in "{[":
            return decoder.raw_decode(text, at)[1]
        closing = "}" if opening == "{" else "]"
        at = skip_space(at + 1)
        index = 0
        while text[at] != closing:
            key = -1
            token = str(index)
            if opening == "{":
                key = at
                name, at = decoder.raw_decode(text, at)
                token = cast("str", name)
                at = skip_space(skip_space(at) + 1)
            below = want.below.get(token)
            at = decoder.raw_decode(text, at)[1] if below is None else scan(below, key, at)
            at = skip_space(at)
            if text[at] == ",":
                at = skip_space(at + 1)
            index += 1
        return at + 1

    with suppress(_AllFound):
        scan(wanted, -1, skip_space(0))
    return found


def _check_depth(text: str, value: Tree) -> None:
    level: list[Any] = [value] if value.__class__ in CONTAINERS else []
    for _ in range(MAX_DEPTH):
        level = [
            child
            for parent in level
            for child in (parent.values() if parent.__class__ is dict else parent)
            if child.__class__ in CONTAINERS
        ]
        if not level:
            return
    raise _too_deep(text)


def _too_deep(text: str) -> TextError:
    depth = 0
    for match in re.finditer(rf"{_STRING}|[\[{{]|[\]}}]", text):
        token = match.group()
        if token in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return TextError("limit-exceeded", f"nested deeper than {MAX_DEPTH} levels", match.start())
        elif token in "]}":
            depth -= 1
    return TextError("limit-exceeded", f"nested deeper than {MAX_DEPTH} levels", 0)


def _number(text: str, literal: str, slug: str, message: str) -> TextError:
    for match in re.finditer(rf"{_STRING}|{re.escape(literal)}", text):
        if match.group() == literal:
            return TextError(slug, message, match.start())
    return TextError(slug, message, 0)


def _sentence(message: str) -> str:
    return message[:1].lower() + message[1:]
