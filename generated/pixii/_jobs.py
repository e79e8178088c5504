"""The jobs of the API: how they are polled and judged, and their handles by name, which
the methods that start and resume a job return.
"""

from __future__ import annotations

from typing import TypeAlias

from . import models
from ._runtime.declarations import Operation
from ._runtime.job_declarations import JobCall, JobSpec, Schedule
from ._runtime.job_item_declarations import JobItems
from ._runtime.jobs import AsyncJob, Job

ImagesJob: TypeAlias = "Job[models.Job, list[str], models.Ad]"
AsyncImagesJob: TypeAlias = "AsyncJob[models.Job, list[str], models.Ad]"

POLL_IMAGES_JOB = Operation("getJob", "GET /v1/api/jobs/{job_id}", {"200": "Job"})

IMAGES_JOB: JobSpec[models.Job, list[str], models.Ad] = JobSpec(
    "images",
    poll=JobCall(POLL_IMAGES_JOB),
    state=("status",),
    states={
        "pending": "pending",
        "processing": "pending",
        "completed": "succeeded",
        "failed": "failed",
    },
    error_code=("error_code",),
    items=JobItems(
        at=("output", "ads"),
        failed_at=(("error",),),
        missing_at=(("preview_url",),),
        result=("preview_url",),
        error_code=("error", "code"),
        error_message=("error", "message"),
    ),
    schedule=Schedule(minimum=5.0, maximum=5.0, factor=1.0),
    expires=604800.0,
)
