"""The models, read when they are first used: `from names.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import (
        Any_ as Any_,
        Job as Job,
        Job_2 as Job_2,
        ListModelsRequest as ListModelsRequest,
        Model2Fast as Model2Fast,
    )
else:
    _MODULES: dict[str, str] = {
        "Any_": "._models",
        "Job": "._models",
        "Job_2": "._models",
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


__all__ = ["Any_", "Job", "Job_2", "ListModelsRequest", "Model2Fast"]
