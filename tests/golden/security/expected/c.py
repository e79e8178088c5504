"""C."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class C(Resource):
    """`client.c`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /c

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.call(Call[None](_GET), options)


class AsyncC(AsyncResource):
    """The asynchronous form of `C`."""

    get = asynchronous(C.get)


_GET = Operation("login", "GET /c", {"204": {}}, security=(("Login",),))
