"""The models, read when they are first used: `from bodies.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import (
        ImageRequest as ImageRequest,
        ImageRequestMode as ImageRequestMode,
        JobRequest as JobRequest,
        JobRequestKind as JobRequestKind,
        PatchLabelsRequest as PatchLabelsRequest,
        PatchLabelsRequestAt as PatchLabelsRequestAt,
        PutLabelsRequest as PutLabelsRequest,
        Shared as Shared,
        is_image_request_mode as is_image_request_mode,
        is_job_request_kind as is_job_request_kind,
    )
else:
    _MODULES: dict[str, str] = {
        "ImageRequest": "._models",
        "ImageRequestMode": "._models",
        "JobRequest": "._models",
        "JobRequestKind": "._models",
        "PatchLabelsRequest": "._models",
        "PatchLabelsRequestAt": "._models",
        "PutLabelsRequest": "._models",
        "Shared": "._models",
        "is_image_request_mode": "._models",
        "is_job_request_kind": "._models",
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
    "ImageRequest",
    "ImageRequestMode",
    "JobRequest",
    "JobRequestKind",
    "PatchLabelsRequest",
    "PatchLabelsRequestAt",
    "PutLabelsRequest",
    "Shared",
    "is_image_request_mode",
    "is_job_request_kind",
]
