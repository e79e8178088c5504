"""Drift is judged by callers: a module that uses every public name of the old client is checked against the new one.

Where the caller breaks, drift has to say BREAK; where drift says BREAK for the sake of public names alone, the caller
has to break. So each case of `drift/cases.yaml` has its witness: one that fails where public names break, and passes
where a change is SAFE.
"""

from __future__ import annotations

import pytest
from drift_callers import Edition, broken, edition
from test_drift_rules import CASES, compared, pair_of

from clientsmith.drift.comparison import Comparison
from clientsmith.drift.differences import level_of

NOT_SEEN = {
    "D112": "the call is still there, and sends another operation",
    "D207": "the arguments are of one type, so that a type checker does not see them exchanged",
}
"""What breaks callers for the sake of public names, and shows only when they run."""


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Comparison], dict[str, list[str]]]:
    """The comparison of each case, and what the type checker says of the caller of its old client."""
    folder = tmp_path_factory.mktemp("callers")
    pairs: dict[str, tuple[Edition, Edition]] = {}
    comparisons: list[Comparison] = []
    for number, case in enumerate(CASES):
        old, new = pair_of(case)
        pairs[f"case{number}"] = edition(old, folder), edition(new, folder)
        comparisons.append(compared(folder, old, new))
    return comparisons, broken(folder, pairs)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{i}-{case['rule']}" for i, case in enumerate(CASES)])
def test_a_caller_breaks_where_drift_says_so(
    number: int, judged: tuple[list[Comparison], dict[str, list[str]]]
) -> None:
    comparisons, errors = judged
    differences = comparisons[number].differences
    breaks = {one.rule for one in differences if one.level == "break"}
    on_the_wire = {one.rule for one in differences if one.kept == "break"}  # See `test_drift_witnesses`.
    found = errors.get(f"case{number}", [])
    if found:
        assert level_of(differences) == "break", found
    elif breaks:
        assert breaks <= on_the_wire or breaks & NOT_SEEN.keys(), "nothing of the caller breaks"


def test_most_breaks_are_seen_by_callers(judged: tuple[list[Comparison], dict[str, list[str]]]) -> None:
    comparisons, errors = judged
    said = [f"case{number}" for number, one in enumerate(comparisons) if level_of(one.differences) == "break"]
    assert len(errors) > 0.8 * len(said) > 30


def test_what_is_not_seen_is_needed(judged: tuple[list[Comparison], dict[str, list[str]]]) -> None:
    comparisons, errors = judged
    unseen = {
        one.rule
        for number, comparison in enumerate(comparisons)
        for one in comparison.differences
        if one.level == "break" and f"case{number}" not in errors
    }
    assert NOT_SEEN.keys() <= unseen
