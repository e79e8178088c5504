"""Shop keeping."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class ShopKeeping(Resource):
    """`client.shop_keeping`."""

    def delete(self, shop: str, *, options: RequestOptions | None = None) -> None:
        """DELETE /v1/shops/{shop}

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.call(Call[None](_DELETE, path=(shop,)), options)


class AsyncShopKeeping(AsyncResource):
    """The asynchronous form of `ShopKeeping`."""

    delete = asynchronous(ShopKeeping.delete)


_DELETE = Operation("DELETE /v1/shops/{shop}", "DELETE /v1/shops/{shop}", {"204": {}})
