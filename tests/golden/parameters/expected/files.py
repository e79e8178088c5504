"""Files."""

from __future__ import annotations

import datetime
import uuid
from typing import Any, Literal

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions
from ._runtime.styles import Param


class Files(Resource):
    """`client.files`."""

    def find(
        self,
        folder: str,
        name: uuid.UUID | str,
        *,
        since: datetime.datetime,
        limit: int | None = None,
        query_name: str | None = None,
        ids: list[int] | None = None,
        tags: list[str] | None = None,
        filter: dict[str, Any] | None = None,
        x_trace_id: str | None = None,
        session: str | None = None,
        deep: dict[str, int] | None = None,
        options_: bool | None = None,
        options: RequestOptions | None = None,
    ) -> str:
        """GET /files/{folder}/{name}.json

        Args:
            limit: How many. The API's default is `20`.

        Safe to send again."""
        query = {
            "since": since,
            "limit": limit,
            "name": query_name,
            "ids": ids,
            "tags": tags,
            "filter": filter,
            "deep": deep,
            "options": options_,
        }
        header = {"X-Trace-Id": x_trace_id}
        return self._core.send(
            _FIND,
            options,
            path=(folder, name),
            query=query,
            header=header,
            cookie={"session": session},
        )

    def get(
        self,
        *,
        extension: Literal["json"] = "json",
        x_target: Literal["Export"] = "Export",
        kind: Literal["all"] | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /files.{extension}

        Safe to send again."""
        query = {"kind": kind}
        return self._core.send_none(
            _GET, options, path=(extension,), query=query, header={"X-Target": x_target}
        )


class AsyncFiles(AsyncResource):
    find = asynchronous(Files.find)
    get = asynchronous(Files.get)


_FIND = Operation(
    "findFile",
    "GET /files/{folder}/{name}.json",
    {"200": "str"},
    params=(
        Param("query", "ids", explode=False),
        Param("query", "filter", media_type="application/json"),
        Param("query", "deep", style="deepObject", explode=True),
    ),
)
_GET = Operation("exportFiles", "GET /files.{extension}", {"204": {}})
