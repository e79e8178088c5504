"""Where a document says what claims say: operations by path, fields by path expression, types, enums.

Reads a document only as far as comparing needs: references are followed, `allOf`, `anyOf` and `oneOf` are looked
through. What the keywords mean for a client is `parse`'s business.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from clientsmith.load.document import DanglingReference, Document, Node
from clientsmith.load.methods import METHODS, VARIANTS
from clientsmith.load.tree import is_array, is_object

_DEPTH = 12
"""How deep fields are looked for; pages describe shallow things, schemas may be recursive."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the document: `get`, `/jobs/{job_id}`, and its node."""

    method: str
    path: str
    node: Node


class Schemas:
    """Looks up what claims are about in one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.operations = tuple(self._operations())
        self._prefixes = [
            urlsplit(url).path.rstrip("/")
            for server in document.root.get("servers") or ()
            if is_object(server) and isinstance(url := server.get("url"), str)
        ]

    def _operations(self) -> Iterator[Operation]:
        root = Node(self.document.root, "#")
        paths = root.child("paths").value
        for path in paths if is_object(paths) else ():
            item = self.resolved(root.child("paths", path))
            for method in METHODS:
                node = item.child(method)
                if is_object(node.value):
                    yield Operation(method, path, node)
                    variants = node.value.get(VARIANTS)
                    for index in range(len(variants) if is_array(variants) else 0):
                        yield Operation(method, path, node.child(VARIANTS, index))

    def resolved(self, node: Node) -> Node:
        """What a node refers to, or the node itself where the reference leads nowhere (reported by another stage)."""
        try:
            return self.document.follow(node)
        except DanglingReference:
            return node

    def matching(self, method: str, path: str) -> list[Operation]:
        """The operations of a method at a path; paths of a page may begin with the path of a server."""
        paths = {path, *(path[len(prefix) :] for prefix in self._prefixes if prefix and path.startswith(f"{prefix}/"))}
        return [one for one in self.operations if one.method == method and one.path in paths]

    def alike(self, method: str, path: str) -> list[Operation]:
        """The operations that `matching` would find if their parameters had other names."""
        wanted = _blanked(path)
        return [one for one in self.operations if one.method == method and wanted.endswith(_blanked(one.path))]

    def statuses(self, operation: Operation) -> dict[str, Node]:
        """The answers of an operation by status, resolved, successes first."""
        responses = operation.node.child("responses")
        keys = sorted(responses.value, key=lambda key: (key[:1] != "2", key)) if is_object(responses.value) else []
        return {key: self.resolved(responses.child(key)) for key in keys}

    def answer(self, operation: Operation, status: str) -> Node | None:
        """What answers with a status: itself, else its range, else the default."""
        statuses = self.statuses(operation)
        return next((statuses[key] for key in (status, f"{status[:1]}XX", "default") if key in statuses), None)

    def bodies(self, holder: Node) -> list[Node]:
        """The schemas of a request body or an answer, one for each media type."""
        content = self.resolved(holder).child("content")
        found = [content.child(media, "schema") for media in (content.value if is_object(content.value) else ())]
        return [schema for schema in found if schema.value is not None]

    def schemas(self, operation: Operation) -> list[Node]:
        """Everything that a table on the operation's page may describe: answers, the request, what they hold."""
        found = [schema for answer in self.statuses(operation).values() for schema in self.bodies(answer)]
        return self.below(*found, *self.bodies(operation.node.child("requestBody")))

    def below(self, *schemas: Node) -> list[Node]:
        """The schemas and those of all fields and items that they hold, the outermost first."""
        found = list(schemas)
        seen: set[str] = set()
        level = list(schemas)
        for _ in range(_DEPTH):
            parts = [part for schema in level for part in self.parts(schema) if part.address not in seen]
            seen.update(part.address for part in parts)
            level = [node for part in parts for node in (*self._properties(part).values(), *self._items(part))]
            found += level
        return found

    def parameter(self, operation: Operation, name: str) -> Node | None:
        """The schema of a parameter of that name."""
        owner = Node(self.document.root, "#").child("paths", operation.path)
        for holder in (operation.node, self.resolved(owner)):
            parameters = holder.child("parameters")
            for index in range(len(parameters.value) if is_array(parameters.value) else 0):
                parameter = self.resolved(parameters.child(index))
                if parameter.child("name").value == name:
                    return parameter.child("schema")
        return None

    def parts(self, schema: Node) -> list[Node]:
        """A schema and those that it is made of by reference, `allOf`, `anyOf` and `oneOf`."""
        found: dict[str, Node] = {}
        waiting = [schema]
        while waiting:
            node = self.resolved(waiting.pop(0))
            if node.address in found or not is_object(node.value):
                continue
            found[node.address] = node
            for keyword in ("allOf", "anyOf", "oneOf"):
                arms = node.value.get(keyword)
                waiting += [node.child(keyword, index) for index in range(len(arms) if is_array(arms) else 0)]
        return list(found.values())

    def field(self, schema: Node, path: str) -> Node | None:
        """The schema of a field: `ads[].error.code` in an object, from there down."""
        nodes = [schema]
        for step in re.findall(r"\[\w*\]|[^.\[\]]+", path):
            parts = [part for node in nodes for part in self.parts(node)]
            if step.startswith("["):
                nodes = [item for part in parts for item in self._items(part)]
            else:
                nodes = [properties[step] for part in parts if step in (properties := self._properties(part))]
            if not nodes:
                return None
        return nodes[0]

    def types(self, schema: Node, depth: int = 0) -> frozenset[str] | None:
        """The JSON types that a schema allows; None for all."""
        node = self.resolved(schema)
        if not is_object(node.value) or depth > _DEPTH:
            return None
        found: frozenset[str] | None = None
        stated = node.value.get("type")
        values = node.value.get("enum", [node.value["const"]] if "const" in node.value else None)
        if isinstance(stated, str):
            found = frozenset({stated})
        elif is_array(stated):
            found = frozenset(str(one) for one in stated)
        elif is_array(values):
            found = frozenset(_type_of(value) for value in values)
        elif "properties" in node.value:
            found = frozenset({"object"})
        for keyword in ("anyOf", "oneOf"):
            if arms := self._arms(node, keyword):
                each = [self.types(arm, depth + 1) for arm in arms]
                union = None if None in each else frozenset[str]().union(*(types for types in each if types))
                found = _both(found, union)
        for arm in self._arms(node, "allOf"):
            found = _both(found, self.types(arm, depth + 1))
        return found

    def enum(self, schema: Node) -> tuple[Node, list[str]] | None:
        """The node that lists the values of a schema, or of its items, and the values as pages show them.

        None when any value is allowed.
        """
        parts = self.parts(schema)
        members = [below for part in parts for item in self._items(part) for below in self.parts(item)]
        for part in [*parts, *members]:
            values = part.value.get("enum", [part.value["const"]] if "const" in part.value else None)
            if is_array(values):
                return part, [value if isinstance(value, str) else json.dumps(value) for value in values]
        return None

    def _arms(self, node: Node, keyword: str) -> list[Node]:
        arms = node.value.get(keyword)
        return [node.child(keyword, index) for index in range(len(arms) if is_array(arms) else 0)]

    def _properties(self, part: Node) -> dict[str, Node]:
        properties = part.child("properties")
        return {name: properties.child(name) for name in properties.value} if is_object(properties.value) else {}

    def _items(self, part: Node) -> list[Node]:
        items = part.child("items")
        return [items] if is_object(items.value) else []


def listed(types: Sequence[str] | frozenset[str] | None) -> str:
    """Types as a message shows them: `null or string`."""
    return "anything" if types is None else " or ".join(sorted(types)) or "nothing"


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return one if other is None else other
    return one & other


def _type_of(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "integer" if isinstance(value, int) else "number"
    return "object" if is_object(value) else "array" if is_array(value) else "string"


def _blanked(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)
