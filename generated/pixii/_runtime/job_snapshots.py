"""What a snapshot, the decoded response to a poll, means by the declaration of its job.
Nothing here sends or waits.

States: pending and unknown are waited for; succeeded, partial, failed, cancelled,
expired are final; blocked needs somebody to act. *Unknown* is a status that this client
was not made for: it neither ends the wait nor passes for success."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Generic, NamedTuple, cast

from .codec import UnknownVariant
from .declarations import UNSET
from .job_declarations import JobItems, JobSpec, JobState, Part, Path, R, S
from .params import array_of


@dataclass(frozen=True, slots=True)
class JobProgress(Generic[S]):
    """One poll of a job: `status` is the word of the API, `state` what it means,
    `elapsed` seconds of waiting.

    `done` and `total` count items, where the API states them.
    """

    status: str | None
    state: JobState
    done: int | None
    total: int | None
    snapshot: S
    elapsed: float


@dataclass(frozen=True, slots=True)
class JobResult(Generic[S, R, Part]):
    """A job that ended well, or well in part: then `partial` is True, and
    `failed_items` are the missing ones.

    `result` is what the job was for; of a job of items, the results of the good ones.
    `elapsed`: seconds of waiting.
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

    snapshot: S
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

    @property
    def reason(self) -> str:
        """The code and the message on one line."""
        found = (part for part in (self.code, self.message) if part)
        return ": ".join(" ".join(part.split()) for part in found)

    def progress(self, spec: JobSpec[S, Any, Any], elapsed: float) -> JobProgress[S]:
        """Returns what is known of a job after `elapsed` seconds."""
        total = (spec.total,) if spec.total else ()
        counted = _sum_at(self.snapshot, spec.done), _sum_at(self.snapshot, total)
        return JobProgress(self.status, self.state, *counted, self.snapshot, elapsed)

    def result(self, spec: JobSpec[S, Any, Any]) -> Any:
        """Returns what the job was for; None when the API owes it."""
        if spec.result is not None:
            return value_at(self.snapshot, spec.result)
        if spec.items is not None and spec.items.result is not None:
            return [value_at(item, spec.items.result) for item in self.ok_items]
        return self.snapshot


def verdict_on(snapshot: S, spec: JobSpec[S, R, Part]) -> Verdict[S, Part]:
    """Returns what the snapshot means: its status classified, refined, and compared
    with its items."""
    status = _text_at(snapshot, spec.state)
    declared = None if status is None else spec.states.get(status)
    state: JobState = declared or "unknown"
    for rule in spec.refine:
        if rule.state == state and _text_at(snapshot, rule.at) in rule.values:
            state = rule.then
            break
    reason = _reason_of(snapshot, spec)
    if spec.items is None:
        return Verdict(snapshot, status, state, (), (), *reason)
    found = array_of(value_at(snapshot, spec.items.at)) or ()
    items = tuple(cast("Sequence[Part]", found))
    good = tuple(item for item in items if _is_good(item, spec.items))
    if state in ("succeeded", "partial"):
        if not good and (items or spec.result is None):
            state = "failed"  # an empty result must not pass for one
        elif len(good) < len(items):
            state = "partial"
    verdict: Verdict[S, Part] = Verdict(snapshot, status, state, items, good, *reason)
    unexplained = reason == (None, None) and len(good) < len(items)
    if unexplained and state in ("failed", "partial"):
        reason = _reason_of(verdict.failed_items[0], spec.items)
    return verdict._replace(code=reason[0], message=reason[1])


def _sum_at(snapshot: object, paths: Sequence[Path]) -> int | None:
    """Returns the sum of the integers at `paths`; None when there are none."""
    found = (value_at(snapshot, path) for path in paths)
    numbers = [number for number in found if isinstance(number, int)]
    return sum(numbers) if numbers else None


def value_at(value: object, path: Path) -> Any:
    """Returns the value at `path` in a decoded response, e.g. at `("error", "code")`;
    None where there is none."""
    found: Any = value
    for name in path:
        if isinstance(found, UnknownVariant):
            found = found.raw
        if isinstance(found, Mapping):
            found = cast("Mapping[str, Any]", found).get(name)
        elif is_dataclass(found) and not isinstance(found, type):
            attribute = _attributes(type(found)).get(name)
            if attribute is None:
                found = getattr(found, "additional_properties", {}).get(name)
            else:
                found = getattr(found, attribute, None)
        else:
            return None
    return None if found is UNSET else found


@cache
def _attributes(model: type[Any]) -> Mapping[str, str]:
    """Returns the attributes of a model by their names as they are sent."""
    return {
        item.metadata.get("wire", item.name): item.name
        for item in fields(model)
        if item.name != "additional_properties"
    }


def _reason_of(
    value: object, declared: JobSpec[Any, Any, Any] | JobItems
) -> tuple[str | None, str | None]:
    """Returns the code and the message of the error that `value` tells of."""
    paths = declared.error_code, declared.error_message
    return _text_at(value, paths[0]), _text_at(value, paths[1])


def _is_good(item: object, declared: JobItems) -> bool:
    state = _text_at(item, declared.state)
    if state in declared.failed or any(
        value_at(item, path) is not None for path in declared.failed_at
    ):
        return False
    if any(value_at(item, path) is None for path in declared.missing_at):
        return False
    if declared.result is not None:
        return value_at(item, declared.result) is not None
    return declared.state is None or state in declared.succeeded


def _text_at(value: object, path: Path | None) -> str | None:
    found: object = None if path is None else value_at(value, path)
    if found is None or isinstance(found, str):
        return found
    return str(found) if isinstance(found, (int, float)) else None
