"""Discriminators of declared unions: from values of a property to alternatives, once all models are known.

Decides the mapping: what the document maps, then the constants that the alternatives themselves hold in that property,
then the names of their schemas (OAS 3.1.1, Discriminator Object). Properties that serve as tags become constants.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from clientsmith.ir import Const, Discriminator, Enum, Model, Nullable, Ref, Type, UnionOf
from clientsmith.parse.families import discriminator_property, mapping_target
from clientsmith.parse.narrowing import bare
from clientsmith.parse.reading import is_map, kind_name
from clientsmith.parse.unions import PendingUnion, tag_type
from clientsmith.spec.document import Node, unescape

if TYPE_CHECKING:
    from clientsmith.parse.schemas import Schemas


def finish(schemas: Schemas, pending: PendingUnion) -> None:
    """Give a declared union its discriminator, if it has one, and its tags."""
    union = schemas.declarations[pending.key]
    assert isinstance(union, UnionOf)
    keys = list(dict.fromkeys(_leaves(schemas, union, {union.key})))
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
    mapping = _mapping(schemas, pending, keys, tag)
    default = _default(schemas, pending, keys) or pending.default
    if not mapping:
        message = f"no alternative can be told by {tag!r}: they are told apart by their properties"
        schemas.reader.warn("discriminator", message, address)
        return
    made = Discriminator(tag, tuple(sorted(mapping.items())), default)
    schemas.declarations[union.key] = dataclasses.replace(union, discriminator=made)


def _leaves(schemas: Schemas, union: UnionOf, seen: set[str]) -> Iterator[str]:
    """Keys of the models of a union, through unions inside of it."""
    for arm in union.arms:
        if isinstance(arm, Ref):
            inner = schemas.declarations.get(arm.key)
            if isinstance(inner, UnionOf):
                if arm.key not in seen:
                    seen.add(arm.key)
                    yield from _leaves(schemas, inner, seen)
            elif isinstance(inner, Model):
                yield arm.key


def _mapping(schemas: Schemas, pending: PendingUnion, keys: list[str], tag: str) -> dict[str, str]:
    written = pending.node.value["discriminator"]
    found: dict[str, str] = {}
    node = Node(written, f"{pending.node.address}/discriminator")
    for value, entry in schemas.reader.entries(node, "mapping"):
        key = _key(schemas, pending, entry)
        if key in keys:
            found[value] = key
        else:
            what = "leads to nothing" if key is None else "is none of the alternatives"
            message = f"{value!r} is mapped to {entry.value!r}, which {what}"
            schemas.reader.warn("discriminator", message, entry.address, hint="the value is left out")
    rest = [key for key in keys if key not in found.values()]
    constants = {key: _constants(schemas, key, tag) for key in rest}
    counted: dict[str, int] = {}
    for values in constants.values():
        for value in values:
            counted[value] = counted.get(value, 0) + 1
    for key in rest:
        own = [value for value in constants[key] if counted[value] == 1 and value not in found]
        if own and len(own) == len(constants[key]):
            found.update(dict.fromkeys(own, key))
        else:
            for name in _names(schemas, pending, key):
                found.setdefault(name, key)
    return found


def _key(schemas: Schemas, pending: PendingUnion, entry: Node) -> str | None:
    target = mapping_target(schemas.reader, pending.node, entry.value)
    if target is None:
        return None
    family = schemas.parents.family(target)
    if family is not None and target.address != pending.key and family.own_key in schemas.kinds:
        return family.own_key
    type_ = schemas.type_of(target)
    inner = bare(type_)
    return pending.renamed.get(inner.key, inner.key) if isinstance(inner, Ref) else target.address


def _default(schemas: Schemas, pending: PendingUnion, keys: list[str]) -> str | None:
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
