"""Pets."""

from __future__ import annotations

import builtins

from . import models
from ._runtime.client import AsyncCore, Core
from ._runtime.operation import Call, Operation, RequestOptions


class Pets:
    """`client.pets`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[models.Pet]:
        """GET /pets

        Returns:
            OK
        """
        return self._core.call(_list(), options)


class AsyncPets:
    """`client.pets` of the asynchronous client."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[models.Pet]:
        """GET /pets

        Returns:
            OK
        """
        return await self._core.call(_list(), options)


_LIST = Operation(
    "listPets",
    "GET",
    ("/pets",),
    responses={"200": {"application/json": "list[Pet]"}},
)


def _list() -> Call[builtins.list[models.Pet]]:
    return Call(_LIST)
