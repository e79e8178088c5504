"""Pets."""

from __future__ import annotations

import builtins

from . import models
from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Pets(Resource):
    """`client.pets`."""

    def get_fallback(self, *, options: RequestOptions | None = None) -> models.Fallback:
        """GET /fallback

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Returns:
            OK
        """
        return self._core.call(Call(_GET_FALLBACK), options)

    def list(
        self, *, options: RequestOptions | None = None
    ) -> builtins.list[models.Pet]:
        """GET /pets

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Returns:
            OK
        """
        return self._core.call(Call(_LIST), options)


class AsyncPets(AsyncResource):
    """The asynchronous form of `Pets`."""

    async def get_fallback(
        self, *, options: RequestOptions | None = None
    ) -> models.Fallback:
        """The asynchronous form of `Pets.get_fallback`."""
        return await self._core.call(Call(_GET_FALLBACK), options)

    async def list(
        self, *, options: RequestOptions | None = None
    ) -> builtins.list[models.Pet]:
        """The asynchronous form of `Pets.list`."""
        return await self._core.call(Call(_LIST), options)


_GET_FALLBACK = Operation(
    "getFallback",
    "GET",
    ("/fallback",),
    responses={"200": {"application/json": "Fallback"}},
)
_LIST = Operation(
    "listPets", "GET", ("/pets",), responses={"200": {"application/json": "list[Pet]"}}
)
