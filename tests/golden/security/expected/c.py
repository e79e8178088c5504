"""C."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class C(Resource):
    """`client.c`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /c

        Safe to send again."""
        return self._core.send_none(_GET, options)


class AsyncC(AsyncResource):
    get = asynchronous(C.get)


_GET = Operation("login", "GET /c", {"204": {}}, security=(("Login",),))
