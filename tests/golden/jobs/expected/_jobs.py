"""The jobs of the API: how they are polled and judged, and their handles by name, which
the methods that start and resume a job return.
"""

from __future__ import annotations

from typing import TypeAlias

from . import models
from ._runtime.declarations import Operation
from ._runtime.job_declarations import JobCall, JobSpec, Refine, Schedule
from ._runtime.jobs import AsyncCancellableJob, CancellableJob

RenderJob: TypeAlias = "CancellableJob[models.Render, str, object]"
AsyncRenderJob: TypeAlias = "AsyncCancellableJob[models.Render, str, object]"

CANCEL_RENDER_JOB = Operation(
    "cancelRender", "POST /renders/{id}/cancel", {"204": {}}, retry_safe=True
)
POLL_RENDER_JOB = Operation("getRender", "GET /renders/{id}", {"200": "Render"})

RENDER_JOB: JobSpec[models.Render, str, object] = JobSpec(
    "render",
    poll=JobCall(POLL_RENDER_JOB),
    cancel=JobCall(CANCEL_RENDER_JOB),
    too_late=((409, None),),
    state=("state",),
    states={"queued": "pending", "done": "succeeded", "failed": "failed"},
    refine=(Refine("failed", ("error", "code"), ("cancelled",), "cancelled"),),
    result=("url",),
    error_code=("error", "code"),
    error_message=("error", "message"),
    schedule=Schedule(minimum=0.001, maximum=0.002, timeout=5.0),
)
