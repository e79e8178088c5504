"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from .._runtime.declarations import UNSET, Unset
from .._runtime.enums import ValueGuard, value_guard
from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class ImageRequest(ModelBase):
    image_url: str | None = None
    mode: ImageRequestMode | None = None


ImageRequestMode: TypeAlias = Literal["auto", "full"]
is_image_request_mode: ValueGuard[ImageRequestMode] = value_guard(ImageRequestMode)


@dataclass(slots=True, kw_only=True)
class JobRequest(ModelBase):
    kind: JobRequestKind
    name: str
    size: int | None = None


JobRequestKind: TypeAlias = Literal["resize"]
is_job_request_kind: ValueGuard[JobRequestKind] = value_guard(JobRequestKind)


@dataclass(slots=True, kw_only=True)
class PatchLabelsRequest(ModelBase):
    id: int
    color: str | None | Unset = UNSET
    any: Any = None
    at: PatchLabelsRequestAt | None | Unset = UNSET


@dataclass(slots=True, kw_only=True)
class PatchLabelsRequestAt(ModelBase):
    x: int | None | Unset = UNSET
    y: int | None | Unset = UNSET


@dataclass(slots=True, kw_only=True)
class PutLabelsRequest(ModelBase):
    color: str
    additional_properties: dict[str, int] = field(
        default_factory=dict[str, int], repr=False
    )


@dataclass(slots=True, kw_only=True)
class Shared(ModelBase):
    color: str | None = None
    size: int | None = None
