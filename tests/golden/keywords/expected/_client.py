"""The clients: credentials, options, and one attribute for each resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Self, Unpack

from ._runtime.client import AnyClient, AnyTransport, lazy_resource
from ._runtime.declarations import UNSET, ClientSettings, Unset
from ._runtime.operation import RequestOptions
from ._runtime.transport import AsyncTransport, Timeout, Transport
from ._methods import AsyncClientMethods, ClientMethods

if TYPE_CHECKING:
    from .a_resource_whose_name_is_longer_than_the_sixty_characters_of import (
        AResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile,
        AsyncAResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile,
    )
    from .async_ import Async, AsyncAsync
    from .class_ import AsyncClass, Class
    from .lambda_ import AsyncLambda, Lambda
    from .none import AsyncNone_, None_
    from .transport import AsyncTransportResource, TransportResource

_SETTINGS = ClientSettings(__package__ or __name__, base_url="https://api.example.com")


class _Common(AnyClient[AnyTransport]):
    """What `Client` and `AsyncClient` have in common."""

    def __init__(
        self,
        *,
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
            {},
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


class Client(_Common[Transport], ClientMethods):
    """Client of Keywords, safe to share; it keeps connections open until it is
    closed."""

    a_resource_whose_name_is_longer_than_the_sixty_characters_of_a_file: (
        AResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile
    ) = lazy_resource(
        "AResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile",
        "a_resource_whose_name_is_longer_than_the_sixty_characters_of",
    )
    async_: Async = lazy_resource("Async", "async_")
    class_: Class = lazy_resource("Class", "class_")
    lambda_: Lambda = lazy_resource("Lambda", "lambda_")
    none: None_ = lazy_resource("None_", "none")
    transport: TransportResource = lazy_resource("TransportResource", "transport")


class AsyncClient(_Common[AsyncTransport], AsyncClientMethods):
    """Asynchronous client of Keywords.

        async with AsyncClient() as client:
            ...

    Its methods are those of `Client`."""

    a_resource_whose_name_is_longer_than_the_sixty_characters_of_a_file: (
        AsyncAResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile
    ) = lazy_resource(
        "AsyncAResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile",
        "a_resource_whose_name_is_longer_than_the_sixty_characters_of",
    )
    async_: AsyncAsync = lazy_resource("AsyncAsync", "async_")
    class_: AsyncClass = lazy_resource("AsyncClass", "class_")
    lambda_: AsyncLambda = lazy_resource("AsyncLambda", "lambda_")
    none: AsyncNone_ = lazy_resource("AsyncNone_", "none")
    transport: AsyncTransportResource = lazy_resource(
        "AsyncTransportResource", "transport"
    )
