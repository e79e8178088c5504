"""Loaded by no import of the other modules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._animals import Animal


@dataclass(slots=True, kw_only=True)
class Owner:
    name: str
    pets: list[Animal] | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)
