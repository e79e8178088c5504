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
