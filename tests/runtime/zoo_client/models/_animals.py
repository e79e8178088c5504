"""A union told apart by a property; owners and animals hold each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from clientsmith.runtime.codec import Tagged, UnknownVariant

if TYPE_CHECKING:
    from ._owners import Owner


@dataclass(slots=True, kw_only=True)
class Cat:
    pet_type: Literal["cat"] = "cat"
    lives: int
    owner: Owner | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Dog:
    pet_type: str
    owner: Owner | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Stray:
    pet_type: str | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


Animal: TypeAlias = Annotated["Cat | Dog | UnknownVariant", Tagged("pet_type", (("cat", "Cat"), ("dog", "Dog")))]

Guest: TypeAlias = Annotated["Cat | Stray | UnknownVariant", Tagged("pet_type", (("cat", "Cat"),), "Stray")]

__all__ = ["Animal", "Cat", "Dog", "Guest", "Stray", "UnknownVariant"]
