"""The jobs of the API: how they are polled and judged, and their handles by name, which
the methods that start and resume a job return.
"""

from __future__ import annotations

from typing import TypeAlias

from . import models
from ._runtime.declarations import Operation
from ._runtime.job_declarations import JobCall, JobSpec, Schedule
from ._runtime.job_item_declarations import JobItems
from ._runtime.jobs import AsyncCancellableJob, AsyncJob, CancellableJob, Job

BatchJob: TypeAlias = "CancellableJob[models.Batch, list[str], models.Row]"
AsyncBatchJob: TypeAlias = "AsyncCancellableJob[models.Batch, list[str], models.Row]"

CheckJob: TypeAlias = "Job[models.Batch, object, object]"
AsyncCheckJob: TypeAlias = "AsyncJob[models.Batch, object, object]"

CANCEL_BATCH_JOB = Operation(
    "cancelBatch", "POST /batches/cancel", {"204": {}}, retry_safe=True
)
POLL_BATCH_JOB = Operation("getBatch", "GET /batches", {"200": "Batch"})
POLL_CHECK_JOB = Operation("getCheck", "GET /checks/{id}", {"200": "Batch"})

BATCH_JOB: JobSpec[models.Batch, list[str], models.Row] = JobSpec(
    "batch",
    poll=JobCall(
        POLL_BATCH_JOB,
        location="header",
        name="X-Batch",
        query={"view": "full"},
        header={"X-Version": "2"},
    ),
    cancel=JobCall(CANCEL_BATCH_JOB, location="query", name="batch"),
    too_late=((409, "over"),),
    state=("state",),
    states={"open": "pending", "held": "blocked", "done": "succeeded"},
    items=JobItems(
        at=("rows",),
        id=("id",),
        state=("state",),
        succeeded=("good",),
        failed=("bad",),
        failed_at=(("error",),),
        missing_at=(("url",),),
        result=("url",),
        error_code=("error", "code"),
        error_message=("error", "text"),
    ),
    done=(("good",), ("bad",)),
    total=("all",),
    schedule=Schedule(
        first=0.001,
        minimum=0.002,
        maximum=0.003,
        factor=1.25,
        jitter=0.0,
        timeout=9.0,
        rate=500.0,
    ),
    unknown="raise",
    not_found_grace=2.0,
)

CHECK_JOB: JobSpec[models.Batch, object, object] = JobSpec(
    "check",
    poll=JobCall(POLL_CHECK_JOB),
    state=("state",),
    states={"open": "pending", "held": "blocked", "done": "succeeded"},
)
