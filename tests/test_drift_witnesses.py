"""Levels of drift by calls that are made: the client of the old edition of each case talks to a server that plays the
new one.

Where drift says that a client that is kept breaks, a request is refused or an answer is not understood. Where it says
that no caller can notice, all calls go on working, with the client that is kept and with the new one. What is a RISK
breaks some calls only, or none once the client is generated again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from document_server import Described, Document, DocumentServer
from drift_callers import edition
from drift_witnesses import Imported, Outcome, Witness, bad, changed, imported
from loopback import running
from test_drift_callers import NOT_SEEN
from test_drift_rules import CASES, compared, pair_of

from clientsmith.drift.differences import Difference, level_of
from clientsmith.drift.rules import Level, worst

CASE = pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{i}-{case['rule']}" for i, case in enumerate(CASES)])

REFUSED = {"D609": "a server that has no media type which is asked for refuses the request"}
"""Rules about answers that show in a request."""

UNCALLED = {"D116": "what the provider sends is no call of a client"}
"""Rules whose breaks no call shows."""

GOES_ON = {
    "D308": "both media types are still taken",
    "D521": "what is decoded is of another class",
}
"""Rules by which a client has to be generated again though the one that is kept is neither refused nor surprised."""


OF_VALUES = {"D226": "the texts of most callers have the format already, and those of these tests have not"}
"""Rules that are a RISK because of what callers send, though all calls of these tests are refused."""


class Ran(NamedTuple):
    """A case: what drift says, and the outcomes of calls.

    `before` and `kept` are of the old client, with the server of the old and of the new document; `again` of the same
    calls by the client that was generated again, where that has something to show.
    """

    differences: list[Difference]
    before: list[Outcome]
    kept: list[Outcome]
    again: list[Outcome]

    @property
    def level(self) -> Level:
        return level_of(self.differences)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Ran]]:
    folder = tmp_path_factory.mktemp("witnesses")
    pairs = [pair_of(case) for case in CASES]
    names: dict[str, str] = {}
    for root in (root for pair in pairs for root in pair):
        names.setdefault(repr(root), f"edition{len(names)}")
    roots = {names[repr(root)]: root for pair in pairs for root in pair}
    editions = {name: edition(root, folder) for name, root in roots.items()}
    server = DocumentServer()
    with imported(folder, editions) as packages, running(server):
        clients: dict[str, Imported] = {}
        for name, root in roots.items():
            document = Document(root)
            clients[name] = Imported(packages[name], editions[name].surface, document, server.add(document))
        found: list[Ran] = []
        known: dict[tuple[str, str], list[Outcome]] = {}
        for pair in pairs:
            old, new = (clients[names[repr(root)]] for root in pair)
            differences = [one for one in compared(folder, *pair).differences if one.rule != "D712"]
            # Where no operation changed, all of them are called.
            operations = changed(old.document, new.document) or [*old.document.operations.values()]
            before: list[Outcome] = []
            for one in operations:
                key = old.place, one.key
                known[key] = known.get(key) or outcomes(Witness(old, old, old, server), [one])
                before += known[key]
            level = level_of(differences)
            is_safe = level == "safe"
            kept = outcomes(Witness(old, old, new, server, strict_warnings=is_safe), operations)
            again: list[Outcome] = []
            if level != "break" or NOT_SEEN.keys() & {one.rule for one in differences}:
                again = outcomes(Witness(old, new, new, server, strict_warnings=is_safe), operations)
            found.append(Ran(differences, before, kept, again))
        yield found


def outcomes(witness: Witness, operations: list[Described]) -> list[Outcome]:
    found = [one for operation in operations for way in (witness.requests, witness.answers) for one in way(operation)]
    witness.close()
    return found


@CASE
def test_a_client_works_with_a_server_of_its_own_document(number: int, ran: list[Ran]) -> None:
    before = ran[number].before
    assert before
    assert bad(before) == []


@CASE
def test_what_breaks_a_client_that_is_kept_is_seen(number: int, ran: list[Ran]) -> None:
    of_case = ran[number]
    rules = {one.rule for one in of_case.differences if one.kept == "break"} - UNCALLED.keys()
    received = {rule for rule in rules if "D500" <= rule < "D700" and rule not in REFUSED}
    if rules - received:
        assert bad(of_case.kept, "refused")
    if received:
        assert bad(of_case.kept, "undecoded")
    assert not bad(of_case.kept, "failed")


@CASE
def test_what_a_client_that_is_kept_stumbles_over_is_told(number: int, ran: list[Ran]) -> None:
    of_case = ran[number]
    if bad(of_case.kept):
        assert worst([one.kept for one in of_case.differences]) != "safe"


@CASE
def test_what_is_safe_goes_on_working(number: int, ran: list[Ran]) -> None:
    of_case = ran[number]
    if of_case.level == "safe":
        assert of_case.kept
        assert bad(of_case.kept) == []
        assert bad(of_case.again) == []
        assert {one.call for one in of_case.again} == {one.call for one in of_case.kept}


@CASE
def test_a_risk_breaks_some_calls_or_is_over_when_the_client_is_generated_again(number: int, ran: list[Ran]) -> None:
    of_case = ran[number]
    if of_case.level == "risk" and bad(of_case.kept):
        works = [one for one in of_case.kept if one.kind == "done"]
        assert works or not bad(of_case.again) or CASES[number]["rule"] in OF_VALUES
    for one in of_case.differences:
        if of_case.level == "risk" and one.of_rule.hint.startswith("generate again") and one.rule not in GOES_ON:
            assert bad(of_case.kept)
            assert bad(of_case.again) == []


def test_what_no_type_checker_sees_is_seen_in_what_is_sent(ran: list[Ran]) -> None:
    for rule in NOT_SEEN:
        number = next(number for number, case in enumerate(CASES) if case["rule"] == rule)
        before, again = ran[number].before, ran[number].again
        assert [one.call for one in before] == [one.call for one in again]
        assert [one.what for one in before] != [one.what for one in again]


def test_no_exception_is_needless(ran: list[Ran]) -> None:
    for number, case in enumerate(CASES):
        kept = ran[number].kept
        if case["rule"] in REFUSED and not case.get("none"):
            assert bad(kept, "refused")
        if case["rule"] in GOES_ON:
            assert not bad(kept)


def test_every_level_and_direction_is_run(ran: list[Ran]) -> None:
    breaks = [one for one in ran if any(difference.kept == "break" for difference in one.differences)]
    assert sum(bool(bad(one.kept, "refused")) for one in breaks) > 20
    assert sum(bool(bad(one.kept, "undecoded")) for one in breaks) > 10
    assert sum(one.level == "safe" for one in ran) > 25
