"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Annotated, TypeAlias

from .._runtime.codec import UnknownVariant
from .._runtime.declarations import Unset
from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class Leaf(ModelBase):
    digest: Annotated[bytes, "base64url"]


@dataclass(slots=True, kw_only=True)
class Lease(ModelBase):
    lasts: datetime.timedelta
    token: Annotated[bytes, "base64url"]
    since: Annotated[datetime.datetime, "http-date"]
    plain: bytes | None = None
    history: list[Annotated[datetime.datetime, "http-date"]] | None | Unset = (
        Unset.UNSET
    )
    pauses: dict[str, datetime.timedelta] | None = None
    nodes: list[Node] | None = None
    additional_properties: dict[str, Annotated[bytes, "base64url"]] = field(
        default_factory=dict[str, Annotated[bytes, "base64url"]], repr=False
    )


@dataclass(slots=True, kw_only=True)
class Link(ModelBase):
    url: str


Node: TypeAlias = 'Leaf | Link | list[Annotated[bytes, "base64url"]] | UnknownVariant'
