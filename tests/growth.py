"""How work grows with its input: in calls where Python does it, in time where a regular expression does.

An input of twice the size may cost at most 2.5 times as much. Calls are counted, so that the load of the machine does
not matter. A regular expression is one call, however long it takes: there the time of four times the input is
compared, of which linear work takes 4 times as much and quadratic work 16 times.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import TypeAlias

Work: TypeAlias = Callable[[int], Callable[[], object]]
"""Makes an input of a size, and returns what reads it."""

MOST = 2.5
"""How many times as much an input of twice the size may cost."""

MOST_TIME = 8.0
"""The same, as times, for an input of four times the size; above the noise, and below quadratic."""


def calls(read: Callable[[], object]) -> int:
    """The number of calls, of Python's own functions too, that `read` makes."""
    count = 0

    def profile(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        read()
    finally:
        sys.setprofile(before)
    return count


def seconds(read: Callable[[], object]) -> float:
    """The least processor time of several runs: what disturbs a run only adds to it."""
    found: list[float] = []
    for _ in range(5):
        start = time.process_time()
        read()
        found.append(time.process_time() - start)
    return min(found)


def growth(work: Work, size: int) -> float:
    """How many times as many calls an input of twice the size takes."""
    once, twice = work(size), work(2 * size)
    # The first run imports what is needed, and fills caches.
    once()
    return calls(twice) / calls(once)


def growth_of_time(work: Work, size: int) -> float:
    """How many times as much time an input of four times the size takes; times too short to be measured are equal."""
    once, more = work(size), work(4 * size)
    once()
    found: list[float] = []
    # Again, if other work on the machine may be the reason.
    while len(found) < 4 and (not found or found[-1] > MOST_TIME):
        found.append((seconds(more) + 0.002) / (seconds(once) + 0.002))
    return min(found)
