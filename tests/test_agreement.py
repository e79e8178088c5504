"""`check` names what `generate` named, whether there was a lock before or not; otherwise a pipeline could stay red."""

from __future__ import annotations

from pathlib import Path

import pytest
from agreement import disagreements, run

CASES = Path(__file__).parent / "diagnostics"
NAMED = (
    "access-token",
    "conflicting-all-of",
    "default-does-not-fit",
    "duplicate-operation-id",
    "name-long",
    "name-numbered",
    "name-unusable",
    "no-server",
    "ref-outside",
    "server-other-host",
    "unknown-security-scheme",
    "unsupported-media-type",
    "unused-schema",
)

EQUAL_COMPONENTS = """\
openapi: 3.1.0
info: {title: Acme, version: '1'}
servers: [{url: 'https://api.acme.example'}]
paths:
  /jobs:
    get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}}}}
    put:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}}
      responses: {'204': {}}
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}
      responses: {'204': {}}
components:
  schemas:
    Job: {type: object, properties: {id: {type: string}}}
    OldJob: {type: object, properties: {id: {type: string}}}
"""


@pytest.mark.parametrize("name", NAMED)
def test_all_runs_say_the_same(name: str, tmp_path: Path) -> None:
    inputs = sorted(path for path in (CASES / name).glob("*.yaml") if path.is_file())
    assert run("check", "--spec", *map(str, inputs), "--output", str(tmp_path / "none")).diagnostics()
    assert disagreements(inputs, tmp_path / "acme") == []


def test_a_component_that_is_equal_to_another_and_unused(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(EQUAL_COMPONENTS)
    assert disagreements([tmp_path / "api.yaml"], tmp_path / "acme") == []


@pytest.mark.parametrize("allowed", [False, True])
def test_a_lost_name_is_told_once_and_leaves_nothing_red(
    allowed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "specs" / "acme"
    folder.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.clientsmith]\n")
    settings = 'package = "acme"\n[[sources]]\npath = "openapi.yaml"\nkind = "openapi"\n'
    allowance = '[[allow]]\nslug = "name-lost"\nfile = "clientsmith.lock"\nreason = "the provider has ended it"\n'
    (folder / "provider.toml").write_text(settings + (allowance if allowed else ""))
    (folder / "openapi.yaml").write_bytes((CASES / "name-lost" / "before.yaml").read_bytes())
    assert run("generate").code == run("check").code == 0
    (folder / "openapi.yaml").write_bytes((CASES / "name-lost" / "after.yaml").read_bytes())
    before, generated = run("check"), run("generate")
    for found in (before, generated):
        lost = [row["slug"] for row in found.row["diagnostics"] if not row["slug"].startswith("output-")]
        assert lost == ([] if allowed else ["name-lost"])
    assert (before.code, generated.code, generated.row["warnings"]) == (1, 0, 0 if allowed else 1)
    after = run("check")
    assert (after.code, after.row["diagnostics"], after.row["warnings"]) == (0, [], 0)
    assert run("generate", "--fresh").row["written"] == 0
