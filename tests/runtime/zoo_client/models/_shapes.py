"""Unions told apart by shape."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from clientsmith.runtime.codec import UnknownVariant

if TYPE_CHECKING:
    from ._animals import Animal


@dataclass(slots=True, kw_only=True)
class Circle:
    radius: float
    color: str | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Square:
    side: float
    color: str | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Group:
    kind: Literal["group"] = "group"
    members: list[Shape]
    color: str | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Note:
    text: str | None = None
    color: str | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


Shape: TypeAlias = "Circle | Square | Group | Note | str | list[int] | list[Circle] | UnknownVariant"

Json: TypeAlias = "str | float | bool | list[Json] | dict[str, Json] | None"


@dataclass(slots=True, kw_only=True)
class Drawing:
    shape: Shape | None = None
    when: datetime.datetime | uuid.UUID | int | str | None = None
    mode: Literal["auto"] | int | None = None
    one: Circle | str | None = None
    pet: Animal | str | None = None
    blob: bytes | str | None = None
    data: Json | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


__all__ = ["Circle", "Drawing", "Group", "Json", "Note", "Shape", "Square", "UnknownVariant"]
