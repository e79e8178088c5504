"""Logic that waits is a generator, a flow, that yields effects and is resumed with
their outcomes:

    def ping(request: Request) -> Flow[int]:
        started = yield NOW             # resumed with seconds of a monotonic clock
        response = yield Send(request)  # resumed with a Response, or TransportError
        now = yield Sleep(0.5)          # resumed with them later
        return response.status

`run` and `run_async` carry effects out. Cancellation and Ctrl-C are thrown into the
flow where it waits; it may yield more effects before it lets go."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Generator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar, assert_never

from .transport import AsyncTransport, Request, Transport

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Send:
    """Resumed with the `Response`; `TransportError` is thrown in."""

    request: Request


@dataclass(frozen=True, slots=True)
class Sleep:
    """Resumed after so many seconds with those (float) of a monotonic clock."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Await:
    """Resumed with what it gives, once that is there: of asyncio, not of threads."""

    awaitable: Awaitable[Any]


NOW: Final = Sleep(0.0)
Effect: TypeAlias = Send | Sleep | Await
Flow: TypeAlias = Generator[Effect, Any, T]


def run(flow: Flow[T], transport: Transport) -> T:
    """Returns the result of `flow`, its effects carried out one after the other."""
    driven = _driven(flow, transport, None)
    try:
        driven.send(None)
    except StopIteration as stop:
        result: T = stop.value
        return result
    driven.close()
    raise TypeError("an asynchronous function has to wait: AsyncClient can do that")


async def run_async(flow: Flow[T], transport: AsyncTransport) -> T:
    """Returns the result of `flow`, its effects carried out on asyncio."""
    import asyncio  # costs 40 ms, which synchronous programs need not pay

    return await _driven(flow, transport, getattr(transport, "asleep", asyncio.sleep))


async def _driven(flow: Flow[T], transport: Any, asleep: Any) -> T:
    # A transport may have a clock of its own: for tests without waiting.
    clock: Any = transport if hasattr(transport, "asleep") else time
    now = getattr(clock, "now", time.monotonic)
    try:
        effect = next(flow)
        while True:
            outcome: Any = None
            try:
                match effect:
                    case Send(request) if asleep:
                        outcome = await transport.asend(request)
                    case Send(request):
                        outcome = transport.send(request)
                    case Sleep(seconds):
                        if seconds and asleep:
                            await asleep(seconds)
                        elif seconds:
                            clock.sleep(seconds)
                        outcome = now()
                    case Await(awaitable):
                        outcome = await awaitable
                    case _:
                        assert_never(effect)
            except BaseException as error:  # the flow decides, about Ctrl-C too
                effect = flow.throw(error)
            else:
                effect = flow.send(outcome)
    except StopIteration as stop:
        result: T = stop.value
        return result
