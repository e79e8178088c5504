"""The normal form of a schema: one of a closed union, whichever keywords the document wrote it with.

JSON Schema allows keywords beside one another, and documents make use of it. Which of them counts is decided here and
nowhere else; no type is made. `schemas` turns the normal form into types with one `match`. The priorities:

    $ref               alone, or with annotations: the schema it refers to. With siblings that constrain it (OAS 3.1):
                       a part, like those of allOf. Before 3.1 siblings count for null only
    discriminator      if other schemas extend this one by allOf: a base schema, whatever else it states
    allOf              one part that constrains: that part. Several: an object, or an intersection
    oneOf, anyOf       beside enum, const or items: ignored. Beside properties or one another: one object for each
                       variant. All variants list values: one enumeration. Otherwise a union
    $dynamicRef        the schema with the anchor
    const, then enum   the values, whatever the type; those of an enum are read as the type wants them
    type               several types are a union. Without type: implied by properties, items, format ...

Null is allowed by `nullable: true`, by `null` among the types or values, or by a variant that is null.
"""

from __future__ import annotations

from typing import Any, assert_never

from clientsmith.ir import ScalarKind
from clientsmith.load.document import Node
from clientsmith.parse import keywords
from clientsmith.parse.chains import Chains
from clientsmith.parse.keywords import EnumValue, states_null
from clientsmith.parse.normal import (
    AnySchema,
    ArraySchema,
    BaseSchema,
    ChoiceSchema,
    ConstSchema,
    EnumSchema,
    IntersectionSchema,
    MapSchema,
    ObjectSchema,
    OverlapSchema,
    ReferenceSchema,
    ScalarSchema,
    Schema,
    UnionSchema,
    Variant,
)
from clientsmith.parse.reading import Reader, is_list, is_map, kind_name
from clientsmith.parse.structures import (
    Alternatives,
    Hierarchies,
    Structure,
    additional_schemas,
    alternatives_of,
    constrains,
    is_null,
    required_names,
    structure_of,
)
from clientsmith.records import replace

MAX_VARIANTS = 64
"""Up to how many variants are combined with the properties beside them, one object each."""

_SCALARS: dict[str, ScalarKind] = {"string": "string", "integer": "integer", "number": "number", "boolean": "boolean"}
_COMPLEX = frozenset({"enum", "const", "allOf", "oneOf", "anyOf", "nullable", "$ref", "$dynamicRef"})
"""Keywords beside a scalar `type` that change what the schema is."""
_CONDITIONS = ("not", "if", "then", "else", "dependentSchemas", "contains")

# ------------------------------------------------------------------------------------------------------- flattening


