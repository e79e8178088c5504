"""What schemas demand beyond their types: bounds, lengths, patterns, defaults, and keywords that types cannot say.

The keywords are those of JSON Schema 2020-12 (validation, sections 6.1 to 6.5) and OpenAPI.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

ConstraintEvent: TypeAlias = Literal[
    "tightened", "loosened", "keyword", "default-added", "default-removed", "default-changed", "deprecated"
]

_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains")
_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains")
_EXACT = ("pattern", "multipleOf", "uniqueItems")
_OTHERS = (
    "dependentRequired", "dependentSchemas", "if", "then", "else", "not", "contains", "patternProperties",
    "propertyNames", "unevaluatedProperties", "unevaluatedItems", "contentMediaType", "contentEncoding",
    "contentSchema",
)  # fmt: skip
"""Keywords of which only a person can say what their change means."""


def constraint_events(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[tuple[ConstraintEvent, tuple[str, str]]]:
    """Yields what changed between two schemas, with the old and the new text: `("tightened", ("", "maxLength: 5"))`."""
    for keyword in (*_UPPER, *_LOWER, *_EXACT):
        was, now = old.get(keyword), new.get(keyword)
        if was != now:
            yield _bound(keyword, was, now), (_text(keyword, was), _text(keyword, now))
    for keyword in _OTHERS:
        if old.get(keyword) != new.get(keyword):
            yield "keyword", (_text(keyword, old.get(keyword)), _text(keyword, new.get(keyword)))
    if ("default" in old) != ("default" in new) or old.get("default") != new.get("default"):
        event: ConstraintEvent = "default-changed"
        if "default" not in old or "default" not in new:
            event = "default-added" if "default" in new else "default-removed"
        texts = [_text("default", side["default"], null=True) if "default" in side else "" for side in (old, new)]
        yield event, (texts[0], texts[1])
    if new.get("deprecated") is True and old.get("deprecated") is not True:
        yield "deprecated", ("", "deprecated")


def _bound(keyword: str, was: object, now: object) -> ConstraintEvent:
    if was is None or now is None or was is False or now is False:
        return "tightened" if was is None or was is False else "loosened"
    if isinstance(was, int | float) and isinstance(now, int | float) and keyword not in _EXACT:
        return "tightened" if (now < was) == (keyword in _UPPER) else "loosened"
    return "tightened"


def _text(keyword: str, value: object, *, null: bool = False) -> str:
    if value is None and not null:
        return ""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return f"{keyword}: {text if len(text) <= 200 else text[:199] + '…'}"
