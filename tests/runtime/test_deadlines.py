"""A call ends in its time on every transport, also when the server sends a byte now and then, and leaves nothing."""

from __future__ import annotations

import asyncio
import dataclasses
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dripping_server import Dripping, Where
from press_client.runs import PRINT, SETTINGS
from transport_rig import NAMES, Rig, async_transport_of, job, transport_of

from clientsmith.runtime.client import AsyncCore, Core
from clientsmith.runtime.declarations import Operation
from clientsmith.runtime.errors import APIError, APITimeoutError, UnknownOutcomeError
from clientsmith.runtime.job_outcomes import JobTimeout
from clientsmith.runtime.jobs import AsyncJob, Job
from clientsmith.runtime.operation import Call
from clientsmith.runtime.stdlib_http import AsyncStdlibTransport
from clientsmith.runtime.transport import Request, Timeout, TransportError

DEADLINE = 0.6
GRACE = 0.5


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    """No thread of a transport is there once a test closed it."""
    yield
    ends = time.monotonic() + 3
    while left := [thread.name for thread in threading.enumerate() if thread.name.startswith("clientsmith-")]:
        assert time.monotonic() < ends, left
        time.sleep(0.01)


class Stopwatch:
    """Seconds that something takes, less those in which this machine let nobody run."""

    def __enter__(self) -> Stopwatch:
        self._started, self._lag = time.monotonic(), 0.0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def _watch(self) -> None:
        while not self._stopped.is_set():
            before = time.monotonic()
            time.sleep(0.01)
            self._lag += max(0.0, time.monotonic() - before - 0.02)

    def __exit__(self, *_: object) -> None:
        self.seconds = time.monotonic() - self._started - self._lag
        self._stopped.set()
        self._thread.join()


def dripping(where: Where, monkeypatch: pytest.MonkeyPatch) -> tuple[Dripping, str]:
    """A server, and the address to call, which is another one where the server is a proxy."""
    server = Dripping(where)
    if where == "tunnel":
        monkeypatch.setenv("HTTPS_PROXY", server.url)
        return server, "https://api.example.test"
    if where == "forwarded":
        monkeypatch.setenv("HTTP_PROXY", server.url)
        return server, "http://api.example.test"
    return server, server.url


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("where", ["headers", "body", "packed", "handshake", "tunnel", "forwarded"])
def test_a_deadline_holds(rig: Rig, where: Where, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    server, url = dripping(where, monkeypatch)
    call = rig.core(url)
    with Stopwatch() as watch, pytest.raises(APIError) as caught:
        call(job("any", method), {"deadline": DEADLINE, "max_retries": 9})
    may_have_been_sent = method == "POST" and where not in ("handshake", "tunnel")
    assert type(caught.value) is (UnknownOutcomeError if may_have_been_sent else APITimeoutError)
    assert watch.seconds < DEADLINE + GRACE
    assert server.requests == (0 if where == "handshake" else 1)
    assert server.hung_up.wait(2), "the socket is still open"
    rig.close()
    server.close()


@pytest.mark.parametrize("body", ["bytes", "file"])
def test_a_deadline_holds_while_a_server_does_not_read(rig: Rig, body: str, tmp_path: Path) -> None:
    (path := tmp_path / "large.bin").write_bytes(bytes(30_000_000))
    listener = socket.create_server(("127.0.0.1", 0))
    operation: Operation = Operation("put", "POST /file", {"204": {}})
    sent = path if body == "file" else path.read_bytes()
    upload: Call[None] = Call(operation, body=sent, content_type="application/octet-stream")
    call = rig.core(f"http://127.0.0.1:{listener.getsockname()[1]}")
    with Stopwatch() as watch, pytest.raises(UnknownOutcomeError):
        call(upload, {"deadline": DEADLINE, "max_retries": 9})
    assert watch.seconds < DEADLINE + GRACE
    rig.close()
    listener.close()


@pytest.mark.parametrize("where", ["handshake", "tunnel"])
def test_the_limit_of_connecting_counts_tls_and_proxies(
    rig: Rig, where: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, url = dripping(where, monkeypatch)
    call = rig.core(url)
    with Stopwatch() as watch, pytest.raises(APITimeoutError, match="timed out"):
        call(job("any", "POST"), {"timeout": Timeout(connect=0.4), "max_retries": 0})
    assert watch.seconds < 0.4 + GRACE
    rig.close()
    server.close()


@pytest.mark.parametrize("where", ["headers", "body"])
def test_an_attempt_ends_and_is_repeated_until_the_deadline(rig: Rig, where: Where) -> None:
    server = Dripping(where)
    call = rig.core(server.url)
    with Stopwatch() as watch, pytest.raises(APITimeoutError):
        call(job("any"), {"timeout": 0.2, "deadline": 1.5, "max_retries": 1})
    assert watch.seconds < 1.5 + GRACE
    assert server.requests == 2
    rig.close()
    server.close()


@pytest.mark.parametrize("where", ["headers", "body", "handshake"])
@pytest.mark.parametrize("name", NAMES)
def test_waiting_for_a_job_ends_in_its_time(name: str, where: Where) -> None:
    server = Dripping(where)
    arguments: dict[str, Any] = {"base_url": server.url}
    core = Core(SETTINGS, {}, transport_of(name), **arguments)
    with Stopwatch() as watch, pytest.raises(JobTimeout):
        Job(core, PRINT, "r1").wait(timeout=1.0)
    assert watch.seconds < 1.0 + GRACE
    core.transport.close()

    async def wait() -> None:
        core = AsyncCore(SETTINGS, {}, async_transport_of(name), **arguments)
        with pytest.raises(JobTimeout):
            await AsyncJob(core, PRINT, "r1").wait(timeout=1.0)
        await core.transport.aclose()

    with Stopwatch() as watch:
        asyncio.run(wait())
    assert watch.seconds < 1.0 + GRACE
    server.close()


def test_waiting_for_a_thread_is_time_of_the_call() -> None:
    """And nothing of the call was sent."""
    server = Dripping("headers")

    async def main() -> TransportError:
        transport = AsyncStdlibTransport(max_connections=1)
        request = Request("POST", server.url, timeout=Timeout(total=5.0))
        first = asyncio.ensure_future(transport.asend(request))
        while not server.requests:
            await asyncio.sleep(0.01)
        with Stopwatch() as watch, pytest.raises(TransportError, match="timed out") as caught:
            await transport.asend(dataclasses.replace(request, timeout=Timeout(total=0.3)))
        assert watch.seconds < 0.3 + GRACE
        first.cancel()
        await asyncio.wait([first])
        await transport.aclose()
        return caught.value

    error = asyncio.run(main())
    assert (error.sent, error.timeout, server.requests) == ("no", True, 1)
    server.close()


@pytest.mark.parametrize("kind", [*(f"asyncio {name}" for name in NAMES), "blocking httpx", "blocking httpx2"])
def test_a_resolver_of_names_that_hangs_does_not_hold_a_call(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can end it, but it can be left alone; blocking, the standard library's transport waits for it."""
    resolved = threading.Event()

    def slow(*_: object, **__: object) -> None:
        resolved.wait(5)
        raise OSError("no such host")

    rig = Rig(kind)
    call = rig.core("http://api.example.test")
    monkeypatch.setattr(socket, "getaddrinfo", slow)
    with Stopwatch() as watch, pytest.raises(APITimeoutError):
        call(job("any", "POST"), {"deadline": DEADLINE, "max_retries": 9})
    assert watch.seconds < DEADLINE + GRACE
    resolved.set()
    rig.close()
