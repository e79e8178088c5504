"""Checks."""

from __future__ import annotations

from . import models
from ._jobs import POLL_CHECK_JOB
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.operation import RequestOptions


class Checks(Resource):
    """`client.checks`."""

    def get(self, id: str, *, options: RequestOptions | None = None) -> models.Batch:
        """GET /checks/{id}

        Safe to send again."""
        return self._core.send(POLL_CHECK_JOB, options, path=(id,))


class AsyncChecks(AsyncResource):
    get = asynchronous(Checks.get)
