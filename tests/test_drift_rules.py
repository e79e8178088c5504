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
from clientsmith.drift.comparison import Comparison, compare
from clientsmith.drift.rules import worst
from clientsmith.drift.sides import side_of

FOLDER = Path(__file__).parent / "drift"
BASE: dict[str, Any] = yaml.safe_load((FOLDER / "base.yaml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = yaml.safe_load((FOLDER / "cases.yaml").read_text(encoding="utf-8"))


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
    old = edited(BASE, {**case.get("old_also", {}), **case.get("old", {})})
    new = edited(BASE, {**case.get("new_also", {}), **case.get("new", {})})
    found = [one for one in compared(tmp_path, old, new).differences if one.rule != "D712"]
    if case.get("none"):
        assert found == []
        return
    assert worst([one.level for one in found if one.rule == case["rule"]]) == case["level"]
    assert {one.rule for one in found} == {case["rule"], *case.get("found", ())}


def test_equal_documents_have_no_drift(tmp_path: Path) -> None:
    assert compared(tmp_path, BASE, BASE).differences == ()
