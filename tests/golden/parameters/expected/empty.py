"""Empty."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions
from ._runtime.styles import Param


class Empty(Resource):
    """`client.empty`."""

    def get(
        self,
        kind: models.GetEmptyKind,
        *,
        flag: str | None = None,
        ids: list[int] | None = None,
        tags: list[str] | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /empty/{kind}

        Safe to send again."""
        return self._core.send_none(
            _GET, options, path=(kind,), query={"flag": flag, "ids": ids, "tags": tags}
        )


class AsyncEmpty(AsyncResource):
    get = asynchronous(Empty.get)


_GET = Operation(
    "getEmpty",
    "GET /empty/{kind}",
    {"204": {}},
    params=(
        Param("path", "kind", allow_empty=True),
        Param("query", "ids", allow_empty=True),
    ),
)
