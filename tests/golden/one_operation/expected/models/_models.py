"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass

from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class Job(ModelBase):
    id: str
    """Its id."""
    result_url: str | None = None
    """Where the result is."""


@dataclass(slots=True, kw_only=True)
class Problem(ModelBase):
    message: str | None = None
    code: str | None = None
