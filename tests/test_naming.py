"""Names: one case a line in `naming.txt`, and how collisions are resolved."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from clientsmith.translate.models import field_candidate
from clientsmith.translate.naming import CHOSEN, DERIVED, Candidate, Names
from clientsmith.translate.words import joined, pascal_of, says_more

CASES = [
    line.rsplit(maxsplit=2)
    for line in (Path(__file__).parent / "naming.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("wire", "class_name", "field"), CASES, ids=[case[0] for case in CASES])
def test_names(wire: str, class_name: str, field: str) -> None:
    candidate = field_candidate(wire, "#/f")
    assert pascal_of(wire) or class_name == "-"
    assert (pascal_of(wire) or "-", next((n for n in candidate.names if n), "-")) == (class_name, field)


def settled(
    *candidates: Candidate, locked: dict[str, str] | None = None, pinned: dict[str, str] | None = None
) -> dict[str, str]:
    names = Names(locked=locked or {}, pinned=pinned or {})
    return {address: str(name) for address, name in names.resolve(candidates).items()}


def test_an_exact_spelling_goes_first() -> None:
    assert settled(Candidate("#/a", ("id",)), Candidate("#/b", ("id",), exact=True)) == {"#/b": "id", "#/a": "id_2"}


def test_derived_yields_to_chosen() -> None:
    found = settled(Candidate("#/a", ("Job", "JobItem"), DERIVED), Candidate("#/b", ("Job",), CHOSEN))
    assert found == {"#/b": "Job", "#/a": "JobItem"}


def test_a_public_name_stays_when_a_sibling_comes() -> None:
    before = settled(Candidate("#/b", ("get", "get_job")))
    after = settled(Candidate("#/a", ("get", "get_all")), Candidate("#/b", ("get", "get_job")), locked=before)
    assert after == {"#/b": "get", "#/a": "get_all"}


def test_a_pin_beats_the_lock() -> None:
    assert settled(Candidate("#/b", ("get",)), locked={"#/b": "get"}, pinned={"#/b": "fetch"}) == {"#/b": "fetch"}


def calls_to_settle(clashes: int) -> int:
    """How many functions are called to name so many candidates that want the same name."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    candidates = [Candidate(f"#/{number}", ("x",)) for number in range(clashes)]
    sys.setprofile(count)
    try:
        settled(*candidates)
    finally:
        sys.setprofile(None)
    return calls


def test_numbering_clashes_takes_linear_work() -> None:
    calls_to_settle(400)  # fills caches
    assert calls_to_settle(400) < 2.2 * calls_to_settle(200)


def test_a_number_that_is_taken_is_passed_over() -> None:
    found = settled(*(Candidate(f"#/{i}", ("x",)) for i in "abc"), Candidate("#/0", ("x_3",), exact=True))
    assert found == {"#/0": "x_3", "#/a": "x", "#/b": "x_2", "#/c": "x_4"}


def test_the_order_of_candidates_changes_nothing() -> None:
    candidates = [Candidate("#/a", ("x",)), Candidate("#/b", ("x",)), Candidate("#/c", ("x", "y"))]
    assert settled(*candidates) == settled(*reversed(candidates)) == {"#/a": "x", "#/b": "x_2", "#/c": "y"}


def test_joined() -> None:
    assert joined(("Job", "error", "error_code")) == "JobErrorCode"


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("The user ID.", False),
        ("Id of the user", False),
        ("user", False),
        ("The user's number.", True),
        ("用户 ID", True),
        ("ID (%)", True),
    ],
)
def test_what_says_more_than_a_name(text: str, more: bool) -> None:
    assert says_more(text, "userId", "Account") is more


@pytest.mark.parametrize(
    ("wires", "names"),
    [
        (("Created", "Created<", "Created>"), ("created", "created_lt", "created_gt")),
        (("prefs_color", "prefs/color"), ("prefs_color", "prefs_slash_color")),
        (("created_by", "created-by"), ("created_by", "created_dash_by")),
        (("createdBy", "created_by"), ("created_by_2", "created_by")),
    ],
)
def test_signs_distinguish_fields_before_a_number_does(wires: tuple[str, ...], names: tuple[str, ...]) -> None:
    found = settled(*(field_candidate(wire, f"#/{i}") for i, wire in enumerate(wires)))
    assert tuple(found[f"#/{i}"] for i in range(len(wires))) == names


def test_an_argument_is_prefixed_before_a_separator_is_spelled_out() -> None:
    found = settled(field_candidate("user_id", "#/a", "path_"), field_candidate("user-id", "#/b", "query_"))
    assert found == {"#/a": "user_id", "#/b": "query_user_id"}
