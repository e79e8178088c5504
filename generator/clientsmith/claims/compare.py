"""Claims of pages compared with an `Api`, in both directions.

    check_claims     claims -> Api       does the document have what the pages state?     claim-missing, claim-conflict
    check_citations  marks -> pages      is each `x-source` on the page that it cites?    claim-conflict
    check_origins    Api -> claims       does a page state what was written by hand?      claim-unsourced

The rows of a table describe one object, but the page does not state which: it is the one among the operation's that has
most of them. What the document has beyond a page's claims matters only where it was written by hand.

An `x-source` without quote or row is the origin of everything below its node and of what that refers to; one with
either is the origin of its own node, and of the values of an enum that is written there. Inline schemas that are
written alike are one declaration of the `Api`: the origin of one is the origin of all.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias, assert_never

from clientsmith import ir
from clientsmith.claims.lookup import AllowedValues, Lookup, Value, content_values, parameter_value, types_in_words
from clientsmith.claims.model import Claim, EnumClaim, ErrorCodeClaim, FieldClaim, OperationClaim, StatusClaim
from clientsmith.diagnostics import Location, Report
from clientsmith.load.marks import SOURCE, Marks
from clientsmith.load.tree import is_object

Place: TypeAlias = Callable[[str], Location]
"""Where the node at an address of the document is located in the provider's files."""

_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        "\u2026": "...",
        "\u00a0": " ",
        **dict.fromkeys("`*", None),
    }
)


def normalised(text: str) -> str:
    """A text as quotes are compared: simple quotation marks and dashes, no emphasis, single spaces."""
    return re.sub(r"\s+", " ", text.translate(_TYPOGRAPHY)).strip()


# ------------------------------------------------------------------------------------------ claims against the API


