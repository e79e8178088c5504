"""D."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class D(Resource):
    """`client.d`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /d

        Safe to send again."""
        return self._core.send_none(_GET, options)


class AsyncD(AsyncResource):
    get = asynchronous(D.get)


_GET = Operation("own", "GET /d", {"204": {}}, security=(("Own",),))
