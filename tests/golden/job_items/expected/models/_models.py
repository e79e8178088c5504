"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeGuard, get_args


@dataclass(slots=True, kw_only=True)
class Batch:
    state: BatchState | str | None = None
    good: int | None = None
    bad: int | None = None
    all: int | None = None
    rows: list[Row] | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


BatchState: TypeAlias = Literal["open", "held", "done"]


def is_batch_state(value: object) -> TypeGuard[BatchState]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(BatchState)


@dataclass(slots=True, kw_only=True)
class CreateBatchResponse:
    batch: CreateBatchResponseBatch | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class CreateBatchResponseBatch:
    id: int | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class Row:
    id: str | None = None
    state: str | None = None
    url: str | None = None
    error: RowError | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class RowError:
    code: str | None = None
    text: str | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""
