"""Reports."""

from __future__ import annotations

from os import PathLike
from typing import IO, Literal, overload

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous, lazy_resource
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Reports(Resource):
    """`client.reports`."""

    cover: ReportsCover = lazy_resource("ReportsCover")
    file: ReportsFile = lazy_resource("ReportsFile")
    source: ReportsSource = lazy_resource("ReportsSource")
    summary: ReportsSummary = lazy_resource("ReportsSummary")

    def get(
        self, id: int, *, options: RequestOptions | None = None
    ) -> models.Report | models.Ticket | None:
        """GET /reports/{id}

        Returns: Ready. Safe to send again."""
        return self._core.send(_GET, options, path=(id,))


class AsyncReports(AsyncResource):
    cover: AsyncReportsCover = lazy_resource("AsyncReportsCover")
    file: AsyncReportsFile = lazy_resource("AsyncReportsFile")
    source: AsyncReportsSource = lazy_resource("AsyncReportsSource")
    summary: AsyncReportsSummary = lazy_resource("AsyncReportsSummary")

    get = asynchronous(Reports.get)


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

        Args:
            accept: Media type to ask for.

        Safe to send again."""
        return self._core.send(_COVER_GET, options, path=(id,), accept=accept)


class AsyncReportsCover(AsyncResource):
    get = asynchronous(ReportsCover.get)


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

        Safe to send again. For accept see `cover.get`."""
        return self._core.send(_FILE_GET, options, path=(id,), accept=accept)


class AsyncReportsFile(AsyncResource):
    get = asynchronous(ReportsFile.get)


class ReportsSource(Resource):
    """`client.reports.source`."""

    def get(self, id: int, *, options: RequestOptions | None = None) -> bytes:
        """GET /reports/{id}/source

        Returns: A file that happens to be JSON. Safe to send again."""
        return self._core.send(_SOURCE_GET, options, path=(id,))

    def update(
        self,
        id: int,
        *,
        body: bytes | IO[bytes] | PathLike[str],
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /reports/{id}/source

        Safe to send again."""
        return self._core.send_none(_SOURCE_UPDATE, options, path=(id,), body=body)


class AsyncReportsSource(AsyncResource):
    get = asynchronous(ReportsSource.get)
    update = asynchronous(ReportsSource.update)


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

        Safe to send again. For accept see `cover.get`."""
        return self._core.send(_SUMMARY_GET, options, path=(id,), accept=accept)


class AsyncReportsSummary(AsyncResource):
    get = asynchronous(ReportsSummary.get)


_COVER_GET = Operation(
    "getReportCover",
    "GET /reports/{id}/cover",
    {"200": {"image/png": "bytes", "image/jpeg": "bytes"}},
)
_FILE_GET = Operation(
    "getReportFile",
    "GET /reports/{id}/file",
    {"200": {"application/pdf": "bytes", "text/plain": "str"}},
)
_GET = Operation(
    "getReport", "GET /reports/{id}", {"200": "Report", "202": "Ticket", "204": {}}
)
_SOURCE_GET = Operation("getReportSource", "GET /reports/{id}/source", {"200": "raw"})
_SOURCE_UPDATE = Operation(
    "putReportSource", "PUT /reports/{id}/source", {"204": {}}, files=("",)
)
_SUMMARY_GET = Operation(
    "GET /reports/{id}/summary",
    "GET /reports/{id}/summary",
    {
        "200": {
            "application/xml": "bytes",
            "application/json": "Report",
            "text/csv": "str",
            "text/plain": "str",
            "*/*": "bytes",
        },
        "202": "Ticket",
    },
)
