"""The models, read when they are first used: `from headers.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import *
else:
    from .._runtime.model import lazy

    _TABLE = """
_models: Color ListJobsResponseHeaders ListJobsResponseXSort Plan ResponseHeaders
    TooManyHeaders is_list_jobs_response_x_sort is_plan
"""
    __getattr__, __dir__, __all__ = lazy(__name__, _TABLE)
