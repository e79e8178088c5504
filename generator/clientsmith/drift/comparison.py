"""The comparison of two sides: their documents, their clients, and what comes of both."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from clientsmith import ir
from clientsmith.diagnostics import Location
from clientsmith.drift.changes import Change, Subject
from clientsmith.drift.client import client_changes, reachable_only_from, within_gone
from clientsmith.drift.dead import with_dead
from clientsmith.drift.differences import Difference, differences_of, level_of
from clientsmith.drift.editions import Edition
from clientsmith.drift.packages import comparable
from clientsmith.drift.sides import Side
from clientsmith.drift.wire import Pair, lost_and_found, matched, wire_changes
from clientsmith.pairing import operation_key
from clientsmith.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result.

    Attributes:
        old, new: The two sides.
        differences: What changed, the worst first.
        wire: Whether documents were compared too, and not only the public names.
        paired: Keys of operations of the new document by those of the old one; None if they were not compared.
    """

    old: Side
    new: Side
    differences: tuple[Difference, ...]
    wire: bool
    paired: Mapping[str, str] | None = None


def compare(old: Side, new: Side) -> Comparison:
    """Returns what changed between two sides."""
    if old.is_package or new.is_package:
        old, new = (replace(side, surface=comparable(side.surface), documents=None) for side in (old, new))
    wire: list[Change] = []
    paired: dict[str, str] | None = None
    replaced: dict[str, str] = {}
    if old.documents is not None and new.documents is not None:
        before, after = (
            Edition(side.documents.document, side.documents.api, _classes(side))
            for side in (old, new)
            if side.documents is not None
        )
        pairs, gone, come = _of_clients(*matched(before.api.operations, after.api.operations), old, new)
        paired = {operation_key(a.method, a.template): operation_key(b.method, b.template) for a, b in pairs}
        changes, replaced = wire_changes(before, after, pairs)
        wire = [*lost_and_found(gone, come), *changes]
        versions = [".".join(map(str, side.documents.document.version)) for side in (old, new) if side.documents]
        if versions[0] != versions[1]:
            wire.append(_of_document("D711", "openapi", versions))
    client = client_changes(old.surface, new.surface, paired, replaced)
    lost = {change.subject.parts[0] for change in client if change.rule == "D101"}
    with_operations = {key: reachable_only_from(old.surface, {key}) for key in lost} if lost else {}
    if len(lost) > 1:
        with_operations[""] = reachable_only_from(old.surface, lost)
    always = reachable_only_from(old.surface, set())
    with_operations = {key: names - always for key, names in with_operations.items()}
    lost_classes = {change.subject.parts[0] for change in client if change.rule == "D529"}
    found = differences_of(wire, client, with_operations, within_gone(old.surface, lost_classes))
    found = with_dead(found, old, new)
    if level_of(found) == "break" and old.documents and new.documents:
        versions = [side.documents.api.version for side in (old, new) if side.documents]
        if versions[0] == versions[1]:
            found += differences_of([_of_document("D712", "info/version", versions)], [])
    return Comparison(old, new, tuple(_located(found, old, new)), paired is not None, paired)


def _of_clients(
    pairs: list[Pair], gone: list[ir.Operation], come: list[ir.Operation], old: Side, new: Side
) -> tuple[list[Pair], list[ir.Operation], list[ir.Operation]]:
    """Returns the operations without those that neither client has, as `only` does not select them."""
    before, after = (_selected(side) for side in (old, new))

    def is_in(operation: ir.Operation, keys: Collection[str] | None) -> bool:
        return keys is None or operation_key(operation.method, operation.template) in keys

    return (
        [(a, b) for a, b in pairs if is_in(a, before) or is_in(b, after)],
        [one for one in gone if is_in(one, before)],
        [one for one in come if is_in(one, after)],
    )


def _selected(side: Side) -> Collection[str] | None:
    """Returns the keys of the operations that a client has; None if it has all of the document."""
    if side.provider is None or not side.provider.only:
        return None
    return {operation_key(one.method, one.path) for one in side.surface.operations}


def _of_document(rule: str, pointer: str, values: Sequence[str]) -> Change:
    address = f"#/{pointer}"
    return Change(rule, Subject("document", (pointer.replace("/", "."),)), values[0], values[1], address, address)


def _located(found: Sequence[Difference], old: Side, new: Side) -> Iterator[Difference]:
    """Yields the differences with the places in the files of both sides, which are read once each."""
    places: list[dict[str, Location]] = []
    for side, addresses in ((old, [one.old_at for one in found]), (new, [one.new_at for one in found])):
        place, locate = side.place, side.locate
        if place is None or locate is None:
            places.append({})
            continue
        cheap = {address: place(address) for address in dict.fromkeys(addresses) if address}
        exact = locate(list(cheap.values()))
        places.append({address: exact.get(location, location) for address, location in cheap.items()})
    for one in found:
        yield replace(
            one,
            old_place=one.old_place or places[0].get(one.old_at),
            new_place=one.new_place or places[1].get(one.new_at),
        )


def _classes(side: Side) -> dict[str, str]:
    return {model.address: model.name for model in side.surface.models if model.address}
