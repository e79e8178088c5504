"""Part of the runtime of a generated client. 0BSD: use it as you like.

The transport on the standard library. `http.client` parses the answers; connecting, writing and pooling are done here,
because it can tell neither whether anything was sent nor how long a whole exchange may take.

Proxies come from the environment (`HTTPS_PROXY`, `NO_PROXY` ...), read once per host. Nothing is sent twice. The async
class runs the blocking one on threads of its own; cancelling shuts the socket, so that the thread ends too. Not here:
HTTP/2, SOCKS, proxies spoken to over TLS (the httpx adapters have them), and a limit on name resolution.
"""

from __future__ import annotations

import base64
import http.client
import io
import os
import select
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Final, Literal, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from .transport import Headers, Request, Response, TransportError

_CHUNK: Final = 64 * 1024
_IDLE: Final = 60.0
"""Seconds after which an idle connection is no longer trusted."""
_IDLE_BEFORE_POST: Final = 4.0
"""The same for requests that must not be sent twice: less than the 5 s after which common servers hang up."""
_MAX_IDLE: Final = 16
"""Idle connections kept for one host."""


class StdlibTransport:
    """Blocking transport over pooled keep-alive connections; safe in several threads and after a fork.

    `ssl_context`: for private authorities and client certificates; by default the system's authorities.
    `max_content`: bytes that an answer may have once decompressed.
    """

    name = "stdlib"

    def __init__(self, *, ssl_context: ssl.SSLContext | None = None, max_content: int = 2**30) -> None:
        self._ssl_context = ssl_context
        self._max_content = max_content
        self._routes: dict[tuple[str, str], _Route] = {}
        self._idle: dict[_Route, list[tuple[socket.socket, float]]] = {}
        self._lock = threading.Lock()
        self._pid = os.getpid()

    def send(self, request: Request) -> Response:
        """The answer to `request`. Raises TransportError."""
        return self.exchange(request, Handle(), time.monotonic())

    def close(self) -> None:
        """Close the idle connections."""
        with self._lock:
            for connections in self._idle.values():
                for sock, _ in connections:
                    sock.close()
            self._idle.clear()

    def exchange(self, request: Request, handle: Handle, started: float) -> Response:
        """The same for a request that was handed in at `started` and that `handle` can end from another thread."""
        wire: _Wire | None = None
        try:
            url = urlsplit(request.url)
            route = self._route(url)
            head = _head(request, url, route)
            ends = started + request.timeout.total
            sock = self._pooled(route, request.method)
            if sock is None:
                sock = self._connected(route, min(time.monotonic() + request.timeout.connect, ends), handle)
            wire = _Wire(handle.hold(sock), request.timeout.read, ends)
            complete = _write(wire, head, request)
            response, reusable = _read(wire, request, self._max_content)
            handle.release()
            if complete and reusable:
                self._put_back(route, sock)
                wire = None
            return response
        except (OSError, http.client.HTTPException, EOFError, ValueError, zlib.error) as error:
            what = str(error) if str(error) and type(error) is not OSError else repr(error)
            sent: Literal["no", "maybe"] = wire.sent if wire is not None else "no"
            raise TransportError(what, sent, isinstance(error, TimeoutError)) from error
        finally:
            if wire is not None:
                handle.release()
                wire.sock.close()

    def _route(self, url: SplitResult) -> _Route:
        key = url.scheme, url.netloc
        if key not in self._routes:
            self._routes[key] = _route_to(url)
        return self._routes[key]

    def _pooled(self, route: _Route, method: str) -> socket.socket | None:
        if self._pid != os.getpid():  # sockets that came through a fork belong to the parent
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

    def _connected(self, route: _Route, ends: float, handle: Handle) -> socket.socket:
        sock = _dialled(route.proxy or (route.host, route.port), ends, handle)
        try:
            if route.proxy and route.secure:
                _open_tunnel(sock, route, ends)
            if route.secure:
                if self._ssl_context is None:
                    self._ssl_context = ssl.create_default_context()
                secured = self._ssl_context.wrap_socket(sock, server_hostname=route.host, do_handshake_on_connect=False)
                sock = handle.hold(secured)
                secured.settimeout(_left(ends))
                secured.do_handshake()
        except BaseException:
            handle.release()
            sock.close()
            raise
        return sock


