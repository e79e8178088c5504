"""The transports on httpx2 and httpx, one adapter: both have the same interface.

The library is imported on the first call and only then; no type of it is named here, so
that this module type-checks without any of them installed.

Its retries, redirects and cookie jar are off. `Timeout.total` is exact on asyncio;
blocking, it is looked at whenever bytes arrive."""

from __future__ import annotations

import http.cookiejar
import importlib
import importlib.util
import os
import ssl
import threading
import time
import weakref
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final, Literal

from .transport import BodyStream, Headers, Request, Response, TransportError

LIBRARIES: Final = ("httpx2", "httpx")
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

    def __init__(
        self, name: str, ssl_context: ssl.SSLContext | None, max_content: int
    ) -> None:
        if name not in LIBRARIES:
            raise ValueError(f"library is {name!r}: it must be 'httpx2' or 'httpx'")
        self.name = name
        self.max_content = max_content
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
        return self._module

    def check(self) -> None:
        """Raise ImportError when the library is not installed; it is loaded by the
        first call."""
        if self._module is None and importlib.util.find_spec(self.name) is None:
            raise ImportError(
                f"transport={self.name!r} needs the library: pip install {self.name}"
            )

    def client(self, kind: Literal["Client", "AsyncClient"]) -> Any:
        """A client of the library that does nothing by itself."""
        no_cookies = http.cookiejar.CookieJar(
            http.cookiejar.DefaultCookiePolicy(allowed_domains=[])
        )
        verify: Any = True if self._ssl_context is None else self._ssl_context
        limits = self.module.Limits(max_keepalive_connections=16, keepalive_expiry=4.0)
        return getattr(self.module, kind)(
            follow_redirects=False, cookies=no_cookies, verify=verify, limits=limits
        )

    def arguments(self, request: Request) -> dict[str, Any]:
        """What `Client.stream` is called with, all but the body."""
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
        }

    def failure(self, error: Exception) -> TransportError:
        """Our error for one of the library's."""
        kinds = {kind.__name__ for kind in type(error).__mro__}
        sent: Literal["no", "maybe"] = "no" if kinds.intersection(_UNSENT) else "maybe"
        return TransportError(
            str(error) or type(error).__name__, sent, "TimeoutException" in kinds
        )

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """Everything that the library raises for a request."""
        return self.module.HTTPError, self.module.StreamError, self.module.InvalidURL


class HttpxTransport:
    """Blocking transport on `library`; its arguments are those of the standard
    library's."""

    def __init__(
        self,
        library: str = "httpx2",
        *,
        ssl_context: ssl.SSLContext | None = None,
        max_content: int = 2**30,
    ) -> None:
        self._library = _Library(library, ssl_context, max_content)
        self._library.check()
        self._lock = threading.Lock()
        self._clients: dict[int, Any] = (
            {}
        )  # by process: after a fork the connections are the parent's

    @property
    def name(self) -> str:
        """The library's name."""
        return self._library.name

    def send(self, request: Request) -> Response:
        """The response to `request`. Raises TransportError, and ImportError when the
        library is missing."""
        library = self._library
        ends = time.monotonic() + request.timeout.total
        with self._lock:
            if os.getpid() not in self._clients:
                self._clients[os.getpid()] = library.client("Client")
            client = self._clients[os.getpid()]
        try:
            with client.stream(
                **library.arguments(request), content=_content(request.body)
            ) as response:
                content = bytearray()
                for chunk in response.iter_bytes():
                    content += chunk
                    _check(len(content), library.max_content, ends)
                return Response(
                    response.status_code,
                    Headers(response.headers.multi_items()),
                    bytes(content),
                    request.url,
                )
        except library.errors as error:
            raise library.failure(error) from error

    def close(self) -> None:
        """Close the library's client; the next request opens another one."""
        with self._lock:
            client = self._clients.pop(os.getpid(), None)
        if client is not None:
            client.close()


class AsyncHttpxTransport:
    """The same on asyncio, with one client of the library for each event loop."""

    def __init__(
        self,
        library: str = "httpx2",
        *,
        ssl_context: ssl.SSLContext | None = None,
        max_content: int = 2**30,
    ) -> None:
        self._library = _Library(library, ssl_context, max_content)
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
        if loop not in self._clients:
            self._clients[loop] = library.client("AsyncClient")
        body = _async_content(request.body)
        ends = time.monotonic() + request.timeout.total
        try:
            async with (
                asyncio.timeout(request.timeout.total),
                self._clients[loop].stream(
                    **library.arguments(request), content=body
                ) as response,
            ):
                content = bytearray()
                async for chunk in response.aiter_bytes():
                    content += chunk
                    _check(len(content), library.max_content, ends)
                return Response(
                    response.status_code,
                    Headers(response.headers.multi_items()),
                    bytes(content),
                    request.url,
                )
        except library.errors as error:
            raise library.failure(error) from error
        except TimeoutError:
            raise TransportError("timed out", "maybe", timeout=True) from None

    async def aclose(self) -> None:
        """Close this event loop's client of the library; the next request opens another
        one."""
        import asyncio  # costs 40 ms, which synchronous programs need not pay

        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.aclose()


def _check(length: int, limit: int, ends: float) -> None:
    if length > limit:
        raise TransportError(f"the response has more than {limit} bytes", "maybe")
    if time.monotonic() > ends:
        raise TransportError("timed out", "maybe", timeout=True)


def _content(body: bytes | BodyStream | None) -> bytes | Iterator[bytes] | None:
    return body if body is None or isinstance(body, bytes) else iter(body)


def _async_content(
    body: bytes | BodyStream | None,
) -> bytes | AsyncIterator[bytes] | None:
    return body if body is None or isinstance(body, bytes) else _read_aside(iter(body))


async def _read_aside(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Chunks read on another thread, since files block."""
    import asyncio  # costs 40 ms, which synchronous programs need not pay

    while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
        yield chunk
