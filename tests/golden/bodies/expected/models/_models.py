"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeGuard, get_args

from .._runtime.unset import UNSET, Unset


@dataclass(slots=True, kw_only=True)
class ImageRequest:
    image_url: str | None = None
    mode: ImageRequestMode | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


ImageRequestMode: TypeAlias = Literal["auto", "full"]


def is_image_request_mode(value: object) -> TypeGuard[ImageRequestMode]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(ImageRequestMode)


@dataclass(slots=True, kw_only=True)
class JobRequest:
    kind: JobRequestKind
    name: str
    size: int | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


JobRequestKind: TypeAlias = Literal["resize"]


def is_job_request_kind(value: object) -> TypeGuard[JobRequestKind]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(JobRequestKind)


@dataclass(slots=True, kw_only=True)
class PatchLabelsRequest:
    id: int
    color: str | None | Unset = UNSET
    any: Any = None
    at: PatchLabelsRequestAt | None | Unset = UNSET
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class PatchLabelsRequestAt:
    x: int | None | Unset = UNSET
    y: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class PutLabelsRequest:
    color: str
    additional_properties: dict[str, int] = field(
        default_factory=dict[str, int], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class Shared:
    color: str | None = None
    size: int | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""
