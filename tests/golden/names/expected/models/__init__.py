"""The models, read when they are first used: `from names.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import (
        Any_ as Any_,
        Job as Job,
        JobObject as JobObject,
        ListModelsRequest as ListModelsRequest,
        Model2Fast as Model2Fast,
    )
else:
    _MODULES: dict[str, str] = {
        "Any_": "._models",
        "Job": "._models",
        "JobObject": "._models",
        "ListModelsRequest": "._models",
        "Model2Fast": "._models",
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


__all__ = ["Any_", "Job", "JobObject", "ListModelsRequest", "Model2Fast"]
