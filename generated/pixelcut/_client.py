"""The clients: credentials, options, and one attribute for each resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Self, Unpack

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
    from .images import AsyncImages, Images
    from .try_on import AsyncTryOn, TryOn

_SETTINGS = ClientSettings(
    __package__ or __name__,
    base_url="https://api.developer.pixelcut.ai",
    schemes={"ApiKeyAuth": Scheme("header", "X-API-KEY")},
    error_bodies={
        "400": "Error400",
        "401": "Error401",
        "403": "Error403",
        "404": "Error404",
        "409": "TryOnJobFinished",
        "429": "Error429",
    },
    security=(("ApiKeyAuth",),),
)


class _Common(AnyClient[AnyTransport]):
    """What `Client` and `AsyncClient` have in common."""

    def __init__(
        self,
        *,
        api_key: str | None = None,
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
            api_key: All API requests require a valid api key. Include your token as a
                HTTP request header in the following format: `X-API-Key:
                skXXXXXXXXXXXXXXXX`. You can obtain an api key by signing up for
                developer access in your Pixelcut account. Read from the environment
                variable PIXELCUT_API_KEY when left out.
            base_url: Where the API is served, instead of
                https://api.developer.pixelcut.ai
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
            {"ApiKeyAuth": credential(api_key, "api_key", "PIXELCUT_API_KEY")},
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
    """Client of Pixelcut API, safe to share; it keeps connections open until it is
    closed."""

    images: Images = lazy_resource("Images", "images")
    try_on: TryOn = lazy_resource("TryOn", "try_on")


class AsyncClient(_Common[AsyncTransport], AsyncClientBase):
    """Asynchronous client of Pixelcut API.

        async with AsyncClient() as client:
            ...

    Its methods are those of `Client`."""

    images: AsyncImages = lazy_resource("AsyncImages", "images")
    try_on: AsyncTryOn = lazy_resource("AsyncTryOn", "try_on")
