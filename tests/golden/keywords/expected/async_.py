"""Async."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous, lazy_resource
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Async(Resource):
    """`client.async_`."""

    await_: AsyncAwait = lazy_resource("async_", "AsyncAwait")


class AsyncAsync(AsyncResource):
    """The asynchronous form of `Async`."""

    await_: AsyncAsyncAwait = lazy_resource("async_", "AsyncAsyncAwait")


class AsyncAwait(Resource):
    """`client.async_.await_`."""

    def get(self, c: str, *, options: RequestOptions | None = None) -> None:
        """GET /async/{c}/await

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.call(Call[None](_AWAIT__GET, path=(c,)), options)


class AsyncAsyncAwait(AsyncResource):
    """The asynchronous form of `AsyncAwait`."""

    get = asynchronous(AsyncAwait.get)


_AWAIT__GET = Operation("GET /async/{c}/await", "GET /async/{c}/await", {"204": {}})
