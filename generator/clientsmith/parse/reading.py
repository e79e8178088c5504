"""Reading a document that may be malformed: every part as the kind it should be, and a located warning where it is not.

Decides how a malformed part is read (as if it were absent) and follows references. Does not know what the parts mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeGuard

from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import DanglingReference, Document, Node, escape, reference_of


def is_map(value: object) -> TypeGuard[dict[str, Any]]:
    """Returns whether a value is a JSON object; its keys may be numbers (`Reader.entries` makes them strings)."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def kind_name(value: object) -> str:
    """Returns the JSON type of a value, for messages: `a list`."""
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case str():
            return "a string"
        case int() | float():
            return "a number"
        case dict():
            return "a mapping"
        case _:
            return "a list"


class Reader:
    """A document and the report for diagnostics about it.

    Args:
        document: what is read.
        report: where diagnostics go.
    """

    def __init__(self, document: Document, report: Report) -> None:
        self.document = document
        self.report = report
        self._targets: dict[tuple[str, str], Node | None] = {}
        self._followed: dict[tuple[str, str], Node | None] = {}

    def place(self, address: str) -> Location:
        return self.document.place(address)

    def warn(
        self,
        slug: str,
        message: str,
        address: str,
        *,
        also: Iterable[tuple[str, str]] = (),
        hint: str = "",
    ) -> None:
        """Records a diagnostic at an address; `also` are labelled further addresses.

        A warning that was recorded at other addresses gets one more.
        """
        places = [(label, self.place(other)) for label, other in also]
        self.report.add(slug, message, self.place(address), also=places, hint=hint, fold=True)

    def _wrong(self, what: str, wanted: str, value: object, address: str) -> None:
        self.warn("wrong-type", f"{what!r} should be {wanted}, not {kind_name(value)}", address)

    def mapping(self, node: Node, what: str) -> dict[str, Any]:
        """Returns the mapping at the node; an empty one, with a warning, for anything else."""
        if is_map(node.value):
            return node.value
        self._wrong(what, "a mapping", node.value, node.address)
        return {}

    def mapping_at(self, node: Node, key: str) -> Node:
        """Returns the mapping `key`, an empty one where it is absent or (with a warning) malformed."""
        value = node.value.get(key)
        address = f"{node.address}/{escape(key)}"
        if is_map(value):
            return Node(value, address)
        if key in node.value:
            self._wrong(key, "a mapping", value, address)
        return Node({}, address)

    def entries(self, node: Node, key: str) -> list[tuple[str, Node]]:
        """Returns the entries of the mapping `key`, keys as strings: `responses: {200: ...}` gives `"200"`.

        An empty list is read as an empty mapping, which PHP writes so.
        """
        if key not in node.value or node.value[key] == []:
            return []
        inner = self.mapping_at(node, key)
        return [(str(k), Node(v, f"{inner.address}/{escape(str(k))}")) for k, v in inner.value.items()]

    def members(self, node: Node, key: str) -> list[Node]:
        """Returns the members of the list `key`; none where it is absent or (with a warning) malformed."""
        if key not in node.value:
            return []
        value = node.value[key]
        address = f"{node.address}/{escape(key)}"
        if is_list(value):
            return [Node(member, f"{address}/{index}") for index, member in enumerate(value)]
        self._wrong(key, "a list", value, address)
        return []

    def text(self, node: Node, key: str) -> str:
        """Returns the string or number `key` as text; empty where it is absent or (with a warning) malformed."""
        value = node.value.get(key)
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        self._wrong(key, "a string", value, f"{node.address}/{escape(key)}")
        return ""

    def flag(self, node: Node, key: str) -> bool:
        """Returns the boolean `key`, false where it is absent; the string `"true"` counts, with a warning."""
        value = node.value.get(key)
        if isinstance(value, bool):
            return value
        if value is not None:
            self._wrong(key, "a boolean", value, f"{node.address}/{escape(key)}")
        return isinstance(value, str) and value.lower() == "true"

    def target(self, node: Node, keyword: str = "$ref") -> Node | None:
        """Returns what the reference at a node refers to, one step away; `None` if it dangles, which is reported."""
        reference: str = node.value[keyword]
        key = (node.address.partition("#")[0], reference)
        if key not in self._targets:
            try:
                self._targets[key] = self.document.at(self.document.target(reference, node.address))
            except (LookupError, ValueError):
                self._targets[key] = None
        return self._targets[key]

    def follow(self, node: Node) -> Node | None:
        """Returns an object itself or the target of its references; `None` if they dangle, which the loader reports.

        For Reference Objects: parameters, bodies, responses, path items. Schemas are followed step by step (`target`).
        """
        reference = reference_of(node.value)
        if reference is None:
            return node
        key = (node.address.partition("#")[0], reference)
        if key not in self._followed:
            try:
                self._followed[key] = self.document.follow(node)
            except DanglingReference:
                self._followed[key] = None
        return self._followed[key]
