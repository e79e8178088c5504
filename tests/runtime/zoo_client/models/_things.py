"""Every kind of field; wire names that would break text they are pasted into; a model that contains itself."""

from __future__ import annotations

import datetime
import decimal
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from clientsmith.runtime.declarations import UNSET, Unset

if TYPE_CHECKING:
    from ._owners import Owner

State: TypeAlias = Literal["new", "old"]


@dataclass(slots=True, kw_only=True)
class Everything:
    id: uuid.UUID
    name: str
    count: int
    ratio: float
    good: bool
    at: datetime.datetime
    day: datetime.date
    price: decimal.Decimal
    blob: bytes
    state: State | str
    level: Literal[1, 2]
    anything: Any
    names: list[str]
    notes: list[str | None]
    days: list[datetime.date]
    scores: dict[str, float]
    times: dict[str, datetime.datetime | None]
    matrix: list[list[int]]
    owner: Owner
    owners: list[Owner]
    by_name: dict[str, Owner]
    mixed: list[int | str]
    nothing: None
    maybe: int | None
    from_: str = field(metadata={"wire": "from"})
    kind: Literal["everything"] = "everything"
    later: datetime.datetime | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Hostile:
    a: int = field(metadata={"wire": 'x"]; import os #'})
    b: int = field(metadata={"wire": "it's\n    raise SystemExit\n"})
    c: int = field(metadata={"wire": "__class__"})
    d: int = field(metadata={"wire": ""})
    self_: int = field(metadata={"wire": "self"})
    f: int = field(metadata={"wire": "{0}{x}%s\\"})
    g: int | None = field(default=None, metadata={"wire": "наименование\u2028"})
    h: Literal['"); boom("', "\n"] | None = field(default=None, metadata={"wire": "a/b~c"})
    i: int | None = field(default=None, metadata={"wire": "additional_properties"})
    o: int | None = None
    d_: int | None = field(default=None, metadata={"wire": "d"})
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Node:
    value: int
    next: Node | None = None
    children: list[Node] | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Sent:
    needed: str | None
    note: str | Unset | None = UNSET
    plain: str | None = None
    at: datetime.datetime | None = None
    price: decimal.Decimal | None = None
    items: list[Any] = field(default_factory=list[Any])
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Typed:
    additional_properties: dict[str, Owner] = field(default_factory=dict[str, "Owner"], repr=False)


@dataclass(slots=True, kw_only=True)
class Strict:
    """Without room for unknown properties."""

    a: int | None = None
