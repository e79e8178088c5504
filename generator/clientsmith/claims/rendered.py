"""The responses of a reference page that a browser rendered to text: statuses, then a block for each.

    Responses            The task                      Possible values: [waiting        {
    - 200                - application/json            , finished                       "state": "finished"
    - 404                                              ]                                }

Decides which lines belong to which status. The JSON has lost its indentation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import accumulate, pairwise
from typing import Any

from clientsmith.claims.blocks import Line
from clientsmith.claims.model import Claim, EnumClaim, FieldClaim, StatusClaim
from clientsmith.claims.samples import json_type, members_of
from clientsmith.claims.scope import Scope

_DECODER = json.JSONDecoder()
MOST_BROKEN = 200
"""Examples of a page that are no JSON, after which no more are read: each may be as long as the page."""
_VALUES = re.compile(r"^Possible values: \[(.*)$")
_STATUS_ITEM = re.compile(r"^\s*[-*]\s+(\d{3}|[1-5]XX|default)\s*$")
_MEDIA_ITEM = re.compile(r"^\s*[-*]\s+[a-z]+/[\w.+*-]+\s*$")


def rendered_claims(lines: Sequence[str], start: int, scope: Scope) -> Iterator[Claim]:
    """Everything that the responses of a rendered page state.

    Args:
        lines: all lines of the page.
        start: the index of the first status.
        scope: with the operation.
    """
    yield from _Rendered(lines, scope).claims(start)


class _Rendered:
    def __init__(self, lines: Sequence[str], scope: Scope) -> None:
        self.lines, self.scope = lines, scope
        self.text = "\n".join(lines)
        self.starts = [0, *accumulate(len(line) + 1 for line in lines)]
        self.ends = _ends_of_brackets(lines)
        self.broken = 0

    def claims(self, start: int) -> Iterator[Claim]:
        statuses: list[str] = []
        index = start
        while index < len(self.lines) and (found := _STATUS_ITEM.match(self.lines[index])):
            statuses.append(found[1])
            yield StatusClaim(found[1], self.scope.operation, self.scope.at(index + 1))
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
        inside = False
        index = start
        while index < len(self.lines):
            line = self.lines[index]
            following = next((other for other in self.lines[index + 1 : index + 9] if other.strip()), "")
            if line in ("{", "["):
                index, _ = self._example(index, len(self.lines))
                inside = False
            elif line.strip() and not _MEDIA_ITEM.match(line) and (not inside or _MEDIA_ITEM.match(following)):
                starts.append(index)
                inside = bool(_MEDIA_ITEM.match(following))
            index += 1
        return list(pairwise([*starts, len(self.lines)]))

    def _block(self, first: int, last: int, status: str) -> Iterator[Claim]:
        lists: list[list[tuple[str, int]]] = []
        example: dict[str, tuple[Any, int]] = {}
        index = first
        while index < last:
            if found := _VALUES.match(self.lines[index]):
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
                    block = [Line(at + 1, self.lines[at]) for at in range(index, stop + 1)]
                    for path, member, number in members_of(value, block):
                        example.setdefault(path, (member, number))
                    index = stop
            index += 1
        scope = self.scope
        for path, (member, number) in example.items():
            shown = () if member is None else (json_type(member),)
            yield FieldClaim(
                path, shown, None, None, "", "example", "response", status, scope.operation, scope.at(number)
            )
        for values in lists:
            allowed = {value for value, _ in values}
            field = next((path for path, (member, _) in example.items() if _shown(member) in allowed), "")
            for value, line in values:
                yield EnumClaim(field, value, "example", status, scope.operation, scope.at(line + 1))

    def _example(self, first: int, last: int) -> tuple[int, Any]:
        """The last line of the JSON that begins on a line, and its value."""
        stop = self.ends[first]
        if stop < last and self.broken < MOST_BROKEN:
            with suppress(ValueError, RecursionError):
                value, end = _DECODER.raw_decode(self.text, self.starts[first])
                if not self.text[end : self.starts[stop + 1]].strip():
                    return stop, value
            self.broken += 1
        return first, None


def _ends_of_brackets(lines: Sequence[str]) -> list[int]:
    """By the index of a line, that of the line which closes what it opens; the number of lines where nothing does."""
    ends = [len(lines)] * len(lines)
    open_at: list[tuple[int, int]] = []
    depth = 0
    for number, line in enumerate(lines):
        text = line.strip()
        open_at.append((number, depth))
        depth += (text[-1:] in ("{", "[")) - (text[:1] in ("}", "]"))
        while open_at and open_at[-1][1] >= depth:
            ends[open_at.pop()[0]] = number
    return ends


def _shown(value: Any) -> str:
    """A scalar as pages show it among possible values."""
    return value if isinstance(value, str) else json.dumps(value)
