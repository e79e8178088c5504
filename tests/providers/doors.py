"""The ways into a generated client: sync and async, over each transport. A scenario is written once for all of them.

A scenario's calls are written against a recorder (`Recorded`) and replayed on the client of each door, awaiting what is
awaitable. A door's client sends real requests over its transport, but its clock skips pauses, so that nobody waits.
"""

from __future__ import annotations

import asyncio
import dataclasses
import importlib
import inspect
import time
import types
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, NamedTuple

from loopback import Provider, running

RUNTIME = Path(__file__).resolve().parents[2] / "generator" / "clientsmith" / "runtime"


class Recorded:
    """Attribute accesses and calls, to be replayed on another object: `play(lambda client: client.jobs.get("1"))`."""

    def __init__(self, steps: tuple[tuple[str, Any], ...] = ()) -> None:
        self._steps = steps

    def __getattr__(self, name: str) -> Recorded:
        return Recorded((*self._steps, ("attribute", name)))

    def __call__(self, *args: object, **kwargs: object) -> Recorded:
        return Recorded((*self._steps, ("call", (args, kwargs))))

    @property
    def steps_(self) -> tuple[tuple[str, Any], ...]:
        return self._steps


Play = Callable[[Any], Any]
"""What a scenario does with a client, written as if it were synchronous."""


class Door(NamedTuple):
    """`Door("httpx", "async")`."""

    transport: Literal["stdlib", "httpx2", "httpx"]
    mode: Literal["sync", "async"]

    def __str__(self) -> str:
        return f"{self.mode}-{self.transport}"


DOORS = [Door(transport, mode) for transport in ("stdlib", "httpx2", "httpx") for mode in ("sync", "async")]


class Hurried:
    """A transport that sends over another one, and a clock on which pauses take no time; `pauses` are their seconds."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.pauses: list[float] = []

    def now(self) -> float:
        return time.monotonic() + sum(self.pauses)

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)

    def send(self, request: Any) -> Any:
        return self.inner.send(request)

    async def asend(self, request: Any) -> Any:
        return await self.inner.asend(request)

    def close(self) -> None:
        self.inner.close()

    async def aclose(self) -> None:
        await self.inner.aclose()


class Told(NamedTuple):
    """What came of a scenario.

    `outcome`: the result or exception in a few words; `value`: itself; `pauses`: the seconds that the client would have
    waited; `warnings`: the texts of the warnings that it gave.
    """

    outcome: str
    value: Any
    pauses: list[float]
    warnings: list[str]


def play(
    package: types.ModuleType, door: Door, provider: Provider, scenario: Play, prefix: str = "", **client: Any
) -> Told:
    """Run the scenario against the provider through a door.

    Args:
        package: the generated package.
        prefix: the path of the provider's base address.
        client: further arguments of the client, such as `api_key`.
    """
    steps = scenario(Recorded()).steps_
    transport = Hurried(_transport(package, door))
    with running(provider, prefix), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value = _replay(package, door, steps, {"base_url": provider.url, "transport": transport} | client)
    return Told(in_words(value), value, transport.pauses, [str(one.message) for one in caught])


def _transport(package: types.ModuleType, door: Door) -> Any:
    prefix = "Async" if door.mode == "async" else ""
    if door.transport == "stdlib":
        module = importlib.import_module(f"{package.__name__}._runtime.stdlib_http")
        return getattr(module, f"{prefix}StdlibTransport")()
    # The client was generated without this adapter: it is taken from where it would have been copied from.
    runtime = importlib.import_module(f"{package.__name__}._runtime")
    if str(RUNTIME) not in runtime.__path__:
        runtime.__path__.append(str(RUNTIME))
    module = importlib.import_module(f"{runtime.__name__}.httpx_adapter")
    return getattr(module, f"{prefix}HttpxTransport")(door.transport)


def _replay(package: types.ModuleType, door: Door, steps: tuple[tuple[str, Any], ...], client: dict[str, Any]) -> Any:
    if door.mode == "async":
        return asyncio.run(_replay_async(package, steps, client))
    try:
        with package.Client(**client) as entered:
            value: Any = entered
            for kind, detail in steps:
                value = _step(value, kind, detail)
            return value
    except package.APIError as error:
        return error


async def _replay_async(package: types.ModuleType, steps: tuple[tuple[str, Any], ...], client: dict[str, Any]) -> Any:
    try:
        async with package.AsyncClient(**client) as entered:
            value: Any = entered
            for kind, detail in steps:
                value = _step(value, kind, detail)
                if inspect.isawaitable(value):
                    value = await value
            return value
    except package.APIError as error:
        return error


def _step(value: Any, kind: str, detail: Any) -> Any:
    if kind == "attribute":
        return getattr(value, detail)
    args, kwargs = detail
    return value(*args, **kwargs)


def in_words(value: Any) -> str:
    """`"JobFailed content_filter_error"`, `"NotFoundError 404 not_found"`, `"JobResult https://..."`, `"Job"`."""
    name = type(value).__name__
    if isinstance(value, BaseException):
        details = [getattr(value, key, None) for key in ("status", "error_code", "code")]
        return " ".join([name, *(str(detail) for detail in details if detail is not None)])
    if name == "JobResult":
        return f"{'partial ' if value.partial else ''}JobResult {value.result}"
    if name in ("Job", "AsyncJob", "CancellableJob", "AsyncCancellableJob"):
        return "Job"
    if dataclasses.is_dataclass(value):
        return name.removeprefix("Async")
    return repr(value)


@dataclasses.dataclass(frozen=True)
class Scenario:
    """One row of a table of outcomes.

    Attributes:
        name: identifies the row.
        play: the calls.
        outcome: what comes of them, as `in_words` tells it.
        saw: the methods of the requests that the provider saw, in order.
        arrange: prepares the provider.
        client: further arguments of the client.
        pauses: how long the client would have waited between them, where the test wants to know.
        warned: a piece of the one warning that is given; empty: there is none.
    """

    name: str
    play: Play
    outcome: str
    saw: str
    arrange: Callable[[Any], object] = lambda provider: None
    client: dict[str, Any] = dataclasses.field(default_factory=dict[str, Any])
    pauses: tuple[float, ...] | None = None
    warned: str = ""

    def check(self, package: types.ModuleType, door: Door, provider: Provider, prefix: str = "", **client: Any) -> Told:
        """Play it and compare; for further looks, what was told."""
        self.arrange(provider)
        told = play(package, door, provider, self.play, prefix, **client | self.client)
        assert (told.outcome, provider.saw()) == (self.outcome, self.saw), told.value
        if self.pauses is not None:
            assert tuple(told.pauses) == self.pauses
        if self.warned:
            assert len(told.warnings) == 1
            assert self.warned in told.warnings[0]
        else:
            assert told.warnings == []
        return told
