"""The operations of all fragments under their paths (rules M04, M05, M07, M08, M13, M17).

Decides which operations are the same, which are *variants* (one path and method, told by operationId: an API that takes
every model's job at one address) and which contradict each other; those of files given by hand stay as variants.
operationIds that operations of different paths share both stay: `parse` reports those for the whole document.

Also takes what holds for one fragment only (`servers`, `security`, fields of a path) down to its operations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from clientsmith.diagnostics import Report
from clientsmith.load.document import Fragment, Provenance, escape, unescape
from clientsmith.load.merge.choice import Choices, Statement, groups, report_conflict, report_variance, settled
from clientsmith.load.merge.equality import fingerprint
from clientsmith.load.merge.names import alike, new_name
from clientsmith.load.merge.rename import Key, rewritten
from clientsmith.load.methods import METHODS, VARIANTS
from clientsmith.load.tree import is_array, is_object

SHARED = ("parameters", "servers", "summary", "description")
"""Fields of a Path Item Object that hold for all its operations."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one fragment says about paths (or webhooks), with what its root says about all its operations.

    Attributes:
        fragment: whose it is.
        root: its whole tree, for references to its own parameters.
        paths: its Paths Object, or its webhooks.
        pushed: root fields (`servers`, `security`) that its operations must carry themselves.
        plain: the names that its components lost to others of the same name, by their new ones.
    """

    fragment: Fragment
    root: Mapping[str, Any]
    paths: Mapping[str, Any]
    pushed: Mapping[str, Any]
    plain: Mapping[Key, str]


@dataclass(frozen=True, slots=True)
class _Item:
    part: Part
    value: dict[str, Any]
    pointer: str


@dataclass(frozen=True, slots=True)
class _Operation:
    statement: Statement
    origins: tuple[tuple[str, str], ...]
    """Pointers below the operation and where in the fragment they come from."""
    written: Any
    """Its value as the fragment has it, before any component lost its name."""


@dataclass(frozen=True, slots=True)
class _Run:
    choices: Choices
    report: Report
    provenance: Provenance
    lenient: bool
    taken: set[str] = field(default_factory=set[str])
    """The operationIds of all fragments, as `alike` gives them."""


def merged_paths(
    section: str, parts: Sequence[Part], choices: Choices, report: Report, provenance: Provenance, *, lenient: bool
) -> dict[str, Any]:
    """One Paths Object (or map of webhooks) out of those of the fragments, paths as first seen.

    Args:
        section: `paths` or `webhooks`.
        parts: in source order.
        choices: the settings.
        report: gets `merge-operation-conflict`, `merge-doc-variance`, `merge-pushed-down`, `wrong-type`.
        provenance: gets the origin of every operation and of what was moved into it.
        lenient: contradictions are warnings, see `Report.add`, and both operations stay.
    """
    items: dict[str, list[_Item]] = {}
    extensions: dict[str, list[Statement]] = {}
    for part in parts:
        for path, value in part.paths.items():
            pointer = f"/{section}/{escape(path)}"
            statement = Statement(value, part.fragment, pointer)
            if section == "paths" and path.startswith("x-"):
                extensions.setdefault(path, []).append(statement)
            elif is_object(value):
                items.setdefault(path, []).append(_Item(part, value, pointer))
            elif value is not None:
                report.add("wrong-type", f"{path} is not a mapping; it is left out", statement.place)
    run = _Run(choices, report, provenance, lenient)
    for candidates in items.values():
        run.taken.update(alike(name) for item in candidates for name in _ids(item.value))
    merged: dict[str, Any] = {}
    for path, candidates in items.items():
        merged[path] = _merged_item(section, path, candidates, run)
    for key, statements in extensions.items():
        chosen = settled(f"{section}/{key}", statements, choices, report, slug="merge-root-conflict", lenient=lenient)
        merged[key] = chosen.value
        provenance.record(chosen.pointer, chosen.fragment, chosen.pointer)
    return merged


def _merged_item(section: str, path: str, items: Sequence[_Item], run: _Run) -> dict[str, Any]:
    pointer = f"/{section}/{escape(path)}"
    run.provenance.record(pointer, items[0].part.fragment, pointer)
    label = path if section == "paths" else f"{section} {path}"
    merged: dict[str, Any] = {}
    shared = {key: _statements(items, key) for key in SHARED}
    common = {
        key
        for key, statements in shared.items()
        if len(statements) == len(items) and len(groups(statements, bare=key in ("parameters", "servers"))) == 1
    }
    for key in common:
        kept = settled(f"{label} {key}", shared[key], run.choices, run.report, slug="merge-operation-conflict")
        merged[key] = kept.value
        run.provenance.record(f"{pointer}/{key}", kept.fragment, kept.pointer)
    lowered = [key for key in SHARED if shared[key] and key not in common]
    if lowered:
        first = next(one for key in lowered for one in shared[key])
        run.report.add(
            "merge-pushed-down",
            f"{label}: {', '.join(lowered)} not the same in all sources; moved to the operations",
            first.place,
        )
    operations: dict[tuple[str, str], list[_Operation]] = {}
    others: dict[str, list[Statement]] = {}
    for item in items:
        for key, value in item.value.items():
            below = f"{item.pointer}/{escape(key)}"
            if key in METHODS and is_object(value):
                operations.setdefault(("", key), []).append(_lowered(item, value, below, lowered))
            elif key == "additionalOperations" and is_object(value):
                for method, operation in value.items():
                    if is_object(operation):
                        deeper = f"{below}/{escape(method)}"
                        operations.setdefault((key, method), []).append(_lowered(item, operation, deeper, lowered))
            elif key not in SHARED:
                others.setdefault(key, []).append(Statement(value, item.part.fragment, below))
    for key, statements in others.items():
        kept = settled(
            f"{label} {key}", statements, run.choices, run.report, slug="merge-operation-conflict", lenient=run.lenient
        )
        merged[key] = kept.value
        run.provenance.record(f"{pointer}/{escape(key)}", kept.fragment, kept.pointer)
    for (table, method), candidates in operations.items():
        target = merged.setdefault(table, {}) if table else merged
        place = f"{pointer}/{table}/{escape(method)}" if table else f"{pointer}/{method}"
        target[method] = _merged_operation(f"{method} {label}", place, candidates, run)
    return merged


def _merged_operation(thing: str, pointer: str, candidates: Sequence[_Operation], run: _Run) -> dict[str, Any]:
    statements = [candidate.statement for candidate in candidates]
    by_id: dict[str, list[_Operation]] = {}
    for candidate in candidates:
        name = candidate.statement.value.get("operationId")
        by_id.setdefault(name if isinstance(name, str) else "", []).append(candidate)
    preferred = run.choices.preferred(thing, statements)
    if "" in by_id or preferred is not None:
        # Without a name of its own, nothing tells a variant from a contradiction.
        by_id = {"": list(candidates)}
    kept: list[tuple[Statement, dict[str, Any]]] = []
    for same in by_id.values():
        if preferred is not None or not run.lenient:
            said = [one.statement for one in same]
            one = settled(thing, said, run.choices, run.report, slug="merge-operation-conflict")
            kept.append((one, one.value))
        else:
            kept += _all_settled(thing, same, run)
    (first, merged), *variants = kept
    _record(pointer, first, candidates, run.provenance)
    if variants:
        merged = {**merged, VARIANTS: [value for _, value in variants]}
        for index, (variant, _) in enumerate(variants):
            _record(f"{pointer}/{VARIANTS}/{index}", variant, candidates, run.provenance)
    return merged


def _all_settled(thing: str, same: Sequence[_Operation], run: _Run) -> list[tuple[Statement, dict[str, Any]]]:
    """What files given by hand say of one operation, each different word once, with what is to stand for it.

    What most say comes first. There is a warning for each of the others, which get an operationId of their own. What
    differs only in components that go by other names now is one word: its operation is kept as the fragments have it
    whose components kept their names.
    """
    by_content: dict[str, list[_Operation]] = {}
    kept: list[tuple[Statement, dict[str, Any]]] = []
    first: Statement | None = None
    for one in same:
        by_content.setdefault(fingerprint(one.written, bare=True), []).append(one)
    for content, equal in sorted(by_content.items(), key=lambda group: -len(group[1])):
        prints = [fingerprint(one.statement.value, bare=True) for one in equal]
        wanted = content if content in prints else prints[0]
        said = [one.statement for one, own in zip(equal, prints, strict=True) if own == wanted]
        chosen = report_variance(thing, said, run.choices, run.report)
        value, written = chosen.value, chosen._replace(value=equal[0].written)
        if first is None:
            first = written
        else:
            done = "both are kept, as operations of their own"
            name = value.get("operationId")
            if isinstance(name, str) and name == first.value.get("operationId"):
                group = sorted((one.statement.fragment for one in equal), key=lambda fragment: fragment.name)
                rest = [one.statement.fragment for one in same if one not in equal]
                new = new_name(name, group, rest, run.taken)
                run.taken.add(alike(new))
                value = {**value, "operationId": new}
                done = f"both are kept, the latter as {new!r}"
            report_conflict(thing, first, written, run.choices, run.report, "merge-operation-conflict", done)
        kept.append((chosen, value))
    return kept


def _ids(item: Mapping[str, Any]) -> Iterator[str]:
    others = item.get("additionalOperations")
    for operation in (*(item.get(method) for method in METHODS), *(others.values() if is_object(others) else ())):
        if is_object(operation) and isinstance(name := operation.get("operationId"), str):
            yield name


def _record(pointer: str, kept: Statement, candidates: Sequence[_Operation], provenance: Provenance) -> None:
    provenance.record(pointer, kept.fragment, kept.pointer)
    for candidate in candidates:
        if candidate.statement is kept:
            for below, origin in candidate.origins:
                provenance.record(pointer + below, kept.fragment, origin)


def _statements(items: Sequence[_Item], key: str) -> list[Statement]:
    return [
        Statement(item.value[key], item.part.fragment, f"{item.pointer}/{key}") for item in items if key in item.value
    ]


def _lowered(item: _Item, operation: dict[str, Any], pointer: str, keys: Sequence[str]) -> _Operation:
    """An operation that carries what its fragment's root and its path said for it; its own word goes first."""
    added: dict[str, Any] = {}
    origins: list[tuple[str, str]] = []
    for key in keys:
        if key not in item.value:
            continue
        if key == "parameters":
            added["parameters"], moved = _parameters(item, operation, pointer)
            origins += moved
        elif key not in operation:
            added[key] = item.value[key]
            origins.append((f"/{key}", f"{item.pointer}/{key}"))
    for key, value in item.part.pushed.items():
        if key not in operation and key not in added and not (key == "servers" and key in item.value):
            added[key] = value
            origins.append((f"/{key}", f"/{key}"))
    statement = Statement({**operation, **added} if added else operation, item.part.fragment, pointer)
    plain = item.part.plain
    return _Operation(statement, tuple(origins), rewritten(statement.value, plain) if plain else statement.value)


