"""Claims of pages compared with an `Api`: does the document have what the pages state?

The rows of a table or list describe one object, but the page does not state which: it is the one among those of its
side of the operation that has most of them. What a page says of all operations holds if it holds for one. What the
document has beyond a page's claims is the subject of `origins`, what a page said before that of `changes`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias, assert_never
from urllib.parse import urlsplit

from clientsmith import ir
from clientsmith.claims.lookup import AllowedValues, Lookup, Value, operation_name, types_in_words
from clientsmith.claims.model import (
    Claim,
    EnumClaim,
    ErrorCodeClaim,
    FieldClaim,
    OperationClaim,
    Role,
    SentenceClaim,
    StatusClaim,
)
from clientsmith.diagnostics import Location, Report

Place: TypeAlias = Callable[[str], Location]
"""Where the node at an address of the document is located in the provider's files."""

Messages: TypeAlias = Mapping[int, list[tuple[str, Location]]]
"""For claims that have a diagnostic of their own, by identity: further places for it."""


def check_claims(
    claims: Sequence[Claim],
    api: ir.Api,
    report: Report,
    *,
    place: Place,
    changed: Messages | None = None,
    renamed: Mapping[str, str] | None = None,
) -> None:
    """Compare what pages state with an API.

    Args:
        claims: of one page or of several.
        api: as parsed.
        report: gets `claim-missing` and `claim-conflict`, at the line of the page, with the place in the document.
        place: see `Place`.
        changed: claims that are not as they were accepted; what is found for one goes there instead.
        renamed: operations that the page calls otherwise than before, by their new name.
    """
    check = _Check(Lookup(api), report, place, changed or {}, renamed or {}, claims)
    tables: dict[tuple[str, ...], list[FieldClaim]] = {}
    for claim in claims:
        match claim:
            case OperationClaim():
                check.operation(claim)
            case FieldClaim(form="example"):
                check.example(claim)
            case FieldClaim():
                key = (claim.location.file, claim.form, claim.group, claim.operation, claim.role, claim.status)
                tables.setdefault(key, []).append(claim)
            case EnumClaim():
                check.enum(claim)
            case StatusClaim():
                check.status(claim)
            case ErrorCodeClaim():
                check.error_code(claim)
            case SentenceClaim():
                check.sentence(claim)
            case _:
                assert_never(claim)
    for rows in tables.values():
        check.table(rows)


class _Described(NamedTuple):
    """What rows may describe: an object with those of the rows that it has. `sent`: it is part of the request."""

    near: str
    known: Mapping[str, Sequence[Value]]
    sent: bool


