"""Fields of models that are sent under another name."""

from __future__ import annotations

from dataclasses import field
from typing import Any


def wire(name: str, default: Any = None) -> Any:
    """Returns the field of a property that is sent as `name` and may be left out."""
    return field(default=default, metadata={"wire": name})
