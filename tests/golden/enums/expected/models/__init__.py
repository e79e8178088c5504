"""The models, read when they are first used: `from enums.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import (
        Item as Item,
        ItemLevel as ItemLevel,
        ItemRatio as ItemRatio,
        ItemSize as ItemSize,
        ListItemsSort as ListItemsSort,
        State as State,
        is_item_level as is_item_level,
        is_item_ratio as is_item_ratio,
        is_item_size as is_item_size,
        is_list_items_sort as is_list_items_sort,
        is_state as is_state,
    )
else:
    _MODULES: dict[str, str] = {
        "Item": "._models",
        "ItemLevel": "._models",
        "ItemRatio": "._models",
        "ItemSize": "._models",
        "ListItemsSort": "._models",
        "State": "._models",
        "is_item_level": "._models",
        "is_item_ratio": "._models",
        "is_item_size": "._models",
        "is_list_items_sort": "._models",
        "is_state": "._models",
    }

    def __getattr__(name: str) -> object:
        from importlib import import_module

        module = _MODULES.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(module, __name__), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return __all__


__all__ = [
    "Item",
    "ItemLevel",
    "ItemRatio",
    "ItemSize",
    "ListItemsSort",
    "State",
    "is_item_level",
    "is_item_ratio",
    "is_item_size",
    "is_list_items_sort",
    "is_state",
]
