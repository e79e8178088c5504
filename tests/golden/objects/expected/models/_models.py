"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass, field

from .._runtime.declarations import Unset
from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class CreateNodeResponse(ModelBase):
    node: Node | None = None
    owner: CreateNodeResponseOwner | None = None


@dataclass(slots=True, kw_only=True)
class CreateNodeResponseOwner(ModelBase):
    name: str | None = None


@dataclass(slots=True, kw_only=True)
class Forest(ModelBase):
    roots: int | None = None
    additional_properties: dict[str, Node] = field(
        default_factory=dict[str, "Node"], repr=False
    )


@dataclass(slots=True, kw_only=True)
class Labels(ModelBase):
    color: str | None = None
    additional_properties: dict[str, str] = field(
        default_factory=dict[str, str], repr=False
    )


@dataclass(slots=True, kw_only=True)
class Node(ModelBase):
    """A node of a tree."""

    id: str | None = None
    note: str | None = None
    name: str
    children: list[Node] | None = None
    labels: Labels | None = None
    forest: Forest | None = None
    parent: Node | None | Unset = Unset.UNSET
