"""What waiting for a job raises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .errors import APIError


class JobError(APIError):
    """A job did not give its result. `job_id` and the last `snapshot` (None if there
    was none) are kept; `code` and `message` are the server's, of a job that failed."""

    def __init__(
        self,
        text: str,
        *,
        job_id: str,
        snapshot: Any = None,
        code: str | None = None,
        message: str | None = None,
    ) -> None:
        super().__init__(text)
        self.job_id, self.snapshot = job_id, snapshot
        self.code, self.message = code, message


class JobFailed(JobError):
    """The job ended without its result."""


class JobCancelled(JobFailed):
    """The job was cancelled."""


class JobExpired(JobFailed):
    """The job or its result is no longer kept."""


class JobPartiallyFailed(JobFailed):
    """Some items of the job failed, and the caller wanted all of them. `result` holds
    what there is."""

    result: Any = None


ENDS: Final[Mapping[str, tuple[type[JobFailed], str]]] = {
    "failed": (JobFailed, "failed"),
    "cancelled": (JobCancelled, "was cancelled"),
    "expired": (JobExpired, "is no longer kept"),
    "partial": (JobPartiallyFailed, "failed in part"),
}
"""By the state in which a job ended: what is raised, and how it is said."""


class JobTimeout(JobError):
    """The time for waiting is over. The job runs on:
    `client.resource.job(error.job_id)` takes it up again."""


class JobBlocked(JobError):
    """The job waits for somebody to act."""
