"""Objects: properties, maps, and `allOf` as one object.

Decides the fields of an object from what all of its parts say (`shapes`): in the order of the document, parents first.
A schema with one part that says something *is* that part
(`allOf: [{$ref: Job}]` with a description is `Job`). Reference siblings of OAS 3.1 are parts too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientsmith.ir import MISSING, Anything, Field, ListOf, MapOf, Model, NameHint, Ref, Type, Union
from clientsmith.load.document import Node, escape
from clientsmith.parse import intersections, metadata, plain, shapes, unions
from clientsmith.parse.intersections import bare, nullable, one_of
from clientsmith.parse.reading import is_list, is_map

if TYPE_CHECKING:
    from clientsmith.parse.schemas import Schemas

MAX_MERGED = 5_000
"""How many properties may be described by several schemas that have to be merged."""


def conjunction(schemas: Schemas, node: Node) -> Type:
    """The type of a schema with `allOf`, or with a `$ref` and siblings that say something."""
    schema: dict[str, Any] = node.value
    here = Node({"$ref": schema.get("$ref")}, f"{node.address}/$ref")
    parts = [here] if isinstance(schema.get("$ref"), str) else []
    parts += schemas.reader.members(node, "allOf") if "allOf" in schema else []
    own = {key: value for key, value in schema.items() if key not in {"allOf", "$ref", "nullable"}}
    kind = schema.get("type")
    may_be_null = schema.get("nullable") is True or (is_list(kind) and "null" in kind)
    strong = [part for part in parts if shapes.says_something(part.value)]
    if shapes.says_something(own):
        strong.append(Node(own, node.address))
    if not strong:
        typed = next((part.value["type"] for part in parts if is_map(part.value) and part.value.get("type")), None)
        if typed is not None and not own.get("type"):
            own = {**own, "type": typed}
        inner = plain.plain_type(schemas, Node(own, node.address))
    elif len(strong) == 1 and not schemas.parents.of(node.address):
        only = strong[0]
        inner = schemas.meaning(only) if only.address == node.address else schemas.type_of(only)
    else:
        inner = _merged(schemas, node, strong)
    return nullable(inner) if may_be_null else inner


def _merged(schemas: Schemas, node: Node, strong: list[Node]) -> Type:
    """The type of several parts that each say something."""
    shape = shapes.shape_of(schemas.reader, node)
    is_child = schemas.parents.of(node.address)
    if not shape.properties and not is_child:
        telling = [part for part in strong if shapes.says_something({**part.value, "required": None})]
        types = [schemas.meaning(p) if p.address == node.address else schemas.type_of(p) for p in telling]
        if sum(unions.is_object(schemas, bare(type_)) for type_ in types) < 2:
            return narrowed(schemas, types, node.address, strong[-1].address) if types else MapOf(Anything())
    if shape.alternatives:
        return unions.combined(schemas, node, shape)
    if shape.properties or is_child:
        for other in shape.others[:1]:
            message = "parts of 'allOf' are objects, and this one is not: it is left out"
            schemas.reader.warn("conflicting-all-of", message, other.address, also=[("the whole", node.address)])
        return model_type(schemas, node, shape)
    return MapOf(one_of([schemas.type_of(n) for n in shape.additional]) if shape.additional else Anything())


def narrowed(schemas: Schemas, types: list[Type], address: str, last: str) -> Type:
    """The type that satisfies all; where there is none, the last, with a warning."""
    found = types[0]
    for other in types[1:]:
        both = intersections.narrower(schemas.declarations, found, other)
        if both is None:
            message = "parts of 'allOf' contradict one another: the last one counts"
            schemas.reader.warn("conflicting-all-of", message, last, also=[("the whole", address)])
        found = other if both is None else both
    return found


def object_type(schemas: Schemas, node: Node) -> Type:
    """The type of `type: object`, without `allOf`: a model or a map."""
    reader, schema = schemas.reader, node.value
    properties = reader.mapping_at(node, "properties") if "properties" in schema else None
    if properties is not None and properties.value:
        return model_type(schemas, node, None)
    values = [reader_value for _, reader_value in reader.entries(node, "patternProperties")]
    shape = shapes.Shape()
    shapes.gather_required(reader, node, shape)
    for name, address in shape.required.items():
        reader.warn("required-without-property", f"{name!r} is required, but there is no such property", address)
    additional = schema.get("additionalProperties")
    values += shapes.additional_of(node)
    if "additionalProperties" in schema and not isinstance(additional, bool) and not is_map(additional):
        reader.mapping_at(node, "additionalProperties")
    return MapOf(one_of([schemas.type_of(value) for value in values]) if values else Anything())


def model_type(
    schemas: Schemas, node: Node, shape: shapes.Shape | None, key: str | None = None, hint: NameHint | None = None
) -> Type:
    """Declare a model; its fields are read later.

    Args:
        schemas: where it is declared.
        node: the schema.
        shape: what it has; `None`: to be gathered from the node.
        key: its key, where that is not its address.
        hint: its name, with `key`.
    """
    if key is None:
        key, hint = schemas.key_for(node, "model")
        if hint is None:
            return Ref(key)
    elif key in schemas.kinds:
        return Ref(key)
    assert hint is not None
    schemas.kinds[key] = "model"
    made = key, hint

    def read() -> None:
        schemas.declarations[made[0]] = _model(schemas, node, shape or shapes.shape_of(schemas.reader, node), *made)

    schemas.later(read)
    return Ref(key)


def _model(schemas: Schemas, node: Node, shape: shapes.Shape, key: str, hint: NameHint) -> Model:
    for name, address in shape.required.items():
        if name not in shape.properties and name not in shape.either:
            message = f"{name!r} is required, but there is no such property"
            schemas.reader.warn("required-without-property", message, address)
    names = dict.fromkeys((*shape.properties, *shape.either))
    fields = tuple(_field(schemas, name, shape, key) for name in names)
    additional = one_of([schemas.type_of(n) for n in shape.additional]) if shape.additional else Anything()
    said = metadata.of(schemas.reader, [node], through=True)
    return Model(key, hint, fields, additional, said.text("description"), said.flag("deprecated"))


def _field(schemas: Schemas, name: str, shape: shapes.Shape, key: str) -> Field:
    nodes = shape.properties.get(name) or shape.either[name]
    node = nodes[-1]
    if name in shape.either:
        type_ = _either(schemas, [*shape.properties.get(name, ()), *shape.either[name]])
    else:
        type_ = schemas.type_of(node) if len(nodes) == 1 else _property_type(schemas, nodes, key, name)
    if name in shape.tags:
        type_ = unions.tag_type(schemas, type_)
    if len(nodes) == 1 and metadata.is_silent(node.value):
        return Field(name, type_, node.address, name in shape.required)
    said = metadata.of(schemas.reader, nodes, through=not isinstance(bare(type_), Ref))
    draft_3 = is_map(node.value) and node.value.get("required") is True
    if draft_3:
        schemas.reader.warn("wrong-type", "'required' should be a list in the object, not a boolean in the property",
                            f"{node.address}/required")  # fmt: skip
    keys = said.keys()
    return Field(
        wire=name,
        type=type_,
        address=node.address,
        required=name in shape.required or draft_3,
        default=metadata.default(schemas, said, type_) if "default" in keys else MISSING,
        description=said.text("description") if "description" in keys else "",
        deprecated=said.flag("deprecated") if "deprecated" in keys else False,
        read_only=said.flag("readOnly") if "readOnly" in keys else False,
        write_only=said.flag("writeOnly") if "writeOnly" in keys else False,
        example=said.example() if "examples" in keys or "example" in keys else MISSING,
    )


def _either(schemas: Schemas, nodes: list[Node]) -> Type:
    """The type of a property that alternatives describe differently; of several objects nothing is known."""
    inner = one_of([schemas.type_of(node) for node in nodes])
    core = bare(inner)
    several = isinstance(core, Union) and sum(unions.is_object(schemas, arm) for arm in core.arms) > 1
    return Anything() if several else inner


def _property_type(schemas: Schemas, nodes: list[Node], key: str, name: str) -> Type:
    """The type of a property that several parts of an object describe: all of them together."""
    if all(_stands_alone(node) for node in nodes):
        types = list(dict.fromkeys(schemas.type_of(node) for node in nodes))
        if len(types) == 1:
            return types[0]
    telling = [node for node in nodes if shapes.says_something(node.value) or not _is_any_object(node.value)]
    if len(telling) == 1:
        return schemas.type_of(telling[0])
    address = f"{key}/properties/{escape(name)}"
    return _together(schemas, nodes, Node(nodes[-1].value, address))


def _together(schemas: Schemas, nodes: list[Node], whole: Node) -> Type:
    """The type of what several schemas describe; `whole` has the address under which it is declared, if it is.

    The same schemas together are the same type: what is described twice and contains itself comes to an end.
    """
    parts = tuple(_meant(schemas, node).address for node in nodes)
    known = schemas.merged.get(parts)
    if known is None:
        schemas.merged[parts] = Anything()
        if len(schemas.merged) > MAX_MERGED:
            message = "too many schemas describe the same things in too many ways: any value is let through"
            schemas.reader.warn("recursive-type", message, nodes[-1].address)
            return Anything()
        known = schemas.merged[parts] = _merge(schemas, nodes, whole)
    return known


def _meant(schemas: Schemas, node: Node) -> Node:
    """The schema, or what it refers to when it says nothing besides."""
    for _ in range(shapes.MAX_PARTS):
        if not is_map(node.value) or node.value.keys() != {"$ref"}:
            break
        target = schemas.reader.target(node) if isinstance(node.value["$ref"], str) else None
        if target is None:
            break
        node = target
    return node


def _merge(schemas: Schemas, nodes: list[Node], whole: Node) -> Type:
    shape = shapes.Shape()
    for node in nodes:
        shapes.gather(schemas.reader, node, shape, ())
    if shape.properties and not shape.others:
        if shape.alternatives:
            return unions.combined(schemas, whole, shape)
        return model_type(schemas, whole, shape, whole.address, schemas.names.hint(whole.address))
    items = [other.child("items") for other in shape.others if is_map(other.value.get("items"))]
    if len(items) == len(nodes) and not shape.properties and not shape.alternatives:
        if all(_stands_alone(item) for item in items) and len({item.value["$ref"] for item in items}) == 1:
            return ListOf(schemas.type_of(items[-1]))
        return ListOf(_together(schemas, items, Node(items[-1].value, f"{whole.address}/items")))
    return narrowed(schemas, [schemas.type_of(node) for node in nodes], whole.address, nodes[-1].address)


def _is_any_object(schema: Any) -> bool:
    return is_map(schema) and schema.get("type", "object") == "object"


def _stands_alone(node: Node) -> bool:
    """Whether the schema is a reference, so that reading it declares nothing new."""
    return is_map(node.value) and isinstance(node.value.get("$ref"), str)
