"""Documents are changed in every way that providers change them, and drift is judged by callers of the old client.

Where a caller breaks, drift has to say BREAK; where drift says BREAK, a caller breaks, or the rule says that a request
or an answer does, which calls of the old client to a server of the new document confirm. Real documents are not part of
the repository: `make corpus` runs those, and prints the figures.
"""

from __future__ import annotations

import copy
import json
import os
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from document_server import Document, DocumentServer
from drift_callers import Edition, by_mypy, by_pyright, edition, write
from drift_mutations import HARMLESS, MUTATIONS
from drift_witnesses import Imported, Kept, Outcome, imported
from loopback import running
from test_drift_callers import NOT_SEEN
from test_drift_rules import BASE, compared

from clientsmith.diagnostics import ClientsmithError
from clientsmith.drift.differences import Difference, level_of
from clientsmith.drift.rules import Level, worst

_NAMED = os.environ.get("CLIENTSMITH_CORPUS", "")
SPECS = Path(_NAMED) / "specs"
DOCUMENTS = (
    "readme-oas-examples__3.1__train-travel.yaml",
    "xero.com__files.yaml",
    "redocly.com__cafe.yaml",
    "scalar.com__galaxy.yaml",
    "comfy.org__v2.yaml",
    "oxide.computer__propolis-server.json",
    "urlbox.io__main__v1.yaml",
    "mintlify.com__analytics.json",
    "ibanapi.com__main__1.0.0.json",
    "assemblyai.com__assemblyai.yaml",
)
MOST = 4
"""How many of the operations that a change reaches are called."""


class Mutated(NamedTuple):
    """What was done to a document, what drift says of it, what type checkers say of the caller of the old client, and
    what the old client stumbles over when it is run; None if that was not tried."""

    name: str
    mutation: str
    differences: tuple[Difference, ...]
    errors: list[str]
    stumbles: list[Outcome] | None

    @property
    def kept(self) -> Level:
        """What drift says of a client that is kept."""
        return worst([one.kept for one in self.differences])


class Changed(NamedTuple):
    name: str
    mutation: str
    root: dict[str, Any]
    differences: tuple[Difference, ...]


def judged(folder: Path, documents: Mapping[str, dict[str, Any]], *, seed: int = 1) -> list[Mutated]:
    """Each document, changed in each way, as drift, the type checkers and calls of the old client see it."""
    pairs: dict[str, tuple[Edition, Edition]] = {}
    found: list[Changed] = []
    for name, root in documents.items():
        before = edition(root, folder)
        for mutation, mutate in MUTATIONS.items():
            changed = copy.deepcopy(root)
            if not mutate(changed, random.Random(f"{seed} {name} {mutation}")):
                continue
            try:
                after = edition(changed, folder)
                differences = compared(folder, root, changed).differences
            except ClientsmithError:
                continue  # The change made the document invalid.
            pairs[f"pair{len(found)}"] = (before, after)
            found.append(Changed(name, mutation, changed, differences))
    write(folder, pairs)
    errors = by_mypy(folder)
    errors |= by_pyright(folder, errors)
    by_number = [errors.get(f"pair{number}", []) for number in range(len(found))]
    return [
        Mutated(one.name, one.mutation, one.differences, errors, stumbles)
        for one, errors, stumbles in zip(found, by_number, run(folder, documents, found, by_number), strict=True)
    ]


def run(
    folder: Path, documents: Mapping[str, dict[str, Any]], found: Iterable[Changed], errors: Iterable[list[str]]
) -> list[list[Outcome] | None]:
    """What the old clients stumble over, where type checkers find nothing and drift is sure of the wire."""
    names = {name: f"document{number}" for number, name in enumerate(documents)}
    editions = {names[name]: edition(root, folder) for name, root in documents.items()}
    server = DocumentServer()
    result: list[list[Outcome] | None] = []
    with imported(folder, editions) as packages, running(server):
        clients: dict[str, Kept] = {}
        for name, root in documents.items():
            document = Document(root)
            package = packages[names[name]]
            of_client = Imported(package, editions[names[name]].surface, document, server.add(document))
            clients[name] = Kept(of_client, server)
        for one, wrong in zip(found, errors, strict=True):
            is_sure = worst([difference.kept for difference in one.differences]) != "risk" and not wrong
            result.append(clients[one.name].stumbles(Document(one.root), MOST) if is_sure else None)
    return result