class Flattener:
    """Gives schemas of one document their normal form.

    Args:
        reader: of the document.
        hierarchies: which schemas are extended by others.
    """

    def __init__(self, reader: Reader, hierarchies: Hierarchies) -> None:
        self.reader = reader
        self.hierarchies = hierarchies
        self._chains = Chains(reader)

    def simple(self, node: Node) -> Schema | None:
        """Returns the normal form of a scalar, a reference or a boolean schema; `None` for one that has to be read.

        These need not be remembered, and can be no part of a circle.
        """
        schema = node.value
        if not is_map(schema):
            return self._boolean(node)
        written = schema.get("type")
        kind = _SCALARS.get(written) if isinstance(written, str) else None
        if kind is not None and _COMPLEX.isdisjoint(schema):
            return ScalarSchema(node, keywords.string_kind(schema) if kind == "string" else kind)
        return self.reference(node) if isinstance(schema.get("$ref"), str) else None

    def flatten(self, node: Node) -> Schema:
        """Returns the normal form of a schema. Never fails: what cannot be read is `AnySchema`, with a warning."""
        schema = node.value
        if not is_map(schema):
            return self._boolean(node)
        if isinstance(schema.get("$ref"), str):
            return self.reference(node) or self._conjunction(node)
        if "discriminator" in schema or "allOf" in schema:
            hierarchy = self.hierarchies.hierarchy_of(node)
            if hierarchy is not None:
                return BaseSchema(node, hierarchy)
        if is_list(schema.get("allOf")) and schema["allOf"]:
            return self._conjunction(node)
        if ("oneOf" in schema or "anyOf" in schema) and (groups := alternatives_of(node)):
            return self._alternatives(node, groups)
        if isinstance(schema.get("$dynamicRef"), str):
            return self._dynamic(node)
        for key in ("allOf", "oneOf", "anyOf"):
            # None of them lists anything; where they are not even lists, that is reported.
            self.reader.members(node, key)
        return self._uncombined(node)

    def _boolean(self, node: Node) -> Schema:
        if node.value is False:
            self.reader.warn("untyped", "the schema 'false' allows no value: typed as 'Any'", node.address)
        elif node.value is not True:
            what = kind_name(node.value)
            self.reader.warn("wrong-type", f"a schema should be a mapping or a boolean, not {what}", node.address)
        return AnySchema(node)

    # ------------------------------------------------------------------------------------------------- references

    def reference(self, node: Node) -> ReferenceSchema | AnySchema | None:
        """Returns what a schema with `$ref` refers to at last; `None` where its siblings constrain it too.

        Dangling references, and circles that consist of references, are reported by the loader.
        """
        if self._chains.is_end(node.value):
            return None
        end = self._chains.end_of(node)
        return ReferenceSchema(node, end[0], nullable=end[1]) if end is not None else AnySchema(node)

    def _dynamic(self, node: Node) -> Schema:
        target = _dynamic_target(self.reader, node)
        if target is not None:
            return ReferenceSchema(node, target)
        message = f"no component has the anchor of '$dynamicRef' {node.value['$dynamicRef']!r}: typed as 'Any'"
        self.reader.warn("unsupported-schema", message, node.address)
        return AnySchema(node)

    # ------------------------------------------------------------------------------------------------------ allOf

    def _conjunction(self, node: Node) -> Schema:
        """Returns the normal form of a schema with `allOf`, or with a `$ref` and siblings that constrain it."""
        schema: dict[str, Any] = node.value
        here = Node({"$ref": schema.get("$ref")}, f"{node.address}/$ref")
        parts = [here] if isinstance(schema.get("$ref"), str) else []
        parts += self.reader.members(node, "allOf")
        own = {key: value for key, value in schema.items() if key not in {"allOf", "$ref", "nullable"}}
        stating = [part for part in parts if constrains(part.value)]
        if constrains(own):
            stating.append(Node(own, node.address))
        made: Schema
        if not stating:
            typed = next((part.value["type"] for part in parts if is_map(part.value) and part.value.get("type")), None)
            if typed is not None and not own.get("type"):
                own = {**own, "type": typed}
            made = self._uncombined(Node(own, node.address))
        elif len(stating) == 1 and not self.hierarchies.extends(node.address):
            made = self._part(node, stating[0])
        else:
            made = self._together(node, stating)
        return _or_null(made, states_null(schema))

    def _part(self, whole: Node, part: Node) -> Schema:
        """Returns a part of a conjunction: the keywords beside `allOf`, at the address of the whole, or a member."""
        return self.flatten(part) if part.address == whole.address else _at(part)

    def _together(self, node: Node, parts: list[Node]) -> Schema:
        structure = structure_of(self.reader, node)
        if structure.properties or self.hierarchies.extends(node.address):
            return self.object_of(node, structure)
        # `required` alone asks for properties, and none of the parts has any.
        stating = [part for part in parts if constrains({**part.value, "required": None})]
        found = tuple(self._part(node, part) for part in stating)
        return IntersectionSchema(node, found, structure) if found else MapSchema(node, AnySchema(node))

    def object_of(self, node: Node, structure: Structure) -> Schema:
        """Returns the normal form of an object of several parts, alternatives beside its properties included."""
        if structure.alternatives:
            return self._combined(node, structure)
        if not structure.properties and not self.hierarchies.extends(node.address):
            return MapSchema(node, _one_of(node, structure.additional))
        for other in structure.others[:1]:
            message = "this member of 'allOf' is not an object, as others are: it is ignored"
            self.reader.warn("conflicting-all-of", message, other.address, also=[("the whole", node.address)])
        return ObjectSchema(node, structure)

    def overlap(self, overlap: OverlapSchema) -> Schema:
        """Returns what several schemas state together about one property: one object, one array, or an intersection."""
        node, parts = overlap.node, overlap.parts
        structure = structure_of(self.reader, *parts)
        if structure.properties and not structure.others:
            if structure.alternatives:
                return self._combined(node, structure)
            return ObjectSchema(node, structure, unique=True)
        items = [other.child("items") for other in structure.others if is_map(other.value.get("items"))]
        if len(items) == len(parts) and not structure.properties and not structure.alternatives:
            if all(is_reference(item) for item in items) and len({item.value["$ref"] for item in items}) == 1:
                return ArraySchema(node, _at(items[-1]))
            whole = Node(items[-1].value, f"{node.address}/items")
            return ArraySchema(node, OverlapSchema(whole, tuple(items)))
        return IntersectionSchema(node, tuple(_at(part) for part in parts))

    # ----------------------------------------------------------------------------------------------- oneOf, anyOf

    def _alternatives(self, node: Node, groups: list[Alternatives]) -> Schema:
        """Returns the normal form of a schema with `oneOf` or `anyOf`."""
        schema: dict[str, Any] = node.value
        base = {key: value for key, value in schema.items() if key not in {"oneOf", "anyOf", "discriminator"}}
        made: Schema
        if "enum" in base or "const" in base or "items" in base:
            made = self._uncombined(Node(base, node.address))
        elif len(groups) > 1 or base.get("properties") or base.get("patternProperties"):
            made = self._combined(node, structure_of(self.reader, node))
        else:
            members = [_with_type(member, base) for member in groups[0].members]
            variants = tuple(Variant(member) for member in members)
            made = _enumeration(node, members) or UnionSchema(node, node, variants)
        return _or_null(made, states_null(schema))

    def _combined(self, node: Node, structure: Structure) -> Schema:
        """Returns a union of the variants, each with the properties beside them.

        Where there is more than one group of alternatives, or a variant is not an object, all becomes one object with
        optional properties, which is reported.
        """
        if not structure.alternatives:
            return ObjectSchema(node, structure) if structure.properties else MapSchema(node, AnySchema(node))
        first = structure.alternatives[0]
        members = _spread(first.members)
        objects = [structure_of(self.reader, member) for member in members if not is_null(member.value)]
        simple = len(structure.alternatives) == 1 and 0 < len(objects) <= MAX_VARIANTS and not structure.others
        if not simple or any(o.alternatives or o.others or not (o.properties or o.required) for o in objects):
            return self._optional(node, structure)
        variants: list[Variant] = []
        for index, member in enumerate(members):
            own = structure_of(self.reader, member)
            if is_null(member.value) or ("$ref" in member.value and own.covers(structure)):
                variants.append(Variant(member))
            else:
                whole = structure.copy()
                whole.include(own)
                variants.append(Variant(member, whole, f"{node.address}/{first.keyword}/{index}"))
        return UnionSchema(node, first.owner, tuple(variants))

    def _optional(self, node: Node, structure: Structure) -> Schema:
        message = "'oneOf' or 'anyOf' beside properties or one another: read as one object with optional properties"
        self.reader.warn("unsupported-schema", message, node.address)
        whole = structure.copy()
        waiting = [member for group in structure.alternatives for member in group.members]
        seen: set[str] = set()
        while waiting:
            member = waiting.pop(0)
            if member.address in seen:
                continue
            seen.add(member.address)
            own = structure_of(self.reader, member)
            for name, nodes in own.properties.items():
                known = whole.varying.setdefault(name, [])
                known += [n for n in nodes if all(n.address != k.address for k in known)]
            waiting += [inner for group in own.alternatives for inner in group.members]
        if whole.properties or whole.varying:
            return ObjectSchema(node, whole)
        return _one_of(node, [member for group in structure.alternatives for member in group.members])

    # ------------------------------------------------------------------------------------------ const, enum, type

    def _uncombined(self, node: Node) -> Schema:
        """Returns the normal form of a schema without `$ref`, and without `allOf`, `oneOf` or `anyOf` that count."""
        schema: dict[str, Any] = node.value
        if "const" in schema:
            return self._constant(node)
        if "enum" in schema:
            listed = keywords.enum_values(self.reader, node)
            if listed is not None and (listed[0] or listed[1]):
                values, with_null = listed
                if not values:
                    return ScalarSchema(node, "null")
                return _or_null(self._listed(node, values), with_null or schema.get("nullable") is True)
        kinds, may_be_null = keywords.kinds_of(self.reader, node)
        if not kinds and "discriminator" in schema:
            kinds.append("object")
        if not kinds:
            self._report_conditions(node)
            return AnySchema(node)
        if "number" in kinds and "integer" in kinds:
            kinds.remove("integer")
        if {"string", "number", "boolean", "array", "object"} <= set(kinds):
            return AnySchema(node)
        if len(kinds) == 1:
            return self._of_kind(node, kinds[0], may_be_null)
        return ChoiceSchema(node, tuple(self._of_kind(node, kind, False) for kind in kinds), nullable=may_be_null)

    def _report_conditions(self, node: Node) -> None:
        unread = [key for key in _CONDITIONS if key in node.value]
        if unread and "type" not in node.value:
            message = f"the schema consists of {unread[0]!r}, which is not supported: typed as 'Any'"
            self.reader.warn("unsupported-schema", message, node.address)

    def _constant(self, node: Node) -> Schema:
        value, may_be_null = node.value["const"], node.value.get("nullable") is True
        if value is None:
            return ScalarSchema(node, "null")
        if isinstance(value, (str, bool, int)):
            return ConstSchema(node, value, nullable=may_be_null)
        if isinstance(value, float):
            exact = ConstSchema(node, int(value)) if value.is_integer() else ScalarSchema(node, "number")
            return _or_null(exact, may_be_null)
        message = "the value of a 'const' that is an object or a list is not checked"
        self.reader.warn("unsupported-schema", message, node.address)
        return self._uncombined(Node({k: v for k, v in node.value.items() if k != "const"}, node.address))

    def _listed(self, node: Node, values: tuple[EnumValue, ...]) -> Schema:
        if len(values) == 2 and all(isinstance(value, bool) for value in values):
            return ScalarSchema(node, "boolean")
        return EnumSchema(node, values, keywords.value_descriptions(node.value, values))

    def _of_kind(self, node: Node, kind: keywords.Kind, may_be_null: bool) -> Schema:
        match kind:
            case "object":
                return _or_null(self._object(node), may_be_null)
            case "array":
                return _or_null(self._array(node), may_be_null)
            case "string":
                return ScalarSchema(node, keywords.string_kind(node.value), nullable=may_be_null)
            case "integer" | "number" | "boolean" | "null":
                return ScalarSchema(node, kind, nullable=may_be_null)
            case "file":
                return ScalarSchema(node, "binary", nullable=may_be_null)
            case _:
                assert_never(kind)

    def _array(self, node: Node) -> Schema:
        schema: dict[str, Any] = node.value
        key = "prefixItems" if is_list(schema.get("prefixItems")) else "items"
        rest = schema.get("items")
        if is_list(schema.get(key)):
            items = self.reader.members(node, key)
            if key == "prefixItems" and rest is not None and rest is not False:
                items.append(node.child("items"))
            return ArraySchema(node, _one_of(node, items))
        if "items" not in schema:
            message = "an array without 'items': its items are typed as 'Any'"
            self.reader.warn("array-without-items", message, node.address)
            return ArraySchema(node, AnySchema(node))
        return ArraySchema(node, _at(node.child("items")))

    def _object(self, node: Node) -> Schema:
        reader, schema = self.reader, node.value
        if reader.entries(node, "properties"):
            return ObjectSchema(node)
        for name, address in required_names(reader, node).items():
            reader.warn("required-without-property", f"{name!r} is required but not defined", address)
        additional = schema.get("additionalProperties")
        if "additionalProperties" in schema and not isinstance(additional, bool) and not is_map(additional):
            reader.mapping_at(node, "additionalProperties")
        values = [value for _, value in reader.entries(node, "patternProperties")] + additional_schemas(node)
        return MapSchema(node, _one_of(node, values))


