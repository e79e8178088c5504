"""Old names that go on working: which there are, whether they last, and what is reported."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from clientsmith.diagnostics import ClientsmithError, Location, Report
from clientsmith.name_changes import Recorded, report_name_changes
from clientsmith.pipeline import Built, build, package
from clientsmith.project.lock import Counts, Lock
from clientsmith.project.settings import Provider

JOB = {"type": "object", "properties": {"id": {"type": "string"}}}
TASK = {"title": "Task", "type": "object", "properties": {"number": {"type": "integer"}}}
REF = {"$ref": "#/components/schemas/Job"}


def answering(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"responses": {"200": {"description": "OK", "content": {"application/json": {"schema": schema}}}}}


def provider_of(folder: Path, aliases: Mapping[str, str] | None = None, **schemas: Mapping[str, Any]) -> Provider:
    """An API in which each of the paths gives what its schema describes."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Acme", "version": "1"},
        "servers": [{"url": "https://api.acme.example"}],
        "paths": {f"/{name}": {"get": answering(schema)} for name, schema in schemas.items()},
        "components": {"schemas": {"Job": JOB}},
    }
    (folder / "openapi.json").write_text(json.dumps(document))
    return dataclasses.replace(Provider.for_spec([folder / "openapi.json"], "acme"), aliases=aliases or {})


def made(provider: Provider, locked: Mapping[str, str]) -> Built:
    return build(provider, Report(), locked)


def changes(before: Recorded, after: Built, aliases: Mapping[str, str] | None = None) -> list[str]:
    report = Report()
    report_name_changes(before, after, aliases or {}, Location("lock"), report)
    return [f"{d.slug}: {d.message}" for d in report.diagnostics]


def run(folder: Path, built: Built, program: str) -> str:
    for name, text in built.files.items():
        path = folder / "acme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    command = [sys.executable, "-W", "error", "-c", program]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def test_a_class_that_becomes_another_one_keeps_its_name_as_an_alias(tmp_path: Path) -> None:
    first = made(provider_of(tmp_path, jobs=REF, tasks=TASK), {})
    assert "Task" in first.names.values()
    second = made(provider_of(tmp_path, jobs=REF, tasks=REF), first.names)
    assert changes(first, second) == ["name-joined: the class 'Task' has become 'Job', and stays as its alias"]
    program = "from acme.models import *; from acme import models; print(Task is Job, models.Task is models.Job)"
    assert run(tmp_path, second, program) == "True True\n"
    # It stays, and nothing that comes later takes the name.
    third = made(provider_of(tmp_path, jobs=REF, tasks=REF, new=TASK), second.names)
    assert (changes(second, third), third.names["alias:Task"]) == ([], "Job")
    assert third.names["place:GET /new|200|application/json"] not in ("Task", "Job")


def test_an_alias_is_gone_with_its_class(tmp_path: Path) -> None:
    first = made(provider_of(tmp_path, jobs=REF, tasks=TASK), {})
    second = made(provider_of(tmp_path, jobs=REF, tasks=REF), first.names)
    third = made(provider_of(tmp_path, other=TASK), second.names)
    assert [line for line in changes(second, third) if "'Task'" in line] == [
        "name-lost: the public name 'Task' is gone: alias:Task"
    ]


def test_a_class_that_leaves_the_others_gets_a_new_name(tmp_path: Path) -> None:
    first = made(provider_of(tmp_path, jobs=REF, tasks=JOB), {})
    assert first.names["place:GET /tasks|200|application/json"] == "Job"
    second = made(provider_of(tmp_path, jobs=REF, tasks={**TASK, "title": "Other"}), first.names)
    assert second.names["class:#/components/schemas/Job"] == "Job"
    assert second.names["place:GET /tasks|200|application/json"] == "Other"
    assert changes(first, second) == []


def test_a_lost_name_that_has_an_alias_is_not_reported(tmp_path: Path) -> None:
    first = made(provider_of(tmp_path, jobs=REF), {})
    aliases = {"jobs.get": "tasks.get", "OldJob": "Job"}
    second = made(provider_of(tmp_path, aliases, tasks=REF), first.names)
    lost = changes(first, second)
    assert [line for line in lost if "method:" in line] == [
        "name-lost: the public name 'jobs.get' is gone: method:GET /jobs"
    ]
    assert [line for line in changes(first, second, aliases) if "method:" in line] == []


