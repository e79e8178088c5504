"""B."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class B(Resource):
    """`client.b`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /b

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.call(Call[None](_GET), options)


class AsyncB(AsyncResource):
    """The asynchronous form of `B`."""

    get = asynchronous(B.get)


_GET = Operation("open", "GET /b", {"204": {}})
