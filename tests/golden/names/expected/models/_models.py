"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Any_:
    none: str | None = field(default=None, metadata={"wire": "None"})
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class Job:
    id_3: str | None = field(default=None, metadata={"wire": "Id"})
    id: str | None = None
    id_2: str | None = field(default=None, metadata={"wire": "ID"})
    underscore_id: str | None = field(default=None, metadata={"wire": "_id"})
    none: str | None = field(default=None, metadata={"wire": "None"})
    init: str | None = field(default=None, metadata={"wire": "__init__"})
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class JobObject:
    x: str | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class ListModelsRequest:
    models: str | None = None
    self_: str | None = field(default=None, metadata={"wire": "self"})
    klass: str | None = field(default=None, metadata={"wire": "класс"})
    not_not: str | None = field(default=None, metadata={"wire": "!!"})
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class Model2Fast:
    additional_properties_: str | None = field(
        default=None, metadata={"wire": "additional_properties"}
    )
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""
