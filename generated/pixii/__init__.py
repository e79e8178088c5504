"""Pixii API.

Makes product images for marketplaces. Every request that makes something answers with a
job at once.

    from pixii import Client

    with Client() as client:
        ...

`Client` and `AsyncClient` have the same methods. Models are in `models`, exceptions in
`errors`, what tests need in `testing`; API.md lists every public name.

What the documentation does not state, and is assumed:

- `Error`: no field is required; the page lists them without saying so
- `Job`: no field is required; a table of response fields does not say so
- `JobReceipt`: no field is required; the page does not say which are always there, nor
  name them all
- `ScaleItem.asset_type`: an open list; its values are not known
- `ScaleItem.platform`: an open list; not all of its values are known
- `info`: title and version; the version is that of the paths
- `GET /v1/api/jobs/{job_id}`: operationId, chosen for the client
- `POST /v1/api/listing_builder`: operationId, chosen for the client
- `POST /v1/api/listing_builder`, responses 202: that it has the same body; one page
  says 200, the list of statuses has 202 for an accepted job
- `POST /v1/api/scale`: operationId, chosen for the client
- `POST /v1/api/scale`, responses 200: the same status as for a listing
- `POST /v1/api/scale`, responses 202: that it has the same body"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import errors as errors
from . import models as models
from ._client import AsyncClient as AsyncClient, Client as Client
from ._jobs import AsyncImagesJob as AsyncImagesJob, ImagesJob as ImagesJob
from ._runtime.job_declarations import JobState as JobState
from ._runtime.job_outcomes import JobProgress as JobProgress, JobResult as JobResult
from ._runtime.jobs import AsyncJob as AsyncJob, Job as Job
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
