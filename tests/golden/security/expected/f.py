"""F."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class F(Resource):
    """`client.f`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /f

        Safe to send again."""
        return self._core.send_none(_GET, options)


class AsyncF(AsyncResource):
    get = asynchronous(F.get)


_GET = Operation("more", "GET /f", {"204": {}}, security=(("Token",), ()))