class _Check:
    def __init__(
        self,
        lookup: Lookup,
        report: Report,
        place: Place,
        changed: Messages,
        renamed: Mapping[str, str],
        claims: Iterable[Claim],
    ) -> None:
        self.lookup, self.report, self.place = lookup, report, place
        self.changed, self.renamed = changed, renamed
        self._of_page: dict[str, list[ir.Operation]] = {}
        for claim in claims:
            if isinstance(claim, OperationClaim):
                self._of_page.setdefault(claim.location.file, []).extend(self._named(claim.operation))

    def operation(self, claim: OperationClaim) -> None:
        if self.lookup.operations(claim.method, claim.path):
            return
        method = claim.method.upper()
        if similar := self.lookup.similar_operations(claim.method, claim.path):
            message = f"the page documents {method} {claim.path}, the document has {operation_name(similar[0])}"
            self._conflict(claim, message, similar[0].address)
        else:
            self._missing(claim, f"the page documents the operation {method} {claim.path}", "#/paths")

    def status(self, claim: StatusClaim) -> None:
        operations = self._operations(claim)
        lacking = [one for one in operations if not self._has_status(one, claim.status)]
        if claim.operation:
            for operation in lacking:
                what = f"the page documents the status {claim.status} of {operation_name(operation)}"
                self._missing(claim, what, f"{operation.address}/responses")
        elif operations and len(lacking) == len(operations):
            self._missing(claim, f"the page documents the status {claim.status}", "#/paths")

    def _has_status(self, operation: ir.Operation, status: str) -> bool:
        if status.endswith("XX") and any(one.status.startswith(status[0]) for one in operation.responses):
            return True
        return self.lookup.response(operation, status) is not None

    def error_code(self, claim: ErrorCodeClaim) -> None:
        operations = self._operations(claim)
        if claim.status:
            having = [one for one in operations if self.lookup.response(one, claim.status) is not None]
            lacking = [one for one in operations if one not in having]
            if lacking and (claim.operation or not having):
                what = f"the page documents the error {claim.code} with the status {claim.status}"
                of_operation = f" of {operation_name(lacking[0])}" if claim.operation else ""
                self._missing(claim, f"{what}{of_operation}", f"{lacking[0].address}/responses")
            operations = having
        responses = [
            response
            for one in operations
            for response in one.responses
            if not response.status.startswith("2")
            and (not claim.status or response is self.lookup.response(one, claim.status))
        ]
        lists = self._lists(value for one in responses for value in self.lookup.response_values(one))
        if lists and not any(claim.code in each.values for each in lists):
            self._missing(claim, f"the page documents the error code {claim.code!r}", lists[0].address)

    def enum(self, claim: EnumClaim) -> None:
        operations = self._operations(claim)
        misses = [near for one in operations if (near := self._lacks_value(claim, one)) is not None]
        if misses and (claim.operation or len(misses) == len(operations)):
            of_field = f" of {claim.field!r}" if claim.field else ""
            self._missing(claim, f"the page documents the value {claim.value!r}{of_field}", misses[0])

    def _lacks_value(self, claim: EnumClaim, operation: ir.Operation) -> str | None:
        """Where an operation should have a value; None if it has it, or if a sentence may be about anything."""
        values = self._values(operation, "", claim.status)
        fields = [field for value in values for field in self.lookup.fields(value, claim.field)] if claim.field else []
        if claim.field and not claim.status and (named := self.lookup.parameter(operation, claim.field)):
            fields.append(named)
        if not claim.field or (claim.form == "list" and not fields):
            # The words before a list need not name the field as it is called.
            fields = self.lookup.contained(values)
        lists = [each for field in fields for each in self.lookup.allowed_values(field)]
        if any(claim.value in each.values for each in lists) or self._is_boolean(claim, fields):
            return None
        if claim.form == "sentence" and (not claim.field or not fields):
            return None
        places = [*(each.address for each in lists), *(one.address for one in (*fields, *values))]
        return (*places, operation.address)[0]

    def _is_boolean(self, claim: EnumClaim, fields: Iterable[Value]) -> bool:
        """Whether a page lists the values of a boolean."""
        types = [self.lookup.json_types(field.type) or () for field in fields]
        return claim.value in ("true", "false") and any("boolean" in each for each in types)

    def example(self, claim: FieldClaim) -> None:
        operations = self._operations(claim)
        misses: list[str] = []
        differing: list[Value] = []
        for operation in operations:
            values = self._values(operation, claim.role, claim.status)
            fields = [field for value in values for field in self.lookup.fields(value, claim.path)]
            if not fields:
                if not any(self.lookup.is_open(value, claim.path) for value in values) and values:
                    misses.append((*(value.address for value in values), operation.address)[0])
            elif not any(self._accepts(field, claim.types) for field in fields):
                differing.append(fields[0])
            elif not claim.operation:
                return
        if misses and (claim.operation or not differing):
            self._missing(claim, f"the page's example has the field {claim.path!r}", misses[0])
        elif differing:
            stated = types_in_words(claim.types)
            types = types_in_words(self.lookup.json_types(differing[0].type))
            message = f"{claim.path!r} is {stated} in the page's example, {types} in the document"
            self._conflict(claim, message, differing[0].address)

    def _accepts(self, field: Value, types: Sequence[str]) -> bool:
        """Whether a field may have a value of the types (JSON Schema 2020-12, 4.2.1: an integer is a number too)."""
        allowed = self.lookup.json_types(field.type)
        return allowed is None or set(types) <= allowed | ({"integer"} if "number" in allowed else set())

    def table(self, rows: Sequence[FieldClaim]) -> None:
        """The rows of one table or list, against the object that has most of them."""
        first = rows[0]
        operations = self._operations(first)
        if not operations:
            return
        candidates = [one for operation in operations for one in self._candidates(operation, rows, first.role)]
        if not any(one.known for one in candidates):
            candidates = [one for operation in operations for one in self._candidates(operation, rows, "")]
        best = max(candidates, key=lambda one: len(one.known))
        of_operation = f" of {operation_name(operations[0])}" if first.operation else ""
        for row in rows:
            if row.path in best.known:
                self._compare(row, best.known[row.path], sent=best.sent)
            else:
                self._missing(row, f"the page documents the field {row.path!r}{of_operation}", best.near)

    def _candidates(self, operation: ir.Operation, rows: Sequence[FieldClaim], role: Role) -> list[_Described]:
        """The objects that rows may describe, the likeliest first; what is sent is parameters and a body together."""
        found = [_Described(operation.address, {}, False)]
        named = {row.path: [one] for row in rows if (one := self.lookup.parameter(operation, row.path))}
        if role != "request":
            for value in self.lookup.contained(self._values(operation, "response", rows[0].status)):
                found.append(_Described(value.address, self._fields(value, rows), False))
        if role != "response":
            for value in self.lookup.contained(self.lookup.request_values(operation)):
                found.append(_Described(value.address, {**named, **self._fields(value, rows)}, True))
            found.append(_Described(f"{operation.address}/parameters", named, True))
        return found

    def _fields(self, value: Value, rows: Sequence[FieldClaim]) -> dict[str, list[Value]]:
        return {row.path: found for row in rows if (found := self.lookup.fields(value, row.path))}

    def _compare(self, row: FieldClaim, fields: Sequence[Value], *, sent: bool) -> None:
        stated = frozenset((*row.types, "null") if row.nullable else row.types)
        if row.types and not any(self.lookup.has_types(field.type, stated) for field in fields):
            types = types_in_words(self.lookup.json_types(fields[0].type))
            message = f"{row.path!r} is {types_in_words(stated)} on the page, {types} in the document"
            self._conflict(row, message, fields[0].address)
        required = {field.required for field in fields}
        if sent and row.required is not None and None not in required and row.required not in required:
            words = ("required", "optional") if row.required else ("optional", "required")
            message = f"{row.path!r} is {words[0]} on the page, {words[1]} in the document"
            self._conflict(row, message, fields[0].address)
        defaults = {_default_text(field.default) for field in fields if not isinstance(field.default, ir.Missing)}
        if row.default and defaults and row.default not in defaults:
            message = f"{row.path!r} is {row.default!r} by default on the page, {min(defaults)!r} in the document"
            self._conflict(row, message, fields[0].address)

    def sentence(self, claim: SentenceClaim) -> None:
        match claim.topic:
            case "server":
                self._server(claim)
            case "authentication":
                self._authentication(claim)
            case "deprecation":
                self._deprecation(claim)
            case "rate-limit" | "limit":
                # The document has no place for them: that they change is all that can be reported.
                pass
            case _:
                assert_never(claim.topic)

    def _server(self, claim: SentenceClaim) -> None:
        api = self.lookup.api
        servers = [*api.servers, *(server for one in api.operations for server in one.servers)]
        known = {url.rstrip("/") for server in servers for url in (server.url, server.address)}
        absolute = sorted(url for url in known if urlsplit(url).netloc)
        if not absolute or any(character in claim.words for character in "{}<>$"):
            return
        paths = {one.template for one in api.operations}
        whole = {f"{url}{path}/" for url in absolute for path in ("", *paths)}
        if not any(one.startswith(f"{claim.words}/") for one in whole) and not any(
            f"{claim.words}/".startswith(f"{url}/") for url in absolute
        ):
            message = f"the base URL is {claim.words!r} on the page, {absolute[0]!r} in the document"
            self._conflict(claim, message, "#/servers")

    def _authentication(self, claim: SentenceClaim) -> None:
        schemes = self.lookup.api.schemes
        kind, _, name = claim.words.partition(" ")
        for scheme in schemes:
            if kind == "Authorization:":
                header = scheme.kind == "apiKey" and scheme.wire.lower() == "authorization"
                bearer = scheme.kind == "bearer" and name.lower() in (scheme.prefix.lower(), "bearer")
                if header or bearer or scheme.kind == {"bearer": "token", "basic": "basic"}.get(name.lower()):
                    return
            elif scheme.kind == "apiKey" and (scheme.location, scheme.wire.lower()) == (kind, name.lower()):
                return
        if any(self.lookup.parameter(one, name) for one in self.lookup.api.operations):
            return
        if schemes:
            names = [f"{one.location} {one.wire}" if one.wire else one.kind for one in schemes]
            known = " or ".join(dict.fromkeys(names))
            message = f"the authentication is {claim.words!r} on the page, {known!r} in the document"
            self._conflict(claim, message, schemes[0].address)
        else:
            self._missing(claim, f"the page documents the authentication {claim.words!r}", "#/components")

    def _deprecation(self, claim: SentenceClaim) -> None:
        if not claim.operation or not claim.words.startswith("deprecated"):
            return
        for operation in self._operations(claim):
            if claim.subject:
                values = self._values(operation, "", "")
                fields = [one for value in values for one in self.lookup.fields(value, claim.subject)]
                if (named := self.lookup.parameter(operation, claim.subject)) is not None:
                    fields.append(named)
                if fields and not any(one.deprecated for one in fields):
                    message = f"{claim.subject!r} is deprecated on the page, and not in the document"
                    self._conflict(claim, message, fields[0].address)
            elif not operation.deprecated:
                message = f"{operation_name(operation)} is deprecated on the page, and not in the document"
                self._conflict(claim, message, operation.address)

    def _values(self, operation: ir.Operation, role: Role, status: str) -> list[Value]:
        """What a field that a page names may belong to: the response to a status, a side of the operation, or all."""
        if status:
            response = self.lookup.response(operation, status)
            return self.lookup.response_values(response) if response is not None else []
        match role:
            case "request":
                return self.lookup.contained(self.lookup.request_values(operation))
            case "response":
                responses = sorted(operation.responses, key=lambda one: not one.status.startswith("2"))
                values = [value for one in responses for value in self.lookup.response_values(one)]
                return self.lookup.contained(values)
            case "":
                return self.lookup.values(operation)
            case _:
                assert_never(role)

    def _lists(self, values: Iterable[Value]) -> list[AllowedValues]:
        """The lists of allowed values of everything that some values contain, each once."""
        found = [each for value in self.lookup.contained(values) for each in self.lookup.allowed_values(value)]
        return list({each.address: each for each in found}.values())

    def _operations(
        self, claim: FieldClaim | EnumClaim | StatusClaim | ErrorCodeClaim | SentenceClaim
    ) -> Sequence[ir.Operation]:
        """The operations that a claim is about; without one, those of its page, or all if the page names none.

        One that the document lacks has a diagnostic of its own, and enough.
        """
        if claim.operation:
            return self._named(claim.operation)
        of_page = self._of_page.get(claim.location.file)
        return self.lookup.api.operations if of_page is None else of_page

    def _named(self, name: str) -> Sequence[ir.Operation]:
        found: Sequence[ir.Operation] = ()
        for one in (name, self.renamed.get(name, "")):
            method, _, path = one.partition(" ")
            if path and not found:
                found = self.lookup.operations(method, path) or self.lookup.similar_operations(method, path)
        return found

    def _missing(self, claim: Claim, what: str, near: str) -> None:
        self._add("claim-missing", claim, f"{what}, which is not in the document", "searched here", near)

    def _conflict(self, claim: Claim, message: str, address: str) -> None:
        self._add("claim-conflict", claim, message, "in the document", address)

    def _add(self, slug: str, claim: Claim, message: str, label: str, address: str) -> None:
        also = [(label, self.place(address))]
        if id(claim) in self.changed:
            self.changed[id(claim)].extend(also)
        else:
            self.report.add(slug, message, claim.location, also=also)


def _default_text(value: ir.Json | ir.Missing) -> str:
    """A default as pages write it."""
    return value if isinstance(value, str) else json.dumps(value)
