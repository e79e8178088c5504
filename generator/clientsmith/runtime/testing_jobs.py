"""Many jobs in one test: time passes once for all that sleep together. The clock jumps
to the end of the pause that ends first (as trio's autojump clock does), after a moment
in which all tasks that are ready, and other threads, come first."""

from __future__ import annotations

import threading
import time
from bisect import insort
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import Any

from . import testing
from .testing import Answer, SentRequest


class FakeTransport(testing.FakeTransport):
    """A transport for both clients; `requests` and `sleeps` record what happened."""

    def __init__(self, *script: Any) -> None:
        super().__init__(*script)
        self._asleep: list[tuple[float, int, Callable[[], object]]] = []

    def sleep(self, seconds: float) -> None:
        """Let `seconds` pass, once for all that sleep."""
        woken = threading.Event()
        with self._pause(seconds, woken.set) as ends:
            while self._now < ends:
                woken.clear()
                seen = len(self.sleeps)
                time.sleep(0.01 if threading.active_count() > 1 else 0)
                self._jump(seen)
                woken.wait()

    async def asleep(self, seconds: float) -> None:
        """The same on asyncio."""
        import asyncio  # costs 40 ms, which synchronous programs need not pay

        woken = asyncio.Event()
        wake = partial(asyncio.get_running_loop().call_soon_threadsafe, woken.set)
        with self._pause(seconds, wake) as ends:
            while self._now < ends:
                woken.clear()
                seen = len(self.sleeps)
                for _ in range(10):  # the moment, as rounds of the event loop
                    await asyncio.sleep(0)
                self._jump(seen)
                await woken.wait()

    @contextmanager
    def _pause(self, seconds: float, wake: Any) -> Generator[float, None, None]:
        with self._lock:
            self.sleeps.append(seconds)
            pause = self._now + seconds, len(self.sleeps), wake
            insort(self._asleep, pause)
        try:
            yield pause[0]
        finally:
            with self._lock:
                self._asleep.remove(pause)
                if self._asleep:
                    self._asleep[0][2]()  # who sleeps on must not wait for who is awake

    def _jump(self, seen: int) -> None:
        with self._lock:
            if seen == len(self.sleeps):  # else the last to fall asleep sees to it
                self._now, _, wake = self._asleep[0]
                wake()


def numbered(status: int, text: str) -> Callable[[SentRequest], Answer]:
    """Returns a step: an answer with the next number for `%d` in `text`."""
    numbers = count(1)
    return lambda _: Answer(status, text=text % next(numbers))
