"""Part of the runtime of a generated client. 0BSD: use it as you like.

What the client asks of an HTTP library: one request in, one answer out. Nothing here
knows a library, and no type of one crosses this border. Retries, redirects, credentials
and deadlines are decided above it.

A transport of your own implements `Transport` (or `AsyncTransport`): it sends exactly
once, follows no redirect, undoes `Content-Encoding` and raises `TransportError` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Timeout:
    """Limits of one attempt in seconds, e.g. `Timeout(connect=5, total=30)`.

    `connect`: name resolution aside, until the connection (TLS included) stands.
    `read`: the longest silence while waiting for bytes. `total`: everything, from
    connecting to the last byte of the answer.
    """

    connect: float = 10.0
    read: float = 60.0
    total: float = 60.0

    def clipped(self, seconds: float) -> Timeout:
        """This timeout, no part of it longer than `seconds`."""
        if seconds >= self.total:
            return self
        return Timeout(min(self.connect, seconds), min(self.read, seconds), seconds)

    @staticmethod
    def of(value: Timeout | float | None) -> Timeout:
        """`value` itself, the default for None, or the default clipped or stretched to
        that many seconds in all."""
        if value is None:
            return Timeout()
        if isinstance(value, Timeout):
            return value
        if not value > 0:
            raise ValueError(f"timeout is {value!r}: it must be more than 0 seconds")
        return Timeout(min(10.0, value), value, value)


class Headers(Mapping[str, str]):
    """Headers of an answer: names in any case, repeated ones joined by `", "`;
    `get_all` keeps them apart."""

    __slots__ = ("_values",)

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name.lower(), []).append(value)

    def get_all(self, name: str) -> list[str]:
        """Every value of the header in the order of arrival."""
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
        ...

    def __iter__(self) -> Iterator[bytes]:
        """The body from where `rewind` left it; blocking reads are expected."""
        ...

    def rewind(self) -> bool:
        """Make it ready to be sent (again) from its beginning; False when that is
        impossible."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """One HTTP request, ready to be sent: `url` is absolute and percent-encoded,
    `headers` are latin-1 text."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | BodyStream | None = None
    timeout: Timeout = Timeout()

    def __repr__(self) -> str:
        # query and headers may hold credentials
        return f"<Request {self.method} {without_query(self.url)}>"


@dataclass(frozen=True, slots=True, repr=False)
class Response:
    """One HTTP answer, read to its end; `content` is decoded of gzip and deflate."""

    status: int
    headers: Headers = field(default_factory=Headers)
    content: bytes = b""
    url: str = ""

    @property
    def text(self) -> str:
        """The content as text; bytes that are none in UTF-8 are replaced."""
        return self.content.decode("utf-8", "replace")

    def __repr__(self) -> str:
        return (
            f"<Response {self.status} {without_query(self.url)} {len(self.content)} "
            "bytes>"
        )


def without_query(url: str) -> str:
    """`url` fit for logs: queries may hold credentials."""
    return url.partition("?")[0]


class TransportError(Exception):
    """No answer, or not all of it. `sent`: "no" if the server cannot have seen the
    request, else "maybe"."""

    def __init__(
        self, message: str, sent: Literal["no", "maybe"], timeout: bool = False
    ) -> None:
        super().__init__(message, sent, timeout)
        self.message = message
        self.sent: Literal["no", "maybe"] = sent
        self.timeout = timeout

    def __str__(self) -> str:
        return self.message


class Transport(Protocol):
    """Sends requests, blocking. Usable from several threads at once."""

    def send(self, request: Request) -> Response:
        """The answer to `request`, sent once. Raises nothing but `TransportError`."""
        ...

    def close(self) -> None:
        """Let go of idle connections; the next `send` may open new ones."""
        ...


class AsyncTransport(Protocol):
    """Sends requests on asyncio. The methods' names differ from `Transport`'s, so that
    one class can be both."""

    async def asend(self, request: Request) -> Response:
        """The answer to `request`, sent once. Raises nothing but `TransportError`; may
        be cancelled."""
        ...

    async def aclose(self) -> None:
        """Let go of idle connections; the next `asend` may open new ones."""
        ...
