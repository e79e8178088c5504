"""Lambda."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Lambda(Resource):
    """`client.lambda_`."""

    def get(self, from_: str, *, options: RequestOptions | None = None) -> None:
        """GET /lambda/{from}

        Safe to send again."""
        return self._core.send_none(_GET, options, path=(from_,))


class AsyncLambda(AsyncResource):
    get = asynchronous(Lambda.get)


_GET = Operation("GET /lambda/{from}", "GET /lambda/{from}", {"204": {}})
