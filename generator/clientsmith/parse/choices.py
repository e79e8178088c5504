"""Which properties a body must have some of, and which exclude one another, as JSON Schema states it by `required`.

    oneOf: [{required: [image]}, {required: [image_url]}]      exactly one of the two
    anyOf: [{required: [image]}, {required: [image_url]}]      at least one
    not: {required: [image, image_url]}                        never both
    minProperties, maxProperties                               so many of all

They are read from the schema itself, what it refers to and the members of its `allOf`. A `oneOf` or `anyOf` that says
more than this lists variants, which are types of their own (`flatten`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clientsmith.load.document import Node
from clientsmith.parse.reading import Reader, is_list, is_map
from clientsmith.runtime.choices import Choice

_CONDITION = frozenset({"required", "type", "title", "description"})
"""Keywords of a schema that states nothing but which properties there are."""


def choices_of(reader: Reader, node: Node, media_type: str) -> tuple[Choice, ...]:
    """Returns what the schema of a body of a media type states of this kind, each once."""
    return tuple(dict.fromkeys(_choices(reader, node, media_type, set())))


def _choices(reader: Reader, node: Node, media_type: str, seen: set[str]) -> Iterator[Choice]:
    schema: Any = node.value
    if not is_map(schema) or node.address in seen:
        return
    seen.add(node.address)
    is_reference = isinstance(schema.get("$ref"), str)
    if not is_reference or reader.document.version >= (3, 1):
        yield from _stated(schema, media_type)
        members = schema.get("allOf")
        for index in range(len(members) if is_list(members) else 0):
            yield from _choices(reader, node.child("allOf", index), media_type, seen)
    target = reader.target(node) if is_reference else None
    if target is not None:
        yield from _choices(reader, target, media_type, seen)


def _stated(schema: dict[str, Any], media_type: str) -> Iterator[Choice]:
    """Yields what the keywords of one schema state."""
    if groups := _groups(schema.get("oneOf")):
        yield Choice(media_type, groups, most=1)
    if groups := _groups(schema.get("anyOf")):
        yield Choice(media_type, groups)
    if excluded := _groups([schema.get("not")]):
        yield Choice(media_type, excluded, least=0, most=0)
    least, most = _count(schema.get("minProperties")) or 0, _count(schema.get("maxProperties"))
    if least > 0 or most is not None:
        yield Choice(media_type, (), least, most)


def _groups(members: Any) -> tuple[tuple[str, ...], ...]:
    """Returns what each member requires; nothing if one of them states more than that, or nothing."""
    groups: list[tuple[str, ...]] = []
    for member in members if is_list(members) else ():
        names = member.get("required") if is_map(member) and member.keys() <= _CONDITION else None
        if not is_list(names) or not names or not all(isinstance(name, str) for name in names):
            return ()
        groups.append(tuple(names))
    return tuple(groups)


def _count(value: Any) -> int | None:
    return value if type(value) is int and value >= 0 else None
