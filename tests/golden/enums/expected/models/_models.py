"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeGuard, get_args


@dataclass(slots=True, kw_only=True)
class Item:
    state: State | str | None = None
    size: ItemSize | int | None = None
    ratio: ItemRatio | float | None = None
    level: ItemLevel | str | None = None
    kind: Literal["item"] | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


ItemLevel: TypeAlias = Literal["low", "high"]


def is_item_level(value: object) -> TypeGuard[ItemLevel]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(ItemLevel)


ItemRatio: TypeAlias = float


def is_item_ratio(value: object) -> TypeGuard[ItemRatio]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in (0.5, 1.5)


ItemSize: TypeAlias = Literal[1, 2, 3]


def is_item_size(value: object) -> TypeGuard[ItemSize]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(ItemSize)


ListItemsSort: TypeAlias = Literal["ASC", "asc"]


def is_list_items_sort(value: object) -> TypeGuard[ListItemsSort]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(ListItemsSort)


State: TypeAlias = Literal["new", "in progress", "done"]
"""Where it stands."""


def is_state(value: object) -> TypeGuard[State]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(State)
