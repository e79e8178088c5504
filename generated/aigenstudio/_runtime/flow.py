"""Logic that waits is a generator, a flow, that yields effects and is resumed with
their outcomes:

    def ping(request: Request) -> Flow[int]:
        started = yield NOW             # resumed with seconds of a monotonic clock
        response = yield Send(request)  # resumed with a Response, or TransportError
        yield Sleep(0.5)                # resumed with None
        return response.status

`run` and `run_async` carry effects out. Cancellation and Ctrl-C are thrown into the
flow where it waits; it may yield more effects before it lets go."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Generator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar, assert_never

from .transport import AsyncTransport, Request, Response, Transport

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
_Send: TypeAlias = Callable[[Request], Coroutine[Any, Any, Response]]
_Sleep: TypeAlias = Callable[[float], Coroutine[Any, Any, None]]


def run(flow: Flow[T], transport: Transport) -> T:
    """Returns the result of `flow`, its effects carried out one after the other."""

    async def send(request: Request) -> Response:
        return transport.send(request)

    async def sleep(seconds: float) -> None:
        time.sleep(seconds)

    try:
        _driven(flow, transport, send, sleep).send(None)
    except StopIteration as stop:
        result: T = stop.value
        return result
    raise AssertionError("what sends and sleeps blocking is never suspended")


async def run_async(flow: Flow[T], transport: AsyncTransport) -> T:
    """Returns the result of `flow`, its effects carried out on asyncio."""
    import asyncio  # costs 40 ms, which synchronous programs need not pay

    return await _driven(flow, transport, transport.asend, asyncio.sleep)


async def _driven(flow: Flow[T], transport: Any, send: _Send, sleep: _Sleep) -> T:
    # A transport may have a clock of its own: for tests without waiting.
    has_clock = hasattr(transport, "now") and hasattr(transport, "sleep")
    clock = transport if has_clock else None
    try:
        effect = next(flow)
        while True:
            outcome: object = None
            try:
                match effect:
                    case Send():
                        outcome = await send(effect.request)
                    case Now():
                        outcome = clock.now() if clock else time.monotonic()
                    case Sleep():
                        if clock:
                            clock.sleep(effect.seconds)
                        await sleep(0 if clock else effect.seconds)
                    case _:
                        assert_never(effect)
            except BaseException as error:  # the flow decides, about Ctrl-C too
                effect = flow.throw(error)
            else:
                effect = flow.send(outcome)
    except StopIteration as stop:
        result: T = stop.value
        return result
