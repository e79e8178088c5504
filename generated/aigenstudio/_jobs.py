"""The handles of jobs by name: what the methods that start and resume a job return."""

from __future__ import annotations

from typing import TypeAlias

from . import models
from ._runtime.jobs import AsyncJob, Job

ProductPhotoJob: TypeAlias = (
    "Job[models.ProductPhotoJobStatusResponse, list[str], models.ProductPhotoJobItem]"
)
AsyncProductPhotoJob: TypeAlias = (
    "AsyncJob[models.ProductPhotoJobStatusResponse, list[str], models.ProductPhotoJobItem]"
)
