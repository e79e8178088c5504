"""Lambda."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Lambda(Resource):
    """`client.lambda_`."""

    def get(self, from_: str, *, options: RequestOptions | None = None) -> None:
        """GET /lambda/{from}

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.call(Call[None](_GET, path=(from_,)), options)


class AsyncLambda(AsyncResource):
    """The asynchronous form of `Lambda`."""

    get = asynchronous(Lambda.get)


_GET = Operation("GET /lambda/{from}", "GET /lambda/{from}", {"204": {}})
