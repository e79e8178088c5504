"""Health."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Health(Resource):
    """`client.health`."""

    def ping(self, *, options: RequestOptions | None = None) -> None:
        """GET /ping

        Safe to send again."""
        return self._core.send_none(_PING, options)


class AsyncHealth(AsyncResource):
    ping = asynchronous(Health.ping)


_PING = Operation("ping", "GET /ping", {"204": {}})