def check_claims(claims: Iterable[Claim], api: ir.Api, report: Report, *, place: Place) -> None:
    """Compare what pages state with an API.

    Args:
        claims: of one page or of several.
        api: as parsed.
        report: gets `claim-missing` and `claim-conflict`, at the line of the page, with the place in the document.
        place: see `Place`.
    """
    check = _Check(Lookup(api), report, place)
    tables: dict[tuple[str, str, str], list[FieldClaim]] = {}
    for claim in claims:
        match claim:
            case OperationClaim():
                check.operation(claim)
            case FieldClaim(source="example"):
                check.example(claim)
            case FieldClaim():
                tables.setdefault((claim.location.file, claim.source, claim.operation), []).append(claim)
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
    def __init__(self, lookup: Lookup, report: Report, place: Place) -> None:
        self.lookup, self.report, self.place = lookup, report, place

    def operation(self, claim: OperationClaim) -> None:
        if self.lookup.operations(claim.method, claim.path):
            return
        method = claim.method.upper()
        if similar := self.lookup.similar_operations(claim.method, claim.path):
            message = f"the page documents {method} {claim.path}, the document has {_name(similar[0])}"
            self._conflict(claim, message, similar[0].address)
        else:
            self._missing(claim, f"the page documents the operation {method} {claim.path}", "#/paths")

    def status(self, claim: StatusClaim) -> None:
        for operation in self._operations(claim):
            if self.lookup.response(operation, claim.status) is None:
                what = f"the page documents the status {claim.status} of {_name(operation)}"
                self._missing(claim, what, f"{operation.address}/responses")

    def error_code(self, claim: ErrorCodeClaim) -> None:
        for operation in self._operations(claim):
            responses = [one for one in operation.responses if not one.status.startswith("2")]
            if claim.status:
                response = self.lookup.response(operation, claim.status)
                if response is None:
                    what = f"the page documents the error {claim.code} with the status {claim.status}"
                    self._missing(claim, f"{what} of {_name(operation)}", f"{operation.address}/responses")
                    continue
                responses = [] if claim.status.startswith("2") else [response]
            lists = self._lists(value for one in responses for value in self.lookup.response_values(one))
            if lists and not any(claim.code in each.values for each in lists):
                self._missing(claim, f"the page documents the error code {claim.code!r}", lists[0].address)

    def enum(self, claim: EnumClaim) -> None:
        for operation in self._operations(claim):
            values = self._described(operation, claim.status)
            fields = [field for value in values for field in self.lookup.fields(value, claim.field)]
            if claim.field and not claim.status and (named := self.lookup.parameter(operation, claim.field)):
                fields.append(named)
            if not claim.field:
                fields = self.lookup.contained(values)
            lists = [each for field in fields for each in self.lookup.allowed_values(field)]
            if any(claim.value in each.values for each in lists) or self._is_boolean(claim, fields):
                continue
            of_field = f" of {claim.field!r}" if claim.field else ""
            places = [*(each.address for each in lists), *(one.address for one in (*fields, *values))]
            what = f"the page documents the value {claim.value!r}{of_field}"
            self._missing(claim, what, (*places, operation.address)[0])

    def _is_boolean(self, claim: EnumClaim, fields: Iterable[Value]) -> bool:
        """Whether a page lists the values of a boolean."""
        types = [self.lookup.json_types(field.type) or () for field in fields]
        return claim.value in ("true", "false") and any("boolean" in each for each in types)

    def example(self, claim: FieldClaim) -> None:
        for operation in self._operations(claim):
            values = self._described(operation, claim.status)
            fields = [field for value in values for field in self.lookup.fields(value, claim.path)]
            if not fields:
                near = (*(value.address for value in values), operation.address)[0]
                self._missing(claim, f"the page's example has the field {claim.path!r}", near)
            elif not any(self._accepts(field, claim.types) for field in fields):
                stated = types_in_words(claim.types)
                types = types_in_words(self.lookup.json_types(fields[0].type))
                message = f"{claim.path!r} is {stated} in the page's example, {types} in the document"
                self._conflict(claim, message, fields[0].address)

    def _accepts(self, field: Value, types: Sequence[str]) -> bool:
        """Whether a field may have a value of the types (JSON Schema 2020-12, 4.2.1: an integer is a number too)."""
        allowed = self.lookup.json_types(field.type)
        return allowed is None or set(types) <= allowed | ({"integer"} if "number" in allowed else set())

    def table(self, rows: Sequence[FieldClaim]) -> None:
        """The rows of one table, against the object that has most of them."""
        for operation in self._operations(rows[0]):
            near = operation.address
            known: dict[str, list[Value]] = {}
            for value in self.lookup.values(operation):
                here = {row.path: found for row in rows if (found := self.lookup.fields(value, row.path))}
                if len(here) > len(known):
                    near, known = value.address, here
            named = {row.path: [one] for row in rows if (one := self.lookup.parameter(operation, row.path))}
            if len(named) > len(known):
                near, known = f"{operation.address}/parameters", named
            for row in rows:
                if row.path in known:
                    self._compare(row, known[row.path])
                else:
                    self._missing(row, f"the page documents the field {row.path!r} of {_name(operation)}", near)

    def _compare(self, row: FieldClaim, fields: Sequence[Value]) -> None:
        stated = frozenset((*row.types, "null") if row.nullable else row.types)
        if not row.types or any(self.lookup.has_types(field.type, stated) for field in fields):
            return
        types = types_in_words(self.lookup.json_types(fields[0].type))
        message = f"{row.path!r} is {types_in_words(stated)} on the page, {types} in the document"
        self._conflict(row, message, fields[0].address)

    def _described(self, operation: ir.Operation, status: str) -> list[Value]:
        """What a field that a page names may belong to: the response to a status, else all values of the operation."""
        if not status:
            return self.lookup.values(operation)
        response = self.lookup.response(operation, status)
        return self.lookup.response_values(response) if response is not None else []

    def _lists(self, values: Iterable[Value]) -> list[AllowedValues]:
        """The lists of allowed values of everything that some values contain, each once."""
        found = [each for value in self.lookup.contained(values) for each in self.lookup.allowed_values(value)]
        return list({each.address: each for each in found}.values())

    def _operations(self, claim: FieldClaim | EnumClaim | StatusClaim | ErrorCodeClaim) -> Sequence[ir.Operation]:
        """The operations that a claim is about. One that the document lacks has a diagnostic of its own, and enough."""
        if not claim.operation:
            message = "the claims of the page name no operation: they are not compared with the document"
            self.report.add("claim-missing", message, Location(claim.location.file))
        return _operations_of(claim, self.lookup)

    def _missing(self, claim: Claim, what: str, near: str) -> None:
        also = [("searched here", self.place(near))]
        self.report.add("claim-missing", f"{what}, which is not in the document", claim.location, also=also)

    def _conflict(self, claim: Claim, message: str, address: str) -> None:
        also = [("in the document", self.place(address))]
        self.report.add("claim-conflict", message, claim.location, also=also)


