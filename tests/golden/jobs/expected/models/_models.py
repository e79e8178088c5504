"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .._runtime.enums import ValueGuard, value_guard
from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class Render(ModelBase):
    id: str
    state: RenderState | str | None = None
    url: str | None = None
    error: RenderError | None = None


@dataclass(slots=True, kw_only=True)
class RenderError(ModelBase):
    code: str | None = None
    message: str | None = None


RenderState: TypeAlias = Literal["queued", "done", "failed"]
is_render_state: ValueGuard[RenderState] = value_guard(RenderState)
