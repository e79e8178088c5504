"""The two drivers carry out the same effects in the same way."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest

from clientsmith.runtime.flow import NOW, Flow, Send, Sleep, run, run_async
from clientsmith.runtime.testing import Answer, ConnectionLost, FakeTransport
from clientsmith.runtime.transport import Request, Response, TransportError

Driver = Callable[[Flow[Any], Any], Any]


def driven_on_asyncio(flow: Flow[Any], transport: Any) -> Any:
    return asyncio.run(run_async(flow, transport))


drivers = pytest.mark.parametrize("drive", [run, driven_on_asyncio])
PING = Request("GET", "https://a.example/ping")


class Unscripted:
    """A transport without a clock of its own, whose `send` does what it was told."""

    def __init__(self, action: Callable[[], Response]) -> None:
        self.action = action

    def send(self, request: Request) -> Response:
        return self.action()

    async def asend(self, request: Request) -> Response:
        return self.action()

    def close(self) -> None: ...

    async def aclose(self) -> None: ...


@drivers
def test_effects_and_results(drive: Driver) -> None:
    def flow() -> Flow[list[object]]:
        before = yield NOW
        response = yield Send(PING)
        later = yield Sleep(2.5)
        after = yield NOW
        return [before, response.status, later, after]

    fake = FakeTransport([Answer(204)])
    assert drive(flow(), fake) == [0.0, 204, 2.5, 2.5]
    assert fake.sleeps == [2.5]


@drivers
def test_failures_are_thrown_in_and_may_be_handled(drive: Driver) -> None:
    def flow() -> Flow[str]:
        try:
            yield Send(PING)
        except TransportError as error:
            again = yield Send(PING)
            return f"{error} then {again.status}"
        return "not lost"

    assert drive(flow(), FakeTransport([ConnectionLost(), Answer(200)])) == "connection lost then 200"


@drivers
def test_what_the_flow_does_not_handle_comes_out(drive: Driver) -> None:
    def flow() -> Flow[None]:
        yield Send(PING)

    with pytest.raises(TransportError, match="connection lost"):
        drive(flow(), FakeTransport([ConnectionLost()]))


@drivers
def test_a_flow_may_go_on_after_an_interrupt(drive: Driver) -> None:
    """As a job does that is cancelled on Ctrl-C."""
    sent: list[str] = []

    def interrupted() -> Response:
        sent.append("sent")
        if len(sent) == 1:
            raise KeyboardInterrupt
        return Response(200)

    def flow() -> Flow[None]:
        try:
            yield Send(PING)
        except KeyboardInterrupt:
            yield Send(PING)
            raise

    with pytest.raises(KeyboardInterrupt):
        drive(flow(), Unscripted(interrupted))
    assert sent == ["sent", "sent"]


@drivers
def test_the_real_clock(drive: Driver) -> None:
    def flow() -> Flow[float]:
        before: float = yield NOW
        yield Sleep(0.05)
        after: float = yield NOW
        return after - before

    started = time.monotonic()
    slept = drive(flow(), Unscripted(lambda: Response(200)))
    assert 0.04 < slept <= time.monotonic() - started


def test_cancelling_a_task_is_thrown_into_the_flow() -> None:
    seen: list[str] = []

    def flow() -> Flow[None]:
        try:
            yield Sleep(30)
        except asyncio.CancelledError:
            response = yield Send(PING)
            seen.append(f"cancelled, then {response.status}")
            raise

    async def main() -> None:
        task = asyncio.ensure_future(run_async(flow(), Unscripted(lambda: Response(202))))
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()

    asyncio.run(main())
    assert seen == ["cancelled, then 202"]


class HalfAClock(Unscripted):
    """A transport that can tell the time, and cannot sleep."""

    def now(self) -> float:
        raise AssertionError("half a clock is none")


@drivers
def test_a_transport_that_cannot_sleep_has_no_clock(drive: Driver) -> None:
    def flow() -> Flow[bool]:
        before: float = yield NOW
        yield Sleep(0.001)
        after: float = yield NOW
        return after > before

    assert drive(flow(), HalfAClock(lambda: Response(200)))
