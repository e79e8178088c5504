"""The models, read when they are first used: `from hostile.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .._runtime.codec import UnknownVariant as UnknownVariant
    from ._models import *
else:
    from .._runtime.model import lazy

    _TABLE = """
._runtime.codec: UnknownVariant
_models: AExec B Evil EvilEnum EvilImportOsNX EvilImportOsNXAB EvilImportOsNXABValue
    EvilImportOsNXABValue_2 EvilImportOsNXCON EvilImportOsNXClass
    EvilImportOsNXCodingUtf7ACIACg EvilImportOsNXEndsWith EvilImportOsNXError404
    EvilImportOsNXExec EvilImportOsNXFi EvilImportOsNXImportOs EvilImportOsNXInit
    EvilImportOsNXNX EvilImportOsNXNone_ EvilImportOsNXNul EvilImportOsNXSelf
    EvilImportOsNXValue EvilImportOsNXValue_2 EvilImportOsNXValue_3 EvilImportOsNXX
    EvilImportOsNXXValue EvilImportOsNXXXXSX
    EvilImportOsNXXxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    EvilUnion PostEvilStrExec is_evil_enum
"""
    __getattr__, __dir__, __all__ = lazy(__name__, _TABLE)
