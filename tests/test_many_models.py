"""More models than one module holds: they stand in several, found lazily, and refer to one another across them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from clientsmith.diagnostics import Report
from clientsmith.pipeline import build
from clientsmith.project.settings import Provider
from clientsmith.translate.models import CLASSES_PER_MODULE

COUNT = 2 * CLASSES_PER_MODULE + 10


def document() -> dict[str, object]:
    """A chain of schemas, each with an enum and the next one, and at its end a union; two tags that use parts of it."""
    schemas: dict[str, object] = {
        f"Link{i}": {
            "type": "object",
            "properties": {
                "state": {"type": "string", "enum": ["on", "off"]},
                "at": {"type": "string", "format": "date-time"},
                "next": {"$ref": f"#/components/schemas/Link{i + 1}"},
            },
        }
        for i in range(COUNT)
    }
    schemas[f"Link{COUNT}"] = {"oneOf": [{"$ref": "#/components/schemas/Red"}, {"$ref": "#/components/schemas/Blue"}]}
    schemas["Red"] = {"type": "object", "required": ["red"], "properties": {"red": {"type": "integer"}}}
    schemas["Blue"] = {"type": "object", "required": ["blue"], "properties": {"blue": {"type": "integer"}}}

    def get(tag: str, first: int) -> dict[str, object]:
        schema = {"$ref": f"#/components/schemas/Link{first}"}
        answer = {"description": "OK", "content": {"application/json": {"schema": schema}}}
        return {"get": {"tags": [tag], "operationId": f"get{tag}", "responses": {"200": answer}}}

    return {
        "openapi": "3.1.0",
        "info": {"title": "Many", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {"/all": get("All", 0), "/end": get("End", COUNT - 5)},
        "components": {"schemas": schemas},
    }


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("many")
    (root / "spec.json").write_text(json.dumps(document()), encoding="utf-8")
    built = build(Provider.for_spec([root / "spec.json"], "many"), Report(), {})
    for name, text in built.files.items():
        path = root / "many" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_a_module_holds_so_many_at_most(package: Path) -> None:
    modules = sorted((package / "many" / "models").glob("_[a-z]*.py"))
    assert len(modules) > 2
    for module in modules:
        text = module.read_text(encoding="utf-8")
        assert text.count("\nclass ") + text.count(": TypeAlias = ") <= CLASSES_PER_MODULE


PROGRAM = """
import sys
from many import Client, models
from many.testing import Answer, FakeTransport

assert not any(name.startswith("many.models._") for name in sys.modules), "models are read too early"
body = {"state": "on", "next": {"at": "2026-01-02T03:04:05Z", "next": {"next": {"next": {"next": {"blue": 1}}}}}}
with Client(transport=FakeTransport([Answer(200, json=body)])) as client:
    link = client.end.get()
end = link.next.next.next.next.next
assert isinstance(end, models.Blue) and end.blue == 1, end
assert link.next.at.year == 2026
for name in models.__all__:
    assert getattr(models, name) is not None
"""


def test_they_decode_across_modules(package: Path) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=package, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_mypy_strict(package: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "-p", "many"]
    done = subprocess.run(command, cwd=package, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0)
