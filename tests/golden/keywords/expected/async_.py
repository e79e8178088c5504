"""Async."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Async(Resource):
    """`client.async_`."""

    @cached_property
    def await_(self) -> AsyncAwait:
        """Await."""
        return AsyncAwait(self._core)


class AsyncAsync(AsyncResource):
    """The asynchronous form of `Async`."""

    @cached_property
    def await_(self) -> AsyncAsyncAwait:
        """The asynchronous form of `Client.async_.await_`."""
        return AsyncAsyncAwait(self._core)


class AsyncAwait(Resource):
    """`client.async_.await_`."""

    def get(self, c: str, *, options: RequestOptions | None = None) -> None:
        """GET /async/{c}/await

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_AWAIT__GET, path=(c,))
        return self._core.call(call, options)


class AsyncAsyncAwait(AsyncResource):
    """The asynchronous form of `AsyncAwait`."""

    get = asynchronous(AsyncAwait.get)


_AWAIT__GET = Operation(
    "GET /async/{c}/await", "GET", ("/async/", "c", "/await"), {"204": {}}
)
