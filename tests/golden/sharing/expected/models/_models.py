"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class BadRequestErrorBody(ModelBase):
    errors: list[BadRequestErrorBodyError] | None = None


@dataclass(slots=True, kw_only=True)
class BadRequestErrorBodyError(ModelBase):
    field: str | None = None


@dataclass(slots=True, kw_only=True)
class ErrorBody(ModelBase):
    """A"""

    message: str | None = None


ListCatsOrder: TypeAlias = Literal["asc", "desc"]


@dataclass(slots=True, kw_only=True)
class ListCatsResponseItem(ModelBase):
    name: str | None = None
    tag: Tag | None = None
    """Mine."""


ListDogsMood: TypeAlias = Literal["asc", "desc"]


@dataclass(slots=True, kw_only=True)
class Tag(ModelBase):
    id: str
    """Unique."""
