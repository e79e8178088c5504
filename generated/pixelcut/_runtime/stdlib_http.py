"""The transport on the standard library: routes, connections and their pool, and one
exchange over a socket, every wait bounded. `http.client` parses; whether anything was
sent and whether the connection may be used again is found out here. Nothing is sent
twice. Proxies come from the environment (`HTTPS_PROXY` ...), read once per host. The
async class runs the blocking one on threads; cancelling shuts the socket, which ends
the thread. Not here: HTTP/2, SOCKS, proxies over TLS, a limit on name resolution."""

from __future__ import annotations

import base64
import io
import os
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import Any, Final, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from .transport import Content, Headers, Request, Response, Timeout, TransportError

_IDLE: Final = 60.0
"""Seconds after which an idle connection is no longer trusted."""
_IDLE_BEFORE_POST: Final = 4.0
"""The same for requests that must not be sent twice: less than the 5 s after which
common servers hang up."""
_MAX_IDLE: Final = 16
"""Idle connections kept for one host."""
_CHUNK: Final = 64 * 1024
_FAILURES: Final = (OSError, HTTPException, EOFError, ValueError)


def opened(name: str, asynchronous: bool) -> StdlibTransport | AsyncStdlibTransport:
    """Returns the transport `name`, which is "stdlib"."""
    return AsyncStdlibTransport() if asynchronous else StdlibTransport()


class StdlibTransport:
    """Blocking transport over pooled keep-alive connections; safe in several threads
    and after a fork. `ssl_context`: for authorities other than the system's, and client
    certificates."""

    name = "stdlib"

    def __init__(self, *, ssl_context: ssl.SSLContext | None = None) -> None:
        self._ssl_context = ssl_context
        self._routes: dict[tuple[str, str], _Route] = {}
        self._idle: dict[_Route, list[tuple[socket.socket, float]]] = {}
        self._lock = threading.Lock()
        self._pid = os.getpid()

    def send(self, request: Request) -> Response:
        """Returns the response to `request`. Raises TransportError."""
        return self.exchange(request, Wire(request.timeout))

    def close(self) -> None:
        """Close the idle connections."""
        with self._lock:
            while self._idle:
                for sock, _ in self._idle.popitem()[1]:
                    sock.close()

    def exchange(self, request: Request, wire: Wire) -> Response:
        """The same over a wire, which another thread can end."""
        sock: socket.socket | None = None
        route: _Route | None = None
        try:
            url = urlsplit(request.url)
            key = url.scheme, url.netloc
            if key not in self._routes:
                self._routes[key] = _route_to(url)
            route = self._routes[key]
            head = _head_of(request, url, route)
            ends = min(time.monotonic() + request.timeout.connect, wire.ends)
            sock = self._pooled(route, request.method)
            sock = sock or self._connected(route, ends, wire)
            wire.hold(sock)
            complete = _write(wire, head, request.body)
            response, reusable = _read(wire, request)
            wire.release()
            if complete and reusable:
                self._put_back(route, sock)
                sock = None
            return response
        except _FAILURES as error:
            text = str(error) or repr(error)
            if route and route.proxy and wire.sent == "no":
                text += f" (through the proxy {route.proxy[0]}:{route.proxy[1]})"
            timeout = isinstance(error, TimeoutError)
            raise TransportError(text, wire.sent, timeout) from error
        finally:
            wire.release()
            if sock is not None:
                sock.close()

    def _pooled(self, route: _Route, method: str) -> socket.socket | None:
        if self._pid != os.getpid():  # after a fork the sockets are the parent's
            self._lock, self._pid = threading.Lock(), os.getpid()
            self.close()
        longest = _IDLE_BEFORE_POST if method in ("POST", "PATCH") else _IDLE
        with self._lock:
            connections = self._idle.get(route, [])
            while connections:
                sock, since = connections[-1]
                age = time.monotonic() - since
                if longest < age <= _IDLE:
                    return None
                connections.pop()
                if age <= _IDLE and not _is_readable(sock):
                    return sock
                sock.close()
        return None

    def _put_back(self, route: _Route, sock: socket.socket) -> None:
        now = time.monotonic()
        with self._lock:
            connections = self._idle.setdefault(route, [])
            connections.append((sock, now))
            while len(connections) > _MAX_IDLE or now - connections[0][1] > _IDLE:
                connections.pop(0)[0].close()

    def _connected(self, route: _Route, ends: float, wire: Wire) -> socket.socket:
        sock = _dialled(route.proxy or (route.host, route.port), ends, wire)
        try:
            if route.proxy and route.secure:
                _open_tunnel(sock, route, ends)
            if route.secure:
                self._ssl_context = self._ssl_context or ssl.create_default_context()
                wrap = self._ssl_context.wrap_socket
                secured = wrap(sock, False, False, server_hostname=route.host)
                sock = wire.hold(secured)
                secured.settimeout(_left_until(ends))
                secured.do_handshake()
        except BaseException:
            wire.release()
            sock.close()
            raise
        return sock


