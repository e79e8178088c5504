"""Items."""

from __future__ import annotations

import builtins

from . import models
from ._runtime.client import AsyncCore, Core
from ._runtime.operation import Call, Operation, RequestOptions


class Items:
    """`client.items`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def list(
        self,
        *,
        state: models.State | None = None,
        sort: models.ListItemsSort | None = None,
        options: RequestOptions | None = None,
    ) -> builtins.list[models.Item]:
        """GET /items

        Returns:
            OK
        """
        return self._core.call(_list(state=state, sort=sort), options)


class AsyncItems:
    """`client.items` of the asynchronous client."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def list(
        self,
        *,
        state: models.State | None = None,
        sort: models.ListItemsSort | None = None,
        options: RequestOptions | None = None,
    ) -> builtins.list[models.Item]:
        """GET /items

        Returns:
            OK
        """
        return await self._core.call(_list(state=state, sort=sort), options)


_LIST = Operation(
    "listItems",
    "GET",
    ("/items",),
    responses={"200": {"application/json": "list[Item]"}},
)


def _list(
    *,
    state: models.State | None = None,
    sort: models.ListItemsSort | None = None,
) -> Call[builtins.list[models.Item]]:
    return Call(_LIST, query={"state": state, "sort": sort})
