"""Where an authored document has its facts from: `x-source` and `x-assumed`.

    x-source: {page: pages/jobs.md, table: 1, row: status, quote: Current job status}
    x-source: {page: 'https://example.com/docs/errors'}        a page that is not kept here: no quote can be compared
    x-assumed: no page says it; the sandbox answers so

Decides whether each operation, field, value and status has an origin, and whether quotes stand where they are said to.
An `x-source` without quote or row covers all below it, one with either only its own node, and the values of an enum
that stands there (not of one that it refers to).
`claims_strip` takes both keywords out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clientsmith.claims.model import Claim, EnumClaim, ErrorCodeClaim, FieldClaim, OperationClaim, StatusClaim
from clientsmith.claims.schemas import Operation, Schemas
from clientsmith.diagnostics import Report
from clientsmith.load.assumptions import ASSUMED, NOT_WALKED, SOURCE
from clientsmith.load.document import Document, Node, escape
from clientsmith.load.merge.equality import NAMED
from clientsmith.load.tree import is_array, is_object

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
    """A text as quotes are compared: plain quotation marks and dashes, no emphasis, single spaces."""
    return re.sub(r"\s+", " ", text.translate(_TYPOGRAPHY)).strip()


def check_sources(
    claims: Sequence[Claim],
    document: Document,
    report: Report,
    *,
    authored: Callable[[str], bool],
    pages: Mapping[str, str],
) -> None:
    """Whether each operation, status, field and value of an authored document has an origin, and quotes are quotes.

    Args:
        claims: of all pages.
        document: after merging, before overlays, with its `x-source`s.
        report: gets `claim-unsourced`, and `claim-conflict` for an `x-source` that is not so.
        authored: whether the value at a JSON Pointer of the document's root was written by hand.
        pages: the text of each kept page by name; an `x-source` may leave out leading folders of it.
    """
    _Quotes(claims, document, report, pages).check()
    _Origins(claims, document, report, authored).check()


class _Quotes:
    """Every `x-source` of the document: does its page exist, and does the quote stand there?"""

    def __init__(self, claims: Sequence[Claim], document: Document, report: Report, pages: Mapping[str, str]) -> None:
        self.claims, self.document, self.report = claims, document, report
        self.pages = {name: normalised(text) for name, text in pages.items()}

    def check(self) -> None:
        for pointer, source in _sources(self.document.root, "", names=False):
            problem = self._problem({"page": source} if isinstance(source, str) else source)
            if problem:
                self.report.add("claim-conflict", problem, self.document.place(f"#{pointer}/{SOURCE}"))

    def _problem(self, source: Any) -> str:
        page = source.get("page") if is_object(source) else None
        if not is_object(source) or not isinstance(page, str):
            return "x-source names no page"
        if re.match(r"https?://", page):
            return ""
        name = next((name for name in self.pages if name == page or name.endswith(f"/{page}")), None)
        if name is None:
            return f"x-source names {page!r}, which is no page of the provider"
        table, row = source.get("table"), source.get("row")
        if row is not None and not any(
            (claim.path if isinstance(claim, FieldClaim) else claim.code) == row
            for claim in self.claims
            if isinstance(claim, FieldClaim | ErrorCodeClaim)
            and claim.stand.page == name
            and (table is None or claim.source == f"table {table}")
        ):
            where = "has no table with" if table is None else f"has in table {table} no"
            return f"{page!r} {where} row {row!r}"
        quote = source.get("quote")
        if quote is not None and normalised(str(quote)) not in self.pages[name]:
            return f"{page!r} does not say {quote!r}"
        return ""


def _sources(value: Any, pointer: str, *, names: bool) -> Iterator[tuple[str, Any]]:
    if is_array(value):
        for index, child in enumerate(value):
            yield from _sources(child, f"{pointer}/{index}", names=False)
    elif is_object(value):
        for key, child in value.items():
            if not names and key == SOURCE:
                yield pointer, child
            elif names or not (key in NOT_WALKED or key.startswith("x-")):
                yield from _sources(child, f"{pointer}/{escape(key)}", names=not names and key in NAMED)


@dataclass(frozen=True, slots=True)
class _Item:
    """Something that needs an origin: what it is in words, and where."""

    words: str
    address: str


class _Origins:
    """Walks from each operation to all that it reaches. What any way there covers, is covered."""

    def __init__(
        self, claims: Sequence[Claim], document: Document, report: Report, authored: Callable[[str], bool]
    ) -> None:
        self.document, self.report, self.authored = document, report, authored
        self.schemas = Schemas(document)
        self.operations = {(claim.method, claim.path) for claim in claims if isinstance(claim, OperationClaim)}
        self.fields = {
            claim.path.rpartition(".")[2].removesuffix("[]") for claim in claims if isinstance(claim, FieldClaim)
        }
        self.values = {claim.value for claim in claims if isinstance(claim, EnumClaim)}
        self.values |= {claim.code for claim in claims if isinstance(claim, ErrorCodeClaim)}
        self.statuses = {
            (claim.operation, claim.status) for claim in claims if isinstance(claim, StatusClaim | ErrorCodeClaim)
        }
        self.items: dict[str, _Item] = {}
        self.covered: set[str] = set()
        self._seen: set[tuple[str, bool]] = set()

    def check(self) -> None:
        for operation in self.schemas.operations:
            self._operation(operation)
        for address, item in sorted(self.items.items()):
            if address not in self.covered and self.authored(address.partition("#")[2]):
                self.report.add(
                    "claim-unsourced",
                    f"{item.words}: no page of the provider says so",
                    self.document.place(item.address),
                    hint="say where it is stated (x-source), or why it is believed (x-assumed)",
                )

    def _operation(self, operation: Operation) -> None:
        name = f"{operation.method.upper()} {operation.path}"
        claimed = any(operation in self.schemas.matching(method, path) for method, path in self.operations)
        below = self._item(f"the operation {name}", operation.node, operation.node, False, claimed)
        parameters = operation.node.child("parameters")
        for index in range(len(parameters.value) if is_array(parameters.value) else 0):
            site = parameters.child(index)
            parameter = self.schemas.resolved(site)
            named = str(parameter.child("name").value)
            reached = self._item(f"the parameter {named!r}", site, parameter, below, named in self.fields)
            self._schema(parameter.child("schema"), reached)
        body = operation.node.child("requestBody")
        holds = below or _covers_below(body) or _covers_below(self.schemas.resolved(body))
        for schema in self.schemas.bodies(body):
            self._schema(schema, holds)
        responses = operation.node.child("responses")
        for status, answer in self.schemas.statuses(operation).items():
            claimed = (f"{operation.method} {operation.path}", status) in self.statuses
            site = responses.child(status)
            reached = self._item(f"the status {status} of {name}", site, answer, below, claimed)
            for schema in self.schemas.bodies(answer):
                self._schema(schema, reached)

    def _schema(self, schema: Node, inherited: bool) -> None:
        for part in self.schemas.parts(schema):
            inside = inherited or _covers_below(schema) or _covers_below(part)
            if (part.address, inside) in self._seen:
                continue
            self._seen.add((part.address, inside))
            if is_array(values := part.value.get("enum")):
                own = inside or _has_origin(part)
                for index, value in enumerate(values):
                    node = part.child("enum", index)
                    self._item(f"the value {value!r}", node, node, own, value in self.values)
            properties = part.child("properties")
            for name in properties.value if is_object(properties.value) else ():
                site = properties.child(name)
                reached = self._item(
                    f"the field {name!r}", site, self.schemas.resolved(site), inside, name in self.fields
                )
                self._schema(site, reached)
            for keyword in ("items", "additionalProperties"):
                if is_object(part.value.get(keyword)):
                    self._schema(part.child(keyword), inside)

    def _item(self, words: str, site: Node, target: Node, inherited: bool, claimed: bool) -> bool:
        """Note something that needs an origin; whether what is below it has one from here."""
        self.items[site.address] = _Item(words, site.address)
        if inherited or claimed or _has_origin(site) or _has_origin(target):
            self.covered.add(site.address)
        return inherited or _covers_below(site) or _covers_below(target)


def _has_origin(node: Node) -> bool:
    return is_object(node.value) and (SOURCE in node.value or ASSUMED in node.value)


def _covers_below(node: Node) -> bool:
    """A page named as a whole speaks for the whole; a quote or a row speaks for its own thing."""
    source = node.value.get(SOURCE) if is_object(node.value) else None
    return isinstance(source, str) or (is_object(source) and "quote" not in source and "row" not in source)
