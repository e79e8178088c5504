"""The normal form of a schema: a closed union of its kinds. `flatten` makes it, and `schemas` turns it into types.

A kind holds the nodes of what is inside of it, not their normal forms: schemas refer to one another in circles.
"""

from __future__ import annotations

from dataclasses import field
from typing import TypeAlias

from clientsmith.ir import ScalarKind
from clientsmith.load.document import Node
from clientsmith.parse.keywords import EnumValue
from clientsmith.parse.structures import Hierarchy, Structure
from clientsmith.records import dataclass


@dataclass(frozen=True, slots=True)
class _Schema:
    """What every kind has: the schema that it was read from, and whether null is allowed besides."""

    node: Node
    nullable: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class AnySchema(_Schema):
    """Any value: `{}`, `true`, or a schema that cannot be typed, which is reported."""


@dataclass(frozen=True, slots=True)
class ReferenceSchema(_Schema):
    """Whatever another schema is: the target of a `$ref`, the only part of an `allOf`, an item, a variant."""

    target: Node


@dataclass(frozen=True, slots=True)
class ConstSchema(_Schema):
    """One value: `const: card`."""

    value: str | int | bool


@dataclass(frozen=True, slots=True)
class EnumSchema(_Schema):
    """One of several values: an `enum`, or a `oneOf` of constants. `descriptions` by position, or none."""

    values: tuple[EnumValue, ...]
    descriptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScalarSchema(_Schema):
    """A string, number, boolean or null: `type: string, format: date`."""

    kind: ScalarKind


@dataclass(frozen=True, slots=True)
class ArraySchema(_Schema):
    """An array; `prefixItems` are variants of its item."""

    item: Schema


@dataclass(frozen=True, slots=True)
class MapSchema(_Schema):
    """An object without named properties."""

    value: Schema


@dataclass(frozen=True, slots=True)
class ObjectSchema(_Schema):
    """An object with named properties.

    Attributes:
        structure: its properties; `None` where they are all in `node`, to be gathered when the object is read.
        unique: whether it is declared at the address of `node` in any case, because `node` alone does not describe it.
    """

    structure: Structure | None = None
    unique: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceSchema(_Schema):
    """One of several kinds of value, without a name of its own: `type: [string, array]`."""

    members: tuple[Schema, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One member of a `oneOf` or `anyOf`.

    Attributes:
        node: its schema.
        structure: its properties with those beside the `oneOf`; `None`: the schema as it is.
        key: the address to declare that structure at.
    """

    node: Node
    structure: Structure | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class UnionSchema(_Schema):
    """A `oneOf` or `anyOf`. `owner` is the schema that holds it, and with it the discriminator."""

    owner: Node
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class IntersectionSchema(_Schema):
    """Several schemas that hold at once; `structure` is what they have in common if they turn out to be objects."""

    parts: tuple[Schema, ...]
    structure: Structure | None = None


@dataclass(frozen=True, slots=True)
class OverlapSchema(_Schema):
    """What several parts of an object state about the same property, or about its items."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class BaseSchema(_Schema):
    """A schema with a discriminator that others extend: a union of what is derived from it."""

    hierarchy: Hierarchy


Schema: TypeAlias = (
    AnySchema
    | ReferenceSchema
    | ConstSchema
    | EnumSchema
    | ScalarSchema
    | ArraySchema
    | MapSchema
    | ObjectSchema
    | ChoiceSchema
    | UnionSchema
    | IntersectionSchema
    | OverlapSchema
    | BaseSchema
)
