"""Discriminators of declared unions: from values of a property to alternatives, once all models are known.

Decides the mapping: what the document maps, then the constants that the alternatives themselves hold in that property,
then the names of their schemas (OAS 3.1.1, Discriminator Object). Properties that serve as tags become constants.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from clientsmith.ir import Const, Discriminator, Enum, Model, Nullable, Ref, Type, UnionOf
from clientsmith.load.document import Node, unescape
from clientsmith.parse.hierarchies import discriminator_property, mapping_target
from clientsmith.parse.intersections import bare
from clientsmith.parse.reading import is_map, kind_name
from clientsmith.parse.unions import PendingUnion, tag_type

if TYPE_CHECKING:
    from clientsmith.parse.schemas import Schemas


def finish(schemas: Schemas, pending: PendingUnion) -> None:
    """Give a declared union its discriminator, if it has one, and its tags."""
    union = schemas.declarations[pending.key]
    assert isinstance(union, UnionOf)
    units = _units(schemas, union)
    keys = list(dict.fromkeys(leaf for leaves in units.values() for leaf in leaves))
    written = pending.node.value.get("discriminator")
    if written is None:
        _tags_by_shape(schemas, keys)
        return
    tag = discriminator_property(pending.node.value)
    address = f"{pending.node.address}/discriminator"
    if tag is None:
        what = "without a 'propertyName'" if is_map(written) else f"that is {kind_name(written)}"
        schemas.reader.warn("discriminator", f"a discriminator {what} is left out", address)
        _tags_by_shape(schemas, keys)
        return
    for key in keys:
        _make_tag(schemas, key, tag)
    mapping = _mapping(schemas, pending, units, tag)
    default = _default(schemas, pending, {*units, *keys}) or pending.default
    if not mapping:
        message = f"no alternative can be told by {tag!r}: they are told apart by their properties"
        schemas.reader.warn("discriminator", message, address)
        return
    made = Discriminator(tag, tuple(sorted(mapping.items())), default)
    schemas.declarations[union.key] = dataclasses.replace(union, discriminator=made)


def _units(schemas: Schemas, union: UnionOf) -> dict[str, list[str]]:
    """The keys of the alternatives that are declared, each with the models that it comes to: itself, or those of a
    union inside of the union."""
    found: dict[str, list[str]] = {}
    for arm in union.arms:
        if isinstance(arm, Ref):
            leaves = list(dict.fromkeys(_leaves(schemas, arm.key, {union.key})))
            if leaves:
                found[arm.key] = leaves
    return found


def _leaves(schemas: Schemas, key: str, seen: set[str]) -> Iterator[str]:
    declaration = schemas.declarations.get(key)
    if isinstance(declaration, Model):
        yield key
    elif isinstance(declaration, UnionOf) and key not in seen:
        seen.add(key)
        for arm in declaration.arms:
            if isinstance(arm, Ref):
                yield from _leaves(schemas, arm.key, seen)


def _mapping(schemas: Schemas, pending: PendingUnion, units: dict[str, list[str]], tag: str) -> dict[str, str]:
    known = {key for unit, leaves in units.items() for key in (unit, *leaves)}
    found: dict[str, str] = {}
    node = Node(pending.node.value["discriminator"], f"{pending.node.address}/discriminator")
    for value, entry in schemas.reader.entries(node, "mapping"):
        key = _key(schemas, pending, entry)
        if key in known:
            found[value] = key
        else:
            what = "leads to nothing" if key is None else "is none of the alternatives"
            message = f"{value!r} is mapped to {entry.value!r}, which {what}"
            schemas.reader.warn("discriminator", message, entry.address, hint="the value is left out")
    mapped = set(found.values())
    rest = {leaf: unit for unit, leaves in units.items() if unit not in mapped for leaf in leaves if leaf not in mapped}
    holders: dict[str, list[str]] = {}
    for leaf in rest:
        for value in _constants(schemas, leaf, tag):
            holders.setdefault(value, []).append(leaf)
    told: set[str] = set()
    for value, leaves in holders.items():
        # What all of an inner union share means the union: another property tells them apart there.
        key = leaves[0] if len(leaves) == 1 else rest[leaves[0]]
        if value not in found and len({rest[leaf] for leaf in leaves}) == 1 and (len(leaves) == 1 or key != leaves[0]):
            found[value] = key
            told.update(leaves)
    for leaf in rest:
        if leaf not in told:
            for name in _names(schemas, pending, leaf):
                found.setdefault(name, leaf)
    return found


def _key(schemas: Schemas, pending: PendingUnion, entry: Node) -> str | None:
    target = mapping_target(schemas.reader, pending.node, entry.value)
    if target is None:
        return None
    type_ = schemas.type_of(target)
    inner = bare(type_)
    return pending.renamed.get(inner.key, inner.key) if isinstance(inner, Ref) else target.address


def _default(schemas: Schemas, pending: PendingUnion, keys: set[str]) -> str | None:
    """`defaultMapping` of OAS 3.2: the alternative where the property is absent or unknown."""
    written = pending.node.value["discriminator"].get("defaultMapping")
    if written is None:
        return None
    address = f"{pending.node.address}/discriminator/defaultMapping"
    key = _key(schemas, pending, Node(written, address))
    if key in keys:
        return key
    schemas.reader.warn("discriminator", f"'defaultMapping' {written!r} is none of the alternatives", address)
    return None


def _constants(schemas: Schemas, key: str, tag: str) -> list[str]:
    """The values that a model itself allows in the property."""
    model = schemas.declarations.get(key)
    type_: Type | None = None
    if isinstance(model, Model):
        type_ = next((f.type for f in model.fields if f.wire == tag), None)
    if isinstance(type_, Nullable):
        type_ = type_.inner
    values: tuple[Any, ...] = ()
    if isinstance(type_, Const):
        values = (type_.value,)
    elif isinstance(type_, Ref):
        enum = schemas.declarations.get(type_.key)
        values = enum.values if isinstance(enum, Enum) else ()
    return [v if isinstance(v, str) else str(v).lower() if isinstance(v, bool) else str(v) for v in values]


def _names(schemas: Schemas, pending: PendingUnion, key: str) -> Iterator[str]:
    """Implicit names: the last segments of the references to an alternative; inline ones have none."""
    for arm in pending.arms:
        if is_map(arm.value) and isinstance(arm.value.get("$ref"), str):
            type_ = schemas.type_of(arm)
            inner = bare(type_)
            if isinstance(inner, Ref) and key in (inner.key, pending.renamed.get(inner.key)):
                yield unescape(arm.value["$ref"].rsplit("/", 1)[-1])
                return
    tokens = key.partition("#")[2].split("/")
    if len(tokens) > 3 and tokens[1:3] == ["components", "schemas"] and tokens[4:] in ([], ["discriminator"]):
        yield unescape(tokens[3])


def _make_tag(schemas: Schemas, key: str, tag: str) -> None:
    model = schemas.declarations.get(key)
    if not isinstance(model, Model):
        return
    fields = tuple(dataclasses.replace(f, type=tag_type(schemas, f.type)) if f.wire == tag else f for f in model.fields)
    if fields != model.fields:
        schemas.declarations[key] = dataclasses.replace(model, fields=fields)


def _tags_by_shape(schemas: Schemas, keys: list[str]) -> None:
    """Without a discriminator: a property of one value each, another in every alternative, tells them apart too."""
    found: list[dict[str, object]] = []
    for key in keys:
        model = schemas.declarations.get(key)
        if not isinstance(model, Model):
            return
        single: dict[str, object] = {}
        for f in model.fields:
            constant = tag_type(schemas, f.type)
            if isinstance(constant, Const):
                single[f.wire] = constant.value
        found.append(single)
    if len(found) < 2:
        return
    for name in found[0]:
        values = [single[name] for single in found if name in single]
        if len(values) == len(found) and len(set(values)) == len(values):
            for key in keys:
                _make_tag(schemas, key, name)
