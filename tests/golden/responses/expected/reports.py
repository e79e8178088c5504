"""Reports."""

from __future__ import annotations

from functools import cached_property
from os import PathLike
from typing import IO, Literal, overload

from . import models
from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Reports(Resource):
    """`client.reports`."""

    @cached_property
    def cover(self) -> ReportsCover:
        """Cover."""
        return ReportsCover(self._core)

    @cached_property
    def file(self) -> ReportsFile:
        """File."""
        return ReportsFile(self._core)

    @cached_property
    def source(self) -> ReportsSource:
        """Source."""
        return ReportsSource(self._core)

    @cached_property
    def summary(self) -> ReportsSummary:
        """Summary."""
        return ReportsSummary(self._core)

    def get(
        self, id: int, *, options: RequestOptions | None = None
    ) -> models.Report | models.Ticket | None:
        """GET /reports/{id}

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Returns:
            Ready
        """
        return self._core.call(Call(_GET, path=(id,)), options)


class AsyncReports(AsyncResource):
    """The asynchronous form of `Reports`."""

    @cached_property
    def cover(self) -> AsyncReportsCover:
        """The asynchronous form of `Client.reports.cover`."""
        return AsyncReportsCover(self._core)

    @cached_property
    def file(self) -> AsyncReportsFile:
        """The asynchronous form of `Client.reports.file`."""
        return AsyncReportsFile(self._core)

    @cached_property
    def source(self) -> AsyncReportsSource:
        """The asynchronous form of `Client.reports.source`."""
        return AsyncReportsSource(self._core)

    @cached_property
    def summary(self) -> AsyncReportsSummary:
        """The asynchronous form of `Client.reports.summary`."""
        return AsyncReportsSummary(self._core)

    async def get(
        self, id: int, *, options: RequestOptions | None = None
    ) -> models.Report | models.Ticket | None:
        """The asynchronous form of `Reports.get`."""
        return await self._core.call(Call(_GET, path=(id,)), options)


class ReportsCover(Resource):
    """`client.reports.cover`."""

    def get(
        self,
        id: int,
        *,
        accept: Literal["image/png", "image/jpeg"] | None = None,
        options: RequestOptions | None = None,
    ) -> bytes:
        """GET /reports/{id}/cover

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Args:
            accept: Media type to ask for.

        Returns:
            OK
        """
        return self._core.call(Call(_COVER_GET, path=(id,), accept=accept), options)


class AsyncReportsCover(AsyncResource):
    """The asynchronous form of `ReportsCover`."""

    async def get(
        self,
        id: int,
        *,
        accept: Literal["image/png", "image/jpeg"] | None = None,
        options: RequestOptions | None = None,
    ) -> bytes:
        """The asynchronous form of `ReportsCover.get`."""
        call: Call[bytes] = Call(_COVER_GET, path=(id,), accept=accept)
        return await self._core.call(call, options)


class ReportsFile(Resource):
    """`client.reports.file`."""

    @overload
    def get(
        self,
        id: int,
        *,
        accept: Literal["application/pdf"] | None = None,
        options: RequestOptions | None = None,
    ) -> bytes: ...

    @overload
    def get(
        self,
        id: int,
        *,
        accept: Literal["text/plain"],
        options: RequestOptions | None = None,
    ) -> str: ...

    def get(
        self,
        id: int,
        *,
        accept: str | None = None,
        options: RequestOptions | None = None,
    ) -> bytes | str:
        """GET /reports/{id}/file

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Args:
            accept: Media type to ask for.

        Returns:
            OK
        """
        return self._core.call(Call(_FILE_GET, path=(id,), accept=accept), options)


class AsyncReportsFile(AsyncResource):
    """The asynchronous form of `ReportsFile`."""

    @overload
    async def get(
        self,
        id: int,
        *,
        accept: Literal["application/pdf"] | None = None,
        options: RequestOptions | None = None,
    ) -> bytes: ...

    @overload
    async def get(
        self,
        id: int,
        *,
        accept: Literal["text/plain"],
        options: RequestOptions | None = None,
    ) -> str: ...

    async def get(
        self,
        id: int,
        *,
        accept: str | None = None,
        options: RequestOptions | None = None,
    ) -> bytes | str:
        """The asynchronous form of `ReportsFile.get`."""
        call: Call[bytes | str] = Call(_FILE_GET, path=(id,), accept=accept)
        return await self._core.call(call, options)


