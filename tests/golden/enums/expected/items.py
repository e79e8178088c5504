"""Items."""

from __future__ import annotations

import builtins

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Items(Resource):
    """`client.items`."""

    def list(
        self,
        *,
        state: models.State | None = None,
        sort: models.ListItemsSort | None = None,
        options: RequestOptions | None = None,
    ) -> builtins.list[models.Item]:
        """GET /items

        Safe to send again."""
        return self._core.send(_LIST, options, query={"state": state, "sort": sort})


class AsyncItems(AsyncResource):
    list = asynchronous(Items.list)


_LIST = Operation("listItems", "GET /items", {"200": "list[Item]"})
