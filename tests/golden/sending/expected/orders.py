"""Orders."""

from __future__ import annotations

from typing import Any

from . import models
from ._options import RequestOptions
from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.operation import Call
from ._runtime.styles import Param


class Orders(Resource):
    """`client.orders`."""

    def create(
        self,
        *,
        items: list[str],
        size: models.Size | None = None,
        note: models.Size | None = None,
        idempotency_key: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.Order:
        """POST /orders

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Args:
            idempotency_key: Sent on every attempt, so that the server does the work
                once; a random one by default.

        Returns:
            The new order.
        """
        call: Call[models.Order] = Call(
            _CREATE,
            body={"items": items, "size": size, "note": note},
            content_type="application/x-www-form-urlencoded",
            idempotency_key=idempotency_key,
        )
        return self._core.call(call, options)

    def list_lines(
        self,
        path: str,
        filter: list[str],
        *,
        whole: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> int:
        """GET /orders/{path}/lines{filter}

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Returns:
            OK
        """
        call: Call[int] = Call(_LIST_LINES, path=(path, filter), query={"whole": whole})
        return self._core.call(call, options)

    def search(
        self, *, q: dict[str, Any] | None = None, options: RequestOptions | None = None
    ) -> int:
        """GET /orders

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Returns:
            OK
        """
        return self._core.call(Call(_SEARCH, query={"q": q}), options)


class AsyncOrders(AsyncResource):
    """The asynchronous form of `Orders`."""

    async def create(
        self,
        *,
        items: list[str],
        size: models.Size | None = None,
        note: models.Size | None = None,
        idempotency_key: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.Order:
        """The asynchronous form of `Orders.create`."""
        call: Call[models.Order] = Call(
            _CREATE,
            body={"items": items, "size": size, "note": note},
            content_type="application/x-www-form-urlencoded",
            idempotency_key=idempotency_key,
        )
        return await self._core.call(call, options)

    async def list_lines(
        self,
        path: str,
        filter: list[str],
        *,
        whole: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> int:
        """The asynchronous form of `Orders.list_lines`."""
        call: Call[int] = Call(_LIST_LINES, path=(path, filter), query={"whole": whole})
        return await self._core.call(call, options)

    async def search(
        self, *, q: dict[str, Any] | None = None, options: RequestOptions | None = None
    ) -> int:
        """The asynchronous form of `Orders.search`."""
        return await self._core.call(Call(_SEARCH, query={"q": q}), options)


_CREATE = Operation(
    "createOrder",
    "POST",
    ("/orders",),
    responses={"201": {"application/json": "Order"}},
    params=(
        Param("form", "items", style="pipeDelimited"),
        Param("form", "size", style="deepObject", explode=True),
    ),
    server="https://eu.example.com",
    retry_statuses=(503,),
    idempotency_header="Idempotency-Key",
    encodings={"note": "application/json"},
)
_LIST_LINES = Operation(
    "listLines",
    "GET",
    ("/orders/", "path", "/lines", "filter", ""),
    responses={"200": {"application/json": "int"}},
    params=(
        Param("path", "path", allow_reserved=True),
        Param("path", "filter", style="matrix", explode=True),
        Param("querystring", "whole", media_type="application/x-www-form-urlencoded"),
    ),
)
_SEARCH = Operation(
    "searchOrders",
    "GET",
    ("/orders",),
    responses={"200": {"application/json": "int"}},
    security=(("Authorization",), ()),
    params=(Param("querystring", "q", media_type="application/json"),),
)
