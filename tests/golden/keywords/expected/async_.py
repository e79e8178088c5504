"""async."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Async(Resource):
    """`client.async_`."""

    def await_(self, *, options: RequestOptions | None = None) -> None:
        """GET /c

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_AWAIT)
        return self._core.call(call, options)


class AsyncAsync(AsyncResource):
    """The asynchronous form of `Async`."""

    async def await_(self, *, options: RequestOptions | None = None) -> None:
        """The asynchronous form of `Async.await_`."""
        call: Call[None] = Call(_AWAIT)
        return await self._core.call(call, options)


_AWAIT = Operation("await", "GET", ("/c",), responses={"204": {}})
