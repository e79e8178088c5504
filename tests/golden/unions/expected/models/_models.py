"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from .._runtime.codec import Tagged, UnknownVariant
from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class Cat(ModelBase):
    kind: str
    lives: int | None = None


@dataclass(slots=True, kw_only=True)
class Circle(ModelBase):
    radius: float
    label: str | int | None = None


@dataclass(slots=True, kw_only=True)
class Dog(ModelBase):
    kind: str
    tricks: list[str] | None = None


Extra: TypeAlias = "str | int | list[str | int] | dict[str, str] | UnknownVariant"

Fallback: TypeAlias = Annotated[
    "Cat | Dog | UnknownVariant",
    Tagged("kind", (("Dog", "Dog"), ("tom", "Cat")), default="Dog"),
]

Pet: TypeAlias = Annotated[
    "Cat | Dog | UnknownVariant", Tagged("kind", (("Dog", "Dog"), ("tom", "Cat")))
]

Shape: TypeAlias = "Circle | Square | str | UnknownVariant"


@dataclass(slots=True, kw_only=True)
class Square(ModelBase):
    side: float
    extra: Extra | None = None
    more: dict[str, Extra] | None = None
