"""Import."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Import(Resource):
    """`client.import_`."""

    def list(self, *, options: RequestOptions | None = None) -> None:
        """GET /a

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_LIST)
        return self._core.call(call, options)


class AsyncImport(AsyncResource):
    """The asynchronous form of `Import`."""

    async def list(self, *, options: RequestOptions | None = None) -> None:
        """The asynchronous form of `Import.list`."""
        call: Call[None] = Call(_LIST)
        return await self._core.call(call, options)


_LIST = Operation("import", "GET", ("/a",), responses={"204": {}})
