"""Part of the runtime of a generated client. 0BSD: use it as you like.

The transport on the standard library: routes, connections and their pool. What goes
over them: `stdlib_wire`.

Proxies come from the environment (`HTTPS_PROXY`, `NO_PROXY` ...), read once per host.
Nothing is sent twice. The async class runs the blocking one on threads of its own;
cancelling shuts the socket, so that the thread ends too. Not here: HTTP/2, SOCKS,
proxies spoken to over TLS (the httpx adapters have them), and a limit on name
resolution.
"""

from __future__ import annotations

import base64
import http.client
import os
import select
import socket
import ssl
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final, Literal, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from .stdlib_wire import Wire, begin, head_of, left_until, read, write
from .transport import Request, Response, TransportError

_IDLE: Final = 60.0
"""Seconds after which an idle connection is no longer trusted."""
_IDLE_BEFORE_POST: Final = 4.0
"""The same for requests that must not be sent twice: less than the 5 s after which
common servers hang up."""
_MAX_IDLE: Final = 16
"""Idle connections kept for one host."""


class StdlibTransport:
    """Blocking transport over pooled keep-alive connections; safe in several threads
    and after a fork.

    `ssl_context`: for private authorities and client certificates; by default the
    system's authorities.
    `max_content`: bytes that an answer may have once decompressed.
    """

    name = "stdlib"

    def __init__(
        self, *, ssl_context: ssl.SSLContext | None = None, max_content: int = 2**30
    ) -> None:
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
        """The same for a request that was handed in at `started` and that `handle` can
        end from another thread."""
        wire: Wire | None = None
        try:
            url = urlsplit(request.url)
            route = self._route(url)
            plainly = route.proxy is not None and not route.secure
            head = head_of(
                request,
                route.authority,
                proxied=plainly,
                more=route.proxy_headers if plainly else (),
            )
            ends = started + request.timeout.total
            sock = self._pooled(route, request.method)
            if sock is None:
                sock = self._connected(
                    route, min(time.monotonic() + request.timeout.connect, ends), handle
                )
            wire = Wire(handle.hold(sock), request.timeout.read, ends)
            complete = write(wire, head, request)
            response, reusable = read(wire, request, self._max_content)
            handle.release()
            if complete and reusable:
                self._put_back(route, sock)
                wire = None
            return response
        except (
            OSError,
            http.client.HTTPException,
            EOFError,
            ValueError,
            zlib.error,
        ) as error:
            what = (
                str(error) if str(error) and type(error) is not OSError else repr(error)
            )
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
        if (
            self._pid != os.getpid()
        ):  # sockets that came through a fork belong to the parent
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
                secured = self._ssl_context.wrap_socket(
                    sock, server_hostname=route.host, do_handshake_on_connect=False
                )
                sock = handle.hold(secured)
                secured.settimeout(left_until(ends))
                secured.do_handshake()
        except BaseException:
            handle.release()
            sock.close()
            raise
        return sock


class AsyncStdlibTransport:
    """The same on asyncio, over at most `max_connections` threads; safe over several
    event loops and after a fork."""

    name = "stdlib"

    def __init__(
        self,
        *,
        ssl_context: ssl.SSLContext | None = None,
        max_content: int = 2**30,
        max_connections: int = 64,
    ) -> None:
        self._blocking = StdlibTransport(
            ssl_context=ssl_context, max_content=max_content
        )
        self._max_connections = max_connections
        self._threads: ThreadPoolExecutor | None = None
        self._pid = os.getpid()

    async def asend(self, request: Request) -> Response:
        """The answer to `request`. Raises TransportError; waiting for a free thread
        counts as time of the attempt."""
        import asyncio  # costs 40 ms, which synchronous programs need not pay

        if self._threads is None or self._pid != os.getpid():
            self._threads, self._pid = (
                ThreadPoolExecutor(self._max_connections, "clientsmith-http"),
                os.getpid(),
            )
        handle = Handle()
        future = self._threads.submit(
            self._blocking.exchange, request, handle, time.monotonic()
        )
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
    """Lets another thread end an exchange: `abort` shuts its socket, now or as soon as
    it has one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._aborted = False

    def hold(self, sock: socket.socket) -> socket.socket:
        """Make `sock` the one to shut. Raises ConnectionAbortedError, and closes it,
        when it is too late."""
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
                    # The method of SSLSocket would take the TLS state away from the
                    # thread that is using it.
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
        return (
            host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"
        )


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
        login = base64.b64encode(
            f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
        ).decode()
        headers = (f"Proxy-Authorization: Basic {login}",)
    return _Route(secure, host, port, (proxy.hostname or "", proxy.port or 80), headers)


def _dialled(address: tuple[str, int], ends: float, handle: Handle) -> socket.socket:
    """A connection to the first address of the host that takes one; the time is shared
    out among them."""
    failure = OSError(f"no address for {address[0]}")
    targets = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
    for tried, (family, kind, protocol, _, target) in enumerate(targets):
        sock = handle.hold(socket.socket(family, kind, protocol))
        try:
            sock.settimeout(left_until(ends) / (len(targets) - tried))
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
    wire = Wire(sock, ends, ends)
    host = f"[{route.host}]" if ":" in route.host else route.host
    target = f"{host}:{route.port}"
    lines = (
        f"CONNECT {target} HTTP/1.1",
        f"Host: {target}",
        *route.proxy_headers,
        "",
        "",
    )
    wire.sendall("\r\n".join(lines).encode("latin-1"))
    message = begin(wire, "CONNECT")[0]
    if message.status != 200:
        raise ConnectionRefusedError(
            f"the proxy answered {message.status} {message.reason}"
        )


def _is_readable(sock: socket.socket) -> bool:
    """Whether something came on an idle connection: its end, or bytes nobody asked for.
    Either way it is of no use."""
    if hasattr(select, "poll"):
        poll = select.poll()  # unlike select it takes descriptors above 1024
        poll.register(sock, select.POLLIN)
        return bool(poll.poll(0))
    return bool(select.select([sock], [], [], 0)[0])
