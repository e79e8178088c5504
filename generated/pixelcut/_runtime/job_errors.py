"""What waiting for a job raises."""

from __future__ import annotations

from typing import Any

from .errors import APIError


class JobError(APIError):
    """A job did not give its result. `job_id` and the last `snapshot` (None if there
    was none) are kept."""

    def __init__(self, message: str, *, job_id: str, snapshot: Any = None) -> None:
        super().__init__(message)
        self.job_id = job_id
        self.snapshot = snapshot


class JobFailed(JobError):
    """The job ended without its result; `code` and `message` are the server's."""

    def __init__(
        self,
        text: str,
        *,
        job_id: str,
        snapshot: Any = None,
        code: str | None = None,
        message: str | None = None,
    ) -> None:
        super().__init__(text, job_id=job_id, snapshot=snapshot)
        self.code = code
        self.message = message


class JobCancelled(JobFailed):
    """The job was cancelled."""


class JobExpired(JobFailed):
    """The job or its result is no longer kept."""


class JobPartiallyFailed(JobFailed):
    """Some items of the job failed, and the caller wanted all of them. `result` holds
    what there is."""

    result: Any = None


class JobTimeout(JobError):
    """The time for waiting is over. The job runs on:
    `client.resource.job(error.job_id)` takes it up again."""


class JobBlocked(JobError):
    """The job waits for somebody to act."""
