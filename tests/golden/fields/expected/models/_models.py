"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

import builtins
import datetime
import decimal
import uuid
from dataclasses import dataclass
from typing import Any

from .._runtime.declarations import Unset
from .._runtime.model import ModelBase
from .._runtime.wire_names import wire


@dataclass(slots=True, kw_only=True)
class Change(ModelBase):
    name: str
    note: str | None | Unset = Unset.UNSET
    size: int | None = None
    next: Change | None = None


@dataclass(slots=True, kw_only=True)
class Thing(ModelBase):
    id: uuid.UUID
    at: datetime.datetime
    maybe: str | None
    date: datetime.date | None = None
    price: decimal.Decimal | None = None
    blob: bytes | None = None
    list: builtins.list[str] | None = None
    names: builtins.list[builtins.list[int]] | None = None
    class_: str | None = wire("class")
    x_y: float | None = wire("X-Y")
    plus_1: int | None = wire("+1")
    field: bool | None = None
    counts: dict[str, int] | None = None
    anything: Any = None
