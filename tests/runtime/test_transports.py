"""One suite over every transport, against a real server on loopback: the outcomes must be the same.

Each test runs on the standard library, httpx and httpx2, blocking and on asyncio.
"""

from __future__ import annotations

import importlib
import io
import os
import socket
import ssl
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import pytest
from transport_rig import Rig, job
from unruly_server import Loopback, Proxy

from clientsmith.runtime.declarations import Operation
from clientsmith.runtime.errors import (
    APIConnectionError,
    APITimeoutError,
    InternalServerError,
    RedirectStatusError,
    ResponseDecodeError,
    UnknownOutcomeError,
)
from clientsmith.runtime.operation import Call
from clientsmith.runtime.transport import Timeout, TransportError


@pytest.mark.parametrize("path", ["gzip", "deflate"])
def test_compressed_answers_are_unpacked(rig: Rig, server: Loopback, path: str) -> None:
    assert rig.core(server.url)(job(path)).id == "zip"


@pytest.mark.parametrize("path", ["ok", "gzip"])
def test_answers_that_an_observer_has_read(
    rig: Rig, server: Loopback, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What traces the traffic of a library reads its answers before we do."""
    if rig.library == "stdlib":
        pytest.skip("the standard library has no such observers")
    transport = importlib.import_module(rig.library).AsyncHTTPTransport
    send = transport.handle_async_request

    async def observed(self: Any, request: Any) -> Any:
        response = await send(self, request)
        await response.aread()
        return response

    monkeypatch.setattr(transport, "handle_async_request", observed)
    assert rig.core(server.url)(job(path)).id == ("zip" if path == "gzip" else "j1")


@pytest.mark.parametrize(("path", "id"), [("ok", "j1"), ("chunked", "ch"), ("hints", "hinted")])
def test_answers(rig: Rig, server: Loopback, path: str, id: str) -> None:
    call = rig.core(server.url)
    assert call(job(path)).id == id
    assert call(job("ok")).id == "j1"


def test_connections_are_kept(rig: Rig, server: Loopback) -> None:
    call = rig.core(server.url)
    for _ in range(3):
        call(job("ok"))
        call(job("empty"))
    assert server.connections == 1


def test_what_arrives(rig: Rig, server: Loopback) -> None:
    operation: Operation = Operation("echo", "POST /echo/{name}", {"200": {"application/json": "Any"}})
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
    operation: Operation = Operation("echo", "GET /echo/{name}/x", {"200": {"application/json": "Any"}})
    assert rig.core(server.url)(Call(operation, path=("..",)))["target"] == "/echo/%2E%2E/x"


def test_a_post_without_a_body_says_so(rig: Rig, server: Loopback) -> None:
    operation: Operation = Operation("echo", "POST /echo", {"200": {"application/json": "Any"}})
    assert rig.core(server.url)(Call(operation))["headers"]["content-length"] == "0"


def test_streamed_bodies(rig: Rig, server: Loopback, tmp_path: Path) -> None:
    operation: Operation = Operation("echo", "PUT /echo", {"200": {"application/json": "Any"}})
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
    operation: Operation = Operation("drop-once", "PUT /drop-once", {"200": {"application/json": "Job"}})
    file = io.BytesIO(b"skip" + b"x" * 200_000)
    file.seek(4)
    assert rig.core(server.url)(Call(operation, body=file, content_type="application/octet-stream")).id == "second"
    assert [len(request.body) for request in server.requests] == [200_000, 200_000]


def test_no_content(rig: Rig, server: Loopback) -> None:
    assert rig.core(server.url)(job("empty")) is None


def test_heads_have_no_body(rig: Rig, server: Loopback) -> None:
    call = rig.core(server.url)
    assert call(job("ok", "HEAD")) is None
    assert call(job("ok")).id == "j1"
    assert server.connections == 1


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
    text = f"fail: POST {server.url}/fail: 500 boom: it broke (request r-1)"
    assert (str(error), error.outcome_unknown) == (text, True)
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


@pytest.mark.skipif(sys.platform != "linux", reason="other systems queue connections differently")
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_server_that_does_not_take_connections(rig: Rig, method: str) -> None:
    listener = socket.create_server(("127.0.0.1", 0), backlog=0)
    address = listener.getsockname()
    waiting = [socket.socket() for _ in range(4)]
    for sock in waiting:
        sock.setblocking(False)
        sock.connect_ex(address)
    started = time.monotonic()
    with pytest.raises(APITimeoutError):
        rig.core(f"http://127.0.0.1:{address[1]}")(
            job("ok", method), {"timeout": Timeout(connect=0.2), "max_retries": 1}
        )
    assert 0.4 < time.monotonic() - started < 5
    for sock in (listener, *waiting):
        sock.close()


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


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "HTTPS_PROXY"])
def test_a_proxy_that_is_down_is_named_without_its_password(
    rig: Rig, server: Loopback, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.close()
    monkeypatch.setenv(variable, f"http://user:S3CRET@127.0.0.1:{server.port}")
    scheme = variable.partition("_")[0].lower()
    with pytest.raises(APIConnectionError, match=rf"\(through the proxy 127.0.0.1:{server.port}\)") as caught:
        rig.core(f"{scheme}://api.example.test")(job("ok", "POST"), {"max_retries": 0})
    assert type(caught.value) is APIConnectionError
    assert "S3CRET" not in "".join(traceback.format_exception(caught.value))


def test_a_server_that_is_down_is_no_proxy(rig: Rig, server: Loopback) -> None:
    server.close()
    with pytest.raises(APIConnectionError) as caught:
        rig.core(server.url)(job("ok"), {"max_retries": 0})
    assert "proxy" not in str(caught.value)
