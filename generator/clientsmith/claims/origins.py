"""Origins: whether a page states what was written by hand.

An origin is a claim of a page, an `x-source`, or an `x-assumed`. An `x-source` without quote or row is the origin of
everything below its node and of what that refers to; one with either is the origin of its own node, and of the values
of an enum that is written there. Inline schemas that are written alike are one declaration of the `Api`: the origin of
one is the origin of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import assert_never

from clientsmith import ir
from clientsmith.claims.lookup import Lookup, Value, content_values, operation_name, parameter_value
from clientsmith.claims.model import (
    Claim,
    EnumClaim,
    ErrorCodeClaim,
    FieldClaim,
    OperationClaim,
    SentenceClaim,
    StatusClaim,
)
from clientsmith.diagnostics import Location, Report
from clientsmith.load.marks import Marks


def check_origins(
    claims: Sequence[Claim],
    api: ir.Api,
    marks: Marks,
    report: Report,
    *,
    place: Callable[[str], Location],
    authored: Callable[[str], bool],
) -> None:
    """Check that every operation, parameter, status, field and value that was written by hand has an origin.

    An origin is a claim of a page, an `x-source`, or an `x-assumed`.

    Args:
        claims: of all pages.
        api: as parsed.
        marks: of the document.
        report: gets `claim-unsourced`.
        place: where the node at an address of the document is located.
        authored: whether the node at an address of the document was written by hand.
    """
    origins = _Origins(claims, Lookup(api), marks)
    for operation in api.operations:
        origins.operation(operation)
    hint = "cite the page that states it ('x-source'), or give the reason why it is assumed ('x-assumed')"
    for address, words in sorted(origins.items.items()):
        if address not in origins.covered and authored(address):
            message = f"no page of the provider states {words}"
            report.add("claim-unsourced", message, place(address), hint=hint)


class _Origins:
    """Walks from each operation to everything that it reaches. What is covered on any way there is covered."""

    def __init__(self, claims: Sequence[Claim], lookup: Lookup, marks: Marks) -> None:
        self.lookup, self.marks = lookup, marks
        self.items: dict[str, str] = {}
        """What needs an origin: address, and what it is in words."""
        self.covered: set[str] = set()
        self._seen: set[tuple[str, bool]] = set()
        self._parameter_references = {
            (address.rpartition("/parameters/")[0], marks.chain(address)[-1]): address
            for address in marks.references
            if "/parameters/" in address
        }
        """Where an operation or a path refers to a parameter, by its own address and the parameter's."""
        self._operations: set[str] = set()
        self._statuses: set[tuple[str, str]] = set()
        self._fields: set[str] = set()
        self._values: set[str] = set()
        for claim in claims:
            self._note(claim)

    def _note(self, claim: Claim) -> None:
        match claim:
            case OperationClaim(method=method, path=path):
                self._operations |= {one.address for one in self.lookup.operations(method, path)}
            case FieldClaim(path=path):
                self._fields.add(path.rpartition(".")[2].removesuffix("[]"))
            case EnumClaim(value=value):
                self._values.add(value)
            case StatusClaim(status=status):
                self._statuses |= {(one.address, status) for one in self._operations_of(claim.operation)}
            case ErrorCodeClaim(code=code, status=status):
                self._values.add(code)
                self._statuses |= {(one.address, status) for one in self._operations_of(claim.operation)}
            case SentenceClaim():
                pass
            case _:
                assert_never(claim)

    def _operations_of(self, name: str) -> Sequence[ir.Operation]:
        """The operations that a claim is about; all, if it is said of all."""
        method, _, path = name.partition(" ")
        if not path:
            return self.lookup.api.operations
        return self.lookup.operations(method, path) or self.lookup.similar_operations(method, path)

    def operation(self, operation: ir.Operation) -> None:
        name, address = operation_name(operation), operation.address
        covered = self._item(f"the operation {name}", address, False, address in self._operations)
        for parameter in operation.parameters:
            # A parameter that only the path names has no node of its own.
            if parameter.address != address:
                is_claimed = parameter.wire in self._fields
                stated_at = self._stated_at(operation, parameter)
                below = self._item(f"the parameter {parameter.wire!r}", stated_at, covered, is_claimed)
                self._value(parameter_value(parameter), below)
        if operation.body is not None:
            below = covered or self.marks.covered(f"{address}/requestBody")
            self._contents(operation.body.contents, operation.body.address, below)
        for response in operation.responses:
            is_claimed = (address, response.status) in self._statuses
            words = f"the status {response.status} of {name}"
            below = self._item(words, f"{address}/responses/{response.status}", covered, is_claimed)
            self._contents(response.contents, response.address, below)

    def _stated_at(self, operation: ir.Operation, parameter: ir.Parameter) -> str:
        """Where an operation, or its path, states that it has a parameter: a reference, or the parameter itself."""
        owners = (operation.address, operation.address.rpartition("/")[0])
        references = (self._parameter_references.get((owner, parameter.address)) for owner in owners)
        return next((address for address in references if address is not None), parameter.address)

    def _contents(self, contents: Iterable[ir.Content], owner: str, covered: bool) -> None:
        for content in contents:
            for value in content_values(content, owner):
                self._value(value, covered)

    def _value(self, value: Value, covered: bool) -> None:
        covered = covered or self.marks.covered(value.address)
        match value.type:
            case ir.Nullable(inner):
                self._value(Value(inner, value.address), covered)
            case ir.Union(members):
                self._members(members, value.address, covered)
            case ir.ListOf(item):
                self._value(Value(item, f"{value.address}/items"), covered)
            case ir.MapOf(inner):
                self._value(Value(inner, f"{value.address}/additionalProperties"), covered)
            case ir.Ref(key):
                self._declaration(self.lookup.api.declarations[key], covered or self.marks.covered(key))
            case ir.Scalar() | ir.Const() | ir.Anything():
                pass
            case _:
                assert_never(value.type)

    def _members(self, members: Iterable[ir.Type], address: str, covered: bool) -> None:
        for member in members:
            self._value(Value(member, address), covered)

    def _declaration(self, declaration: ir.Declaration, covered: bool) -> None:
        key = declaration.key
        if (key, covered) in self._seen:
            return
        self._seen.add((key, covered))
        match declaration:
            case ir.Model(fields=fields, additional=additional):
                for field in fields:
                    is_claimed = field.wire in self._fields
                    below = self._item(f"the field {field.wire!r}", field.address, covered, is_claimed)
                    self._value(Value(field.type, field.address), below)
                self._value(Value(additional, f"{key}/additionalProperties"), covered)
            case ir.Enum(values=values):
                covered = covered or self.marks.origin_at(key)
                for index, value in enumerate(values):
                    # A list of constants is an enum too.
                    marked = any(self.marks.origin_at(f"{key}/{keyword}/{index}") for keyword in ("oneOf", "anyOf"))
                    is_claimed = value in self._values
                    self._item(f"the value {value!r}", f"{key}/enum/{index}", covered or marked, is_claimed)
            case ir.UnionOf(arms=members):
                self._members(members, key, covered)
            case _:
                assert_never(declaration)

    def _item(self, words: str, address: str, covered: bool, claimed: bool) -> bool:
        """Note something that needs an origin. Returns whether everything below it has one from here."""
        self.items[address] = words
        if covered or claimed or self.marks.origin_at(address) or self.marks.covered(address):
            self.covered.add(address)
        return covered or self.marks.covered(address)
