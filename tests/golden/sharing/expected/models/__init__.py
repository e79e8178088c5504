"""The models, read when they are first used: `from sharing.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import (
        BadRequestErrorBody as BadRequestErrorBody,
        BadRequestErrorBodyError as BadRequestErrorBodyError,
        ErrorBody as ErrorBody,
        Label as Label,
        ListCatsOrder as ListCatsOrder,
        ListCatsResponseItem as ListCatsResponseItem,
        ListDogsMood as ListDogsMood,
        Tag as Tag,
        is_list_cats_order as is_list_cats_order,
        is_list_dogs_mood as is_list_dogs_mood,
    )
else:
    _MODULES: dict[str, str] = {
        "BadRequestErrorBody": "._models",
        "BadRequestErrorBodyError": "._models",
        "ErrorBody": "._models",
        "Label": "._models",
        "ListCatsOrder": "._models",
        "ListCatsResponseItem": "._models",
        "ListDogsMood": "._models",
        "Tag": "._models",
        "is_list_cats_order": "._models",
        "is_list_dogs_mood": "._models",
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
    "BadRequestErrorBody",
    "BadRequestErrorBodyError",
    "ErrorBody",
    "Label",
    "ListCatsOrder",
    "ListCatsResponseItem",
    "ListDogsMood",
    "Tag",
    "is_list_cats_order",
    "is_list_dogs_mood",
]
