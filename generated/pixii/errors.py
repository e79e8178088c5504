"""Everything that a call can raise.

    APIError
    +-- APIConnectionError          no response came
    |   +-- APITimeoutError
    |   +-- UnknownOutcomeError     the request may have been carried out
    +-- APIStatusError              a response that is not a success; `.body` is typed
    |   +-- RedirectStatusError
    |   +-- ClientStatusError       4xx, with a class for each common status
    |   +-- ServerStatusError       5xx, the same
    +-- ResponseDecodeError         a response that is not as documented
    +-- ResponseTooLargeError       a response with more bytes than are allowed
    +-- MissingCredentialError
    +-- JobError
        +-- JobFailed
        |   +-- JobCancelled, JobExpired, JobPartiallyFailed
        +-- JobTimeout              the job may still be running; `.job_id` is kept
        +-- JobBlocked

The message of each is one line; all can be pickled."""

from __future__ import annotations

from . import models
from ._runtime import errors as _errors, job_outcomes as _outcomes
from ._runtime.errors import *
from ._runtime.errors import (
    BadGatewayError as BadGatewayError, ClientStatusError as ClientStatusError,
    ConflictError as ConflictError, ContentTooLargeError as ContentTooLargeError,
    GatewayTimeoutError as GatewayTimeoutError, GoneError as GoneError,
    PaymentRequiredError as PaymentRequiredError,
    PermissionDeniedError as PermissionDeniedError,
    ServerStatusError as ServerStatusError,
)  # fmt: skip


class BadRequestError(_errors.BadRequestError):
    """400: A parameter is invalid, or there are too few credits"""

    body: models.Error | None


class AuthenticationError(_errors.AuthenticationError):
    """401: Missing or invalid API key"""

    body: models.Error | None


class NotFoundError(_errors.NotFoundError):
    """404: Job not found or does not belong to your organization"""

    body: models.Error | None


class UnprocessableEntityError(_errors.UnprocessableEntityError):
    """422: The organization has no active brand"""

    body: models.Error | None


class RateLimitError(_errors.RateLimitError):
    """429: Too many requests in this minute or on this day"""

    body: models.Error | None


class InternalServerError(_errors.InternalServerError):
    """500: Internal server error"""

    body: models.Error | None


class ServiceUnavailableError(_errors.ServiceUnavailableError):
    """503: Service temporarily unavailable"""

    body: models.Error | None


class JobError(_outcomes.JobError):
    """A job did not give its result. `job_id` and the last `snapshot` are kept; `code`
    and `message` are the server's, of a job that failed."""

    snapshot: models.Job | None


class JobFailed(JobError, _outcomes.JobFailed):
    """The job ended without its result."""


class JobCancelled(JobFailed, _outcomes.JobCancelled):
    """The job was cancelled."""


class JobExpired(JobFailed, _outcomes.JobExpired):
    """The job or its result is no longer kept."""


class JobPartiallyFailed(JobFailed, _outcomes.JobPartiallyFailed):
    """Some items of the job failed, and the caller wanted all of them. `result` holds
    what there is."""

    result: list[str] | None


class JobTimeout(JobError, _outcomes.JobTimeout):
    """The time for waiting is over; the job runs on."""


class JobBlocked(JobError, _outcomes.JobBlocked):
    """The job waits for somebody to act."""
