"""Logs."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions
from ._runtime.styles import Param


class Logs(Resource):
    """`client.logs`."""

    def get(
        self,
        parent: str,
        level: list[str],
        format: str,
        *,
        page: int | None = None,
        size: int | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /v1/{parent}/logs{level}{format}

        Safe to send again."""
        query = {"page": page, "size": size}
        return self._core.send_none(
            _GET, options, path=(parent, level, format), query=query
        )


class AsyncLogs(AsyncResource):
    get = asynchronous(Logs.get)


_GET = Operation(
    "listLogs",
    "GET /v1/{parent}/logs{level}{format}",
    {"204": {}},
    params=(
        Param("path", "parent", allow_reserved=True),
        Param("path", "level", style="matrix", explode=True),
        Param("path", "format", style="label"),
    ),
)
