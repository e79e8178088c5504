"""Jobs."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Jobs(Resource):
    """`client.jobs`: Jobs that run in the background."""

    def get(self, job_id: str, *, options: RequestOptions | None = None) -> models.Job:
        """Get a job

        The job as it is now.

        Args:
            job_id: Its id.

        Returns: The job. Raises NotFoundError. Safe to send again."""
        return self._core.send(_GET, options, path=(job_id,))


class AsyncJobs(AsyncResource):
    get = asynchronous(Jobs.get)


_GET = Operation("getJob", "GET /jobs/{jobId}", {"200": "Job"})
