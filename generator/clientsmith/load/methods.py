"""Where operations stand in a document: the one list of methods, and a count that nothing may fall short of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clientsmith.load.document import DanglingReference, Document, Node
from clientsmith.load.tree import is_array, is_object

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""Fields of a Path Item Object that hold an operation (OAS 3.2.0; `query` is new there)."""

VARIANTS = "x-clientsmith-variants"
"""Under an operation: further operations that the provider documents on the same path and method."""


def documented_operations(document: Document) -> Iterator[Node]:
    """Every operation under `paths`, variants and additional operations included, in document order."""
    paths = Node(document.root, "#").child("paths")
    for path in _keys(paths):
        try:
            item = document.follow(paths.child(path))
        except DanglingReference:
            continue
        for method in _keys(item):
            operation = item.child(method)
            if method in METHODS and isinstance(operation.value, dict):
                yield operation
                for index in range(len(_items(operation.child(VARIANTS)))):
                    yield operation.child(VARIANTS, index)
        extra = item.child("additionalOperations")
        for method in _keys(extra):
            yield extra.child(method)


def _keys(node: Node) -> list[str]:
    return list(node.value) if is_object(node.value) else []


def _items(node: Node) -> list[Any]:
    return node.value if is_array(node.value) else []
