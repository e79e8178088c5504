"""What a page states: operations, tables of fields and of error codes, lists of values, statuses, examples.

Decides what counts as a statement on a page that a person wrote or a browser rendered: by line, tolerantly, because
these pages are text that lost its markup. A Markdown reader would take the whole of one such page for a single table: a
table ends only at a blank line, and there is none. Does not decide whether a statement is true.

Pages come from outside, so that all of this takes linear time: no pattern can backtrack far, nothing is searched again
from the start for each line.
"""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

from clientsmith.claims.model import (
    Claim,
    EnumClaim,
    ErrorCodeClaim,
    FieldClaim,
    OperationClaim,
    StatusClaim,
)
from clientsmith.diagnostics import Location
from clientsmith.load.tree import is_array, is_object

# After a parameter, text needs a dot or a colon before it: pages glue the next heading on, `/jobs/{job_id}Response`.
_NAME = r"[A-Za-z_]\w*"
_PIECE = rf"(?:[A-Za-z0-9_~%.-]+|\{{{_NAME}\}})"
_SEGMENT = rf"(?::{_NAME}|{_PIECE}(?:[.:]{_PIECE})*)"
_OPERATION = re.compile(
    rf"^[\s#>*`-]*+(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE)[\s`]*(?:https?://[^/\s]+)?((?:/{_SEGMENT})+)/?"
)
_SEPARATOR = re.compile(r"^\s*+\|?\s*+:?-{2,}+:?\s*+(\|\s*+:?-{2,}+:?\s*+)++\|?\s*+$")
_IN_CELL = re.compile(r"[|`\\]")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"')
_VALUES_HEADING = re.compile(r"^[\s#*]*+(?:[\w-]+ ){0,3}?(status|state|mode|type|kind)(?:e?s|s? values?)[\s*:]*$", re.I)
_LISTED = re.compile(r"^\s*+(?:[-*+]\s++)?[`*]*+([A-Za-z][A-Za-z0-9_-]*)[`*]*+\s*+(?:[:–—]|-\s)")
_RENDERED_VALUES = re.compile(r"^Possible values: \[(.*)$")
_STATUS_ITEM = re.compile(r"^\s*+[-*]\s++(\d{3}|[1-5]XX|default)\s*+$")
_MEDIA_ITEM = re.compile(r"^\s*+[-*]\s++[a-z]++/[\w.+*-]++\s*+$")

MOST_BROKEN = 100
"""Examples of a page that cannot be read as JSON, after which no more are tried: each may be read to the page's end."""

_DECODER = json.JSONDecoder()

_TYPES = {
    "string": "string",
    "str": "string",
    "text": "string",
    "uuid": "string",
    "uri": "string",
    "url": "string",
    "date": "string",
    "datetime": "string",
    "timestamp": "string",
    "number": "number",
    "float": "number",
    "double": "number",
    "decimal": "number",
    "integer": "integer",
    "int": "integer",
    "boolean": "boolean",
    "bool": "boolean",
    "array": "array",
    "list": "array",
    "object": "object",
    "map": "object",
    "dict": "object",
    "null": "null",
}
_NAME_HEADERS = {"field", "name", "parameter", "property", "attribute", "key", "param"}
_TYPE_HEADERS = {"type", "data type"}
_CODE_HEADERS = {"code", "error code", "error", "error_code"}
_STATUS_HEADERS = {"http", "http status", "status", "http code", "status code", "http status code"}


def claims(page_text: str, name: str) -> tuple[Claim, ...]:
    """Returns everything that a page states about an API, in the page's order.

    Args:
        page_text: the page, prose with tables, or rendered to text.
        name: of the page, as it is shown to the user.
    """
    return tuple(_Page(page_text, name).claims())


