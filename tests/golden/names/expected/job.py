"""Job."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class JobResource(Resource):
    """`client.job`."""

    def get(self, *, options: RequestOptions | None = None) -> models.Job:
        """GET /v1/job

        Safe to send again."""
        return self._core.send(_GET, options)

    def update(self, *, options: RequestOptions | None = None) -> models.Job:
        """POST /v1/job

        Sent again only if it did not arrive, or after 429."""
        return self._core.send(_UPDATE, options)


class AsyncJobResource(AsyncResource):
    get = asynchronous(JobResource.get)
    update = asynchronous(JobResource.update)


_GET = Operation("import", "GET /v1/job", {"200": "Job"})
_UPDATE = Operation("import_", "POST /v1/job", {"200": "Job"})
