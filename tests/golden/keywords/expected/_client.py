"""The clients: credentials, options, and one attribute for each resource."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Self, Unpack

from ._runtime.declarations import ClientSettings
from ._runtime.operation import RequestOptions
from ._runtime.transport import AsyncTransport, Timeout, Transport
from ._runtime.unset import UNSET, Unset
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


class Client(ClientMethods):
    """Client of Keywords.

        with Client() as client:
            ...

    Safe to share; it keeps connections open until it is closed.
    """

    def __init__(
        self,
        *,
        base_url: str | None = None,
        transport: Transport | str | None = None,
        timeout: Timeout | float | None = None,
        deadline: float | None | Unset = UNSET,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        strict: bool = False,
    ) -> None:
        """Nothing is sent before the first call.

        Args:
            base_url: Where the API is served, instead of https://api.example.com
            transport: Sends the requests, instead of the standard library.
            timeout: Seconds for one attempt.
            deadline: Seconds for a whole call, retries included; None for no limit.
            max_retries: How often a call is tried again when that is safe.
            headers: Sent with every request.
            strict: Raise `ResponseDecodeError` where a response departs from its
                description, instead of warning.
        """
        super().__init__(
            _SETTINGS,
            {},
            base_url=base_url,
            transport=transport,
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
        )

    def with_options(self, **options: Unpack[RequestOptions]) -> Self:
        """Returns a client with other options that shares the connections."""
        return self._with_options(options)

    @cached_property
    def a_resource_whose_name_is_longer_than_the_sixty_characters_of_a_file(
        self,
    ) -> AResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile:
        """A resource whose name is longer than the sixty characters of a file."""
        from .a_resource_whose_name_is_longer_than_the_sixty_characters_of import (
            AResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile,
        )

        return AResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile(self._core)

    @cached_property
    def async_(self) -> Async:
        """Async."""
        from .async_ import Async

        return Async(self._core)

    @cached_property
    def class_(self) -> Class:
        """Class."""
        from .class_ import Class

        return Class(self._core)

    @cached_property
    def lambda_(self) -> Lambda:
        """Lambda."""
        from .lambda_ import Lambda

        return Lambda(self._core)

    @cached_property
    def none(self) -> None_:
        """None."""
        from .none import None_

        return None_(self._core)

    @cached_property
    def transport(self) -> TransportResource:
        """Transport."""
        from .transport import TransportResource

        return TransportResource(self._core)


class AsyncClient(AsyncClientMethods):
    """Asynchronous client of Keywords.

        async with AsyncClient() as client:
            ...

    Its methods are those of `Client`.
    """

    def __init__(
        self,
        *,
        base_url: str | None = None,
        transport: AsyncTransport | str | None = None,
        timeout: Timeout | float | None = None,
        deadline: float | None | Unset = UNSET,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        strict: bool = False,
    ) -> None:
        """Takes the arguments of `Client`; a transport is an asynchronous one."""
        super().__init__(
            _SETTINGS,
            {},
            base_url=base_url,
            transport=transport,
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
        )

    def with_options(self, **options: Unpack[RequestOptions]) -> Self:
        """The asynchronous form of `Client.with_options`."""
        return self._with_options(options)

    @cached_property
    def a_resource_whose_name_is_longer_than_the_sixty_characters_of_a_file(
        self,
    ) -> AsyncAResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile:
        """The asynchronous form of
        `Client.a_resource_whose_name_is_longer_than_the_sixty_characters_of_a_file`.
        """
        from .a_resource_whose_name_is_longer_than_the_sixty_characters_of import (
            AsyncAResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile,
        )

        return AsyncAResourceWhoseNameIsLongerThanTheSixtyCharactersOfAFile(self._core)

    @cached_property
    def async_(self) -> AsyncAsync:
        """The asynchronous form of `Client.async_`."""
        from .async_ import AsyncAsync

        return AsyncAsync(self._core)

    @cached_property
    def class_(self) -> AsyncClass:
        """The asynchronous form of `Client.class_`."""
        from .class_ import AsyncClass

        return AsyncClass(self._core)

    @cached_property
    def lambda_(self) -> AsyncLambda:
        """The asynchronous form of `Client.lambda_`."""
        from .lambda_ import AsyncLambda

        return AsyncLambda(self._core)

    @cached_property
    def none(self) -> AsyncNone_:
        """The asynchronous form of `Client.none`."""
        from .none import AsyncNone_

        return AsyncNone_(self._core)

    @cached_property
    def transport(self) -> AsyncTransportResource:
        """The asynchronous form of `Client.transport`."""
        from .transport import AsyncTransportResource

        return AsyncTransportResource(self._core)
