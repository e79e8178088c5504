"""The models, read when they are first used: `from pixelcut.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import *
else:
    from .._runtime.model import lazy

    _TABLE = """
_models: CutoutFormat Error400 Error401 Error401ErrorCode Error403 Error403ErrorCode
    Error404 Error404ErrorCode Error429 Error429ErrorCode GarmentMode ImageResult
    ImageTransform InputErrorCode Scene TryOnJobCancelled TryOnJobError
    TryOnJobErrorCode TryOnJobFinished TryOnJobFinishedErrorCode TryOnJobStatus
    TryOnResponse TryOnState UpscaleFactor is_error401_error_code is_error403_error_code
    is_error404_error_code is_error429_error_code is_input_error_code
    is_try_on_job_error_code is_try_on_job_finished_error_code is_try_on_state
"""
    __getattr__, __dir__, __all__ = lazy(__name__, _TABLE)
