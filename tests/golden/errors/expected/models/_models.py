"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass

from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class Failure(ModelBase):
    trace: str


@dataclass(slots=True, kw_only=True)
class Missing(ModelBase):
    what: str


@dataclass(slots=True, kw_only=True)
class Problem(ModelBase):
    title: str
