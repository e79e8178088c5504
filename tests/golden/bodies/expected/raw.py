"""Raw."""

from __future__ import annotations

from os import PathLike
from typing import IO

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Raw(Resource):
    """`client.raw_`."""

    def update(
        self,
        *,
        body: bytes | IO[bytes] | PathLike[str],
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /raw

        Safe to send again."""
        return self._core.send_none(
            _UPDATE, options, body=body, content_type="application/octet-stream"
        )


class AsyncRaw(AsyncResource):
    update = asynchronous(Raw.update)


_UPDATE = Operation("putRaw", "PUT /raw", {"204": {}})
