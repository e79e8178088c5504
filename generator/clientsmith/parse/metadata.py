"""Metadata of a value: description, default, example, `readOnly` and the rest (JSON Schema's annotations).

Decides which of several annotations counts (the one that is nearest to where the schema is used) and whether a default
fits its type. Does not decide types.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any, assert_never

from clientsmith.ir import (
    MISSING,
    Anything,
    Const,
    Declaration,
    Enum,
    Json,
    ListOf,
    MapOf,
    Missing,
    Model,
    Nullable,
    Ref,
    Scalar,
    ScalarKind,
    Type,
    Union,
)
from clientsmith.load.document import Node
from clientsmith.parse.reading import Reader, is_list, is_map
from clientsmith.records import dataclass

MAX_DEPTH = 8
"""How many references and parts of `allOf` are searched for annotations, one inside of another."""

_INDIRECT = frozenset({"$ref", "allOf", "oneOf", "anyOf"})
_ANNOTATIONS = _INDIRECT | {
    "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "required",
}  # fmt: skip
_THROUGH_REFERENCE = frozenset({"readOnly", "writeOnly"})


@dataclass(slots=True)
class Metadata:
    """What schemas state about one value, nearest first. `distant` ones count for `readOnly` and `writeOnly` only."""

    reader: Reader
    near: Sequence[Node]
    distant: Sequence[Node] = ()

    def keys(self) -> Container[str]:
        """Returns the keywords that occur at all; the others are known to be absent."""
        if len(self.near) == 1 and not self.distant:
            found: dict[str, Any] = self.near[0].value
            return found
        return {key for nodes in (self.near, self.distant) for node in nodes for key in node.value}

    def _first(self, key: str) -> Node | None:
        for node in self.near:
            if key in node.value:
                return node
        if key in _THROUGH_REFERENCE:
            for node in self.distant:
                if key in node.value:
                    return node
        return None

    def text(self, key: str) -> str:
        for node in self.near:
            if key in node.value:
                found = self.reader.text(node, key)
                if found:
                    return found
        return ""

    def flag(self, key: str) -> bool:
        found = self._first(key)
        return self.reader.flag(found, key) if found is not None else False

    def default(self) -> Node | None:
        found = self._first("default")
        return Node(found.value["default"], f"{found.address}/default") if found is not None else None

    def example(self) -> Json | Missing:
        """Returns `example`, or the first of `examples` (a list in JSON Schema; maps with `value` are met too)."""
        for node in self.near:
            if "example" in node.value:
                return as_json(node.value["example"])
            several = node.value.get("examples")
            if is_list(several) and several:
                return as_json(several[0])
            if is_map(several) and several:
                first = next(iter(several.values()))
                if is_map(first) and "value" in first:
                    return as_json(first["value"])
        return MISSING


def as_json(value: Any) -> Json:
    """Returns the value, which the loader has made sure is JSON."""
    return value  # type: ignore[no-any-return]  # Documents hold JSON; checking it here would walk every example.


def has_none(schema: Any) -> bool:
    """Returns whether a schema has no annotations and refers to none: the usual case, seen at once."""
    return not is_map(schema) or _ANNOTATIONS.isdisjoint(schema)


def metadata_of(reader: Reader, nodes: Sequence[Node], *, through: bool) -> Metadata:
    """Returns the metadata of the one value that several schemas describe together; the last of them is the nearest.

    Args:
        reader: of the document.
        nodes: the schemas.
        through: whether the targets of references describe this value too (they do when they are inlined), or only the
            declaration there.
    """
    if len(nodes) == 1:
        node = nodes[0]
        if not is_map(node.value):
            return Metadata(reader, ())
        if _INDIRECT.isdisjoint(node.value):
            return Metadata(reader, nodes)
    near: list[Node] = []
    distant: list[Node] = []
    for node in reversed(nodes):
        _gather(reader, node, near, near if through else distant, 0)
    return Metadata(reader, near, distant)


def _gather(reader: Reader, node: Node, near: list[Node], behind: list[Node], depth: int) -> None:
    schema = node.value
    if not is_map(schema) or depth > MAX_DEPTH:
        return
    near.append(node)
    if isinstance(schema.get("$ref"), str):
        target = reader.target(node)
        if target is not None:
            _gather(reader, target, behind, behind, depth + 1)
    parts = schema.get("allOf")
    if is_list(parts):
        for index in range(len(parts)):
            _gather(reader, node.child("allOf", index), near, behind, depth + 1)
    for keyword in ("oneOf", "anyOf"):
        members = schema.get(keyword)
        if is_list(members):
            real = [i for i, one in enumerate(members) if not (is_map(one) and one.get("type") == "null")]
            if len(real) == 1:
                _gather(reader, node.child(keyword, real[0]), near, behind, depth + 1)


def default_of(declarations: Mapping[str, Declaration], metadata: Metadata, type_: Type) -> Json | Missing:
    """Returns the default, if there is one that fits its type; `null` for what cannot be null is none."""
    found = metadata.default()
    if found is None:
        return MISSING
    if fits(declarations, found.value, type_):
        return as_json(found.value)
    if found.value is not None:
        shown = repr(found.value)
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        metadata.reader.warn("default-does-not-fit", f"the default {shown} does not match its schema", found.address,
                             hint="it is ignored")  # fmt: skip
    return MISSING


def fits(declarations: Mapping[str, Declaration], value: Any, type_: Type) -> bool:
    """Returns whether a value matches a type, as far as a default needs it: the properties of objects are not checked.

    Args:
        declarations: those that are known so far; what is still to be read fits anything.
        value: of JSON.
        type_: the type that it should have.
    """
    match type_:
        case Anything():
            return True
        case Nullable(inner):
            return value is None or fits(declarations, value, inner)
        case Const(constant):
            return value == constant and isinstance(value, bool) == isinstance(constant, bool)
        case Union(members):
            return any(fits(declarations, value, member) for member in members)
        case ListOf(item):
            return is_list(value) and all(fits(declarations, member, item) for member in value)
        case MapOf():
            return is_map(value)
        case Ref(key):
            declaration = declarations.get(key)
            if isinstance(declaration, Enum):
                return any(value == v and isinstance(value, bool) == isinstance(v, bool) for v in declaration.values)
            return is_map(value) or not isinstance(declaration, Model)
        case Scalar(kind):
            return _fits_scalar(value, kind)
        case _:
            assert_never(type_)


def _fits_scalar(value: Any, kind: ScalarKind) -> bool:
    match kind:
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "date-time":
            return isinstance(value, str) and _is_read(datetime.datetime.fromisoformat, value)
        case "date":
            return isinstance(value, str) and _is_read(datetime.date.fromisoformat, value)
        case "uuid":
            # Imported here, because few documents have a default or an example of this type.
            from uuid import UUID

            return isinstance(value, str) and _is_read(UUID, value)
        case "string" | "http-date" | "duration" | "decimal" | "base64" | "base64url" | "binary":
            return isinstance(value, str)
        case _:
            assert_never(kind)


def _is_read(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True
