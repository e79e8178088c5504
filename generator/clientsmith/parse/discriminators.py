"""Discriminators of declared unions, from values of a property to variants: a pass over the declarations.

Unions that are members of one another, which adds nothing to either, become unions of their other members.

Decides the mapping: what the document maps, then the constants that the variants themselves allow in that property,
then the names of their schemas (OAS 3.1.1, Discriminator Object). Properties that distinguish variants become
constants.
`parse` calls it when all models are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clientsmith.ir import Anything, Const, Discriminator, Enum, Model, Nullable, Ref, Type, UnionOf
from clientsmith.load.document import Node, unescape
from clientsmith.parse.declarations import DeclaredUnion, closure
from clientsmith.parse.reading import is_map, kind_name
from clientsmith.parse.schemas import Schemas
from clientsmith.parse.structures import discriminator_property, mapping_target
from clientsmith.parse.types import bare, tag_type
from clientsmith.records import replace


def add_discriminators(schemas: Schemas) -> None:
    """Give every declared union its discriminator, if it has one, and its tags."""
    schemas.complete()
    while unions := schemas.declarations.take_unions():
        _resolve_circles(schemas)
        for union in unions:
            _add(schemas, union)
        # A mapping may refer to schemas that nothing else refers to.
        schemas.complete()


def _resolve_circles(schemas: Schemas) -> None:
    """Give unions that are members of one another the other members of all of them.

    `A: oneOf [B, M]` and `B: oneOf [A, N]` are both `oneOf [M, N]`.
    """
    declarations = schemas.declarations.by_key
    unions = {key: union for key, union in declarations.items() if isinstance(union, UnionOf)}
    inner = {key: [one.key for one in union.arms if isinstance(one, Ref)] for key, union in unions.items()}
    reached = {key: closure(inner, keys) for key, keys in inner.items()}
    for key, union in unions.items():
        circle = {other for other in reached[key] if key in reached[other]}
        if circle:
            members = dict.fromkeys(member for other in sorted(circle) for member in unions[other].arms)
            found = tuple(one for one in members if not (isinstance(one, Ref) and one.key in circle))
            declarations[key] = replace(union, arms=found or (Anything(),))
            message = "the union is a member of one of its members: that member is replaced by what else it lists"
            schemas.reader.warn("recursive-type", message, key)


def _add(schemas: Schemas, declared: DeclaredUnion) -> None:
    declarations = schemas.declarations.by_key
    union = declarations[declared.key]
    assert isinstance(union, UnionOf)
    members = _members(schemas, union)
    keys = list(dict.fromkeys(model for models in members.values() for model in models))
    written = declared.node.value.get("discriminator")
    if written is None:
        _add_tags_by_structure(schemas, keys)
        return
    tag = discriminator_property(declared.node.value)
    address = f"{declared.node.address}/discriminator"
    if tag is None:
        what = "without a 'propertyName'" if is_map(written) else f"that is {kind_name(written)}"
        schemas.reader.warn("discriminator", f"a discriminator {what} is ignored", address)
        _add_tags_by_structure(schemas, keys)
        return
    for key in keys:
        _add_tag(schemas, key, tag)
    mapping = _mapping(schemas, declared, members, tag)
    default = _default(schemas, declared, {*members, *keys}) or declared.default
    if not mapping:
        message = f"{tag!r} distinguishes none of the variants: the discriminator is ignored"
        schemas.reader.warn("discriminator", message, address)
        return
    made = Discriminator(tag, tuple(sorted(mapping.items())), default)
    declarations[union.key] = replace(union, discriminator=made)


def _members(schemas: Schemas, union: UnionOf) -> dict[str, list[str]]:
    """Returns the keys of declared members, each with the models that it may be: itself, or those of an inner union."""
    found: dict[str, list[str]] = {}
    for member in union.arms:
        if isinstance(member, Ref):
            models = list(dict.fromkeys(_models(schemas, member.key, {union.key})))
            if models:
                found[member.key] = models
    return found


def _models(schemas: Schemas, key: str, seen: set[str]) -> Iterator[str]:
    declaration = schemas.declarations.by_key.get(key)
    if isinstance(declaration, Model):
        yield key
    elif isinstance(declaration, UnionOf) and key not in seen:
        seen.add(key)
        for member in declaration.arms:
            if isinstance(member, Ref):
                yield from _models(schemas, member.key, seen)


def _mapping(schemas: Schemas, declared: DeclaredUnion, members: dict[str, list[str]], tag: str) -> dict[str, str]:
    """Returns the keys of models, or of unions inside of the union, by values of the property."""
    found = _written_mapping(schemas, declared, {key for one, models in members.items() for key in (one, *models)})
    mapped = set(found.values())
    rest = {
        model: member
        for member, models in members.items()
        if member not in mapped
        for model in models
        if model not in mapped
    }
    holders: dict[str, list[str]] = {}
    for model in rest:
        for value in _constants(schemas, model, tag):
            holders.setdefault(value, []).append(model)
    distinguished: set[str] = set()
    for value, models in holders.items():
        # A value that all models of an inner union share means that union: another property decides there.
        key = models[0] if len(models) == 1 else rest[models[0]]
        one_member = len({rest[model] for model in models}) == 1
        if value not in found and one_member and (len(models) == 1 or key != models[0]):
            found[value] = key
            distinguished.update(models)
    for model in rest:
        if model not in distinguished:
            for name in _names(schemas, declared, model):
                found.setdefault(name, model)
    return found


def _written_mapping(schemas: Schemas, declared: DeclaredUnion, known: set[str]) -> dict[str, str]:
    """Returns the `mapping` of the document, as far as it refers to members of the union."""
    found: dict[str, str] = {}
    node = Node(declared.node.value["discriminator"], f"{declared.node.address}/discriminator")
    for value, entry in schemas.reader.entries(node, "mapping"):
        key = _key(schemas, declared, entry)
        if key in known:
            found[value] = key
        else:
            what = "cannot be resolved" if key is None else "is not a member of the union"
            message = f"{value!r} is mapped to {entry.value!r}, which {what}"
            schemas.reader.warn("discriminator", message, entry.address, hint="the value is ignored")
    return found


def _key(schemas: Schemas, declared: DeclaredUnion, entry: Node) -> str | None:
    target = mapping_target(schemas.reader, declared.node, entry.value)
    if target is None:
        return None
    inner = bare(schemas.type_of(target))
    return declared.renamed.get(inner.key, inner.key) if isinstance(inner, Ref) else target.address


def _default(schemas: Schemas, declared: DeclaredUnion, keys: set[str]) -> str | None:
    """Returns the variant of objects in which the property is absent or unknown: `defaultMapping` of OAS 3.2."""
    written = declared.node.value["discriminator"].get("defaultMapping")
    if written is None:
        return None
    address = f"{declared.node.address}/discriminator/defaultMapping"
    key = _key(schemas, declared, Node(written, address))
    if key in keys:
        return key
    schemas.reader.warn("discriminator", f"'defaultMapping' {written!r} is not a member of the union", address)
    return None


def _constants(schemas: Schemas, key: str, tag: str) -> list[str]:
    """Returns the values that a model itself allows in the property."""
    declarations = schemas.declarations.by_key
    model = declarations.get(key)
    type_: Type | None = None
    if isinstance(model, Model):
        type_ = next((f.type for f in model.fields if f.wire == tag), None)
    if isinstance(type_, Nullable):
        type_ = type_.inner
    values: tuple[Any, ...] = ()
    if isinstance(type_, Const):
        values = (type_.value,)
    elif isinstance(type_, Ref):
        enum = declarations.get(type_.key)
        values = enum.values if isinstance(enum, Enum) else ()
    return [v if isinstance(v, str) else str(v).lower() if isinstance(v, bool) else str(v) for v in values]


def _names(schemas: Schemas, declared: DeclaredUnion, key: str) -> Iterator[str]:
    """Yields implicit names: the last segments of the references to a variant; inline ones have none."""
    for variant in declared.variants:
        if is_map(variant.value) and isinstance(variant.value.get("$ref"), str):
            inner = bare(schemas.type_of(variant))
            if isinstance(inner, Ref) and key in (inner.key, declared.renamed.get(inner.key)):
                yield unescape(variant.value["$ref"].rsplit("/", 1)[-1])
                return
    tokens = key.partition("#")[2].split("/")
    if len(tokens) > 3 and tokens[1:3] == ["components", "schemas"] and tokens[4:] in ([], ["discriminator"]):
        yield unescape(tokens[3])


def _add_tag(schemas: Schemas, key: str, tag: str) -> None:
    declarations = schemas.declarations.by_key
    model = declarations.get(key)
    if not isinstance(model, Model):
        return
    fields = tuple(
        replace(f, type=tag_type(declarations, f.type)) if f.wire == tag else f for f in model.fields
    )
    if fields != model.fields:
        declarations[key] = replace(model, fields=fields)


def _add_tags_by_structure(schemas: Schemas, keys: list[str]) -> None:
    """Without a discriminator: a property that has one value in each variant, and a different one in every variant,
    distinguishes them too."""
    declarations = schemas.declarations.by_key
    found: list[dict[str, object]] = []
    for key in keys:
        model = declarations.get(key)
        if not isinstance(model, Model):
            return
        single: dict[str, object] = {}
        for f in model.fields:
            constant = tag_type(declarations, f.type)
            if isinstance(constant, Const):
                single[f.wire] = constant.value
        found.append(single)
    if len(found) < 2:
        return
    for name in found[0]:
        values = [single[name] for single in found if name in single]
        if len(values) == len(found) and len(set(values)) == len(values):
            for key in keys:
                _add_tag(schemas, key, name)
