"""What schemas demand beyond their types: bounds, lengths, patterns, defaults, and keywords that types cannot say.

    two addresses --> their keywords, `allOf` merged --> events; then the schemas inside, down to declarations

A keyword that neither types nor this module know is an event too, so that no change of a schema is silent. The
keywords are those of JSON Schema 2020-12 (validation, sections 6.1 to 6.5) and OpenAPI.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

from clientsmith.drift.editions import PLAIN, Edition, list_of, object_of
from clientsmith.parse.keywords import STRING_FORMATS

ConstraintEvent: TypeAlias = Literal[
    "tightened", "loosened", "format-noted", "keyword", "default-added", "default-removed",
    "default-changed", "deprecated", "described",
]  # fmt: skip

Found: TypeAlias = tuple[ConstraintEvent, str, str, tuple[str, str]]
"""An event with the old and the new text, and the addresses of both: `("tightened", "", "maxLength: 5", (..., ...))`.

The addresses are those of the schemas that say it: many fields may refer to one of them, which is one cause."""

_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains")
_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains")
_EXACT = ("pattern", "multipleOf", "uniqueItems")
_DOCUMENTATION = ("title", "description", "example", "examples", "externalDocs", "$comment")
_OF_TYPES = frozenset([
    "type", "format", "nullable", "enum", "const", "properties", "required", "items", "prefixItems",
    "additionalProperties", "allOf", "anyOf", "oneOf", "discriminator", "readOnly", "writeOnly", "$ref",
])  # fmt: skip
"""Keywords that types say."""
_HANDLED = frozenset([
    *_UPPER, *_LOWER, *_EXACT, *_DOCUMENTATION, *_OF_TYPES, "default", "deprecated",
    "$id", "$schema", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$vocabulary", "$defs", "definitions",
])  # fmt: skip
_INSIDE = ("items", "additionalProperties")
_LISTS = ("oneOf", "anyOf", "prefixItems")
_DEEPEST = 20
_WIDTHS = {"int32": 0, "int64": 1, "float": 0, "double": 1}
"""Formats of numbers, the smaller ones first; a number without a format is taken to be as large as `int64`."""


class Constraints:
    """Compares what the schemas of two editions demand."""

    def __init__(self, old: Edition, new: Edition) -> None:
        self.old, self.new = old, new
        self._same_aliases = old.plain_components == new.plain_components

    def events(self, at: tuple[str, str], depth: int = 0) -> Iterator[Found]:
        """Yields what changed between two schemas and in those inside them, but for declarations.

        Args:
            at: The addresses of the two schemas.
            depth: How many schemas they are inside of.
        """
        if self.are_same(at):
            return
        before, after = self.old.keywords_at(at[0]), self.new.keywords_at(at[1])
        yield from _events(before, after, at)
        if depth >= _DEEPEST:
            return
        below = [key for key in _INSIDE if key in before and key in after]
        for key in _LISTS:
            some = [side[key][0] for side in (before, after) if key in side]
            if len(some) == 2 and all(isinstance(one, list) for one in some) and len(some[0]) == len(some[1]):
                below += [f"{key}/{number}" for number in range(len(some[0]))]
        for tail in below:
            key = tail.partition("/")[0]
            inside = f"{before[key][1]}/{tail}", f"{after[key][1]}/{tail}"
            if not (self.old.is_declared(inside[0]) and self.new.is_declared(inside[1])):
                yield from self.events(inside, depth + 1)

    def are_same(self, at: tuple[str, str]) -> bool:
        """Returns whether two schemas demand the same, with all that is inside them, but for declarations."""
        value = self.old.node_at(at[0]).value
        return value == self.new.node_at(at[1]).value and self._means_the_same(value)

    def _means_the_same(self, value: object) -> bool:
        """Returns whether a schema that both editions have takes in nothing that they may not both have: few do."""
        waiting = [value]
        while waiting:
            one = waiting.pop()
            parts = object_of(one)
            if "$ref" in parts:
                reference = str(parts["$ref"])
                name = reference.removeprefix(PLAIN)
                if not self._same_aliases or name == reference or "/" in name:
                    return False
            if "allOf" in parts and any("$ref" in object_of(member) for member in list_of(parts["allOf"])):
                return False  # What a base says is a part of it.
            waiting += [inner for inner in (*parts.values(), *list_of(one)) if isinstance(inner, dict | list)]
        return True


_Keywords: TypeAlias = Mapping[str, tuple[Any, str]]


def _events(old: _Keywords, new: _Keywords, at: tuple[str, str]) -> Iterator[Found]:
    def places(keyword: str) -> tuple[str, str]:
        return old.get(keyword, (None, at[0]))[1], new.get(keyword, (None, at[1]))[1]

    def found(event: ConstraintEvent, keyword: str) -> Found:
        was, now = (_text(keyword, side[keyword][0]) if keyword in side else "" for side in (old, new))
        return event, was, now, places(keyword)

    def values(keyword: str) -> tuple[Any, Any]:
        return old.get(keyword, (None,))[0], new.get(keyword, (None,))[0]

    for keyword in (*_UPPER, *_LOWER, *_EXACT):
        was, now = values(keyword)
        if was != now and (was or now or {type(was), type(now)} & {int, float}):
            yield found(_bound(keyword, was, now), keyword)
    lengths = [len(list_of(one)) for one in values("prefixItems")]
    if lengths[0] != lengths[1]:
        yield found("keyword", "prefixItems")
    for keyword in ("anyOf", "oneOf"):
        if _needs(values(keyword)[0]) != _needs(values(keyword)[1]):
            yield found("keyword", keyword)
    was, now = map(str, values("format"))
    if was != now and not {was, now} & STRING_FORMATS.keys():
        yield found(_format(was, now), "format")
    for keyword in sorted(map(str, old.keys() | new.keys())):
        was, now = values(keyword)
        if keyword not in _HANDLED and not keyword.startswith("x-") and was != now:
            yield found("keyword", keyword)
    if ("default" in old) != ("default" in new) or values("default")[0] != values("default")[1]:
        both = "default" in old and "default" in new
        event: ConstraintEvent = "default-added" if "default" in new else "default-removed"
        yield found("default-changed" if both else event, "default")
    if values("deprecated")[1] is True and values("deprecated")[0] is not True:
        yield "deprecated", "", "deprecated", places("deprecated")
    if any(was != now for was, now in map(values, _DOCUMENTATION)):
        yield "described", "", "", at


def _bound(keyword: str, was: object, now: object) -> ConstraintEvent:
    if was is None or now is None or was is False or now is False:
        return "tightened" if was is None or was is False else "loosened"
    if isinstance(was, int | float) and isinstance(now, int | float) and keyword not in _EXACT:
        return "tightened" if (now < was) == (keyword in _UPPER) else "loosened"
    return "tightened"


def _format(was: str, now: str) -> ConstraintEvent:
    """Returns what another format means that gives no other type: `int64` for `int32`, `email` where there was none."""
    widths = _WIDTHS.get(was), _WIDTHS.get(now)
    if widths != (None, None):
        before, after = (1 if width is None else width for width in widths)
        return "tightened" if after < before else "loosened"
    return "loosened" if now == "None" else "format-noted"


def _needs(members: object) -> list[object]:
    """Returns the members of a union that say which properties go together, and nothing else."""
    return [one for one in list_of(members) if set(object_of(one)) == {"required"}]


def _text(keyword: str, value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return f"{keyword}: {text if len(text) <= 200 else text[:199] + '…'}"
