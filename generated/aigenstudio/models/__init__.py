"""The models, read when they are first used: `from aigenstudio.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import *
else:
    from .._runtime.model import lazy

    _TABLE = """
_models: ErrorDetail ErrorResponse PreservationLevel ProductPhotoImage ProductPhotoJob
    ProductPhotoJobCreateResponse ProductPhotoJobItem ProductPhotoJobItemStatus
    ProductPhotoJobListResponse ProductPhotoJobStatus ProductPhotoJobStatusResponse
    ProductPhotoJobSummary ProductPhotoOperation ProductPhotoPreset
    ProductPhotoPresetListResponse RateLimitExceededHeaders
    is_product_photo_job_item_status is_product_photo_job_status
"""
    __getattr__, __dir__, __all__ = lazy(__name__, _TABLE)
