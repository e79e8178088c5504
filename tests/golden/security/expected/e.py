"""E."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class E(Resource):
    """`client.e`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /e

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.call(Call[None](_GET), options)


class AsyncE(AsyncResource):
    """The asynchronous form of `E`."""

    get = asynchronous(E.get)


_GET = Operation("flows", "GET /e", {"204": {}}, security=(("FlowA",),))