def missed(mutated: Iterable[Mutated]) -> list[Mutated]:
    """Those whose caller breaks though drift says that none does."""
    return [one for one in mutated if one.errors and level_of(one.differences) != "break"]


def unfounded(mutated: Iterable[Mutated]) -> list[Mutated]:
    """Those of which drift says that callers break, for the sake of public names alone, and none does."""
    found: list[Mutated] = []
    for one in mutated:
        rules = {difference.rule for difference in one.differences if difference.level == "break"}
        if rules and not one.errors and one.kept != "break" and not rules & NOT_SEEN.keys():
            found.append(one)
    return found


def unconfirmed(mutated: Iterable[Mutated]) -> list[Mutated]:
    """Those that break by the rules of the wire alone, and no call shows it: the table alone decides."""
    return [one for one in mutated if one.kept == "break" and one.stumbles == []]


def confirmed(mutated: Iterable[Mutated]) -> list[Mutated]:
    """Those that break by the rules of the wire alone, as calls show."""
    return [one for one in mutated if one.kept == "break" and one.stumbles]


def stumbled(mutated: Iterable[Mutated]) -> list[Mutated]:
    """Those of which drift says that a client that is kept notices nothing, and it does."""
    return [one for one in mutated if one.kept == "safe" and one.stumbles]


def test_a_small_document_is_changed_in_every_way(tmp_path: Path) -> None:
    mutated = judged(tmp_path, {"base": BASE})
    assert MUTATIONS.keys() - {one.mutation for one in mutated} == set()
    assert missed(mutated) == []
    assert unfounded(mutated) == []
    assert unconfirmed(mutated) == []
    assert stumbled(mutated) == []
    assert confirmed(mutated)
    assert sum(bool(one.errors) for one in mutated) > 20
    for one in mutated:
        if one.mutation in HARMLESS:
            assert {difference.rule for difference in one.differences} <= {"D713"}
            assert one.errors == []


@pytest.mark.skipif(not (_NAMED and SPECS.is_dir()), reason="CLIENTSMITH_CORPUS names no folder with specs/")
@pytest.mark.parametrize("seed", [1, 2])
def test_real_documents_are_changed_in_every_way(seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {name: (SPECS / name).read_text(encoding="utf-8") for name in DOCUMENTS}
    # Through JSON, which has no dates.
    roots = {name: json.loads(json.dumps(yaml.safe_load(text), default=str)) for name, text in texts.items()}
    mutated = judged(tmp_path, roots, seed=seed)
    broken_ = [one for one in mutated if one.errors]
    said = [one for one in mutated if level_of(one.differences) == "break"]
    with capsys.disabled():
        levels = Counter(level_of(one.differences) for one in mutated)
        print(f"\ndrift: {len(mutated)} changes, {len(broken_)} break callers, {dict(levels)}")
        print(f"drift: {len(missed(mutated))} missed, {len(unfounded(mutated))} unfounded")
        print(f"drift: {sum(not one.errors for one in said)} break by the rules of the wire alone: ", end="")
        print(f"{len(confirmed(mutated))} confirmed by calls, {len(unconfirmed(mutated))} decided by the table only")
        ran = [one for one in mutated if one.stumbles is not None]
        print(f"drift: {len(ran)} run, {len(stumbled(mutated))} stumble though drift says that none does")
    assert len(mutated) > 300
    assert len(missed(mutated)) <= 0.01 * len(broken_), missed(mutated)
    assert len(unfounded(mutated)) <= 0.01 * len(said), unfounded(mutated)
    assert len(stumbled(mutated)) <= 0.01 * len(ran), stumbled(mutated)
    assert len(confirmed(mutated)) > len(unconfirmed(mutated)), unconfirmed(mutated)
