"""A."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class A(Resource):
    """`client.a`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /a

        Safe to send again."""
        return self._core.send_none(_GET, options)


class AsyncA(AsyncResource):
    get = asynchronous(A.get)


_GET = Operation("either", "GET /a", {"204": {}}, security=(("Token",), ("App", "Key")))
