"""What the parts of an object say, taken together: `allOf` flattened, references followed, alternatives noted.

Decides what an object has, at the level of the document. Types are decided in `objects` and `unions`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from clientsmith.load.document import Node
from clientsmith.parse.hierarchies import discriminator_property
from clientsmith.parse.reading import Reader, is_list, is_map

_TELLING = (
    "$ref", "$dynamicRef", "properties", "allOf", "oneOf", "anyOf", "enum", "const", "items", "prefixItems", "format",
    "patternProperties", "additionalProperties", "unevaluatedProperties", "contentEncoding", "contentMediaType",
    "nullable",
)  # fmt: skip


_SAYING = (
    "$ref", "$dynamicRef", "properties", "allOf", "oneOf", "anyOf", "enum", "required", "format", "prefixItems",
    "patternProperties", "contentEncoding", "contentMediaType", "discriminator",
)  # fmt: skip

MAX_PARTS = 64
"""How deep `allOf` may stand in `allOf`."""


@dataclass(slots=True)
class Alternatives:
    """A `oneOf` or `anyOf` that stands beside properties."""

    arms: list[Node]
    owner: Node
    keyword: str


@dataclass(slots=True)
class Shape:
    """Everything that the parts of one object say, in document order."""

    properties: dict[str, list[Node]] = field(default_factory=dict[str, list[Node]])
    required: dict[str, str] = field(default_factory=dict[str, str])
    additional: list[Node] = field(default_factory=list[Node])
    alternatives: list[Alternatives] = field(default_factory=list[Alternatives])
    others: list[Node] = field(default_factory=list[Node])
    """Parts that are no objects."""
    tags: set[str] = field(default_factory=set[str])
    """Properties by which a discriminator tells children of this object apart."""
    either: dict[str, list[Node]] = field(default_factory=dict[str, list[Node]])
    """Properties that are there, or differ, by alternatives that were not kept apart."""
    seen: set[str] = field(default_factory=set[str])

    def include(self, other: Shape) -> None:
        """Add what another object says after this one's own."""
        for name, nodes in other.properties.items():
            known = self.properties.setdefault(name, [])
            known.extend(node for node in nodes if all(node.address != k.address for k in known))
        self.required.update(other.required)
        self.additional.extend(other.additional)
        self.others.extend(other.others)
        self.tags |= other.tags

    def covers(self, other: Shape) -> bool:
        """Whether everything that the other has, and requires, is here too."""
        return other.properties.keys() <= self.properties.keys() and other.required.keys() <= self.required.keys()

    def copy(self) -> Shape:
        twin = Shape(tags=set(self.tags), seen=set(self.seen))
        twin.include(self)
        return twin


# ----------------------------------------------------------------------------------------------------- flattening


def shape_of(reader: Reader, node: Node, trail: tuple[str, ...] = ()) -> Shape:
    """What the object at the node has, all of its parts taken together."""
    shape = Shape()
    gather(reader, node, shape, trail)
    return shape


def gather(reader: Reader, node: Node, shape: Shape, trail: tuple[str, ...]) -> None:
    schema = node.value
    if not is_map(schema):
        return
    if node.address in trail or len(trail) > MAX_PARTS:
        message = "the schema contains itself by 'allOf': the inner one is left out"
        reader.warn("circular-all-of", message, trail[-1], also=[("the schema", node.address)])
        return
    if node.address in shape.seen:
        return
    shape.seen.add(node.address)
    trail = (*trail, node.address)
    if isinstance(schema.get("$ref"), str):
        target = reader.target(node)
        if target is not None:
            gather(reader, target, shape, trail)
        if reader.document.version < (3, 1):
            return
    for member in reader.members(node, "allOf") if "allOf" in schema else ():
        gather(reader, member, shape, trail)
    _gather_own(reader, node, shape, trail)


