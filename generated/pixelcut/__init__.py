"""Pixelcut API.

The Pixelcut API specification, learn more about the API at at
https://www.pixelcut.ai/docs

    from pixelcut import Client

    with Client() as client:
        ...

`Client` and `AsyncClient` have the same methods. Models are in `models`, exceptions in
`errors`, what tests need in `testing`; API.md lists every public name.

What the documentation does not state, and is assumed:

- `GenerateBackgroundRequest`: that the image is required, as it is by
  `remove-background`
- `GenerateBackgroundUpload`: that the image is given once, as a URL or as a file
- `Margin`: the pattern, from the two forms that the page describes
- `RemoveBackgroundUpload`: that an upload takes `crop` and the margins as JSON does,
  and the image once, as a URL or as a file
- `TryOnRequest`: that both images are required, since the description wants each of
  them as a URL or as a file
- `TryOnResponse.job_id`: the field's name, as in the answer of the status operation
- `TryOnUpload`: that each image is given once, as a URL or as a file
- `TryOnUpload.garment_image`: the field's name, as public callers of the API use it
- `TryOnUpload.person_image`: the field's name, as public callers of the API use it
- `UpscaleRequest`: that the image is required, as it is by `remove-background`
- `UpscaleUpload`: that the image is given once, as a URL or as a file
- `POST /v1/generate-background`: operationId, in the manner of `upscale`; tag, chosen
  for the client
- `POST /v1/remove-background`: operationId, in the manner of `upscale`; tag, chosen for
  the client
- `POST /v1/try-on`: operationId and tag, in the manner of the job pages
  (try-on-job-status)
- `POST /v1/upscale`: tag, chosen for the client"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import errors as errors
from . import models as models
from ._client import AsyncClient as AsyncClient, Client as Client
from ._jobs import AsyncTryOnJob as AsyncTryOnJob, TryOnJob as TryOnJob
from ._runtime.job_declarations import JobState as JobState
from ._runtime.job_outcomes import JobProgress as JobProgress, JobResult as JobResult
from ._runtime.jobs import (
    AsyncCancellableJob as AsyncCancellableJob, AsyncJob as AsyncJob,
    CancellableJob as CancellableJob, Job as Job,
)  # fmt: skip
from ._runtime.operation import (
    ApiResponse as ApiResponse, RequestOptions as RequestOptions,
)  # fmt: skip
from ._runtime.transport import (
    AsyncTransport as AsyncTransport, BodyStream as BodyStream, Headers as Headers,
    Request as Request, Response as Response, Timeout as Timeout,
    Transport as Transport, TransportError as TransportError,
)  # fmt: skip
from ._runtime.declarations import UNSET as UNSET, Unset as Unset
from .errors import *

if TYPE_CHECKING:
    from ._runtime.file_content import File as File
    from ._runtime.stdlib_http import (
        AsyncStdlibTransport as AsyncStdlibTransport,
        StdlibTransport as StdlibTransport,
    )  # fmt: skip
else:
    from ._runtime import feature as _feature

    def __getattr__(name: str) -> object:
        if name in ("File",):
            return _feature("file_content", name)
        if name in ("AsyncStdlibTransport", "StdlibTransport"):
            return _feature("stdlib_http", name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
