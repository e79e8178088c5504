"""Default."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Default(Resource):
    """`client.default`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /default

        Raises ConflictError. Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        return self._core.call(Call[None](_GET), options)


class AsyncDefault(AsyncResource):
    """The asynchronous form of `Default`."""

    get = asynchronous(Default.get)


_GET = Operation(
    "default", "GET /default", {"204": {}, "409": {}, "default": "Problem"}
)
