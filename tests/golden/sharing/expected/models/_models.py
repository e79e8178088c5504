"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeGuard, get_args


@dataclass(slots=True, kw_only=True)
class BadRequestErrorBody:
    errors: list[BadRequestErrorBodyError] | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class BadRequestErrorBodyError:
    field: str | None = None
    additional_properties: dict[str, Any] = dataclasses.field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class ErrorBody:
    """A"""

    message: str | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class Label:
    id: str
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


ListCatsOrder: TypeAlias = Literal["asc", "desc"]


def is_list_cats_order(value: object) -> TypeGuard[ListCatsOrder]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(ListCatsOrder)


@dataclass(slots=True, kw_only=True)
class ListCatsResponseItem:
    name: str | None = None
    tag: Tag | None = None
    """Mine."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


ListDogsMood: TypeAlias = Literal["asc", "desc"]


def is_list_dogs_mood(value: object) -> TypeGuard[ListDogsMood]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(ListDogsMood)


@dataclass(slots=True, kw_only=True)
class Tag:
    id: str
    """Unique."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""
