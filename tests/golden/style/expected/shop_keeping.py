"""Shop keeping."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class ShopKeeping(Resource):
    """`client.shop_keeping`."""

    def delete(self, shop: str, *, options: RequestOptions | None = None) -> None:
        """DELETE /v1/shops/{shop}

        Safe to send again."""
        return self._core.send_none(_DELETE, options, path=(shop,))


class AsyncShopKeeping(AsyncResource):
    delete = asynchronous(ShopKeeping.delete)


_DELETE = Operation("DELETE /v1/shops/{shop}", "DELETE /v1/shops/{shop}", {"204": {}})
