"""Class."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Class(Resource):
    """`client.class_`."""

    @cached_property
    def b(self) -> ClassB:
        """B."""
        return ClassB(self._core)


class AsyncClass(AsyncResource):
    """The asynchronous form of `Class`."""

    @cached_property
    def b(self) -> AsyncClassB:
        """The asynchronous form of `Client.class_.b`."""
        return AsyncClassB(self._core)


class ClassB(Resource):
    """`client.class_.b`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /Class/b

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_B_GET)
        return self._core.call(call, options)


class AsyncClassB(AsyncResource):
    """The asynchronous form of `ClassB`."""

    get = asynchronous(ClassB.get)


_B_GET = Operation("GET /Class/b", "GET", ("/Class/b",), {"204": {}})
