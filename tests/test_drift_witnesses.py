"""BREAKs that no type checker sees, run: the same call of the old and of the new client, or the old client's reading of
what the new document describes.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from drift_callers import edition
from test_drift_rules import BASE, CASES, edited

from clientsmith.render.plan import runtime_files

JOB = {"id": "1", "state": "queued", "size": 1, "owner": {"name": "a"}}


class Witness(NamedTuple):
    """A call and its arguments; what of it is not the same for both clients; what it receives, where it matters."""

    call: str
    arguments: dict[str, str]
    differs: Callable[[Any, object], object]
    answer: tuple[int, Any] = (204, None)


def route(sent: Any, _: object) -> object:
    return sent.method, sent.path


def credentials(sent: Any, _: object) -> object:
    return {name: value for name, value in sent.headers.items() if "secret" in value}


def outcome(_: Any, result: object) -> object:
    return type(result).__name__


WITNESSES = {
    "D112": Witness("jobs.update", {"job_id": "1"}, route),
    "D207": Witness("x.get", {"a": "1", "b": "2"}, route),
    "D509": Witness("jobs.get", {"job_id": "1"}, outcome, (200, {**JOB, "either": True})),
    "D701": Witness("old.get", {}, credentials),
    "D703": Witness("jobs.delete", {"job_id": "1"}, credentials),
}


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, Any], str], Any]]:
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    names: list[str] = []

    def client_of(root: dict[str, Any], name: str) -> Any:
        built = edition(root, tmp_path / "openapi.json", name).built
        vendor = tmp_path / "witnesses"
        files = {f"{name}/{path}": text for path, text in built.files.items()}
        files |= {f"_runtime/{path}": text for path, text in runtime_files([*built.features, "stdlib"]).items()}
        for path, text in {**files, "__init__.py": ""}.items():
            (vendor / path).parent.mkdir(parents=True, exist_ok=True)
            (vendor / path).write_text(text, encoding="utf-8")
        names.append(name)
        return importlib.import_module(f"witnesses.{name}")

    yield client_of
    for name in [name for name in sys.modules if name.partition(".")[0] == "witnesses"]:
        del sys.modules[name]


@pytest.mark.parametrize("rule", WITNESSES)
def test_a_call_that_no_longer_works(rule: str, imported: Callable[[dict[str, Any], str], Any]) -> None:
    case = next(case for case in CASES if case["rule"] == rule)
    roots = {
        "old": edited(BASE, {**case.get("old_also", {}), **case.get("old", {})}),
        "new": edited(BASE, {**case.get("new_also", {}), **case.get("new", {})}),
    }
    witness = WITNESSES[rule]
    seen: list[object] = []
    for name, root in roots.items():
        package = imported(root, name)
        testing = importlib.import_module(f"witnesses.{name}.testing")
        status, body = witness.answer
        answer = testing.Answer(status) if body is None else testing.Answer(status, json=body)
        transport = testing.FakeTransport({"* **": answer})
        client = package.Client(api_key="secret", transport=transport, strict=True)
        try:
            result: object = attrgetter(witness.call)(client)(**witness.arguments)
        except package.errors.APIError as error:
            result = error
        seen.append(witness.differs(transport.requests[0], result))
    assert seen[0] != seen[1]
