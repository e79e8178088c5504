"""AI Gen Studio Product Photo API.

The Product Photo API turns raw product photos into cleaner ecommerce visuals while
preserving the real product, packaging, labels, logos, proportions, and color identity.
Use sandbox keys for integration tests and live keys for paid catalog processing.

    from aigenstudio import Client

    with Client() as client:
        ...

`Client` and `AsyncClient` have the same methods. Models are in `models`, exceptions in
`errors`, what tests need in `testing`; API.md lists every public name.

What the documentation does not state, and is assumed:

- `components responses IdempotencyConflict`: that it holds for photo jobs; the page
  speaks of an older path
- `components responses OtherError`: which statuses these are is not documented; the
  form of the body is
- `ProductPhotoImage`: that `external_id` may be left out, since it is null in the
  answers then
- `ProductPhotoJobListResponse`: that these two are always there
- `ProductPhotoJobListResponse.jobs`: that a page holds summaries, as the answer of a
  creation does
- `ProductPhotoPreset`: that all three are always there
- `ProductPhotoPresetListResponse`: that both are always there
- `GET /product-photo-presets`: operationId, in the manner of listProductPhotoOperations
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import errors as errors
from . import models as models
from ._client import AsyncClient as AsyncClient, Client as Client
from ._jobs import (
    AsyncProductPhotoJob as AsyncProductPhotoJob, ProductPhotoJob as ProductPhotoJob,
)  # fmt: skip
from ._runtime.job_declarations import JobState as JobState
from ._runtime.job_outcomes import JobProgress as JobProgress, JobResult as JobResult
from ._runtime.jobs import AsyncJob as AsyncJob, Job as Job
from ._options import RequestOptions as RequestOptions
from ._runtime.operation import ApiResponse as ApiResponse
from ._runtime.transport import (
    AsyncTransport as AsyncTransport, BodyStream as BodyStream, Headers as Headers,
    Request as Request, Response as Response, Timeout as Timeout,
    Transport as Transport, TransportError as TransportError,
)  # fmt: skip
from ._runtime.declarations import UNSET as UNSET, Unset as Unset
from .errors import *

if TYPE_CHECKING:
    from ._runtime.stdlib_http import (
        AsyncStdlibTransport as AsyncStdlibTransport,
        StdlibTransport as StdlibTransport,
    )  # fmt: skip
else:
    from ._runtime import feature as _feature

    def __getattr__(name: str) -> object:
        if name in ("AsyncStdlibTransport", "StdlibTransport"):
            return _feature("stdlib_http", name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
