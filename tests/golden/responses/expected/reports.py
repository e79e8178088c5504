"""Reports."""

from __future__ import annotations

from typing import Literal

from . import models
from ._runtime.client import AsyncCore, Core
from ._runtime.operation import Call, Operation, RequestOptions


class Reports:
    """`client.reports`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def get(
        self,
        id: int,
        *,
        options: RequestOptions | None = None,
    ) -> models.Report | models.Ticket | None:
        """GET /reports/{id}

        Returns:
            Ready
        """
        return self._core.call(_get(id), options)

    def get_file(
        self,
        id: int,
        *,
        accept: Literal["application/pdf", "text/plain"] | None = None,
        options: RequestOptions | None = None,
    ) -> bytes | str:
        """GET /reports/{id}/file

        Args:
            accept: Media type to ask for; the documented ones by default.

        Returns:
            OK
        """
        return self._core.call(_get_file(id, accept=accept), options)


class AsyncReports:
    """`client.reports` of the asynchronous client."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def get(
        self,
        id: int,
        *,
        options: RequestOptions | None = None,
    ) -> models.Report | models.Ticket | None:
        """GET /reports/{id}

        Returns:
            Ready
        """
        return await self._core.call(_get(id), options)

    async def get_file(
        self,
        id: int,
        *,
        accept: Literal["application/pdf", "text/plain"] | None = None,
        options: RequestOptions | None = None,
    ) -> bytes | str:
        """GET /reports/{id}/file

        Args:
            accept: Media type to ask for; the documented ones by default.

        Returns:
            OK
        """
        return await self._core.call(_get_file(id, accept=accept), options)


_GET = Operation(
    "getReport",
    "GET",
    ("/reports/", "id", ""),
    responses={
        "200": {"application/json": "Report"},
        "202": {"application/json": "Ticket"},
        "204": {},
        "4XX": {"application/problem+json": "Problem"},
        "default": {"application/json": "Problem"},
    },
)


def _get(id: int) -> Call[models.Report | models.Ticket | None]:
    return Call(_GET, path=(id,))


_GET_FILE = Operation(
    "getReportFile",
    "GET",
    ("/reports/", "id", "/file"),
    responses={"200": {"application/pdf": "bytes", "text/plain": "str"}},
)


def _get_file(
    id: int,
    *,
    accept: Literal["application/pdf", "text/plain"] | None = None,
) -> Call[bytes | str]:
    return Call(_GET_FILE, path=(id,), accept=accept)
