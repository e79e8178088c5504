"""Transport."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class TransportResource(Resource):
    """`client.transport`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /transport

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.call(Call[None](_GET), options)


class AsyncTransportResource(AsyncResource):
    """The asynchronous form of `TransportResource`."""

    get = asynchronous(TransportResource.get)


_GET = Operation("GET /transport", "GET /transport", {"204": {}})
