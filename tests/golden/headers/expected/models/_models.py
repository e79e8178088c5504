"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from .._runtime.enums import ValueGuard, value_guard
from .._runtime.headers import HeadersBase
from .._runtime.model import ModelBase
from .._runtime.wire_names import wire


@dataclass(slots=True, kw_only=True)
class Color(ModelBase):
    r: int
    g: int | None = None


@dataclass(slots=True, kw_only=True)
class ListJobsResponseHeaders(HeadersBase):
    x_total: int = field(metadata={"wire": "X-Total"})
    """How many there are."""
    last_modified: Annotated[datetime.datetime, "http-date"] | None = wire(
        "Last-Modified"
    )
    x_tags: list[int] | None = wire("X-Tags")
    x_sorts: list[ListJobsResponseXSort | int] | None = wire("X-Sorts")
    x_plan: Plan | str | None = wire("X-Plan")
    """What is paid for."""
    x_color: Color | None = field(
        default=None, metadata={"wire": "X-Color", "form": "exploded"}
    )
    x_sizes: dict[str, float] | None = wire("X-Sizes")
    x_meta: Color | None = field(
        default=None, metadata={"wire": "X-Meta", "form": "json"}
    )
    x_cached: bool | None = wire("X-Cached")
    x_limit: int | str | None = wire("X-Limit")


ListJobsResponseXSort: TypeAlias = Literal[1, 2]
is_list_jobs_response_x_sort: ValueGuard[ListJobsResponseXSort] = value_guard(
    ListJobsResponseXSort
)

Plan: TypeAlias = Literal["free", "paid"]
is_plan: ValueGuard[Plan] = value_guard(Plan)


@dataclass(slots=True, kw_only=True)
class ResponseHeaders(HeadersBase):
    x_plan: Plan | str | None = wire("x-plan")
    """What is paid for."""
    e_tag: str | None = wire("ETag")


@dataclass(slots=True, kw_only=True)
class TooManyHeaders(HeadersBase):
    retry_after: int | None = wire("Retry-After")
