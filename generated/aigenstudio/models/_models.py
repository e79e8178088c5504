"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeGuard, get_args


@dataclass(slots=True, kw_only=True)
class ErrorDetail:
    code: str
    message: str
    request_id: str
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class ErrorResponse:
    error: ErrorDetail
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


PreservationLevel: TypeAlias = Literal["strict", "balanced", "creative"]
"""How closely the product is kept as it is."""


def is_preservation_level(value: object) -> TypeGuard[PreservationLevel]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(PreservationLevel)


@dataclass(slots=True, kw_only=True)
class ProductPhotoImage:
    source_url: str
    """The public address of the photo."""
    external_id: str | None = None
    """Your own id; the answers carry it."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class ProductPhotoJob:
    id: uuid.UUID
    status: ProductPhotoJobStatus | str
    total_items: int
    credits_reserved: int
    sandbox: bool
    completed_items: int | None = None
    failed_items: int | None = None
    credits_used: int | None = None
    items: list[ProductPhotoJobItem] | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class ProductPhotoJobCreateRequest:
    images: list[ProductPhotoImage]
    """The photos, 1 to 20."""
    operation: ProductPhotoOperation | None = None
    """What is done with the images."""
    preset: str | None = None
    """The id of a preset, from the list of presets."""
    preservation_level: PreservationLevel | None = None
    """How closely the product is kept as it is; `strict` by default."""
    instructions: str | None = None
    """What is special about these products, in plain words."""
    webhook_url: str | None = None
    """Where signed events about the job are sent."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class ProductPhotoJobCreateResponse:
    job: ProductPhotoJobSummary
    remaining_paid_credits: int
    """What is left of the paid credits."""
    request_id: str
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class ProductPhotoJobItem:
    id: uuid.UUID
    external_id: str | None = None
    status: ProductPhotoJobItemStatus | str
    credits_reserved: int | None = None
    credits_used: int | None = None
    result_url: str | None = None
    thumbnail_url: str | None = None
    error_code: str | None = None
    error_message: str | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


ProductPhotoJobItemStatus: TypeAlias = Literal[
    "queued", "processing", "completed", "failed", "cancelled"
]


def is_product_photo_job_item_status(
    value: object,
) -> TypeGuard[ProductPhotoJobItemStatus]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(ProductPhotoJobItemStatus)


@dataclass(slots=True, kw_only=True)
class ProductPhotoJobListResponse:
    jobs: list[ProductPhotoJobSummary]
    request_id: str
    next_cursor: datetime.datetime | None = None
    """The `cursor` of the next page; null on the last one."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


ProductPhotoJobStatus: TypeAlias = Literal[
    "queued", "processing", "completed", "partially_completed", "failed", "cancelled"
]


def is_product_photo_job_status(value: object) -> TypeGuard[ProductPhotoJobStatus]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(ProductPhotoJobStatus)


@dataclass(slots=True, kw_only=True)
class ProductPhotoJobStatusResponse:
    job: ProductPhotoJob
    request_id: str
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class ProductPhotoJobSummary:
    id: uuid.UUID
    status: ProductPhotoJobStatus | str
    total_items: int
    credits_reserved: int
    sandbox: bool
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


ProductPhotoOperation: TypeAlias = Literal[
    "product_photo_enhance",
    "remove_background",
    "studio_packshot",
    "marketplace_clean",
    "natural_lifestyle",
    "premium_ad",
]
"""What is done with the images."""


def is_product_photo_operation(value: object) -> TypeGuard[ProductPhotoOperation]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(ProductPhotoOperation)


@dataclass(slots=True, kw_only=True)
class ProductPhotoPreset:
    id: str
    name: str
    description: str
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class ProductPhotoPresetListResponse:
    presets: list[ProductPhotoPreset]
    request_id: str
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""
