"""Shape."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Shape(Resource):
    """`client.shape`."""

    def get(self, *, options: RequestOptions | None = None) -> models.Shape | None:
        """GET /shape

        Safe to send again."""
        return self._core.send(_GET, options)


class AsyncShape(AsyncResource):
    get = asynchronous(Shape.get)


_GET = Operation("getShape", "GET /shape", {"200": "Shape | None"})
