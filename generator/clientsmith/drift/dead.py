"""What the settings and overlays of a provider name, and its new document does not have any more.

differences + what is dead on both sides --with_dead--> differences, an operation that was selected with its entry
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from clientsmith.diagnostics import Diagnostic
from clientsmith.drift.changes import Subject
from clientsmith.drift.differences import Difference, by_level
from clientsmith.drift.rules import RULE_OF, RULES
from clientsmith.drift.sides import Side
from clientsmith.pairing import operation_key
from clientsmith.records import replace


def with_dead(found: Iterable[Difference], old: Side, new: Side) -> list[Difference]:
    """Returns the differences with those of what the new side names in vain, and the old one does not.

    An operation that is gone and an entry of `only` that names it have one cause: the difference is that of the entry.
    """
    known = {(one.slug, one.subject) for one in old.dead}
    differences = list(found)
    for diagnostic in new.dead:
        if (diagnostic.slug, diagnostic.subject) in known:
            continue
        one = _difference(diagnostic, new)
        for gone in [gone for gone in differences if gone.subjects[0] == _operation(diagnostic) and _is_gone(gone)]:
            differences.remove(gone)
            one = replace(gone, rule=one.rule, subjects=one.subjects, new_place=one.new_place)
        differences.append(one)
    return by_level(differences)


def _is_gone(difference: Difference) -> bool:
    return difference.rule in ("D101", "D102")


def _operation(diagnostic: Diagnostic) -> Subject | None:
    """Returns the operation that an entry of `only` names; None if it names a tag or a resource."""
    entry = re.fullmatch(r"([A-Za-z]+) (/.*)", diagnostic.subject) if diagnostic.slug == "only-unused" else None
    return Subject("operation", (operation_key(entry[1].upper(), entry[2]),)) if entry else None


def _difference(diagnostic: Diagnostic, side: Side) -> Difference:
    rule = RULES[RULE_OF[diagnostic.slug]]
    prefix = side.provider.shown if side.provider else ""
    if diagnostic.slug == "only-unused":
        subject = Subject("selection", (diagnostic.subject,))
    else:
        subject = Subject("overlay", (diagnostic.location.file.removeprefix(prefix), diagnostic.subject))
    return Difference(rule.id, rule.wire, (subject,), new_place=diagnostic.location)
