"""B."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class B(Resource):
    """`client.b`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /b

        Safe to send again."""
        return self._core.send_none(_GET, options)


class AsyncB(AsyncResource):
    get = asynchronous(B.get)


_GET = Operation("open", "GET /b", {"204": {}})
