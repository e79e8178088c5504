"""Shapes."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncCore, Core
from ._runtime.operation import Call, Operation, RequestOptions


class Shapes:
    """`client.shapes`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def get(self, *, options: RequestOptions | None = None) -> models.Shape | None:
        """GET /shape

        Returns:
            OK
        """
        return self._core.call(_get(), options)


class AsyncShapes:
    """`client.shapes` of the asynchronous client."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def get(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> models.Shape | None:
        """GET /shape

        Returns:
            OK
        """
        return await self._core.call(_get(), options)


_GET = Operation(
    "getShape",
    "GET",
    ("/shape",),
    responses={"200": {"application/json": "Shape | None"}},
)


def _get() -> Call[models.Shape | None]:
    return Call(_GET)
