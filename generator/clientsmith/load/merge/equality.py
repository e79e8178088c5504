"""When two parts of OpenAPI documents are equal: exactly, or except for their texts (rules M09 and M10).

Decides equality and finds the differences. Does not decide what to do about them: that is `choice`.

Exactly equal: the order of keys never matters; the order of lists does, except for `required`, `enum`, `tags` and
`type`; numbers are compared by value (`1` and `1.0`), and never with booleans. *Bare* means without texts: titles,
descriptions, examples, links to further reading and extensions that no stage reads. `deprecated` is not a text: it
changes the client.
"""

from __future__ import annotations

import json
from typing import Any, TypeGuard

from clientsmith.load.grammar import DATA, NAMED, VARIANTS
from clientsmith.load.tree import escape, is_array, is_object

TEXTS = frozenset({"title", "description", "summary", "example", "examples", "externalDocs", "$comment"})
"""Keywords for readers, on which no call depends."""

SETS = frozenset({"required", "enum", "tags", "type"})
"""Keywords whose lists are sets."""

MEANINGFUL_EXTENSIONS = frozenset(
    {"x-job", "x-paging", "x-webhook-signature", "x-idempotency-key", "x-retry", "x-client-option", VARIANTS}
)
"""Extensions that later stages read: they matter as much as any keyword."""


def comparable(value: Any, *, bare: bool, names: bool = False) -> Any:
    """Returns a tree that is equal for values that differ in nothing that matters.

    Args:
        value: a part of a document, from an object of the specification downwards.
        bare: leave out texts.
        names: `value` maps names that the document chooses.

    Returns:
        dicts, lists and scalars; a list that is a set becomes a sorted tuple of JSON texts.
    """
    if is_object(value):
        tree: dict[str, Any] = {}
        for key, child in value.items():
            if names:
                tree[key] = comparable(child, bare=bare)
            elif key in TEXTS or (key.startswith("x-") and key not in MEANINGFUL_EXTENSIONS):
                if not bare:
                    tree[key] = _data(child)
            elif key in DATA:
                tree[key] = _data(child)
            elif key in SETS and is_array(child):
                tree[key] = tuple(sorted(_text(_data(member)) for member in child))
            else:
                tree[key] = comparable(child, bare=bare, names=key in NAMED)
        return tree
    if is_array(value):
        return [comparable(child, bare=bare) for child in value]
    return _data(value)


def fingerprint(value: Any, *, bare: bool = False) -> str:
    """Returns a text that is equal for two parts of documents if, and only if, they are equal."""
    return _text(comparable(value, bare=bare))


def differences(left: Any, right: Any, limit: int = 5) -> list[str]:
    """Returns the first `limit` pointers, below the compared parts, at which they differ in more than texts."""
    found: list[str] = []
    _differences(comparable(left, bare=True), comparable(right, bare=True), "", found)
    return found[:limit]


def is_part_of(left: Any, right: Any) -> bool:
    """Returns whether `right` has all that `left` has, and more: the sign of a truncated export."""
    small, large = comparable(left, bare=True), comparable(right, bare=True)
    return _text(small) != _text(large) and _within(small, large)


def _data(value: Any) -> Any:
    if is_object(value):
        return {key: _data(child) for key, child in value.items()}
    if is_array(value):
        return [_data(child) for child in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def _differences(left: Any, right: Any, pointer: str, found: list[str]) -> None:
    if is_object(left) and is_object(right):
        for key in sorted(left.keys() | right.keys()):
            below = f"{pointer}/{escape(key)}"
            if key in left and key in right:
                _differences(left[key], right[key], below, found)
            else:
                found.append(below)
    elif is_array(left) and is_array(right) and len(left) == len(right):
        for index, (one, other) in enumerate(zip(left, right, strict=True)):
            _differences(one, other, f"{pointer}/{index}", found)
    elif _text(left) != _text(right):
        found.append(pointer)


def _is_set(value: object) -> TypeGuard[tuple[str, ...]]:
    return isinstance(value, tuple)


def _within(small: Any, large: Any) -> bool:
    if is_object(small) and is_object(large):
        return all(key in large and _within(child, large[key]) for key, child in small.items())
    if _is_set(small) and _is_set(large):
        return set(small) <= set(large)
    if is_array(small) and is_array(large):
        return len(small) == len(large) and all(_within(one, two) for one, two in zip(small, large, strict=True))
    return _text(small) == _text(large)
