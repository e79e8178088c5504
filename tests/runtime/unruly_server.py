"""A small HTTP server on loopback that can misbehave, and a proxy: for the suite over all transports.

It is written on sockets, because servers that behave cannot hang up at a chosen byte. The path says what it does; see
`Loopback.answer`.
"""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
import time
import zlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass
class Received:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class SocketServer:
    """Accepts on a free port of 127.0.0.1; every connection has a thread."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.connections = 0
        self._open: list[socket.socket] = []
        self.closing = threading.Event()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(sock)
            thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        with suppress(OSError, ValueError):
            self.converse(sock)
        sock.close()

    def converse(self, sock: socket.socket) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self.closing.set()
        for sock in (self.listener, *self._open):
            with suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
        self.listener.close()
        for thread in self._threads:
            thread.join(5)


class Loopback(SocketServer):
    """The server. `requests` holds what it read; `ended` is set when a client hung up during `/silent`."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Received] = []
        self.seen: Counter[str] = Counter()
        self.ended = threading.Event()
        self.tls = tls
        super().__init__()

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def converse(self, sock: socket.socket) -> None:
        if self.tls:
            sock = self.tls.wrap_socket(sock, server_side=True)
            self._open.append(sock)
        file = sock.makefile("rb")
        try:
            while (request := read_request(file)) is not None:
                self.requests.append(request)
                self.seen[request.target] += 1
                if not self.answer(sock, request):
                    return
        finally:
            file.close()
            sock.close()

    def answer(self, sock: socket.socket, request: Received) -> bool:
        """Whether the connection stays open after the answer."""
        name = request.target.partition("?")[0].strip("/").partition("/")[0]
        keep = True
        match name:
            case "ok" if request.method == "HEAD":
                sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 99\r\n\r\n")
            case "ok":
                reply(sock, 200, {"id": "j1", "status": "done"})
            case "gzip":
                reply(sock, 200, gzip.compress(b'{"id": "zip"}'), {"Content-Encoding": "gzip"})
            case "members":
                packed = gzip.compress(b'{"id": ') + gzip.compress(b'"zip"}') + b"\0\0\0"
                reply(sock, 200, packed, {"Content-Encoding": "gzip"})
            case "deflate":
                reply(sock, 200, zlib.compress(b'{"id": "zip"}'), {"Content-Encoding": "deflate"})
            case "raw-deflate":
                packer = zlib.compressobj(wbits=-15)
                reply(sock, 200, packer.compress(b'{"id": "zip"}') + packer.flush(), {"Content-Encoding": "deflate"})
            case "bomb":
                packed = packed_zeros(int(request.target.rpartition("/")[2]))
                reply(sock, 200, packed, {"Content-Encoding": "deflate"})
            case "zeros" | "refusal":
                content = bytes(int(request.target.rpartition("/")[2]))
                kind = {"Content-Type": "application/octet-stream"}
                reply(sock, 200 if name == "zeros" else 400, content, kind)
            case "empty":
                reply(sock, 204, b"")
            case "redirect":
                reply(sock, 302, b"", {"Location": f"{self.url}/ok"})
            case "busy":
                first = self.seen[request.target] == 1
                reply(sock, 429 if first else 200, {"id": "late"}, {"Retry-After": "0"} if first else {})
            case "fail":
                reply(sock, 500, {"code": "boom", "message": "it broke"}, {"X-Request-Id": "r-1"})
            case "html":
                reply(sock, 200, b"<html>hello</html>", {"Content-Type": "text/html"})
            case "drop":
                keep = False  # the request was read, no word is said
            case "drop-once":
                if self.seen[request.target] == 1:
                    keep = False
                else:
                    reply(sock, 200, {"id": "second"})
            case "slow":
                sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n")
                for _ in range(100):
                    sock.sendall(b" ")
                    time.sleep(0.05)
            case "silent":
                sock.recv(1)
                self.ended.set()
                keep = False
            case "truncated":
                sock.sendall(
                    b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"id": "x"}'
                )
                keep = False
            case "chunked":
                head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                sock.sendall(head + b'7\r\n{"id": \r\n5\r\n"ch"}\r\n0\r\n\r\n')
            case "hints":
                sock.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n")
                reply(sock, 200, {"id": "hinted"})
            case "close":
                reply(sock, 200, {"id": "last"})  # says nothing of closing, but does
                keep = False
            case "extra":
                head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n"
                sock.sendall(head + b'{"id": "extra"}' + b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            case "cookie":
                reply(sock, 200, {"id": "c"}, {"Set-Cookie": "session=1; Path=/"})
            case "echo":
                seen = {"id": request.method, "target": request.target, "headers": request.headers}
                reply(sock, 200, {**seen, "body": request.body.decode("latin-1")})
            case _:
                reply(sock, 404, {"code": "nowhere"})
        return keep


class Proxy(SocketServer):
    """Forwards `GET http://...` and `CONNECT`, if `login` (Proxy-Authorization) is right; `targets` records both."""

    def __init__(self, login: str | None = None) -> None:
        self.targets: list[str] = []
        self.login = login
        super().__init__()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def converse(self, sock: socket.socket) -> None:
        file = sock.makefile("rb")
        request = read_request(file)
        file.close()
        if request is None:
            return
        self.targets.append(f"{request.method} {request.target}")
        if self.login is not None and request.headers.get("proxy-authorization") != self.login:
            reply(sock, 407, b"")
            return
        if request.method != "CONNECT":
            address = request.target.removeprefix("http://").partition("/")[0]
        else:
            address = request.target
        host, _, port = address.partition(":")
        with socket.create_connection((host, int(port))) as server:
            if request.method == "CONNECT":
                sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            else:
                path = "/" + request.target.removeprefix("http://").partition("/")[2]
                server.sendall(
                    f"{request.method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n".encode()
                )
            back = threading.Thread(target=_copied, args=(server, sock), daemon=True)
            back.start()
            _copied(sock, server)
            back.join(5)


def _copied(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@cache
def packed_zeros(count: int) -> bytes:
    """`count` zeros as data of "deflate": some thousandth of it."""
    packer, (whole, rest) = zlib.compressobj(9, wbits=-15), divmod(count, 2**20)
    piece = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)  # may be repeated
    return piece * whole + packer.compress(bytes(rest)) + packer.flush()


def read_request(file: Any) -> Received | None:
    """One request; None at the end of the connection."""
    line = file.readline()
    if not line:
        return None
    method, target, _ = line.decode().split()
    headers: dict[str, str] = {}
    while (line := file.readline().strip()) != b"":
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    body = b""
    if headers.get("transfer-encoding") == "chunked":
        while size := int(file.readline(), 16):
            body += file.read(size)
            file.readline()
        file.readline()
    else:
        body = file.read(int(headers.get("content-length", 0)))
    return Received(method, target, headers, body)


def reply(sock: socket.socket, status: int, content: object, headers: dict[str, str] | None = None) -> None:
    """Send one answer; `content` that is not bytes goes as JSON."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    fields = {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}
    if status == 204:
        del fields["Content-Length"]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    sock.sendall(f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode() + body)
