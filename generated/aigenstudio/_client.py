"""The clients: credentials, options, and one attribute for each resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Self, Unpack

from ._options import RequestOptions
from ._runtime.client import (
    AnyClient,
    AnyTransport,
    AsyncClientBase,
    ClientBase,
    lazy_resource,
)
from ._runtime.declarations import UNSET, ClientSettings, Scheme, Unset
from ._runtime.security import credential
from ._runtime.transport import AsyncTransport, Timeout, Transport

if TYPE_CHECKING:
    from .product_photo_jobs import AsyncProductPhotoJobs, ProductPhotoJobs
    from .product_photo_presets import AsyncProductPhotoPresets, ProductPhotoPresets

_SETTINGS = ClientSettings(
    __package__ or __name__,
    base_url="https://aigenstudio.app/api/v1",
    schemes={"bearerApiKey": Scheme("header", "Authorization", prefix="Bearer")},
    error_bodies={
        "401": "ErrorResponse",
        "404": "ErrorResponse",
        "409": "ErrorResponse",
        "429": "ErrorResponse",
        "default": "ErrorResponse",
    },
    security=(("bearerApiKey",),),
    header_options={"x_request_id": "X-Request-Id"},
)


class _Common(AnyClient[AnyTransport]):
    """What `Client` and `AsyncClient` have in common."""

    def __init__(
        self,
        *,
        api_key: str | None = None,
        x_request_id: str | None = None,
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
            api_key: Read from the environment variable AIGENSTUDIO_API_KEY when left
                out.
            x_request_id: Optional client correlation id. AI Gen Studio also returns
                `request_id`.
            base_url: Where the API is served, instead of https://aigenstudio.app/api/v1
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
            {"bearerApiKey": credential(api_key, "api_key", "AIGENSTUDIO_API_KEY")},
            {"x_request_id": x_request_id},
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
    """Client of AI Gen Studio Product Photo API, safe to share; it keeps connections
    open until it is closed."""

    product_photo_jobs: ProductPhotoJobs = lazy_resource(
        "ProductPhotoJobs", "product_photo_jobs"
    )
    product_photo_presets: ProductPhotoPresets = lazy_resource(
        "ProductPhotoPresets", "product_photo_presets"
    )


class AsyncClient(_Common[AsyncTransport], AsyncClientBase):
    """Asynchronous client of AI Gen Studio Product Photo API.

        async with AsyncClient() as client:
            ...

    Its methods are those of `Client`."""

    product_photo_jobs: AsyncProductPhotoJobs = lazy_resource(
        "AsyncProductPhotoJobs", "product_photo_jobs"
    )
    product_photo_presets: AsyncProductPhotoPresets = lazy_resource(
        "AsyncProductPhotoPresets", "product_photo_presets"
    )
