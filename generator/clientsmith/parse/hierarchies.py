"""The parent form of a discriminator: a schema with `discriminator` that others extend by `allOf`.

    Pet: {discriminator: {propertyName: kind}, ...}      Cat: {allOf: [{$ref: Pet}, ...]}

Decides who the children of a parent are, over all generations, and whether the parent is itself one of the things that
may come. Where the parent is used as a type it stands for its children (OAS 3.1.1, Discriminator Object).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clientsmith.load.document import Node, escape
from clientsmith.parse.reading import Reader, is_list, is_map


@dataclass(frozen=True, slots=True)
class Family:
    """A parent by its address, and those that extend it, as references."""

    address: str
    children: tuple[Node, ...]
    itself: bool
    """The parent's own object may come too: it is mapped, or the property may be absent."""
    optional: bool
    """The property may be absent."""

    @property
    def own_key(self) -> str:
        """The key of the parent's own object; its address is that of the union."""
        return f"{self.address}/discriminator"


def discriminator_property(schema: Any) -> str | None:
    """The property of a schema's discriminator, `None` where there is none to go by."""
    found = schema.get("discriminator") if is_map(schema) else None
    name = found.get("propertyName") if is_map(found) else None
    return name if isinstance(name, str) and name else None


class Parents:
    """Which component schemas are parents, and which their children; looked up on first use."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._schemas: dict[str, Node] | None = None
        self._children: dict[str, list[str]] = {}
        self._parents: dict[str, list[str]] = {}

    def _index(self) -> dict[str, Node]:
        if self._schemas is None:
            self._schemas = {}
            components = self._reader.document.root.get("components")
            schemas = components.get("schemas") if is_map(components) else None
            for name, value in schemas.items() if is_map(schemas) else ():
                address = f"#/components/schemas/{escape(str(name))}"
                self._schemas[address] = Node(value, address)
            if any(_is_parent(node.value) for node in self._schemas.values()):
                for node in self._schemas.values():
                    for parent in self._extended(node, 0):
                        self._children.setdefault(parent, []).append(node.address)
                        self._parents.setdefault(node.address, []).append(parent)
        return self._schemas

    def _extended(self, node: Node, depth: int) -> list[str]:
        """Addresses of what a schema extends by `allOf`, also inside of inline parts."""
        found: list[str] = []
        parts = node.value.get("allOf") if is_map(node.value) else None
        for index in range(len(parts) if is_list(parts) and depth < 4 else 0):
            part = node.child("allOf", index)
            if is_map(part.value) and isinstance(part.value.get("$ref"), str):
                target = self._reader.follow(part)
                if target is not None:
                    found.append(target.address)
            else:
                found += self._extended(part, depth + 1)
        return found

    def of(self, address: str) -> bool:
        """Whether the schema extends a parent with a discriminator, at any distance."""
        schemas = self._index()
        waiting, seen = list(self._parents.get(address, ())), {address}
        while waiting:
            parent = waiting.pop()
            if parent not in seen:
                seen.add(parent)
                if parent in schemas and _is_parent(schemas[parent].value):
                    return True
                waiting += self._parents.get(parent, ())
        return False

    def family(self, node: Node) -> Family | None:
        """The family of a parent; `None` for a schema that has no children by discriminator."""
        if not is_map(node.value) or not _is_parent(node.value):
            return None
        schemas = self._index()
        if node.address not in schemas:
            return None
        children = self._descendants(node.address)
        own = _discriminator(node.value)
        mapped = [self._mapped(node, value) for value in own.get("mapping", {}).values()] if own else []
        for address in mapped:
            if address is not None and address != node.address and address not in children:
                children.append(address)
        if not children:
            return None
        required = node.value.get("required")
        optional = not (is_list(required) and own.get("propertyName") in required)
        default = self._mapped(node, own.get("defaultMapping"))
        itself = node.address in mapped or node.address == default or optional or len(children) < 2
        references = tuple(
            Node({"$ref": address}, f"{node.address}/discriminator/mapping") for address in sorted(children)
        )
        return Family(node.address, references, itself, optional)

    def below(self, address: str) -> list[str]:
        """The children of a parent, over all generations; none for what is no parent."""
        node = self._index().get(address)
        family = self.family(node) if node is not None else None
        return [child.value["$ref"] for child in family.children] if family is not None else []

    def _descendants(self, address: str) -> list[str]:
        found: list[str] = []
        waiting = list(self._children.get(address, ()))
        while waiting:
            child = waiting.pop(0)
            if child not in found and child != address:
                found.append(child)
                waiting += self._children.get(child, ())
        return found

    def _mapped(self, node: Node, value: object) -> str | None:
        target = mapping_target(self._reader, node, value)
        return target.address if target is not None else None


def mapping_target(reader: Reader, node: Node, value: object) -> Node | None:
    """What a value of a discriminator's mapping means: a component by name first, else a URI reference (R17)."""
    if not isinstance(value, str):
        return None
    if not value.startswith("./"):
        named = Node({"$ref": f"#/components/schemas/{escape(value)}"}, "#")
        found = reader.target(named)
        if found is not None:
            return reader.follow(found)
    found = reader.target(Node({"$ref": value}, node.address))
    return reader.follow(found) if found is not None else None


def _discriminator(schema: dict[str, Any]) -> dict[str, Any]:
    for part in (schema, *(schema["allOf"] if is_list(schema.get("allOf")) else ())):
        if is_map(part) and discriminator_property(part) is not None:
            found: dict[str, Any] = part["discriminator"]
            return found if is_map(found.get("mapping", {})) else {**found, "mapping": {}}
    return {}


def _is_parent(schema: Any) -> bool:
    return is_map(schema) and bool(_discriminator(schema)) and not schema.get("oneOf") and not schema.get("anyOf")
