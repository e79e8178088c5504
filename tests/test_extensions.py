"""The page of extensions is true: it lists what the generator reads, and its example does what it says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from agreement import run

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "extensions.md").read_text(encoding="utf-8")
GENERATOR = ROOT / "generator" / "clientsmith"
NAME = re.compile(r"x-[A-Za-z][A-Za-z-]*[A-Za-z]")

DOCUMENT = """\
openapi: 3.1.0
info: {title: Acme, version: '1'}
servers: [{url: 'https://api.acme.example'}]
paths:
  /jobs:
    get:
      operationId: jobs.list
      parameters: [{name: X-Team, in: header, schema: {type: string}}]
      responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/State'}}}}}
    post: {operationId: jobs.create, responses: {'204': {}}}
components: {schemas: {State: {type: string, enum: [queued, done]}}}
"""

SETTINGS = """\
package = "acme"
overlays = ["overlay.yaml"]
[[sources]]
path = "openapi.yaml"
kind = "openapi"
"""


def read_by_the_generator() -> set[str]:
    """Every string of its code that is the name of an extension; what sends requests reads no documents."""
    found: set[str] = set()
    for path in GENERATOR.rglob("*.py"):
        if path.relative_to(GENERATOR).parts[0] not in ("runtime", "upstream"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
            found |= {value for value in strings if isinstance(value, str) and NAME.fullmatch(value)}
    return found


def test_the_page_lists_what_is_read_and_nothing_else() -> None:
    read = read_by_the_generator()
    assert {"x-job", "x-retry", "x-source"} < read
    assert set(re.findall(rf"`({NAME.pattern})`", PAGE)) == read


def test_the_example_does_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "specs" / "acme"
    folder.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.clientsmith]\n")
    (folder / "provider.toml").write_text(SETTINGS)
    (folder / "openapi.yaml").write_text(DOCUMENT)
    (folder / "overlay.yaml").write_text(PAGE.partition("```yaml\n")[2].partition("```")[0])
    monkeypatch.chdir(tmp_path)
    generated = run("generate")
    assert (generated.code, generated.row["diagnostics"]) == (0, [])
    package = tmp_path / "generated" / "acme"
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(package.glob("*.py")))
    assert "docs/errors.md says that a 503 is sent before a job is accepted" in " ".join(text.split())
    assert "idempotency_key: str | None = None" in text
    assert "X-Request-Key" in text
    assert "x_team" in (package / "_client.py").read_text(encoding="utf-8")
    assert "x_team" not in (package / "jobs.py").read_text(encoding="utf-8")
    api = (package / "API.md").read_text(encoding="utf-8")
    assert "It has ended." in api + "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
