"""`oneOf` and `anyOf`: unions, what is told apart by a discriminator, and what is no union after all.

Decides what the alternatives of a schema come to: null beside one thing, one thing twice, values of one enumeration,
scalars (undeclared), or objects (declared, since decoding them needs a name), also where they stand beside properties.
Whether an answer is one alternative or another is the codec's business.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clientsmith.ir import Anything, Const, Enum, MapOf, NameHint, Nullable, Ref, Type, Union, UnionOf
from clientsmith.load.document import Node, unescape
from clientsmith.parse import objects, plain, shapes
from clientsmith.parse.hierarchies import Family
from clientsmith.parse.intersections import bare, nullable, one_of
from clientsmith.parse.reading import is_list, is_map

if TYPE_CHECKING:
    from clientsmith.parse.schemas import Schemas

MAX_ARMS = 64
"""Up to how many alternatives are combined with the properties beside them, one model each."""


@dataclass(slots=True)
class PendingUnion:
    """A declared union whose discriminator is read when all models are known."""

    key: str
    node: Node
    arms: list[Node]
    renamed: dict[str, str] = field(default_factory=dict[str, str])
    """Keys of alternatives that were combined with properties, to the keys of the combinations."""
    default: str | None = None


# ----------------------------------------------------------------------------------------------------------- types


def alternative(schemas: Schemas, node: Node) -> Type:
    """The type of a schema with `oneOf` or `anyOf`."""
    schema: dict[str, Any] = node.value
    found = shapes.alternatives(node)
    base = {k: v for k, v in schema.items() if k not in {"oneOf", "anyOf", "discriminator"}}
    kind = base.get("type")
    may_be_null = base.get("nullable") is True or (is_list(kind) and "null" in kind)
    if "enum" in base or "const" in base or "items" in base:
        inner = plain.plain_type(schemas, Node(base, node.address))
    elif len(found) > 1 or base.get("properties") or base.get("patternProperties"):
        inner = combined(schemas, node, shapes.shape_of(schemas.reader, node))
    else:
        arms = [_with_type(arm, base) for arm in found[0][1]]
        inner = _enumeration(schemas, node, arms) or _declared(schemas, node, [schemas.type_of(a) for a in arms], arms)
    return nullable(inner) if may_be_null else inner


def _with_type(arm: Node, base: dict[str, Any]) -> Node:
    """An alternative with the `type` that stands beside the alternatives, where it has none of its own."""
    kind = base.get("type")
    if kind is None or kind == "object" or not is_map(arm.value):
        return arm
    if any(key in arm.value for key in ("type", "$ref", "allOf", "oneOf", "anyOf", "properties", "$dynamicRef")):
        return arm
    return Node({"type": kind, **arm.value}, arm.address)


def _enumeration(schemas: Schemas, node: Node, arms: list[Node]) -> Type | None:
    """One enumeration, where every alternative lists values: `oneOf: [{const: a, title: ...}, {const: b}]`."""
    values: dict[tuple[bool, Any], str] = {}
    may_be_null = False
    for arm in arms:
        if shapes.is_null(arm.value):
            may_be_null = True
            continue
        if not is_map(arm.value) or any(key in arm.value for key in ("$ref", "properties", "items", "allOf")):
            return None
        listed = [arm.value["const"]] if "const" in arm.value else arm.value.get("enum")
        if not is_list(listed) or not listed or not all(isinstance(v, (str, int, float)) for v in listed):
            return None
        said = arm.value.get("description") or arm.value.get("title") if len(listed) == 1 else None
        for value in listed:
            values.setdefault((isinstance(value, bool), value), said if isinstance(said, str) else "")
    if len(values) < 2:
        return None
    descriptions = tuple(values.values()) if any(values.values()) else ()
    inner = schemas.declare_enum(node, [value for _, value in values], descriptions)
    return Nullable(inner) if may_be_null else inner


def _declared(
    schemas: Schemas, node: Node, types: list[Type], arms: list[Node], renamed: dict[str, str] | None = None,
    owner: Node | None = None,
) -> Type:  # fmt: skip
    """The union of types, declared when decoding it needs a name."""
    inner = one_of(types)
    core = bare(inner)
    if not isinstance(core, Union):
        return inner
    if sum(is_object(schemas, arm) for arm in core.arms) < 2 and not schemas.contains_itself(node.address):
        return inner
    key, hint = schemas.key_for(node, "union")
    if hint is not None:
        description = schemas.reader.text(node, "description")
        schemas.declarations[key] = UnionOf(key, hint, core.arms, None, description)
        schemas.pending.append(PendingUnion(key, owner or node, arms, renamed or {}))
    return Nullable(Ref(key)) if isinstance(inner, Nullable) else Ref(key)


def is_object(schemas: Schemas, type_: Type) -> bool:
    """Whether values of the type are JSON objects, or may be."""
    match type_:
        case Ref(key):
            return schemas.kinds.get(key) != "enum"
        case MapOf():
            return True
        case _:
            return False


def combined(schemas: Schemas, node: Node, shape: shapes.Shape) -> Type:
    """Alternatives beside properties: a union of the alternatives, each with the properties.

    Where there is more than one such group, or what is in it is no object, everything becomes one object with optional
    properties, and a warning.
    """
    if not shape.alternatives:
        return objects.model_type(schemas, node, shape) if shape.properties else MapOf(Anything())
    first = shape.alternatives[0]
    arms = _spread(schemas, first.arms)
    found = [shapes.shape_of(schemas.reader, arm) for arm in arms if not shapes.is_null(arm.value)]
    simple = len(shape.alternatives) == 1 and 0 < len(found) <= MAX_ARMS and not shape.others
    if not simple or any(s.alternatives or s.others or not (s.properties or s.required) for s in found):
        return _optional(schemas, node, shape)
    hint = schemas.names.hint(node.address)
    types: list[Type] = []
    renamed: dict[str, str] = {}
    for index, arm in enumerate(arms):
        if shapes.is_null(arm.value):
            types.append(schemas.type_of(arm))
            continue
        own = shapes.shape_of(schemas.reader, arm)
        if "$ref" in arm.value and own.covers(shape):
            types.append(schemas.type_of(arm))
            continue
        whole = shape.copy()
        whole.include(own)
        key = f"{node.address}/{first.keyword}/{index}"
        words = (*hint.words, _word(schemas, arm, key))
        type_ = objects.model_type(schemas, arm, whole, key, NameHint(words, "derived"))
        types.append(type_)
        if "$ref" in arm.value:
            normal = schemas.type_of(arm)
            if isinstance(normal, Ref):
                renamed[normal.key] = key
    return _declared(schemas, node, types, arms, renamed, first.owner)


def _spread(schemas: Schemas, arms: list[Node], depth: int = 0) -> list[Node]:
    """Alternatives, with the alternatives of those that are nothing else."""
    found: list[Node] = []
    for arm in arms:
        schema = arm.value
        if is_map(schema) and depth < 4 and not any(key in schema for key in ("$ref", "properties", "allOf")):
            inner = shapes.alternatives(arm)
            if len(inner) == 1:
                found += _spread(schemas, inner[0][1], depth + 1)
                continue
        found.append(arm)
    return found


def _word(schemas: Schemas, arm: Node, key: str) -> str:
    if is_map(arm.value) and isinstance(arm.value.get("$ref"), str):
        return unescape(arm.value["$ref"].rsplit("/", 1)[-1])
    title = arm.value.get("title") if is_map(arm.value) else None
    return title if isinstance(title, str) and title else schemas.names.hint(key).words[-1]


def _optional(schemas: Schemas, node: Node, shape: shapes.Shape) -> Type:
    message = "alternatives beside properties or other alternatives: all properties become optional ones of one object"
    schemas.reader.warn("unsupported-schema", message, node.address)
    whole = shape.copy()
    waiting = [arm for group in shape.alternatives for arm in group.arms]
    seen: set[str] = set()
    while waiting:
        arm = waiting.pop(0)
        if arm.address not in seen:
            seen.add(arm.address)
            own = shapes.shape_of(schemas.reader, arm)
            for name, nodes in own.properties.items():
                known = whole.either.setdefault(name, [])
                known += [n for n in nodes if all(n.address != k.address for k in known)]
            waiting += [inner for group in own.alternatives for inner in group.arms]
    if not whole.properties and not whole.either:
        return one_of([schemas.type_of(arm) for group in shape.alternatives for arm in group.arms])
    return objects.model_type(schemas, node, whole)


def parent_union(schemas: Schemas, node: Node, family: Family) -> Type:
    """The union that a parent schema stands for where it is used as a type."""
    key, hint = schemas.key_for(node, "union")
    if hint is None:
        return Ref(key)
    schemas.remember(key, Ref(key))

    def read() -> None:
        types: list[Type] = []
        own: Type | None = None
        if family.itself:
            own = _own_model(schemas, node, family)
            types.append(own)
        # A child that is a parent too stands for its own children: they are told apart there.
        within = {inner for child in family.children for inner in schemas.parents.below(child.value["$ref"])}
        for child in family.children:
            if child.value["$ref"] not in within:
                types.append(schemas.type_of(child))
        arms = one_of(types or [_own_model(schemas, node, family)])
        description = schemas.reader.text(node, "description")
        found = arms.arms if isinstance(arms, Union) else (arms,)
        schemas.declarations[key] = UnionOf(key, hint, found, None, description)
        renamed = {key: own.key} if isinstance(own, Ref) else {}
        default = own.key if isinstance(own, Ref) and family.optional else None
        schemas.pending.append(PendingUnion(key, node, list(family.children), renamed, default))

    schemas.later(read)
    return Ref(key)


def _own_model(schemas: Schemas, node: Node, family: Family) -> Type:
    hint = schemas.names.hint(family.own_key)
    return objects.model_type(schemas, node, shapes.shape_of(schemas.reader, node), family.own_key, hint)


def tag_type(schemas: Schemas, type_: Type) -> Type:
    """The type of a property that tells alternatives apart: an enumeration of one value is that value."""
    match type_:
        case Nullable(inner):
            constant = tag_type(schemas, inner)
            return Nullable(constant) if not isinstance(constant, Nullable) else constant
        case Ref(key):
            enum = schemas.declarations.get(key)
            if isinstance(enum, Enum) and len(enum.values) == 1 and not isinstance(enum.values[0], float):
                return Const(enum.values[0])
            return type_
        case _:
            return type_
