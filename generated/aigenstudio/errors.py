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


class ClientStatusError(_errors.ClientStatusError):
    body: models.ErrorResponse | None


class ServerStatusError(_errors.ServerStatusError):
    body: models.ErrorResponse | None


class BadRequestError(_errors.BadRequestError, ClientStatusError):
    body: models.ErrorResponse | None


class AuthenticationError(_errors.AuthenticationError, ClientStatusError):
    """401: API key is missing, invalid, expired, inactive, or revoked."""


class PaymentRequiredError(_errors.PaymentRequiredError, ClientStatusError):
    body: models.ErrorResponse | None


class PermissionDeniedError(_errors.PermissionDeniedError, ClientStatusError):
    body: models.ErrorResponse | None


class NotFoundError(_errors.NotFoundError, ClientStatusError):
    """404: Product Photo job does not exist or does not belong to this API key
    environment."""


class ConflictError(_errors.ConflictError, ClientStatusError):
    """409: The idempotency key was used before with another body"""


class GoneError(_errors.GoneError, ClientStatusError):
    body: models.ErrorResponse | None


class ContentTooLargeError(_errors.ContentTooLargeError, ClientStatusError):
    body: models.ErrorResponse | None


class UnprocessableEntityError(_errors.UnprocessableEntityError, ClientStatusError):
    body: models.ErrorResponse | None


class RateLimitError(_errors.RateLimitError, ClientStatusError):
    """429: The request exceeded an API rate or concurrency limit."""


class InternalServerError(_errors.InternalServerError, ServerStatusError):
    body: models.ErrorResponse | None


class BadGatewayError(_errors.BadGatewayError, ServerStatusError):
    body: models.ErrorResponse | None


class ServiceUnavailableError(_errors.ServiceUnavailableError, ServerStatusError):
    body: models.ErrorResponse | None


class GatewayTimeoutError(_errors.GatewayTimeoutError, ServerStatusError):
    body: models.ErrorResponse | None


class JobError(_outcomes.JobError):
    """A job did not give its result. `job_id` and the last `snapshot` are kept; `code`
    and `message` are the server's, of a job that failed."""

    snapshot: models.ProductPhotoJobStatusResponse | None


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
