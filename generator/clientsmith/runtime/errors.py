"""Part of the runtime of a generated client. 0BSD: use it as you like.

Every exception that a client raises, and nothing about when:

    APIError
      MissingCredentialError      an operation needs a credential that was not given
      APIConnectionError          no answer, or not all of it
        APITimeoutError
        UnknownOutcomeError       it may have been carried out: look before repeating
      APIStatusError              an answer, its status 300 or above
        RedirectStatusError       3xx; redirects are not followed
        ClientStatusError         4xx
          BadRequestError 400, AuthenticationError 401, PaymentRequiredError 402,
          PermissionDeniedError 403, NotFoundError 404, ConflictError 409, GoneError
          410, ContentTooLargeError 413, UnprocessableEntityError 422,
          RateLimitError 429
        ServerStatusError         5xx
          InternalServerError 500, BadGatewayError 502, ServiceUnavailableError 503,
          GatewayTimeoutError 504
      ResponseDecodeError         an answer that is not what the description says
      JobError
        JobFailed                 the job ended without its result
          JobCancelled
          JobExpired
          JobPartiallyFailed
        JobTimeout                waiting ended; the job itself runs on
        JobBlocked                the job waits for somebody to act
    SchemaDriftWarning            a value of another type than described, kept

`str(error)` is one line. All of them pickle.
"""

from __future__ import annotations

from typing import Any, TypeVar

from .transport import Response

E = TypeVar("E", bound="APIError")


class SchemaDriftWarning(UserWarning):
    """An answer departs from the API's description; the text names the JSON Pointer."""


class APIError(Exception):
    """Root of everything that a client raises on purpose."""

    idempotency_key: str | None = None
    """The key that was sent with every attempt of the call; send it again to repeat the
    call safely."""

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions pickle by calling the class with `args`, which keyword-only
        # arguments break.
        return _restored, (type(self), self.args, self.__dict__)


def _restored(cls: type[E], args: tuple[object, ...], state: dict[str, object]) -> E:
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


class MissingCredentialError(APIError):
    """The operation needs a credential; the text names the argument and the environment
    variable."""


class APIConnectionError(APIError):
    """No answer, or not all of it."""


class APITimeoutError(APIConnectionError):
    """An attempt or the whole call took longer than it may."""


class UnknownOutcomeError(APIConnectionError):
    """The connection broke when the request may have been received already: it may have
    been carried out.

    It was not sent again, because doing it twice may cost twice. `timeout` tells a slow
    server from a lost connection.
    """

    def __init__(self, message: str, *, timeout: bool = False) -> None:
        super().__init__(message)
        self.timeout = timeout


class APIStatusError(APIError):
    """An answer with a status of 300 or above."""

    body: Any
    """The decoded body, typed in the subclasses of the package; None when it cannot be
    decoded."""

    def __init__(
        self,
        response: Response,
        *,
        body: object = None,
        raw: object = None,
        error_code: str | None = None,
        message: str | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
        outcome_unknown: bool = False,
    ) -> None:
        super().__init__(response.status)
        self.response = response
        self.status = response.status
        self.body = body
        self.raw = raw
        """The body as parsed JSON; None when it is none."""
        self.error_code = error_code
        self.message = message
        self.request_id = request_id
        self.retry_after = retry_after
        """Seconds that the server asks to wait."""
        self.outcome_unknown = outcome_unknown
        """True when the request may have been carried out in spite of this answer."""
        self.job_id: str | None = None
        """The job that was being waited for."""

    def __str__(self) -> str:
        head = (
            f"{self.status} {self.error_code}" if self.error_code else str(self.status)
        )
        text = f"{head}: {self.message}" if self.message else head
        return f"{text} (request {self.request_id})" if self.request_id else text


class RedirectStatusError(APIStatusError):
    """3xx: redirects are not followed."""


class ClientStatusError(APIStatusError):
    """4xx: the request was refused."""


class BadRequestError(ClientStatusError):
    """400."""


class AuthenticationError(ClientStatusError):
    """401: the credentials are wrong or expired."""


class PaymentRequiredError(ClientStatusError):
    """402."""


class PermissionDeniedError(ClientStatusError):
    """403."""


class NotFoundError(ClientStatusError):
    """404."""


class ConflictError(ClientStatusError):
    """409."""


class GoneError(ClientStatusError):
    """410."""


class ContentTooLargeError(ClientStatusError):
    """413."""


class UnprocessableEntityError(ClientStatusError):
    """422."""


class RateLimitError(ClientStatusError):
    """429: too many requests; see `retry_after`."""


class ServerStatusError(APIStatusError):
    """5xx: the server failed."""


class InternalServerError(ServerStatusError):
    """500."""


class BadGatewayError(ServerStatusError):
    """502."""


class ServiceUnavailableError(ServerStatusError):
    """503."""


class GatewayTimeoutError(ServerStatusError):
    """504."""


STATUS_ERRORS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    402: PaymentRequiredError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    410: GoneError,
    413: ContentTooLargeError,
    422: UnprocessableEntityError,
    429: RateLimitError,
    500: InternalServerError,
    502: BadGatewayError,
    503: ServiceUnavailableError,
    504: GatewayTimeoutError,
}
"""The class of each status that has one; the others have `family_error`."""


def family_error(status: int) -> type[APIStatusError]:
    """The class of a status that has none of its own, e.g. 520 and 499."""
    families = {3: RedirectStatusError, 4: ClientStatusError, 5: ServerStatusError}
    return families.get(status // 100, APIStatusError)


class ResponseDecodeError(APIError):
    """An answer that is not what the API's description says. `path` is the JSON Pointer
    of the first wrong value."""

    def __init__(
        self, message: str, *, path: str, body: object, response: Response
    ) -> None:
        super().__init__(message)
        self.path = path
        self.body = body
        """What was received: parsed JSON if it is JSON, else bytes."""
        self.response = response


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
