"""The operations of an `Api` by what a page writes of them: a method, and a path with the names of parameters, other
names, or values in their places. Paths may begin with the path of a server.

A question takes time with the length of its path, however many operations there are: pages name many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import NamedTuple
from urllib.parse import urlsplit

from clientsmith import ir
from clientsmith.records import dataclass

_PLACEHOLDER = re.compile(r"\{(id|ID|Id|uuid|UUID|guid|string|str|int|integer|number|value)\}")
"""What names a kind of value, in the place of one."""


class _Piece(NamedTuple):
    """A piece of a segment of a template: its text, or any value."""

    text: str
    is_parameter: bool


@dataclass(slots=True, eq=False)
class _Beginning:
    """The beginning of templates: what comes next by its text, or by a pattern where it has parameters."""

    texts: dict[str, _Beginning] = field(default_factory=dict[str, "_Beginning"])
    patterns: dict[str, _Beginning] = field(default_factory=dict[str, "_Beginning"])
    ends: list[int] = field(default_factory=list[int])
    """The numbers of the operations whose template this is."""

    def reached(self, segments: Sequence[str], at: int = 0) -> Iterator[int]:
        """Yields the numbers of the operations to whose template the segments of a path lead."""
        if at == len(segments):
            yield from self.ends
            return
        if (known := self.texts.get(segments[at])) is not None:
            yield from known.reached(segments, at + 1)
        for pattern, below in self.patterns.items():
            if re.fullmatch(pattern, segments[at]):
                yield from below.reached(segments, at + 1)


class OperationIndex:
    """The operations of one API. All results are in the order of the document; methods are in lower case."""

    def __init__(self, api: ir.Api) -> None:
        self._operations = api.operations
        self._servers = [_paths_of(one.servers or api.servers) for one in api.operations]
        self._all_servers = {path for paths in self._servers for path in paths}
        self._templates: dict[tuple[str, str], list[int]] = {}
        self._nameless: dict[tuple[str, str], list[int]] = {}
        self._beginnings: dict[str, _Beginning] = {}
        for number, operation in enumerate(api.operations):
            method, template = operation.method.lower(), operation.template.rstrip("/")
            self._templates.setdefault((method, template), []).append(number)
            self._nameless.setdefault((method, _without_names(template) or "/"), []).append(number)
            end = self._beginnings.setdefault(method, _Beginning())
            for segment in _segments(operation.path):
                if any(piece.is_parameter for piece in segment):
                    pattern = "".join("[^/{}]+" if one.is_parameter else re.escape(one.text) for one in segment)
                    end = end.patterns.setdefault(pattern, _Beginning())
                else:
                    end = end.texts.setdefault("".join(one.text for one in segment), _Beginning())
            end.ends.append(number)

    def written(self, method: str, path: str) -> list[ir.Operation]:
        """Returns those whose template is written so; a slash at the end does not count."""
        return self._found(
            number
            for server, rest in self._rests(path)
            for number in self._templates.get((method, rest), ())
            if not server or server in self._servers[number]
        )

    def fitting(self, method: str, path: str) -> list[ir.Operation]:
        """Returns those whose template is the path with values of its parameters: `/jobs/42`, `/jobs/{uuid}`."""
        beginning = self._beginnings.get(method, _Beginning())
        return self._found(
            number
            for server, rest in self._rests(_PLACEHOLDER.sub(r"\1", path))
            for number in beginning.reached(rest.split("/"))
            if not server or server in self._servers[number]
        )

    def alike(self, method: str, path: str) -> list[ir.Operation]:
        """Returns those whose template has other names of parameters; the path may have something before it."""
        wanted = _without_names(path.rstrip("/"))
        ends = (wanted[at:] for at, character in enumerate(wanted) if character == "/")
        return self._found(number for end in ends for number in self._nameless.get((method, end), ()))

    def _rests(self, path: str) -> Iterator[tuple[str, str]]:
        """Yields the path, and what is left of it below each server that it begins with, each with that server."""
        yield "", path.rstrip("/")
        for server in self._all_servers:
            if path.startswith(f"{server}/"):
                yield server, path.removeprefix(server).rstrip("/")

    def _found(self, numbers: Iterator[int]) -> list[ir.Operation]:
        return [self._operations[number] for number in sorted(set(numbers))]


def _paths_of(servers: Sequence[ir.Server]) -> frozenset[str]:
    return frozenset(filter(None, (urlsplit(server.url).path.rstrip("/") for server in servers)))


def _without_names(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def _segments(path: Sequence[str]) -> Iterator[list[_Piece]]:
    """Yields the pieces between the slashes of a template, which has parameters at its odd indexes."""
    pieces: list[_Piece] = []
    for index, part in enumerate(path):
        if index % 2:
            pieces.append(_Piece(part, is_parameter=True))
            continue
        first, *others = part.split("/")
        pieces.append(_Piece(first, is_parameter=False))
        for text in others:
            yield pieces
            pieces = [_Piece(text, is_parameter=False)]
    if any(piece.text for piece in pieces):
        yield pieces
