"""Changes to differences: what one cause did to the document and to the client is one, at the level of the worst.

changes of the document + changes of the client --join--> differences --group--> one for each cause
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from clientsmith.diagnostics import Location
from clientsmith.drift.changes import Change, Subject
from clientsmith.drift.rules import LEVELS, RULES, Level, Rule, worst
from clientsmith.project.settings import Acceptance
from clientsmith.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class Difference:
    """What one cause changed.

    Attributes:
        rule: The rule of the cause.
        level: The highest level of all that it changed.
        subjects: What changed, sorted; more than one where the same was done to several operations.
        old, new: What it was and is in the document.
        old_code, new_code: What it was and is in Python; empty if no public name changed.
        old_at, new_at: Addresses in the two documents; empty if the documents were not compared.
        gone: Names of the client that went with it.
        old_place, new_place: The addresses as file, line and column.
        accepted: Why callers can live with it, where that was decided.
        kept: The level of what the document changed, for a client that is kept.
    """

    rule: str
    level: Level
    subjects: tuple[Subject, ...]
    old: str = ""
    new: str = ""
    old_code: str = ""
    new_code: str = ""
    old_at: str = ""
    new_at: str = ""
    gone: tuple[str, ...] = ()
    old_place: Location | None = None
    new_place: Location | None = None
    accepted: Acceptance | None = None
    kept: Level = "safe"

    @property
    def of_rule(self) -> Rule:
        return RULES[self.rule]

    @property
    def fingerprint(self) -> str:
        """What the difference is known by: made of the rule, what changed and its values, and no words of messages."""
        parts = [self.rule, *(str(subject) for subject in self.subjects[:1]), self.old, self.new]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


def differences_of(
    wire: Iterable[Change],
    client: Iterable[Change],
    with_operations: Mapping[str, Collection[str]] | None = None,
    with_models: Mapping[str, str] | None = None,
) -> list[Difference]:
    """Returns the differences of a comparison, the worst first.

    Args:
        wire: Changes of the document.
        client: Changes of the client.
        with_operations: Names of models that went with operations, by the key of the operation; `""` for those that
            went with several, which the first of these names.
        with_models: Names of models that went with another model, and the name of that one.
    """
    seen = defaultdict[Subject, list[Change]](list)
    for change in client:
        seen[_joined_by(change.subject)].append(change)
    found: list[Difference] = []
    joined: set[int] = set()
    for change in _one_each(wire):
        partners = [one for one in seen.get(_joined_by(change.subject), ()) if _is_one_cause(change, one)]
        joined.update(map(id, partners))
        found.append(_difference(change, partners))
    for changes in seen.values():
        found += [_difference(change, [change]) for change in changes if id(change) not in joined]
    found = _with_gone(found, with_operations or {})
    found = _without_insides(found, with_models or {})
    return by_level(_grouped(_with_all_values(found)))


def _joined_by(subject: Subject) -> Subject:
    """Returns what a change of the document and one of the client are joined by.

    A client has one type for all successes of an operation, and exceptions for the statuses of all operations; the
    fields of a body are arguments.
    """
    match subject.kind, subject.parts:
        case "response", (key, status, *_) if status.startswith("2"):
            return Subject("response", (key,))
        case ("response", (_, _, *_)) | ("error", _):
            return Subject("error", ())
        case "argument", (key, place) if place.startswith("body"):
            return Subject("argument", (key, "body"))
        case _:
            return subject


def _one_each(changes: Iterable[Change]) -> list[Change]:
    """Returns the changes, of those with one subject and aspect the worst: a model may be both sent and received."""
    best: dict[tuple[object, ...], Change] = {}
    for change in changes:
        key = (change.subject, change.of_rule.aspect, change.old, change.new)
        other = best.get(key)
        if other is None or LEVELS.index(change.graded) > LEVELS.index(other.graded):
            best[key] = change
    return list(best.values())


def _is_one_cause(wire: Change, client: Change) -> bool:
    aspects = wire.of_rule.aspect, client.of_rule.aspect
    if wire.subject.kind == "server":
        return True
    if wire.subject.kind == "argument" and wire.subject.parts[1] not in ("body", client.subject.parts[1]):
        return False
    if aspects == ("values", "values"):
        return (wire.old, wire.new) == (client.old, client.new)
    if wire.subject.kind == "operation":
        return aspects[0] == aspects[1] or (wire.rule == "D103" and client.rule == "D207")
    if client.subject.kind == "error":
        status, of_client = wire.subject.parts[1], client.subject.parts[0]
        is_same = status in ("default", of_client, f"{of_client[:1]}XX")
        return is_same and aspects[0] in ("type", "presence")
    if wire.subject.kind == "response":
        return aspects[0] in ("type", "presence")
    related = ("type", "required", "presence", *(["values"] if wire.subject.kind in ("field", "argument") else []))
    return aspects[0] == aspects[1] or (aspects[0] in related and aspects[1] in related)


def _difference(change: Change, partners: list[Change]) -> Difference:
    code = max(partners, key=lambda one: LEVELS.index(one.graded), default=None)
    of_client = change.of_client
    rule = change.rule
    if code is not None and LEVELS.index(code.graded) > LEVELS.index(worst([change.of_rule.python, change.graded])):
        # A model that is sent and received: what the document adds to an answer, callers have to pass as well.
        rule = code.rule
    return Difference(
        rule=rule,
        level=worst([*([] if of_client else [change.graded]), *(one.graded for one in partners)]),
        subjects=(change.subject,),
        kept="safe" if of_client else change.graded,
        old="" if of_client else change.old,
        new="" if of_client else change.new,
        old_code=code.old if code else "",
        new_code=code.new if code else "",
        old_at=change.old_at,
        new_at=change.new_at,
    )


def _with_gone(found: list[Difference], with_operations: Mapping[str, Collection[str]]) -> list[Difference]:
    """Returns the differences without those of models that went with an operation, whose difference names them."""
    left = {name for names in with_operations.values() for name in names}
    result: list[Difference] = []
    for one in sorted(found, key=_order):
        subject = one.subjects[0]
        if one.rule in ("D101", "D102"):
            names = {*with_operations.get(subject.parts[0], ()), *with_operations.get("", ())} & left
            left -= names
            one = replace(one, gone=tuple(sorted(names)))
        result.append(one)
    gone = {name for one in result for name in one.gone}
    return [one for one in result if one.rule != "D529" or one.subjects[0].parts[0] not in gone]


def _without_insides(found: list[Difference], with_models: Mapping[str, str]) -> list[Difference]:
    """Returns the differences without those inside a model that is gone, whose difference says all."""
    gone = {one.subjects[0].parts[0] for one in found if one.rule == "D529"}
    inner = {name: root for name, root in with_models.items() if name in gone and root in gone}
    result: list[Difference] = []
    for one in found:
        subject = one.subjects[0]
        name = subject.parts[0] if subject.kind in ("model", "field") else ""
        if name in inner or (name in gone and one.rule != "D529"):
            continue
        if one.rule == "D529":
            one = replace(one, gone=tuple(sorted(other for other, root in inner.items() if root == name)))
        result.append(one)
    return result


def _with_all_values(found: Iterable[Difference]) -> list[Difference]:
    """Returns one difference for all values that an enumeration got, and one for all that it lost."""
    result: list[Difference] = []
    values: dict[tuple[object, ...], list[Difference]] = defaultdict(list)
    for one in found:
        if one.of_rule.aspect == "values" and one.subjects[0].kind == "model":
            values[one.rule, one.level, one.subjects].append(one)
        else:
            result.append(one)
    for some in values.values():
        result.append(
            replace(
                some[0],
                kept=worst([one.kept for one in some]),
                old=_listed(one.old for one in some),
                new=_listed(one.new for one in some),
                old_code=_listed(one.old_code for one in some),
                new_code=_listed(one.new_code for one in some),
            )
        )
    return result


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(filter(None, texts)))


def _grouped(found: Iterable[Difference]) -> list[Difference]:
    """Returns one difference for the same change of several operations or fields, and one for all documentation."""
    groups: dict[tuple[object, ...], list[Difference]] = defaultdict(list)
    for one in found:
        subject = one.subjects[0]
        what: object = (subject.kind, subject.parts[1:]) if subject.kind in _BELOW_OPERATIONS else subject
        same: tuple[str, ...] = (one.rule, one.level, one.old, one.new)
        if one.rule == "D713":
            what = "documentation"
        elif one.rule in _ONE_BY_ONE or one.old == one.new == "":
            what = subject
        elif subject.kind in ("field", "model") and not (one.old_code or one.new_code):
            # A schema that many fields refer to, without a class of its own, is one cause.
            what = (one.old_at, one.new_at)
        elif subject.kind != "operation":
            same = (*same, one.old_code, one.new_code)
        groups[what, same].append(one)
    result: list[Difference] = []
    for some in groups.values():
        subjects = tuple(sorted((s for one in some for s in one.subjects), key=str))
        first = min(some, key=lambda one: str(one.subjects[0]))
        result.append(replace(first, subjects=subjects, kept=worst([one.kept for one in some])))
    return result


_BELOW_OPERATIONS = ("operation", "argument", "response")
_ONE_BY_ONE = ("D101", "D102", "D106", "D107", "D108", "D109", "D112")
"""Rules whose changes are distinguished by the operation, whatever their values are."""


def _order(difference: Difference) -> tuple[int, str, str]:
    return -LEVELS.index(difference.level), difference.rule, str(difference.subjects[0])


def by_level(differences: Iterable[Difference]) -> list[Difference]:
    """Returns differences in the order of reports: the worst first, then by rule and by what changed."""
    return sorted(differences, key=_order)


def level_of(differences: Iterable[Difference]) -> Level:
    """Returns the level of a whole comparison: that of its worst difference."""
    return worst([difference.level for difference in differences])
