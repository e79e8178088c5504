"""Async."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous, lazy_resource
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Async(Resource):
    """`client.async_`."""

    await_: AsyncAwait = lazy_resource("AsyncAwait")


class AsyncAsync(AsyncResource):
    await_: AsyncAsyncAwait = lazy_resource("AsyncAsyncAwait")


class AsyncAwait(Resource):
    """`client.async_.await_`."""

    def get(self, c: str, *, options: RequestOptions | None = None) -> None:
        """GET /async/{c}/await

        Safe to send again."""
        return self._core.send_none(_AWAIT__GET, options, path=(c,))


class AsyncAsyncAwait(AsyncResource):
    get = asynchronous(AsyncAwait.get)


_AWAIT__GET = Operation("GET /async/{c}/await", "GET /async/{c}/await", {"204": {}})