# ------------------------------------------------------------------------------------------------------------- parts


def is_reference(node: Node) -> bool:
    """Returns whether the schema is a `$ref`, so that reading it declares nothing new."""
    return is_map(node.value) and isinstance(node.value.get("$ref"), str)


def is_union(schema: Any) -> bool:
    """Returns whether a schema lists types or variants itself, so that it can be declared where it contains itself."""
    if not is_map(schema):
        return False
    kinds = schema.get("type")
    if is_list(kinds) and len([kind for kind in kinds if kind != "null"]) > 1:
        return True
    groups = (schema.get("oneOf"), schema.get("anyOf"))
    return any(is_list(members) and sum(not is_null(member) for member in members) > 1 for members in groups)


def allows_null(schema: dict[str, Any]) -> bool:
    """Returns whether a schema allows null by keywords of its own."""
    if states_null(schema):
        return True
    groups = [schema.get(keyword) for keyword in ("oneOf", "anyOf")]
    return any(is_null(member) for group in groups if is_list(group) for member in group)


def _at(node: Node) -> ReferenceSchema:
    """Returns the schema at a node, as a part of another one."""
    return ReferenceSchema(node, node)


def _one_of(node: Node, members: list[Node]) -> Schema:
    """Returns one of the schemas at several nodes; any value, if there are none."""
    if len(members) < 2:
        return _at(members[0]) if members else AnySchema(node)
    return ChoiceSchema(node, tuple(_at(member) for member in members))


