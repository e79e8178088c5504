"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass

from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class ReadStatusResponse(ModelBase):
    up: bool | None = None


@dataclass(slots=True, kw_only=True)
class Refund(ModelBase):
    id: str
