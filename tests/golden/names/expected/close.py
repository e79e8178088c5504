"""Close."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Close(Resource):
    """`client.close_`."""

    @cached_property
    def x_2fa(self) -> CloseX2fa:
        """X 2fa."""
        return CloseX2fa(self._core)


class AsyncClose(AsyncResource):
    """The asynchronous form of `Close`."""

    @cached_property
    def x_2fa(self) -> AsyncCloseX2fa:
        """The asynchronous form of `Client.close_.x_2fa`."""
        return AsyncCloseX2fa(self._core)


class CloseX2fa(Resource):
    """`client.close_.x_2fa`."""

    def create(self, *, options: RequestOptions | None = None) -> None:
        """POST /close/2fa

        Sent again only if it did not arrive, or after 429.
        """
        call: Call[None] = Call(_X_2FA_CREATE)
        return self._core.call(call, options)


class AsyncCloseX2fa(AsyncResource):
    """The asynchronous form of `CloseX2fa`."""

    create = asynchronous(CloseX2fa.create)


_X_2FA_CREATE = Operation("POST /close/2fa", "POST", ("/close/2fa",), {"204": {}})