def _or_null(schema: Schema, may_be_null: bool) -> Schema:
    return replace(schema, nullable=True) if may_be_null and not schema.nullable else schema


def _with_type(member: Node, base: dict[str, Any]) -> Node:
    """Returns a variant with the `type` beside the `oneOf`, where it has none of its own."""
    kind = base.get("type")
    if kind is None or kind == "object" or not is_map(member.value):
        return member
    if any(key in member.value for key in ("type", "$ref", "allOf", "oneOf", "anyOf", "properties", "$dynamicRef")):
        return member
    return Node({"type": kind, **member.value}, member.address)


def _enumeration(node: Node, members: list[Node]) -> EnumSchema | None:
    """Returns one enumeration, where every variant lists values: `oneOf: [{const: a, title: ...}, {const: b}]`."""
    values: dict[tuple[bool, Any], str] = {}
    may_be_null = False
    for member in members:
        if is_null(member.value):
            may_be_null = True
            continue
        if not is_map(member.value) or any(key in member.value for key in ("$ref", "properties", "items", "allOf")):
            return None
        listed = [member.value["const"]] if "const" in member.value else member.value.get("enum")
        if not is_list(listed) or not listed or not all(isinstance(v, (str, int, float)) for v in listed):
            return None
        text = member.value.get("description") or member.value.get("title") if len(listed) == 1 else None
        for value in listed:
            values.setdefault((isinstance(value, bool), value), text if isinstance(text, str) else "")
    if len(values) < 2:
        return None
    descriptions = tuple(values.values()) if any(values.values()) else ()
    return EnumSchema(node, tuple(value for _, value in values), descriptions, nullable=may_be_null)


def _spread(members: tuple[Node, ...], depth: int = 0) -> list[Node]:
    """Returns variants, and in place of a variant that consists of a `oneOf` the variants of that."""
    found: list[Node] = []
    for member in members:
        schema = member.value
        if is_map(schema) and depth < 4 and not any(key in schema for key in ("$ref", "properties", "allOf")):
            inner = alternatives_of(member)
            if len(inner) == 1:
                found += _spread(inner[0].members, depth + 1)
                continue
        found.append(member)
    return found


def _dynamic_target(reader: Reader, node: Node) -> Node | None:
    """Returns the component with the `$dynamicAnchor` that a `$dynamicRef` names; overriding it is not supported."""
    anchor = node.value["$dynamicRef"].rpartition("#")[2]
    try:
        components = reader.document.at("#/components/schemas")
    except LookupError:
        return None
    if not is_map(components.value):
        return None
    for name in components.value:
        found = components.child(name)
        if is_map(found.value) and anchor in (found.value.get("$dynamicAnchor"), found.value.get("$anchor")):
            return found
    return None
