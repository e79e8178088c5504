"""The rate of polls: at most so many a second for all jobs of one kind, whoever waits
for them: threads and tasks, by any handle of a client and of those made of it by
`with_options`.

Each poll takes the next free turn when its own pause is over, so that turns come in the
order of time and nobody waits for a turn that is not used."""

from __future__ import annotations

import math
import threading
from typing import Any

from .client import AsyncCore, Core
from .flow import Flow, Sleep
from .job_declarations import JobSpec


class Pace:
    """Turns that are `1 / rate` seconds apart."""

    def __init__(self, rate: float) -> None:
        self._apart = 1 / rate
        self._next = -math.inf
        self._lock = threading.Lock()

    def pause(self, now: float, ends: float) -> float:
        """Takes the next turn. Returns the seconds until then; infinity, and takes
        none, when that is not before `ends`."""
        with self._lock:
            turn = max(now, self._next)
            if turn >= ends:
                return math.inf
            self._next = turn + self._apart
            return turn - now


def turn(
    core: Core | AsyncCore, spec: JobSpec[Any, Any, Any], now: float, ends: float
) -> Flow[float]:
    """Waits for the next turn of a client and kind of job. Returns the time then;
    infinity, at once, when that is not before `ends`."""
    pace: Pace = core.paces.setdefault(spec.name, Pace(spec.schedule.rate or math.inf))
    pause = pace.pause(now, ends)
    if 0 < pause < math.inf:
        now = yield Sleep(pause)
    return now if pause < math.inf else pause
