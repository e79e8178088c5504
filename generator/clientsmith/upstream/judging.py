"""Two editions of a source compared: whether anything has changed, what, and whether the new one can be believed.

Decides what is suspect. A server that answers with status 200 may still have sent the shell of an application, an
error, or a part: nothing of that replaces a vendored file unless somebody has looked at it. `info.version` decides
nothing, because providers change documents without moving it, and move it without changing them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from clientsmith.pairing import Route, operation_key, pairs_of, parts_that_differ
from clientsmith.records import dataclass
from clientsmith.upstream.contents import Content

MOST_NAMED = 5
"""Names that a sentence gives of what has changed; all of them are in the JSON."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different: names of operations and components, and clauses for everything else.

    Attributes:
        operations_moved: the old and the new name of each operation whose path is another one.
    """

    operations_gone: tuple[str, ...] = ()
    operations_new: tuple[str, ...] = ()
    operations_moved: tuple[tuple[str, str], ...] = ()
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
    operations = _operations(old, new)
    changes = _changes(old, new, operations)
    return Verdict(True, _suspicion(old, new, operations), _summary(old, new, changes), changes)


class _Operations(NamedTuple):
    """The operations of two editions, by name; in `both` with the old and the new one."""

    gone: tuple[str, ...]
    new: tuple[str, ...]
    both: tuple[tuple[str, str], ...]


def _operations(old: Content, new: Content) -> _Operations:
    names = [list(content.operations) for content in (old, new)]
    routes = [[_route(name, content) for name in content.operations] for content in (old, new)]
    pairs = pairs_of(*routes)
    kept, found = {i for i, _ in pairs}, {i for _, i in pairs}
    return _Operations(
        tuple(sorted(name for i, name in enumerate(names[0]) if i not in kept)),
        tuple(sorted(name for i, name in enumerate(names[1]) if i not in found)),
        tuple(sorted((names[0][i], names[1][j]) for i, j in pairs)),
    )


def _route(name: str, content: Content) -> Route:
    method, _, path = name.partition(" ")
    return Route(method, path, content.ids.get(name, ""))


def _suspicion(old: Content, new: Content, operations: _Operations) -> str:
    if new.problem and new.problem != old.problem:
        return new.problem
    if new.is_html and not old.is_html:
        return "it is a page of HTML, and the vendored file is not"
    if operations.gone and 2 * len(operations.gone) >= len(old.operations):
        return f"it has lost {len(operations.gone)} of {len(old.operations)} operations"
    if new.dangling and not old.dangling:
        return f"{new.dangling} of its references lead nowhere, as in a document that was cut off"
    if not old.operations and 2 * new.words < old.words:
        return f"it has lost more than half of its text ({new.words} of {old.words} words are left)"
    return ""


def _is_moved(old: str, new: str) -> bool:
    """Returns whether something else is on the wire: where parameters of a path have other names, nothing is."""
    return _wire_path(old) != _wire_path(new)


def _changes(old: Content, new: Content, operations: _Operations) -> Changes:
    others: list[str] = []
    if old.version != new.version:
        others.append(f"info.version is {new.version!r}, and was {old.version!r}")
    parts = [_part(key) for key in _all_different(old.rest, new.rest)]
    if parts:
        others.append(f"other {', '.join(dict.fromkeys(parts))}")
    if old.text != new.text:
        others.append("other text")
    return Changes(
        operations_gone=operations.gone,
        operations_new=operations.new,
        operations_moved=tuple((a, b) for a, b in operations.both if _is_moved(a, b)),
        operations_changed=tuple(
            sorted(
                b
                for a, b in operations.both
                if old.operations[a] != new.operations[b] or (a != b and not _is_moved(a, b))
            )
        ),
        components_gone=_only(old.components, new.components),
        components_new=_only(new.components, old.components),
        components_changed=tuple(
            name
            for name in _all_different(old.components, new.components)
            if name in old.components and name in new.components
        ),
        others=tuple(others),
    )


def _part(key: str) -> str:
    return key.partition(":")[2] or key


def _only(these: Mapping[str, str], those: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(these.keys() - those.keys()))


def _all_different(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    return sorted(key for key in {*old, *new} if old.get(key) != new.get(key))


def _summary(old: Content, new: Content, changes: Changes) -> str:
    clauses = [
        *_moved(changes.operations_moved),
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


def _moved(moved: Sequence[tuple[str, str]]) -> list[str]:
    """Returns a clause: where to, if that is the same for all; else the names."""
    if not moved:
        return []
    count = f"{len(moved)} operation{'s' if len(moved) > 1 else ''} moved"
    ways = {parts_that_differ(_wire_path(old), _wire_path(new)) for old, new in moved}
    if len(ways) == 1:
        return [f"{count} from {' to '.join(*ways)} ({_named([new for _, new in moved])})"]
    return [f"{count} ({_named([f'{old} to {_path(new)}' for old, new in moved])})"]


def _path(operation: str) -> str:
    return operation.partition(" ")[2]


def _wire_path(operation: str) -> str:
    return operation_key("", _path(operation)).strip()


def _named(names: Sequence[str]) -> str:
    more = f", and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{', '.join(names[:MOST_NAMED])}{more}"


def _counted(noun: str, gone: Iterable[str], new: Iterable[str], changed: Iterable[str]) -> list[str]:
    clauses: list[str] = []
    for names, word in ((tuple(gone), "gone"), (tuple(new), "new"), (tuple(changed), "changed")):
        if names:
            clauses.append(f"{len(names)} {noun}{'s' if len(names) > 1 else ''} {word} ({_named(names)})")
    return clauses
