"""The models, read when they are first used: `from parameters.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import (
        GetEmptyKind as GetEmptyKind,
        is_get_empty_kind as is_get_empty_kind,
    )
else:
    _MODULES: dict[str, str] = {
        "GetEmptyKind": "._models",
        "is_get_empty_kind": "._models",
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


__all__ = ["GetEmptyKind", "is_get_empty_kind"]
