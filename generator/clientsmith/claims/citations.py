"""`x-source`: what it may contain, and whether each is on the page that it cites.

    x-source: {page: pages/jobs.md, section: Response fields, row: status, quote: Current job status}

A quote holds within its row, a row within its section. It must be clear which section is meant: where a page has
several of a name, the headings above tell them apart, `Get a job > Response`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, assert_never

from clientsmith.claims.compare import Place
from clientsmith.claims.model import (
    EnumClaim,
    ErrorCodeClaim,
    FieldClaim,
    OperationClaim,
    SentenceClaim,
    Statement,
    StatusClaim,
)
from clientsmith.claims.words import normalised
from clientsmith.diagnostics import Location, Report
from clientsmith.load.marks import ASSUMED, SOURCE, Marks
from clientsmith.load.tree import is_object, type_name

KEYS: Final = {
    "page": "the file, relative to the provider's folder, or the URL of a page that is not kept here",
    "section": (
        "the heading of the section that states it; where there are several, with those above: `Get a job > Response`"
    ),
    "row": "the first cell of a row of a table there, or the name that begins an item of a list",
    "quote": "words of the section, or of the row",
}
"""The keys of an `x-source`, and what each means; only `page` is required."""


def check_citations(
    marks: Marks,
    report: Report,
    *,
    place: Place,
    pages: Mapping[str, Sequence[Statement]],
    accepted: Mapping[str, Sequence[Statement]],
) -> None:
    """Check the form of every `x-source` and `x-assumed`, and compare each citation with its page.

    Args:
        marks: of the document and of the actions of its overlays.
        report: gets `source-invalid`, and `claim-conflict` for a page, section, row or quote that does not exist.
        place: see `Place`.
        pages: the statements of each vendored page by name; an `x-source` may leave out leading folders of it.
        accepted: those that were accepted, of pages that have changed since. What was there and is there no longer is
            part of a change that is reported by itself.
    """
    cited = {name: CitedPage(statements) for name, statements in pages.items()}
    cited_before = {name: CitedPage(statements) for name, statements in accepted.items()}
    of_nodes = [(place(address), mark) for address, mark in marks.by_address.items()]
    for at, mark in (*of_nodes, *((one.place, one.mark) for one in marks.of_actions)):
        if mark.reason is not None and not mark.reason.strip():
            message = f"{ASSUMED!r} must state a reason, as a text"
            report.add("source-invalid", message, Location(at.file, f"{at.pointer}/{ASSUMED}"))
        if not mark.has_source:
            continue
        here = Location(at.file, f"{at.pointer}/{SOURCE}")
        source = {"page": mark.source} if isinstance(mark.source, str) else mark.source
        if wrong := _malformed(source):
            report.add("source-invalid", wrong[0], here, hint=wrong[1])
            continue
        if source["page"].startswith(("https://", "http://")):
            continue
        name = next((one for one in pages if one == source["page"] or one.endswith(f"/{source['page']}")), None)
        if name is None:
            message = f"{SOURCE!r} cites {source['page']!r}, which is not a page of the provider"
            report.add("claim-conflict", message, here)
        elif (problem := _problem(source, cited[name])) and (
            name not in accepted or _problem(source, cited_before[name])
        ):
            also = _similar(str(source.get("quote", source.get("row", ""))), name, pages[name])
            report.add("claim-conflict", problem, here, also=also)


def _malformed(source: Any) -> tuple[str, str] | None:
    """What is wrong with the form of an `x-source`, and a hint; None if nothing is."""
    hint = f"its keys are {', '.join(KEYS)}; see docs/prose.md"
    if not is_object(source):
        return f"{SOURCE!r} must be a page or a mapping, and not {type_name(source)}", hint
    for key, value in source.items():
        if key not in KEYS:
            close = difflib.get_close_matches(key, KEYS, 1)
            return f"{SOURCE!r} has the unknown key {key!r}", f"did you mean {close[0]!r}?" if close else hint
        if not isinstance(value, str) or not value.strip():
            return f"{key!r} of {SOURCE!r} must be a text, and not {type_name(value) if value != '' else 'empty'}", hint
    if "page" not in source:
        return f"{SOURCE!r} has no 'page'", hint
    return None


class CitedPage:
    """A page by what citations name of it."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.statements = statements
        self._by_section: dict[tuple[str, ...], list[int]] = {}
        for index, one in enumerate(statements):
            self._by_section.setdefault(one.sections, []).append(index)
        self._by_title: dict[str, list[tuple[str, ...]]] = {}
        for sections in self._by_section:
            for title in dict.fromkeys(sections):
                self._by_title.setdefault(title, []).append(sections)
        self._cited: dict[str, dict[tuple[str, ...], list[tuple[str, ...]]]] = {}

    @cached_property
    def text(self) -> str:
        """The text of all statements."""
        return " ".join(one.text for one in self.statements)

    @cached_property
    def rows(self) -> Mapping[str, Sequence[Statement]]:
        """The rows and items by their first cell, and by what they state something of."""
        found: dict[str, list[Statement]] = {}
        for one in self.statements:
            for name in dict.fromkeys(_names_of(one)):
                found.setdefault(name, []).append(one)
        return found

    def sections(self, cited: str) -> Mapping[tuple[str, ...], Sequence[tuple[str, ...]]]:
        """The sections that may be meant, by the headings down to each, with those below them."""
        if cited not in self._cited:
            titles, whole = [normalised(title) for title in cited.split(SECTIONS)], normalised(cited)
            rarest = min((self._by_title.get(title, []) for title in titles), key=len)
            wanted: dict[tuple[str, ...], Sequence[str]] = dict.fromkeys(rarest, titles)
            # A heading may contain what separates them.
            wanted |= {sections: [whole] for sections in self._by_title.get(whole, ())}
            found = self._cited[cited] = {}
            for sections, names in wanted.items():
                if own := _down_to(sections, names):
                    found.setdefault(own, []).append(sections)
        return self._cited[cited]

    def leads_to(self, cited: str) -> list[tuple[str, ...]]:
        """The sections whose own heading is the last that is cited."""
        return [one for one in self.sections(cited) if one in self._by_section]

    def below(self, sections: Iterable[tuple[str, ...]]) -> list[Statement]:
        """The statements of sections, in their order."""
        return [self.statements[at] for at in sorted(at for one in sections for at in self._by_section[one])]


