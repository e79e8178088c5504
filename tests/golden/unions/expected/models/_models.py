"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, TypeAlias

from .._runtime.codec import Tagged, UnknownVariant


@dataclass(slots=True, kw_only=True)
class Cat:
    kind: str
    lives: int | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class Circle:
    radius: float
    label: str | int | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class Dog:
    kind: str
    tricks: list[str] | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


Fallback: TypeAlias = Annotated[
    "Cat | Dog | UnknownVariant",
    Tagged("kind", (("Dog", "Dog"), ("tom", "Cat")), default="Dog"),
]


Pet: TypeAlias = Annotated[
    "Cat | Dog | UnknownVariant", Tagged("kind", (("Dog", "Dog"), ("tom", "Cat")))
]


Shape: TypeAlias = "Circle | Square | str | UnknownVariant"


@dataclass(slots=True, kw_only=True)
class Square:
    side: float
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""
