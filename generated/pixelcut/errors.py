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

from typing import Any

from . import models
from ._runtime import errors as _errors, job_outcomes as _outcomes
from ._runtime.errors import *
from ._runtime.errors import (
    BadGatewayError as BadGatewayError, ClientStatusError as ClientStatusError,
    ContentTooLargeError as ContentTooLargeError,
    GatewayTimeoutError as GatewayTimeoutError, GoneError as GoneError,
    PaymentRequiredError as PaymentRequiredError,
    ServerStatusError as ServerStatusError,
    ServiceUnavailableError as ServiceUnavailableError,
    UnprocessableEntityError as UnprocessableEntityError,
)  # fmt: skip


class BadRequestError(_errors.BadRequestError):
    """400: The input could not be processed, often returned when the input image
    exceeds API limits."""

    body: models.Error400 | None


class AuthenticationError(_errors.AuthenticationError):
    """401: The authentication token is missing or invalid."""

    body: models.Error401 | None


class PermissionDeniedError(_errors.PermissionDeniedError):
    """403: The account has too few credits"""

    body: models.Error403 | None


class NotFoundError(_errors.NotFoundError):
    """404: Job not found"""

    body: models.Error404 | None


class ConflictError(_errors.ConflictError):
    """409: Job has already finished and cannot be canceled"""

    body: models.TryOnJobFinished | None


class RateLimitError(_errors.RateLimitError):
    """429: Rate limit exceeded"""

    body: models.Error429 | None


class InternalServerError(_errors.InternalServerError):
    """500: Internal service error"""

    body: Any


class JobError(_outcomes.JobError):
    """A job did not give its result. `job_id` and the last `snapshot` are kept; `code`
    and `message` are the server's, of a job that failed."""

    snapshot: models.TryOnJobStatus | None


class JobFailed(JobError, _outcomes.JobFailed):
    """The job ended without its result."""


class JobCancelled(JobFailed, _outcomes.JobCancelled):
    """The job was cancelled."""


class JobExpired(JobFailed, _outcomes.JobExpired):
    """The job or its result is no longer kept."""


class JobPartiallyFailed(JobFailed, _outcomes.JobPartiallyFailed):
    """Some items of the job failed, and the caller wanted all of them. `result` holds
    what there is."""

    result: str | None


class JobTimeout(JobError, _outcomes.JobTimeout):
    """The time for waiting is over; the job runs on."""


class JobBlocked(JobError, _outcomes.JobBlocked):
    """The job waits for somebody to act."""
