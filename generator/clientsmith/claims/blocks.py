"""A page as blocks: headings, paragraphs, tables, lists, code.

Decides where each begins and ends, tolerantly, because people write Markdown as they like and some pages are text that
lost its markup. A Markdown reader would take the whole of such a page for a single table: a table ends only at a blank
line, and there is none. Does not decide what a block states.

    # Title   Title     **Title**   Title                     only in a page without other headings
              =====                 | Field | Type |          rows with or without pipes at their ends
    * name - text       name                                  {        JSON outside of a fence too
      goes on           : text      <dt>name</dt><dd>text     }
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from clientsmith.claims.paths import operation_at
from clientsmith.claims.scope import field_of_values
from clientsmith.claims.words import named_states, run_together

EMPHASISED = 7
"""The level of a heading that is a line of bold text; those of Markdown have the levels 1 to 6."""


_WRAPPED = 120
"""The most characters of a line that somebody wrapped."""

_LONGEST_JSON = 1000
"""The most lines of JSON outside of a fence."""


class Line(NamedTuple):
    """A line or a sentence, with its emphasis, and the number of the line on which it begins."""

    number: int
    text: str


class Heading(NamedTuple):
    line: Line
    level: int


class Paragraph(NamedTuple):
    """Sentences: where the lines of a paragraph are broken makes no difference."""

    sentences: tuple[Line, ...]


class Row(NamedTuple):
    number: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    header: Row
    rows: tuple[Row, ...]


class Item(NamedTuple):
    """An item of a list, or a term with its definition. `indent`: the columns before its mark."""

    line: Line
    indent: int


class Listing(NamedTuple):
    items: tuple[Item, ...]


class Code(NamedTuple):
    language: str
    lines: tuple[Line, ...]


Block: TypeAlias = Heading | Paragraph | Table | Listing | Code


class Page(NamedTuple):
    """The blocks of a page. `plain`: it has no marks of headings, so that short lines are taken for them. `rest`: the
    index of the line from which on it is a rendered reference; that of the end if it is none."""

    blocks: tuple[Block, ...]
    plain: bool
    rest: int


_ATX = re.compile(r"^ {0,3}(#{1,6})\s+(.*)$")
_EMPHASISED = re.compile(r"^\s{0,3}(?:\*\*|__)([^*_|]{1,80})(?:\*\*|__):?\s*$")
_ITEM = re.compile(r"^(\s*)(?:[-*+\u2022]|\d{1,3}[.)])\s+(\S.*)$")
_TYPE = r"(?:string|str|text|integer|int|number|float|boolean|bool|array|list|object|date|datetime|uuid|enum|file)\b"
_FIELD = re.compile(rf"^(?:[A-Za-z_][\w.\[\]]*\s?\({_TYPE}|(?:`[^`\s]+`|\*\*[^*\s]+\*\*)\s[*_`(]*{_TYPE})", re.I)
"""A line that begins with a field and its type, as an item of a list without a mark."""
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})\s*([\w+-]*)")
_TAG = re.compile(r"</?(?:p|div|span|br|strong|em|b|i|ul|ol|dl|a|sup|sub|hr|img|details|summary)(?:\s[^<>]*)?/?>", re.I)
_STATUS_ITEM = re.compile(r"^\s*[-*]\s+(?:\d{3}|[1-5]XX|default)\s*$")


def page_of(text: str) -> Page:
    """Returns the blocks of a page."""
    lines = lines_of(text)
    rest = next((at for at in range(len(lines)) if _is_rendered_from(lines, at)), len(lines))
    marked = fenced = False
    for at, line in enumerate(lines):
        fenced ^= bool(_FENCE.match(line))
        if not fenced and (_ATX.match(line) or (at and _underline(line) and _is_text(lines[at - 1]))):
            marked = True
            break
    return Page(tuple(_Scanner(lines[:rest], plain=not marked).blocks()), not marked, rest)


def lines_of(text: str) -> list[str]:
    """The lines of a text, as messages count them: only a line feed ends one."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines if lines[-1] else lines[:-1]


def _is_rendered_from(lines: Sequence[str], at: int) -> bool:
    return lines[at].strip() == "Responses" and at + 1 < len(lines) and bool(_STATUS_ITEM.match(lines[at + 1]))


