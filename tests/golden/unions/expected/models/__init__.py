"""The models, read when they are first used: `from unions.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .._runtime.codec import UnknownVariant as UnknownVariant
    from ._models import *
else:
    from .._runtime.model import lazy

    _TABLE = """
._runtime.codec: UnknownVariant
_models: Cat Circle Dog Extra Fallback Pet Shape Square
"""
    __getattr__, __dir__, __all__ = lazy(__name__, _TABLE)
