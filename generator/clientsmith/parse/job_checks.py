"""What the parts of a job declaration are held against: operations, parameters, answers.

Decides whether a part holds, and reports what does not, as `job-invalid` at its place. What a declaration consists of
is decided in `jobs` and `job_parts`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from clientsmith.ir import Anything, Declaration, JobCall, Operation, Path, Type, Union
from clientsmith.load.document import Node, escape
from clientsmith.parse.job_values import closest, path_of, type_at
from clientsmith.parse.reading import Reader, is_list, is_map

_T = TypeVar("_T")


class Invalid(Exception):
    """A declaration cannot be read further; what is wrong has been reported."""


class Checker:
    """Reads one declaration, and reports all that is wrong in it."""

    def __init__(
        self, reader: Reader, operations: tuple[Operation, ...], declarations: Mapping[str, Declaration]
    ) -> None:
        self.reader = reader
        self.declarations = declarations
        self.failed = False
        self.by_id: dict[str, Operation] = {}
        for operation in operations:
            self.by_id.setdefault(f"{operation.method.upper()} {operation.template}", operation)
        for operation in operations:
            if operation.id is not None:
                self.by_id.setdefault(operation.id, operation)

    # ---------------------------------------------------------------------------------------------------- reporting

    def wrong(self, node: Node, message: str, hint: str = "", also: str = "") -> None:
        self.failed = True
        places = [("declared here", also)] if also else []
        self.reader.warn("job-invalid", message, node.address, hint=hint, also=places)

    def need(self, node: Node, key: str, why: str) -> Node:
        if not is_map(node.value):
            self.wrong(node, "should be a mapping")
            raise Invalid
        if node.value.get(key) is None:
            self.wrong(node, f"{key!r} is missing: {why}")
            raise Invalid
        return node.child(key)

    def only(self, node: Node, *keys: str) -> None:
        """Report keys that mean nothing, which are misspelt ones."""
        if not is_map(node.value):
            self.wrong(node, "should be a mapping")
            raise Invalid
        for key in node.value:
            if key not in keys and not str(key).startswith("x-"):
                self.wrong(Node(None, f"{node.address}/{escape(str(key))}"), f"{key!r} means nothing here",
                           closest(str(key), keys))  # fmt: skip

    def read(self, node: Node, reading: Callable[[Any], _T], default: _T) -> _T:
        """A value as `reading` reads it; the default where it is absent, or wrong and reported."""
        if node.value is None:
            return default
        try:
            return reading(node.value)
        except ValueError as error:
            self.wrong(node, str(error))
            return default

    def path(self, node: Node, inside: Type) -> Path | None:
        """The path at the node, which must lead to something in values of a type."""
        found = self.read(node, path_of, None)
        if found is not None:
            self.type_at(node, inside, found)
        return found

    def type_at(self, node: Node, inside: Type, path: Path) -> Type:
        try:
            return type_at(self.declarations, inside, path)
        except LookupError as error:
            self.wrong(node, f"nothing at {node.value!r}: {error.args[0]}")
            return Anything()

    # ------------------------------------------------------------------------------------------------- operations

    def operation(self, node: Node, default: str = "") -> Operation:
        written = is_map(node.value) and "operation" in node.value
        named = node.child("operation") if written else Node(default, node.address)
        found = self.by_id.get(named.value) if isinstance(named.value, str) else None
        if found is None:
            ids = [key for key in self.by_id if " " not in key] or list(self.by_id)
            hint = closest(named.value, ids) if isinstance(named.value, str) and named.value else ""
            what = f"there is no operation {named.value!r}" if named.value else "'operation' is missing"
            self.wrong(named, what, hint or "an operation is named by its operationId, or as 'GET /jobs/{id}'")
            raise Invalid
        return found

    def call(self, node: Node) -> tuple[JobCall, Operation]:
        """An operation that is given the id of the job."""
        operation = self.operation(node)
        wires = [p.wire for p in operation.parameters]
        args = node.child("args")
        if args.value is None:
            in_path = [p.wire for p in operation.parameters if p.location == "path"]
            if len(in_path) == 1:
                return JobCall(operation.address, in_path[0]), operation
            self.wrong(node, "'args' is missing: which parameter takes the id?", "args: {jobId: $job.id}")
            raise Invalid
        taking = [str(key) for key, value in args.value.items() if value == "$job.id"] if is_map(args.value) else []
        if len(taking) != 1 or len(args.value) != 1:
            self.wrong(args, "'args' should give one parameter the value '$job.id'", "args: {jobId: $job.id}")
            raise Invalid
        if taking[0] not in wires:
            message = f"{operation.id or operation.template!r} has no parameter {taking[0]!r}"
            self.wrong(args, message, closest(taking[0], wires))
        return JobCall(operation.address, taking[0]), operation

    def answer(self, node: Node, operation: Operation) -> Type:
        """The JSON that an operation answers with when it succeeds; all that it may answer with."""
        found = [
            content.type
            for response in operation.responses
            if response.status.startswith("2") or response.status == "default"
            for content in response.contents
            if content.kind == "json"
        ]
        if not found:
            self.wrong(node, f"{operation.id or operation.template!r} answers with no JSON")
            raise Invalid
        types = tuple(dict.fromkeys(found))
        return types[0] if len(types) == 1 else Union(types)

    # ------------------------------------------------------------------------------------------------ small values

    def several(self, node: Node) -> list[Node]:
        """The members of a list, or the one value by itself; none where there is nothing."""
        if is_list(node.value):
            return [node.child(index) for index in range(len(node.value))]
        return [] if node.value is None else [node]

    def words(self, node: Node) -> list[str]:
        """The values of a list of texts, as they stand on the wire."""
        found: list[str] = []
        for member in self.several(node):
            if isinstance(member.value, (str, int, bool)):
                found.append(str(member.value).lower() if isinstance(member.value, bool) else str(member.value))
            else:
                self.wrong(member, "should be a value of the state")
        return found

    def choice(self, node: Node, choices: tuple[str, ...], default: str) -> str:
        """One of several words; the default where there is none, or a wrong one, which is reported."""
        if node.value is None:
            return default
        if node.value not in choices:
            self.wrong(node, f"{node.value!r} means nothing here", closest(str(node.value), choices))
            return default
        return str(node.value)
