"""The operations of all fragments under their paths (rules M04, M05, M07, M08, M13, M17).

Decides which operations are equal, which are *variants* (one path and method, distinguished by operationId: an API that
accepts the jobs of every model at one address) and which contradict each other; those of ad-hoc files are kept as
variants. Operations of different paths may share an operationId: `parse` reports that for the whole document.

Also moves what holds for one fragment only (`servers`, `security`, fields of a path) to its operations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from clientsmith.diagnostics import Report
from clientsmith.load.document import Fragment, Provenance
from clientsmith.load.grammar import METHODS, VARIANTS
from clientsmith.load.merge.choice import Choices, Statement, groups, report_conflict, resolved, with_longest_texts
from clientsmith.load.merge.equality import fingerprint
from clientsmith.load.merge.renaming import Key, folded, new_name, rewritten
from clientsmith.load.tree import escape, is_array, is_object, type_name, unescape

SHARED = ("parameters", "servers", "summary", "description")
"""Fields of a Path Item Object that apply to all its operations."""


class FragmentPaths(NamedTuple):
    """The paths (or webhooks) of one fragment, with what its root states for all its operations.

    Attributes:
        fragment: the fragment.
        root: its whole tree, for references to its own parameters.
        paths: its Paths Object, or its webhooks.
        pushed: root fields (`servers`, `security`) that its operations must have themselves.
        former: the former names of its components that were renamed on conflict, by their new ones.
    """

    fragment: Fragment
    root: Mapping[str, Any]
    paths: Mapping[str, Any]
    pushed: Mapping[str, Any]
    former: Mapping[Key, str]


class _Item(NamedTuple):
    source: FragmentPaths
    value: dict[str, Any]
    pointer: str


class _Operation(NamedTuple):
    """An operation of one fragment.

    Attributes:
        statement: the operation, with what was moved into it.
        origins: pointers below the operation, each with the pointer in the fragment that it comes from.
        original: its value before any component was renamed.
    """

    statement: Statement
    origins: tuple[tuple[str, str], ...]
    original: Any


class _Run(NamedTuple):
    choices: Choices
    report: Report
    provenance: Provenance
    lenient: bool
    taken: set[str]
    """The operationIds of all fragments, as `folded` returns them."""


def merged_paths(
    section: str,
    sources: Sequence[FragmentPaths],
    choices: Choices,
    report: Report,
    provenance: Provenance,
    *,
    lenient: bool,
) -> dict[str, Any]:
    """Returns one Paths Object (or map of webhooks) out of those of the fragments, paths as first seen.

    Args:
        section: `paths` or `webhooks`.
        sources: in source order.
        choices: the settings.
        report: takes `merge-operation-conflict`, `merge-doc-variance`, `merge-pushed-down`, `wrong-type`.
        provenance: gets the origin of every operation and of what is moved into it.
        lenient: contradictions are warnings, see `Report.add`, and both operations are kept.
    """
    items: dict[str, list[_Item]] = {}
    extensions: dict[str, list[Statement]] = {}
    for source in sources:
        for path, value in source.paths.items():
            pointer = f"/{section}/{escape(path)}"
            statement = Statement(value, source.fragment, pointer)
            if section == "paths" and path.startswith("x-"):
                extensions.setdefault(path, []).append(statement)
            elif is_object(value):
                items.setdefault(path, []).append(_Item(source, value, pointer))
            elif value is not None:
                message = f"{path!r} must be a mapping, not {type_name(value)}; it is left out"
                report.add("wrong-type", message, statement.place)
    run = _Run(choices, report, provenance, lenient, set())
    for candidates in items.values():
        run.taken.update(folded(name) for item in candidates for name in _ids(item.value))
    merged: dict[str, Any] = {}
    for path, candidates in items.items():
        merged[path] = _merged_item(section, path, candidates, run)
    for key, statements in extensions.items():
        chosen = resolved(f"{section}/{key}", statements, choices, report, slug="merge-root-conflict", lenient=lenient)
        merged[key] = chosen.value
        provenance.record(chosen.pointer, chosen.fragment, chosen.pointer)
    return merged


def _merged_item(section: str, path: str, items: Sequence[_Item], run: _Run) -> dict[str, Any]:
    pointer = f"/{section}/{escape(path)}"
    run.provenance.record(pointer, items[0].source.fragment, pointer)
    label = path if section == "paths" else f"{section} {path}"
    merged: dict[str, Any] = {}
    shared = {key: _statements(items, key) for key in SHARED}
    common = {
        key
        for key, statements in shared.items()
        if len(statements) == len(items) and len(groups(statements, bare=key in ("parameters", "servers"))) == 1
    }
    for key in common:
        kept = resolved(f"{label} {key}", shared[key], run.choices, run.report, slug="merge-operation-conflict")
        merged[key] = kept.value
        run.provenance.record(f"{pointer}/{key}", kept.fragment, kept.pointer)
    lowered = [key for key in SHARED if shared[key] and key not in common]
    if lowered:
        first = next(one for key in lowered for one in shared[key])
        fields = " and ".join(map(repr, lowered))
        message = f"the sources have different {fields} for {label!r}; they are moved to the operations"
        run.report.add("merge-pushed-down", message, first.place)
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
                others.setdefault(key, []).append(Statement(value, item.source.fragment, below))
    for key, statements in others.items():
        kept = resolved(
            f"{label} {key}", statements, run.choices, run.report, slug="merge-operation-conflict", lenient=run.lenient
        )
        merged[key] = kept.value
        run.provenance.record(f"{pointer}/{escape(key)}", kept.fragment, kept.pointer)
    for (table, method), candidates in operations.items():
        target = merged.setdefault(table, {}) if table else merged
        place = f"{pointer}/{table}/{escape(method)}" if table else f"{pointer}/{method}"
        target[method] = _merged_operation(f"{method} {label}", place, candidates, run)
    return merged


def _merged_operation(part: str, pointer: str, candidates: Sequence[_Operation], run: _Run) -> dict[str, Any]:
    statements = [candidate.statement for candidate in candidates]
    by_id: dict[str, list[_Operation]] = {}
    for candidate in candidates:
        name = candidate.statement.value.get("operationId")
        by_id.setdefault(name if isinstance(name, str) else "", []).append(candidate)
    preferred = run.choices.preferred(part, statements)
    if "" in by_id or preferred is not None:
        # Without an operationId, a variant cannot be distinguished from a contradiction.
        by_id = {"": list(candidates)}
    kept: list[tuple[Statement, dict[str, Any]]] = []
    for same in by_id.values():
        if preferred is not None or not run.lenient:
            stated = [one.statement for one in same]
            one = resolved(part, stated, run.choices, run.report, slug="merge-operation-conflict")
            kept.append((one, one.value))
        else:
            kept += _all_kept(part, same, run)
    (first, merged), *variants = kept
    _record(pointer, first, candidates, run.provenance)
    if variants:
        merged = {**merged, VARIANTS: [value for _, value in variants]}
        for index, (variant, _) in enumerate(variants):
            _record(f"{pointer}/{VARIANTS}/{index}", variant, candidates, run.provenance)
    return merged


def _all_kept(part: str, same: Sequence[_Operation], run: _Run) -> list[tuple[Statement, dict[str, Any]]]:
    """Returns all different definitions of one operation in ad-hoc files, each with the value that is used for it.

    The most frequent one comes first; each of the others gets a warning and an operationId of its own. Definitions that
    differ only in renamed components are equal: the one of the fragments whose components keep their names is used.
    """
    by_content: dict[str, list[_Operation]] = {}
    kept: list[tuple[Statement, dict[str, Any]]] = []
    first: Statement | None = None
    for one in same:
        by_content.setdefault(fingerprint(one.original, bare=True), []).append(one)
    for content, equal in sorted(by_content.items(), key=lambda group: -len(group[1])):
        prints = [fingerprint(one.statement.value, bare=True) for one in equal]
        wanted = content if content in prints else prints[0]
        stated = [one.statement for one, own in zip(equal, prints, strict=True) if own == wanted]
        chosen = with_longest_texts(part, stated, run.choices, run.report)
        value, original = chosen.value, chosen._replace(value=equal[0].original)
        if first is None:
            first = original
        else:
            outcome = "both are kept"
            name = value.get("operationId")
            if isinstance(name, str) and name == first.value.get("operationId"):
                group = sorted((one.statement.fragment for one in equal), key=lambda fragment: fragment.name)
                rest = [one.statement.fragment for one in same if one not in equal]
                new = new_name(name, group, rest, run.taken)
                run.taken.add(folded(new))
                value = {**value, "operationId": new}
                outcome = f"both are kept, the latter as {new!r}"
            report_conflict(part, first, original, run.choices, run.report, "merge-operation-conflict", outcome)
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
        Statement(item.value[key], item.source.fragment, f"{item.pointer}/{key}") for item in items if key in item.value
    ]


def _lowered(item: _Item, operation: dict[str, Any], pointer: str, keys: Sequence[str]) -> _Operation:
    """Returns an operation with what its fragment's root and its path state for it; its own fields win."""
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
    for key, value in item.source.pushed.items():
        if key not in operation and key not in added and not (key == "servers" and key in item.value):
            added[key] = value
            origins.append((f"/{key}", f"/{key}"))
    statement = Statement({**operation, **added} if added else operation, item.source.fragment, pointer)
    former = item.source.former
    return _Operation(statement, tuple(origins), rewritten(statement.value, former) if former else statement.value)


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
    """Returns what identifies a parameter: name and location (OpenAPI 3.1.1, Operation Object, `parameters`)."""
    seen: set[str] = set()
    while is_object(parameter) and isinstance(parameter.get("$ref"), str):
        reference: str = parameter["$ref"]
        if reference in seen or not reference.startswith("#/"):
            return reference
        seen.add(reference)
        parameter = dict(item.source.root)
        for token in reference[2:].split("/"):
            parameter = parameter.get(unescape(token)) if is_object(parameter) else None
    if is_object(parameter):
        return (str(parameter.get("name")), str(parameter.get("in")))
    return id(parameter)
