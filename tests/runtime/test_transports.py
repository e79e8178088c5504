"""One suite over every transport, against a real server on loopback: the outcomes must be the same.

Each test runs on the standard library, httpx and httpx2, blocking and on asyncio.
"""

from __future__ import annotations

import asyncio
import io
import os
import random
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from acme_client.models import Job
from unruly_server import Loopback, Proxy

from clientsmith.runtime.client import AsyncCore, ClientSettings, Core
from clientsmith.runtime.errors import (
    APIConnectionError,
    APITimeoutError,
    InternalServerError,
    RedirectStatusError,
    ResponseDecodeError,
    UnknownOutcomeError,
)
from clientsmith.runtime.httpx_adapter import AsyncHttpxTransport, HttpxTransport
from clientsmith.runtime.operation import Call, Operation
from clientsmith.runtime.stdlib_http import AsyncStdlibTransport, StdlibTransport
from clientsmith.runtime.transport import AsyncTransport, Request, Timeout, Transport, TransportError

PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
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
        for close in self._close:
            close()
        if self._runner is not None:
            self._runner.close()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(params=[f"{world} {name}" for world in ("blocking", "asyncio") for name in NAMES])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    rig = Rig(request.param)
    yield rig
    rig.close()


@pytest.fixture
def server() -> Iterator[Loopback]:
    server = Loopback()
    yield server
    server.close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A self-signed certificate for 127.0.0.1, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject]
    subprocess.run([*command, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    return certificate, key


@pytest.fixture
def secure_server(certificate: tuple[Path, Path]) -> Iterator[Loopback]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server = Loopback(context)
    yield server
    server.close()


def job(path: str, method: str = "GET", **more: Any) -> Call[Job]:
    operation: Operation = Operation(
        path, method, (f"/{path}",), {"200": {"application/json": "Job"}, "204": {}, "default": {}}, **more
    )
    body: dict[str, Any] = {"body": {"n": 1}, "content_type": "application/json"} if method in ("POST", "PATCH") else {}
    return Call(operation, **body)


@pytest.mark.parametrize("path", ["gzip", "deflate", "members", "raw-deflate"])
def test_compressed_answers_are_unpacked(rig: Rig, server: Loopback, path: str) -> None:
    if rig.library != "stdlib" and path in ("members", "raw-deflate"):
        pytest.skip("servers that send these are rare, and the library decides")
    assert rig.core(server.url)(job(path)).id == "zip"


def test_an_answer_larger_than_allowed_is_refused(rig: Rig, server: Loopback) -> None:
    with pytest.raises(APIConnectionError, match="more than 2000000 bytes"):
        rig.core(server.url, max_content=2_000_000)(job("bomb"), {"max_retries": 0})


@pytest.mark.parametrize(("path", "id"), [("ok", "j1"), ("chunked", "ch"), ("hints", "hinted")])
def test_answers(rig: Rig, server: Loopback, path: str, id: str) -> None:
    call = rig.core(server.url)
    assert call(job(path)).id == id
    assert call(job("ok")).id == "j1"


def test_an_answer_nobody_asked_for_is_not_taken_for_the_next(server: Loopback) -> None:
    """The libraries behind the other adapters do take it."""
    transport = StdlibTransport()
    request = Request("GET", f"{server.url}/extra")
    assert [transport.send(request).content for _ in range(3)] == [b'{"id": "extra"}'] * 3
    transport.close()


def test_connections_are_kept(rig: Rig, server: Loopback) -> None:
    call = rig.core(server.url)
    for _ in range(3):
        call(job("ok"))
        call(job("empty"))
    assert server.connections == 1


def test_what_arrives(rig: Rig, server: Loopback) -> None:
    operation: Operation = Operation("echo", "POST", ("/echo/", "name"), {"200": {"application/json": "Any"}})
    call: Call[Any] = Call(
        operation, path=("a/b ü..",), query={"q": "x&y"}, body={"é": 1.5}, content_type="application/json"
    )
    seen = rig.core(server.url)(call, {"headers": {"X-Latin": "é"}})
    assert seen["id"] == "POST"
    assert seen["target"] == "/echo/a%2Fb%20%C3%BC..?q=x%26y"
    assert seen["body"].encode("latin-1") == '{"é":1.5}'.encode()
    host = server.url.removeprefix("http://")
    expected = {
        "host": host,
        "user-agent": "acme_client",
        "x-latin": "é",
        "content-length": "10",
        "accept": "application/json",
    }
    assert expected.items() <= seen["headers"].items()
    assert "transfer-encoding" not in seen["headers"]


def test_dot_segments_reach_the_server_encoded(rig: Rig, server: Loopback) -> None:
    operation: Operation = Operation("echo", "GET", ("/echo/", "name", "/x"), {"200": {"application/json": "Any"}})
    assert rig.core(server.url)(Call(operation, path=("..",)))["target"] == "/echo/%2E%2E/x"


def test_a_post_without_a_body_says_so(rig: Rig, server: Loopback) -> None:
    operation: Operation = Operation("echo", "POST", ("/echo",), {"200": {"application/json": "Any"}})
    assert rig.core(server.url)(Call(operation))["headers"]["content-length"] == "0"


def test_streamed_bodies(rig: Rig, server: Loopback, tmp_path: Path) -> None:
    operation: Operation = Operation("echo", "PUT", ("/echo",), {"200": {"application/json": "Any"}})
    path = tmp_path / "big.bin"
    path.write_bytes(bytes(range(256)) * 1000)
    call = rig.core(server.url)
    seen = call(Call(operation, body=path, content_type="application/octet-stream"))
    assert seen["body"].encode("latin-1") == path.read_bytes()
    assert seen["headers"]["content-length"] == "256000"
    assert "transfer-encoding" not in seen["headers"]
    reading, writing = os.pipe()
    os.write(writing, b"from a pipe")
    os.close(writing)
    with open(reading, "rb") as pipe:
        seen = call(Call(operation, body=pipe, content_type="application/octet-stream"))
    assert seen["body"] == "from a pipe"
    assert seen["headers"]["transfer-encoding"] == "chunked"


def test_a_streamed_body_is_sent_again_from_its_beginning(rig: Rig, server: Loopback) -> None:
    operation: Operation = Operation("drop-once", "PUT", ("/drop-once",), {"200": {"application/json": "Job"}})
    file = io.BytesIO(b"skip" + b"x" * 200_000)
    file.seek(4)
    assert rig.core(server.url)(Call(operation, body=file, content_type="application/octet-stream")).id == "second"
    assert [len(request.body) for request in server.requests] == [200_000, 200_000]


def test_no_content(rig: Rig, server: Loopback) -> None:
    assert rig.core(server.url)(job("empty")) is None


def test_redirects_are_not_followed(rig: Rig, server: Loopback) -> None:
    with pytest.raises(RedirectStatusError) as caught:
        rig.core(server.url)(job("redirect"))
    assert caught.value.response.headers["location"] == f"{server.url}/ok"
    assert [request.target for request in server.requests] == ["/redirect"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_too_many_requests_is_tried_again(rig: Rig, server: Loopback, method: str) -> None:
    assert rig.core(server.url)(job("busy", method)).id == "late"
    assert server.seen["/busy"] == 2


def test_a_failing_server(rig: Rig, server: Loopback) -> None:
    with pytest.raises(InternalServerError) as caught:
        rig.core(server.url)(job("fail", "POST"))
    error = caught.value
    assert (str(error), error.outcome_unknown) == ("500 boom: it broke (request r-1)", True)
    assert server.seen["/fail"] == 1
    with pytest.raises(InternalServerError) as caught:
        rig.core(server.url)(job("fail"))
    assert (server.seen["/fail"], caught.value.outcome_unknown) == (4, False)


def test_html_where_json_belongs(rig: Rig, server: Loopback) -> None:
    with pytest.raises(ResponseDecodeError, match=r"text/html.*no JSON") as caught:
        rig.core(server.url)(job("html"))
    assert caught.value.body == b"<html>hello</html>"


@pytest.mark.parametrize("path", ["drop", "truncated"])
def test_a_connection_lost_after_the_request_was_read(rig: Rig, server: Loopback, path: str) -> None:
    call = rig.core(server.url)
    with pytest.raises(UnknownOutcomeError) as caught:
        call(job(path, "POST"))
    assert server.seen[f"/{path}"] == 1
    assert isinstance(caught.value.__cause__, TransportError)
    with pytest.raises(APIConnectionError) as lost:
        call(job(path), {"max_retries": 1})
    assert type(lost.value) is APIConnectionError
    assert server.seen[f"/{path}"] == 3


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_was_sent_to_a_server_that_is_not_there(rig: Rig, server: Loopback, method: str) -> None:
    url = server.url
    server.close()
    with pytest.raises(APIConnectionError) as caught:
        rig.core(url)(job("ok", method), {"max_retries": 1})
    assert type(caught.value) is APIConnectionError
    assert isinstance(caught.value.__cause__, TransportError)
    assert caught.value.__cause__.sent == "no"


def test_a_host_without_an_address(rig: Rig) -> None:
    with pytest.raises(APIConnectionError) as caught:
        rig.core("http://does-not-exist.invalid")(job("ok", "POST"), {"max_retries": 0})
    assert type(caught.value) is APIConnectionError


@pytest.mark.parametrize("path", ["slow", "silent"])
def test_the_whole_attempt_is_bounded(rig: Rig, server: Loopback, path: str) -> None:
    started = time.monotonic()
    with pytest.raises(APITimeoutError):
        rig.core(server.url)(job(path), {"max_retries": 0, "timeout": 0.3})
    assert time.monotonic() - started < 2.0


def test_silence_is_bounded(rig: Rig, server: Loopback) -> None:
    with pytest.raises(APITimeoutError):
        rig.core(server.url)(job("silent"), {"max_retries": 0, "timeout": Timeout(read=0.2, total=30)})


def test_a_slow_answer_to_a_post(rig: Rig, server: Loopback) -> None:
    with pytest.raises(UnknownOutcomeError) as caught:
        rig.core(server.url)(job("silent", "POST"), {"timeout": 0.3})
    assert caught.value.timeout
    assert server.seen["/silent"] == 1


def test_the_deadline_bounds_attempts_and_pauses(rig: Rig, server: Loopback) -> None:
    started = time.monotonic()
    with pytest.raises(APITimeoutError):
        rig.core(server.url)(job("silent"), {"deadline": 0.5, "max_retries": 99})
    assert time.monotonic() - started < 2.0


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_connection_that_the_server_closed_in_between(rig: Rig, server: Loopback, method: str) -> None:
    call = rig.core(server.url)
    for _ in range(3):
        assert call(job("close", method), {"max_retries": 0}).id == "last"
        time.sleep(0.05)
    assert server.seen["/close"] == 3


def test_cookies_are_not_kept(rig: Rig, server: Loopback) -> None:
    call = rig.core(server.url)
    call(job("cookie"))
    call(job("ok"))
    assert "cookie" not in server.requests[-1].headers


def test_tls(rig: Rig, secure_server: Loopback, certificate: tuple[Path, Path]) -> None:
    trusting = ssl.create_default_context(cafile=certificate[0])
    call = rig.core(secure_server.url, ssl_context=trusting)
    assert [call(job("ok")).id, call(job("gzip")).id, call(job("close", "POST")).id] == ["j1", "zip", "last"]
    assert secure_server.connections == 1


def test_an_unknown_certificate_is_refused(rig: Rig, secure_server: Loopback) -> None:
    with pytest.raises(APIConnectionError, match="CERTIFICATE_VERIFY_FAILED") as caught:
        rig.core(secure_server.url)(job("ok", "POST"), {"max_retries": 0})
    assert type(caught.value) is APIConnectionError
    assert secure_server.requests == []


def test_plain_proxy(rig: Rig, server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Proxy()
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    assert rig.core(server.url)(job("ok")).id == "j1"
    assert proxy.targets == [f"GET {server.url}/ok"]
    proxy.close()


def test_tunnel_through_a_proxy_with_a_login(
    rig: Rig, secure_server: Loopback, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Proxy(login="Basic dXNlcjpwYXNz")
    monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("//", "//user:pass@"))
    trusting = ssl.create_default_context(cafile=certificate[0])
    assert rig.core(secure_server.url, ssl_context=trusting)(job("ok")).id == "j1"
    assert proxy.targets == [f"CONNECT 127.0.0.1:{secure_server.port}"]
    assert "proxy-authorization" not in secure_server.requests[0].headers
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    with pytest.raises(APIConnectionError, match="407") as caught:
        rig.core(secure_server.url, ssl_context=trusting)(job("ok", "POST"), {"max_retries": 0})
    assert type(caught.value) is APIConnectionError
    proxy.close()


def test_no_proxy_for_hosts_that_want_none(rig: Rig, server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Proxy()
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert rig.core(server.url)(job("ok")).id == "j1"
    assert proxy.targets == []
    proxy.close()


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
    transport = HttpxTransport("httpx2")
    with pytest.raises(ImportError, match="pip install httpx2"):
        transport.send(Request("GET", "http://127.0.0.1:1/"))


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
