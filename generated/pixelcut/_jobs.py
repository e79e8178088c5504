"""The handles of jobs by name: what the methods that start and resume a job return."""

from __future__ import annotations

from typing import TypeAlias

from . import models
from ._runtime.jobs import AsyncJob, Job

TryOnJob: TypeAlias = "Job[models.TryOnJobStatus, str, object]"
AsyncTryOnJob: TypeAlias = "AsyncJob[models.TryOnJobStatus, str, object]"
