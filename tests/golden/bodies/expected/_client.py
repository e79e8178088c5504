"""The clients: credentials, options, and one attribute for each resource."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Self, Unpack

from ._runtime.client import AsyncClientBase, ClientBase
from ._runtime.declarations import ClientSettings
from ._runtime.operation import RequestOptions
from ._runtime.transport import AsyncTransport, Timeout, Transport
from ._runtime.unset import UNSET, Unset

if TYPE_CHECKING:
    from .files import AsyncFiles, Files
    from .form import AsyncForm, Form
    from .images import AsyncImages, Images
    from .jobs import AsyncJobs, Jobs
    from .labels import AsyncLabels, Labels
    from .raw import AsyncRaw, Raw
    from .shared import AsyncShared, Shared

_SETTINGS = ClientSettings(__package__ or __name__, base_url="https://api.example.com")


class Client(ClientBase):
    """Client of Bodies.

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
    def files(self) -> Files:
        """Files."""
        from .files import Files

        return Files(self._core)

    @cached_property
    def form(self) -> Form:
        """Form."""
        from .form import Form

        return Form(self._core)

    @cached_property
    def images(self) -> Images:
        """Images."""
        from .images import Images

        return Images(self._core)

    @cached_property
    def jobs(self) -> Jobs:
        """Jobs."""
        from .jobs import Jobs

        return Jobs(self._core)

    @cached_property
    def labels(self) -> Labels:
        """Labels."""
        from .labels import Labels

        return Labels(self._core)

    @cached_property
    def raw_(self) -> Raw:
        """Raw."""
        from .raw import Raw

        return Raw(self._core)

    @cached_property
    def shared(self) -> Shared:
        """Shared."""
        from .shared import Shared

        return Shared(self._core)


class AsyncClient(AsyncClientBase):
    """Asynchronous client of Bodies.

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
    def files(self) -> AsyncFiles:
        """The asynchronous form of `Client.files`."""
        from .files import AsyncFiles

        return AsyncFiles(self._core)

    @cached_property
    def form(self) -> AsyncForm:
        """The asynchronous form of `Client.form`."""
        from .form import AsyncForm

        return AsyncForm(self._core)

    @cached_property
    def images(self) -> AsyncImages:
        """The asynchronous form of `Client.images`."""
        from .images import AsyncImages

        return AsyncImages(self._core)

    @cached_property
    def jobs(self) -> AsyncJobs:
        """The asynchronous form of `Client.jobs`."""
        from .jobs import AsyncJobs

        return AsyncJobs(self._core)

    @cached_property
    def labels(self) -> AsyncLabels:
        """The asynchronous form of `Client.labels`."""
        from .labels import AsyncLabels

        return AsyncLabels(self._core)

    @cached_property
    def raw_(self) -> AsyncRaw:
        """The asynchronous form of `Client.raw_`."""
        from .raw import AsyncRaw

        return AsyncRaw(self._core)

    @cached_property
    def shared(self) -> AsyncShared:
        """The asynchronous form of `Client.shared`."""
        from .shared import AsyncShared

        return AsyncShared(self._core)
