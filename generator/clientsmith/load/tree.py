"""Documents as trees of JSON values, and what the readers of YAML and JSON share: limits, the error, positions.

Decides how large a text may be and how a position in it is counted. Reads nothing itself.
"""

from __future__ import annotations

import bisect
import gc
import re
from collections.abc import Collection, Generator, Iterable
from contextlib import contextmanager
from itertools import accumulate
from typing import Any, Final, NamedTuple, TypeAlias, TypeGuard

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | int | float | bool | None"
"""A JSON value, as it was read."""

MAX_BYTES = 64 * 1024 * 1024
"""Bytes of one file, and of all files of a run together (R23)."""

MAX_DEPTH = 200
"""Levels of nested lists and mappings."""

MAX_EXPANSION = 1_000_000
"""Nodes that all aliases of one YAML text may expand to."""

MAX_DIGITS = 4000
"""Decimal digits of one number; Python refuses to convert more than 4300."""

CONTAINERS: Final = (dict, list)
"""The classes of values that contain others: no subclass of them is ever made of a text."""

_LINE_END = re.compile(r"\r\n|\n|\r")

_BLOCK = 1 << 16
"""Characters between two offsets whose lines are known."""


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Returns whether a value is a JSON object.

    `isinstance(value, dict)` gives the same, but leaves the types of keys and members unknown to type checkers.
    """
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Returns whether a value is a JSON array."""
    return isinstance(value, list)


def type_name(value: object) -> str:
    """Returns what kind of JSON value this is, for messages: `a mapping`, `a list`, `null`."""
    if is_object(value):
        return "a mapping"
    if is_array(value):
        return "a list"
    if value is None:
        return "null"
    if isinstance(value, str):
        return "a string"
    return "a boolean" if isinstance(value, bool) else "a number"


def escape(token: str) -> str:
    """Returns one token of a JSON Pointer, escaped (RFC 6901 section 3)."""
    if "~" in token or "/" in token:
        return token.replace("~", "~0").replace("/", "~1")
    return token


def unescape(token: str) -> str:
    """Returns one token of a JSON Pointer, unescaped (RFC 6901 section 4)."""
    return token.replace("~1", "/").replace("~0", "~")


class TextError(Exception):
    """A text that cannot be read.

    Attributes:
        slug: a key of `diagnostics.SEVERITY`.
        message: one line; it quotes at most one token of the text.
        offset: where, in characters from the start of the text.
        hint: how to fix it.
    """

    def __init__(self, slug: str, message: str, offset: int, hint: str = "") -> None:
        super().__init__(message)
        self.slug, self.message, self.offset, self.hint = slug, message, offset, hint


class Duplicate(NamedTuple):
    """A key that occurs more than once in a mapping: `owner` is the mapping as it was built."""

    owner: dict[str, Tree]
    key: str


class Place(NamedTuple):
    """Offsets of a value and of its key, in characters from the start of the text.

    `key` is -1 for items of lists and for the root.
    """

    key: int
    value: int
    scalar: bool

    @property
    def start(self) -> int:
        """The offset that a diagnostic about the value points at: a scalar itself, the key of anything larger."""
        return self.value if self.scalar or self.key < 0 else self.key


class Wanted:
    """Pointers whose places are searched for, as a tree: a scan skips every value that has none of them in it.

    Attributes:
        pointers: the pointers that end at this node.
        below: the next nodes, by token.
    """

    __slots__ = ("below", "pointers")

    def __init__(self) -> None:
        self.pointers: list[str] = []
        self.below: dict[str, Wanted] = {}

    @classmethod
    def of(cls, pointers: Iterable[str]) -> Wanted:
        """Returns the tree of some pointers (RFC 6901, `~0` and `~1` only)."""
        root = cls()
        for pointer in pointers:
            node = root
            for token in pointer.split("/")[1:]:
                node = node.below.setdefault(unescape(token), cls())
            node.pointers.append(pointer)
        return root


Places = dict[str, list[Place]]
"""Pointer to every place where it was found: more than one when a key is duplicated."""


class Lines:
    """The lines of a text, for offsets as line and column. Lines end as in editors: LF, CR LF or CR.

    In a text without CR, which may be large, only the lines of some offsets are counted in advance.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self._before: list[int] = []
        if "\r" in text:
            self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        else:
            counts = (text.count("\n", start, start + _BLOCK) for start in range(0, len(text), _BLOCK))
            self._before = list(accumulate(counts, initial=0))

    def position(self, offset: int) -> tuple[int, int]:
        """Returns the line and column, from 1, of an offset."""
        if self._starts:
            line = bisect.bisect_right(self._starts, offset)
            return line, offset - self._starts[line - 1] + 1
        block = offset // _BLOCK
        line = self._before[block] + self._text.count("\n", block * _BLOCK, offset) + 1
        return line, offset - self._text.rfind("\n", 0, offset)


def pointers_of(owners: Collection[int], tree: Tree) -> dict[int, str]:
    """Returns the pointers of some mappings in a tree.

    Args:
        owners: the `id`s of the mappings.
        tree: the tree that contains them.
    """
    found: dict[int, str] = {}
    stack = [(tree, "")]
    while stack and len(found) < len(owners):
        value, pointer = stack.pop()
        if isinstance(value, dict):
            if id(value) in owners:
                found[id(value)] = pointer
            stack.extend((child, f"{pointer}/{escape(key)}") for key, child in value.items())
        elif isinstance(value, list):
            stack.extend((child, f"{pointer}/{index}") for index, child in enumerate(value))
    return found


@contextmanager
def paused_gc() -> Generator[None]:
    """Switches the garbage collector off: reading makes many objects and no garbage, and each collection visits all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
