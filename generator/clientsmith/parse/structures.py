"""What `allOf` makes of schemas: the structure of one object from all of its parts, and hierarchies of several objects.

    Pet: {discriminator: {propertyName: kind}, ...}      Cat: {allOf: [{$ref: Pet}, {properties: ...}]}

Decides, without making a type, which properties an object has with `allOf` flattened and references followed, which are
required, and which alternatives (`oneOf`, `anyOf`) stand beside them; and which schemas are derived from a base schema
with a `discriminator`, over all generations. `flatten` decides what kind of schema the result is.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any

from clientsmith.load.document import Node, escape
from clientsmith.parse.reading import Reader, is_list, is_map
from clientsmith.records import dataclass

MAX_PARTS = 64
"""How deep `allOf` may be nested in `allOf`."""

MAX_INLINE = 4
"""How deep inline parts of `allOf` are searched for references to base schemas."""

_CONSTRAINING = (
    "$ref", "$dynamicRef", "properties", "allOf", "oneOf", "anyOf", "enum", "required", "format", "prefixItems",
    "patternProperties", "contentEncoding", "contentMediaType", "discriminator",
)  # fmt: skip
"""Keywords that constrain a type wherever their value is not empty."""

_DISTINGUISHING = (
    "$ref", "$dynamicRef", "properties", "allOf", "oneOf", "anyOf", "enum", "const", "items", "prefixItems", "format",
    "patternProperties", "additionalProperties", "unevaluatedProperties", "contentEncoding", "contentMediaType",
    "nullable",
)  # fmt: skip
"""Keywords that make a member of `oneOf` or `anyOf` a variant; one with `required` alone is only a condition."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """A `oneOf` or `anyOf` with variants in it, and the schema that it was found in."""

    keyword: str
    members: tuple[Node, ...]
    owner: Node


@dataclass(slots=True)
class Structure:
    """Everything that the parts of one object state, in the order of the document.

    Attributes:
        properties: their schemas by name: several, where several parts describe the property.
        required: names of required properties, each with the address at which it is listed.
        additional: schemas of the properties that are not named.
        open: whether it is written that there may be such properties.
        alternatives: every `oneOf` and `anyOf` beside the properties.
        others: parts that are not objects.
        tags: properties that a discriminator reads.
        varying: properties that only some alternatives have, where the alternatives do not become variants.
        seen: addresses of the parts.
    """

    properties: dict[str, list[Node]] = field(default_factory=dict[str, list[Node]])
    required: dict[str, str] = field(default_factory=dict[str, str])
    additional: list[Node] = field(default_factory=list[Node])
    open: bool = False
    alternatives: list[Alternatives] = field(default_factory=list[Alternatives])
    others: list[Node] = field(default_factory=list[Node])
    tags: set[str] = field(default_factory=set[str])
    varying: dict[str, list[Node]] = field(default_factory=dict[str, list[Node]])
    seen: set[str] = field(default_factory=set[str])

    def include(self, other: Structure) -> None:
        """Add what another object states after what this one states."""
        for name, nodes in other.properties.items():
            known = self.properties.setdefault(name, [])
            known.extend(node for node in nodes if all(node.address != k.address for k in known))
        self.required.update(other.required)
        self.additional.extend(other.additional)
        self.open = self.open or other.open
        self.others.extend(other.others)
        self.tags |= other.tags

    def covers(self, other: Structure) -> bool:
        """Returns whether this object has, and requires, everything that the other one has and requires."""
        return other.properties.keys() <= self.properties.keys() and other.required.keys() <= self.required.keys()

    def copy(self) -> Structure:
        """Returns the same structure without its alternatives."""
        twin = Structure(tags=set(self.tags), seen=set(self.seen))
        twin.include(self)
        return twin


def structure_of(reader: Reader, *nodes: Node) -> Structure:
    """Returns the structure of an object that one schema describes, or several together."""
    structure = Structure()
    for node in nodes:
        _gather(reader, node, structure, ())
    return structure


def _gather(reader: Reader, node: Node, structure: Structure, trail: tuple[str, ...]) -> None:
    schema = node.value
    if not is_map(schema):
        return
    if node.address in trail or len(trail) > MAX_PARTS:
        message = "the schema contains itself through 'allOf': the inner occurrence is ignored"
        reader.warn("circular-all-of", message, trail[-1], also=[("the schema", node.address)])
        return
    if node.address in structure.seen:
        return
    structure.seen.add(node.address)
    trail = (*trail, node.address)
    if isinstance(schema.get("$ref"), str):
        target = reader.target(node)
        if target is not None:
            _gather(reader, target, structure, trail)
        if reader.document.version < (3, 1):
            return
    for member in reader.members(node, "allOf") if "allOf" in schema else ():
        _gather(reader, member, structure, trail)
    _gather_own(reader, node, structure, trail)


def _gather_own(reader: Reader, node: Node, structure: Structure, trail: tuple[str, ...]) -> None:
    schema: dict[str, Any] = node.value
    for name, prop in reader.entries(node, "properties"):
        structure.properties.setdefault(name, []).append(prop)
    for name, address in required_names(reader, node).items():
        structure.required.setdefault(name, address)
    structure.additional.extend(additional_schemas(node))
    structure.additional.extend(value for _, value in reader.entries(node, "patternProperties"))
    written = (schema.get("additionalProperties"), schema.get("unevaluatedProperties"))
    structure.open = structure.open or bool(structure.additional) or True in written
    tag = discriminator_property(schema)
    if tag is not None:
        structure.tags.add(tag)
    for group in alternatives_of(node):
        # `Pet: oneOf [Cat, Dog]` with `Cat: allOf [Pet, ...]`: the base schema only lists what is derived from it.
        if not any(_refers_to(reader, member, trail) for member in group.members):
            structure.alternatives.append(group)
    if not _is_object(schema):
        own = {k: v for k, v in schema.items() if k not in {"allOf", "oneOf", "anyOf", "$ref", "nullable"}}
        if _is_other(own):
            structure.others.append(Node(own, node.address))


def additional_schemas(node: Node) -> list[Node]:
    """Returns the schema of properties that are not named: `additionalProperties`, or `unevaluatedProperties`, which
    means the same where nothing else evaluates them."""
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        if is_map(node.value.get(keyword)):
            return [node.child(keyword)]
    return []


def required_names(reader: Reader, node: Node) -> dict[str, str]:
    """Returns the names that `required` of an object lists, each with its address."""
    found: dict[str, str] = {}
    # A boolean is the form of JSON Schema draft 3; it is read where the property is read.
    if "required" not in node.value or isinstance(node.value["required"], bool):
        return found
    for member in reader.members(node, "required"):
        if isinstance(member.value, str):
            found.setdefault(member.value, member.address)
        else:
            reader.warn("wrong-type", "'required' should list names of properties", member.address)
    return found


def _refers_to(reader: Reader, member: Node, trail: tuple[str, ...]) -> bool:
    for _ in range(MAX_PARTS):
        if member.address in trail:
            return True
        if not is_map(member.value) or not isinstance(member.value.get("$ref"), str):
            return False
        target = reader.target(member)
        if target is None:
            return False
        member = target
    return False


def _is_object(schema: dict[str, Any]) -> bool:
    kind = schema.get("type")
    kinds: list[Any] = kind if is_list(kind) else [kind]
    return "object" in kinds or bool(schema.get("properties"))


def _is_other(own: dict[str, Any]) -> bool:
    if "required" in own:
        own = {key: value for key, value in own.items() if key != "required"}
    kind = own.get("type")
    if isinstance(kind, str) and kind != "object":
        return True
    of_objects = ("additionalProperties", "unevaluatedProperties", "patternProperties", "discriminator")
    return constrains(own) and not any(key in own for key in of_objects)


# -------------------------------------------------------------------------------------------- predicates of a schema


def constrains(schema: Any) -> bool:
    """Returns whether a schema states more than `type`, annotations and limits, so that it is a part of `allOf`."""
    if not is_map(schema):
        return False
    return (
        any(key in schema for key in ("const", "items"))
        or any(schema.get(key) for key in _CONSTRAINING)
        or any(is_map(schema.get(key)) and schema[key] for key in ("additionalProperties", "unevaluatedProperties"))
    )


def alternatives_of(node: Node) -> list[Alternatives]:
    """Returns the `oneOf` and `anyOf` of a schema that list variants, not only what is required when."""
    schema: dict[str, Any] = node.value
    if "oneOf" not in schema and "anyOf" not in schema:
        return []
    found: list[Alternatives] = []
    for keyword in ("oneOf", "anyOf"):
        members = schema.get(keyword)
        if is_list(members) and any(_is_variant(member, schema) for member in members):
            nodes = tuple(node.child(keyword, index) for index in range(len(members)))
            found.append(Alternatives(keyword, nodes, node))
    return found


def _is_variant(member: Any, base: dict[str, Any]) -> bool:
    if not is_map(member):
        return isinstance(member, bool)
    if any(key in member for key in _DISTINGUISHING):
        return True
    return "type" in member and member["type"] != base.get("type") and not base.get("properties")


def is_null(schema: Any) -> bool:
    """Returns whether a schema allows null and nothing else."""
    return is_map(schema) and (schema.get("type") in ("null", ["null"]) or schema.get("enum") == [None])


def discriminator_property(schema: Any) -> str | None:
    """Returns the property that a schema's discriminator reads, `None` where it does not name one."""
    found = schema.get("discriminator") if is_map(schema) else None
    name = found.get("propertyName") if is_map(found) else None
    return name if isinstance(name, str) and name else None


