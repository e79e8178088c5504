"""Health."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Health(Resource):
    """`client.health`."""

    def ping(self, *, options: RequestOptions | None = None) -> None:
        """GET /ping

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.call(Call[None](_PING), options)


class AsyncHealth(AsyncResource):
    """The asynchronous form of `Health`."""

    ping = asynchronous(Health.ping)


_PING = Operation("ping", "GET /ping", {"204": {}})
