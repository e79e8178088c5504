"""Status."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Status(Resource):
    """`client.status`."""

    def get(
        self, *, options: RequestOptions | None = None
    ) -> models.ReadStatusResponse:
        """GET /v1/status

        Safe to send again."""
        return self._core.send(_GET, options)


class AsyncStatus(AsyncResource):
    get = asynchronous(Status.get)


_GET = Operation("readStatus", "GET /v1/status", {"200": "ReadStatusResponse"})
