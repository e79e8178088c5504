"""Part of the runtime of a generated client. 0BSD: use it as you like.

How one kind of job is read and paced: `JobSpec` is what a provider declares, `verdict_on` what an answer means by it.
Nothing here sends or waits (`jobs`).

States: pending and unknown are waited for; succeeded, partial, failed, cancelled, expired are final; blocked needs
somebody to act. *Unknown* is a status that this client was not made for: it neither ends the wait nor passes for
success.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeAlias, TypeVar, cast

from .codec import EXTRA, UnknownVariant, plan_of
from .operation import Call
from .unset import UNSET

S = TypeVar("S")  # a snapshot: the decoded answer to a poll
R = TypeVar("R")  # what the job is for
Part = TypeVar("Part")  # an item of a batch job
V = TypeVar("V")

JobState: TypeAlias = Literal["pending", "blocked", "succeeded", "partial", "failed", "cancelled", "expired", "unknown"]


class Schedule(NamedTuple):
    """When to look. Seconds, except `factor`, `jitter` (0 to 1: the share by which a pause may differ) and `rate`
    (looks per second). The pause before the first look is `first`, then `minimum` growing by `factor` to `maximum`."""

    first: float = 0.0
    minimum: float = 1.0
    maximum: float = 10.0
    factor: float = 1.5
    jitter: float = 0.25
    timeout: float | None = 600.0
    rate: float | None = None

    def pause(self, interval: float, draw: random.Random) -> float:
        """The pause to make of an interval that has grown so far, in the bounds of this schedule."""
        spread = interval * (1 + draw.uniform(-self.jitter, self.jitter))
        return max(min(max(spread, self.minimum), self.maximum), self.shortest)

    @property
    def shortest(self) -> float:
        """The pause that `rate` demands."""
        return 1.0 / self.rate if self.rate else 0.0


_SCHEDULE = Schedule()


@dataclass(frozen=True, eq=False, repr=False)
class Refine(Generic[S]):
    """When the state is `state` and the value that `at` reads is one of `values`, the state is `then`."""

    state: JobState
    at: Callable[[S], object]
    values: tuple[str, ...]
    then: JobState


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class JobItems(Generic[S, Part]):
    """The parts of a batch job. An item failed when its state is one of `failed`, a `failed_at` reads something, a
    `missing_at` reads nothing, it has no `result`, or, where results are not declared, its state is none of
    `succeeded`."""

    at: Callable[[S], Sequence[Part] | None]
    id: Callable[[Part], object] | None = None
    state: Callable[[Part], object] | None = None
    succeeded: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    failed_at: tuple[Callable[[Part], object], ...] = ()
    missing_at: tuple[Callable[[Part], object], ...] = ()
    result: Callable[[Part], object] | None = None
    error_code: Callable[[Part], object] | None = None
    error_message: Callable[[Part], object] | None = None

    def is_good(self, item: Part) -> bool:
        """Whether the item succeeded."""
        state = None if self.state is None else _text(read(self.state, item))
        if state in self.failed or any(read(reader, item) is not None for reader in self.failed_at):
            return False
        if any(read(reader, item) is None for reader in self.missing_at):
            return False
        if self.result is not None:
            return read(self.result, item) is not None
        return self.state is None or state in self.succeeded


@dataclass(frozen=True, eq=False, repr=False)
class JobSpec(Generic[S, R, Part]):
    """One kind of job. Readers get a snapshot, which is the decoded answer to a poll, or an item of it.

    `too_late`: statuses (and an error code, if one is declared) by which a cancel says that the job was over already.
    `not_found_grace`: seconds for which a 404 means that the job is not visible yet.
    """

    name: str
    poll: Callable[[Any], Call[S]]
    state: Callable[[S], object]
    states: Mapping[str, JobState]
    cancel: Callable[[Any], Call[Any]] | None = None
    too_late: tuple[tuple[int, str | None], ...] = ()
    refine: tuple[Refine[S], ...] = ()
    result: Callable[[S], R | None] | None = None
    error_code: Callable[[S], object] | None = None
    error_message: Callable[[S], object] | None = None
    items: JobItems[S, Part] | None = None
    done: tuple[Callable[[S], int | None], ...] = ()
    total: Callable[[S], int | None] | None = None
    schedule: Schedule = _SCHEDULE
    unknown: Literal["poll", "raise"] = "poll"
    not_found_grace: float = 0.0


@dataclass(frozen=True, slots=True)
class JobProgress(Generic[S]):
    """One look at a job: `status` is the word of the API, `state` what it means, `elapsed` seconds of waiting.

    `done` and `total` count items, where the API says so.
    """

    status: str | None
    state: JobState
    done: int | None
    total: int | None
    snapshot: S
    elapsed: float


@dataclass(frozen=True, slots=True)
class JobResult(Generic[S, R, Part]):
    """A job that ended well, or well in part: then `partial` is True and `failed_items` says what is missing.

    `result` is what the job was for; of a job of items, the results of the good ones. `elapsed`: seconds of waiting.
    """

    result: R
    snapshot: S
    items: tuple[Part, ...]
    ok_items: tuple[Part, ...]
    failed_items: tuple[Part, ...]
    partial: bool
    polls: int
    elapsed: float


class Verdict(NamedTuple, Generic[S, Part]):
    """What a snapshot means."""

    status: str | None
    state: JobState
    items: tuple[Part, ...] = ()
    ok_items: tuple[Part, ...] = ()
    code: str | None = None
    message: str | None = None

    @property
    def failed_items(self) -> tuple[Part, ...]:
        """The items that are not good."""
        good = {id(item) for item in self.ok_items}
        return tuple(item for item in self.items if id(item) not in good)


def verdict_on(snapshot: S, spec: JobSpec[S, R, Part]) -> Verdict[S, Part]:
    """What the snapshot means: its status classified, refined, and held against its items."""
    status = _text(read(spec.state, snapshot))
    state: JobState = spec.states.get(status, "unknown") if status is not None else "unknown"
    for rule in spec.refine:
        if rule.state == state and _text(read(rule.at, snapshot)) in rule.values:
            state = rule.then
            break
    code = _text(read(spec.error_code, snapshot)) if spec.error_code else None
    message = _text(read(spec.error_message, snapshot)) if spec.error_message else None
    if spec.items is None:
        return Verdict(status, state, code=code, message=message)
    parts = spec.items
    found = read(parts.at, snapshot)
    items = tuple(found) if isinstance(found, (list, tuple)) else ()
    good = tuple(item for item in items if parts.is_good(item))
    if state in ("succeeded", "partial"):
        if not good and (items or spec.result is None):
            state = "failed"  # an empty result must not pass for one
        elif len(good) < len(items):
            state = "partial"
    verdict: Verdict[S, Part] = Verdict(status, state, items, good, code, message)
    if state in ("failed", "partial") and code is None and message is None and verdict.failed_items:
        first = verdict.failed_items[0]
        code = _text(read(parts.error_code, first)) if parts.error_code else None
        message = _text(read(parts.error_message, first)) if parts.error_message else None
        return Verdict(status, state, items, good, code, message)
    return verdict


def result_of(snapshot: S, verdict: Verdict[S, Part], spec: JobSpec[S, R, Part]) -> Any:
    """What the job was for; None when the API owes it."""
    if spec.result is not None:
        return read(spec.result, snapshot)
    if spec.items is not None and (reader := spec.items.result) is not None:
        return [read(reader, item) for item in verdict.ok_items]
    return snapshot


def count(readers: Sequence[Callable[[S], int | None]], snapshot: S) -> int | None:
    """The sum of what the readers find; None when it is nothing."""
    found = [number for reader in readers if isinstance(number := read(reader, snapshot), int)]
    return sum(found) if found else None


def read(reader: Callable[[S], V], value: S) -> V | None:
    """What `reader` finds in `value`; None where the answer is of another shape than described, which was warned of."""
    try:
        found = reader(value)
    except (AttributeError, TypeError, LookupError):
        return None
    return None if found is UNSET else found


def at(value: object, *wires: str) -> Any:
    """What stands in a decoded answer below these wire names, e.g. `at(snapshot, "error", "code")`, else None."""
    found: Any = value
    for wire in wires:
        if isinstance(found, UnknownVariant):
            found = found.raw
        if isinstance(found, Mapping):
            found = cast("Mapping[str, Any]", found).get(wire)
        elif is_dataclass(found) and not isinstance(found, type):
            plan = plan_of(type(found))
            field = plan.by_wire.get(wire)
            found = getattr(found, field.name) if field else getattr(found, EXTRA, {}).get(wire)
        else:
            return None
    return None if found is UNSET else found


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value) if isinstance(value, (int, float)) else None