class _Scanner:
    def __init__(self, lines: Sequence[str], *, plain: bool) -> None:
        self.lines = [_without_tags(line) for line in lines]
        self.plain = plain
        # A page that lost its marks has a paragraph on a line; one that is wrapped has several lines of each.
        self.by_line = plain and any(len(line) > _WRAPPED for line in lines)
        self.heading = ""
        self.named = named_states("\n".join(lines)) if plain else frozenset[str]()
        self._no_json_before = 0
        self._text: list[Line] = []

    def blocks(self) -> Iterator[Block]:
        at = self._front_matter()
        while at < len(self.lines):
            block, following = self._block(at)
            if block is not None or following > at:
                yield from self._paragraph()
                if block is not None:
                    yield block
                if isinstance(block, Heading):
                    self.heading = block.line.text
                at = max(following, at + 1)
                continue
            line = self.lines[at]
            if glued := self._glued_heading(line):
                yield from self._paragraph()
                yield Paragraph((Line(at + 1, line[: line.rindex(glued)].strip()),))
                yield Heading(Line(at + 1, glued), 1)
                self.heading = glued
            elif operation_at(line) is not None:
                yield from self._paragraph()
                yield Paragraph((Line(at + 1, line),))
            else:
                self._text.append(Line(at + 1, line.strip().removeprefix(">").strip()))
                if self.by_line:
                    yield from self._paragraph()
            at += 1
        yield from self._paragraph()

    def _glued_heading(self, line: str) -> str:
        """The heading that a page without marks has glued to the line before it: `GET /jobs/{id}Response fields`."""
        found = operation_at(line)
        if found is not None:
            return found.rest.strip() if found.rest[:1].isupper() else ""
        if self.plain and field_of_values(self.heading) is not None and run_together(line, self.named):
            last = line.split()[-1]
            return last if last[:1].isupper() else ""
        return ""

    def _paragraph(self) -> Iterator[Paragraph]:
        if self._text:
            yield Paragraph(tuple(sentences(self._text)))
            self._text = []

    def _front_matter(self) -> int:
        """The index of the line behind the metadata at the beginning of a page. Each of its lines is by itself."""
        if not self.lines or self.lines[0].strip() != "---":
            return 0
        end = next((at for at in range(1, len(self.lines)) if self.lines[at].strip() == "---"), 0)
        self._text += [Line(at + 1, f"{self.lines[at].strip().rstrip('.')}.") for at in range(1, end)]
        return end + 1 if end else 0

    def _block(self, at: int) -> tuple[Block | None, int]:
        """The block that begins at a line, and the index behind it; the same index where it is a line of text."""
        line = self.lines[at]
        if not line.strip():
            return None, at + 1
        if found := _FENCE.match(line):
            return self._fence(at, found[1], found[2].lower())
        if found := _ATX.match(line):
            return Heading(Line(at + 1, found[2].rstrip("# \t")), len(found[1])), at + 1
        if at + 1 < len(self.lines) and "|" in line and is_separator(self.lines[at + 1]):
            return self._table(at)
        if not self._text and at + 1 < len(self.lines) and _is_text(line) and _underline(self.lines[at + 1]):
            return Heading(Line(at + 1, line.strip()), 1 if "=" in self.lines[at + 1] else 2), at + 2
        if _underline(line) or line.strip() in ("***", "* * *", "---", "- - -"):
            return None, at + 1
        if found := _EMPHASISED.match(line):
            return Heading(Line(at + 1, found[1].strip().rstrip(":")), EMPHASISED), at + 1
        if line.strip()[:1] in ("{", "[") and (stop := self._json(at)):
            return Code("json", self._code(at, stop)), stop
        if line.strip().startswith(("curl ", "$ curl ")):
            stop = at + 1
            while stop < len(self.lines) and self.lines[stop - 1].rstrip().endswith("\\"):
                stop += 1
            return Code("bash", self._code(at, stop)), stop
        if _ITEM.match(line) and operation_at(line) is None:
            return self._listing(at)
        if not self._text and _FIELD.match(line):
            return self._field_lines(at)
        if at + 1 < len(self.lines) and not self._text and self.lines[at + 1].startswith((": ", "  : ", ":\t")):
            return self._definitions(at)
        if self.plain and not self._text and _is_short_title(line):
            return Heading(Line(at + 1, line.strip()), 1), at + 1
        return None, at

    def _fence(self, at: int, mark: str, language: str) -> tuple[Block, int]:
        stop = at + 1
        while stop < len(self.lines) and not self.lines[stop].strip().startswith(mark):
            stop += 1
        return Code(language, self._code(at + 1, stop)), stop + 1

    def _code(self, start: int, stop: int) -> tuple[Line, ...]:
        return tuple(Line(at + 1, self.lines[at]) for at in range(start, stop))

    def _json(self, at: int) -> int:
        """The index behind the JSON that begins on a line; 0 if there is none. It may have lost its indentation."""
        if at < self._no_json_before:
            return 0
        depth = 0
        for stop in range(at + 1, min(len(self.lines), at + _LONGEST_JSON) + 1):
            depth += brackets_opened(self.lines[stop - 1])
            if depth <= 0:
                try:
                    json.loads("\n".join(self.lines[at:stop]))
                except (ValueError, RecursionError):
                    return 0
                return stop
        # What never closes is not looked at again from each of its lines.
        self._no_json_before = at + _LONGEST_JSON
        return 0

    def _table(self, at: int) -> tuple[Block, int]:
        header = Row(at + 1, tuple(cells_of(self.lines[at])))
        rows: list[Row] = []
        stop = at + 2
        while stop < len(self.lines):
            cells = tuple(cells_of(self.lines[stop]))
            if len(cells) < 2:
                break
            rows.append(Row(stop + 1, cells))
            stop += 1
        return Table(header, tuple(rows)), stop

    def _listing(self, at: int) -> tuple[Block, int]:
        items: list[Item] = []
        text: list[str] = []
        number = indent = 0
        while at < len(self.lines):
            line = self.lines[at]
            found = _ITEM.match(line)
            if found and operation_at(line) is None:
                if text:
                    items.append(Item(Line(number, " ".join(text)), indent))
                number, indent, text = at + 1, len(found[1].expandtabs(4)), [found[2].strip()]
            elif not line.strip():
                following = next((one for one in self.lines[at + 1 : at + 3] if one.strip()), "")
                if not (following.startswith((" ", "\t")) or _ITEM.match(following)) or _FENCE.match(following):
                    break
            elif line.startswith((" ", "\t")) and not _FENCE.match(line):
                text.append(line.strip())
            elif _ends_text(line, self.lines, at) or not self.lines[at - 1].strip():
                break
            else:
                text.append(line.strip())
            at += 1
        items.append(Item(Line(number, " ".join(text)), indent))
        return Listing(tuple(items)), at

    def _field_lines(self, at: int) -> tuple[Block, int]:
        """Fields one after the other, each a paragraph or a line: `size (integer, optional) - how large it is`."""
        items: list[Item] = []
        while at < len(self.lines) and _FIELD.match(self.lines[at]):
            number, text = at + 1, [self.lines[at].strip()]
            at += 1
            while at < len(self.lines) and self.lines[at].strip() and not _FIELD.match(self.lines[at]):
                if _ends_text(self.lines[at], self.lines, at) or _ITEM.match(self.lines[at]):
                    break
                text.append(self.lines[at].strip())
                at += 1
            items.append(Item(Line(number, " ".join(text)), 0))
            if at + 1 < len(self.lines) and not self.lines[at].strip() and _FIELD.match(self.lines[at + 1]):
                at += 1
        return Listing(tuple(items)), at

    def _definitions(self, at: int) -> tuple[Block, int]:
        items: list[Item] = []
        while at + 1 < len(self.lines) and self.lines[at + 1].lstrip().startswith((": ", ":\t")):
            number, text = at + 1, [self.lines[at].strip(), "-"]
            at += 1
            while at < len(self.lines) and self.lines[at].strip():
                line = self.lines[at]
                following = self.lines[at + 1] if at + 1 < len(self.lines) else ""
                if not line.lstrip().startswith(":") and following.lstrip().startswith((": ", ":\t")):
                    break
                text.append(line.strip().removeprefix(":").strip())
                at += 1
            items.append(Item(Line(number, " ".join(text)), 0))
            after = next((one for one in range(at, min(at + 2, len(self.lines))) if self.lines[one].strip()), at)
            at = after if after + 1 < len(self.lines) and self.lines[after + 1].lstrip().startswith(": ") else at
        return Listing(tuple(items)), at


