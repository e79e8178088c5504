"""The components of all fragments as one set (rules M11, M12, M14, M17).

Equal components are one; texts may differ; anything else is a conflict that a person settles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clientsmith.diagnostics import Report
from clientsmith.load.document import Provenance, escape
from clientsmith.load.merge.choice import Choices, Statement, groups, settled
from clientsmith.load.tree import is_object

SECTIONS = (
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
)
"""The sections in the order of the Components Object (OpenAPI 3.2.0)."""


def merged_components(
    statements: Sequence[Statement],
    choices: Choices,
    report: Report,
    provenance: Provenance,
    *,
    moved: Mapping[int, Mapping[str, str]],
    lenient: bool,
) -> dict[str, Any]:
    """One Components Object out of the fragments' ones, its sections in the specification's order, names as first seen.

    Args:
        statements: the Components Objects, in source order.
        choices: the settings.
        report: gets `merge-component-conflict`, `merge-doc-variance`, `merge-same-scheme`, `wrong-type`.
        provenance: gets the origin of every component.
        moved: by the identity of a fragment, pointers to its components under their new names, to where they stand.
        lenient: contradictions are warnings, see `Report.add`.
    """
    found: dict[str, dict[str, list[Statement]]] = {}
    others: dict[str, list[Statement]] = {}
    for components in statements:
        for section, members in components.value.items():
            pointer = f"{components.pointer}/{escape(section)}"
            if section not in SECTIONS:
                others.setdefault(section, []).append(Statement(members, components.fragment, pointer))
            elif is_object(members):
                names = found.setdefault(section, {})
                for name, value in members.items():
                    new = f"{pointer}/{escape(name)}"
                    origin = moved[id(components.fragment)].get(new, new)
                    names.setdefault(name, []).append(Statement(value, components.fragment, origin))
            elif members is not None:
                place = Statement(members, components.fragment, pointer).place
                report.add("wrong-type", f"components.{section} is not a mapping; it is left out", place)
    merged: dict[str, Any] = {}
    for section in SECTIONS:
        if section not in found:
            continue
        merged[section] = {}
        for name, candidates in found[section].items():
            kept = settled(
                f"{section}/{name}", candidates, choices, report, slug="merge-component-conflict", lenient=lenient
            )
            merged[section][name] = kept.value
            provenance.record(f"/components/{section}/{escape(name)}", kept.fragment, kept.pointer)
    for key, candidates in others.items():
        kept = settled(f"components/{key}", candidates, choices, report, slug="merge-root-conflict", lenient=lenient)
        merged[key] = kept.value
        provenance.record(f"/components/{escape(key)}", kept.fragment, kept.pointer)
    _report_equal_schemes(merged.get("securitySchemes", {}), report, provenance)
    return merged


def _report_equal_schemes(schemes: dict[str, Any], report: Report, provenance: Provenance) -> None:
    """M14: a key that goes into the same header under two names is one key; a reader of the client should know."""
    statements = [
        Statement(scheme, *provenance.origin(f"/components/securitySchemes/{escape(name)}"))
        for name, scheme in schemes.items()
    ]
    names = {id(statement.value): name for name, statement in zip(schemes, statements, strict=True)}
    for first, *others in groups(statements, bare=True):
        if others:
            listed = ", ".join(repr(names[id(one.value)]) for one in (first, *others))
            report.add(
                "merge-same-scheme",
                f"the security schemes {listed} are the same but for their names",
                first.place,
                also=[("the same here", one.place) for one in others],
            )
