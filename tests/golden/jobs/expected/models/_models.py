"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeGuard, get_args


@dataclass(slots=True, kw_only=True)
class CreateRenderRequest:
    scene: str | None = None
    wait: bool | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class Render:
    id: str
    state: RenderState | str | None = None
    url: str | None = None
    error: RenderError | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class RenderError:
    code: str | None = None
    message: str | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


RenderState: TypeAlias = Literal["queued", "done", "failed"]


def is_render_state(value: object) -> TypeGuard[RenderState]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(RenderState)
