"""Files."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from ._runtime.client import AsyncCore, Core
from ._runtime.operation import Call, Operation, Param, RequestOptions


class Files:
    """`client.files`."""

    def __init__(self, core: Core) -> None:
        self._core = core

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

        Returns:
            OK
        """
        return self._core.call(
            _find(
                folder,
                name,
                since=since,
                limit=limit,
                query_name=query_name,
                ids=ids,
                tags=tags,
                filter=filter,
                x_trace_id=x_trace_id,
                session=session,
                deep=deep,
                options_=options_,
            ),
            options,
        )


class AsyncFiles:
    """`client.files` of the asynchronous client."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def find(
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

        Returns:
            OK
        """
        return await self._core.call(
            _find(
                folder,
                name,
                since=since,
                limit=limit,
                query_name=query_name,
                ids=ids,
                tags=tags,
                filter=filter,
                x_trace_id=x_trace_id,
                session=session,
                deep=deep,
                options_=options_,
            ),
            options,
        )


_FIND = Operation(
    "findFile",
    "GET",
    ("/files/", "folder", "/", "name", ".json"),
    responses={"200": {"application/json": "str"}},
    params=(
        Param("query", "ids", explode=False),
        Param("query", "filter", media_type="application/json"),
        Param("query", "deep", style="deepObject", explode=True),
    ),
)


def _find(
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
) -> Call[str]:
    return Call(
        _FIND,
        path=(folder, name),
        query={
            "since": since,
            "limit": limit,
            "name": query_name,
            "ids": ids,
            "tags": tags,
            "filter": filter,
            "deep": deep,
            "options": options_,
        },
        header={"X-Trace-Id": x_trace_id},
        cookie={"session": session},
    )
