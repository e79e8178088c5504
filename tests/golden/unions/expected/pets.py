"""Pets."""

from __future__ import annotations

import builtins

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Pets(Resource):
    """`client.pets`."""

    def list(
        self, *, options: RequestOptions | None = None
    ) -> builtins.list[models.Pet]:
        """GET /pets

        Safe to send again."""
        return self._core.send(_LIST, options)


class AsyncPets(AsyncResource):
    list = asynchronous(Pets.list)


_LIST = Operation("listPets", "GET /pets", {"200": "list[Pet]"})
