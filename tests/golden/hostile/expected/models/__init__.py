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
    EvilUnion PostEvilStrExec is_evil_enum is_evil_import_os_nx
    is_evil_import_os_nx_class is_evil_import_os_nx_coding_utf7_acia_cg
    is_evil_import_os_nx_ends_with is_evil_import_os_nx_exec is_evil_import_os_nx_fi
    is_evil_import_os_nx_import_os is_evil_import_os_nx_init is_evil_import_os_nx_none
    is_evil_import_os_nx_nul is_evil_import_os_nx_self is_evil_import_os_nx_value
    is_evil_import_os_nx_value_2 is_evil_import_os_nx_value_3
    is_evil_import_os_nx_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    is_evil_import_os_nxab is_evil_import_os_nxab_value is_evil_import_os_nxab_value_2
    is_evil_import_os_nxcon is_evil_import_os_nxnx is_evil_import_os_nxx
    is_evil_import_os_nxx_value is_evil_import_os_nxxxxsx is_post_evil_str_exec
"""
    __getattr__, __dir__, __all__ = lazy(__name__, _TABLE)
