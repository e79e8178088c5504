"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal, TypeAlias

from .._runtime.enums import ValueGuard, value_guard
from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class Ad(ModelBase):
    """One generated image, or why it failed."""

    preview_url: str | None = None
    """Signed URL to the generated image. Valid for 7 days. null if the image failed"""
    error: AdError | None = None


@dataclass(slots=True, kw_only=True)
class AdError(ModelBase):
    """Error details if this specific image failed to generate. null on success"""

    code: str | None = None
    """Job error code"""
    message: str | None = None
    """Human-readable error message"""


CountryCode: TypeAlias = Literal[
    "AE", "AU", "BE", "BR", "CA", "CN", "DE", "EG", "ES", "FR", "GB", "IE", "IN", "IT",
    "JP", "MX", "NL", "PL", "SA", "SE", "SG", "TR", "UK", "US", "ZA",
]  # fmt: skip
"""The marketplace's country."""


@dataclass(slots=True, kw_only=True)
class Error(ModelBase):
    code: ErrorCode | str | None = None
    """What went wrong, for programs."""
    message: str | None = None
    """What went wrong, for people."""
    detail: str | None = None
    """More about a refused request or a rate limit."""
    retry_after: float | None = None
    """Seconds to wait, on rate limits."""


ErrorCode: TypeAlias = Literal[
    "UNAUTHORIZED", "VALIDATION_ERROR", "INSUFFICIENT_CREDITS",
    "RATE_LIMIT_MINUTE_EXCEEDED", "RATE_LIMIT_DAY_EXCEEDED", "NO_ACTIVE_BRAND",
    "JOB_NOT_FOUND",
]  # fmt: skip
is_error_code: ValueGuard[ErrorCode] = value_guard(ErrorCode)


@dataclass(slots=True, kw_only=True)
class Job(ModelBase):
    id: str | None = None
    """Unique job identifier"""
    job_type: str | None = None
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
    error_code: str | None = None
    """Job error code when status is failed"""


@dataclass(slots=True, kw_only=True)
class JobOutput(ModelBase):
    """Job output. null until status is completed"""

    ads: list[Ad] | None = None
    """Array of generated images"""


@dataclass(slots=True, kw_only=True)
class JobReceipt(ModelBase):
    """A job that was accepted. Its id finds the job."""

    job_id: str | None = None
    """Unique identifier for the job, to poll for its results."""
    job_type: str | None = None
    status: JobStatus | str | None = None
    """The job's status; `pending` at first."""
    created_at: datetime.datetime | None = None
    """When the job was created."""


JobStatus: TypeAlias = Literal["pending", "processing", "completed", "failed"]
"""pending: received and queued. processing: actively running. completed: the output is
ready, though images in it may have failed. failed: see `error_code`."""
is_job_status: ValueGuard[JobStatus] = value_guard(JobStatus)

ListingType: TypeAlias = Literal[
    "amazon_listing",
    "amazon_main_images",
    "amazon_mobile_listing",
    "shopify_listing",
    "tiktok_listing",
]
"""What kind of listing is made."""


@dataclass(slots=True, kw_only=True)
class ScaleItem(ModelBase):
    preview_url: str
    """The public address of the reference image."""
    platform: str
    """The platform that the image is for."""
    asset_type: str
    """What kind of image it is; what is valid depends on the platform."""


ScaleMode: TypeAlias = Literal["catalog", "inspire", "variation", "language"]
"""How the reference images are used: applied to all products, as inspiration, for
variations such as colour or size, or translated."""
