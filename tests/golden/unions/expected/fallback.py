"""Fallback."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Fallback(Resource):
    """`client.fallback`."""

    def get(self, *, options: RequestOptions | None = None) -> models.Fallback:
        """GET /fallback

        Safe to send again."""
        return self._core.send(_GET, options)


class AsyncFallback(AsyncResource):
    get = asynchronous(Fallback.get)


_GET = Operation("getFallback", "GET /fallback", {"200": "Fallback"})
