"""Transport."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class TransportResource(Resource):
    """`client.transport`."""

    def get_e(self, *, options: RequestOptions | None = None) -> None:
        """GET /e

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_GET_E)
        return self._core.call(call, options)


class AsyncTransportResource(AsyncResource):
    """The asynchronous form of `TransportResource`."""

    async def get_e(self, *, options: RequestOptions | None = None) -> None:
        """The asynchronous form of `TransportResource.get_e`."""
        call: Call[None] = Call(_GET_E)
        return await self._core.call(call, options)


_GET_E = Operation("GET /e", "GET", ("/e",), responses={"204": {}})
