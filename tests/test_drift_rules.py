"""Every rule of drift by a pair of documents: `drift/cases.yaml` changes `drift/base.yaml`, one case a line."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from clientsmith.diagnostics import Report
from clientsmith.drift.client import client_changes
from clientsmith.drift.comparison import Comparison, compare
from clientsmith.drift.rules import RULES, worst
from clientsmith.drift.sides import side_of
from clientsmith.surface import ErrorSurface, Surface

FOLDER = Path(__file__).parent / "drift"
BASE: dict[str, Any] = yaml.safe_load((FOLDER / "base.yaml").read_text(encoding="utf-8"))
JOBS = Path(__file__).parent / "golden" / "jobs" / "spec.yaml"
CASES: list[dict[str, Any]] = yaml.safe_load((FOLDER / "cases.yaml").read_text(encoding="utf-8"))
BASES: dict[str, dict[str, Any]] = {"base": BASE, "jobs": yaml.safe_load(JOBS.read_text(encoding="utf-8"))}

OF_CLIENTS = {
    "D617": (
        Surface("acme", errors=(ErrorSurface("NotFoundError", "404", "Any"),)),
        Surface("acme", errors=(ErrorSurface("MissingError", "404", "Any"),)),
    ),
}
"""Rules of what no document changes by itself, each with two surfaces: exceptions are named by their status."""


OF_PROVIDERS = {"D809", "D814"}
"""Rules about what the settings and overlays of a provider name, proven in test_drift_dead."""


def edited(root: Mapping[str, Any], edits: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a document with other values at some pointers; null removes, `-` appends."""
    result = copy.deepcopy(dict(root))
    for pointer, value in edits.items():
        *above, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
        node: Any = result
        for part in above:
            node = node[int(part)] if part.isdigit() and not hasattr(node, "keys") else node.setdefault(part, {})
        if last == "-":
            node.append(value)
        else:
            key = last if hasattr(node, "keys") else int(last)
            if value is None:
                del node[key]
            else:
                node[key] = value
    return result


def pair_of(case: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two editions of a case."""
    base = BASES[case.get("base", "base")]
    old, new = (edited(base, {**case.get(f"{side}_also", {}), **case.get(side, {})}) for side in ("old", "new"))
    return old, new


def compare_paths(old: str, new: str, folder: Path) -> Comparison:
    """The comparison of two sides by their paths in a folder."""
    before, after = (side_of(name, folder / name, Report()) for name in (old, new))
    return compare(before, after)


def compared(folder: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    for name, root in (("old.json", old), ("new.json", new)):
        (folder / name).write_text(json.dumps(root), encoding="utf-8")
    return compare_paths("old.json", "new.json", folder)


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{case['rule']}" for i, case in enumerate(CASES)])
def test_a_change_is_found_as_its_rule_at_its_level(case: dict[str, Any], tmp_path: Path) -> None:
    apart = {"D712"} - {case["rule"]}  # Any break is one without another version.
    found = [one for one in compared(tmp_path, *pair_of(case)).differences if one.rule not in apart]
    if case.get("none"):
        assert found == []
        return
    assert worst([one.level for one in found if one.rule == case["rule"]]) == case["level"]
    assert {one.rule for one in found} == {case["rule"], *case.get("found", ())}


@pytest.mark.parametrize("rule", OF_CLIENTS)
def test_a_change_that_no_document_makes_is_found_as_its_rule(rule: str) -> None:
    assert [change.rule for change in client_changes(*OF_CLIENTS[rule])] == [rule]


def test_every_rule_has_a_pair_of_its_own() -> None:
    proven = {case["rule"] for case in CASES if not case.get("none")}
    assert proven | OF_CLIENTS.keys() | OF_PROVIDERS == RULES.keys()
    assert not proven & (OF_CLIENTS.keys() | OF_PROVIDERS)


def test_equal_documents_have_no_drift(tmp_path: Path) -> None:
    assert compared(tmp_path, BASE, BASE).differences == ()
