"""Whether a lock is what a run would record, and why a client is not what would be generated.

Decides what is distinguished: another version of clientsmith, other inputs, and edits by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clientsmith.diagnostics import Location, Report
from clientsmith.project.lock import Lock, RuntimeLock
from clientsmith.result import Cause
from clientsmith.write import REGENERATE


def check_lock(
    lock: Lock | RuntimeLock | None,
    new: Lock | RuntimeLock,
    parts: Sequence[str],
    shown: str,
    report: Report,
    changed_pages: Mapping[str, str] | None = None,
) -> bool:
    """Reports a lock that is not what a run would write, and returns whether it is none.

    Another tool is no difference while the output is the same.

    `changed_pages`: where pages have changed since they were accepted, in words, by name.
    """
    if lock is None:
        report.add("output-missing", "the lock is missing", Location(shown), hint=REGENERATE)
        return True
    is_stale = new._replace(tool=lock.tool).text() != lock.text()
    if is_stale:
        changed = [part for part in parts if getattr(new, part) != getattr(lock, part)]
        message = f"the lock is stale: a run would record other {', '.join(changed)}"
        if isinstance(lock, Lock) and isinstance(new, Lock) and lock.inputs != new.inputs:
            message += f": {_changed_inputs(lock.inputs, new.inputs, changed_pages or {})}"
        report.add("output-stale", message, Location(shown), hint=REGENERATE)
        if lock.tool != new.tool:
            _report_generator(lock, new, shown, report)
    return is_stale


def _report_generator(lock: Lock | RuntimeLock, new: Lock | RuntimeLock, shown: str, report: Report) -> None:
    message = "another version of clientsmith wrote the lock, and all inputs are the same"
    hint = "review what this version changes, then run `clientsmith generate` and commit the result"
    if isinstance(lock, Lock) and isinstance(new, Lock) and lock.inputs != new.inputs:
        message = "another version of clientsmith wrote the lock, and inputs have changed since"
        hint = "to commit them apart, generate once with the inputs of the lock"
    report.add("generator-changed", message, Location(shown), hint=hint)


def what_changed(lock: Lock | RuntimeLock | None, new: Lock | RuntimeLock | None, *, has_other_inputs: bool) -> str:
    """Returns what is not as the lock records it, as a clause; empty if nothing is."""
    if lock is None or new is None:
        return "there is no lock"
    changed = ["the inputs"] if has_other_inputs else []
    changed += ["clientsmith"] if lock.tool != new.tool else []
    have = "have" if has_other_inputs else "has"
    return f"{' and '.join(changed)} {have} changed" if changed else ""


def causes_of(lock: Lock | None, new: Lock, report: Report, *, has_other_inputs: bool) -> tuple[Cause, ...]:
    """Returns why a client is not what would be generated. Another tool is none while the output is the same."""
    causes: list[Cause] = []
    if lock is not None and lock.tool != new.tool and (has_other_inputs or lock.outputs != new.outputs):
        causes.append("clientsmith")
    if has_other_inputs:
        causes.append("inputs")
    if any(diagnostic.slug == "output-edited" for diagnostic in report.diagnostics):
        causes.append("edits")
    return tuple(causes)


def _changed_inputs(before: Mapping[str, str], now: Mapping[str, str], changed_pages: Mapping[str, str]) -> str:
    """Returns which inputs changed: `'pages/jobs.md' changed (lines 12 to 19), 'pages/new.md' is new`."""
    changes: list[str] = []
    for name in sorted({*before, *now}):
        if name not in before:
            changes.append(f"{name!r} is new")
        elif name not in now:
            changes.append(f"{name!r} is gone")
        elif before[name] != now[name]:
            changes.append(f"{name!r} changed" + (f" ({changed_pages[name]})" if changed_pages.get(name) else ""))
    more = f" and {len(changes) - _MOST_INPUTS} more" if len(changes) > _MOST_INPUTS else ""
    return ", ".join(changes[:_MOST_INPUTS]) + more


_MOST_INPUTS = 10
"""The most inputs that a message names."""
