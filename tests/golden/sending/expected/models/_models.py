"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass

from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class Order(ModelBase):
    id: str


@dataclass(slots=True, kw_only=True)
class Size(ModelBase):
    width: int | None = None
