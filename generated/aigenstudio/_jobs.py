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

ProductPhotoJob: TypeAlias = (
    "Job[models.ProductPhotoJobStatusResponse, list[str], models.ProductPhotoJobItem]"
)
AsyncProductPhotoJob: TypeAlias = (
    "AsyncJob[models.ProductPhotoJobStatusResponse, list[str], models.ProductPhotoJobItem]"
)

POLL_PRODUCT_PHOTO_JOB = Operation(
    "getProductPhotoJob",
    "GET /product-photo-jobs/{jobId}",
    {"200": "ProductPhotoJobStatusResponse"},
)

PRODUCT_PHOTO_JOB: JobSpec[
    models.ProductPhotoJobStatusResponse, list[str], models.ProductPhotoJobItem
] = JobSpec(
    "product_photo",
    poll=JobCall(POLL_PRODUCT_PHOTO_JOB),
    state=("job", "status"),
    states={
        "queued": "pending",
        "processing": "pending",
        "completed": "succeeded",
        "partially_completed": "partial",
        "failed": "failed",
        "cancelled": "cancelled",
    },
    items=JobItems(
        at=("job", "items"),
        id=("id",),
        state=("status",),
        succeeded=("completed",),
        failed=("failed", "cancelled"),
        result=("result_url",),
        error_code=("error_code",),
        error_message=("error_message",),
    ),
    done=(("job", "completed_items"), ("job", "failed_items")),
    total=("job", "total_items"),
    schedule=Schedule(minimum=2.0, maximum=15.0, timeout=900.0),
)
