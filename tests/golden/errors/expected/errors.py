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

The message of each is one line; all can be pickled."""

from __future__ import annotations

from . import models
from ._runtime import errors as _errors
from ._runtime.errors import *
from ._runtime.errors import ClientStatusError as ClientStatusError


class ServerStatusError(_errors.ServerStatusError):
    body: models.Problem | models.Failure | None


class BadRequestError(_errors.BadRequestError):
    body: models.Problem | None


class AuthenticationError(_errors.AuthenticationError):
    body: models.Problem | None


class PaymentRequiredError(_errors.PaymentRequiredError):
    body: models.Problem | None


class PermissionDeniedError(_errors.PermissionDeniedError):
    body: models.Problem | None


class NotFoundError(_errors.NotFoundError):
    """404: There is none"""

    body: models.Problem | models.Missing | None


class ConflictError(_errors.ConflictError):
    """409: Taken"""

    body: models.Problem | None


class GoneError(_errors.GoneError):
    body: models.Problem | None


class ContentTooLargeError(_errors.ContentTooLargeError):
    body: models.Problem | None


class UnprocessableEntityError(_errors.UnprocessableEntityError):
    body: models.Problem | None


class RateLimitError(_errors.RateLimitError):
    body: models.Problem | None


class InternalServerError(_errors.InternalServerError, ServerStatusError):
    body: models.Problem | models.Failure | None


class Status501Error(ServerStatusError, status=501):
    """501: Not yet"""


class BadGatewayError(_errors.BadGatewayError, ServerStatusError):
    body: models.Problem | models.Failure | None


class ServiceUnavailableError(_errors.ServiceUnavailableError, ServerStatusError):
    body: models.Problem | models.Failure | None


class GatewayTimeoutError(_errors.GatewayTimeoutError, ServerStatusError):
    body: models.Problem | models.Failure | None
