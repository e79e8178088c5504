"""The items of a batch: where they are, by declaration, whether each is good, what that
makes of their job, and how many are done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from .job_declarations import JobSpec, Path
from .job_item_declarations import JobItems
from .job_outcomes import Verdict, reason_of, text_at, value_at
from .params import array_of


def judged(
    verdict: Verdict[Any, Any], spec: JobSpec[Any, Any, Any]
) -> Verdict[Any, Any]:
    """Returns the verdict on a job with its items: a success of which some failed is
    partial, and one without a good item has failed where there is any item, or the
    items are what the job is for."""
    declared: JobItems = spec.items
    found = array_of(value_at(verdict.snapshot, declared.at)) or ()
    items = tuple(cast("Sequence[Any]", found))
    good = tuple(item for item in items if _is_good(item, declared))
    state, detail = verdict.state, ""
    if state in ("succeeded", "partial"):
        if not good and (items or spec.result is None):
            state = "failed"  # an empty result must not pass for one
            if not items:
                detail = f": it is {verdict.status} without a single item"
        elif len(good) < len(items):
            state = "partial"
    if items and state in ("failed", "partial"):
        detail = f" ({len(items) - len(good)} of {len(items)} items)"
    verdict = verdict._replace(items=items, ok_items=good, state=state, detail=detail)
    unexplained = verdict.code is verdict.message is None and len(good) < len(items)
    if unexplained and state in ("failed", "partial"):
        code, message = reason_of(verdict.failed_items[0], declared)
        verdict = verdict._replace(code=code, message=message)
    return verdict


def counts(
    snapshot: object, spec: JobSpec[Any, Any, Any]
) -> tuple[int | None, int | None]:
    """Returns how many items are done, and of how many; None where that is not said."""
    total = (spec.total,) if spec.total else ()
    return _sum_at(snapshot, spec.done), _sum_at(snapshot, total)


def _sum_at(snapshot: object, paths: Sequence[Path]) -> int | None:
    found = (value_at(snapshot, path) for path in paths)
    numbers = [number for number in found if isinstance(number, int)]
    return sum(numbers) if numbers else None


def _is_good(item: object, declared: JobItems) -> bool:
    state = text_at(item, declared.state)
    if state in declared.failed or any(
        value_at(item, path) is not None for path in declared.failed_at
    ):
        return False
    if any(value_at(item, path) is None for path in declared.missing_at):
        return False
    if declared.result is not None:
        return value_at(item, declared.result) not in (None, "")
    return declared.state is None or state in declared.succeeded
