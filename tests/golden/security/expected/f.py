"""F."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class F(Resource):
    """`client.f`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /f

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.call(Call[None](_GET), options)


class AsyncF(AsyncResource):
    """The asynchronous form of `F`."""

    get = asynchronous(F.get)


_GET = Operation("more", "GET /f", {"204": {}}, security=(("Token",), ()))
