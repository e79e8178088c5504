"""Refunds."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Refunds(Resource):
    """`client.refunds`."""

    def create(
        self,
        shop: str,
        order: str,
        *,
        amount: int,
        options: RequestOptions | None = None,
    ) -> models.Refund:
        """POST /v1/shops/{shop}/orders/{order}/refunds

        Sent again only if it did not arrive, or after 429."""
        return self._core.send(
            _CREATE, options, path=(shop, order), body={"amount": amount}
        )


class AsyncRefunds(AsyncResource):
    create = asynchronous(Refunds.create)


_CREATE = Operation(
    "createRefund", "POST /v1/shops/{shop}/orders/{order}/refunds", {"201": "Refund"}
)
