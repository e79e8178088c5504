"""Each claim of a page held against the document: `claim-missing` and `claim-conflict`, with both places.

A table's rows describe one object, but the page does not say which: it is the one among the operation's that has most
of them. `claims_sources` looks in the other direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from clientsmith.claims.model import Claim, EnumClaim, ErrorCodeClaim, FieldClaim, OperationClaim, StatusClaim
from clientsmith.claims.schemas import Operation, Schemas, listed
from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import Document, Node


def check_claims(claims: Sequence[Claim], document: Document, report: Report) -> None:
    """Hold what pages say against what a document says; what the document has beyond that is no finding.

    Args:
        claims: of one page or of several.
        document: after merging; with overlays or without them.
        report: gets `claim-missing` and `claim-conflict`, at the line of the page, with the place in the document.
    """
    check = _Check(Schemas(document), document, report)
    tables: dict[tuple[str, str, str], list[FieldClaim]] = {}
    for claim in claims:
        match claim:
            case OperationClaim():
                check.operation(claim)
            case FieldClaim():
                if claim.source == "example":
                    check.example(claim)
                else:
                    tables.setdefault((claim.stand.page, claim.source, claim.operation), []).append(claim)
            case EnumClaim():
                check.enum(claim)
            case StatusClaim():
                check.status(claim)
            case ErrorCodeClaim():
                check.error_code(claim)
            case _:
                assert_never(claim)
    for rows in tables.values():
        check.table(rows)


class _Check:
    def __init__(self, schemas: Schemas, document: Document, report: Report) -> None:
        self.schemas, self.document, self.report = schemas, document, report

    def operation(self, claim: OperationClaim) -> None:
        if self.schemas.matching(claim.method, claim.path):
            return
        name = f"{claim.method.upper()} {claim.path}"
        if alike := self.schemas.alike(claim.method, claim.path):
            self._conflict(claim, f"the page calls it {name}, the document {alike[0].path}", alike[0].node)
        else:
            self._missing(claim, f"the page has the operation {name}", Node(None, "#/paths"))

    def status(self, claim: StatusClaim) -> None:
        for operation in self._operations(claim):
            if self.schemas.answer(operation, claim.status) is None:
                self._missing(
                    claim,
                    f"the page has the status {claim.status} of {_name(operation)}",
                    operation.node.child("responses"),
                )

    def error_code(self, claim: ErrorCodeClaim) -> None:
        for operation in self._operations(claim):
            answers = list(self.schemas.statuses(operation).items())
            if claim.status:
                answer = self.schemas.answer(operation, claim.status)
                if answer is None:
                    self._missing(
                        claim,
                        f"the page has the error {claim.code} with the status {claim.status} of {_name(operation)}",
                        operation.node.child("responses"),
                    )
                    continue
                answers = [(claim.status, answer)]
            enums = [
                found
                for status, answer in answers
                if not status.startswith("2")
                for schema in self.schemas.bodies(answer)
                for found in self._enums(schema)
            ]
            if enums and not any(claim.code in values for _, values in enums):
                self._missing(claim, f"the page has the error code {claim.code!r}", enums[0][0].child("enum"))

    def enum(self, claim: EnumClaim) -> None:
        for operation in self._operations(claim):
            schemas = self._described(operation, claim.status)
            fields = [node for schema in schemas if claim.field and (node := self.schemas.field(schema, claim.field))]
            if claim.field and not claim.status:
                parameter = self.schemas.parameter(operation, claim.field)
                fields += [parameter] if parameter is not None else []
            found = [enum for field in fields if (enum := self.schemas.enum(field))]
            if not claim.field:
                found = [enum for schema in schemas for enum in self._enums(schema)]
            if not any(claim.value in values for _, values in found):
                what = f"takes {claim.value!r}" if claim.field else f"the page has the value {claim.value!r}"
                message = f"on the page {claim.field!r} {what}" if claim.field else what
                nearest = found[0][0].child("enum") if found else (*fields, *schemas, operation.node)[0]
                self._missing(claim, message, nearest)

    def example(self, claim: FieldClaim) -> None:
        for operation in self._operations(claim):
            schemas = self._described(operation, claim.status)
            found = [node for schema in schemas if (node := self.schemas.field(schema, claim.path))]
            if not found:
                nearest = (*schemas, operation.node)[0]
                self._missing(claim, f"the page's example has the field {claim.path!r}", nearest)
            for node in found[:1]:
                types = self.schemas.types(node)
                # JSON Schema 2020-12, 4.2.1: an integer is a number too.
                if types is not None and not set(claim.types) <= types | ({"integer"} if "number" in types else set()):
                    shown, said = listed(claim.types), listed(types)
                    message = f"{claim.path!r} is {shown} in the page's example, {said} in the document"
                    self._conflict(claim, message, node)

    def table(self, rows: Sequence[FieldClaim]) -> None:
        """The rows of one table, against the object that has most of them."""
        for operation in self._operations(rows[0]):
            best: Node | None = None
            fields: dict[str, Node] = {}
            for schema in self.schemas.schemas(operation):
                here = {row.path: node for row in rows if (node := self.schemas.field(schema, row.path))}
                if len(here) > len(fields):
                    best, fields = schema, here
            named = {row.path: node for row in rows if (node := self.schemas.parameter(operation, row.path))}
            if len(named) > len(fields):
                best, fields = operation.node.child("parameters"), named
            for row in rows:
                if row.path not in fields:
                    self._missing(
                        row, f"the page has the field {row.path!r} of {_name(operation)}", best or operation.node
                    )
                elif row.types:
                    self._compare(row, fields[row.path])

    def _compare(self, row: FieldClaim, node: Node) -> None:
        types = self.schemas.types(node)
        said = frozenset[str]((*row.types, "null") if row.nullable else row.types)
        if types != said:
            self._conflict(row, f"{row.path!r} is {listed(said)} on the page, {listed(types)} in the document", node)

    def _described(self, operation: Operation, status: str) -> list[Node]:
        if not status:
            return self.schemas.schemas(operation)
        answer = self.schemas.answer(operation, status)
        return self.schemas.bodies(answer) if answer is not None else []

    def _enums(self, schema: Node) -> list[tuple[Node, list[str]]]:
        """The enums of a schema and of everything that it holds."""
        found: dict[str, tuple[Node, list[str]]] = {}
        for node in self.schemas.below(schema):
            if enum := self.schemas.enum(node):
                found.setdefault(enum[0].address, enum)
        return list(found.values())

    def _operations(self, claim: Claim) -> Sequence[Operation]:
        """The operations that a claim is about. One that the document lacks is a finding of its own, and enough."""
        name = claim.operation if not isinstance(claim, OperationClaim) else ""
        if not name:
            place = Location(claim.stand.page)
            self.report.add(
                "claim-missing", "the page states things and names no operation before; not compared", place
            )
            return []
        method, _, path = name.partition(" ")
        return self.schemas.matching(method, path) or self.schemas.alike(method, path)

    def _missing(self, claim: Claim, message: str, near: Node) -> None:
        self.report.add(
            "claim-missing",
            f"{message}; the document has not",
            claim.stand.place,
            also=[("looked for here", self.document.place(near.address))],
        )

    def _conflict(self, claim: Claim, message: str, node: Node) -> None:
        also = [("in the document", self.document.place(node.address))]
        self.report.add("claim-conflict", message, claim.stand.place, also=also)


def _name(operation: Operation) -> str:
    return f"{operation.method.upper()} {operation.path}"
