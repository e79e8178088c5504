"""Checks."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Checks(Resource):
    """`client.checks`."""

    def get(self, id: str, *, options: RequestOptions | None = None) -> models.Batch:
        """GET /checks/{id}

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Returns:
            OK
        """
        return self._core.call(Call(_GET, path=(id,)), options)


class AsyncChecks(AsyncResource):
    """The asynchronous form of `Checks`."""

    async def get(
        self, id: str, *, options: RequestOptions | None = None
    ) -> models.Batch:
        """The asynchronous form of `Checks.get`."""
        return await self._core.call(Call(_GET, path=(id,)), options)


_GET = Operation(
    "getCheck",
    "GET",
    ("/checks/", "id", ""),
    responses={"200": {"application/json": "Batch"}},
)
