"""The handles of jobs by name: what the methods that start and resume a job return."""

from __future__ import annotations

from typing import TypeAlias

from . import models
from ._runtime.jobs import AsyncJob, Job

BatchJob: TypeAlias = "Job[models.Batch, list[str], models.Row]"
AsyncBatchJob: TypeAlias = "AsyncJob[models.Batch, list[str], models.Row]"

CheckJob: TypeAlias = "Job[models.Batch, object, object]"
AsyncCheckJob: TypeAlias = "AsyncJob[models.Batch, object, object]"
