"""Transports over threads, event loops, forks and cancellations, and what the standard library's does by itself."""

from __future__ import annotations

import asyncio
import gc
import importlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from transport_rig import NAMES, async_transport_of, transport_of
from unruly_server import Loopback

from clientsmith.runtime.httpx_adapter import HttpxTransport
from clientsmith.runtime.stdlib_http import AsyncStdlibTransport, StdlibTransport
from clientsmith.runtime.transport import Request, TransportError


@pytest.mark.parametrize("name", NAMES)
def test_cancelling_hangs_up(server: Loopback, name: str) -> None:
    async def main() -> None:
        transport = async_transport_of(name)
        task = asyncio.ensure_future(transport.asend(Request("GET", f"{server.url}/silent")))
        while not server.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(server.ended.wait, 3)
        await transport.aclose()

    asyncio.run(main())


def test_cancelling_ends_the_thread(server: Loopback) -> None:
    async def main() -> None:
        transport = AsyncStdlibTransport()
        task = asyncio.ensure_future(transport.asend(Request("GET", f"{server.url}/silent")))
        while not server.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait([task])
        await transport.aclose()

    asyncio.run(main())
    ends = time.monotonic() + 3
    while any(thread.name.startswith("clientsmith-http") for thread in threading.enumerate()):
        assert time.monotonic() < ends, "the thread still waits for the server"
        time.sleep(0.01)


@pytest.mark.parametrize("name", NAMES)
def test_one_transport_over_two_event_loops(server: Loopback, name: str) -> None:
    transport = async_transport_of(name)

    async def main() -> int:
        answers = await asyncio.gather(*(transport.asend(Request("GET", f"{server.url}/ok")) for _ in range(5)))
        await transport.aclose()
        return sum(answer.status for answer in answers)

    assert [asyncio.run(main()), asyncio.run(main())] == [1000, 1000]


