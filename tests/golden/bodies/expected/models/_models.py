"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .._runtime.declarations import Unset
from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class ImageRequest(ModelBase):
    image_url: str | None = None
    mode: ImageRequestMode | None = None


ImageRequestMode: TypeAlias = Literal["auto", "full"]

JobRequestKind: TypeAlias = Literal["resize"]


@dataclass(slots=True, kw_only=True)
class PatchLabelsRequestAt(ModelBase):
    x: int | None | Unset = Unset.UNSET
    y: int | None | Unset = Unset.UNSET


@dataclass(slots=True, kw_only=True)
class Shared(ModelBase):
    color: str | None = None
    size: int | None = None
