"""A."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class A(Resource):
    """`client.a`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /a

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.call(Call[None](_GET), options)


class AsyncA(AsyncResource):
    """The asynchronous form of `A`."""

    get = asynchronous(A.get)


_GET = Operation("either", "GET /a", {"204": {}}, security=(("Token",), ("App", "Key")))
