"""Exact."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Exact(Resource):
    """`client.exact`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /exact

        Raises NotFoundError. Safe to send again."""
        return self._core.send_none(_GET, options)


class AsyncExact(AsyncResource):
    get = asynchronous(Exact.get)


_GET = Operation("exact", "GET /exact", {"204": {}, "404": "Missing", "5XX": "Failure"})
