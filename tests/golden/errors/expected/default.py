"""Default."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Default(Resource):
    """`client.default`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /default

        Raises ConflictError, Status501Error. Safe to send again."""
        return self._core.send_none(_GET, options)


class AsyncDefault(AsyncResource):
    get = asynchronous(Default.get)


_GET = Operation(
    "default", "GET /default", {"204": {}, "409": {}, "default": "Problem"}
)
