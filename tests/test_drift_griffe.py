"""A second reader of what changed in a client: griffe, which knows nothing of documents, compares the sources.

What it calls a breakage is a BREAK of drift too, or a RISK for a reason that is given here; it is never SAFE.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import griffe
import pytest
from drift_callers import Edition, edition
from test_drift_rules import BASE, CASES, compared, edited

from clientsmith.drift.differences import level_of

EXPLAINED = {
    "D308": "another default of an argument changes what is sent, and no call",
    "D412": "a field that is left out is UNSET and no longer None: only who reads it can notice",
    "D416": "the same",
    "D505": "callers do not make what is only received, except in tests",
    "D522": "the default of what an answer has besides its fields",
    "D608": "exceptions lose a base class together with the typed body that it was there for",
}
"""The rules of changes that griffe calls breakages, and drift a RISK."""


def breakages(folder: Path, old: Edition, new: Edition) -> list[str]:
    sides: list[griffe.Object | griffe.Alias] = []
    for name, one in (("old", old), ("new", new)):
        for path, text in one.built.files.items():
            target = folder / name / "client" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        sides.append(
            griffe.load("client", search_paths=[folder / name], resolve_aliases=False, allow_inspection=False)
        )
    return [f"{one.kind.value}: {one.obj.path}" for one in griffe.find_breaking_changes(*sides)]


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{case['rule']}" for i, case in enumerate(CASES)])
def test_what_griffe_finds_drift_finds(case: dict[str, Any], tmp_path: Path) -> None:
    old = edited(BASE, {**case.get("old_also", {}), **case.get("old", {})})
    new = edited(BASE, {**case.get("new_also", {}), **case.get("new", {})})
    found = breakages(
        tmp_path, edition(old, tmp_path / "a.json", "client"), edition(new, tmp_path / "b.json", "client")
    )
    level = level_of(compared(tmp_path, old, new).differences)
    if found and level != "break":
        assert level == "risk", found
        assert case["rule"] in EXPLAINED, found
    if case["rule"] in EXPLAINED and sum(one["rule"] == case["rule"] for one in CASES) == 1:
        assert found, "the reason is not needed"

