"""The models, read when they are first used: `from objects.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import (
        Base as Base,
        CreateNodeResponse as CreateNodeResponse,
        CreateNodeResponseOwner as CreateNodeResponseOwner,
        Forest as Forest,
        Labels as Labels,
        Node as Node,
    )
else:
    _MODULES: dict[str, str] = {
        "Base": "._models",
        "CreateNodeResponse": "._models",
        "CreateNodeResponseOwner": "._models",
        "Forest": "._models",
        "Labels": "._models",
        "Node": "._models",
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
    "Base",
    "CreateNodeResponse",
    "CreateNodeResponseOwner",
    "Forest",
    "Labels",
    "Node",
]
