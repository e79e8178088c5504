"""The models, read when they are first used: `from enums.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import *
else:
    from .._runtime.model import lazy

    _TABLE = """
_models: Item ItemLevel ItemRatio ItemSize ListItemsSort State is_item_level
    is_item_ratio is_item_size is_state
"""
    __getattr__, __dir__, __all__ = lazy(__name__, _TABLE)
