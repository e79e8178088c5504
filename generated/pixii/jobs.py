"""Jobs."""

from __future__ import annotations

from . import models
from ._jobs import POLL_IMAGES_JOB
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.operation import RequestOptions


class Jobs(Resource):
    """`client.jobs`: Start a job, check its status, and retrieve its output when
    complete."""

    def get(self, job_id: str, *, options: RequestOptions | None = None) -> models.Job:
        """Get a job

        Check the status of a job and retrieve its output when complete.

        The images of a job can be fetched for seven days; then its record goes, and
        this answers 404.

        Args:
            job_id: The id that starting the job returned.

        Returns: The job as it stands. Raises AuthenticationError, NotFoundError,
        RateLimitError, InternalServerError, ServiceUnavailableError. Safe to send
        again."""
        return self._core.send(POLL_IMAGES_JOB, options, path=(job_id,))


class AsyncJobs(AsyncResource):
    get = asynchronous(Jobs.get)
