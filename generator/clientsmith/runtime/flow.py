"""Part of the runtime of a generated client. 0BSD: use it as you like.

Logic that waits is written once, as a generator (a flow) that yields effects and is
resumed with their outcomes:

    def ping(request: Request) -> Flow[int]:
        started = yield NOW             # resumed with seconds of a monotonic clock
        response = yield Send(request)  # resumed with a Response, or TransportError
        yield Sleep(0.5)                # resumed with None
        return response.status

`run` and `run_async` carry effects out, and tests resume flows by hand: no clock, no
event loop, no sockets. Cancellation and Ctrl-C are thrown into the flow where it waits;
it may yield more effects before it lets go.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias, TypeVar, cast

from .transport import AsyncTransport, Request, Transport

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Send:
    """Resumed with the `Response`; `TransportError` is thrown in."""

    request: Request


@dataclass(frozen=True, slots=True)
class Sleep:
    """Resumed with None after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Now:
    """Resumed with the seconds (float) of a monotonic clock."""


NOW: Final = Now()
Effect: TypeAlias = Send | Sleep | Now
Flow: TypeAlias = Generator[Effect, Any, T]


class Clock(Protocol):
    """A transport that is one of these is asked instead of the machine's clock (tests
    that do not wait)."""

    def now(self) -> float:
        """Seconds of a monotonic clock."""
        ...

    def sleep(self, seconds: float) -> None:
        """Let `seconds` pass on that clock."""
        ...


def _clock_of(transport: Transport | AsyncTransport) -> Clock | None:
    # isinstance with a protocol would take longer than all the rest of a driver.
    return (
        cast("Clock", transport)
        if hasattr(transport, "now") and hasattr(transport, "sleep")
        else None
    )


def run(flow: Flow[T], transport: Transport) -> T:
    """The result of `flow`, its effects carried out one after the other."""
    clock = _clock_of(transport)
    try:
        effect = next(flow)
        while True:
            try:
                outcome: object = None
                if isinstance(effect, Send):
                    outcome = transport.send(effect.request)
                elif isinstance(effect, Now):
                    outcome = clock.now() if clock else time.monotonic()
                elif clock:
                    clock.sleep(effect.seconds)
                else:
                    time.sleep(effect.seconds)
            # The flow decides, also about KeyboardInterrupt.
            except BaseException as error:
                effect = flow.throw(error)
            else:
                effect = flow.send(outcome)
    except StopIteration as stop:
        result: T = stop.value
        return result


async def run_async(flow: Flow[T], transport: AsyncTransport) -> T:
    """The result of `flow`, its effects carried out one after the other on asyncio."""
    import asyncio  # costs 40 ms, which synchronous programs need not pay

    clock = _clock_of(transport)
    try:
        effect = next(flow)
        while True:
            try:
                outcome: object = None
                if isinstance(effect, Send):
                    outcome = await transport.asend(effect.request)
                elif isinstance(effect, Now):
                    outcome = clock.now() if clock else time.monotonic()
                elif clock:
                    clock.sleep(effect.seconds)
                    await asyncio.sleep(0)
                else:
                    await asyncio.sleep(effect.seconds)
            # The flow decides, also about CancelledError.
            except BaseException as error:
                effect = flow.throw(error)
            else:
                effect = flow.send(outcome)
    except StopIteration as stop:
        result: T = stop.value
        return result
