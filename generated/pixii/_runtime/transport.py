"""What the client asks of an HTTP library: one request in, one response out. Retries,
redirects, credentials and deadlines are decided above it. A transport of your own
implements `Transport` or `AsyncTransport`: it sends exactly once, follows no redirect,
reads the response into a `Content` and raises `TransportError` alone."""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol
from urllib.parse import quote, urlsplit

LARGEST: Final = 2**26
"""Bytes that a response may have which is decoded, if nothing else is said."""
_PIECE: Final = 2**20  # bytes that are unpacked at once


@dataclass(frozen=True, slots=True)
class Timeout:
    """Limits of one attempt in seconds, e.g. `Timeout(connect=5, total=30)`.

    `connect`: until the connection with its TLS is open, name resolution aside. `read`:
    the longest silence. `total`: from connecting to the last byte of the response."""

    connect: float = 10.0
    read: float = 60.0
    total: float = 60.0

    def clipped(self, seconds: float) -> Timeout:
        """Returns this timeout, no part of it longer than `seconds`."""
        limits = (self.connect, self.read, self.total)
        return Timeout(*(min(limit, seconds) for limit in limits))

    @staticmethod
    def of(value: Timeout | float | None, body: bytes | BodyStream | None) -> Timeout:
        """Returns `value`; a number is the seconds in all, None the default with a
        second more for each 64 KiB of a body of known length."""
        if value is None:
            size = len(body) if isinstance(body, bytes) else body.length if body else 0
            return Timeout(total=60.0 + (size or 0) / 2**16)
        if isinstance(value, Timeout):
            return value
        if not value > 0:
            raise ValueError(f"timeout is {value!r}: it must be more than 0 seconds")
        return Timeout(min(10.0, value), value, value)


class Headers(Mapping[str, str]):
    """Headers of a response; names in any case. Repeated ones are joined by `", "`."""

    __slots__ = ("_values",)

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name.lower(), []).append(value)

    def get_all(self, name: str) -> list[str]:
        """Returns every value of the header in the order of arrival."""
        return list(self._values.get(name.lower(), ()))

    def __getitem__(self, name: str) -> str:
        return ", ".join(self._values[name.lower()])

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Headers({list(self)})"  # names only: values may be secrets


class BodyStream(Protocol):
    """A body that is read while it is sent, so that files need not fit in memory."""

    @property
    def length(self) -> int | None:
        """Bytes in all; None when not known, then it is sent chunked."""

    def __iter__(self) -> Iterator[bytes]:
        """The body from where `rewind` left it; blocking reads are expected."""
        ...

    def rewind(self) -> bool:
        """Go back to the beginning; False when that is impossible."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """One HTTP request; `url` is percent-encoded, `headers` are latin-1 text."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | BodyStream | None = None
    timeout: Timeout = Timeout()
    max_content: int = LARGEST
    """Bytes that the response may have, once unpacked; one of an error, 64 MiB."""

    def __repr__(self) -> str:  # without what may hold credentials
        return f"<Request {self.method} {without_query(self.url)}>"


@dataclass(frozen=True, slots=True, repr=False)
class Response:
    """One HTTP response, read to its end; `content` is no longer compressed."""

    status: int
    headers: Headers = field(default_factory=Headers)
    content: bytes = b""
    url: str = ""

    @property
    def text(self) -> str:
        """The content as UTF-8; bytes that are none are replaced."""
        return self.content.decode("utf-8", "replace")

    def __repr__(self) -> str:
        size = len(self.content)
        return f"<Response {self.status} {without_query(self.url)} {size} bytes>"


def address_fault(url: str) -> str | None:
    """Returns why calls cannot go to the address of a server, or None."""
    parts, encoded = urlsplit(url), quote(url, safe=":/?@!$&'()*+,;=%~[]")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return f"is {without_query(url)!r}: it must begin with https://HOST"
    if "@" in parts.netloc or "#" in url or encoded != url:
        return "must hold no user name, password, fragment or unencoded character"
    return None


def without_query(url: str) -> str:
    """Returns `url` fit for logs: queries may hold credentials."""
    return url.partition("?")[0]


class TransportError(Exception):
    """No response. `sent`: "no" if the server cannot have seen the request."""

    def __init__(self, text: str, sent: Literal["no", "maybe"], timeout: bool = False):
        super().__init__(text, sent, timeout)
        self.message, self.timeout = text, timeout
        self.sent: Literal["no", "maybe"] = sent

    def __str__(self) -> str:
        return self.message


class TooLargeError(TransportError):
    """The response is larger than the request allows."""


class Content:
    """The content of a response while it arrives: unpacked, within the limit of the
    request and until `ends` (`time.monotonic`), which are looked at in between."""

    def __init__(self, request: Request, status: int, headers: Headers, ends: float):
        limit = request.max_content
        self._limit = limit if 200 <= status < 300 else min(limit, LARGEST)
        encoding = headers.get("content-encoding", "").strip().lower()
        self._packed = encoding in ("gzip", "x-gzip", "deflate")
        self._ends, self._file = ends, io.BytesIO()
        self._inflater: Any = None

    def feed(self, data: bytes) -> None:
        """Take what arrived. Raises TransportError."""
        while data:
            piece, data = self._unpacked(data) if self._packed else (data, b"")
            self._file.write(piece)
            if self._file.tell() > self._limit:
                text = f"the response has more than {self._limit} bytes"
                raise TooLargeError(text, "maybe")
            if time.monotonic() > self._ends:
                raise TransportError("timed out", "maybe", timeout=True)

    def whole(self) -> bytes:
        """Returns the content at its end. Raises TransportError if it is cut off."""
        if self._inflater is not None:
            self._file.write(self._inflater.flush())
            if not self._inflater.eof:
                raise TransportError("the compressed response is cut off", "maybe")
        return self._file.getvalue()

    def _unpacked(self, data: bytes) -> tuple[bytes, bytes]:
        """Returns a piece of the content, and the rest of `data`."""
        if self._inflater is None or self._inflater.eof:
            # A second member may follow; anything else after the end is padding (RFC
            # 1952 section 2.2). Some servers call data without a header "deflate".
            if self._inflater is not None and data[0] != 0x1F:
                return b"", b""
            has_header = data[0] == 0x1F or data[0] & 15 == 8
            self._inflater = zlib.decompressobj(47 if has_header else -15)
        try:
            piece = self._inflater.decompress(data, _PIECE)
        except zlib.error as error:
            raise TransportError(str(error), "maybe") from error
        return piece, self._inflater.unconsumed_tail or self._inflater.unused_data


class Transport(Protocol):
    """Sends requests, blocking. Usable from several threads at once."""

    def send(self, request: Request) -> Response:
        """Returns the response to `request`, sent once. Raises `TransportError`."""
        ...

    def close(self) -> None:
        """Let go of idle connections; the next `send` may open new ones."""


class AsyncTransport(Protocol):
    """The same on asyncio; other names, so that one class can be both."""

    async def asend(self, request: Request) -> Response:
        """Returns the response to `request`, sent once. Raises `TransportError`."""
        ...

    async def aclose(self) -> None:
        """Let go of idle connections; the next `asend` may open new ones."""
