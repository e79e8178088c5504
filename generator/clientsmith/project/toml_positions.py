"""The positions of the keys of a TOML text: `tomllib` returns values without them, and a diagnostic needs a line.

Decides nothing about what the keys mean. `tomllib` has read the text before, so it is well-formed, and this scanner
only has to distinguish keys, strings, brackets and comments (TOML 1.0.0).
"""

from __future__ import annotations

import bisect
import re
from typing import TypeAlias

Keys: TypeAlias = "tuple[str | int, ...]"
"""The keys that lead to a value: `("allow", 0, "slug")`."""

Position: TypeAlias = tuple[int, int]
"""Line and column, counted from 1."""

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\r\n]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")|\'\'\'.*?\'{3,5}(?!\')|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_SHORT = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def toml_positions(text: str) -> dict[Keys, Position]:
    """Returns the position of every key and of every element of an array."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._ends = [match.start() for match in re.finditer("\n", text)]
        """Where each line ends."""
        self._positions: dict[Keys, Position] = {}
        self._count: dict[Keys, int] = {}
        """The number of elements that each array of tables has so far."""

    def scan(self) -> dict[Keys, Position]:
        table: Keys = ()
        while self._skip(_BLANK):
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
        return self._positions

    def _skip(self, what: re.Pattern[str]) -> bool:
        """Skips what matches; returns False at the end of the text."""
        match = what.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._at < len(self._text)

    def _header(self) -> Keys:
        start = self._at
        array = self._text.startswith("[[", self._at)
        self._at += 2 if array else 1
        path = self._inside_arrays(self._key(), start)
        self._at = self._text.index("]", self._at) + (2 if array else 1)
        if array:
            number = self._count.get(path, 0)
            self._count[path] = number + 1
            self._note(path, start)
            path = (*path, number)
        self._note(path, start)
        return path

    def _inside_arrays(self, key: Keys, start: int) -> Keys:
        """`[a.b]` after `[[a]]` means the table `b` of the last element of `a`."""
        path: Keys = ()
        for index, part in enumerate(key):
            path = (*path, part)
            self._note(path, start)
            if path in self._count and index < len(key) - 1:
                path = (*path, self._count[path] - 1)
        return path

    def _pair(self, table: Keys) -> None:
        start = self._at
        path: Keys = table
        for part in self._key():
            path = (*path, part)
            self._note(path, start)
        self._at = self._text.index("=", self._at) + 1
        self._value(path)

    def _value(self, path: Keys) -> None:
        self._skip(_SPACE)
        match self._text[self._at : self._at + 1]:
            case "[":
                self._members(path, "]")
            case "{":
                self._members(path, "}")
            case '"' | "'":
                self._string()
            case _:
                self._skip(_SCALAR)

    def _members(self, path: Keys, end: str) -> None:
        """The elements of an array, or the pairs of an inline table."""
        self._at += 1
        number = 0
        while self._skip(_BLANK) and not self._text.startswith(end, self._at):
            if end == "]":
                self._note((*path, number), self._at)
                self._value((*path, number))
                number += 1
            else:
                self._pair(path)
            self._skip(_BLANK)
            if self._text.startswith(",", self._at):
                self._at += 1
        self._at += 1

    def _key(self) -> tuple[str, ...]:
        parts: list[str] = []
        while True:
            self._skip(_SPACE)
            if self._text[self._at] in "\"'":
                parts.append(self._string())
            else:
                bare = _BARE.match(self._text, self._at)
                assert bare is not None, "tomllib has read this text"
                parts.append(bare[0])
                self._at = bare.end()
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return tuple(parts)
            self._at += 1

    def _string(self) -> str:
        match = _STRING.match(self._text, self._at)
        assert match is not None, "tomllib has read this text"
        self._at = match.end()
        raw = match[0]
        if raw[0] == "'":
            return raw[1:-1]
        return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _SHORT.get(m[3], m[3]), raw[1:-1])

    def _note(self, path: Keys, offset: int) -> None:
        if path not in self._positions:
            line = bisect.bisect_left(self._ends, offset)
            self._positions[path] = (line + 1, offset - (self._ends[line - 1] if line else -1))
