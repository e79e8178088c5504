"""Orders."""

from __future__ import annotations

import builtins
from typing import Any

from . import models
from ._options import RequestOptions
from ._runtime.client import AsyncResource, Resource, asynchronous, lazy_resource
from ._runtime.declarations import Operation
from ._runtime.styles import Param


class Orders(Resource):
    """`client.orders`."""

    lines: OrdersLines = lazy_resource("OrdersLines")

    def create(
        self,
        *,
        items: builtins.list[str],
        size: models.Size | None = None,
        note: models.Size | None = None,
        idempotency_key: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.Order:
        """POST /orders

        Args:
            idempotency_key: Sent on every attempt, so that the server does the work
                once; a random one by default.

        Returns: The new order. Sent again after a lost connection, 408, 425, 429 and
        5xx."""
        body = {"items": items, "size": size, "note": note}
        return self._core.send(
            _CREATE,
            options,
            body=body,
            content_type="application/x-www-form-urlencoded",
            idempotency_key=idempotency_key,
        )

    def list(
        self, *, q: dict[str, Any] | None = None, options: RequestOptions | None = None
    ) -> int:
        """GET /orders

        Safe to send again."""
        return self._core.send(_LIST, options, query={"q": q})


class AsyncOrders(AsyncResource):
    lines: AsyncOrdersLines = lazy_resource("AsyncOrdersLines")

    create = asynchronous(Orders.create)
    list = asynchronous(Orders.list)


class OrdersLines(Resource):
    """`client.orders.lines`."""

    def get(
        self,
        path: str,
        filter: list[str],
        *,
        whole: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> int:
        """GET /orders/{path}/lines{filter}

        Safe to send again."""
        return self._core.send(
            _LINES_GET, options, path=(path, filter), query={"whole": whole}
        )


class AsyncOrdersLines(AsyncResource):
    get = asynchronous(OrdersLines.get)


_CREATE = Operation(
    "createOrder",
    "POST /orders",
    {"201": "Order"},
    params=(
        Param("form", "items", style="pipeDelimited"),
        Param("form", "size", style="deepObject", explode=True),
    ),
    server="https://eu.example.com",
    retry_statuses=(503,),
    idempotency_header="Idempotency-Key",
    encodings={"note": "application/json"},
)
_LINES_GET = Operation(
    "listLines",
    "GET /orders/{path}/lines{filter}",
    {"200": "int"},
    params=(
        Param("path", "path", allow_reserved=True),
        Param("path", "filter", style="matrix", explode=True),
        Param("querystring", "whole", media_type="application/x-www-form-urlencoded"),
    ),
)
_LIST = Operation(
    "searchOrders",
    "GET /orders",
    {"200": "int"},
    security=(("Authorization",), ()),
    params=(Param("querystring", "q", media_type="application/json"),),
)
