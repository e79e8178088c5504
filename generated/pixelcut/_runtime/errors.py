"""Every exception that a client raises, but those of jobs; the package's `errors` shows
their tree. `str(error)` is one line of printable characters; it states the operation,
the method and the address, and shows no credential. All of them pickle."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import quote

from .transport import Response

__all__ = ["APIConnectionError", "APIError", "APIStatusError", "APITimeoutError"]
__all__ += ["MissingCredentialError", "RedirectStatusError", "ResponseDecodeError"]
__all__ += ["ResponseTooLargeError", "SchemaDriftWarning", "UnknownOutcomeError"]


def one_line(text: str) -> str:
    """Returns `text` in one line that no terminal and no log takes for a command: what
    is not printable, as control and bidirectional characters are, is a space."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


class SchemaDriftWarning(UserWarning):
    """A response departs from its description; the text names the JSON Pointer."""


class APIError(Exception):
    """Root of everything that a client raises on purpose."""

    idempotency_key: str | None = None
    """The key that was sent; with the same key the call can be repeated safely."""
    call: str = ""
    """What failed, such as "getJob: GET https://api.example.com/jobs/1"."""

    def __str__(self) -> str:
        text = super().__str__()
        return one_line(f"{self.call}: {text}" if self.call else text)

    def hide(self, secrets: Iterable[str | None]) -> None:
        """Takes credentials, which servers may echo, out of all texts, bodies apart."""
        long = [secret for secret in secrets if secret and len(secret) > 5]
        for name, text in {"args": self.args[0], **vars(self)}.items():
            if isinstance(text, str):
                for secret in (*long, *(quote(one, safe="") for one in long)):
                    text = text.replace(secret, "***")
                setattr(self, name, (text,) if name == "args" else text)

    def __reduce__(self) -> tuple[Any, ...]:
        # Calling the class with `args`, as pickle would, breaks on keyword-only ones.
        return Exception.__new__, (type(self), *self.args), self.__dict__


class MissingCredentialError(APIError):
    """A credential is missing; the text names its argument and its variable."""


class APIConnectionError(APIError):
    """No response, or not all of it."""


class APITimeoutError(APIConnectionError):
    """An attempt or the whole call took longer than it may."""


class UnknownOutcomeError(APIConnectionError):
    """The connection broke when the request may have been carried out already. It was
    not sent again: doing it twice may cost twice. `timeout`: the server was slow."""

    def __init__(self, message: str, *, timeout: bool = False) -> None:
        super().__init__(message)
        self.timeout = timeout


class ResponseTooLargeError(APIError):
    """A response is larger than `max_content` or `max_download`; it was not read on."""


STATUS_ERRORS: Final[dict[str, dict[int, type[APIStatusError]]]] = {}
"""The classes of each module by status; those of a range by its first digit."""


class APIStatusError(APIError):
    """A response with a status of 300 or above."""

    raised_for: int = 0
    body: Any = None
    """The decoded body, None where it cannot be; typed in the subclasses."""
    raw: Any = None
    """The body as parsed JSON; None when it is not JSON."""
    error_code: str | None = None
    message: str | None = None
    request_id: str | None = None
    retry_after: float | None = None
    """Seconds that the server asks to wait."""
    outcome_unknown: bool = False
    """True when the request may have been carried out in spite of this response."""
    job_id: str | None = None
    """The job that was being waited for."""

    def __init__(self, response: Response, **about: Any) -> None:
        self.response, self.status = response, response.status
        vars(self).update(about)
        text = " ".join(filter(None, (str(self.status), self.error_code)))
        text = f"{text}: {self.message}" if self.message else text
        shown = f"{text} (request {self.request_id})" if self.request_id else text
        super().__init__(shown)

    def __init_subclass__(cls, status: int = 0) -> None:
        cls.raised_for = status or cls.raised_for
        STATUS_ERRORS.setdefault(cls.__module__, {})[cls.raised_for] = cls


class RedirectStatusError(APIStatusError, status=3):
    """3xx: redirects are not followed."""


class ClientStatusError(APIStatusError, status=4):
    """4xx: the request was refused."""


class BadRequestError(ClientStatusError, status=400):
    """400: the request is not valid."""


class AuthenticationError(ClientStatusError, status=401):
    """401: the credentials are wrong or expired."""


class PaymentRequiredError(ClientStatusError, status=402):
    """402."""


class PermissionDeniedError(ClientStatusError, status=403):
    """403."""


class NotFoundError(ClientStatusError, status=404):
    """404."""


class ConflictError(ClientStatusError, status=409):
    """409."""


class GoneError(ClientStatusError, status=410):
    """410."""


class ContentTooLargeError(ClientStatusError, status=413):
    """413."""


class UnprocessableEntityError(ClientStatusError, status=422):
    """422."""


class RateLimitError(ClientStatusError, status=429):
    """429: too many requests; see `retry_after`."""


class ServerStatusError(APIStatusError, status=5):
    """5xx: the server failed."""


class InternalServerError(ServerStatusError, status=500):
    """500."""


class BadGatewayError(ServerStatusError, status=502):
    """502."""


class ServiceUnavailableError(ServerStatusError, status=503):
    """503."""


class GatewayTimeoutError(ServerStatusError, status=504):
    """504."""


class ResponseDecodeError(APIError):
    """A response that is not as described; `path` points to the first wrong value."""

    def __init__(self, text: str, path: str, body: object, response: Response) -> None:
        super().__init__(text)
        self.path, self.body = path, body
        """What was received: parsed JSON if it is JSON, else bytes."""
        self.response = response
