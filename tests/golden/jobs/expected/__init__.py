"""Jobs.

    from jobs import Client

    with Client() as client:
        ...

`Client` and `AsyncClient` have the same methods. Models are in `models`, exceptions in
`errors`, what tests need in `testing`; API.md lists every public name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import errors as errors
from . import models as models
from ._client import AsyncClient as AsyncClient, Client as Client
from ._jobs import AsyncRenderJob as AsyncRenderJob, RenderJob as RenderJob
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
