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
from ._runtime import job_outcomes as _outcomes
from ._runtime.errors import *
from ._runtime.errors import (
    AuthenticationError as AuthenticationError, BadGatewayError as BadGatewayError,
    BadRequestError as BadRequestError, ClientStatusError as ClientStatusError,
    ConflictError as ConflictError, ContentTooLargeError as ContentTooLargeError,
    GatewayTimeoutError as GatewayTimeoutError, GoneError as GoneError,
    InternalServerError as InternalServerError, NotFoundError as NotFoundError,
    PaymentRequiredError as PaymentRequiredError,
    PermissionDeniedError as PermissionDeniedError, RateLimitError as RateLimitError,
    ServerStatusError as ServerStatusError,
    ServiceUnavailableError as ServiceUnavailableError,
    UnprocessableEntityError as UnprocessableEntityError,
)  # fmt: skip


class JobError(_outcomes.JobError):
    """A job did not give its result. `job_id` and the last `snapshot` are kept; `code`
    and `message` are the server's, of a job that failed."""

    snapshot: models.Task | None


class JobFailed(JobError, _outcomes.JobFailed):
    """The job ended without its result."""


class JobCancelled(JobFailed, _outcomes.JobCancelled):
    """The job was cancelled."""


class JobExpired(JobFailed, _outcomes.JobExpired):
    """The job or its result is no longer kept."""


class JobPartiallyFailed(JobFailed, _outcomes.JobPartiallyFailed):
    """Some items of the job failed, and the caller wanted all of them. `result` holds
    what there is."""

    result: models.Transcript | None


class JobTimeout(JobError, _outcomes.JobTimeout):
    """The time for waiting is over; the job runs on."""


class JobBlocked(JobError, _outcomes.JobBlocked):
    """The job waits for somebody to act."""