class AsyncStdlibTransport:
    """The same on asyncio, over at most `max_connections` threads; safe over several event loops and after a fork."""

    name = "stdlib"

    def __init__(
        self, *, ssl_context: ssl.SSLContext | None = None, max_content: int = 2**30, max_connections: int = 64
    ) -> None:
        self._blocking = StdlibTransport(ssl_context=ssl_context, max_content=max_content)
        self._max_connections = max_connections
        self._threads: ThreadPoolExecutor | None = None
        self._pid = os.getpid()

    async def asend(self, request: Request) -> Response:
        """The answer to `request`. Raises TransportError; waiting for a free thread counts as time of the attempt."""
        import asyncio  # costs 40 ms, which synchronous programs need not pay

        if self._threads is None or self._pid != os.getpid():
            self._threads, self._pid = ThreadPoolExecutor(self._max_connections, "clientsmith-http"), os.getpid()
        handle = Handle()
        future = self._threads.submit(self._blocking.exchange, request, handle, time.monotonic())
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            handle.abort()
            raise

    async def aclose(self) -> None:
        """Close the idle connections and let the threads end."""
        if self._threads is not None:
            self._threads.shutdown(wait=False)
            self._threads = None
        self._blocking.close()


class Handle:
    """Lets another thread end an exchange: `abort` shuts its socket, now or as soon as it has one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._aborted = False

    def hold(self, sock: socket.socket) -> socket.socket:
        """Make `sock` the one to shut. Raises ConnectionAbortedError, and closes it, when it is too late."""
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

    def abort(self) -> None:
        """End the exchange."""
        with self._lock:
            self._aborted = True
            if self._socket is not None:
                with suppress(OSError):
                    # The method of SSLSocket would take the TLS state away from the thread that is using it.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _Route(NamedTuple):
    """Where a request goes. `proxy_headers`: what the proxy wants to know."""

    secure: bool
    host: str
    port: int
    proxy: tuple[str, int] | None = None
    proxy_headers: tuple[str, ...] = ()

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


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
        login = base64.b64encode(f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()).decode()
        headers = (f"Proxy-Authorization: Basic {login}",)
    return _Route(secure, host, port, (proxy.hostname or "", proxy.port or 80), headers)


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left


def _dialled(address: tuple[str, int], ends: float, handle: Handle) -> socket.socket:
    """A connection to the first address of the host that takes one; the time is shared out among them."""
    failure = OSError(f"no address for {address[0]}")
    targets = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
    for tried, (family, kind, protocol, _, target) in enumerate(targets):
        sock = handle.hold(socket.socket(family, kind, protocol))
        try:
            sock.settimeout(_left(ends) / (len(targets) - tried))
            sock.connect(target)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            handle.release()
            sock.close()
            failure = error
        else:
            return sock
    raise failure


def _open_tunnel(sock: socket.socket, route: _Route, ends: float) -> None:
    wire = _Wire(sock, ends, ends)
    host = f"[{route.host}]" if ":" in route.host else route.host
    target = f"{host}:{route.port}"
    lines = (f"CONNECT {target} HTTP/1.1", f"Host: {target}", *route.proxy_headers, "", "")
    wire.sendall("\r\n".join(lines).encode("latin-1"))
    message = _begun(wire, "CONNECT")[0]
    if message.status != 200:
        raise ConnectionRefusedError(f"the proxy answered {message.status} {message.reason}")


def _is_readable(sock: socket.socket) -> bool:
    """Whether something came on an idle connection: its end, or bytes nobody asked for. Either way it is of no use."""
    if hasattr(select, "poll"):
        poll = select.poll()  # unlike select it takes descriptors above 1024
        poll.register(sock, select.POLLIN)
        return bool(poll.poll(0))
    return bool(select.select([sock], [], [], 0)[0])


class _Wire(io.RawIOBase):
    """A socket during one exchange: every wait is bounded, and it is known whether anything was sent."""

    def __init__(self, sock: socket.socket, silence: float, ends: float) -> None:
        self.sock = sock
        self.sent: Literal["no", "maybe"] = "no"
        self.ended = False
        self._silence = silence
        self._ends = ends

    def sendall(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            self.sock.settimeout(min(self._silence, _left(self._ends)))
            count = self.sock.send(view)
            self.sent = "maybe"
            view = view[count:]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.ended:
            return 0
        self.sock.settimeout(min(self._silence, _left(self._ends)))
        return self.sock.recv_into(buffer)


class _Reader(io.BufferedReader):
    """The file that `http.client` reads from and would close after every answer, interim ones included."""

    def close(self) -> None:
        pass

    def makefile(self, _mode: str) -> _Reader:
        return self


def _head(request: Request, url: SplitResult, route: _Route) -> bytes:
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    given = {name.lower() for name, _ in request.headers}
    lines = [f"Host: {route.authority}"] if "host" not in given else []
    if "accept-encoding" not in given:
        lines.append("Accept-Encoding: gzip, deflate")
    if request.body is None:
        lines += ["Content-Length: 0"] if request.method in ("POST", "PUT", "PATCH") else []
    else:
        length = len(request.body) if isinstance(request.body, bytes) else request.body.length
        lines.append("Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}")
    if route.proxy and not route.secure:
        target = f"http://{route.authority}{target}"
        lines += route.proxy_headers
    lines += [f"{name}: {value}" for name, value in request.headers]
    head = "\r\n".join([f"{request.method} {target} HTTP/1.1", *lines, "", ""]).encode("latin-1")
    if head.count(b"\n") != len(lines) + 2 or head.count(b"\r") != len(lines) + 2:
        raise ValueError("the request holds a line break where none may be")
    return head


def _write(wire: _Wire, head: bytes, request: Request) -> bool:
    """Whether all of the request went out; a server that refuses it early may have hung up, but not without a word."""
    body = request.body
    if body is None or (isinstance(body, bytes) and len(body) < _CHUNK):
        wire.sendall(head + (body or b""))  # one packet, where it fits
        return True
    wire.sendall(head)
    try:
        for piece in _pieces(body) if isinstance(body, bytes) else _framed(body, body.length):
            wire.sendall(piece)
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def _pieces(body: bytes) -> Iterator[bytes]:
    return (body[start : start + _CHUNK] for start in range(0, len(body), _CHUNK))


def _framed(chunks: Any, length: int | None) -> Iterator[bytes]:
    """The body as it goes over the wire. Raises EOFError when it is not as long as was announced."""
    sent = 0
    for chunk in chunks:
        sent += len(chunk)
        if length is None:
            yield b"%x\r\n%b\r\n" % (len(chunk), chunk)
        elif sent <= length:
            yield chunk
    if length is None:
        yield b"0\r\n\r\n"
    elif sent != length:
        raise EOFError(f"the body has {sent} bytes, not the {length} that it had before")


def _begun(wire: _Wire, method: str) -> tuple[http.client.HTTPResponse, _Reader]:
    """The head of the final answer; 102 and 103 only announce it (RFC 9110 section 15.2)."""
    reader: Any = _Reader(wire)
    while True:
        message = http.client.HTTPResponse(reader, method=method)
        message.begin()
        if message.status not in (102, 103):
            return message, reader


def _read(wire: _Wire, request: Request, max_content: int) -> tuple[Response, bool]:
    """The answer, and whether another request may follow on the same connection."""
    message, reader = _begun(wire, request.method)
    headers = Headers(message.getheaders())
    content = _content(iter(lambda: message.read(_CHUNK), b""), headers.get("content-encoding", ""), max_content)
    if message.length:
        raise http.client.IncompleteRead(b"", message.length)
    wire.ended = True
    reusable = not message.will_close and not reader.peek(1)
    return Response(message.status, headers, content, request.url), reusable


def _content(chunks: Iterator[bytes], encoding: str, limit: int) -> bytes:
    """The content without gzip or deflate. Raises OSError above `limit` bytes."""
    unpack = _unpacked(chunks, limit + 1) if encoding.strip().lower() in ("gzip", "x-gzip", "deflate") else chunks
    content = bytearray()
    for piece in unpack:
        content += piece
        if len(content) > limit:
            raise OSError(f"the answer has more than {limit} bytes")
    return bytes(content)


def _unpacked(chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
    """Decompressed pieces, none longer than `most` bytes. Raises EOFError if the data is cut off."""
    inflater: Any = None
    for chunk in chunks:
        rest = chunk
        while rest:
            inflater = inflater or zlib.decompressobj(_window_bits(rest))
            yield inflater.decompress(rest, most)
            rest = inflater.unconsumed_tail
            if inflater.eof:
                # A second member may follow; anything else after the end is padding (RFC 1952 section 2.2).
                rest = inflater.unused_data if inflater.unused_data.startswith(b"\x1f\x8b") else b""
                inflater = None
    if inflater is not None:
        raise EOFError("the compressed answer is cut off")


def _window_bits(start: bytes) -> int:
    """gzip and zlib are told apart by zlib; "deflate" without its wrapper, which some servers send, is not."""
    wrapped = start.startswith(b"\x1f\x8b") or (start[0] & 15 == 8 and int.from_bytes(start[:2], "big") % 31 == 0)
    return 47 if wrapped else -15