@pytest.mark.parametrize(
    ("aliases", "slug", "hint"),
    [
        ({"jobs.fetch": "jobs.gett"}, "alias-unknown", "did you mean 'jobs.get'"),
        ({"Old": "Jobb"}, "alias-unknown", "did you mean 'Job'?"),
        ({"jobs.get": "tasks.get"}, "alias-taken", "delete it"),
        ({"jobs": "tasks.get"}, "alias-taken", "delete it"),
        ({"jobs.get.all": "tasks.get"}, "alias-taken", "choose another name"),
        ({"jobs._core": "tasks.get"}, "alias-taken", "choose another name"),
        ({"close": "tasks.get"}, "alias-taken", "choose another name"),
        ({"jobs.asynchronous": "tasks.get"}, "alias-taken", "choose another name"),
        ({"Any": "Job"}, "alias-taken", "choose another name"),
    ],
)
def test_what_cannot_be_an_alias(tmp_path: Path, aliases: Mapping[str, str], slug: str, hint: str) -> None:
    report = Report()
    try:
        package(provider_of(tmp_path, aliases, jobs=REF, tasks=REF), report)
    except ClientsmithError:
        raise AssertionError("it is reported with all other mistakes") from None
    [found] = report.errors
    assert (found.slug, found.location.pointer) == (slug, f"/aliases/{next(iter(aliases))}")
    assert hint in found.hint


def test_a_part_of_the_client_has_the_aliases_of_that_part(tmp_path: Path) -> None:
    provider = provider_of(tmp_path, {"jobs.fetch": "jobs.get", "jobs.other": "tasks.get"}, jobs=REF, tasks=REF)
    report = Report()
    part = package(dataclasses.replace(provider, only=("get /jobs",)), report)
    assert ([str(old) for old, _, _ in part.old_names], report.errors) == (["jobs.fetch"], [])


def test_a_body_that_has_no_class_has_no_alias_either(tmp_path: Path) -> None:
    provider = provider_of(tmp_path, {"Task": "Job"}, jobs={})
    document = json.loads((tmp_path / "openapi.json").read_text())
    body = {"required": True, "content": {"application/json": {"schema": REF}}}
    document["paths"] = {"/jobs": {"post": {"requestBody": body, "responses": {"204": {"description": "Done"}}}}}
    (tmp_path / "openapi.json").write_text(json.dumps(document))
    report = Report()
    build(provider, report, {})
    assert [d.slug for d in report.diagnostics] == ["alias-unknown"]


def test_a_class_whose_fields_become_arguments_is_lost(tmp_path: Path) -> None:
    def posting(schema: Mapping[str, Any], **others: Mapping[str, Any]) -> Built:
        provider = provider_of(tmp_path, **others)
        document = json.loads((tmp_path / "openapi.json").read_text())
        body = {"required": True, "content": {"application/json": {"schema": schema}}}
        document["paths"]["/new"] = {"post": {"requestBody": body, "responses": {"204": {"description": "Done"}}}}
        (tmp_path / "openapi.json").write_text(json.dumps(document))
        return made(provider, {})

    used, alone = posting(REF, jobs=REF), posting(REF, jobs=TASK)
    assert changes(used, alone) == ["name-lost: the class 'Job' is gone: its fields have become arguments"]
    assert changes(alone, alone) == changes(used, used) == []
    # An older lock does not state which names had no class.
    assert not any("have become arguments" in line for line in changes(Lock("", {}, {}, used.names, Counts()), alone))


def test_classes_that_have_become_equal_are_one_with_the_other_name_as_an_alias(tmp_path: Path) -> None:
    number = {"type": "object", "properties": {"number": {"type": "integer"}}}
    text = {"type": "object", "properties": {"number": {"type": "string"}}}
    first = made(provider_of(tmp_path, jobs=number, tasks=text), {})
    jobs, tasks = (first.names[f"place:GET /{name}|200|application/json"] for name in ("jobs", "tasks"))
    second = made(provider_of(tmp_path, jobs=number, tasks=number), first.names)
    assert changes(first, second) == [f"name-joined: the class {tasks!r} has become {jobs!r}, and stays as its alias"]
    program = f"from acme.models import {jobs}, {tasks}; print({jobs} is {tasks})"
    assert run(tmp_path, second, program) == "True\n"
    # It stays, as the lock has it; what leaves the class gets a new one, and takes no name along.
    third = made(provider_of(tmp_path, jobs=number, tasks=number), second.names)
    assert third.names == second.names
    fourth = made(provider_of(tmp_path, jobs=number, tasks=text), third.names)
    assert fourth.names["place:GET /jobs|200|application/json"] == fourth.names[f"alias:{tasks}"] == jobs
    assert fourth.names["place:GET /tasks|200|application/json"] not in (jobs, tasks)
    assert changes(third, fourth) == []
