"""How a team grades changes: with other levels by rule, and with what it has accepted (`[drift]` in provider.toml).

comparison + settings of the new side --graded--> the same differences, at the levels of the team
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Iterator

from clientsmith.diagnostics import Report
from clientsmith.drift.changes import Subject
from clientsmith.drift.comparison import Comparison
from clientsmith.drift.differences import Difference
from clientsmith.drift.rules import LEVELS, RULES
from clientsmith.pairing import operation_key
from clientsmith.project.settings import Acceptance, Provider
from clientsmith.records import replace


def graded(comparison: Comparison, report: Report, today: datetime.date) -> Comparison:
    """Returns a comparison as the settings of its new side grade it; the worst differences come first.

    Args:
        comparison: At the levels of the rules.
        report: Gets `acceptance-unused`, `acceptance-expired`, and `settings-invalid` for a rule that does not exist.
        today: Acceptances with an earlier date have expired.

    Raises:
        ClientsmithError: The settings name a rule that does not exist.
    """
    provider = comparison.new.provider
    if provider is None or not (provider.drift.levels or provider.drift.accept):
        return comparison
    _check_rules(provider, report)
    levels = provider.drift.levels
    at_levels = [replace(one, level=levels.get(one.rule, one.level)) for one in comparison.differences]
    used: set[int] = set()
    found = [_judged(one, provider.drift.accept, used, today) for one in at_levels]
    for index, one in enumerate(provider.drift.accept):
        what = f"{one.rule} of {one.what or one.fingerprint!r}"
        if index not in used:
            message, hint = f"no change is accepted by this: {what}", "delete it, or correct what it names"
            report.add("acceptance-unused", message, provider.where("drift", "accept", index), hint=hint)
        elif _has_expired(one, today):
            message = f"{what} was accepted until {one.until}, which is over"
            hint = "settle the change, or review it again and set another date"
            report.add("acceptance-expired", message, provider.where("drift", "accept", index, "until"), hint=hint)
    found.sort(key=lambda one: -LEVELS.index(one.level))
    return replace(comparison, differences=tuple(found))


def open_differences(differences: Iterable[Difference]) -> list[Difference]:
    """Returns the differences that were not accepted."""
    return [one for one in differences if one.accepted is None]


def _check_rules(provider: Provider, report: Report) -> None:
    places = [(rule, ("drift", "levels", rule)) for rule in provider.drift.levels]
    named: list[tuple[str, tuple[str | int, ...]]] = [*places]
    named += [(one.rule, ("drift", "accept", index, "rule")) for index, one in enumerate(provider.drift.accept)]
    for rule, keys in named:
        if rule not in RULES:
            near = difflib.get_close_matches(rule, RULES, 1)
            hint = f"did you mean {near[0]!r}?" if near else "docs/drift.md lists them"
            report.add("settings-invalid", f"there is no rule {rule!r}", provider.where(*keys), hint=hint)
    report.raise_on_errors()


def _judged(
    difference: Difference, accepted: Iterable[Acceptance], used: set[int], today: datetime.date
) -> Difference:
    """Returns a difference with the acceptance of it, where all that changed was accepted."""
    by_subject: list[Acceptance] = []
    for subject in difference.subjects:
        for index, one in enumerate(accepted):
            if one.rule == difference.rule and _names(one, difference, subject):
                used.add(index)
                if not _has_expired(one, today):
                    by_subject.append(one)
                    break
    return replace(difference, accepted=by_subject[0]) if len(by_subject) == len(difference.subjects) else difference


def _names(acceptance: Acceptance, difference: Difference, subject: Subject) -> bool:
    if acceptance.fingerprint is not None and acceptance.fingerprint != difference.fingerprint:
        return False
    if acceptance.what is None:
        return True
    if acceptance.what == subject.parts[0]:
        return True
    parts = tuple(_parts(acceptance.what))
    return subject.parts[: len(parts)] == parts


def _parts(what: str) -> Iterator[str]:
    """Yields what a report calls a subject: `get /v1/jobs/{id}: query:limit` is `GET /v1/jobs/{}` and `query:limit`."""
    for index, part in enumerate(what.split(": ")):
        operation = re.fullmatch(r"([A-Za-z]+) (/.*)", part) if index == 0 else None
        yield operation_key(operation[1].upper(), operation[2]) if operation else part


def _has_expired(acceptance: Acceptance, today: datetime.date) -> bool:
    return acceptance.until is not None and acceptance.until < today
