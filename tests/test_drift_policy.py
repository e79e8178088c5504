"""What a team decides about drift: levels by rule, acceptances with a reason and a day; and the reports' forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
import yaml
from test_drift_rules import BASE, CASES, compared, edited, pair_of

from clientsmith.cli import main
from clientsmith.cli.drift_report import report_json, report_text
from clientsmith.project.settings import Acceptance
from clientsmith.records import replace

SCHEMA = json.loads((Path(__file__).parents[1] / "docs" / "drift.schema.json").read_text(encoding="utf-8"))
SARIF: Any = jsonschema.Draft7Validator(
    json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8")),
    format_checker=jsonschema.FormatChecker(),
)
"""The schema of the OASIS standard. `jsonschema_rs` refuses a regular expression of it, in which a bracket is open."""

EDITS = {
    "/paths/~1v1~1jobs~1{jobId}/delete": None,
    "/paths/~1v1~1jobs/get/parameters/0/schema/maximum": 10,
    "/info/version": "2",
}
DELETE, LIMIT = "DELETE /v1/jobs/{}", "GET /v1/jobs"
REASON = 'reason = "nobody calls it"'


@pytest.fixture
def drift(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs `drift` of the base document and a provider that has changed, with settings and options."""
    monkeypatch.chdir(tmp_path)
    provider = tmp_path / "specs" / "acme"
    provider.mkdir(parents=True)
    (tmp_path / "old.yaml").write_text(yaml.safe_dump(BASE, sort_keys=False), encoding="utf-8")
    (provider / "openapi.yaml").write_text(yaml.safe_dump(edited(BASE, EDITS), sort_keys=False), encoding="utf-8")

    def run(settings: str, *options: str) -> tuple[int, str, str]:
        text = f'[[sources]]\npath = "openapi.yaml"\nkind = "openapi"\n{settings}'
        (provider / "provider.toml").write_text(text, encoding="utf-8")
        status = main(["drift", "old.yaml", "specs/acme", "--today", "2026-11-30", *options])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def accept(*lines: str) -> str:
    return "\n".join(["[[drift.accept]]", *lines, REASON, ""])


def found(report: str) -> dict[str, str]:
    return {one["rule"]: one["level"] for one in json.loads(report)["differences"]}


def test_nothing_is_changed_without_settings(drift: Any) -> None:
    status, out, err = drift("", "--format", "json")
    assert (status, err) == (1, "")
    assert found(out) == {"D101": "break", "D222": "risk"}


def test_a_level_of_the_teams_own(drift: Any) -> None:
    status, out, err = drift('[drift.levels]\nD222 = "break"\nD101 = "safe"\n', "--format", "json")
    assert (status, err) == (1, "")
    assert found(out) == {"D222": "break", "D101": "safe"}
    assert [one["rule"] for one in json.loads(out)["differences"]] == ["D222", "D101"], "the worst come first"
    assert drift('[drift.levels]\nD101 = "risk"\n')[0] == 0


@pytest.mark.parametrize(
    "what",
    ["DELETE /v1/jobs/{}", "delete /v1/jobs/{id}", "Delete /v1/jobs/{jobId}"],
)
def test_an_operation_is_named_as_people_write_it(drift: Any, what: str) -> None:
    status, out, err = drift(accept('rule = "D101"', f'what = "{what}"'))
    assert (status, err) == (0, "")
    assert "D101" not in out
    assert "0 BREAK, 1 RISK, 0 SAFE, 1 accepted; the next version of the client is a major one" in out


def test_a_part_of_an_operation(drift: Any) -> None:
    for what, is_meant in ((LIMIT, True), (f"{LIMIT}: query:limit", True), (f"{LIMIT}: query:order", False)):
        status, out, err = drift(accept('rule = "D222"', f'what = "{what}"'), "--fail-on", "risk", "--format", "json")
        assert status == 1
        assert json.loads(out)["accepted"] == is_meant
        assert ("[acceptance-unused]" in err) is not is_meant


