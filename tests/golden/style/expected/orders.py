"""Orders."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Orders(Resource):
    """`client.orders`."""

    def list_by_shop(
        self, shop: str, *, options: RequestOptions | None = None
    ) -> list[str]:
        """GET /v1/shops/{shop}/orders

        Safe to send again."""
        return self._core.send(_LIST_BY_SHOP, options, path=(shop,))


class AsyncOrders(AsyncResource):
    list_by_shop = asynchronous(Orders.list_by_shop)


_LIST_BY_SHOP = Operation(
    "listOrdersByShop", "GET /v1/shops/{shop}/orders", {"200": "list[str]"}
)
