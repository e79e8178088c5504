"""None."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class None_(Resource):
    """`client.none`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /None

        Safe to send again."""
        return self._core.send_none(_GET, options)


class AsyncNone_(AsyncResource):
    get = asynchronous(None_.get)


_GET = Operation("GET /None", "GET /None", {"204": {}})
