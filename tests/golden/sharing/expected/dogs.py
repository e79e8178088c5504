"""dogs."""

from __future__ import annotations

import builtins

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Dogs(Resource):
    """`client.dogs`."""

    def list(
        self,
        *,
        order: models.ListCatsOrder | None = None,
        mood: models.ListDogsMood | None = None,
        options: RequestOptions | None = None,
    ) -> builtins.list[models.ListCatsResponseItem]:
        """GET /dogs

        Raises BadRequestError, ConflictError. Safe to send again."""
        return self._core.send(_LIST, options, query={"order": order, "mood": mood})


class AsyncDogs(AsyncResource):
    list = asynchronous(Dogs.list)


_LIST = Operation("listDogs", "GET /dogs", {"200": "list[ListCatsResponseItem]"})
