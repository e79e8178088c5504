"""What a generated package declares about the jobs of its API, as data: which
operations poll and cancel, where a response holds what, what the states mean, when to
poll. How that is carried out is in `job_outcomes` and `jobs`.

A `Path` leads from the body of a response inwards by names as they are sent:
`("error", "error_code")`. The generator has checked that each exists in the schema."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, Final, Generic, Literal, TypeAlias, TypeVar

from .declarations import Operation

S = TypeVar("S")  # a snapshot: the decoded response to a poll
R = TypeVar("R")  # what the job is for
Part = TypeVar("Part")  # an item of a batch job

Path: TypeAlias = tuple[str, ...]

DeclaredState: TypeAlias = Literal[
    "pending", "blocked", "succeeded", "partial", "failed", "cancelled", "expired"
]
"""What a status of the API can mean."""

JobState: TypeAlias = Literal[DeclaredState, "unknown"]
"""What a job's status means; "unknown" is a status that is not declared."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When polls are sent, e.g. `Schedule(minimum=2.0, maximum=15.0, timeout=900.0)`.
    Seconds, except `factor`, `jitter` (0 to 1: the share by which a pause may differ)
    and `rate` (polls per second, of all jobs of this kind). The pause before the first
    poll is `first`, then `minimum` growing by `factor` to `maximum`."""

    first: float = 0.0
    minimum: float = 1.0
    maximum: float = 10.0
    factor: float = 1.5
    jitter: float = 0.25
    timeout: float | None = 600.0
    rate: float | None = None

    def pause(self, interval: float, draw: random.Random) -> float:
        """Returns the seconds to wait after an interval that has grown so far."""
        spread = interval * (1 + draw.uniform(-self.jitter, self.jitter))
        return min(max(spread, self.minimum), self.maximum)


DEFAULT_SCHEDULE: Final = Schedule()


@dataclass(frozen=True, slots=True)
class Refine:
    """When the state is `state` and the value at `at` is one of `values`, the state is
    `then`."""

    state: DeclaredState
    at: Path
    values: tuple[str, ...]
    then: DeclaredState


@dataclass(frozen=True, slots=True)
class JobCall:
    """A call that takes a job's id: as the only path parameter, or as the parameter or
    the field of the JSON body `name` in `location`. `query`, `header` and `body` are
    sent with it."""

    operation: Operation
    location: Literal["path", "query", "header", "cookie", "body"] = "path"
    name: str = ""
    query: Mapping[str, object] = field(default_factory=dict[str, object])
    header: Mapping[str, object] = field(default_factory=dict[str, object])
    body: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class JobSpec(Generic[S, R, Part]):
    """One kind of job; its type arguments are those of its handle, `Job`.
    `too_late`: statuses (and an error code, if one is declared) by which a cancel
    reports that the job was over already. `unknown`: what a status that is not declared
    does, continue the polls or raise JobError. `not_found_grace`: seconds for which a
    404 means that the job is not visible yet. `expires`: seconds for which the result
    is kept. `items`: a `job_items.JobItems`, None without."""

    name: str
    _: KW_ONLY
    poll: JobCall
    cancel: JobCall | None = None
    too_late: tuple[tuple[int, str | None], ...] = ()
    state: Path
    states: Mapping[str, DeclaredState]
    refine: tuple[Refine, ...] = ()
    result: Path | None = None
    error_code: Path | None = None
    error_message: Path | None = None
    items: Any = None
    done: tuple[Path, ...] = ()
    total: Path | None = None
    schedule: Schedule = DEFAULT_SCHEDULE
    unknown: Literal["poll", "raise"] = "poll"
    not_found_grace: float = 0.0
    expires: float | None = None