def _gather_own(reader: Reader, node: Node, shape: Shape, trail: tuple[str, ...]) -> None:
    schema: dict[str, Any] = node.value
    for name, prop in reader.entries(node, "properties"):
        shape.properties.setdefault(name, []).append(prop)
    gather_required(reader, node, shape)
    shape.additional.extend(additional_of(node))
    shape.additional.extend(value for _, value in reader.entries(node, "patternProperties"))
    tag = discriminator_property(schema)
    if tag is not None:
        shape.tags.add(tag)
    for keyword, arms in alternatives(node):
        # `Pet: oneOf [Cat, Dog]` with `Cat: allOf [Pet, ...]`: the parent only says which children there are.
        if not any(_leads_to(reader, arm, trail) for arm in arms):
            shape.alternatives.append(Alternatives(arms, node, keyword))
    if not _is_object(schema):
        own = {k: v for k, v in schema.items() if k not in {"allOf", "oneOf", "anyOf", "$ref", "nullable"}}
        if _is_other(own):
            shape.others.append(Node(own, node.address))


def additional_of(node: Node) -> list[Node]:
    """The schema of properties that are not named: `additionalProperties`, or what comes to the same where nothing
    else evaluates them."""
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        if is_map(node.value.get(keyword)):
            return [node.child(keyword)]
    return []


def gather_required(reader: Reader, node: Node, shape: Shape) -> None:
    if "required" not in node.value:
        return
    if isinstance(node.value["required"], bool):
        # The spelling of JSON Schema draft 3; the object around it reads it (`field_of`).
        return
    for member in reader.members(node, "required"):
        if isinstance(member.value, str):
            shape.required.setdefault(member.value, member.address)
        else:
            reader.warn("wrong-type", "'required' should list names of properties", member.address)


def _leads_to(reader: Reader, arm: Node, trail: tuple[str, ...]) -> bool:
    for _ in range(MAX_PARTS):
        if arm.address in trail:
            return True
        if not is_map(arm.value) or not isinstance(arm.value.get("$ref"), str):
            return False
        target = reader.target(arm)
        if target is None:
            return False
        arm = target
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
    return says_something(own) and not any(key in own for key in of_objects)


# ----------------------------------------------------------------------------------------------- what is said at all


def says_something(schema: Any) -> bool:
    """Whether a schema says more than its `type`, annotations and limits."""
    if not is_map(schema):
        return False
    return (
        any(key in schema for key in ("const", "items"))
        or any(schema.get(key) for key in _SAYING)
        or any(is_map(schema.get(key)) and schema[key] for key in ("additionalProperties", "unevaluatedProperties"))
    )


def alternatives(node: Node) -> list[tuple[str, list[Node]]]:
    """The `oneOf` and `anyOf` of a schema that say what there may be, not only what is required when."""
    schema: dict[str, Any] = node.value
    if "oneOf" not in schema and "anyOf" not in schema:
        return []
    found: list[tuple[str, list[Node]]] = []
    for keyword in ("oneOf", "anyOf"):
        arms = schema.get(keyword)
        if is_list(arms) and any(_tells(arm, schema) for arm in arms):
            found.append((keyword, [node.child(keyword, index) for index in range(len(arms))]))
    return found


def _tells(arm: Any, base: dict[str, Any]) -> bool:
    if not is_map(arm):
        return isinstance(arm, bool)
    if any(key in arm for key in _TELLING):
        return True
    return "type" in arm and arm["type"] != base.get("type") and not base.get("properties")


def is_alternative(schema: Any) -> bool:
    """Whether a schema is a union by its own words, so that it can be declared when it contains itself."""
    if not is_map(schema):
        return False
    kinds = schema.get("type")
    if is_list(kinds) and len([kind for kind in kinds if kind != "null"]) > 1:
        return True
    return any(
        is_list(arms) and len([arm for arm in arms if not is_null(arm)]) > 1
        for arms in (schema.get("oneOf"), schema.get("anyOf"))
    )


def is_null(arm: Any) -> bool:
    """Whether an alternative is null and nothing else."""
    return is_map(arm) and (arm.get("type") in ("null", ["null"]) or arm.get("enum") == [None])


def may_be_null(schema: dict[str, Any]) -> bool:
    """Whether a schema allows null by its own words."""
    kinds = schema.get("type")
    if schema.get("nullable") is True or (is_list(kinds) and "null" in kinds):
        return True
    groups = [schema.get(keyword) for keyword in ("oneOf", "anyOf")]
    return any(is_null(arm) for group in groups if is_list(group) for arm in group)
