"""The models, read when they are first used: `from job_bodies.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import *
else:
    from .._runtime.model import lazy

    _TABLE = """
_models: StartTranscriptResponse StartTranscriptResponseTask Task Transcript
"""
    __getattr__, __dir__, __all__ = lazy(__name__, _TABLE)
