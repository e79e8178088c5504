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


class ClientStatusError(_errors.ClientStatusError):
    body: models.Problem | None


class ServerStatusError(_errors.ServerStatusError):
    body: models.Problem | None


class BadRequestError(_errors.BadRequestError, ClientStatusError):
    body: models.Problem | None


class AuthenticationError(_errors.AuthenticationError, ClientStatusError):
    body: models.Problem | None


class PaymentRequiredError(_errors.PaymentRequiredError, ClientStatusError):
    body: models.Problem | None


class PermissionDeniedError(_errors.PermissionDeniedError, ClientStatusError):
    body: models.Problem | None


class NotFoundError(_errors.NotFoundError, ClientStatusError):
    body: models.Problem | None


class ConflictError(_errors.ConflictError, ClientStatusError):
    body: models.Problem | None


class GoneError(_errors.GoneError, ClientStatusError):
    body: models.Problem | None


class ContentTooLargeError(_errors.ContentTooLargeError, ClientStatusError):
    body: models.Problem | None


class UnprocessableEntityError(_errors.UnprocessableEntityError, ClientStatusError):
    body: models.Problem | None


class RateLimitError(_errors.RateLimitError, ClientStatusError):
    body: models.Problem | None


class InternalServerError(_errors.InternalServerError, ServerStatusError):
    body: models.Problem | None


class BadGatewayError(_errors.BadGatewayError, ServerStatusError):
    body: models.Problem | None


class ServiceUnavailableError(_errors.ServiceUnavailableError, ServerStatusError):
    body: models.Problem | None


class GatewayTimeoutError(_errors.GatewayTimeoutError, ServerStatusError):
    body: models.Problem | None