def _parameters(item: _Item, operation: dict[str, Any], pointer: str) -> tuple[list[Any], list[tuple[str, str]]]:
    own = operation.get("parameters")
    own = own if is_array(own) else []
    shared = item.value["parameters"]
    overridden = {_identity(item, parameter) for parameter in own}
    merged: list[Any] = []
    origins: list[tuple[str, str]] = []
    for index, parameter in enumerate(shared if is_array(shared) else []):
        if _identity(item, parameter) not in overridden:
            origins.append((f"/parameters/{len(merged)}", f"{item.pointer}/parameters/{index}"))
            merged.append(parameter)
    for index, parameter in enumerate(own):
        origins.append((f"/parameters/{len(merged)}", f"{pointer}/parameters/{index}"))
        merged.append(parameter)
    return merged, origins


def _identity(item: _Item, parameter: Any) -> object:
    """What makes a parameter the same one: name and place (OpenAPI 3.1.1, Operation Object, `parameters`)."""
    seen: set[str] = set()
    while is_object(parameter) and isinstance(parameter.get("$ref"), str):
        reference: str = parameter["$ref"]
        if reference in seen or not reference.startswith("#/"):
            return reference
        seen.add(reference)
        parameter = dict(item.part.root)
        for token in reference[2:].split("/"):
            parameter = parameter.get(unescape(token)) if is_object(parameter) else None
    if is_object(parameter):
        return (str(parameter.get("name")), str(parameter.get("in")))
    return id(parameter)