# ---------------------------------------------------------------------------------------------------------- hierarchies


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """A base schema by its address, and what is derived from it, as references.

    Where a base schema is used as a type, it means any of those derived from it (OAS 3.1.1, Discriminator Object).

    Attributes:
        address: of the base schema.
        derived: references to the derived schemas, by address.
        includes_base: whether an object of the base schema itself may come: it is mapped, or the property may be
            absent.
        optional: whether the property may be absent.
    """

    address: str
    derived: tuple[Node, ...]
    includes_base: bool
    optional: bool

    @property
    def base_key(self) -> str:
        """Returns the key of the base schema's own object; its address is that of the union."""
        return f"{self.address}/discriminator"


def mapping_target(reader: Reader, node: Node, value: object) -> Node | None:
    """Returns the target of an entry of a discriminator's mapping: a component by name, else a URI reference."""
    if not isinstance(value, str):
        return None
    if not value.startswith("./"):
        named = Node({"$ref": f"#/components/schemas/{escape(value)}"}, "#")
        found = reader.target(named)
        if found is not None:
            return reader.follow(found)
    found = reader.target(Node({"$ref": value}, node.address))
    return reader.follow(found) if found is not None else None


class Hierarchies:
    """Which component schemas are base schemas, and what is derived from them; looked up on first use."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._schemas: dict[str, Node] | None = None
        self._derived: dict[str, list[str]] = {}
        self._extended: dict[str, list[str]] = {}

    def extends(self, address: str) -> bool:
        """Returns whether the schema extends a base schema with a discriminator, over any number of generations."""
        schemas = self._index()
        waiting, seen = list(self._extended.get(address, ())), {address}
        while waiting:
            base = waiting.pop()
            if base not in seen:
                seen.add(base)
                if base in schemas and _is_base(schemas[base].value):
                    return True
                waiting += self._extended.get(base, ())
        return False

    def hierarchy_of(self, node: Node) -> Hierarchy | None:
        """Returns the hierarchy below a base schema; `None` for a schema that nothing is derived from."""
        if not is_map(node.value) or not _is_base(node.value):
            return None
        if node.address not in self._index():
            return None
        derived = self._descendants(node.address)
        own = _discriminator(node.value)
        mapped = [self._mapped(node, value) for value in own.get("mapping", {}).values()] if own else []
        for address in mapped:
            if address is not None and address != node.address and address not in derived:
                derived.append(address)
        if not derived:
            return None
        required = node.value.get("required")
        optional = not (is_list(required) and own.get("propertyName") in required)
        default = self._mapped(node, own.get("defaultMapping"))
        includes_base = node.address in mapped or node.address == default or optional or len(derived) < 2
        below = f"{node.address}/discriminator/mapping"
        references = tuple(Node({"$ref": address}, below) for address in sorted(derived))
        return Hierarchy(node.address, references, includes_base, optional)

    def derived_from(self, address: str) -> list[str]:
        """Returns the addresses of what is derived from a base schema, over all generations; none for other schemas."""
        node = self._index().get(address)
        hierarchy = self.hierarchy_of(node) if node is not None else None
        return [derived.value["$ref"] for derived in hierarchy.derived] if hierarchy is not None else []

    def _index(self) -> dict[str, Node]:
        if self._schemas is None:
            self._schemas = {}
            components = self._reader.document.root.get("components")
            schemas = components.get("schemas") if is_map(components) else None
            for name, value in schemas.items() if is_map(schemas) else ():
                address = f"#/components/schemas/{escape(str(name))}"
                self._schemas[address] = Node(value, address)
            if any(_is_base(node.value) for node in self._schemas.values()):
                for node in self._schemas.values():
                    for base in self._extended_by(node, 0):
                        self._derived.setdefault(base, []).append(node.address)
                        self._extended.setdefault(node.address, []).append(base)
        return self._schemas

    def _extended_by(self, node: Node, depth: int) -> list[str]:
        """Returns addresses of what a schema extends by `allOf`, also inside of inline parts."""
        found: list[str] = []
        parts = node.value.get("allOf") if is_map(node.value) else None
        for index in range(len(parts) if is_list(parts) and depth < MAX_INLINE else 0):
            part = node.child("allOf", index)
            if is_map(part.value) and isinstance(part.value.get("$ref"), str):
                target = self._reader.follow(part)
                if target is not None:
                    found.append(target.address)
            else:
                found += self._extended_by(part, depth + 1)
        return found

    def _descendants(self, address: str) -> list[str]:
        found: list[str] = []
        waiting = list(self._derived.get(address, ()))
        while waiting:
            derived = waiting.pop(0)
            if derived not in found and derived != address:
                found.append(derived)
                waiting += self._derived.get(derived, ())
        return found

    def _mapped(self, node: Node, value: object) -> str | None:
        target = mapping_target(self._reader, node, value)
        return target.address if target is not None else None


def _discriminator(schema: dict[str, Any]) -> dict[str, Any]:
    for part in (schema, *(schema["allOf"] if is_list(schema.get("allOf")) else ())):
        if is_map(part) and discriminator_property(part) is not None:
            found: dict[str, Any] = part["discriminator"]
            return found if is_map(found.get("mapping", {})) else {**found, "mapping": {}}
    return {}


def _is_base(schema: Any) -> bool:
    return is_map(schema) and bool(_discriminator(schema)) and not schema.get("oneOf") and not schema.get("anyOf")