def _operations_of(
    claim: FieldClaim | EnumClaim | StatusClaim | ErrorCodeClaim, lookup: Lookup
) -> Sequence[ir.Operation]:
    method, _, path = claim.operation.partition(" ")
    if not path:
        return []
    return lookup.operations(method, path) or lookup.similar_operations(method, path)


def _name(operation: ir.Operation) -> str:
    return f"{operation.method.upper()} {operation.template}"


# --------------------------------------------------------------------------------------------- citations of pages


def check_citations(
    claims: Sequence[Claim], marks: Marks, report: Report, *, place: Place, pages: Mapping[str, str]
) -> None:
    """Compare every `x-source` with the page that it cites.

    Args:
        claims: of all pages.
        marks: of the document.
        report: gets `claim-conflict` for a page, table, row or quote that does not exist.
        place: see `Place`.
        pages: the text of each vendored page by name; an `x-source` may leave out leading folders of it.
    """
    texts = {name: normalised(text) for name, text in pages.items()}
    for address, mark in marks.by_address.items():
        if not mark.has_source:
            continue
        source = {"page": mark.source} if isinstance(mark.source, str) else mark.source
        page = _cited_page(source, texts)
        if problem := _problem(source, page, claims, texts):
            also = _similar_line(str(source.get("quote", "")), page, pages[page]) if page else []
            report.add("claim-conflict", problem, place(f"{address}/{SOURCE}"), also=also)


def _cited_page(source: Any, pages: Iterable[str]) -> str:
    """The name of the vendored page that is cited; empty if there is none."""
    page = source.get("page") if is_object(source) else None
    found = (name for name in pages if isinstance(page, str) and (name == page or name.endswith(f"/{page}")))
    return next(found, "")


def _problem(source: Any, name: str, claims: Sequence[Claim], texts: Mapping[str, str]) -> str:
    """What is wrong with an `x-source`; empty if nothing is, or if its page is not vendored and cannot be compared."""
    page = source.get("page") if is_object(source) else None
    if not isinstance(page, str):
        return "'x-source' has no 'page'"
    if re.match(r"https?://", page):
        return ""
    if not name:
        return f"'x-source' cites {page!r}, which is not a page of the provider"
    table, row, quote = source.get("table"), source.get("row"), source.get("quote")
    if row is not None and not any(_is_row(claim, name, table, row) for claim in claims):
        where = f"no table of {page!r} has a row" if table is None else f"table {table} of {page!r} has no row"
        return f"{where} {row!r}"
    if quote is not None and normalised(str(quote)) not in texts[name]:
        return f"the quote {quote!r} is not on {page!r}"
    return ""


def _is_row(claim: Claim, page: str, table: object, row: object) -> bool:
    if not isinstance(claim, FieldClaim | ErrorCodeClaim) or claim.location.file != page:
        return False
    name = claim.path if isinstance(claim, FieldClaim) else claim.code
    return name == row and (table is None or claim.source == f"table {table}")


def _similar_line(quote: str, name: str, page: str) -> list[tuple[str, Location]]:
    """Where the words of a quote probably are now: the line of the page that is most like it, if one is."""
    lines = {normalised(line): number for number, line in enumerate(page.splitlines(), 1)}
    similar = difflib.get_close_matches(normalised(quote), lines, 1)
    return [("the most similar line", Location(name, "", lines[line], 1)) for line in similar]


# --------------------------------------------------------------------------------------------------- origins


def check_origins(
    claims: Sequence[Claim],
    api: ir.Api,
    marks: Marks,
    report: Report,
    *,
    place: Place,
    authored: Callable[[str], bool],
) -> None:
    """Check that every operation, parameter, status, field and value that was written by hand has an origin.

    An origin is a claim of a page, an `x-source`, or an `x-assumed`.

    Args:
        claims: of all pages.
        api: as parsed.
        marks: of the document.
        report: gets `claim-unsourced`.
        place: see `Place`.
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
                self._statuses |= {(one.address, status) for one in _operations_of(claim, self.lookup)}
            case ErrorCodeClaim(code=code, status=status):
                self._values.add(code)
                self._statuses |= {(one.address, status) for one in _operations_of(claim, self.lookup)}
            case _:
                assert_never(claim)

    def operation(self, operation: ir.Operation) -> None:
        name, address = _name(operation), operation.address
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
