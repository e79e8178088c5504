"""What the readers of YAML and of JSON share: the limits, the error, the places.

Decides how large a text may be and how a place in it is counted. Does not read anything.
"""

from __future__ import annotations

import bisect
import gc
import re
from collections.abc import Collection, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | int | float | bool | None"
"""A value as it was read."""

MAX_BYTES = 64 * 1024 * 1024
"""Of one file, and of all files of a run together (R23)."""

MAX_DEPTH = 200
"""How deep lists and mappings may nest."""

MAX_EXPANSION = 1_000_000
"""How many nodes the aliases of one YAML text may stand for, all together."""

MAX_DIGITS = 4000
"""Of one number; Python refuses to convert more than 4300."""

_LINE_END = re.compile(r"\r\n|\n|\r")


class TextError(Exception):
    """A text that cannot be read.

    Attributes:
        slug: a key of `diagnostics.SEVERITY`.
        message: one line; at most one offending token of the text is in it.
        offset: where, in characters from the start of the text.
        hint: how to mend it.
    """

    def __init__(self, slug: str, message: str, offset: int, hint: str = "") -> None:
        super().__init__(message)
        self.slug, self.message, self.offset, self.hint = slug, message, offset, hint


class Duplicate(NamedTuple):
    """A key that stands twice in one mapping: `owner` is the mapping as it was built."""

    owner: dict[str, Tree]
    key: str


class Place(NamedTuple):
    """Where a value stands in its text, in characters from its start. `key` is -1 for list items and the root."""

    key: int
    value: int
    scalar: bool

    @property
    def start(self) -> int:
        """Where a finding about the value should point: at a scalar itself, at the key of anything larger."""
        return self.value if self.scalar or self.key < 0 else self.key


@dataclass(slots=True)
class Wanted:
    """Pointers that are looked for, as a tree, so that a scan can skip what nobody asked for."""

    pointers: list[str] = field(default_factory=list[str])
    below: dict[str, Wanted] = field(default_factory=dict[str, "Wanted"])

    @classmethod
    def of(cls, pointers: Iterable[str]) -> Wanted:
        """The tree of these pointers (RFC 6901, `~0` and `~1` only)."""
        root = cls()
        for pointer in pointers:
            node = root
            for raw in pointer.split("/")[1:]:
                token = raw.replace("~1", "/").replace("~0", "~")
                node = node.below.setdefault(token, cls())
            node.pointers.append(pointer)
        return root


Places = dict[str, list[Place]]
"""Pointer to every place where it was met: more than one when a key stands twice."""


class Lines:
    """Line and column, from 1, of an offset in a text. Lines end as editors end them: LF, CR LF or CR."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def pointers_of(owners: Collection[int], tree: Tree) -> dict[int, str]:
    """The pointers of some mappings in a tree.

    Args:
        owners: the `id`s of the mappings that are looked for.
        tree: what they are somewhere in.
    """
    found: dict[int, str] = {}
    stack = [(tree, "")]
    while stack and len(found) < len(owners):
        value, pointer = stack.pop()
        if isinstance(value, dict):
            if id(value) in owners:
                found[id(value)] = pointer
            for key, child in value.items():
                stack.append((child, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"))
        elif isinstance(value, list):
            stack.extend((child, f"{pointer}/{i}") for i, child in enumerate(value))
    return found


@contextmanager
def paused_gc() -> Generator[None]:
    """No garbage collection inside: reading makes many objects and no rubbish, and each collection walks them all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
