"""Empty."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions
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

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        query = {"flag": flag, "ids": ids, "tags": tags}
        return self._core.call(Call[None](_GET, path=(kind,), query=query), options)


class AsyncEmpty(AsyncResource):
    """The asynchronous form of `Empty`."""

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