class _Page:
    def __init__(self, text: str, name: str) -> None:
        self.lines = text.splitlines()
        self.text = "\n".join(self.lines)
        # Where each line begins, and the text as if there was one more.
        self.starts = [*accumulate((len(line) + 1 for line in self.lines), initial=0)]
        self.broken = 0
        self.name = name
        self.operation = ""
        self.tables = 0

    def claims(self) -> Iterator[Claim]:
        index = 0
        while index < len(self.lines):
            line = self.lines[index]
            if found := _OPERATION.match(line):
                path = re.sub(rf"/:({_NAME})", r"/{\1}", found[2]).rstrip(".")
                self.operation = f"{found[1].lower()} {path}"
                yield OperationClaim(found[1].lower(), path, self._location(index))
            elif _SEPARATOR.match(line) and index and "|" in self.lines[index - 1]:
                rows = self._rows(index)
                yield from self._table(_cells(self.lines[index - 1]), rows)
                index = rows[-1][0] if rows else index
            elif found := _VALUES_HEADING.match(line):
                yield from self._values(found[1].lower(), index + 1)
            elif (
                line.strip() == "Responses"
                and index + 1 < len(self.lines)
                and _STATUS_ITEM.match(self.lines[index + 1])
            ):
                yield from self._responses(index + 1)
                return
            index += 1

    def _location(self, index: int) -> Location:
        return Location(self.name, "", index + 1, 1)

    # Tables

    def _rows(self, separator: int) -> list[tuple[int, list[str]]]:
        """The rows below a separator line, up to the first line that has no two cells."""
        rows: list[tuple[int, list[str]]] = []
        for index in range(separator + 1, len(self.lines)):
            cells = _cells(self.lines[index])
            if len(cells) < 2:
                break
            rows.append((index, cells))
        return rows

    def _table(self, header: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> Iterator[Claim]:
        self.tables += 1
        source = f"table {self.tables}"
        columns = [column.lower().strip("*` ") for column in header]
        names, types, codes, statuses = (
            next((index for index, column in enumerate(columns) if column in wanted), None)
            for wanted in (_NAME_HEADERS, _TYPE_HEADERS, _CODE_HEADERS, _STATUS_HEADERS)
        )
        for line, raw in rows:
            cells = _fitted(raw, len(columns), types)
            location = self._location(line)
            if names is not None:
                path = cells[names].strip("`* ")
                if re.fullmatch(r"[\w$@-]+(\[\w*\])*(\.[\w$@-]+(\[\w*\])*)*", path):
                    stated = _types(cells[types]) if types is not None else ()
                    nullable = ("null" in stated) if stated else None
                    others = tuple(sorted(set(stated) - {"null"}))
                    yield FieldClaim(path, others, nullable, source, "", self.operation, location)
            elif codes is not None and not re.fullmatch(r"\d{3}", cells[codes].strip("`* ")):
                status = cells[statuses].strip("`* ") if statuses is not None else ""
                code = cells[codes].strip("`* ")
                if re.fullmatch(r"[\w.-]+", code) and re.fullmatch(r"(\d{3})?", status):
                    yield ErrorCodeClaim(code, status, source, self.operation, location)
            else:
                column = statuses if statuses is not None else codes
                if column is not None and re.fullmatch(r"[1-5]\d\d", cells[column].strip("`* ")):
                    yield StatusClaim(cells[column].strip("`* "), self.operation, location)

    # Lists of values

    def _values(self, field: str, start: int) -> Iterator[Claim]:
        """The values that follow a heading such as "Job statuses", as a list or run together in one line."""
        found: list[tuple[str, int]] = []
        for index in range(start, len(self.lines)):
            line = self.lines[index]
            if not line.strip() and not found:
                continue
            listed = _LISTED.match(line)
            if not listed:
                if not found:
                    found = [(value, index) for value in self._run_together(line)]
                break
            found.append((listed[1], index))
        if len(found) > 1:
            for value, index in found:
                yield EnumClaim(field, value, "", self.operation, self._location(index))

    def _run_together(self, line: str) -> list[str]:
        """`pending Job received processing Job is running`: terms and explanations that lost what was between them.

        A term begins the line, or is a lower-case word before a capital, or is named elsewhere as "status is TERM". The
        last word is no explanation: there, pages glue the next heading on.
        """
        words = line.split()
        named = self._named
        found: list[str] = []
        for index, word in enumerate(words[:-2]):
            before_capital = words[index + 1][:1].isupper()
            if re.fullmatch(r"[a-z][a-z0-9_]*", word) and (index == 0 or before_capital or word in named):
                found.append(word)
        return list(dict.fromkeys(found))

    @cached_property
    def _named(self) -> set[str]:
        """The words that are named as a status somewhere on the page."""
        return set(re.findall(r"\b(?:status|state) is (?:still |now )?[`\"']?([a-z][a-z0-9_]*)", self.text))

    # Rendered reference pages

    def _responses(self, start: int) -> Iterator[Claim]:
        """The statuses, then one block for each: its description, media types, values, example."""
        statuses: list[str] = []
        index = start
        while index < len(self.lines) and (found := _STATUS_ITEM.match(self.lines[index])):
            statuses.append(found[1])
            yield StatusClaim(found[1], self.operation, self._location(index))
            index += 1
        blocks = self._blocks(index)
        known = len(blocks) == len(statuses)
        for number, (first, last) in enumerate(blocks):
            yield from self._block(first, last, statuses[number] if known else "")

    def _blocks(self, start: int) -> list[tuple[int, int]]:
        """First and last line, exclusive, of what belongs to one status.

        A block begins with the line before its media types; a status without a body is one line of its own.
        """
        starts: list[int] = []
        following = [""] * len(self.lines)
        for index in range(len(self.lines) - 2, start - 1, -1):
            following[index] = self.lines[index + 1] if self.lines[index + 1].strip() else following[index + 1]
        inside = False
        index = start
        while index < len(self.lines):
            line = self.lines[index]
            if line in ("{", "["):
                index, _ = self._example(index, len(self.lines))
                inside = False
            elif line.strip() and not _MEDIA_ITEM.match(line) and (
                not inside or _MEDIA_ITEM.match(following[index])
            ):
                starts.append(index)
                inside = bool(_MEDIA_ITEM.match(following[index]))
            index += 1
        return list(pairwise([*starts, len(self.lines)]))

    def _block(self, first: int, last: int, status: str) -> Iterator[Claim]:
        lists: list[list[tuple[str, int]]] = []
        example: dict[str, tuple[Any, int]] = {}
        index = first
        while index < last:
            if found := _RENDERED_VALUES.match(self.lines[index]):
                text, values, stop = found[1], list[tuple[str, int]](), index
                while True:
                    closed = text.rstrip().endswith("]")
                    for value in text.rstrip().rstrip("]").split(","):
                        if value.strip():
                            values.append((value.strip(), stop))
                    stop += 1
                    if closed or stop >= last:
                        break
                    text = self.lines[stop]
                lists.append(values)
                index = stop
                continue
            if self.lines[index] in ("{", "["):
                stop, value = self._example(index, last)
                if stop > index:
                    quoted: dict[str, int] = {}
                    for line in range(index, stop):
                        for text in _QUOTED.findall(self.lines[line]):
                            quoted.setdefault(text, line)
                    for path, member in _members(value, ""):
                        key = re.sub(r"\[\]$", "", path).rpartition(".")[2]
                        example.setdefault(path, (member, quoted.get(key, index)))
                    index = stop
            index += 1
        for path, (member, line) in example.items():
            shown = () if member is None else (_json_type(member),)
            yield FieldClaim(path, shown, None, "example", status, self.operation, self._location(line))
        shown_first: dict[str, tuple[int, str]] = {}
        for number, (path, (member, _)) in enumerate(example.items()):
            if not isinstance(member, (dict, list)):
                shown_first.setdefault(_shown(member), (number, path))
        for values in lists:
            _, field = min((shown_first[value] for value, _ in values if value in shown_first), default=(0, ""))
            for value, line in values:
                yield EnumClaim(field, value, status, self.operation, self._location(line))

    def _example(self, first: int, last: int) -> tuple[int, Any]:
        """The last line of the JSON that begins on a line, and its value. It lost its indentation; parsing finds it."""
        if self.broken < MOST_BROKEN:
            value: Any = None
            end = -1
            with suppress(ValueError, RecursionError):
                value, end = _DECODER.raw_decode(self.text, self.starts[first])
            stop = bisect.bisect_right(self.starts, end) - 1
            if first < stop < last and self.lines[stop] in ("}", "]") and end == self.starts[stop] + 1:
                return stop, value
            self.broken += 1
        return first, None


def _cells(line: str) -> list[str]:
    """The cells of a row, with or without pipes at its ends; a pipe in code or after a backslash is text."""
    text = line.strip()
    if "|" not in text:
        return [text]
    text = text.removeprefix("|")
    cells: list[str] = []
    start = index = 0
    while found := _IN_CELL.search(text, index):
        index = found.end()
        if found[0] == "|":
            cells.append(text[start : found.start()])
            start = index
        elif found[0] == "\\":
            index += 1
        else:
            # Without a second one, a backtick is text.
            index = text.find("`", index) + 1 or index
    if start < len(text):
        cells.append(text[start:])
    return [cell.strip().replace("\\|", "|") for cell in cells]


def _fitted(cells: Sequence[str], width: int, types: int | None) -> list[str]:
    """As many cells as the table has columns: a type `string | null` was written with a pipe of its own."""
    fitted = list(cells)
    while len(fitted) > width:
        spare = len(fitted) - width
        if types is not None and all(_types(cell) for cell in fitted[types : types + spare + 1]):
            fitted[types : types + spare + 1] = [" | ".join(fitted[types : types + spare + 1])]
        else:
            fitted[width - 1 :] = [" | ".join(fitted[width - 1 :])]
    return fitted + [""] * (width - len(fitted))


def _types(cell: str) -> tuple[str, ...]:
    """The JSON types that a cell names; empty when a word of it is not a type."""
    found: list[str] = []
    for word in map(str.strip, re.split(r"\||,|/|\bor\b", cell.strip("`* ").lower())):
        if word.endswith("[]") or re.match(r"(array|list)\b", word):
            found.append("array")
        elif word in _TYPES:
            found.append(_TYPES[word])
        else:
            return ()
    return tuple(dict.fromkeys(found))


def _shown(value: Any) -> str:
    """A scalar as pages show it among possible values."""
    return value if isinstance(value, str) else json.dumps(value)


def _json_type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    return "object" if is_object(value) else "array" if is_array(value) else "string"


def _members(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if is_object(value):
        for key, child in value.items():
            below = f"{path}.{key}" if path else key
            yield below, child
            yield from _members(child, below)
    elif is_array(value):
        for child in value:
            yield from _members(child, f"{path}[]")