@pytest.mark.parametrize("name", NAMES)
def test_one_transport_in_several_threads(server: Loopback, name: str) -> None:
    transport = transport_of(name)
    with ThreadPoolExecutor(8) as threads:
        requests = [Request("GET", f"{server.url}/echo/{n}") for n in range(40)]
        answers = threads.map(transport.send, requests)
        targets = [answer.content.split(b'"target": "')[1].split(b'"')[0] for answer in answers]
    transport.close()
    assert targets == [f"/echo/{n}".encode() for n in range(40)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_connections_do_not_survive_a_fork(server: Loopback) -> None:
    program = """
import os, sys
from clientsmith.runtime.stdlib_http import StdlibTransport
from clientsmith.runtime.httpx_adapter import HttpxTransport
from clientsmith.runtime.transport import Request
for transport in (StdlibTransport(), HttpxTransport("httpx")):
    request = Request("GET", sys.argv[1])
    assert transport.send(request).status == 200
    child = os.fork()
    for _ in range(20):
        assert transport.send(request).status == 200
    transport.close()
    if child == 0:
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program, f"{server.url}/ok"], check=True, env=environment, timeout=60)
    assert server.connections == 4


def test_a_line_break_in_a_header_never_leaves(server: Loopback) -> None:
    with pytest.raises(TransportError, match="line break") as caught:
        StdlibTransport().send(Request("GET", f"{server.url}/ok", (("X-A", "1\r\nX-B: 2"),)))
    assert (caught.value.sent, server.connections) == ("no", 0)


def test_proxies_that_the_standard_library_cannot_use(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "socks5://127.0.0.1:1")
    with pytest.raises(TransportError, match="socks5 proxy needs transport='httpx2'"):
        StdlibTransport().send(Request("GET", f"{server.url}/ok"))


def test_a_missing_library_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", None)
    with pytest.raises(ImportError, match="pip install httpx2"):
        HttpxTransport("httpx2")


def test_an_early_refusal_is_read() -> None:
    """A server may answer and hang up before the body is all there."""

    def refuse() -> None:
        sock, _ = listener.accept()
        sock.recv(100)
        sock.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        sock.shutdown(1)
        while sock.recv(65536):
            pass
        sock.close()

    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=refuse)
    thread.start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    response = StdlibTransport().send(Request("PUT", url, body=b"x" * 1_000_000))
    thread.join()
    listener.close()
    assert response.status == 413


def test_an_answer_nobody_asked_for_is_not_taken_for_the_next(server: Loopback) -> None:
    """The libraries behind the other adapters do take it."""
    transport = StdlibTransport()
    request = Request("GET", f"{server.url}/extra")
    assert [transport.send(request).content for _ in range(3)] == [b'{"id": "extra"}'] * 3
    transport.close()


@pytest.mark.parametrize("path", ["members", "raw-deflate"])
def test_rare_ways_to_compress(server: Loopback, path: str) -> None:
    transport = StdlibTransport()
    assert transport.send(Request("GET", f"{server.url}/{path}")).content == b'{"id": "zip"}'
    transport.close()


def test_connections_left_open_are_told(server: Loopback) -> None:
    def abandon_one() -> None:
        StdlibTransport().send(Request("GET", f"{server.url}/ok"))
        gc.collect()

    with pytest.warns(ResourceWarning, match="unclosed"):
        abandon_one()


def test_many_requests_wait_for_few_threads(server: Loopback) -> None:
    async def main() -> tuple[int, set[str]]:
        transport = AsyncStdlibTransport(max_connections=2)
        answers = await asyncio.gather(*(transport.asend(Request("GET", f"{server.url}/ok")) for _ in range(20)))
        names = {thread.name for thread in threading.enumerate() if thread.name.startswith("clientsmith-http")}
        await transport.aclose()
        return len(answers), names

    count, names = asyncio.run(main())
    assert (count, len(names)) == (20, 2)
    assert server.connections <= 2


@pytest.mark.parametrize("name", ["httpx", "httpx2"])
def test_a_transport_that_is_forgotten_ends_its_thread(server: Loopback, name: str) -> None:
    def abandon_one() -> None:
        HttpxTransport(name).send(Request("GET", f"{server.url}/ok"))
        gc.collect()
        ends = time.monotonic() + 3
        while any(thread.name == "clientsmith-httpx" for thread in threading.enumerate()):
            assert time.monotonic() < ends, "the thread of its event loop is still there"
            time.sleep(0.01)
        gc.collect()

    with pytest.warns(ResourceWarning, match="unclosed"):
        abandon_one()


@pytest.mark.parametrize("name", ["httpx", "httpx2"])
def test_closing_ends_the_calls_of_other_threads(server: Loopback, name: str) -> None:
    transport = transport_of(name)
    with ThreadPoolExecutor(1) as threads:
        call = threads.submit(transport.send, Request("POST", f"{server.url}/silent"))
        while not server.requests:
            time.sleep(0.01)
        transport.close()
        with pytest.raises(TransportError) as caught:
            call.result(3)
    assert caught.value.sent == "maybe"
    assert server.ended.wait(3)


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
@pytest.mark.parametrize("name", NAMES)
def test_ctrl_c_ends_a_blocking_call_and_hangs_up(server: Loopback, name: str) -> None:
    program = """
import signal, sys
url, name, *sys.path[:0] = sys.argv[1:]
from transport_rig import transport_of
from clientsmith.runtime.transport import Request
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had it ignored
transport = transport_of(name)
try:
    transport.send(Request("GET", url))
except KeyboardInterrupt:
    sys.stdin.read()
"""
    command = [sys.executable, "-c", program, f"{server.url}/silent", name, *sys.path]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        while not server.requests:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert server.ended.wait(10), "the connection is open as long as the program runs"
        process.communicate(timeout=30)
    assert process.returncode == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_blocking_call_inside_of_an_event_loop(server: Loopback, name: str) -> None:
    """As in a notebook."""

    async def main() -> int:
        transport = transport_of(name)
        status = transport.send(Request("GET", f"{server.url}/ok")).status
        transport.close()
        return status

    assert asyncio.run(main()) == 200


@pytest.mark.parametrize("name", ["httpx", "httpx2"])
def test_a_key_in_the_query_is_in_no_log_of_the_library(
    server: Loopback, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    request = Request("GET", f"{server.url}/ok?key=S3CRETKEY")
    transport, on_asyncio = transport_of(name), async_transport_of(name)
    transport.send(request)
    transport.close()

    async def main() -> None:
        await on_asyncio.asend(request)
        await on_asyncio.aclose()

    asyncio.run(main())
    assert caplog.text.count(f'HTTP Request: GET {server.url}/ok "HTTP/1.1 200 Whatever"') == 2
    assert "S3CRETKEY" not in caplog.text
    # What the program does with the library on its own is not for a client to change.
    importlib.import_module(name).get(f"{server.url}/ok?own=1")
    assert f"{server.url}/ok?own=1" in caplog.text
