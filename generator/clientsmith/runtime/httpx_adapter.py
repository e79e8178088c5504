"""The transports on httpx2 and httpx, one adapter: both have the same interface.

The library is imported on the first call and only then; no type of it is named here, so
that this module type-checks without any of them installed.

Its retries, redirects and cookie jar are off. Its own limits start anew with each byte,
so a server that sends one now and then would hold a call for ever. Only on asyncio can
an exchange be ended from outside, at any point and in public ways: so blocking calls
run there too, on an event loop in a thread of their transport."""

from __future__ import annotations

import http.cookiejar
import importlib
import importlib.util
import logging
import os
import ssl
import threading
import time
import weakref
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextvars import ContextVar
from typing import Any, Final
from urllib.parse import urlsplit

from .transport import (
    BodyStream,
    Content,
    Headers,
    Request,
    Response,
    TransportError,
    without_query,
)

LIBRARIES: Final = ("httpx2", "httpx")
_SENDING: Final = ContextVar("_SENDING", default=False)
"""Whether it is this client that sends: what others log is left as it is."""
_UNSENT: Final = (
    "ConnectError",
    "ConnectTimeout",
    "PoolTimeout",
    "ProxyError",
    "UnsupportedProtocol",
)


def opened(name: str, asynchronous: bool) -> HttpxTransport | AsyncHttpxTransport:
    """Returns the transport on a library. Raises ImportError when it is missing."""
    return AsyncHttpxTransport(name) if asynchronous else HttpxTransport(name)


class _Library:
    """One of the libraries, loaded, and what is done with it in both worlds."""

    def __init__(self, name: str, ssl_context: ssl.SSLContext | None) -> None:
        if name not in LIBRARIES:
            raise ValueError(f"library is {name!r}: it must be 'httpx2' or 'httpx'")
        self.name = name
        self._ssl_context = ssl_context
        self._module: Any = None

    @property
    def module(self) -> Any:
        """The library. Raises ImportError with the command that installs it."""
        if self._module is None:
            try:
                self._module = importlib.import_module(self.name)
            except ImportError as error:
                raise ImportError(
                    f"transport={self.name!r} needs the library: pip install "
                    f"{self.name}"
                ) from error
            logging.getLogger(self.name).addFilter(_without_queries)
        return self._module

    def check(self) -> None:
        """Raise ImportError when the library is not installed; it is loaded by the
        first call."""
        if self._module is None and importlib.util.find_spec(self.name) is None:
            raise ImportError(
                f"transport={self.name!r} needs the library: pip install {self.name}"
            )

    def client(self) -> Any:
        """A client of the library that does nothing by itself."""
        no_cookies = http.cookiejar.CookieJar(
            http.cookiejar.DefaultCookiePolicy(allowed_domains=[])
        )
        verify: Any = True if self._ssl_context is None else self._ssl_context
        limits = self.module.Limits(max_keepalive_connections=16, keepalive_expiry=4.0)
        return self.module.AsyncClient(
            follow_redirects=False, cookies=no_cookies, verify=verify, limits=limits
        )

    def arguments(self, request: Request) -> dict[str, Any]:
        """What `AsyncClient.stream` is called with."""
        timeout = request.timeout
        patience = self.module.Timeout(timeout.read, connect=timeout.connect)
        headers = list(request.headers)
        if not any(name.lower() == "accept-encoding" for name, _ in headers):
            headers.append(("Accept-Encoding", "gzip, deflate"))
        if (
            request.body is not None
            and not isinstance(request.body, bytes)
            and request.body.length is not None
        ):
            headers.append(("Content-Length", str(request.body.length)))
        raw = [
            (name.encode("ascii"), value.encode("latin-1")) for name, value in headers
        ]
        return {
            "method": request.method,
            "url": request.url,
            "headers": raw,
            "timeout": patience,
            "content": _content(request.body),
        }

    @property
    def errors(self) -> tuple[type[Exception], type[Exception], type[Exception]]:
        """Everything that the library raises for a request."""
        return self.module.HTTPError, self.module.StreamError, self.module.InvalidURL


class _Attempt:
    """How far an exchange is, as the library's "trace" extension tells, and its limit:
    until the connection with its TLS is open, also by way of a proxy, that of
    connecting."""

    def __init__(self, request: Request, limit: Any, now: float) -> None:
        self._request = request
        self._limit = limit
        self._connected_by = now + min(request.timeout.connect, request.timeout.total)
        self._ends = now + request.timeout.total
        self._connecting = False
        self._peer: tuple[str, int] | None = None
        self._stream: Any = None

    async def follow(self, event: str, details: Mapping[str, Any]) -> None:
        """Take note of an event, such as "connection.connect_tcp.started"."""
        if event.endswith(".connect_tcp.started"):
            self._peer = details["host"], details["port"]
            self._connecting = True
            self._limit.reschedule(self._connected_by)
        elif event.endswith(".connect_tcp.complete"):
            self._stream = details["return_value"]
        elif event.endswith(".send_request_headers.started"):
            # A CONNECT is part of connecting.
            self._connecting = details["request"].method == b"CONNECT"
            if not self._connecting:
                self._limit.reschedule(self._ends)

    async def abandon(self) -> None:
        """Close a connection that was not complete: the library forgets it when it is
        cancelled during TLS."""
        if self._connecting and self._stream is not None:
            await self._stream.aclose()

    def failure(self, error: Exception) -> TransportError:
        """Our error for one of the library's, or for the end of the time."""
        kinds = {kind.__name__ for kind in type(error).__mro__}
        timeout = bool({"TimeoutError", "TimeoutException"} & kinds)
        unsent = self._connecting or kinds.intersection(_UNSENT)
        text = str(error) or ("timed out" if timeout else type(error).__name__)
        if unsent and self._peer is not None:
            url, (host, port) = urlsplit(self._request.url), self._peer
            default = 443 if url.scheme == "https" else 80
            if (host, port) != (url.hostname, url.port or default):
                text += f" (through the proxy {host}:{port})"
        return TransportError(text, "no" if unsent else "maybe", timeout)


