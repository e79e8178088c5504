"""Reports."""

from __future__ import annotations

from os import PathLike
from typing import IO, Literal

from . import models
from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Reports(Resource):
    """`client.reports`."""

    def get(
        self, id: int, *, options: RequestOptions | None = None
    ) -> models.Report | models.Ticket | None:
        """GET /reports/{id}

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Returns:
            Ready
        """
        return self._core.call(Call(_GET, path=(id,)), options)

    def get_cover(
        self,
        id: int,
        *,
        accept: Literal["image/png", "image/jpeg"] | None = None,
        options: RequestOptions | None = None,
    ) -> bytes:
        """GET /reports/{id}/cover

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Args:
            accept: Media type to ask for; all documented ones by default.

        Returns:
            OK
        """
        return self._core.call(Call(_GET_COVER, path=(id,), accept=accept), options)

    def get_file(
        self,
        id: int,
        *,
        accept: Literal["application/pdf", "text/plain"] | None = None,
        options: RequestOptions | None = None,
    ) -> bytes | str:
        """GET /reports/{id}/file

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Args:
            accept: Media type to ask for; all documented ones by default.

        Returns:
            OK
        """
        return self._core.call(Call(_GET_FILE, path=(id,), accept=accept), options)

    def get_source(self, id: int, *, options: RequestOptions | None = None) -> bytes:
        """GET /reports/{id}/source

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Returns:
            A file that happens to be JSON
        """
        return self._core.call(Call(_GET_SOURCE, path=(id,)), options)

    def put_source(
        self,
        id: int,
        *,
        body: bytes | IO[bytes] | PathLike[str],
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /reports/{id}/source

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_PUT_SOURCE, path=(id,), body=body)
        return self._core.call(call, options)


class AsyncReports(AsyncResource):
    """The asynchronous form of `Reports`."""

    async def get(
        self, id: int, *, options: RequestOptions | None = None
    ) -> models.Report | models.Ticket | None:
        """The asynchronous form of `Reports.get`."""
        return await self._core.call(Call(_GET, path=(id,)), options)

    async def get_cover(
        self,
        id: int,
        *,
        accept: Literal["image/png", "image/jpeg"] | None = None,
        options: RequestOptions | None = None,
    ) -> bytes:
        """The asynchronous form of `Reports.get_cover`."""
        call: Call[bytes] = Call(_GET_COVER, path=(id,), accept=accept)
        return await self._core.call(call, options)

    async def get_file(
        self,
        id: int,
        *,
        accept: Literal["application/pdf", "text/plain"] | None = None,
        options: RequestOptions | None = None,
    ) -> bytes | str:
        """The asynchronous form of `Reports.get_file`."""
        call: Call[bytes | str] = Call(_GET_FILE, path=(id,), accept=accept)
        return await self._core.call(call, options)

    async def get_source(
        self, id: int, *, options: RequestOptions | None = None
    ) -> bytes:
        """The asynchronous form of `Reports.get_source`."""
        return await self._core.call(Call(_GET_SOURCE, path=(id,)), options)

    async def put_source(
        self,
        id: int,
        *,
        body: bytes | IO[bytes] | PathLike[str],
        options: RequestOptions | None = None,
    ) -> None:
        """The asynchronous form of `Reports.put_source`."""
        call: Call[None] = Call(_PUT_SOURCE, path=(id,), body=body)
        return await self._core.call(call, options)


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
_GET_COVER = Operation(
    "getReportCover",
    "GET",
    ("/reports/", "id", "/cover"),
    responses={"200": {"image/png": "bytes", "image/jpeg": "bytes"}},
)
_GET_FILE = Operation(
    "getReportFile",
    "GET",
    ("/reports/", "id", "/file"),
    responses={"200": {"application/pdf": "bytes", "text/plain": "str"}},
)
_GET_SOURCE = Operation(
    "getReportSource",
    "GET",
    ("/reports/", "id", "/source"),
    responses={"200": {"application/json": "raw"}},
)
_PUT_SOURCE = Operation(
    "putReportSource",
    "PUT",
    ("/reports/", "id", "/source"),
    responses={"204": {}},
    files=("",),
)