def _problem(source: Mapping[str, str], cited: CitedPage) -> str:
    """What a citation names and its page does not have; empty if it has all."""
    page, section, row, quote = (source.get(key) for key in KEYS)
    found: Sequence[Statement] = cited.statements
    if section is not None:
        several = cited.sections(section)
        if not several:
            return f"{page!r} has no section {section!r}"
        if len(several) > 1:
            names = ", ".join(repr(SECTIONS.join(own)) for own in list(several)[:3])
            return f"{page!r} has several sections {section!r}: cite one of {names}"
        found = cited.below(*several.values())
    where = f"the section {section!r} of {page!r}" if section is not None else repr(page)
    if row is not None:
        name = normalised(row)
        found = [one for one in found if name in _names_of(one)] if section else cited.rows.get(name, ())
        if not found:
            return f"no table or list of {where} has a row {row!r}"
        where = f"the row {row!r} of {where}"
    if quote is None:
        return ""
    wanted = normalised(quote)
    if wanted not in (cited.text if found is cited.statements else " ".join(one.text for one in found)):
        return f"the quote {quote!r} is not in {where}" if section or row else f"the quote {quote!r} is not on {page!r}"
    if section is None:
        sections = list(dict.fromkeys(one.sections[-1:] for one in found if wanted in one.text))
        if len(sections) > 1:
            names = ", ".join(repr(one[0]) if one else "no section" for one in sections[:3])
            return f"the quote {quote!r} is in several sections of {page!r} ({names}): cite the section too"
    return ""


SECTIONS: Final = " > "
"""What separates the headings of a section and of those that contain it."""


def _down_to(sections: tuple[str, ...], wanted: Sequence[str]) -> tuple[str, ...]:
    """The headings above a statement down to the last one wanted; empty if not all are there, in order."""
    at = 0
    for title in wanted:
        if title not in sections[at:]:
            return ()
        at = sections.index(title, at) + 1
    return sections[:at]


def _names_of(statement: Statement) -> Iterator[str]:
    yield statement.text.partition(" | ")[0]
    for claim in statement.claims:
        match claim:
            case FieldClaim(path=name) | ErrorCodeClaim(code=name) | EnumClaim(value=name) | StatusClaim(status=name):
                yield name
            case OperationClaim() | SentenceClaim():
                # They have no row.
                pass
            case _:
                assert_never(claim)


def _similar(words: str, name: str, statements: Sequence[Statement]) -> list[tuple[str, Location]]:
    """Where words of a citation probably are now: the statement that is most like them, if one is."""
    lines = {one.text: one.line for one in statements}
    similar = difflib.get_close_matches(normalised(words), lines, 1)
    return [("the most similar line", Location(name, "", lines[text], 1)) for text in similar]
