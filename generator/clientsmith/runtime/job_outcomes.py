"""What becomes of a job: what a snapshot, the decoded response to a poll, means by the
declaration of its job, and what waiting gives or raises. Nothing here sends or waits.

States: pending and unknown are waited for; succeeded, partial, failed, cancelled,
expired are final; blocked needs somebody to act. *Unknown* is a status that this client
was not made for: it neither ends the wait nor passes for success."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any, Final, Generic, NamedTuple, cast

from . import feature
from .codec import EXTRA, UnknownVariant, plan_of
from .declarations import UNSET
from .errors import APIError
from .job_declarations import JobSpec, JobState, Part, Path, R, S


@dataclass(frozen=True, slots=True)
class JobProgress(Generic[S]):
    """One poll of a job: `status` is the word of the API, `state` what it means,
    `elapsed` seconds of waiting. `done` and `total` count items, if the API does."""

    status: str | None
    state: JobState
    done: int | None
    total: int | None
    snapshot: S
    elapsed: float


@dataclass(frozen=True, slots=True)
class JobResult(Generic[S, R, Part]):
    """A job that ended well, or well in part: then `partial` is True. `result` is what
    the job was for; of a job of items, the results of the good ones. `elapsed`: seconds
    of waiting. `expires_at`: until when the result is kept at least, None where the API
    does not say, or nobody saw the job before it was over."""

    result: R
    snapshot: S
    items: tuple[Part, ...]
    ok_items: tuple[Part, ...]
    failed_items: tuple[Part, ...]
    partial: bool
    polls: int
    elapsed: float
    expires_at: datetime.datetime | None


class JobError(APIError):
    """A job did not give its result. `job_id` and the last `snapshot` (None if there
    was none) are kept; `code` and `message` are the server's, of a job that failed."""

    def __init__(self, text: str, *, job_id: str, **about: Any) -> None:
        super().__init__(text)
        self.job_id, self.snapshot = job_id, cast("Any", about.get("snapshot"))
        self.code: str | None = about.get("code")
        self.message: str | None = about.get("message")


class JobFailed(JobError):
    """The job ended without its result."""


class JobCancelled(JobFailed):
    """The job was cancelled."""


class JobExpired(JobFailed):
    """The job or its result is no longer kept."""


class JobPartiallyFailed(JobFailed):
    """Some items failed, and the caller wanted all of them. `result`: what there is."""

    result: Any = None


class JobTimeout(JobError):
    """The time is over. `client.resource.job(error.job_id)` takes the job up again."""


class JobBlocked(JobError):
    """The job waits for somebody to act."""


FAULTS: Final[Mapping[str, tuple[type[JobError], str]]] = {
    "failed": (JobFailed, "failed"),
    "cancelled": (JobCancelled, "was cancelled"),
    "expired": (JobExpired, "is no longer kept"),
    "partial": (JobPartiallyFailed, "failed in part"),
    "blocked": (JobBlocked, "waits for somebody to act: {}"),
    "unknown": (JobError, "has the undescribed status {!r}"),
}
"""By the state that is no success: what is raised, and how it is said."""


class Verdict(NamedTuple, Generic[S, Part]):
    """What a snapshot means."""

    snapshot: S
    status: str | None
    state: JobState
    items: tuple[Part, ...] = ()
    ok_items: tuple[Part, ...] = ()
    code: str | None = None
    message: str | None = None
    detail: str = ""

    @property
    def failed_items(self) -> tuple[Part, ...]:
        """The items that are not good."""
        good = {id(item) for item in self.ok_items}
        return tuple(item for item in self.items if id(item) not in good)

    def progress(self, spec: JobSpec[S, Any, Any], elapsed: float) -> JobProgress[S]:
        """Returns what is known of a job after `elapsed` seconds."""
        counted: tuple[int | None, int | None] = None, None
        if spec.done or spec.total:
            counted = feature("job_items", "counts")(self.snapshot, spec)
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
    status = text_at(snapshot, spec.state)
    declared = None if status is None else spec.states.get(status)
    state: JobState = declared or "unknown"
    for rule in spec.refine:
        if rule.state == state and text_at(snapshot, rule.at) in rule.values:
            state = rule.then
            break
    verdict: Verdict[S, Part]
    verdict = Verdict(snapshot, status, state, (), (), *reason_of(snapshot, spec))
    if spec.items is not None:
        judged: Callable[[Any, Any], Any] = feature("job_items", "judged")
        verdict = judged(verdict, spec)
    return verdict


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
            field = plan_of(type(found)).by_wire.get(name)
            extra = getattr(found, EXTRA, {}).get(name)
            found = extra if field is None else getattr(found, field.name, None)
        else:
            return None
    return None if found is UNSET else found


def reason_of(value: object, declared: Any) -> tuple[str | None, str | None]:
    """Returns the code and the message of the error that `value` tells of, as the
    declaration of a job or of its items has it."""
    code, message = declared.error_code, declared.error_message
    return text_at(value, code), text_at(value, message)


def text_at(value: object, path: Path | None) -> str | None:
    """Returns the word or the number at `path` as text; None where there is none."""
    found: object = None if path is None else value_at(value, path)
    if found is None or isinstance(found, str):
        return found
    return str(found) if isinstance(found, (int, float)) else None
