"""Whatever was named before keeps its name, wherever the document has it now.

A class is known by its address in the document where an author gave it one, and by its places: where values of it are
sent or received. No refactoring of a document changes these.

    class:#/components/schemas/Job             a component, or what another file defines
    place:GET /jobs/{}|200|application/json    what a response contains
    place:POST /jobs|body|application/json     what a request contains
    place:GET /jobs|query:sort                 a parameter
    place:Job|owner                            a field of the class `Job`
    place:Job|pages[]                          items; `{}` values of a mapping; `(2)` a variant of a union
    field:Job|from                             the name of that field, where it is not sent under it

These are the addresses of the lock. Within a run, everything is known by its address in the document; `Recognised`
and `remembered` lead from the one to the other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import TypeAlias, assert_never

from clientsmith import ir
from clientsmith.records import dataclass
from clientsmith.translate.placement import operation_keys, parameter_address

CLASS, PLACE, FIELD = "class:", "place:", "field:"

Edge: TypeAlias = tuple[str, str]
"""A place, and the key of the declaration that is used there."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The names that were given before, by what has them in this document.

    Attributes:
        locked: the lock, with the addresses that classes and fields have in this document.
        classes: the name that each class had before, by key.
        joined: the key of the class that is now wherever another one was, by the name of that one.
    """

    locked: Mapping[str, str]
    classes: Mapping[str, str] = field(default_factory=dict[str, str])
    joined: Mapping[str, str] = field(default_factory=dict[str, str])


def recognised(api: ir.Api, locked: Mapping[str, str]) -> Recognised:
    """Returns which names belong to what in this document.

    Args:
        api: what parse read.
        locked: the names that were given before, as `remembered` returned them.
    """
    if not locked:
        return Recognised(locked)
    # An address decides before a place does: two components may be exchanged where they are used.
    known = {key: locked[CLASS + key] for key in api.declarations if CLASS + key in locked}
    classes = {key: name for key, name in known.items() if is_used(api, key)}

    def recognise(edges: Iterator[Edge]) -> None:
        for place, key in edges:
            if key not in classes and (name := locked.get(PLACE + place)) is not None:
                classes[key] = name
                found.append(key)

    found = deque(classes)
    recognise(_roots(api))
    while found:
        key = found.popleft()
        recognise(_members(api.declarations[key], classes[key]))
    # What nothing uses any more leaves its name to what is now where it was used.
    taken = set(classes.values())
    classes.update({key: name for key, name in known.items() if name not in taken})
    names = {CLASS + key: name for key, name in classes.items()}
    for key, name in classes.items():
        for wire, address in _field_addresses(api.declarations[key]):
            if (field_name := locked.get(f"{FIELD}{name}|{wire}")) is not None:
                names[FIELD + address] = field_name
    return Recognised({**locked, **names}, classes, _joined(api, locked, classes))


def _joined(api: ir.Api, locked: Mapping[str, str], classes: Mapping[str, str]) -> dict[str, str]:
    """Returns the key of the class that is now in all places of a class that is gone, by the name of that one."""
    known = {*classes.values()}
    found: dict[str, set[str]] = {}
    edges = [*_roots(api), *(e for key, name in classes.items() for e in _members(api.declarations[key], name))]
    for place, key in edges:
        old = locked.get(PLACE + place)
        if old is not None and old not in known:
            found.setdefault(old, set()).add(key)
    return {old: min(keys) for old, keys in found.items() if len({classes.get(key) for key in keys}) == 1}


def remembered(api: ir.Api, given: Mapping[str, str]) -> dict[str, str]:
    """Returns the names of a run as the lock keeps them.

    All classes are kept by their places; what is not written out where it is used, also by its address.

    Args:
        api: what parse read.
        given: the names of classes and fields by their address in the document, and all others.
    """
    classes = {key: given[CLASS + key] for key in api.declarations if CLASS + key in given}
    edges = [(place, key, key.startswith("#/paths/")) for place, key in _roots(api)]
    for owner, name in classes.items():
        edges += [(place, key, key.startswith(f"{owner}/")) for place, key in _members(api.declarations[owner], name)]
    kept = {address: name for address, name in given.items() if not address.startswith((CLASS, FIELD))}
    inline: set[str] = set()
    for place, key, is_inline in sorted(edges):
        if key in classes:
            kept.setdefault(PLACE + place, classes[key])
            if is_inline:
                inline.add(key)
    for key, name in classes.items():
        if key not in inline:
            kept[CLASS + key] = name
        for wire, address in _field_addresses(api.declarations[key]):
            if FIELD + address in given:
                kept[f"{FIELD}{name}|{wire}"] = given[FIELD + address]
    return kept


def lasting(before: Recognised, given: Mapping[str, str]) -> frozenset[str]:
    """Returns the addresses of the lock of which the name stays with what had it, under whatever address.

    Args:
        before: what was recognised.
        given: the names of this run, by addresses in the document.
    """
    stayed = {name for key, name in before.classes.items() if given.get(CLASS + key) == name}
    return frozenset(
        address
        for address, name in before.locked.items()
        if (address.startswith((CLASS, PLACE)) and name in stayed)
        or (address.startswith(FIELD) and given.get(address) == name)
    )


def is_used(api: ir.Api, key: str) -> bool:
    """Returns whether an operation sends or receives values of a declaration."""
    return api.declarations[key].sent or api.declarations[key].received


def _field_addresses(declaration: ir.Declaration) -> Iterator[tuple[str, str]]:
    if isinstance(declaration, ir.Model):
        yield from ((item.wire, item.address) for item in declaration.fields)


def _roots(api: ir.Api) -> Iterator[Edge]:
    """Yields what operations use directly."""
    keys = operation_keys(api.operations)
    for operation in sorted(api.operations, key=lambda operation: keys[operation.address]):
        key = keys[operation.address]
        for parameter in operation.parameters:
            yield from _edges(parameter.type, f"{key}|{parameter_address(parameter, operation)}")
        for content in operation.body.contents if operation.body is not None else ():
            yield from _content_edges(content, f"{key}|body|{content.media_type}")
        for response in operation.responses:
            for content in response.contents:
                yield from _content_edges(content, f"{key}|{response.status}|{content.media_type}")
            if response.headers is not None:
                yield from _edges(response.headers, f"{key}|{response.status}|headers")


def _content_edges(content: ir.Content, place: str) -> Iterator[Edge]:
    yield from _edges(content.type, place)
    if content.item is not None:
        yield from _edges(content.item, f"{place}|item")


def _members(declaration: ir.Declaration, name: str) -> Iterator[Edge]:
    """Yields what a declaration that is called so uses directly."""
    match declaration:
        case ir.Model():
            for item in declaration.fields:
                yield from _edges(item.type, f"{name}|{item.wire}")
            yield from _edges(declaration.additional, f"{name}|{{}}")
        case ir.UnionOf():
            for number, arm in enumerate(declaration.arms, 1):
                yield from _edges(arm, f"{name}|({number})")
        case ir.Enum():
            return
        case _:
            assert_never(declaration)


def _edges(type_: ir.Type, place: str) -> Iterator[Edge]:
    match type_:
        case ir.Ref(key):
            yield place, key
        case ir.Nullable(inner):
            yield from _edges(inner, place)
        case ir.ListOf(inner):
            yield from _edges(inner, f"{place}[]")
        case ir.MapOf(inner):
            yield from _edges(inner, f"{place}{{}}")
        case ir.Union(arms):
            for number, arm in enumerate(arms, 1):
                yield from _edges(arm, f"{place}({number})")
        case ir.Scalar() | ir.Const() | ir.Anything():
            return
        case _:
            assert_never(type_)
