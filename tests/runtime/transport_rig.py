"""Every transport, and a way to call each of them that is the same blocking and on asyncio."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from typing import Any

from acme_client.models import Job

from clientsmith.runtime.client import AsyncCore, Core
from clientsmith.runtime.declarations import ClientSettings, Operation
from clientsmith.runtime.httpx_adapter import AsyncHttpxTransport, HttpxTransport
from clientsmith.runtime.operation import Call
from clientsmith.runtime.stdlib_http import AsyncStdlibTransport, StdlibTransport
from clientsmith.runtime.transport import AsyncTransport, Transport

SETTINGS = ClientSettings("acme_client")
NAMES = ("stdlib", "httpx", "httpx2")


def transport_of(name: str, **options: Any) -> Transport:
    return StdlibTransport(**options) if name == "stdlib" else HttpxTransport(name, **options)


def async_transport_of(name: str, **options: Any) -> AsyncTransport:
    return AsyncStdlibTransport(**options) if name == "stdlib" else AsyncHttpxTransport(name, **options)


class Rig:
    """A core on the transport under test, called the same way in both worlds."""

    def __init__(self, kind: str) -> None:
        self.world, _, self.library = kind.partition(" ")
        self._runner = asyncio.Runner() if self.world == "asyncio" else None
        self._close: list[Callable[[], object]] = []

    def core(self, base_url: str, **transport_options: Any) -> Callable[..., Any]:
        arguments: Any = {"base_url": base_url, "jitter": random.Random(1), "options": {"timeout": 5.0}}
        if self._runner is None:
            core = Core(SETTINGS, {}, transport_of(self.library, **transport_options), **arguments)
            self._close.append(core.transport.close)
            return core.call
        runner = self._runner
        async_core = AsyncCore(SETTINGS, {}, async_transport_of(self.library, **transport_options), **arguments)
        self._close.append(lambda: runner.run(async_core.transport.aclose()))
        return lambda *args: runner.run(async_core.call(*args))

    def close(self) -> None:
        while self._close:
            self._close.pop()()
        if self._runner is not None:
            self._runner.close()


def job(path: str, method: str = "GET", **more: Any) -> Call[Job]:
    operation: Operation = Operation(
        path, f"{method} /{path}", {"200": {"application/json": "Job"}, "204": {}, "default": {}}, **more
    )
    body: dict[str, Any] = {"body": {"n": 1}, "content_type": "application/json"} if method in ("POST", "PATCH") else {}
    return Call(operation, **body)
