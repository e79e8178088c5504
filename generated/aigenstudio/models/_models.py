"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import Literal, TypeAlias

from .._runtime.enums import ValueGuard, value_guard
from .._runtime.headers import HeadersBase
from .._runtime.model import ModelBase
from .._runtime.wire_names import wire


@dataclass(slots=True, kw_only=True)
class ErrorDetail(ModelBase):
    code: str
    message: str
    request_id: str


@dataclass(slots=True, kw_only=True)
class ErrorResponse(ModelBase):
    error: ErrorDetail


PreservationLevel: TypeAlias = Literal["strict", "balanced", "creative"]
"""How closely the product is kept as it is."""


@dataclass(slots=True, kw_only=True)
class ProductPhotoImage(ModelBase):
    source_url: str
    """The public address of the photo."""
    external_id: str | None = None
    """Your own id; the answers carry it."""


@dataclass(slots=True, kw_only=True)
class ProductPhotoJob(ModelBase):
    id: uuid.UUID
    status: ProductPhotoJobStatus | str
    total_items: int
    credits_reserved: int
    sandbox: bool
    completed_items: int | None = None
    failed_items: int | None = None
    credits_used: int | None = None
    items: list[ProductPhotoJobItem] | None = None


@dataclass(slots=True, kw_only=True)
class ProductPhotoJobCreateResponse(ModelBase):
    job: ProductPhotoJobSummary
    remaining_paid_credits: int
    """What is left of the paid credits."""
    request_id: str


@dataclass(slots=True, kw_only=True)
class ProductPhotoJobItem(ModelBase):
    id: uuid.UUID
    external_id: str | None = None
    status: ProductPhotoJobItemStatus | str
    credits_reserved: int | None = None
    credits_used: int | None = None
    result_url: str | None = None
    thumbnail_url: str | None = None
    error_code: str | None = None
    error_message: str | None = None


ProductPhotoJobItemStatus: TypeAlias = Literal[
    "queued", "processing", "completed", "failed", "cancelled"
]
is_product_photo_job_item_status: ValueGuard[ProductPhotoJobItemStatus] = value_guard(
    ProductPhotoJobItemStatus
)


@dataclass(slots=True, kw_only=True)
class ProductPhotoJobListResponse(ModelBase):
    jobs: list[ProductPhotoJobSummary]
    request_id: str
    next_cursor: datetime.datetime | None = None
    """The `cursor` of the next page; null on the last one."""


ProductPhotoJobStatus: TypeAlias = Literal[
    "queued", "processing", "completed", "partially_completed", "failed", "cancelled"
]
is_product_photo_job_status: ValueGuard[ProductPhotoJobStatus] = value_guard(
    ProductPhotoJobStatus
)


@dataclass(slots=True, kw_only=True)
class ProductPhotoJobStatusResponse(ModelBase):
    job: ProductPhotoJob
    request_id: str


@dataclass(slots=True, kw_only=True)
class ProductPhotoJobSummary(ModelBase):
    id: uuid.UUID
    status: ProductPhotoJobStatus | str
    total_items: int
    credits_reserved: int
    sandbox: bool


ProductPhotoOperation: TypeAlias = Literal[
    "product_photo_enhance",
    "remove_background",
    "studio_packshot",
    "marketplace_clean",
    "natural_lifestyle",
    "premium_ad",
]
"""What is done with the images."""


@dataclass(slots=True, kw_only=True)
class ProductPhotoPreset(ModelBase):
    id: str
    name: str
    description: str


@dataclass(slots=True, kw_only=True)
class ProductPhotoPresetListResponse(ModelBase):
    presets: list[ProductPhotoPreset]
    request_id: str


@dataclass(slots=True, kw_only=True)
class RateLimitExceededHeaders(HeadersBase):
    retry_after: int | None = wire("Retry-After")
    """Seconds to wait before the request is sent again."""
    x_rate_limit_limit: int | None = wire("X-RateLimit-Limit")
    """The limit of the current window."""
    x_rate_limit_remaining: int | None = wire("X-RateLimit-Remaining")
    """How many requests are left in the current window."""
    x_rate_limit_reset: int | None = wire("X-RateLimit-Reset")
    """When the window starts anew, in Unix time."""
