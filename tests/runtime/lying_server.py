"""A server on loopback that answers each request with the bytes of a script, and a client that records what it tried.

The script says what is sent, in bytes, and how the connection ends: no rule of HTTP is kept unless the script keeps it.
"""

from __future__ import annotations

import asyncio
import random
import socket
import struct
import warnings
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from doors import Hurried
from transport_rig import NAMES, async_transport_of, transport_of
from unruly_server import SocketServer, read_request

from clientsmith.runtime.client import AsyncCore, Core
from clientsmith.runtime.declarations import ClientSettings, Scheme
from clientsmith.runtime.operation import Call, Credential, RequestOptions
from clientsmith.runtime.transport import Response, TransportError

KINDS = [f"{world} {name}" for world in ("blocking", "asyncio") for name in NAMES]
SECRET = "sk-live-0123456789"
"""The key of the client."""

End = Literal["keep", "close", "reset"]


@dataclass(frozen=True)
class Step:
    """What is sent after a request was read: `Step(b"HTTP/1.1 204 No Content\\r\\n\\r\\n", "keep")`.

    `status` is what the step is meant to be, None for no response.
    """

    raw: bytes
    end: End = "close"
    status: int | None = None

    def __repr__(self) -> str:
        shown = self.raw if len(self.raw) < 300 else self.raw[:300] + b"..."
        return f"Step({shown!r}, {self.end!r}, {self.status})"


def answer(
    status: int, body: bytes = b"", *headers: tuple[str, str], end: End = "keep", kind: str = "application/json"
) -> Step:
    """A well-formed response."""
    fields = [("Content-Type", kind), ("Content-Length", str(len(body))), *headers]
    if status in (204, 304):
        fields = list(headers)
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields).encode("latin-1")
    return Step(f"HTTP/1.1 {status} Said\r\n".encode() + lines + b"\r\n" + body, end, status)


class LyingServer(SocketServer):
    """Carries out `steps`, one for each request; when they are over it answers 500. `seen`: what each request got."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.seen: list[tuple[str, Step]] = []
        super().__init__()

    def script(self, steps: Sequence[Step]) -> None:
        self.steps, self.seen = list(steps), []

    def converse(self, sock: socket.socket) -> None:
        file = sock.makefile("rb")
        try:
            while (request := read_request(file)) is not None:
                step = self.steps.pop(0) if self.steps else answer(500, b"")
                self.seen.append((request.method, step))
                if step.end == "reset":
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                sock.sendall(step.raw)
                if step.end != "keep":
                    return
        finally:
            file.close()


class Watched(Hurried):
    """A transport that sends over another one, without pauses; `attempts` are the outcomes."""

    def __init__(self, inner: Any) -> None:
        super().__init__(inner)
        self.attempts: list[Response | TransportError] = []

    def send(self, request: Any) -> Any:
        try:
            response = self.inner.send(request)
        except TransportError as error:
            self.attempts.append(error)
            raise
        self.attempts.append(response)
        return response

    async def asend(self, request: Any) -> Any:
        try:
            response = await self.inner.asend(request)
        except TransportError as error:
            self.attempts.append(error)
            raise
        self.attempts.append(response)
        return response


@dataclass
class Record:
    """What came of a call: the value or the exception, whatever it is, and the warnings."""

    value: Any = None
    error: BaseException | None = None
    warnings: list[warnings.WarningMessage] = field(default_factory=list[warnings.WarningMessage])


class Caller:
    """A client of the models `zoo_client`, over one transport, blocking or on asyncio: `Caller("asyncio httpx")`."""

    def __init__(self, kind: str, base_url: str, **settings: Any) -> None:
        world, _, library = kind.partition(" ")
        self._runner = asyncio.Runner() if world == "asyncio" else None
        self.transport = Watched((async_transport_of if self._runner else transport_of)(library))
        options: RequestOptions = {"timeout": 2.0}
        schemes = {"Key": Scheme("header", "X-API-KEY")}
        declared = ClientSettings("zoo_client", schemes=schemes, security=(("Key",),), **settings)
        credentials = {"Key": Credential(SECRET, "api_key", "ZOO_API_KEY")}
        made: Any = AsyncCore if self._runner else Core
        self.core = made(declared, credentials, self.transport, base_url, {}, options, random.Random(1))

    def call(self, call: Call[Any], **options: Any) -> Record:
        """Makes a call; nothing that it raises is let through."""
        self.transport.attempts.clear()
        record = Record()
        with warnings.catch_warnings(record=True) as record.warnings:
            warnings.simplefilter("always")
            try:
                outcome = self.core.call(call, options)
                record.value = self._runner.run(outcome) if self._runner else outcome
            except Exception as error:
                record.error = error
        return record

    def close(self) -> None:
        if self._runner is None:
            self.transport.close()
        else:
            self._runner.run(self.transport.aclose())
            self._runner.close()


@contextmanager
def conversation(kind: str, **more: Any) -> Generator[tuple[LyingServer, Caller]]:
    """A server and a client of it, closed at the end."""
    server = LyingServer()
    caller = Caller(kind, f"http://127.0.0.1:{server.port}", **more)
    try:
        yield server, caller
    finally:
        caller.close()
        server.close()
