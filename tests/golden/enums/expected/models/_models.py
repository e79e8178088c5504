"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from .._runtime.enums import ValueGuard, value_guard
from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class Item(ModelBase):
    state: State | str | None = None
    size: ItemSize | int | None = None
    ratio: ItemRatio | float | None = None
    level: ItemLevel | str | None = None
    kind: Literal["item"] | None = None
    mood: Annotated[str, State] | None = None


ItemLevel: TypeAlias = Literal["low", "high"]
is_item_level: ValueGuard[ItemLevel] = value_guard(ItemLevel)

ItemRatio: TypeAlias = float
is_item_ratio: ValueGuard[ItemRatio] = value_guard((0.5, 1.5))

ItemSize: TypeAlias = Literal[1, 2, 3]
"""How large it is, in boxes."""
is_item_size: ValueGuard[ItemSize] = value_guard(ItemSize)

ListItemsSort: TypeAlias = Literal["ASC", "asc"]

State: TypeAlias = Literal["new", "in progress", "done"]
"""Where it stands."""
is_state: ValueGuard[State] = value_guard(State)
