"""Class."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Class(Resource):
    """`client.class_`."""

    def get_b(self, *, options: RequestOptions | None = None) -> None:
        """GET /b

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_GET_B)
        return self._core.call(call, options)


class AsyncClass(AsyncResource):
    """The asynchronous form of `Class`."""

    async def get_b(self, *, options: RequestOptions | None = None) -> None:
        """The asynchronous form of `Class.get_b`."""
        call: Call[None] = Call(_GET_B)
        return await self._core.call(call, options)


_GET_B = Operation("GET /b", "GET", ("/b",), responses={"204": {}})
