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
from ._runtime import errors as _errors
from ._runtime.errors import *
from ._runtime.errors import (
    BadGatewayError as BadGatewayError,
    ClientStatusError as ClientStatusError,
    ContentTooLargeError as ContentTooLargeError,
    GatewayTimeoutError as GatewayTimeoutError,
    GoneError as GoneError,
    PaymentRequiredError as PaymentRequiredError,
    ServerStatusError as ServerStatusError,
    ServiceUnavailableError as ServiceUnavailableError,
    UnprocessableEntityError as UnprocessableEntityError,
)
from ._runtime.job_outcomes import (
    JobBlocked as JobBlocked,
    JobCancelled as JobCancelled,
    JobError as JobError,
    JobExpired as JobExpired,
    JobFailed as JobFailed,
    JobPartiallyFailed as JobPartiallyFailed,
    JobTimeout as JobTimeout,
)


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
