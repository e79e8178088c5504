"""The jobs of the API: how they are polled and judged, and their handles by name, which
the methods that start and resume a job return.
"""

from __future__ import annotations

from typing import TypeAlias

from . import models
from ._runtime.declarations import Operation
from ._runtime.job_declarations import JobCall, JobSpec, Schedule
from ._runtime.jobs import AsyncCancellableJob, CancellableJob

TranscriptJob: TypeAlias = "CancellableJob[models.Task, models.Transcript, object]"
AsyncTranscriptJob: TypeAlias = (
    "AsyncCancellableJob[models.Task, models.Transcript, object]"
)

CANCEL_TRANSCRIPT_JOB = Operation(
    "stopTask", "POST /tasks/stop", {"204": {}}, retry_safe=True
)
POLL_TRANSCRIPT_JOB = Operation(
    "getTask", "POST /tasks/query", {"200": "Task"}, retry_safe=True
)

TRANSCRIPT_JOB: JobSpec[models.Task, models.Transcript, object] = JobSpec(
    "transcript",
    poll=JobCall(
        POLL_TRANSCRIPT_JOB, location="body", name="task", body={"kind": "transcript"}
    ),
    cancel=JobCall(
        CANCEL_TRANSCRIPT_JOB, location="body", name="task", body={"kind": "transcript"}
    ),
    too_late=((410, None),),
    state=("state",),
    states={
        "waiting": "pending",
        "working": "pending",
        "ready": "succeeded",
        "broken": "failed",
    },
    result=("transcript",),
    error_message=("reason",),
    schedule=Schedule(minimum=0.001, maximum=0.002, timeout=5.0),
    expires=5400.0,
)
