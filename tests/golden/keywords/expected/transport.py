"""Transport."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class TransportResource(Resource):
    """`client.transport`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /transport

        Safe to send again."""
        return self._core.send_none(_GET, options)


class AsyncTransportResource(AsyncResource):
    get = asynchronous(TransportResource.get)


_GET = Operation("GET /transport", "GET /transport", {"204": {}})
