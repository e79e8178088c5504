"""A page to statements: its headings, sentences, rows, items and lines of code, with what each of them states.

Decides which operation, and which side of it, a section of the page is about. Facts belong to sections: an operation
owns the section that names it and those below; what is under a heading of its own (`## Errors`) is said of all
operations of the page. Does not decide whether a statement is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, assert_never

from clientsmith.claims import words
from clientsmith.claims.blocks import (
    EMPHASISED,
    Block,
    Code,
    Heading,
    Line,
    Listing,
    Paragraph,
    Table,
    lines_of,
    page_of,
)
from clientsmith.claims.lists import list_claims
from clientsmith.claims.model import Claim, OperationClaim, Role, SentenceClaim, Statement, StatusClaim
from clientsmith.claims.paths import Spelled, fits, host_of, operation_at, operation_in, operation_of
from clientsmith.claims.rendered import rendered_claims
from clientsmith.claims.samples import calls_in, sample_claims
from clientsmith.claims.scope import Scope, field_of_values, is_general, is_part, role_of
from clientsmith.claims.tables import fitted_cells, table_claims
from clientsmith.diagnostics import Location
from clientsmith.records import dataclass, replace


def claims(page_text: str, name: str) -> tuple[Claim, ...]:
    """Returns everything that a page states about an API, in the page's order.

    Args:
        page_text: the page, prose with tables, or rendered to text.
        name: of the page, as it is shown to the user.
    """
    return tuple(claim for statement in statements(page_text, name) for claim in statement.claims)


def statements(page_text: str, name: str) -> tuple[Statement, ...]:
    """Returns a page as statements, in its order. The arguments are those of `claims`."""
    return tuple(_Reader(page_text, name).statements())


@dataclass(slots=True, eq=False)
class _Section:
    """A heading and what is below it. `operations`: those that it names, each with the index of its block."""

    title: str
    level: int
    above: _Section | None
    operations: list[tuple[int, str]]
    status: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """A place where an operation is named. `kind`: a call of curl may have values in the places of parameters; a
    `sample` is a call of an operation that the page names elsewhere.
    `sentence`: the index of that sentence of a paragraph."""

    operation: Spelled
    block: int
    section: _Section
    line: int
    kind: str
    sentence: int = 0


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.lines = lines_of(text)
        self.page = page_of(text)
        self.states = words.named_states(text) if self.page.plain else frozenset[str]()
        self.root = _Section("", 0, None, [])
        self.sections = self._sections()
        named = [one for index, block in enumerate(self.page.blocks) for one in self._named(index, block)]
        self.named = self._distinct(named)
        subjects = [one for one in self.named if one.kind != "sample"]
        for one in subjects:
            if one.kind != "table":
                self._owner(one.section).operations.append((one.block, one.operation.name))
        self.operations = list(dict.fromkeys(one.operation.name for one in subjects))
        self.by_block: dict[int, list[_Named]] = {}
        for one in self.named:
            self.by_block.setdefault(one.block, []).append(one)
        self.latest = list(accumulate(map(self._last_of_block, range(len(self.page.blocks))), _later, initial=""))

    def _sections(self) -> list[_Section]:
        """The section of each block; a heading is the first of its own."""
        current = self.root
        found: list[_Section] = []
        for block in self.page.blocks:
            if isinstance(block, Heading):
                above = current
                while above.level >= block.level and above.above is not None:
                    above = above.above
                current = _Section(block.line.text, block.level, above, [], words.leading_status(block.line.text))
            found.append(current)
        return found

    # Operations

    def _named(self, index: int, block: Block) -> Iterator[_Named]:
        section = self.sections[index]
        match block:
            case Heading(line):
                if found := operation_at(line.text):
                    yield _Named(found, index, section, line.number, "heading")
            case Paragraph(sentences):
                for at, line in enumerate(sentences):
                    if found := operation_at(line.text) or operation_in(line.text):
                        yield _Named(found, index, section, line.number, "line", at)
            case Listing(items):
                for item in items:
                    if found := operation_in(item.line.text):
                        yield _Named(found, index, section, item.line.number, "line")
            case Table():
                for claim in table_claims(block, Scope(self.name)):
                    if isinstance(claim, OperationClaim) and (found := operation_of(claim.method, claim.path)):
                        yield _Named(found, index, section, claim.location.line, "table")
            case Code():
                for call in calls_in(block):
                    yield _Named(call.operation, index, section, call.line, "call" if call.is_call else "line")
            case _:
                assert_never(block)

    def _distinct(self, named: Sequence[_Named]) -> list[_Named]:
        """Each operation where it is named first, and in each section that it owns; calls only of no other."""
        spelled = [one for one in named if one.kind != "call"]
        found: list[_Named] = []
        for one in named:
            if one.kind == "call" and any(_is_call_of(other.operation, one.operation) for other in spelled):
                found.append(replace(one, kind="sample"))
                continue
            if one.kind == "call":
                spelled.append(one)
            found.append(one)
        return found

    def _owner(self, section: _Section) -> _Section:
        """The section that an operation is the subject of, where it is named in one that is a part: "### Endpoint"."""
        while section.above is not None and section.above is not self.root and self._is_part(section):
            section = section.above
        return section

    def _is_part(self, section: _Section) -> bool:
        return section.level == EMPHASISED or (is_part(section.title) and operation_at(section.title) is None)

    def _operation(self, index: int) -> str:
        """The operation that a block is about; empty if it is about all of the page."""
        if len(self.operations) == 1:
            return self.operations[0]
        own = section = self.sections[index]
        general = is_general(own.title)
        while True:
            if section.operations:
                distinct = {name for _, name in section.operations}
                before = [name for at, name in section.operations if at <= index]
                last = before[-1] if before else section.operations[0][1]
                if section is own or (len(distinct) == 1 and not (general and section.level < 2)):
                    return last
                if is_part(own.title) or (self.page.plain and not general):
                    return last
                return ""
            if section.above is None:
                break
            section = section.above
        if not general and (self.page.plain or is_part(own.title)):
            return self.latest[index + 1]
        return ""

    def _last_of_block(self, index: int) -> str:
        """The last operation that a block names, as far as it may be the subject of what follows."""
        names = [one.operation.name for one in self.by_block.get(index, []) if one.kind not in ("table", "sample")]
        return names[-1] if names else ""

    # Statements

    def statements(self) -> list[Statement]:
        made: list[tuple[Statement, list[Claim], list[_Named]]] = []
        lead = ""
        for index, block in enumerate(self.page.blocks):
            scope = self._scope(index, lead)
            level = block.level if isinstance(block, Heading) else 0
            titles = _titles(self.sections[index])
            for piece in self._pieces(index, block, scope):
                text = words.normalised(piece.text)
                made.append((Statement(text, level, piece.line, titles, ()), piece.claims, piece.named))
            lead = _lead(block)
        made += self._rendered(lead)
        # An address in front of a path is the base only if no sentence states one.
        stated = {claim.words for _, claims_, _ in made for claim in claims_ if isinstance(claim, SentenceClaim)}
        has_base = any(words_.startswith("http") for words_ in stated)
        first: set[str] = set()
        found: list[Statement] = []
        for statement, claims_, named in made:
            own = [claim for one in named for claim in self._of_name(one, first, has_base=has_base)]
            once = [one for one in claims_ if not isinstance(one, SentenceClaim) or _is_first(one, first)]
            found.append(replace(statement, claims=tuple(dict.fromkeys([*own, *once]))))
        return found

    def _of_name(self, one: _Named, first: set[str], *, has_base: bool) -> Iterator[Claim]:
        operation, place = one.operation, Location(self.name, "", one.line, 1)
        if one.kind != "sample" and operation.name not in first:
            first.add(operation.name)
            yield OperationClaim(operation.method, operation.path, place)
        if operation.origin and not has_base:
            host = SentenceClaim("server", host_of(operation.origin), "", "", place)
            if _is_first(host, first):
                yield host

    def _scope(self, index: int, lead: str) -> Scope:
        section = self.sections[index]
        role: Role = ""
        status = ""
        above: _Section | None = section
        while above is not None and above is not self.root:
            status = status or above.status
            if not role and operation_at(above.title) is None:
                role = role_of(above.title)
            if above.operations and above.level < EMPHASISED:
                break
            above = above.above
        role = role_of(lead) or role
        status = next(iter(words.statuses_in(lead)), "") or status
        title = section.title.strip("`*").rstrip("?")
        is_field = re.fullmatch(r"[a-z][\w$.\[\]]*", title) is not None and section.level > 1
        return Scope(
            page=self.name,
            section=section.title,
            lead=lead,
            operation=self._operation(index),
            role="response" if status else role,
            status=status,
            field=title if is_field and not self.page.plain else "",
        )

    def _pieces(self, index: int, block: Block, scope: Scope) -> Iterator[_Piece]:
        named = self.by_block.get(index, [])
        match block:
            case Heading(line):
                made: list[Claim] = []
                if status := words.leading_status(line.text):
                    made.append(StatusClaim(status, scope.operation, scope.at(line.number)))
                made += scope.facts(line.text, line.number)
                yield _Piece(line.number, line.text, made, named)
            case Paragraph(sentences):
                yield from self._sentences(sentences, scope, named)
            case Listing(items):
                by_line = _by_line(list_claims(block, scope))
                for item in items:
                    number = item.line.number
                    here = [one for one in named if one.line == number]
                    yield _Piece(number, item.line.text, by_line.get(number, []), here)
            case Table(header, rows):
                by_line = _by_line(one for one in table_claims(block, scope) if not isinstance(one, OperationClaim))
                yield _Piece(header.number, " | ".join(header.cells), [], [])
                for row in rows:
                    here = [one for one in named if one.line == row.number]
                    text = " | ".join(fitted_cells(block, row))
                    yield _Piece(row.number, text, by_line.get(row.number, []), here)
            case Code(_, lines):
                by_line = _by_line(sample_claims(block, scope))
                for line in lines:
                    if line.text.strip():
                        here = [one for one in named if one.line == line.number]
                        yield _Piece(line.number, line.text, by_line.get(line.number, []), here)
            case _:
                assert_never(block)

    def _sentences(self, sentences: Sequence[Line], scope: Scope, named: Sequence[_Named]) -> Iterator[_Piece]:
        for at, line in enumerate(sentences):
            here = [one for one in named if one.sentence == at]
            made: list[Claim] = []
            if not (here and operation_at(line.text)):
                made += scope.sentence(line.text, line.number)
            glued = words.run_together(line.text, self.states) if self.page.plain and _is_of_values(scope) else ()
            if glued:
                field = field_of_values(scope.section) or ""
                made = [*scope.values(field, glued, "list", line.number)]
            yield _Piece(line.number, line.text, made, here)

    def _rendered(self, lead: str) -> Iterator[tuple[Statement, list[Claim], list[_Named]]]:
        start = self.page.rest
        if start >= len(self.lines):
            return
        operation = self.operations[-1] if self.operations else ""
        scope = Scope(page=self.name, section="Responses", operation=operation, lead=lead)
        by_line = _by_line(rendered_claims(self.lines, start + 1, scope))
        for at in range(start, len(self.lines)):
            if self.lines[at].strip():
                level = 1 if at == start else 0
                text = words.normalised(self.lines[at])
                yield Statement(text, level, at + 1, ("Responses",), ()), by_line.get(at + 1, []), []


class _Piece(NamedTuple):
    """What becomes a statement: its text with emphasis, what it states, the operations that it names."""

    line: int
    text: str
    claims: list[Claim]
    named: list[_Named]


def _later(before: str, after: str) -> str:
    return after or before


def _by_line(made: Iterable[Claim]) -> dict[int, list[Claim]]:
    by_line: dict[int, list[Claim]] = {}
    for claim in made:
        by_line.setdefault(claim.location.line, []).append(claim)
    return by_line


def _is_first(claim: SentenceClaim, first: set[str]) -> bool:
    """Whether a base URL or a credential was not stated before: samples repeat them."""
    if claim.topic not in ("server", "authentication"):
        return True
    known = claim.words in first
    first.add(claim.words)
    return not known


def _is_call_of(named: Spelled, call: Spelled) -> bool:
    """Whether a call in a sample may be one of an operation that the page names, whatever the base of its path is."""
    if named.method != call.method:
        return False
    count = named.path.count("/")
    return fits(named.path, "/" + "/".join(call.path.split("/")[-count:]))


def _titles(section: _Section) -> tuple[str, ...]:
    titles: list[str] = []
    above: _Section | None = section
    while above is not None and above.level:
        titles.insert(0, words.normalised(above.title))
        above = above.above
    return tuple(titles)


def _lead(block: Block) -> str:
    """The sentence that introduces the block behind this one."""
    if isinstance(block, Paragraph) and block.sentences[-1].text.rstrip("*_ ").endswith(":"):
        return block.sentences[-1].text
    return ""


def _is_of_values(scope: Scope) -> bool:
    return field_of_values(scope.section) is not None
