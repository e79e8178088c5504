"""Pixii API.

Makes product images for marketplaces. Every request that makes something answers with a
job at once.

    from pixii import Client

    with Client() as client:
        ...

`Client` and `AsyncClient` have the same methods. Models are in `models`, exceptions in
`errors`, what tests need in `testing`; API.md lists every public name.

What the documentation does not say, and is assumed:

- `/components/schemas/Error`: no field is required; the page lists them without saying
  so
- `/components/schemas/Job`: no field is required; a table of response fields does not
  say so
- `/components/schemas/JobReceipt`: no field is required; the page does not say which
  are always there, nor name them all
- `/components/schemas/ScaleItem/properties/asset_type`: an open list; its values are
  not known
- `/components/schemas/ScaleItem/properties/platform`: an open list; not all of its
  values are known
- `/info`: title and version; the version is that of the paths
- `/paths/~1v1~1api~1jobs~1{job_id}/get`: operationId, chosen for the client
- `/paths/~1v1~1api~1listing_builder/post`: operationId, chosen for the client
- `/paths/~1v1~1api~1listing_builder/post/responses/202`: that it has the same body; one
  page says 200, the list of statuses has 202 for an accepted job
- `/paths/~1v1~1api~1scale/post`: operationId, chosen for the client
- `/paths/~1v1~1api~1scale/post/responses/200`: the same status as for a listing
- `/paths/~1v1~1api~1scale/post/responses/202`: that it has the same body
"""

from __future__ import annotations

from . import errors as errors
from ._client import AsyncClient as AsyncClient
from ._client import Client as Client
from ._runtime.jobs import AsyncJob as AsyncJob, Job as Job, JobResult as JobResult
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
    JobBlocked as JobBlocked,
    JobCancelled as JobCancelled,
    JobError as JobError,
    JobExpired as JobExpired,
    JobFailed as JobFailed,
    JobPartiallyFailed as JobPartiallyFailed,
    JobTimeout as JobTimeout,
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
    "AsyncJob",
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
    "Job",
    "JobBlocked",
    "JobCancelled",
    "JobError",
    "JobExpired",
    "JobFailed",
    "JobPartiallyFailed",
    "JobResult",
    "JobTimeout",
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
]
