"""Class."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous, lazy_resource
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Class(Resource):
    """`client.class_`."""

    b: ClassB = lazy_resource("ClassB")


class AsyncClass(AsyncResource):
    b: AsyncClassB = lazy_resource("AsyncClassB")


class ClassB(Resource):
    """`client.class_.b`."""

    def get(self, *, options: RequestOptions | None = None) -> None:
        """GET /Class/b

        Safe to send again."""
        return self._core.send_none(_B_GET, options)


class AsyncClassB(AsyncResource):
    get = asynchronous(ClassB.get)


_B_GET = Operation("GET /Class/b", "GET /Class/b", {"204": {}})
