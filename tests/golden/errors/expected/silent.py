"""Silent."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Silent(Resource):
    """`client.silent`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /silent

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.call(Call[None](_GET), options)


class AsyncSilent(AsyncResource):
    """The asynchronous form of `Silent`."""

    get = asynchronous(Silent.get)


_GET = Operation("silent", "GET /silent", {"204": {}})
