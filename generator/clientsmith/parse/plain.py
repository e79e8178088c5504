"""Schemas that combine nothing: constants, enumerations, scalars, lists; objects by `objects`.

Decides what `const`, `enum`, `type` and `items` come to. What `format` and the spellings of `type` mean: `scalars`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientsmith.ir import Anything, Const, ListOf, Scalar, Type
from clientsmith.load.document import Node
from clientsmith.parse import objects, scalars
from clientsmith.parse.intersections import nullable, one_of
from clientsmith.parse.reading import is_list

if TYPE_CHECKING:
    from clientsmith.parse.schemas import Schemas

_CONDITIONS = ("not", "if", "then", "else", "dependentSchemas", "contains")


def plain_type(schemas: Schemas, node: Node) -> Type:
    """A schema without `allOf`, `oneOf`, `anyOf` and `$ref`."""
    schema: dict[str, Any] = node.value
    if "const" in schema:
        return _constant(schemas, node, schema["const"])
    if "enum" in schema:
        listed = scalars.enum_values(schemas.reader, node)
        if listed is not None and (listed[0] or listed[1]):
            inner = _enum(schemas, node, listed[0]) if listed[0] else Scalar("null")
            return nullable(inner) if listed[1] or schema.get("nullable") is True else inner
    kinds, may_be_null = scalars.kinds_of(schemas.reader, node)
    if not kinds and "discriminator" in schema:
        kinds = ["object"]
    if not kinds:
        told = [key for key in _CONDITIONS if key in schema]
        if told and "type" not in schema:
            message = f"{told[0]!r} is all that the schema says, and is not read: any value is let through"
            schemas.reader.warn("unsupported-schema", message, node.address)
        return Anything()
    if "number" in kinds and "integer" in kinds:
        kinds.remove("integer")
    if {"string", "number", "boolean", "array", "object"} <= set(kinds):
        return Anything()
    inner = one_of([_of_kind(schemas, node, kind) for kind in kinds])
    return nullable(inner) if may_be_null else inner


def _of_kind(schemas: Schemas, node: Node, kind: str) -> Type:
    match kind:
        case "object":
            return objects.object_type(schemas, node)
        case "array":
            return _list(schemas, node)
        case _:
            return scalars.scalar(kind, node.value)


def _list(schemas: Schemas, node: Node) -> Type:
    schema: dict[str, Any] = node.value
    key = "prefixItems" if is_list(schema.get("prefixItems")) else "items"
    rest = schema.get("items")
    if is_list(schema.get(key)):
        arms = [schemas.type_of(member) for member in schemas.reader.members(node, key)]
        if key == "prefixItems" and rest is not None and rest is not False:
            arms.append(schemas.type_of(node.child("items")))
        return ListOf(one_of(arms) if arms else Anything())
    if "items" not in schema:
        message = "a list without 'items': its items may be anything"
        schemas.reader.warn("array-without-items", message, node.address)
        return ListOf(Anything())
    return ListOf(schemas.type_of(node.child("items")))


def _constant(schemas: Schemas, node: Node, value: Any) -> Type:
    if value is None:
        return Scalar("null")
    if isinstance(value, (str, bool, int)):
        constant = Const(value)
        return nullable(constant) if node.value.get("nullable") is True else constant
    if isinstance(value, float):
        return Const(int(value)) if value.is_integer() else Scalar("number")
    schemas.reader.warn("unsupported-schema", "a 'const' of an object or a list: its value is not checked",
                     node.address)  # fmt: skip
    return plain_type(schemas, Node({k: v for k, v in node.value.items() if k != "const"}, node.address))


def _enum(schemas: Schemas, node: Node, values: list[str | int | float | bool]) -> Type:
    if all(isinstance(value, bool) for value in values) and len(values) == 2:
        return Scalar("boolean")
    return schemas.declare_enum(node, values, scalars.value_descriptions(node.value, values))
