"""Models of the runtime's tests."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Job:
    id: str
    status: str | None = None
    created: datetime.datetime | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Problem:
    code: str | None = None
    message: str | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)