class AsyncStdlibTransport:
    """The same for asyncio, on threads; safe over several loops and after a fork."""

    name = "stdlib"

    def __init__(
        self, *, ssl_context: ssl.SSLContext | None = None, max_connections: int = 64
    ) -> None:
        self._blocking = StdlibTransport(ssl_context=ssl_context)
        self._max_connections = max_connections
        self._threads: ThreadPoolExecutor | None = None
        self._pid = os.getpid()

    async def asend(self, request: Request) -> Response:
        """Returns the response; waiting for a thread is time of the attempt."""
        import asyncio  # costs 40 ms, which synchronous programs need not pay

        if self._threads is None or self._pid != os.getpid():
            self._pid, most = os.getpid(), self._max_connections
            self._threads = ThreadPoolExecutor(most, "clientsmith-http")
        wire = Wire(request.timeout)
        future = self._threads.submit(self._blocking.exchange, request, wire)
        try:
            async with asyncio.timeout(request.timeout.total + 0.2):  # threads are late
                return await asyncio.wrap_future(future)
        except TimeoutError as error:  # of a resolver, or because no thread was free
            sent: Any = "maybe" if wire.abort() else wire.sent
            raise TransportError("timed out", sent, timeout=True) from error
        except asyncio.CancelledError:
            wire.abort()
            raise

    async def aclose(self) -> None:
        """Close the idle connections and let the threads end."""
        if self._threads is not None:
            self._threads.shutdown(wait=False)
            self._threads = None
        self._blocking.close()


class _Route(NamedTuple):
    """Where a request goes. `proxy_headers`: what the proxy wants to know."""

    secure: bool
    host: str
    port: int
    proxy: tuple[str, int] | None = None
    proxy_headers: tuple[str, ...] = ()

    def authority(self, *, always_port: bool = False) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        is_default = self.port == (443 if self.secure else 80)
        return host if is_default and not always_port else f"{host}:{self.port}"


def _route_to(url: SplitResult) -> _Route:
    from urllib.request import getproxies, proxy_bypass  # costs 15 ms, once

    secure, host = url.scheme == "https", url.hostname or ""
    port = url.port or (443 if secure else 80)
    address = getproxies().get(url.scheme)
    if not address or proxy_bypass(f"{host}:{port}"):
        return _Route(secure, host, port)
    proxy = urlsplit(address if "://" in address else f"http://{address}")
    if proxy.scheme != "http":
        raise ValueError(f"a {proxy.scheme} proxy needs transport='httpx2' or 'httpx'")
    headers: tuple[str, ...] = ()
    if proxy.username is not None:
        login = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
        secret = base64.b64encode(login.encode()).decode()
        headers = (f"Proxy-Authorization: Basic {secret}",)
    return _Route(secure, host, port, (proxy.hostname or "", proxy.port or 80), headers)


def _dialled(address: tuple[str, int], ends: float, wire: Wire) -> socket.socket:
    """Returns a connection to the first address that takes one in its share of time."""
    failure = OSError(f"no address for {address[0]}")
    targets = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
    for tried, (family, kind, protocol, _, target) in enumerate(targets):
        sock = wire.hold(socket.socket(family, kind, protocol))
        try:
            sock.settimeout(_left_until(ends) / (len(targets) - tried))
            sock.connect(target)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
        except OSError as error:
            wire.release()
            sock.close()
            failure = error
    raise failure


def _open_tunnel(sock: socket.socket, route: _Route, ends: float) -> None:
    wire = Wire(Timeout(read=_left_until(ends), total=_left_until(ends)))
    wire.hold(sock)
    target = route.authority(always_port=True)
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}", *route.proxy_headers]
    wire.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
    message = _begin(wire, "CONNECT")[0]
    if message.status != 200:
        status = f"{message.status} {message.reason}"
        raise ConnectionRefusedError(f"the proxy answered {status}")


def _is_readable(sock: socket.socket) -> bool:
    """Returns whether an idle connection ended or has bytes that nobody asked for."""
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        return bool(selector.select(0))


