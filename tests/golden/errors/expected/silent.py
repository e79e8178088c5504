"""Silent."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Silent(Resource):
    """`client.silent`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /silent

        Safe to send again."""
        return self._core.send_none(_GET, options)


class AsyncSilent(AsyncResource):
    get = asynchronous(Silent.get)


_GET = Operation("silent", "GET /silent", {"204": {}})
