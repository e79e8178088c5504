"""A small HTTP/1.1 server on loopback that plays a provider: reading requests, writing answers, misbehaving on demand.

Decides how bytes travel: keep-alive, both framings of a body, delays, dropped connections. What is answered is the
business of a `Provider`, one subclass for each provider that is played.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, NamedTuple, cast
from urllib.parse import parse_qsl, unquote, urlsplit


class Part(NamedTuple):
    """One part of a multipart body: `Part("person_image", "me.jpg", "image/jpeg", b"...")`."""

    name: str
    filename: str | None
    content_type: str | None
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass(frozen=True)
class Seen:
    """A request as it arrived. `path` is still encoded, without the server's prefix; `headers` have lower-case names;
    `query` holds the last value of each name, `raw_query` the query as it was written."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    raw_query: str = ""

    @property
    def content_type(self) -> str:
        """The media type without its parameters; empty if there was none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def segments(self) -> list[str]:
        """The path in decoded pieces: `["v1", "jobs", "a/b"]` for `/v1/jobs/a%2Fb`."""
        return [unquote(piece) for piece in self.path.strip("/").split("/")]

    def json(self) -> Any:
        return json.loads(self.body)

    def parts(self) -> list[Part]:
        """The parts of a multipart body.

        Raises:
            ValueError: the body is not framed as RFC 2046 section 5.1.1 wants it.
        """
        _, _, boundary = self.headers["content-type"].partition("boundary=")
        delimiter = b"\r\n--" + boundary.strip('"').encode()
        preamble, *pieces = (b"\r\n" + self.body).split(delimiter)
        if preamble or len(pieces) < 2 or pieces[-1].strip() != b"--":
            raise ValueError("not framed by its boundary")
        return [_part(piece) for piece in pieces[:-1]]


def _part(piece: bytes) -> Part:
    head, blank, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    if not blank:
        raise ValueError("a part without the blank line after its headers")
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(":") for line in head.decode().split("\r\n"))
    }
    kind, *parameters = [piece.strip() for piece in headers["content-disposition"].split(";")]
    if kind != "form-data":
        raise ValueError(f"a part that is {kind!r}")
    named = {key: value.strip('"') for key, _, value in (parameter.partition("=") for parameter in parameters)}
    return Part(named["name"], named.get("filename"), headers.get("content-type"), content)


@dataclass(frozen=True)
class Answer:
    """What is answered: `Answer(429, {"error": "..."}, {"Retry-After": "1"})`.

    Attributes:
        body: bytes as they are (then say a `Content-Type`), anything else as JSON; `None`: no body.
        delay: seconds before the answer begins.
        fault: `"drop"` reads the request and closes without an answer; `"lose"` does so after the provider has carried
            the request out; `"truncate"` closes in the middle of the body.
    """

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    delay: float = 0.0
    fault: Literal["drop", "lose", "truncate"] | None = None


HTML = Answer(
    200, b"<!doctype html><title>Maintenance</title><h1>Back soon</h1>", {"Content-Type": "text/html; charset=utf-8"}
)
"""A gateway's page in place of the API's answer."""

DROP = Answer(fault="drop")
LOSE = Answer(fault="lose")


class Provider:
    """What all played providers share: a record of what was asked, and answers that are scripted to go first.

    Attributes:
        requests: every request in order of arrival.
        faults: exceptions of the played provider itself; a test that leaves some has failed.
        url: the address to give to a client, such as `http://127.0.0.1:40123`; set while it runs.
    """

    def __init__(self) -> None:
        self.requests: list[Seen] = []
        self.faults: list[BaseException] = []
        self.url = ""
        self._script: list[tuple[str, Answer]] = []
        self._lock = threading.Lock()
        self.stopping = threading.Event()

    def script(self, *answers: Answer, on: str = "") -> None:
        """Answer the next requests in this way before the ordinary behaviour: `script(DROP, on="POST /v1/try-on")`.

        Args:
            answers: one for each request, in order.
            on: how `METHOD /path` of the requests must begin; others are answered as usual.
        """
        self._script.extend((on, answer) for answer in answers)

    def respond(self, request: Seen) -> Answer:
        """The ordinary answer to a request. Called for one request at a time."""
        raise NotImplementedError

    def saw(self) -> str:
        """The methods of all requests, in order: `"POST GET GET"`."""
        return " ".join(request.method for request in self.requests)

    def answer(self, request: Seen) -> Answer:
        """The scripted answer to a request, or else the ordinary one; records the request."""
        with self._lock:
            self.requests.append(request)
            label = f"{request.method} {request.path}"
            scripted = next((entry for entry in self._script if label.startswith(entry[0])), None)
            if scripted is not None:
                self._script.remove(scripted)
                if scripted[1].fault != "lose":
                    return scripted[1]
            try:
                answer = self.respond(request)
            except Exception as error:
                self.faults.append(error)
                return Answer(500, {"error": repr(error)})
            return answer if scripted is None else scripted[1]


@contextlib.contextmanager
def running(provider: Provider, prefix: str = "") -> Generator[None, None, None]:
    """Serve the provider on a free port of 127.0.0.1, with `provider.url` set; raises what went wrong inside of it.

    Args:
        provider: answers the requests.
        prefix: the path of its base address, such as `/api/v1`.
    """
    server = _Server(("127.0.0.1", 0), _Handler)
    server.provider, server.prefix = provider, prefix
    provider.url = f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, name="provider")
    thread.start()
    try:
        yield
    finally:
        provider.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()
    if provider.faults:
        raise ExceptionGroup(
            "the played provider failed", [error for error in provider.faults if isinstance(error, Exception)]
        )


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    provider: Provider
    prefix: str

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients may hang up whenever they like; anything else is a mistake in here."""
        import sys

        error = sys.exception()
        if error is not None and not isinstance(error, ConnectionError):
            self.provider.faults.append(error)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Without it, an answer in two writes waits for the client's delayed acknowledgement.
    disable_nagle_algorithm = True
    timeout = 10

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_PATCH(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed: the tests read `Provider.requests`."""

    def _serve(self) -> None:
        server = cast("_Server", self.server)
        provider = server.provider
        address = urlsplit(self.path)
        answer = provider.answer(
            Seen(
                self.command,
                address.path.removeprefix(server.prefix),
                dict(parse_qsl(address.query, keep_blank_values=True)),
                {name.lower(): value for name, value in self.headers.items()},
                self._body(),
                address.query,
            )
        )
        if answer.delay and provider.stopping.wait(answer.delay):
            self.close_connection = True
            return
        if answer.fault in ("drop", "lose"):
            self.close_connection = True
            return
        content = answer.body if isinstance(answer.body, bytes) else b""
        headers = {"Content-Type": "application/json"}
        if answer.body is not None and not isinstance(answer.body, bytes):
            content = json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in (headers | dict(answer.headers) | {"Content-Length": str(len(content))}).items():
            self.send_header(name, value)
        self.end_headers()
        if answer.fault == "truncate":
            self.close_connection = True
            content = content[: len(content) // 2]
        self.wfile.write(content)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            content = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                content += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return content
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))
