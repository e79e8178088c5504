"""The handles of jobs by name: what the methods that start and resume a job return."""

from __future__ import annotations

from typing import TypeAlias

from . import models
from ._runtime.jobs import AsyncJob, Job

ImagesJob: TypeAlias = "Job[models.Job, list[str], models.Ad]"
AsyncImagesJob: TypeAlias = "AsyncJob[models.Job, list[str], models.Ad]"
