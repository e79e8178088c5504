"""Jobs: Jobs that run in the background."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncCore, Core
from ._runtime.operation import Call, Operation, RequestOptions


class Jobs:
    """`client.jobs`: Jobs that run in the background."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def get(self, job_id: str, *, options: RequestOptions | None = None) -> models.Job:
        """Get a job

        The job as it is now.

        Args:
            job_id: Its id.

        Returns:
            The job.

        Raises:
            NotFoundError: 404: No such job.
        """
        return self._core.call(_get(job_id), options)


class AsyncJobs:
    """`client.jobs` of the asynchronous client: Jobs that run in the background."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def get(
        self,
        job_id: str,
        *,
        options: RequestOptions | None = None,
    ) -> models.Job:
        """Get a job

        The job as it is now.

        Args:
            job_id: Its id.

        Returns:
            The job.

        Raises:
            NotFoundError: 404: No such job.
        """
        return await self._core.call(_get(job_id), options)


_GET = Operation(
    "getJob",
    "GET",
    ("/jobs/", "jobId", ""),
    responses={
        "200": {"application/json": "Job"},
        "404": {"application/json": "Problem"},
    },
    security=(("Key",),),
)


def _get(job_id: str) -> Call[models.Job]:
    return Call(_GET, path=(job_id,))
