"""Sharing.

    from sharing import Client

    with Client() as client:
        ...

`Client` and `AsyncClient` have the same methods. Models are in `models`, exceptions in
`errors`, what tests need in `testing`; API.md lists every public name.
"""

from __future__ import annotations

from . import errors as errors
from . import models as models
from ._client import AsyncClient as AsyncClient
from ._client import Client as Client
from ._runtime.operation import (
    ApiResponse as ApiResponse,
    RequestOptions as RequestOptions,
)
from ._runtime.transport import Timeout as Timeout
from ._runtime.unset import UNSET as UNSET, Unset as Unset
from .errors import (
    APIConnectionError as APIConnectionError,
    APIError as APIError,
    APIStatusError as APIStatusError,
    APITimeoutError as APITimeoutError,
    AuthenticationError as AuthenticationError,
    BadGatewayError as BadGatewayError,
    BadRequestError as BadRequestError,
    ClientStatusError as ClientStatusError,
    ConflictError as ConflictError,
    ContentTooLargeError as ContentTooLargeError,
    GatewayTimeoutError as GatewayTimeoutError,
    GoneError as GoneError,
    InternalServerError as InternalServerError,
    MissingCredentialError as MissingCredentialError,
    NotFoundError as NotFoundError,
    PaymentRequiredError as PaymentRequiredError,
    PermissionDeniedError as PermissionDeniedError,
    RateLimitError as RateLimitError,
    RedirectStatusError as RedirectStatusError,
    ResponseDecodeError as ResponseDecodeError,
    SchemaDriftWarning as SchemaDriftWarning,
    ServerStatusError as ServerStatusError,
    ServiceUnavailableError as ServiceUnavailableError,
    UnknownOutcomeError as UnknownOutcomeError,
    UnprocessableEntityError as UnprocessableEntityError,
)

__all__ = [
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "ApiResponse",
    "AsyncClient",
    "AuthenticationError",
    "BadGatewayError",
    "BadRequestError",
    "Client",
    "ClientStatusError",
    "ConflictError",
    "ContentTooLargeError",
    "GatewayTimeoutError",
    "GoneError",
    "InternalServerError",
    "MissingCredentialError",
    "NotFoundError",
    "PaymentRequiredError",
    "PermissionDeniedError",
    "RateLimitError",
    "RedirectStatusError",
    "RequestOptions",
    "ResponseDecodeError",
    "SchemaDriftWarning",
    "ServerStatusError",
    "ServiceUnavailableError",
    "Timeout",
    "UNSET",
    "UnknownOutcomeError",
    "UnprocessableEntityError",
    "Unset",
    "errors",
    "models",
]
