"""The jobs of the API: how they are polled and judged, and their handles by name, which
the methods that start and resume a job return.
"""

from __future__ import annotations

from typing import TypeAlias

from . import models
from ._runtime.declarations import Operation
from ._runtime.job_declarations import JobCall, JobSpec, Refine, Schedule
from ._runtime.jobs import AsyncCancellableJob, CancellableJob

TryOnJob: TypeAlias = "CancellableJob[models.TryOnJobStatus, str, object]"
AsyncTryOnJob: TypeAlias = "AsyncCancellableJob[models.TryOnJobStatus, str, object]"

CANCEL_TRY_ON_JOB = Operation(
    "try-on-job-cancel",
    "POST /v1/try-on/job/{jobId}/cancel",
    {"200": "TryOnJobCancelled"},
    retry_safe=True,
)
POLL_TRY_ON_JOB = Operation(
    "try-on-job-status", "GET /v1/try-on/job/{jobId}", {"200": "TryOnJobStatus"}
)

TRY_ON_JOB: JobSpec[models.TryOnJobStatus, str, object] = JobSpec(
    "try_on",
    poll=JobCall(POLL_TRY_ON_JOB),
    cancel=JobCall(CANCEL_TRY_ON_JOB),
    too_late=((409, None),),
    state=("status",),
    states={
        "pending": "pending",
        "running": "pending",
        "completed": "succeeded",
        "failed": "failed",
    },
    refine=(
        Refine("failed", ("error", "error_code"), ("job_cancelled",), "cancelled"),
        Refine("failed", ("error", "error_code"), ("job_expired",), "expired"),
    ),
    result=("result_url",),
    error_code=("error", "error_code"),
    error_message=("error", "message"),
    schedule=Schedule(maximum=5.0, timeout=300.0, rate=5.0),
    expires=3600.0,
)
