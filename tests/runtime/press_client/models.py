"""Models of the tests of jobs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Fault:
    code: str | None = None
    message: str | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Page:
    id: str
    state: str | None = None
    url: str | None = None
    error: Fault | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Run:
    id: str | None = None
    status: str | None = None
    url: str | None = None
    error: Fault | None = None
    pages: list[Page] | None = None
    done: int | None = None
    failed: int | None = None
    total: int | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)
