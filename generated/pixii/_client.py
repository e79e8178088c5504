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
    from .jobs import AsyncJobs, Jobs
    from .listing_builder import AsyncListingBuilder, ListingBuilder
    from .scale import AsyncScale, Scale

_SETTINGS = ClientSettings(
    __package__ or __name__,
    base_url="https://api.pixii.ai",
    schemes={"apiKey": Scheme("header", "Authorization", prefix="Bearer")},
    error_bodies={
        "400": "Error",
        "401": "Error",
        "404": "Error",
        "422": "Error",
        "429": "Error",
        "500": "Error",
        "503": "Error",
    },
    security=(("apiKey",),),
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
            api_key: A key that begins with `pk_live_`, or with `pk_test_` for
                placeholders. Read from the environment variable PIXII_API_KEY when left
                out.
            base_url: Where the API is served, instead of https://api.pixii.ai
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
            {"apiKey": credential(api_key, "api_key", "PIXII_API_KEY")},
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
    """Client of Pixii API, safe to share; it keeps connections open until it is
    closed."""

    jobs: Jobs = lazy_resource("Jobs", "jobs")
    listing_builder: ListingBuilder = lazy_resource("ListingBuilder", "listing_builder")
    scale: Scale = lazy_resource("Scale", "scale")


class AsyncClient(_Common[AsyncTransport], AsyncClientBase):
    """Asynchronous client of Pixii API.

        async with AsyncClient() as client:
            ...

    Its methods are those of `Client`."""

    jobs: AsyncJobs = lazy_resource("AsyncJobs", "jobs")
    listing_builder: AsyncListingBuilder = lazy_resource(
        "AsyncListingBuilder", "listing_builder"
    )
    scale: AsyncScale = lazy_resource("AsyncScale", "scale")
