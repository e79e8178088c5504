"""The models, read when they are first used: `from aliases.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

    from ._models import *

    Phase: TypeAlias = JobState
    Task: TypeAlias = Job
    is_phase = is_job_state
else:
    from .._runtime.model_aliases import with_aliases
    from .._runtime.model import lazy

    _TABLE = """
_models: Job JobState is_job_state
"""
    __getattr__, __dir__, __all__ = with_aliases(
        __name__,
        lazy(__name__, _TABLE),
        deprecated={"Phase": "JobState", "Task": "Job", "is_phase": "is_job_state"},
        alike={},
    )
