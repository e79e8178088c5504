"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .._runtime.enums import ValueGuard, value_guard
from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class Job(ModelBase):
    id: str
    state: JobState | str


JobState: TypeAlias = Literal["queued", "done"]
is_job_state: ValueGuard[JobState] = value_guard(JobState)
