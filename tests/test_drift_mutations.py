"""Documents are changed in every way that providers change them, and drift is judged by callers of the old client.

Where a caller breaks, drift has to say BREAK; where drift says BREAK, a caller breaks, or the rule says that a request
or an answer does. Real documents are not part of the repository: `make corpus` runs those, and prints the figures.
"""

from __future__ import annotations

import copy
import json
import os
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from drift_callers import Edition, broken, edition
from drift_mutations import HARMLESS, MUTATIONS
from test_drift_callers import NOT_SEEN
from test_drift_rules import BASE, compared

from clientsmith.diagnostics import ClientsmithError
from clientsmith.drift.differences import Difference, level_of

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


class Mutated(NamedTuple):
    """What was done to a document, what drift says of it, and what the caller of the old client says."""

    name: str
    mutation: str
    differences: tuple[Difference, ...]
    errors: list[str]


def judged(folder: Path, documents: Iterable[tuple[str, dict[str, Any]]], *, seed: int = 1) -> list[Mutated]:
    """Each document, changed in each way, as drift and the callers see it."""
    pairs: dict[str, tuple[Edition, Edition]] = {}
    found: list[tuple[str, str, tuple[Difference, ...]]] = []
    for name, root in documents:
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
            found.append((name, mutation, differences))
    errors = broken(folder, pairs)
    return [Mutated(*one, errors.get(f"pair{number}", [])) for number, one in enumerate(found)]


def missed(mutated: Iterable[Mutated]) -> list[Mutated]:
    """Those whose caller breaks though drift says that none does."""
    return [one for one in mutated if one.errors and level_of(one.differences) != "break"]


def unfounded(mutated: Iterable[Mutated]) -> list[Mutated]:
    """Those of which drift says that callers break, for the sake of public names alone, and none does."""
    found: list[Mutated] = []
    for one in mutated:
        rules = {difference.rule for difference in one.differences if difference.level == "break"}
        wire = {difference.rule for difference in one.differences if difference.of_rule.wire == "break"}
        if rules and not one.errors and not rules & (wire | NOT_SEEN.keys()):
            found.append(one)
    return found


def test_a_small_document_is_changed_in_every_way(tmp_path: Path) -> None:
    mutated = judged(tmp_path, [("base", BASE)])
    assert MUTATIONS.keys() - {one.mutation for one in mutated} == set()
    assert missed(mutated) == []
    assert unfounded(mutated) == []
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
    mutated = judged(tmp_path, roots.items(), seed=seed)
    broken_ = [one for one in mutated if one.errors]
    said = [one for one in mutated if level_of(one.differences) == "break"]
    with capsys.disabled():
        levels = Counter(level_of(one.differences) for one in mutated)
        print(f"\ndrift: {len(mutated)} changes, {len(broken_)} break callers, {dict(levels)}")
        print(f"drift: {len(missed(mutated))} missed, {len(unfounded(mutated))} unfounded")
        print(f"drift: {sum(not one.errors for one in said)} break by the rules of the wire alone")
    assert len(mutated) > 300
    assert len(missed(mutated)) <= 0.01 * len(broken_), missed(mutated)
    assert len(unfounded(mutated)) <= 0.01 * len(said), unfounded(mutated)
