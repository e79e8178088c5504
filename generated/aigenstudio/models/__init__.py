"""The models, read when they are first used: `from aigenstudio.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import (
        ErrorDetail as ErrorDetail,
        ErrorResponse as ErrorResponse,
        PreservationLevel as PreservationLevel,
        ProductPhotoImage as ProductPhotoImage,
        ProductPhotoJob as ProductPhotoJob,
        ProductPhotoJobCreateRequest as ProductPhotoJobCreateRequest,
        ProductPhotoJobCreateResponse as ProductPhotoJobCreateResponse,
        ProductPhotoJobItem as ProductPhotoJobItem,
        ProductPhotoJobItemStatus as ProductPhotoJobItemStatus,
        ProductPhotoJobListResponse as ProductPhotoJobListResponse,
        ProductPhotoJobStatus as ProductPhotoJobStatus,
        ProductPhotoJobStatusResponse as ProductPhotoJobStatusResponse,
        ProductPhotoJobSummary as ProductPhotoJobSummary,
        ProductPhotoOperation as ProductPhotoOperation,
        ProductPhotoPreset as ProductPhotoPreset,
        ProductPhotoPresetListResponse as ProductPhotoPresetListResponse,
        is_preservation_level as is_preservation_level,
        is_product_photo_job_item_status as is_product_photo_job_item_status,
        is_product_photo_job_status as is_product_photo_job_status,
        is_product_photo_operation as is_product_photo_operation,
    )
else:
    _MODULES: dict[str, str] = {
        "ErrorDetail": "._models",
        "ErrorResponse": "._models",
        "PreservationLevel": "._models",
        "ProductPhotoImage": "._models",
        "ProductPhotoJob": "._models",
        "ProductPhotoJobCreateRequest": "._models",
        "ProductPhotoJobCreateResponse": "._models",
        "ProductPhotoJobItem": "._models",
        "ProductPhotoJobItemStatus": "._models",
        "ProductPhotoJobListResponse": "._models",
        "ProductPhotoJobStatus": "._models",
        "ProductPhotoJobStatusResponse": "._models",
        "ProductPhotoJobSummary": "._models",
        "ProductPhotoOperation": "._models",
        "ProductPhotoPreset": "._models",
        "ProductPhotoPresetListResponse": "._models",
        "is_preservation_level": "._models",
        "is_product_photo_job_item_status": "._models",
        "is_product_photo_job_status": "._models",
        "is_product_photo_operation": "._models",
    }

    def __getattr__(name: str) -> object:
        from importlib import import_module

        module = _MODULES.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(module, __name__), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return __all__


__all__ = [
    "ErrorDetail",
    "ErrorResponse",
    "PreservationLevel",
    "ProductPhotoImage",
    "ProductPhotoJob",
    "ProductPhotoJobCreateRequest",
    "ProductPhotoJobCreateResponse",
    "ProductPhotoJobItem",
    "ProductPhotoJobItemStatus",
    "ProductPhotoJobListResponse",
    "ProductPhotoJobStatus",
    "ProductPhotoJobStatusResponse",
    "ProductPhotoJobSummary",
    "ProductPhotoOperation",
    "ProductPhotoPreset",
    "ProductPhotoPresetListResponse",
    "is_preservation_level",
    "is_product_photo_job_item_status",
    "is_product_photo_job_status",
    "is_product_photo_operation",
]
