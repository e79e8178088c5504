"""The models, read when they are first used: `from jobs.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import (
        CreateRenderRequest as CreateRenderRequest,
        Render as Render,
        RenderError as RenderError,
        RenderState as RenderState,
        is_render_state as is_render_state,
    )
else:
    _MODULES: dict[str, str] = {
        "CreateRenderRequest": "._models",
        "Render": "._models",
        "RenderError": "._models",
        "RenderState": "._models",
        "is_render_state": "._models",
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
    "CreateRenderRequest",
    "Render",
    "RenderError",
    "RenderState",
    "is_render_state",
]
