"""What every form of the report of drift says of a difference: a title, the code before and after, an acceptance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from clientsmith.cli.safe_text import visible
from clientsmith.diagnostics import Location
from clientsmith.drift.changes import SubjectKind
from clientsmith.drift.client import keyed, paired_operations
from clientsmith.drift.comparison import Comparison
from clientsmith.drift.differences import Difference, level_of
from clientsmith.drift.policy import open_differences
from clientsmith.drift.rules import LEVELS, Level
from clientsmith.project.settings import Acceptance
from clientsmith.records import replace
from clientsmith.surface import OperationSurface

WORDS: Mapping[Level, str] = {"break": "BREAK", "risk": "RISK", "safe": "SAFE"}


def title(difference: Difference) -> str:
    """Returns what changed, as one line: `GET /jobs: query:limit: optional -> required`."""
    subject, several = difference.subjects[0], len(difference.subjects) > 1
    if subject.kind == "selection":
        return f"{subject.parts[0]} is selected, and gone"
    if subject.kind == "overlay":
        return f"{': '.join(subject.parts)} selects nothing"
    old, new = (
        (difference.old_code, difference.new_code) if is_of_names(difference) else (difference.old, difference.new)
    )
    are_several = difference.of_rule.aspect == "values" and '", "' in (old or new)
    change = _arrow(old, new, "are" if are_several else "is")
    is_whole = difference.of_rule.aspect == "presence" and subject.kind == "operation" and change
    if is_whole or subject.parts in ((old,), (new,)):
        return f"{len(difference.subjects)} operations: {change}" if several else change
    what = _what(difference)
    return f"{what}: {change}" if change else what


def _what(difference: Difference) -> str:
    first, count = difference.subjects[0], len(difference.subjects)
    if count == 1:
        return ": ".join(first.parts)
    if difference.rule == "D713":
        return f"documentation in {count} places"
    tails = {subject.parts[1:] for subject in difference.subjects}
    tail = ": ".join(first.parts[1:]) if len(tails) == 1 else f"{count} {first.kind}s"
    return tail or f"{count} operations"


def is_of_names(difference: Difference) -> bool:
    """Returns whether nothing but names of the client changed, as the title says: `Owner -> Person`."""
    codes = [code for code in (difference.old_code, difference.new_code) if code]
    return bool(codes) and not (difference.old or difference.new) and all(_NAME.fullmatch(code) for code in codes)


_NAME = re.compile(r"[A-Za-z_][\w.]*")


def _arrow(old: str, new: str, verb: str) -> str:
    if old and new:
        return f"{old} -> {new}" if old != new else old
    return f"{old} {verb} gone" if old else f"{new} {verb} new" if new else ""


def places(difference: Difference) -> list[str]:
    """Returns where a difference is on each side that has it: `old openapi.yaml:12:5`."""
    both = (("old", difference.old_place), ("new", difference.new_place))
    return [f"{side} {_place(location)}" for side, location in both if location is not None]


def _place(location: Location) -> str:
    # In a document without line breaks nobody finds a column.
    return str(replace(location, line=0) if location.column > _FURTHEST and location.pointer else location)


_FURTHEST = 1000
"""The last column by which people find something."""


class CodeOf:
    """Returns the Python code of a difference before and after: an argument with its call, and a result with it.

    `CodeOf(comparison)(difference)` is `("jobs.list(text: str | None = None)", "")` for an argument that is gone.
    """

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison

    @cached_property
    def _operations(self) -> tuple[dict[str, OperationSurface], dict[str, OperationSurface]]:
        """The methods of both clients by the key of the operation, by that of the old document if it is there."""
        old, new = self._comparison.old.surface, self._comparison.new.surface
        both = paired_operations(old, new, self._comparison.paired)
        return keyed(old), {**keyed(new), **{key: operation for key, (_, operation) in both.items()}}

    def __call__(self, difference: Difference) -> tuple[str, str]:
        subject = difference.subjects[0]
        key = subject.parts[0] if len(difference.subjects) == 1 else ""
        old, new = (
            _in_call(code, side.get(key), subject.kind)
            for code, side in zip((difference.old_code, difference.new_code), self._operations, strict=True)
        )
        return old, new


def _in_call(code: str, operation: OperationSurface | None, kind: SubjectKind) -> str:
    if not code or operation is None:
        return code
    if kind == "argument":
        return f"{operation.call}({code})"
    return f"{operation.call}(...) -> {code}" if kind == "response" and code == operation.returns else code


def accepted_text(acceptance: Acceptance) -> str:
    """Returns why callers can live with a change: `accepted until 2026-12-31: nobody calls it`."""
    until = f" until {acceptance.until}" if acceptance.until else ""
    return f"accepted{until}: {acceptance.reason}"


def sides(comparison: Comparison) -> str:
    """Returns what was compared: `old.yaml -> new.yaml`."""
    return visible(f"{comparison.old.label} -> {comparison.new.label}")


def counts(comparison: Comparison) -> str:
    """Returns how much changed: `2 BREAK, 1 RISK, 0 SAFE, 1 accepted`."""
    found = Counter(difference.level for difference in comparison.differences if difference.accepted is None)
    parts = ", ".join(f"{found[level]} {WORDS[level]}" for level in reversed(LEVELS))
    if accepted := len(comparison.differences) - found.total():
        parts += f", {accepted} accepted"
    about = "" if comparison.wire else " (public names only: the documents were not compared)"
    return parts + about


def verdict(comparison: Comparison) -> str:
    """Returns in words what the worst change that was not accepted means."""
    found = open_differences(comparison.differences)
    return _VERDICTS[level_of(found)] if found else "Nothing to do"


_VERDICTS: Mapping[Level, str] = {
    "break": "Breaks callers",
    "risk": "Needs a look",
    "safe": "Breaks nobody",
}


def next_version(comparison: Comparison) -> Literal["major", "minor", "patch"]:
    """Returns which part of the version of a client that is vendored goes up, as Semantic Versioning 2.0.0 has it."""
    level = level_of(comparison.differences)
    if level == "break":
        return "major"
    added = any(one.of_rule.aspect == "presence" and one.new_code for one in comparison.differences)
    return "minor" if added or level == "risk" else "patch"


def version_text(comparison: Comparison) -> str:
    """Returns what the next version of the client is; empty if nothing changed."""
    if not comparison.differences:
        return ""
    return f"the next version of the client is a {next_version(comparison)} one"
