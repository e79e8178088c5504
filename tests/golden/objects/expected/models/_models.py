"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .._runtime.unset import UNSET, Unset


@dataclass(slots=True, kw_only=True)
class Base:
    id: str | None = None
    note: str | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class CreateNodeResponse:
    node: Node | None = None
    owner: CreateNodeResponseOwner | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class CreateNodeResponseOwner:
    name: str | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class Forest:
    roots: int | None = None
    additional_properties: dict[str, Node] = field(
        default_factory=dict[str, "Node"], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class Labels:
    color: str | None = None
    additional_properties: dict[str, str] = field(
        default_factory=dict[str, str], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class Node:
    """A node of a tree."""

    id: str | None = None
    note: str | None = None
    name: str
    children: list[Node] | None = None
    labels: Labels | None = None
    forest: Forest | None = None
    parent: Node | None | Unset = UNSET
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""
