"""None."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class None_(Resource):
    """`client.none`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /None

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.call(Call[None](_GET), options)


class AsyncNone_(AsyncResource):
    """The asynchronous form of `None_`."""

    get = asynchronous(None_.get)


_GET = Operation("GET /None", "GET /None", {"204": {}})
