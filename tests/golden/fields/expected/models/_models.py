"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

import builtins
import dataclasses
import datetime
import decimal
import uuid
from dataclasses import dataclass, field
from typing import Any

from .._runtime.unset import UNSET, Unset


@dataclass(slots=True, kw_only=True)
class Change:
    name: str
    note: str | None | Unset = UNSET
    size: int | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class Thing:
    id: uuid.UUID
    at: datetime.datetime
    maybe: str | None
    date: datetime.date | None = None
    price: decimal.Decimal | None = None
    blob: bytes | None = None
    list: builtins.list[str] | None = None
    names: builtins.list[builtins.list[int]] | None = None
    class_: str | None = dataclasses.field(default=None, metadata={"wire": "class"})
    x_y: float | None = dataclasses.field(default=None, metadata={"wire": "X-Y"})
    plus_1: int | None = dataclasses.field(default=None, metadata={"wire": "+1"})
    field: bool | None = None
    counts: dict[str, int] | None = None
    anything: Any = None
    additional_properties: dict[str, Any] = dataclasses.field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""
