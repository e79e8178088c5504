"""Job."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncCore, Core
from ._runtime.operation import Call, Operation, RequestOptions


class JobResource:
    """`client.job`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def create(self, *, options: RequestOptions | None = None) -> models.Job:
        """POST /v1/job

        Returns:
            OK
        """
        return self._core.call(_create(), options)

    def import_(self, *, options: RequestOptions | None = None) -> models.Job:
        """GET /v1/job

        Returns:
            OK
        """
        return self._core.call(_import_(), options)


class AsyncJobResource:
    """`client.job` of the asynchronous client."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def create(self, *, options: RequestOptions | None = None) -> models.Job:
        """POST /v1/job

        Returns:
            OK
        """
        return await self._core.call(_create(), options)

    async def import_(self, *, options: RequestOptions | None = None) -> models.Job:
        """GET /v1/job

        Returns:
            OK
        """
        return await self._core.call(_import_(), options)


_CREATE = Operation(
    "import_",
    "POST",
    ("/v1/job",),
    responses={"200": {"application/json": "Job"}},
)


def _create() -> Call[models.Job]:
    return Call(_CREATE)


_IMPORT = Operation(
    "import",
    "GET",
    ("/v1/job",),
    responses={"200": {"application/json": "Job"}},
)


def _import_() -> Call[models.Job]:
    return Call(_IMPORT)
