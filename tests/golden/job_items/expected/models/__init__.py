"""The models, read when they are first used: `from job_items.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import (
        Batch as Batch,
        BatchState as BatchState,
        CreateBatchResponse as CreateBatchResponse,
        CreateBatchResponseBatch as CreateBatchResponseBatch,
        Row as Row,
        RowError as RowError,
        is_batch_state as is_batch_state,
    )
else:
    _MODULES: dict[str, str] = {
        "Batch": "._models",
        "BatchState": "._models",
        "CreateBatchResponse": "._models",
        "CreateBatchResponseBatch": "._models",
        "Row": "._models",
        "RowError": "._models",
        "is_batch_state": "._models",
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
    "Batch",
    "BatchState",
    "CreateBatchResponse",
    "CreateBatchResponseBatch",
    "Row",
    "RowError",
    "is_batch_state",
]
