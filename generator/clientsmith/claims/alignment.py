"""Two texts side by side: which statements stayed, which came, which went, and which stand in the place of others."""

from __future__ import annotations

import bisect
import difflib
from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

Block: TypeAlias = tuple[str, int, int, int, int]
"""Tag, first index and the one behind the last of the old text, and the same of the new text, as in `difflib`."""


def blocks_of(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Returns what became of which statements, in their order.

    Statements that either page has once are matched first, and the others between them: `difflib` alone would take
    time with the cube of the length where sentences repeat.
    """
    blocks: list[Block] = []
    at, new_at = 0, 0
    for start, new_start in [*_anchors(old, new), (len(old), len(new))]:
        blocks += _between(old[at:start], new[new_at:new_start], at, new_at)
        if start < len(old):
            blocks.append(("equal", start, start + 1, new_start, new_start + 1))
        at, new_at = start + 1, new_start + 1
    return blocks


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest run of statements that either page has once, in the order of both."""
    counts, new_counts = Counter(old), Counter(new)
    places = {text: at for at, text in enumerate(new) if new_counts[text] == 1 and counts[text] == 1}
    pairs = [(at, places[text]) for at, text in enumerate(old) if text in places]
    # The longest increasing subsequence, by the smallest end of a run of each length.
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect.bisect_left(ends, place)
        if length == len(ends):
            ends.append(place)
            last.append(index)
        else:
            ends[length], last[length] = place, index
        before.append(last[length - 1] if length else -1)
    run: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]


def _between(old: Sequence[str], new: Sequence[str], at: int, new_at: int) -> list[Block]:
    """The blocks of statements between two anchors, or before the first, or behind the last."""
    counts = Counter(new)
    if sum(counts[text] for text in old) > _MOST_PAIRS:
        moved: list[Block] = [("replace", 0, len(old), 0, len(new))]
    else:
        moved = [(tag, a, b, c, d) for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, False).get_opcodes()]
    blocks: list[Block] = []
    for tag, start, end, new_start, new_end in moved:
        if tag == "replace" and end - start == new_end - new_start:
            # As many statements as before: each takes the place of one.
            pairs = zip(range(start + at, end + at), range(new_start + new_at, new_end + new_at), strict=True)
            blocks += [
                ("equal" if old[a - at] == new[b - new_at] else tag, a, a + 1, b, b + 1) for a, b in pairs
            ]
        else:
            blocks.append((tag, start + at, end + at, new_start + new_at, new_end + new_at))
    return blocks


_MOST_PAIRS = 100_000
"""The most pairs of equal statements that are looked at between two anchors."""
