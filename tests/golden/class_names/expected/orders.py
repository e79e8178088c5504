"""Orders."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Orders(Resource):
    """`client.orders`."""

    def list(self, *, options: RequestOptions | None = None) -> models.PageUser:
        """GET /api/v1/orders

        Safe to send again."""
        return self._core.send(_LIST, options)


class AsyncOrders(AsyncResource):
    list = asynchronous(Orders.list)


_LIST = Operation("listOrders", "GET /api/v1/orders", {"200": "PageUser"})
