"""What a generated package declares about the items of its batch jobs, as data."""

from __future__ import annotations

from dataclasses import dataclass

from .job_declarations import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class JobItems:
    """The items of a batch job: `at` leads to their list, the other paths begin at an
    item.

    An item failed when its state is one of `failed`, when there is a value at one of
    `failed_at`, or none at one of `missing_at` or at `result`. Where no `result` is
    declared, a state that is none of `succeeded` is a failure too."""

    at: Path
    id: Path | None = None
    state: Path | None = None
    succeeded: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    failed_at: tuple[Path, ...] = ()
    missing_at: tuple[Path, ...] = ()
    result: Path | None = None
    error_code: Path | None = None
    error_message: Path | None = None
