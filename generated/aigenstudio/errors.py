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
    +-- MissingCredentialError
    +-- JobError
        +-- JobFailed
        |   +-- JobCancelled, JobExpired, JobPartiallyFailed
        +-- JobTimeout              the job may still be running; `.job_id` is kept
        +-- JobBlocked

The message of each is one line; all can be pickled."""

from __future__ import annotations

from . import models
from ._runtime import errors as _errors
from ._runtime.errors import (
    APIConnectionError as APIConnectionError,
    APIError as APIError,
    APIStatusError as APIStatusError,
    APITimeoutError as APITimeoutError,
    BadGatewayError as BadGatewayError,
    BadRequestError as BadRequestError,
    ClientStatusError as ClientStatusError,
    ContentTooLargeError as ContentTooLargeError,
    GatewayTimeoutError as GatewayTimeoutError,
    GoneError as GoneError,
    InternalServerError as InternalServerError,
    MissingCredentialError as MissingCredentialError,
    PaymentRequiredError as PaymentRequiredError,
    PermissionDeniedError as PermissionDeniedError,
    RedirectStatusError as RedirectStatusError,
    ResponseDecodeError as ResponseDecodeError,
    SchemaDriftWarning as SchemaDriftWarning,
    ServerStatusError as ServerStatusError,
    ServiceUnavailableError as ServiceUnavailableError,
    UnknownOutcomeError as UnknownOutcomeError,
    UnprocessableEntityError as UnprocessableEntityError,
)
from ._runtime.job_errors import (
    JobBlocked as JobBlocked,
    JobCancelled as JobCancelled,
    JobError as JobError,
    JobExpired as JobExpired,
    JobFailed as JobFailed,
    JobPartiallyFailed as JobPartiallyFailed,
    JobTimeout as JobTimeout,
)


class AuthenticationError(_errors.AuthenticationError):
    """401: API key is missing, invalid, expired, inactive, or revoked."""

    body: models.ErrorResponse | None


class NotFoundError(_errors.NotFoundError):
    """404: Product Photo job does not exist or does not belong to this API key
    environment."""

    body: models.ErrorResponse | None


class ConflictError(_errors.ConflictError):
    """409: The idempotency key was used before with another body"""

    body: models.ErrorResponse | None


class RateLimitError(_errors.RateLimitError):
    """429: The request exceeded an API rate or concurrency limit."""

    body: models.ErrorResponse | None


STATUS_ERRORS: dict[int, type[_errors.APIStatusError]] = {
    401: AuthenticationError,
    404: NotFoundError,
    409: ConflictError,
    429: RateLimitError,
}
"""Which class a status raises; other statuses raise the class of their range."""
