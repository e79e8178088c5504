"""The clients: credentials, options, and one attribute for each resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Self, Unpack

from ._runtime.basic import basic_credential
from ._runtime.client import (
    AnyClient,
    AnyTransport,
    AsyncClientBase,
    ClientBase,
    lazy_resource,
)
from ._runtime.declarations import UNSET, ClientSettings, Scheme, Unset
from ._runtime.operation import RequestOptions
from ._runtime.security import credential
from ._runtime.transport import AsyncTransport, Timeout, Transport

if TYPE_CHECKING:
    from .a import A, AsyncA
    from .b import AsyncB, B
    from .c import AsyncC, C
    from .d import AsyncD, D
    from .e import AsyncE, E
    from .f import AsyncF, F

_SETTINGS = ClientSettings(
    __package__ or __name__,
    base_url="https://api.example.com",
    schemes={
        "App": Scheme("cookie", "app"),
        "FlowA": Scheme("header", "Authorization", prefix="Bearer"),
        "Key": Scheme("query", "key"),
        "Login": Scheme("header", "Authorization", prefix="Basic"),
        "Own": Scheme("header", "Authorization", prefix="SharedKey"),
        "Token": Scheme("header", "Authorization", prefix="Bearer"),
    },
)


class _Common(AnyClient[AnyTransport]):
    """What `Client` and `AsyncClient` have in common."""

    def __init__(
        self,
        *,
        app: str | None = None,
        flow_a: str | None = None,
        key: str | None = None,
        username: str | None = None,
        password: str | None = None,
        own: str | None = None,
        token: str | None = None,
        base_url: str | None = None,
        transport: AnyTransport | str | None = None,
        timeout: Timeout | float | None = None,
        deadline: float | None | Unset = UNSET,
        max_retries: int = 2,
        max_content: int = 2**26,
        max_download: int = 2**30,
        headers: Mapping[str, str] | None = None,
        strict: bool = False,
    ) -> None:
        """Nothing is sent before the first call.

        Args:
            app: Read from the environment variable SECURITY_APP when left out.
            flow_a: Read from the environment variable SECURITY_FLOW_A when left out.
            key: Read from the environment variable SECURITY_KEY when left out.
            username: Read from the environment variable SECURITY_USERNAME when left
                out.
            password: Read from the environment variable SECURITY_PASSWORD when left
                out.
            own: Read from the environment variable SECURITY_OWN when left out.
            token: Read from the environment variable SECURITY_TOKEN when left out.
            base_url: Where the API is served, instead of https://api.example.com
            transport: Sends the requests, instead of the standard library.
            timeout: Seconds for one attempt: 60, and 1 for each 64 KiB, if left out.
            deadline: Seconds for a call: at least 180 if left out; None: no limit.
            max_retries: How often a call is tried again: one that is safe to send again
                after a lost connection, 408, 425, 429 and 5xx; others as documented.
            max_content: Bytes that a response may have, no longer compressed: 64 MiB.
            max_download: The same of a response that is returned as bytes: 1 GiB.
            headers: Sent with every request.
            strict: Raise `ResponseDecodeError` where a response departs from its
                description, instead of warning."""
        super().__init__(
            _SETTINGS,
            {
                "App": credential(app, "app", "SECURITY_APP"),
                "FlowA": credential(flow_a, "flow_a", "SECURITY_FLOW_A"),
                "Key": credential(key, "key", "SECURITY_KEY"),
                "Login": basic_credential(
                    username, password, "SECURITY_USERNAME", "SECURITY_PASSWORD"
                ),
                "Own": credential(own, "own", "SECURITY_OWN"),
                "Token": credential(token, "token", "SECURITY_TOKEN"),
            },
            base_url=base_url,
            transport=transport,
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            max_content=max_content,
            max_download=max_download,
            headers=headers,
            strict=strict,
        )

    def with_options(self, **options: Unpack[RequestOptions]) -> Self:
        """Returns a client with other options that shares the connections."""
        return self._with_options(options)


class Client(_Common[Transport], ClientBase):
    """Client of Security, safe to share; it keeps connections open until it is
    closed."""

    a: A = lazy_resource("A", "a")
    b: B = lazy_resource("B", "b")
    c: C = lazy_resource("C", "c")
    d: D = lazy_resource("D", "d")
    e: E = lazy_resource("E", "e")
    f: F = lazy_resource("F", "f")


class AsyncClient(_Common[AsyncTransport], AsyncClientBase):
    """Asynchronous client of Security.

        async with AsyncClient() as client:
            ...

    Its methods are those of `Client`."""

    a: AsyncA = lazy_resource("AsyncA", "a")
    b: AsyncB = lazy_resource("AsyncB", "b")
    c: AsyncC = lazy_resource("AsyncC", "c")
    d: AsyncD = lazy_resource("AsyncD", "d")
    e: AsyncE = lazy_resource("AsyncE", "e")
    f: AsyncF = lazy_resource("AsyncF", "f")
