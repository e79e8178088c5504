"""The models, read when they are first used: `from unions.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .._runtime.codec import UnknownVariant as UnknownVariant
    from ._models import (
        Cat as Cat,
        Circle as Circle,
        Dog as Dog,
        Fallback as Fallback,
        Pet as Pet,
        Shape as Shape,
        Square as Square,
    )
else:
    _MODULES: dict[str, str] = {
        "Cat": "._models",
        "Circle": "._models",
        "Dog": "._models",
        "Fallback": "._models",
        "Pet": "._models",
        "Shape": "._models",
        "Square": "._models",
        "UnknownVariant": ".._runtime.codec",
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
    "Cat",
    "Circle",
    "Dog",
    "Fallback",
    "Pet",
    "Shape",
    "Square",
    "UnknownVariant",
]
