"""No public name changes where only the document does: what is on the wire is named once.

A few hundred refactorings of the goldens and of the project's providers, in some seconds. `make corpus` makes a
thousand of real documents, in about a minute.
"""

from __future__ import annotations

import dataclasses
import json
import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refactorings import REFACTORINGS, Before, Tree, before, changed_names, surface

from clientsmith.diagnostics import Report
from clientsmith.pipeline import package
from clientsmith.project.folders import find_project
from clientsmith.project.keys import address_of
from clientsmith.project.lock import Counts, Lock
from clientsmith.project.settings import Provider
from clientsmith.run import project_target, provider_of

ROOT = Path(__file__).parents[1]
SEEDS = 440

GOLDENS = sorted(path.parent.name for path in (ROOT / "tests/golden").glob("*/spec.yaml"))
PROJECT = find_project(str(ROOT))
DOCUMENTS = (*GOLDENS, *PROJECT.providers())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("refactorings")


@cache
def document_of(name: str, folder: Path) -> Before:
    if name in GOLDENS:
        return before(Provider.for_spec([ROOT / "tests/golden" / name / "spec.yaml"], "acme"), folder)
    return before(provider_of(project_target(PROJECT, name), Report()), folder)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_lock_changes_nothing(name: str, folder: Path) -> None:
    what = document_of(name, folder)
    assert surface(what.root, folder, what.surface.locked) == what.surface


@pytest.mark.parametrize("refactoring", range(len(REFACTORINGS)), ids=[one.__name__ for one in REFACTORINGS])
def test_no_public_name_changes(refactoring: int, folder: Path) -> None:
    done = 0
    for seed in range(refactoring, SEEDS, len(REFACTORINGS)):
        name = DOCUMENTS[seed // len(REFACTORINGS) % len(DOCUMENTS)]
        found = changed_names(document_of(name, folder), seed, folder)
        if found is not None:
            done += 1
            assert found[1] == [], f"{found[0]} of {name}, seed {seed}"
    assert done > 10


def test_pinned_names_last_with_the_lock(folder: Path) -> None:
    schema = {"type": "object", "properties": {"from": {"type": "string"}}}
    root = operation_with(frozenset({("query", "from")}), 0)
    root["components"] = {"schemas": {"Job": schema}}
    root["paths"]["/print-jobs"] = {"get": {"responses": {"200": {"description": "OK", **json_of("Job")}}}}
    (folder / "pinned.json").write_text(json.dumps(root), encoding="utf-8")
    pins = {
        "field:#/components/schemas/Job/properties/from": "sender",
        "argument:POST /jobs/{id}|query:from": "since",
        "argument:POST /jobs/{id}|path:id": "job_id",
        "resource:print_jobs": "printing",
        "#/components/schemas/Job": "PrintJob",
    }
    names = {address_of(key): name for key, name in pins.items()}
    provider = dataclasses.replace(Provider.for_spec([folder / "pinned.json"], "acme"), names=names)
    report = Report()
    first = package(provider, report)
    second = package(provider, report, first.names)
    assert (report.diagnostics, second.names) == ([], first.names)
    assert set(pins.values()) | {"printing.get"} <= set(first.names.values())
    # And without the pins, by the lock alone.
    assert package(dataclasses.replace(provider, names={}), report, first.names).names == first.names


def json_of(name: str) -> Tree:
    return {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}


# ------------------------------------------------------------------------------------------------- arguments that come

NAMES = ("name", "body", "accept", "userName", "user_name", "class", "idempotency_key", "additional_properties")
PLACES = ("query", "header", "cookie", "body")
Arguments = frozenset[tuple[str, str]]


def operation_with(arguments: Arguments, order: int) -> Tree:
    """A document of one operation, `POST /jobs/{id}`, that has these arguments by place and name."""
    ordered = sorted(arguments)
    random.Random(order).shuffle(ordered)
    parameters: list[Tree] = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
    parameters += [
        {"name": name, "in": place, "schema": {"type": "string"}} for place, name in ordered if place != "body"
    ]
    operation: Tree = {"parameters": parameters, "responses": {"204": {"description": "Done"}}}
    properties = {name: {"type": "string"} for place, name in ordered if place == "body"}
    if properties:
        schema = {"type": "object", "properties": properties}
        operation["requestBody"] = {"content": {"application/json": {"schema": schema}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Acme", "version": "1"},
        "servers": [{"url": "https://api.acme.example"}],
        "paths": {"/jobs/{id}": {"post": operation}},
    }


@settings(max_examples=300, deadline=None)
@given(
    first=st.frozensets(st.tuples(st.sampled_from(PLACES), st.sampled_from(NAMES)), max_size=5),
    second=st.frozensets(st.tuples(st.sampled_from(PLACES), st.sampled_from(NAMES)), min_size=1, max_size=4),
    order=st.integers(0, 5),
)
def test_an_argument_keeps_its_name_when_others_come(
    first: Arguments, second: Arguments, order: int, folder: Path
) -> None:
    earlier = surface(operation_with(first, order), folder, {})
    later = surface(operation_with(first | second, order + 1), folder, earlier.locked).names
    before = {address: name for address, name in earlier.names.items() if address.startswith("argument:")}
    assert before
    assert {address: later[address] for address in before} == before


def test_the_lock_writes_no_argument_that_is_called_as_it_is_sent(folder: Path) -> None:
    root = operation_with(frozenset({("query", "name"), ("query", "userName"), ("body", "name"), ("body", "size")}), 0)
    text = Lock("", {}, {}, surface(root, folder, {}).locked, Counts()).text().partition("[places]")[0]
    lines = [line for line in text.splitlines() if "argument" in line or line.startswith('"POST')]
    assert lines == [
        "[arguments]",
        '"POST /jobs/{}" = "body:name body:size"',
        '"argument:POST /jobs/{}|path:1" = "id"',
        '"argument:POST /jobs/{}|query:name" = "query_name"',
        '"argument:POST /jobs/{}|query:userName" = "user_name"',
    ]