def test_one_change_by_its_fingerprint(drift: Any) -> None:
    differences = json.loads(drift("", "--format", "json")[1])["differences"]
    known = next(one["fingerprint"] for one in differences if one["rule"] == "D101")
    assert drift(accept('rule = "D101"', f'fingerprint = "{known}"'))[0] == 0
    status, _, err = drift(accept('rule = "D101"', 'fingerprint = "000000000000"'))
    assert status == 1
    assert "[acceptance-unused]" in err


@pytest.mark.parametrize(("until", "status"), [("2026-11-30", 0), ("2026-11-29", 1)])
def test_an_acceptance_ends_after_its_last_day(drift: Any, until: str, status: int) -> None:
    done, _, err = drift(accept('rule = "D101"', f'what = "{DELETE}"', f"until = {until}"))
    assert done == status
    assert ("[acceptance-expired]" in err) == (status == 1)


def test_what_was_accepted_is_listed_with_its_reason(drift: Any) -> None:
    settings = accept('rule = "D101"', f'what = "{DELETE}"', "until = 2026-12-31")
    assert "accepted until 2026-12-31: nobody calls it" in drift(settings, "--all")[1]
    assert "What was accepted (1)" in drift(settings, "--format", "markdown")[1]
    assert "D101" not in drift(settings, "--format", "github")[1]
    log = json.loads(drift(settings, "--format", "sarif")[1])
    SARIF.validate(log)
    results = log["runs"][0]["results"]
    suppressed = {one["ruleId"]: one["suppressions"] for one in results}
    accepted = {"kind": "external", "status": "accepted", "justification": "nobody calls it"}
    assert suppressed == {"D101": [accepted], "D222": []}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('[drift.levels]\nD999 = "break"\n', "there is no rule 'D999'"),
        (accept('rule = "D100"', 'what = "x"'), "there is no rule 'D100'"),
        ('[drift.levels]\nD101 = "breaking"\n', "'drift.levels.D101' cannot be 'breaking'"),
        (accept('rule = "D101"'), "one of 'what' and 'fingerprint' is required"),
        (accept('rule = "D101"', 'what = "x"', 'until = "2026-12-31"'), "must be a date such as 2026-12-31"),
    ],
)
def test_settings_that_mean_nothing(drift: Any, settings: str, message: str) -> None:
    status, _, err = drift(settings)
    assert status == 3
    assert message in err
    assert "provider.toml" in err


def test_a_day_that_is_none(drift: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        drift("", "--today", "yesterday")
    assert ended.value.code == 2


# ---------------------------------------------------------------------------------------------------- the reports


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{case['rule']}" for i, case in enumerate(CASES)])
def test_reports_have_their_published_form(case: dict[str, Any], tmp_path: Path) -> None:
    comparison = compared(tmp_path, *pair_of(case))
    jsonschema_rs.validate(SCHEMA, report_json(comparison))
    accepted = tuple(replace(one, accepted=Acceptance(one.rule, REASON)) for one in comparison.differences)
    for one in (comparison, replace(comparison, differences=accepted)):
        log = json.loads(report_text(one, "sarif"))
        SARIF.validate(log)
        run = log["runs"][0]
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert len(run["results"]) == len(comparison.differences)
        for result in run["results"]:
            assert rules[result["ruleIndex"]] == result["ruleId"]
            assert result["message"]["text"]
            assert bool(result["suppressions"]) is (one is not comparison)
            for location in result["locations"]:
                assert location["physicalLocation"]["region"]["startLine"] >= 1


def test_what_is_no_sarif_is_refused(tmp_path: Path) -> None:
    comparison = compared(tmp_path, BASE, edited(BASE, EDITS))
    log = json.loads(report_text(comparison, "sarif"))
    wrong: dict[str, Any] = {"level": "break", "locations": [{"uri": "a"}], "severity": "high", "message": {}}
    for key, value in wrong.items():
        other = json.loads(json.dumps(log))
        other["runs"][0]["results"][0][key] = value
        assert not SARIF.is_valid(other), key


def test_the_schema_of_the_report_describes_every_key() -> None:
    tables = [SCHEMA, *(value for value in SCHEMA["$defs"].values() if "properties" in value)]
    assert all(table["additionalProperties"] is False for table in tables)
    assert all(set(table["required"]) == set(table["properties"]) for table in tables)
