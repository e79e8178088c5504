"""Two editions of a source compared: whether anything has changed, what, and whether the new one can be believed.

Decides what is suspect. A server that answers with status 200 may still have sent the shell of an application, an
error, or a part: nothing of that replaces a vendored file unless somebody has looked at it. `info.version` decides
nothing, because providers change documents without moving it, and move it without changing them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from clientsmith.records import dataclass
from clientsmith.upstream.contents import Content

MOST_NAMED = 5
"""Names that a sentence gives of what has changed; all of them are in the JSON."""

_PARAMETER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different: names of operations and components, and clauses for everything else."""

    operations_gone: tuple[str, ...] = ()
    operations_new: tuple[str, ...] = ()
    operations_changed: tuple[str, ...] = ()
    components_gone: tuple[str, ...] = ()
    components_new: tuple[str, ...] = ()
    components_changed: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict about a new edition.

    Attributes:
        is_changed: whether it says anything else than the old one.
        suspicion: why it cannot be believed; empty if it can.
        summary: what has changed, in a clause; empty if nothing has.
        changes: the same, completely.
    """

    is_changed: bool
    suspicion: str = ""
    summary: str = ""
    changes: Changes = field(default_factory=Changes)


def judged(old: Content, new: Content) -> Verdict:
    """Returns the verdict about a new edition, given the one that is vendored."""
    if old.raw == new.raw or old.canonical == new.canonical:
        # A problem that the vendored file has too is one that `generate` reports.
        return Verdict(is_changed=False)
    changes = _changes(old, new)
    return Verdict(True, _suspicion(old, new), _summary(old, new, changes), changes)


def _suspicion(old: Content, new: Content) -> str:
    if new.problem and new.problem != old.problem:
        return new.problem
    if new.is_html and not old.is_html:
        return "it is a page of HTML, and the vendored file is not"
    known = {_shape(name) for name in old.operations}
    gone = known - {_shape(name) for name in new.operations}
    if gone and 2 * len(gone) >= len(known):
        return f"it has lost {len(gone)} of {len(known)} operations"
    if new.dangling and not old.dangling:
        return f"{new.dangling} of its references lead nowhere, as in a document that was cut off"
    if not old.operations and 2 * new.words < old.words:
        return f"it has lost more than half of its text ({new.words} of {old.words} words are left)"
    return ""


def _shape(operation: str) -> str:
    """An operation by what is on the wire: parameters of a path have other names, and it is the same."""
    return _PARAMETER.sub("{}", operation)


def _changes(old: Content, new: Content) -> Changes:
    others: list[str] = []
    if old.version != new.version:
        others.append(f"info.version is {new.version!r}, and was {old.version!r}")
    parts = [_part(key) for key in _all_different(old.rest, new.rest)]
    if parts:
        others.append(f"other {', '.join(dict.fromkeys(parts))}")
    if old.text != new.text:
        others.append("other text")
    return Changes(
        operations_gone=_only(old.operations, new.operations, _shape),
        operations_new=_only(new.operations, old.operations, _shape),
        operations_changed=_different(old.operations, new.operations),
        components_gone=_only(old.components, new.components, str),
        components_new=_only(new.components, old.components, str),
        components_changed=_different(old.components, new.components),
        others=tuple(others),
    )


def _part(key: str) -> str:
    return key.partition(":")[2] or key


def _only(these: Mapping[str, str], those: Mapping[str, str], shape: Callable[[str], str]) -> tuple[str, ...]:
    known = {shape(name) for name in those}
    return tuple(sorted(name for name in these if shape(name) not in known))


def _different(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """Returns the names in `new` of what is in both and is not the same."""
    before = {_shape(name): (name, digest) for name, digest in old.items()}
    return tuple(
        sorted(name for name, digest in new.items() if before.get(_shape(name), (name, digest)) != (name, digest))
    )


def _all_different(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    return sorted(key for key in {*old, *new} if old.get(key) != new.get(key))


def _summary(old: Content, new: Content, changes: Changes) -> str:
    clauses = [
        *_counted("operation", changes.operations_gone, changes.operations_new, changes.operations_changed),
        *_counted("component", changes.components_gone, changes.components_new, changes.components_changed),
        *changes.others,
    ]
    if clauses == ["other text"] and new.operations:
        return "only its text, not its OpenAPI"
    if not clauses:
        return "its form, in a way that may matter"
    moved = old.version != new.version or not new.version
    still = "" if moved or clauses == ["other text"] else f"; info.version is still {new.version!r}"
    return "; ".join(clauses) + still


def _counted(noun: str, gone: Iterable[str], new: Iterable[str], changed: Iterable[str]) -> list[str]:
    clauses: list[str] = []
    for names, word in ((tuple(gone), "gone"), (tuple(new), "new"), (tuple(changed), "changed")):
        if names:
            named = ", ".join(names[:MOST_NAMED])
            more = f", and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
            clauses.append(f"{len(names)} {noun}{'s' if len(names) > 1 else ''} {word} ({named}{more})")
    return clauses
