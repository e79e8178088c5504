"""close."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Close(Resource):
    """`client.close_`."""

    def create_2fa(self, *, options: RequestOptions | None = None) -> None:
        """POST /close/2fa

        Sent again only if it did not arrive, or after 429.
        """
        call: Call[None] = Call(_CREATE_2FA)
        return self._core.call(call, options)


class AsyncClose(AsyncResource):
    """The asynchronous form of `Close`."""

    async def create_2fa(self, *, options: RequestOptions | None = None) -> None:
        """The asynchronous form of `Close.create_2fa`."""
        call: Call[None] = Call(_CREATE_2FA)
        return await self._core.call(call, options)


_CREATE_2FA = Operation(
    "POST /close/2fa", "POST", ("/close/2fa",), responses={"204": {}}
)
