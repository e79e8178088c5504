"""The models, read when they are first used: `from pixii.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import (
        Ad as Ad,
        AdError as AdError,
        CountryCode as CountryCode,
        Error as Error,
        ErrorCode as ErrorCode,
        Job as Job,
        JobOutput as JobOutput,
        JobReceipt as JobReceipt,
        JobStatus as JobStatus,
        ListingBuilderRequest as ListingBuilderRequest,
        ListingType as ListingType,
        ScaleItem as ScaleItem,
        ScaleMode as ScaleMode,
        ScaleRequest as ScaleRequest,
        is_country_code as is_country_code,
        is_error_code as is_error_code,
        is_job_status as is_job_status,
        is_listing_type as is_listing_type,
        is_scale_mode as is_scale_mode,
    )
else:
    _MODULES: dict[str, str] = {
        "Ad": "._models",
        "AdError": "._models",
        "CountryCode": "._models",
        "Error": "._models",
        "ErrorCode": "._models",
        "Job": "._models",
        "JobOutput": "._models",
        "JobReceipt": "._models",
        "JobStatus": "._models",
        "ListingBuilderRequest": "._models",
        "ListingType": "._models",
        "ScaleItem": "._models",
        "ScaleMode": "._models",
        "ScaleRequest": "._models",
        "is_country_code": "._models",
        "is_error_code": "._models",
        "is_job_status": "._models",
        "is_listing_type": "._models",
        "is_scale_mode": "._models",
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
    "Ad",
    "AdError",
    "CountryCode",
    "Error",
    "ErrorCode",
    "Job",
    "JobOutput",
    "JobReceipt",
    "JobStatus",
    "ListingBuilderRequest",
    "ListingType",
    "ScaleItem",
    "ScaleMode",
    "ScaleRequest",
    "is_country_code",
    "is_error_code",
    "is_job_status",
    "is_listing_type",
    "is_scale_mode",
]
