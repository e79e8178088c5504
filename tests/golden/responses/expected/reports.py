"""Reports."""

from __future__ import annotations

from os import PathLike
from typing import IO, Literal

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

    def get_cover(
        self,
        id: int,
        *,
        accept: Literal["image/png", "image/jpeg"] | None = None,
        options: RequestOptions | None = None,
    ) -> bytes:
        """GET /reports/{id}/cover

        Args:
            accept: Media type to ask for; the documented ones by default.

        Returns:
            OK
        """
        return self._core.call(_get_cover(id, accept=accept), options)

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

    def get_source(self, id: int, *, options: RequestOptions | None = None) -> bytes:
        """GET /reports/{id}/source

        Returns:
            A file that happens to be JSON
        """
        return self._core.call(_get_source(id), options)

    def put_source(
        self,
        id: int,
        *,
        body: bytes | IO[bytes] | PathLike[str],
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /reports/{id}/source"""
        return self._core.call(_put_source(id, body=body), options)


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

    async def get_cover(
        self,
        id: int,
        *,
        accept: Literal["image/png", "image/jpeg"] | None = None,
        options: RequestOptions | None = None,
    ) -> bytes:
        """GET /reports/{id}/cover

        Args:
            accept: Media type to ask for; the documented ones by default.

        Returns:
            OK
        """
        return await self._core.call(_get_cover(id, accept=accept), options)

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

    async def get_source(
        self,
        id: int,
        *,
        options: RequestOptions | None = None,
    ) -> bytes:
        """GET /reports/{id}/source

        Returns:
            A file that happens to be JSON
        """
        return await self._core.call(_get_source(id), options)

    async def put_source(
        self,
        id: int,
        *,
        body: bytes | IO[bytes] | PathLike[str],
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /reports/{id}/source"""
        return await self._core.call(_put_source(id, body=body), options)


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


_GET_COVER = Operation(
    "getReportCover",
    "GET",
    ("/reports/", "id", "/cover"),
    responses={"200": {"image/png": "bytes", "image/jpeg": "bytes"}},
)


def _get_cover(
    id: int,
    *,
    accept: Literal["image/png", "image/jpeg"] | None = None,
) -> Call[bytes]:
    return Call(_GET_COVER, path=(id,), accept=accept)


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


_GET_SOURCE = Operation(
    "getReportSource",
    "GET",
    ("/reports/", "id", "/source"),
    responses={"200": {"application/json": "raw"}},
)


def _get_source(id: int) -> Call[bytes]:
    return Call(_GET_SOURCE, path=(id,))


_PUT_SOURCE = Operation(
    "putReportSource",
    "PUT",
    ("/reports/", "id", "/source"),
    responses={"204": {}},
    files=("",),
)


def _put_source(id: int, *, body: bytes | IO[bytes] | PathLike[str]) -> Call[None]:
    return Call(_PUT_SOURCE, path=(id,), body=body, content_type="application/json")
