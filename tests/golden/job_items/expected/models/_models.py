"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .._runtime.enums import ValueGuard, value_guard
from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class Batch(ModelBase):
    state: BatchState | str | None = None
    good: int | None = None
    bad: int | None = None
    all: int | None = None
    rows: list[Row] | None = None


BatchState: TypeAlias = Literal["open", "held", "done"]
is_batch_state: ValueGuard[BatchState] = value_guard(BatchState)


@dataclass(slots=True, kw_only=True)
class CreateBatchResponse(ModelBase):
    batch: CreateBatchResponseBatch | None = None


@dataclass(slots=True, kw_only=True)
class CreateBatchResponseBatch(ModelBase):
    id: int | None = None


@dataclass(slots=True, kw_only=True)
class Row(ModelBase):
    id: str | None = None
    state: str | None = None
    url: str | None = None
    error: RowError | None = None


@dataclass(slots=True, kw_only=True)
class RowError(ModelBase):
    code: str | None = None
    text: str | None = None