class ReportsSource(Resource):
    """`client.reports.source`."""

    def get(self, id: int, *, options: RequestOptions | None = None) -> bytes:
        """GET /reports/{id}/source

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Returns:
            A file that happens to be JSON
        """
        return self._core.call(Call(_SOURCE_GET, path=(id,)), options)

    def update(
        self,
        id: int,
        *,
        body: bytes | IO[bytes] | PathLike[str],
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /reports/{id}/source

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_SOURCE_UPDATE, path=(id,), body=body)
        return self._core.call(call, options)


class AsyncReportsSource(AsyncResource):
    """The asynchronous form of `ReportsSource`."""

    async def get(self, id: int, *, options: RequestOptions | None = None) -> bytes:
        """The asynchronous form of `ReportsSource.get`."""
        return await self._core.call(Call(_SOURCE_GET, path=(id,)), options)

    async def update(
        self,
        id: int,
        *,
        body: bytes | IO[bytes] | PathLike[str],
        options: RequestOptions | None = None,
    ) -> None:
        """The asynchronous form of `ReportsSource.update`."""
        call: Call[None] = Call(_SOURCE_UPDATE, path=(id,), body=body)
        return await self._core.call(call, options)


class ReportsSummary(Resource):
    """`client.reports.summary`."""

    @overload
    def get(
        self,
        id: int,
        *,
        accept: Literal["application/json"] | None = None,
        options: RequestOptions | None = None,
    ) -> models.Report | models.Ticket: ...

    @overload
    def get(
        self,
        id: int,
        *,
        accept: Literal["application/xml", "*/*"],
        options: RequestOptions | None = None,
    ) -> bytes | models.Ticket: ...

    @overload
    def get(
        self,
        id: int,
        *,
        accept: Literal["text/csv", "text/plain"],
        options: RequestOptions | None = None,
    ) -> str | models.Ticket: ...

    def get(
        self,
        id: int,
        *,
        accept: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.Report | models.Ticket | bytes | str:
        """GET /reports/{id}/summary

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Args:
            accept: Media type to ask for.

        Returns:
            OK
        """
        return self._core.call(Call(_SUMMARY_GET, path=(id,), accept=accept), options)


class AsyncReportsSummary(AsyncResource):
    """The asynchronous form of `ReportsSummary`."""

    @overload
    async def get(
        self,
        id: int,
        *,
        accept: Literal["application/json"] | None = None,
        options: RequestOptions | None = None,
    ) -> models.Report | models.Ticket: ...

    @overload
    async def get(
        self,
        id: int,
        *,
        accept: Literal["application/xml", "*/*"],
        options: RequestOptions | None = None,
    ) -> bytes | models.Ticket: ...

    @overload
    async def get(
        self,
        id: int,
        *,
        accept: Literal["text/csv", "text/plain"],
        options: RequestOptions | None = None,
    ) -> str | models.Ticket: ...

    async def get(
        self,
        id: int,
        *,
        accept: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.Report | models.Ticket | bytes | str:
        """The asynchronous form of `ReportsSummary.get`."""
        call: Call[models.Report | models.Ticket | bytes | str] = Call(
            _SUMMARY_GET, path=(id,), accept=accept
        )
        return await self._core.call(call, options)


_COVER_GET = Operation(
    "getReportCover",
    "GET",
    ("/reports/", "id", "/cover"),
    responses={"200": {"image/png": "bytes", "image/jpeg": "bytes"}},
)
_FILE_GET = Operation(
    "getReportFile",
    "GET",
    ("/reports/", "id", "/file"),
    responses={"200": {"application/pdf": "bytes", "text/plain": "str"}},
)
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
_SOURCE_GET = Operation(
    "getReportSource",
    "GET",
    ("/reports/", "id", "/source"),
    responses={"200": {"application/json": "raw"}},
)
_SOURCE_UPDATE = Operation(
    "putReportSource",
    "PUT",
    ("/reports/", "id", "/source"),
    responses={"204": {}},
    files=("",),
)
_SUMMARY_GET = Operation(
    "GET /reports/{id}/summary",
    "GET",
    ("/reports/", "id", "/summary"),
    responses={
        "200": {
            "application/xml": "bytes",
            "application/json": "Report",
            "text/csv": "str",
            "text/plain": "str",
            "*/*": "bytes",
        },
        "202": {"application/json": "Ticket"},
    },
)
