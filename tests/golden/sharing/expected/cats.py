"""cats."""

from __future__ import annotations

import builtins

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Cats(Resource):
    """`client.cats`."""

    def list(
        self,
        *,
        order: models.ListCatsOrder | None = None,
        options: RequestOptions | None = None,
    ) -> builtins.list[models.ListCatsResponseItem]:
        """GET /cats

        Raises BadRequestError, NotFoundError. Safe to send again."""
        return self._core.send(_LIST, options, query={"order": order})


class AsyncCats(AsyncResource):
    list = asynchronous(Cats.list)


_LIST = Operation("listCats", "GET /cats", {"200": "list[ListCatsResponseItem]"})
