"""E."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class E(Resource):
    """`client.e`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /e

        Safe to send again."""
        return self._core.send_none(_GET, options)


class AsyncE(AsyncResource):
    get = asynchronous(E.get)


_GET = Operation("flows", "GET /e", {"204": {}}, security=(("FlowA",),))