def _left_until(ends: float) -> float:
    """Returns the seconds that are left. Raises TimeoutError when there are none."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left


class Wire(io.RawIOBase):
    """A socket during one exchange: every wait is bounded, it is known whether anything
    was sent, and another thread can end it."""

    def __init__(self, timeout: Timeout) -> None:
        self.sent: Any = "no"  # or "maybe"
        self.ended = self.over = self._aborted = False
        self.ends = time.monotonic() + timeout.total
        self._silence = timeout.read
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None

    def hold(self, sock: socket.socket) -> socket.socket:
        """Use `sock`. Raises ConnectionAbortedError, and closes it, after `abort`."""
        with self._lock:
            if self._aborted:
                sock.close()
                raise ConnectionAbortedError("cancelled")
            self._socket = sock
        return sock

    def release(self) -> None:
        """The socket is no longer this exchange's."""
        with self._lock:
            self._socket = None

    def abort(self) -> bool:
        """Shut the socket, now or as soon as there is one; True if there is."""
        with self._lock:
            self._aborted = True
            if self._socket is not None:
                with suppress(OSError):
                    # The method of SSLSocket would take the TLS state away from the
                    # thread that is using it.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
            return self._socket is not None

    def sendall(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            count = self._patient().send(view)
            self.sent = "maybe"
            view = view[count:]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = 0 if self.ended else self._patient().recv_into(buffer)
        self.over = not count
        return count

    def _patient(self) -> socket.socket:
        if self._socket is None:
            raise ConnectionAbortedError("closed")
        self._socket.settimeout(min(self._silence, _left_until(self.ends)))
        return self._socket


class _Reader(io.BufferedReader):
    """The file that `http.client` reads from and would close after every response."""

    def close(self) -> None:
        """Nothing is written, and the socket may be closed when it is collected."""

    flush = close

    def makefile(self, _mode: str) -> _Reader:
        return self


def _head_of(request: Request, url: SplitResult, route: _Route) -> bytes:
    """Returns the request line and the headers. For a proxy that reads them the target
    is the whole URL.

    Raises ValueError for a line break in any of it."""
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    given = {name.lower() for name, _ in request.headers}
    lines: list[str] = []
    if "host" not in given:
        lines.append(f"Host: {route.authority()}")
    if route.proxy is not None and not route.secure:
        target = f"http://{route.authority()}{target}"
        lines += route.proxy_headers
    if "accept-encoding" not in given:
        lines.append("Accept-Encoding: gzip, deflate")
    body = request.body
    length = len(body) if isinstance(body, bytes) else body.length if body else 0
    if length is None:
        lines.append("Transfer-Encoding: chunked")
    elif body is not None or request.method in ("POST", "PUT", "PATCH"):
        lines.append(f"Content-Length: {length}")
    lines += [f"{name}: {value}" for name, value in request.headers]
    text = "\r\n".join([f"{request.method} {target} HTTP/1.1", *lines, "", ""])
    if not text.count("\n") == text.count("\r") == len(lines) + 2:
        raise ValueError("the request holds a line break where none may be")
    return text.encode("latin-1")


def _write(wire: Wire, head: bytes, body: Any) -> bool:
    """Returns whether all was sent; False: the server responded early and hung up."""
    if body is None or (isinstance(body, bytes) and len(body) < _CHUNK):
        wire.sendall(head + (body or b""))  # one packet, where it fits
        return True
    wire.sendall(head)
    try:
        for piece in _pieces(body):
            wire.sendall(piece)
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def _pieces(body: Any) -> Iterator[bytes]:
    """Yields the body as it is sent. Raises EOFError when its length has changed."""
    if isinstance(body, bytes):
        yield from (body[at : at + _CHUNK] for at in range(0, len(body), _CHUNK))
        return
    sent, length = 0, body.length
    for chunk in body:
        sent += len(chunk)
        if length is None:
            yield b"%x\r\n%b\r\n" % (len(chunk), chunk)
        elif sent <= length:
            yield chunk
    if length is None:
        yield b"0\r\n\r\n"
    elif sent != length:
        raise EOFError(f"the body has {sent} bytes, not the {length} announced")


def _begin(wire: Wire, method: str) -> tuple[HTTPResponse, _Reader]:
    """Returns the head of the final response, which 102 and 103 only announce."""
    reader: Any = _Reader(wire)
    while True:
        message = HTTPResponse(reader, method=method)
        message.begin()
        if wire.over:  # `http.client` takes a head that is cut off for a whole one
            raise EOFError("the response is cut off")
        if message.status not in (102, 103):
            return message, reader


def _read(wire: Wire, request: Request) -> tuple[Response, bool]:
    """Returns the response, and whether the connection can be used again."""
    message, reader = _begin(wire, request.method)
    headers = Headers(message.getheaders())
    content = Content(request, message.status, headers, wire.ends)
    while chunk := message.read(_CHUNK):
        content.feed(chunk)
    if message.length:
        raise IncompleteRead(b"", message.length)
    wire.ended = True
    reusable = not message.will_close and not reader.peek(1)
    response = Response(message.status, headers, content.whole(), request.url)
    return response, reusable
