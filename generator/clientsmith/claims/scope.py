"""What a part of a page is about: the section that it is in, the operation, request or response, a field.

Decides what the words of headings mean. `pages` makes a scope for each block; the readers of tables, lists, samples and
sentences make claims in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clientsmith.claims import words
from clientsmith.claims.model import Claim, EnumClaim, Form, Role, SentenceClaim, StatusClaim
from clientsmith.diagnostics import Location
from clientsmith.records import dataclass

_REQUEST = re.compile(r"\b(?:requests?|param(?:eter)?s?|body|arguments?|query|payload|headers?|inputs?|form)\b", re.I)
_RESPONSE = re.compile(r"\b(?:responses?|returns?|results?|answers?|outputs?|returned|success)\b", re.I)
_PART = re.compile(
    r"\b(?:examples?|samples?|endpoint|urls?|fields|attributes|http request|api information|curl|properties|options)\b",
    re.I,
)
_GENERAL = re.compile(
    r"\b(?:errors?|status codes?|http codes?|statuses and errors|authentication|authorization|rate limits?|limits?"
    r"|throttling|versioning|base url|pagination|changelog|conventions|introduction|overview|getting started)\b",
    re.I,
)
_OF_VALUES = re.compile(r"(?:^|[\s_-])(status|state|mode|type|kind)(?:e?s|s?\svalues?)\s*$", re.I)
_VALUES = re.compile(
    r"\b(?:one of|values?|statuses|states|can be|may be|must be|options|either|following (?:types|modes|formats))\b",
    re.I,
)
_NAMED = re.compile(r"`([A-Za-z_][\w.\[\]-]*)`")
_SUBJECT = re.compile(r"\b([a-z]+) (?:is|are|can be|may be|must be) (?:one of|either|set to)\b")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]+)+")


def role_of(title: str) -> Role:
    """Whether a heading announces what is sent or what is returned: "Body parameters", "Response fields"."""
    found = _RESPONSE.search(title)
    if found:
        before = _REQUEST.search(title)
        return "" if before and before.start() < found.start() else "response"
    return "request" if _REQUEST.search(title) else ""


def is_part(title: str) -> bool:
    """Whether a heading is that of a part of an operation, and not of something of its own."""
    return not is_general(title) and bool(role_of(title) or _PART.search(title))


def is_general(title: str) -> bool:
    """Whether a heading is that of something that all operations share."""
    return bool(_GENERAL.search(title)) and not _REQUEST.search(title)


def field_of_values(text: str) -> str | None:
    """The field whose values a heading, or a sentence before a list, announces; empty if it does not name it, None if
    it announces none: "Job statuses", "`mode` can be one of:"."""
    title = text.strip().rstrip(":").translate(str.maketrans(dict.fromkeys("`*#", None)))
    if found := _OF_VALUES.search(title):
        return found[1].lower()
    if not _VALUES.search(text) or words.leading_status(text) or is_general(text):
        return None
    return name_in(text)


def name_in(text: str) -> str:
    """The field that a text names: the last name in code, else the last that is written like one, `job_state`, else
    what it says something about: "The state is one of"."""
    named = [found[1] for found in _NAMED.finditer(text)] or [found[0] for found in _IDENTIFIER.finditer(text)]
    named = named or [found[1] for found in _SUBJECT.finditer(text.lower())]
    return named[-1] if named else ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a block is about.

    Attributes:
        page: the name of the page. section: the heading above the block.
        lead: the sentence before the block, if it ends in a colon.
        operation: as claims name it; empty if it is said of all.
        status: of the response that the section is about.
        field: a field whose section this is.
    """

    page: str
    section: str = ""
    lead: str = ""
    operation: str = ""
    role: Role = ""
    status: str = ""
    field: str = ""

    def at(self, line: int) -> Location:
        return Location(self.page, "", line, 1)

    # What sentences state, in paragraphs and in cells

    def facts(self, text: str, line: int, *, subject: str = "") -> Iterator[SentenceClaim]:
        """The quantities and the deprecation that a text states about a field, or about the operation."""
        place = self.at(line)
        for topic, quantity in words.quantities_in(text):
            yield SentenceClaim(
                "rate-limit" if topic == "rate-limit" else "limit", quantity, subject, self.operation, place
            )
        if deprecated := words.deprecation_in(text):
            yield SentenceClaim("deprecation", deprecated, subject, self.operation, place)

    def values(
        self, field: str, values: tuple[str, ...], form: Form, line: int, *, status: str = ""
    ) -> Iterator[EnumClaim]:
        """The claims that a field has these values."""
        for value in values:
            yield EnumClaim(field, value, form, status, self.operation, self.at(line))

    def sentence(self, text: str, line: int) -> Iterator[Claim]:
        """Everything that a sentence states."""
        place = self.at(line)
        if base := words.base_url_in(f"{self.section}: {text}" if words.base_url_in(text) == "" else text):
            yield SentenceClaim("server", base, "", "", place)
        for credential in words.credentials_in(text):
            yield SentenceClaim("authentication", credential, "", "", place)
        values = words.values_in(text)
        if values:
            before = text[: max(text.find(values[0]), 0)]
            yield from self.values(name_in(before) or self.field, values, "sentence", line)
        for status in words.statuses_in(text):
            yield StatusClaim(status, self.operation, place)
        yield from self.facts(text, line, subject=self.field)
