"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass

from .._runtime.model import ModelBase
from .._runtime.wire_names import wire


@dataclass(slots=True, kw_only=True)
class Job(ModelBase):
    id_3: str | None = wire("Id")
    id: str | None = None
    id_2: str | None = wire("ID")
    underscore_id: str | None = wire("_id")
    none: str | None = wire("None")
    init: str | None = wire("__init__")
