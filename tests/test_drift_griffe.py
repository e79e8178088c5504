"""A second reader of what changed in a client: griffe, which knows nothing of documents, compares the sources.

What it calls a breakage is a BREAK of drift too, or less for a reason that is given here.
"""

from __future__ import annotations

from pathlib import Path

import griffe
import pytest
from drift_callers import Edition, edition
from test_drift_rules import CASES, compared, pair_of

from clientsmith.drift.differences import level_of

EXPLAINED = {
    "D308": "another default of an argument changes what is sent, and no call",
    "D412": "a field that is left out is UNSET and no longer None: only who reads it can notice",
    "D416": "the same",
    "D505": "callers do not make what is only received, except in tests",
    "D522": "the default of what an answer has besides its fields",
    "D608": "exceptions lose a base class together with the typed body that it was there for",
}
"""The rules of changes that griffe calls breakages, and drift a RISK or nothing."""


def breakages(folder: Path, old: Edition, new: Edition) -> list[str]:
    sides: list[griffe.Object | griffe.Alias] = []
    for name, one in (("old", old), ("new", new)):
        for path, text in one.built.files.items():
            target = folder / name / "client" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        sides.append(griffe.load("client", search_paths=[folder / name], resolve_aliases=False, allow_inspection=False))
    return [f"{one.kind.value}: {one.obj.path}" for one in griffe.find_breaking_changes(*sides)]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """What griffe finds in each case."""
    result: list[list[str]] = []
    for case in CASES:
        folder = tmp_path_factory.mktemp("griffe")
        result.append(breakages(folder, *(edition(root, folder) for root in pair_of(case))))
    return result


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{i}-{case['rule']}" for i, case in enumerate(CASES)])
def test_what_griffe_finds_drift_finds(number: int, found: list[list[str]], tmp_path: Path) -> None:
    level = level_of(compared(tmp_path, *pair_of(CASES[number])).differences)
    if found[number] and level != "break":
        assert CASES[number]["rule"] in EXPLAINED, found[number]


@pytest.mark.parametrize("rule", EXPLAINED)
def test_reasons_are_needed(rule: str, found: list[list[str]]) -> None:
    assert any(found[number] for number, case in enumerate(CASES) if case["rule"] == rule)
