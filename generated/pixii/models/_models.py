"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeGuard, get_args


@dataclass(slots=True, kw_only=True)
class Ad:
    """One generated image, or why it failed."""

    preview_url: str | None = None
    """Signed URL to the generated image. Valid for 7 days. null if the image failed"""
    error: AdError | None = None
    """Error details if this specific image failed to generate. null on success"""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class AdError:
    """Error details if this specific image failed to generate. null on success"""

    code: str | None = None
    """Job error code"""
    message: str | None = None
    """Human-readable error message"""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


CountryCode: TypeAlias = Literal[
    "AE",
    "AU",
    "BE",
    "BR",
    "CA",
    "CN",
    "DE",
    "EG",
    "ES",
    "FR",
    "GB",
    "IE",
    "IN",
    "IT",
    "JP",
    "MX",
    "NL",
    "PL",
    "SA",
    "SE",
    "SG",
    "TR",
    "UK",
    "US",
    "ZA",
]
"""The marketplace's country."""


def is_country_code(value: object) -> TypeGuard[CountryCode]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(CountryCode)


@dataclass(slots=True, kw_only=True)
class Error:
    code: ErrorCode | str | None = None
    """What went wrong, for programs."""
    message: str | None = None
    """What went wrong, for people."""
    detail: str | None = None
    """More about a refused request or a rate limit."""
    retry_after: float | None = None
    """Seconds to wait, on rate limits."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


ErrorCode: TypeAlias = Literal[
    "UNAUTHORIZED",
    "VALIDATION_ERROR",
    "INSUFFICIENT_CREDITS",
    "RATE_LIMIT_MINUTE_EXCEEDED",
    "RATE_LIMIT_DAY_EXCEEDED",
    "NO_ACTIVE_BRAND",
    "JOB_NOT_FOUND",
]


def is_error_code(value: object) -> TypeGuard[ErrorCode]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(ErrorCode)


@dataclass(slots=True, kw_only=True)
class Job:
    id: str | None = None
    """Unique job identifier"""
    job_type: str | None = None
    """The type of job"""
    status: JobStatus | str | None = None
    """Current job status"""
    created_at: datetime.datetime | None = None
    """When the job was submitted"""
    started_at: datetime.datetime | None = None
    """When processing began"""
    completed_at: datetime.datetime | None = None
    """When the job finished"""
    credit_cost: float | None = None
    """Credits charged for this job"""
    credits_refunded: float | None = None
    """Credits refunded if any images failed to generate"""
    output: JobOutput | None = None
    """Job output. null until status is completed"""
    error_code: str | None = None
    """Job error code when status is failed"""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class JobOutput:
    """Job output. null until status is completed"""

    ads: list[Ad] | None = None
    """Array of generated images"""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class JobReceipt:
    """A job that was accepted. Its id finds the job."""

    job_id: str | None = None
    """Unique identifier for the job, to poll for its results."""
    job_type: str | None = None
    """The type of job."""
    status: JobStatus | str | None = None
    """The job's status; `pending` at first."""
    created_at: datetime.datetime | None = None
    """When the job was created."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


JobStatus: TypeAlias = Literal["pending", "processing", "completed", "failed"]
"""pending: received and queued. processing: actively running. completed: the output is
ready, though images in it may have failed. failed: see `error_code`.
"""


def is_job_status(value: object) -> TypeGuard[JobStatus]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(JobStatus)


@dataclass(slots=True, kw_only=True)
class ListingBuilderRequest:
    asin: str
    """The product's Amazon Standard Identification Number."""
    country_code: CountryCode
    """The marketplace's country."""
    listing_type: ListingType
    """What kind of listing is made."""
    main_image_url: str | None = None
    """The public address of the product's main image."""
    other_image_urls: list[str] | None = None
    """The public addresses of further images."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


ListingType: TypeAlias = Literal[
    "amazon_listing",
    "amazon_main_images",
    "amazon_mobile_listing",
    "shopify_listing",
    "tiktok_listing",
]
"""What kind of listing is made."""


def is_listing_type(value: object) -> TypeGuard[ListingType]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(ListingType)


@dataclass(slots=True, kw_only=True)
class ScaleItem:
    preview_url: str
    """The public address of the reference image."""
    platform: str
    """The platform that the image is for."""
    asset_type: str
    """What kind of image it is; what is valid depends on the platform."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


ScaleMode: TypeAlias = Literal["catalog", "inspire", "variation", "language"]
"""How the reference images are used: applied to all products, as inspiration, for
variations such as colour or size, or translated.
"""


def is_scale_mode(value: object) -> TypeGuard[ScaleMode]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(ScaleMode)


@dataclass(slots=True, kw_only=True)
class ScaleRequest:
    asin: str
    """The product's Amazon Standard Identification Number."""
    country_code: CountryCode
    """The marketplace's country."""
    scale_mode: ScaleMode
    """How the reference images are used."""
    items: list[ScaleItem]
    """The reference images."""
    main_image_input: str | None = None
    """The public address of the product's main image."""
    other_images_input: list[str] | None = None
    """The public addresses of further images."""
    user_prompt: str | None = None
    """Guidance in plain words; with the mode `language` it must name the language."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""
