"""One side of a comparison of documents: what it means, what it is called in Python, and the values behind both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from clientsmith import ir
from clientsmith.load.document import DanglingReference, Document, Node, reference_of
from clientsmith.records import dataclass

PLAIN = "#/components/schemas/"
"""What the addresses of component schemas begin with."""
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Edition:
    """One side of a comparison.

    Attributes:
        document: What was published.
        api: What it means.
        classes: Names of classes by the key of their declaration.
    """

    document: Document
    api: ir.Api
    classes: Mapping[str, str]

    def value_at(self, address: str) -> Mapping[str, Any]:
        """Returns the object at an address, references followed; empty if there is none."""
        return object_of(self._followed(self.node_at(address)).value)

    def is_declared(self, address: str) -> bool:
        """Returns whether the schema at an address is a declaration, or refers to one."""
        return self._followed(self.node_at(address)).address in self.api.declarations

    @property
    def plain_components(self) -> dict[str, Any]:
        """The component schemas that are no declarations, by their addresses: an alias of a text, for example."""
        schemas = self.value_at(PLAIN.rstrip("/"))
        return {f"{PLAIN}{name}": one for name, one in schemas.items() if f"{PLAIN}{name}" not in self.api.declarations}

    def keywords_at(self, address: str) -> dict[str, tuple[Any, str]]:
        """Returns the keywords of the schema at an address, each with the address of the schema that has it.

        Those of its `allOf` count too, and those that a `$ref` refers to, if that is no declaration; its own win.
        """
        found: dict[str, tuple[Any, str]] = {}
        for node in self._schemas(self.node_at(address), 0):
            found.update({key: (value, node.address) for key, value in object_of(node.value).items()})
        return found

    def _schemas(self, node: Node, depth: int) -> Iterator[Node]:
        """Yields the schemas that count at a place, the one that wins last."""
        value = object_of(node.value)
        if depth < _DEEPEST:
            if reference_of(node.value) is not None:
                target = self._followed(node)
                if target.address not in self.api.declarations:
                    yield from self._schemas(target, depth + 1)
            for number in range(len(list_of(value.get("allOf")))):
                member = node.child("allOf", number)
                base = self._followed(member)
                if base.address != member.address:
                    yield from self._schemas(base, depth + 1)
                yield from self._schemas(member, depth + 1)
        yield node

    def node_at(self, address: str) -> Node:
        """Returns the value at an address as it is there; nothing if there is none."""
        try:
            return self.document.at(address)
        except (LookupError, ValueError):
            return Node(None, address)

    def _followed(self, node: Node) -> Node:
        try:
            return self.document.follow(node)
        except DanglingReference:
            # `parse` has said so, with the place.
            return Node(None, node.address)


def object_of(value: object) -> Mapping[str, Any]:
    """Returns a value that is an object; an empty one for all others."""
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def list_of(value: object) -> Sequence[Any]:
    """Returns a value that is a list; an empty one for all others."""
    return cast("Sequence[Any]", value) if isinstance(value, list) else ()