def brackets_opened(line: str) -> int:
    """How many brackets of JSON a line opens more than it closes; those in strings count too."""
    return line.count("{") + line.count("[") - line.count("}") - line.count("]")


def _ends_text(line: str, lines: Sequence[str], at: int) -> bool:
    """Whether a line that is not indented begins something else than the text before it."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return bool(
        _ATX.match(line) or _FENCE.match(line) or _EMPHASISED.match(line) or is_separator(below)
        or operation_at(line) is not None or _underline(below) or _is_short_title(line)
    )  # fmt: skip


def _underline(line: str) -> bool:
    text = line.strip()
    return len(text) >= 3 and (set(text) == {"="} or set(text) == {"-"})


def _is_text(line: str) -> bool:
    return bool(line.strip()) and "|" not in line and not _ITEM.match(line) and not _underline(line)


def _is_short_title(line: str) -> bool:
    """Whether a line of a page without marks may be a heading: a few words without a full stop."""
    words = line.split()
    return (
        0 < len(words) <= 5
        and line[:1].isupper()
        and all(word.replace("-", "").replace("'", "").isalnum() for word in words)
    )


def is_separator(line: str) -> bool:
    """Whether a line is what separates the header and the rows of a table: `|---|:-:|`."""
    text = line.strip()
    if "|" not in text or "-" not in text or not set(text) <= set("|:- \t"):
        return False
    cells = text.strip("|").split("|")
    return (len(cells) > 1 or text.startswith("|")) and all(cell.strip().strip(":").strip("-") == "" for cell in cells)


def cells_of(line: str) -> list[str]:
    """The cells of a row, with or without pipes at its ends; a pipe in code or after a backslash is text."""
    text = line.strip()
    if "|" not in text:
        return [text]
    text = text.removeprefix("|")
    cells: list[str] = []
    start = index = 0
    while index < len(text):
        character = text[index]
        if character == "\\":
            index += 1
        elif character == "`":
            end = text.find("`", index + 1)
            index = end if end > 0 else index
        elif character == "|":
            cells.append(text[start:index])
            start = index + 1
        index += 1
    if text[start:].strip():
        cells.append(text[start:])
    return [cell.strip().replace("\\|", "|") for cell in cells]


def _without_tags(line: str) -> str:
    """A line of Markdown without the tags of HTML that people mix into it; lists of HTML become lists."""
    if "<" not in line:
        return line
    for tag, mark in _MARKS:
        if tag in line:
            line = line.replace(tag, mark)
    if found := re.match(r"\s*<h([1-6])[^<>]*>(.*)</h", line):
        line = f"{'#' * int(found[1])} {found[2]}"
    return _TAG.sub(" ", line) if "<" in line else line


_MARKS = (
    ("</dt>", " - "), ("<dt>", "* "), ("<dd>", "  "), ("</dd>", ""), ("<li>", "* "), ("</li>", ""),
    ("<code>", "`"), ("</code>", "`"), ("</h", "</h"),
)  # fmt: skip

_ABBREVIATIONS = ("e.g.", "i.e.", "etc.", "vs.", "approx.", "max.", "min.", "no.", "incl.")


def sentences(lines: Sequence[Line]) -> Iterator[Line]:
    """The sentences of a text, each with the line on which it begins."""
    words = [Line(line.number, word) for line in lines for word in line.text.split()]
    start = 0
    for at, word in enumerate(words):
        following = words[at + 1].text.lstrip("`*_\"'([")[:1] if at + 1 < len(words) else ""
        ends = word.text.rstrip("`*_\"')]").endswith((".", "!", "?")) and word.text.lower() not in _ABBREVIATIONS
        if at + 1 == len(words) or (ends and not following.islower()):
            yield Line(words[start].number, " ".join(one.text for one in words[start : at + 1]))
            start = at + 1