class AsyncHttpxTransport:
    """Transport on `library` for asyncio, with one client of the library for each event
    loop. `ssl_context`: as of the standard library's."""

    def __init__(
        self,
        library: str = "httpx2",
        *,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._library = _Library(library, ssl_context)
        self._library.check()
        self._clients: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()

    @property
    def name(self) -> str:
        """The library's name."""
        return self._library.name

    async def asend(self, request: Request) -> Response:
        """The response to `request`. Raises TransportError, and ImportError when the
        library is missing."""
        import asyncio  # costs 40 ms, which synchronous programs need not pay

        library, loop = self._library, asyncio.get_running_loop()
        ends = time.monotonic() + request.timeout.total
        limit = asyncio.timeout_at(loop.time() + request.timeout.total)
        attempt = _Attempt(request, limit, loop.time())
        arguments = library.arguments(request)
        sending = _SENDING.set(True)
        try:
            if loop not in self._clients:
                self._clients[loop] = library.client()
            async with (
                limit,
                self._clients[loop].stream(
                    **arguments, extensions={"trace": attempt.follow}
                ) as response,
            ):
                status = response.status_code
                headers = Headers(response.headers.multi_items())
                if response.is_stream_consumed:
                    # An observer of the library's traffic has read and unpacked it.
                    content = Content(request, status, Headers(), ends)
                    content.feed(await response.aread())
                    return Response(status, headers, content.whole(), request.url)
                content = Content(request, status, headers, ends)
                # Not `aiter_bytes`: it unpacks whatever arrives at once, however large.
                async for chunk in response.aiter_raw():
                    content.feed(chunk)
                return Response(status, headers, content.whole(), request.url)
        except (OSError, ValueError, *library.errors) as error:
            raise attempt.failure(error) from error
        finally:
            _SENDING.reset(sending)
            await attempt.abandon()

    async def aclose(self) -> None:
        """Close this event loop's client of the library; the next request opens another
        one."""
        import asyncio  # costs 40 ms, which synchronous programs need not pay

        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.aclose()


class HttpxTransport:
    """The same blocking, safe in several threads and after a fork; `close` ends the
    thread of its event loop."""

    def __init__(
        self,
        library: str = "httpx2",
        *,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._on_asyncio = AsyncHttpxTransport(library, ssl_context=ssl_context)
        self._lock = threading.Lock()
        self._loops: dict[int, _Loop] = {}  # by process: a fork has no threads

    @property
    def name(self) -> str:
        """The library's name."""
        return self._on_asyncio.name

    def send(self, request: Request) -> Response:
        """The response to `request`. Raises TransportError, and ImportError when the
        library is missing."""
        from concurrent.futures import CancelledError  # costs 10 ms

        with self._lock:
            if os.getpid() not in self._loops:
                self._loops[os.getpid()] = _Loop(self)
            future = self._loops[os.getpid()].submit(self._on_asyncio.asend(request))
        try:
            response: Response = future.result()
            return response
        except CancelledError:
            raise TransportError("the transport was closed", "maybe") from None
        finally:
            future.cancel()  # on Ctrl-C it hangs up

    def close(self) -> None:
        """Close the connections and end the thread; the next request starts another
        one."""
        with self._lock:
            loop = self._loops.pop(os.getpid(), None)
        if loop is not None:
            loop.submit(self._on_asyncio.aclose()).result()
            loop.stop()
            loop.join()


class _Loop:
    """An event loop in a thread, which does not keep the interpreter from ending.
    `stop` cancels what runs and ends the thread; it is called when `owner` goes."""

    def __init__(self, owner: object) -> None:
        import asyncio  # costs 40 ms, which only the first call need pay

        self._loop = asyncio.new_event_loop()
        self._stopped = asyncio.Event()
        self._pid = os.getpid()
        self.stop = weakref.finalize(owner, self._stop)
        self._thread = threading.Thread(
            target=self._run, name="clientsmith-httpx", daemon=True
        )
        self._thread.start()

    def _run(self) -> None:
        import asyncio

        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._stopped.wait())

    def submit(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """A future of other threads for the coroutine, begun with their context."""
        import asyncio

        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def _stop(self) -> None:
        if self._pid == os.getpid() and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stopped.set)

    def join(self) -> None:
        """Wait for the thread, though not for a resolver of names that hangs in it."""
        self._thread.join(5.0)


def _without_queries(record: logging.LogRecord) -> bool:
    """Takes the query, which may hold a key, out of what the library logs at INFO of
    every request; whether that is shown is not decided here."""
    if _SENDING.get() and isinstance(record.args, tuple):
        shown = (
            without_query(str(arg)) if type(arg).__name__ == "URL" else arg
            for arg in record.args
        )
        record.args = tuple(shown)
    return True


def _content(
    body: bytes | BodyStream | None,
) -> bytes | AsyncIterator[bytes] | None:
    return body if body is None or isinstance(body, bytes) else _read_aside(iter(body))


async def _read_aside(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Chunks read on another thread, since files block."""
    import asyncio  # costs 40 ms, which synchronous programs need not pay

    while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
        yield chunk
