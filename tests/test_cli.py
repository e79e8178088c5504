"""The commands, from arguments to exit code and text, on a small project."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clientsmith import __version__, check, generate, pipeline
from clientsmith.cli import main
from clientsmith.diagnostics import Location, Report
from clientsmith.exit_status import ExitStatus
from clientsmith.project.settings import Provider

SOURCE_ROOT = Path(__file__).parents[1] / "generator"

SPEC = """\
openapi: 3.1.0
info: {title: Acme, version: '1'}
servers: [{url: 'https://api.acme.example'}]
paths:
  /jobs/{job_id}:
    get:
      tags: [Jobs]
      operationId: getJob
      parameters: [{name: job_id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: The job.
          content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}
components:
  schemas:
    Job:
      type: object
      properties: {id: {type: string}, state: {type: string}}
"""

DANGLING = SPEC.replace("state: {type: string}", "state: {$ref: '#/components/schemas/Stat'}")

SETTINGS = 'package = "acme"\n\n[[sources]]\npath = "openapi.yaml"\nkind = "openapi"\n'

ALLOWANCE = """
[[allow]]
slug = "unresolved-ref"
pointer = "/components/schemas/Job"
reason = "never published"
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "shop"
    (folder / "specs" / "acme").mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[tool.clientsmith]\n")
    (folder / "specs" / "acme" / "provider.toml").write_text(SETTINGS)
    (folder / "specs" / "acme" / "openapi.yaml").write_text(SPEC)
    monkeypatch.chdir(folder)
    return folder


Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    """The exit code of a command, and what it printed on both streams."""
    capsys.readouterr()
    code = main(arguments)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def ended(capsys: Capture, *arguments: str) -> tuple[int | str | None, str, str]:
    """The same for a command that ends in the argument parser."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    printed = capsys.readouterr()
    return caught.value.code, printed.out, printed.err


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --------------------------------------------------------------------------------------------------------- generate


def test_generate_then_nothing_changed_then_changed(project: Path, capsys: Capture) -> None:
    code, out, err = run(capsys, "generate")
    count = len(files(project / "generated" / "acme"))
    assert (code, err) == (0, "")
    counted = f"{count} files ({count} written, 0 unchanged, 0 removed)"
    assert out == f"acme: 1/1 operations, 1 models, 0 warnings, {counted}\n"
    assert (project / "generated" / "acme" / "jobs.py").is_file()
    assert (project / "specs" / "acme" / "clientsmith.lock").is_file()
    before = files(project)
    assert run(capsys, "generate")[1] == out.replace(counted, f"{count} files unchanged (by the lock)")
    fresh = f"{count} files (0 written, {count} unchanged, 0 removed)"
    assert run(capsys, "generate", "--fresh")[1] == out.replace(counted, fresh)
    assert files(project) == before
    spec = project / "specs" / "acme" / "openapi.yaml"
    spec.write_text(SPEC.replace("state:", "status:"))
    code, out, _ = run(capsys, "generate", "acme")
    assert code == 0
    assert "0 removed" in out
    assert "0 written" not in out
    assert f", {count} files (" in out


def test_generate_with_nothing_changed_builds_nothing(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, "generate")[0] == 0

    def never(provider: Provider, report: Report, names: object) -> None:
        raise AssertionError("built although nothing has changed")

    monkeypatch.setattr(pipeline, "build", never)
    assert run(capsys, "generate")[0] == 0
    assert run(capsys, "check", "--fast")[0] == 0
    assert run(capsys, "check")[0] == 70
    assert run(capsys, "generate", "--fresh")[0] == 70


def test_the_run_from_a_folder_below(project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "src" / "deep").mkdir(parents=True)
    monkeypatch.chdir(project / "src" / "deep")
    assert run(capsys, "generate")[0] == 0
    assert (project / "generated" / "acme" / "__init__.py").is_file()


def test_warnings_are_printed_and_mentioned_again(project: Path, capsys: Capture) -> None:
    (project / "specs" / "acme" / "openapi.yaml").write_text(DANGLING)
    code, out, err = run(capsys, "generate")
    assert code == 0
    assert "1 warnings" in out
    assert "specs/acme/openapi.yaml:18:" in err
    assert "\n-> 18 |       properties: {id: {type: string}, state: {$ref: '#/components/schemas/Stat'}}\n" in err
    code, out, err = run(capsys, "generate")
    assert (code, err) == (0, "")
    assert "1 warnings (run `clientsmith check` to see them)" in out


def test_strict_writes_nothing_when_there_are_warnings(project: Path, capsys: Capture) -> None:
    (project / "specs" / "acme" / "openapi.yaml").write_text(DANGLING)
    code, out, err = run(capsys, "generate", "--strict")
    assert (code, out) == (1, "")
    assert ": error: " in err
    assert err.endswith("acme: 1 error, 0 warnings; nothing was written\n")
    assert not (project / "generated").exists()
    assert run(capsys, "generate")[0] == 0
    assert run(capsys, "generate", "--strict")[0] == 1


def test_an_allowance_drops_its_warning_and_nothing_else(project: Path, capsys: Capture) -> None:
    folder = project / "specs" / "acme"
    (folder / "openapi.yaml").write_text(DANGLING)
    (folder / "provider.toml").write_text(SETTINGS + ALLOWANCE)
    code, out, err = run(capsys, "generate", "--strict")
    assert (code, err) == (0, "")
    assert "0 warnings (1 allowed)" in out
    assert run(capsys, "check")[:1] == (0,)
    (folder / "provider.toml").write_text(SETTINGS + ALLOWANCE.replace("/Job", "/Jo"))
    code, _, err = run(capsys, "generate")
    assert code == 1
    assert "[allow-unused]" in err
    assert "specs/acme/provider.toml:7:1: error:" in err
    assert "[unresolved-ref]" in err
    by_file = ALLOWANCE.replace('pointer = "/components/schemas/Job"', 'file = "openapi.yaml"')
    (folder / "provider.toml").write_text(SETTINGS + by_file)
    assert run(capsys, "generate")[0] == 0


def test_names_once_given_stay(project: Path, capsys: Capture) -> None:
    spec = project / "specs" / "acme" / "openapi.yaml"
    assert run(capsys, "generate")[0] == 0
    models = project / "generated" / "acme" / "models"
    assert any("class Job(ModelBase):" in path.read_text() for path in models.glob("*.py"))
    # A newcomer that sorts before it and wants the same class name.
    newcomer = "    JOB: {type: object, properties: {a: {type: string}}}\n    Job:\n"
    use = "properties: {other: {$ref: '#/components/schemas/JOB'}, id:"
    spec.write_text(SPEC.replace("    Job:\n", newcomer).replace("properties: {id:", use))
    assert run(capsys, "generate")[0] == 0
    text = "".join(path.read_text() for path in models.glob("*.py"))
    job = text.partition("class Job(ModelBase):")[2].partition("\nclass ")[0]
    assert "    id: " in job


def test_several_providers_are_independent(project: Path, capsys: Capture) -> None:
    (project / "specs" / "broken").mkdir()
    (project / "specs" / "broken" / "provider.toml").write_text(SETTINGS.replace("acme", "broken"))
    (project / "specs" / "broken" / "openapi.yaml").write_text("a: [")
    code, out, err = run(capsys, "generate")
    assert code == 3
    assert out.startswith("acme: 1/1 operations")
    assert "broken: 1 error, 0 warnings; nothing was written" in err
    assert (project / "generated" / "acme").is_dir()
    assert not (project / "generated" / "broken").exists()


@pytest.mark.parametrize(
    ("settings", "spec", "code"),
    [
        (SETTINGS, "a: [", 3),
        (SETTINGS, None, 3),
        (SETTINGS.replace("kind", "knid"), SPEC, 2),
        (SETTINGS.replace("openapi.yaml", "../openapi.yaml"), SPEC, 5),
    ],
)
def test_exit_codes_of_bad_inputs(project: Path, capsys: Capture, settings: str, spec: str | None, code: int) -> None:
    (project / "specs" / "acme" / "provider.toml").write_text(settings)
    (project / "specs" / "acme" / "openapi.yaml").unlink()
    if spec is not None:
        (project / "specs" / "acme" / "openapi.yaml").write_text(spec)
    assert run(capsys, "generate")[0] == code
    assert not (project / "generated").exists()


def test_a_provider_folder_that_leads_out_of_the_project(project: Path, capsys: Capture, tmp_path: Path) -> None:
    (project / "specs" / "acme").rename(tmp_path / "outside")
    (project / "specs" / "acme").symlink_to(tmp_path / "outside", target_is_directory=True)
    code, _, err = run(capsys, "generate")
    assert code == 5
    assert "the provider's folder is outside the project [unsafe-path]" in err


def test_an_output_folder_that_cannot_be_written(project: Path, capsys: Capture) -> None:
    (project / "generated").write_text("a file")
    code, out, err = run(capsys, "generate")
    assert (code, out) == (74, "")
    assert "[cannot-write]" in err
    assert not (project / "specs" / "acme" / "clientsmith.lock").exists()


def test_a_torn_lock(project: Path, capsys: Capture) -> None:
    assert run(capsys, "generate")[0] == 0
    lock = project / "specs" / "acme" / "clientsmith.lock"
    lock.write_text("<<<<<<< HEAD\n" + lock.read_text())
    code, _, err = run(capsys, "generate")
    assert code == 3
    assert "specs/acme/clientsmith.lock:1:1: error: the lock contains a merge conflict [lock-invalid]" in err


# ------------------------------------------------------------------------------------------------------------ check


def test_check_reports_what_is_wrong_and_shows_the_difference(project: Path, capsys: Capture) -> None:
    code, _, err = run(capsys, "check")
    assert code == 1
    assert "[output-missing]" in err
    assert run(capsys, "generate")[0] == 0
    assert run(capsys, "check")[0] == 0
    client = project / "generated" / "acme" / "jobs.py"
    client.write_text(client.read_text() + "EXTRA = 1\n")
    before = files(project)
    code, out, err = run(capsys, "check")
    assert code == 1
    assert "generated/acme/jobs.py: error: the file was edited by hand [output-edited]" in err
    assert "\n-EXTRA = 1\n" in out
    assert files(project) == before
    assert run(capsys, "generate")[0] == 0
    assert run(capsys, "check")[0] == 0
    (project / "generated" / "acme" / "mine.py").touch()
    extra = "generated/acme/mine.py: error: clientsmith did not write this file [output-extra]"
    assert extra in run(capsys, "check")[2]


def test_check_fails_on_warnings_that_are_not_allowed(project: Path, capsys: Capture) -> None:
    (project / "specs" / "acme" / "openapi.yaml").write_text(DANGLING)
    assert run(capsys, "generate")[0] == 0
    for _ in range(2):
        code, _, err = run(capsys, "check")
        assert code == 1
        assert "[unresolved-ref]" in err


def test_check_wants_a_lock_that_fits(project: Path, capsys: Capture) -> None:
    assert run(capsys, "generate")[0] == 0
    lock = project / "specs" / "acme" / "clientsmith.lock"
    whole = lock.read_text()
    spec = project / "specs" / "acme" / "openapi.yaml"
    spec.write_text(f"# a comment changes no output\n{SPEC}")
    code, _, err = run(capsys, "check")
    assert code == 1
    assert "the lock is stale: a run would record other inputs: 'openapi.yaml' changed [output-stale]" in err
    spec.write_text(SPEC)
    lock.write_text(whole.replace('tool = "', 'tool = "0'))
    assert run(capsys, "check")[0] == 0
    lock.unlink()
    assert "specs/acme/clientsmith.lock: error: the lock is missing [output-missing]" in run(capsys, "check")[2]


def test_check_does_not_trust_the_lock(project: Path, capsys: Capture) -> None:
    from clientsmith.project.digests import digest_of

    assert run(capsys, "generate")[0] == 0
    client, lock = project / "generated" / "acme" / "jobs.py", project / "specs" / "acme" / "clientsmith.lock"
    honest = digest_of(client.read_bytes())
    client.write_text(client.read_text() + "BACKDOOR = 1\n")
    lock.write_text(lock.read_text().replace(honest, digest_of(client.read_bytes())))
    assert run(capsys, "check", "--fast")[0] == 0
    assert run(capsys, "generate")[0] == 0
    assert "jobs.py: error: the file was edited by hand, and the lock with it" in run(capsys, "check")[2]
    assert run(capsys, "generate", "--fresh")[0] == 0
    assert "BACKDOOR" not in client.read_text()
    assert run(capsys, "check")[0] == 0


# ------------------------------------------------------------------------------------------- files without a project


def test_one_document_without_a_project(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "openapi.yaml").write_text(SPEC)
    code, out, _ = run(capsys, "generate", "--spec", "openapi.yaml", "--output", "vendor/acme")
    assert code == 0
    assert out.startswith("acme: 1/1 operations")
    first = files(tmp_path / "vendor" / "acme")
    assert "clientsmith.lock" in first
    assert "unchanged (by the lock)" in run(capsys, "generate", "--spec", "openapi.yaml", "--output", "vendor/acme")[1]
    assert run(capsys, "check", "--fast", "--spec", "openapi.yaml", "--output", "vendor/acme")[0] == 0
    assert run(capsys, "check", "--spec", "openapi.yaml", "--output", "vendor/acme")[0] == 0
    assert files(tmp_path / "vendor" / "acme") == first
    run(capsys, "generate", "--spec", "openapi.yaml", "--output", "other", "--package", "acme")
    assert files(tmp_path / "other") == first


def test_another_document_into_the_same_folder(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(SPEC)
    (tmp_path / "b.yaml").write_text(SPEC.replace("/jobs", "/tasks"))
    assert run(capsys, "generate", "--spec", "a.yaml", "--output", "acme")[0] == 0
    assert "1 removed" in run(capsys, "generate", "--spec", "b.yaml", "--output", "acme")[1]
    assert not (tmp_path / "acme" / "jobs.py").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("generate", "acm"), "there is no provider 'acm'; did you mean 'acme'?"),
        (("generate", "zzz"), "there is no provider 'zzz'; the providers are: acme"),
        (("generate", "acme", "--spec", "a.yaml", "--output", "x"), "not both"),
        (("generate", "--spec", "a.yaml"), "--spec requires --output"),
        (("generate", "--output", "x"), "--output requires --spec"),
        (("check", "--package", "x"), "--package requires --spec"),
        (("generate", "--spec", "a.yaml", "--output", "x", "--package", "A-b"), "must be a package name"),
        (("explain", "acme"), "--stage"),
        (("explain", "acme", "--stage", "soup"), "soup"),
        (("frobnicate",), "frobnicate"),
        (("generate", "--stric"), "--stric"),
        ((), "COMMAND"),
    ],
)
def test_wrong_usage(project: Path, capsys: Capture, arguments: tuple[str, ...], message: str) -> None:
    code, out, err = ended(capsys, *arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_no_project_is_wrong_usage(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "generate")
    assert code == 2
    assert "there is no project here" in err
    assert "clientsmith init" in err
    (tmp_path / "pyproject.toml").write_text("[tool.clientsmith]\n")
    assert "there are no providers in specs/" in run(capsys, "generate")[2]
    (tmp_path / "pyproject.toml").write_text("[tool.clientsmith]\ngenerated = '../..'\n")
    assert run(capsys, "generate")[0] == 5


# ------------------------------------------------------------------------------------------------------ other commands


def test_init_sets_up_what_generate_takes(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    original = SPEC.replace("\n", "\r\n").encode()
    (tmp_path / "openapi.yaml").write_bytes(original)
    (tmp_path / "notes.md").write_text("# Notes\n")
    code, out, err = run(capsys, "init", "acme", "openapi.yaml", "notes.md")
    assert (code, err) == (0, "")
    assert out.splitlines()[:4] == [
        "wrote specs/acme/provider.toml",
        "wrote specs/acme/openapi.yaml",
        "wrote specs/acme/pages/notes.md",
        "next: clientsmith generate acme",
    ]
    assert "[tool.clientsmith]" in out
    assert (tmp_path / "specs" / "acme" / "openapi.yaml").read_bytes() == original
    assert run(capsys, "generate", "acme")[0] == 0
    assert run(capsys, "init", "acme", "openapi.yaml")[0] == 2
    assert run(capsys, "init", "Acme!", "openapi.yaml")[0] == 2
    assert run(capsys, "init", "other", "absent.yaml")[0] == 3
    assert run(capsys, "init", "other", "openapi.yaml", "openapi.yaml")[0] == 2
    assert not (tmp_path / "specs" / "other").exists()


def test_init_in_a_project_keeps_to_its_folders(project: Path, capsys: Capture) -> None:
    (project / "pyproject.toml").write_text('[tool.clientsmith]\nspecs = "specs"\ngenerated = "clients"\n')
    (project / "new.json").write_text("{}")
    code, out, _ = run(capsys, "init", "new", "new.json")
    assert (code, out.splitlines()[-1]) == (0, "next: clientsmith generate new")
    # The project has a provider already, whose client has a runtime of its own.
    assert "runtime" not in (project / "pyproject.toml").read_text()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[tool.clientsmith]\n", '[tool.clientsmith]\nruntime = "shared"\n'),
        ("[tool.clientsmith]", '[tool.clientsmith]\nruntime = "shared"\n'),
        (
            '[project]\nname = "x"\n\n[tool.clientsmith]  # ours\r\nspecs = "specs"\r\n[tool.y]\r\n',
            '[project]\nname = "x"\n\n[tool.clientsmith]  # ours\r\nruntime = "shared"\r\nspecs = "specs"\r\n'
            "[tool.y]\r\n",
        ),
        ('[tool.clientsmith]\nruntime = "vendored"\n', '[tool.clientsmith]\nruntime = "vendored"\n'),
        ("[tool]\nclientsmith = {}\n", "[tool]\nclientsmith = {}\n"),
    ],
    ids=["header", "no newline", "comment and CRLF", "chosen", "another form"],
)
def test_init_chooses_a_shared_runtime_for_a_new_project(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_bytes(before.encode())
    (tmp_path / "openapi.yaml").write_text(SPEC)
    code, out, _ = run(capsys, "init", "acme", "openapi.yaml")
    assert code == 0
    assert (tmp_path / "pyproject.toml").read_bytes() == after.encode()
    assert ('added runtime = "shared" to [tool.clientsmith] in pyproject.toml' in out) == (before != after)
    assert run(capsys, "generate")[0] == 0
    assert (tmp_path / "generated" / "_runtime").is_dir() == ('runtime = "shared"' in after)


def test_validate(project: Path, capsys: Capture) -> None:
    assert run(capsys, "validate")[:2] == (0, "acme: valid\n")
    (project / "specs" / "acme" / "openapi.yaml").write_text(SPEC.replace("title: Acme", "titel: Acme"))
    code, out, err = run(capsys, "validate", "acme")
    assert (code, out) == (1, "acme: 2 problems\n")
    assert "[invalid-openapi]" in err
    assert "specs/acme/openapi.yaml:2:" in err
    code, out, _ = run(capsys, "validate", "--spec", "specs/acme/openapi.yaml", "--json")
    assert code == 1
    assert json.loads(out)["providers"][0]["diagnostics"][0]["slug"] == "invalid-openapi"


def test_explain_prints_every_stage(project: Path, capsys: Capture) -> None:
    code, out, _ = run(capsys, "explain", "acme", "--stage", "document")
    assert code == 0
    assert json.loads(out)["root"]["info"]["title"] == "Acme"
    assert run(capsys, "explain", "acme", "--stage", "api")[1].startswith("Api(title='Acme'")
    assert run(capsys, "explain", "acme", "--stage", "package")[1].startswith("Package(name='acme'")
    (project / "specs" / "acme" / "openapi.yaml").write_text("a: [")
    code, out, err = run(capsys, "explain", "acme", "--stage", "api")
    assert (code, out) == (3, "")
    assert "[syntax]" in err


def test_surface_is_json_that_does_not_depend_on_the_order_of_the_document(project: Path, capsys: Capture) -> None:
    code, out, _ = run(capsys, "surface", "acme")
    assert code == 0
    assert "jobs" in json.dumps(json.loads(out))
    assert run(capsys, "surface", "--spec", "specs/acme/openapi.yaml", "--package", "acme")[1] == out


def test_json_of_generate_and_check(project: Path, capsys: Capture) -> None:
    (project / "specs" / "acme" / "openapi.yaml").write_text(DANGLING)
    _, out, err = run(capsys, "generate", "--json")
    report = json.loads(out)
    row = report["providers"][0]
    assert (report["exit_code"], err) == (0, "")
    assert {key: row[key] for key in ("provider", "operations", "documented", "warnings", "exit_code")} == {
        "provider": "acme", "operations": 1, "documented": 1, "warnings": 1, "exit_code": 0,
    }  # fmt: skip
    assert row["diagnostics"][0]["file"] == "specs/acme/openapi.yaml"
    assert row["diagnostics"][0]["line"] == 18
    again = json.loads(run(capsys, "generate", "--json")[1])["providers"][0]
    assert (again["written"], again["unchanged"], again["diagnostics"]) == (0, row["written"], [])
    assert json.loads(run(capsys, "check", "--json")[1])["exit_code"] == 1


def test_a_stale_client_says_what_it_changes_for_callers(project: Path, capsys: Capture) -> None:
    assert run(capsys, "generate")[0] == 0
    document = project / "specs" / "acme" / "openapi.yaml"
    document.write_text(SPEC.replace("The job.", "That job."), encoding="utf-8")
    assert "acme: the changed inputs change no public name" in run(capsys, "check")[2]
    document.write_text(SPEC.replace("state: {type: string}", "state: {type: integer}"), encoding="utf-8")
    status, _, err = run(capsys, "check")
    assert status == 1
    assert "acme: the changed inputs change public names of the client: 1 BREAK, 0 RISK, 0 SAFE" in err
    row = json.loads(run(capsys, "check", "--json")[1])["providers"][0]
    assert row["public_names"] == {"break": 1, "risk": 0, "safe": 0}
    # What cannot be compared is left out.
    (project / "generated" / "acme" / "_client.py").write_text("class", encoding="utf-8")
    assert "public names" not in run(capsys, "check")[2]


def test_help_teaches_with_examples(capsys: Capture) -> None:
    assert "clientsmith generate --spec openapi.yaml --output vendor/acme" in ended(capsys, "--help")[1]
    for command in ("generate", "check", "init", "validate", "explain", "names", "drift", "surface", "upstream"):
        code, out, _ = ended(capsys, command, "--help")
        assert code == 0
        assert "Use it" in out
        assert "examples:\n  clientsmith " in out
        listed = [int(line.split()[0]) for line in out.partition("exit codes:\n")[2].splitlines()]
        assert listed == sorted(ExitStatus)


def test_version(capsys: Capture) -> None:
    assert ended(capsys, "--version")[:2] == (0, f"clientsmith {__version__}\n")


def test_the_same_from_python(project: Path) -> None:
    result = generate("acme")
    assert result.exit_code == 0
    assert result.counts is not None
    assert result.counts.operations == 1
    assert check("acme", str(project)).exit_code == 0


# ------------------------------------------------------------------------------------------------------ how a run ends


def test_a_bug_of_ours(project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(provider: Provider, report: Report, names: object, **options: object) -> None:
        raise ValueError("\x1b[2J")

    monkeypatch.setattr(pipeline, "build", broken)
    code, _, err = run(capsys, "generate")
    assert code == 70
    assert err.startswith(r"clientsmith: internal error: ValueError: \x1b[2J")
    assert "--traceback" in err
    assert "Traceback" not in err
    with pytest.raises(ValueError, match="2J"):
        main(["generate", "--traceback"])


def test_settings_named_by_pointer_get_their_line(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def report_one(provider: Provider, report: Report, names: object, **options: object) -> None:
        raise report.fatal("merge-setting-unused", "x", Location("specs/acme/provider.toml", "/sources/0/path"))

    monkeypatch.setattr(pipeline, "build", report_one)
    assert "specs/acme/provider.toml:4:1: error: x [merge-setting-unused]" in run(capsys, "generate")[2]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(SOURCE_ROOT)}


def test_a_run_with_nothing_to_do_loads_nothing_heavy(project: Path, capsys: Capture) -> None:
    assert run(capsys, "generate")[0] == 0
    libraries = ("black", "jinja2", "jsonpath", "markdown_it", "openapi_spec_validator", "yaml")
    stages = ("claims", "load", "parse", "pipeline", "render", "run", "translate", "write")
    heavy = (*libraries, *(f"clientsmith.{stage}" for stage in stages))
    script = (
        "import sys; from clientsmith.cli import main; code = main(sys.argv[1:]);"
        f"print([name for name in {heavy!r} if name in sys.modules]); sys.exit(code)"
    )
    for command in (["generate"], ["check", "--fast"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *command], cwd=project, env=environment(), capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "[]")


def test_a_reader_that_goes_away(project: Path) -> None:
    done = subprocess.run(
        f"'{sys.executable}' -m clientsmith explain acme --stage document | true",
        shell=True, cwd=project, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is a device of Linux")
@pytest.mark.parametrize("command", [["surface", "acme"], ["generate"]])
def test_a_full_disk_for_what_is_printed(project: Path, command: list[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "clientsmith", *command],
            cwd=project, env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 74
    assert done.stderr == "clientsmith: error: the output cannot be printed: No space left on device\n"


def test_a_console_that_cannot_show_a_character(project: Path) -> None:
    (project / "specs" / "acme" / "openapi.yaml").write_text(SPEC.replace("Acme", "漢字"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "clientsmith", "explain", "acme", "--stage", "document"],
        cwd=project, env=environment() | {"PYTHONIOENCODING": "ascii"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert r"\u6f22\u5b57" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="signals work otherwise there")
@pytest.mark.parametrize(
    ("number", "status", "word"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_a_signal_ends_a_run_and_leaves_nothing(
    project: Path, number: signal.Signals, status: int, word: str
) -> None:
    # A child inherits an ignored SIGINT, which is what jobs in the background of a shell have.
    script = (
        "import signal, time; from clientsmith import pipeline\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def build(*a, **b):\n    print('building', flush=True); time.sleep(60)\n"
        "pipeline.build = build\n"
        "from clientsmith.__main__ import run; run()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, "generate"], cwd=project, env=environment(), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "building\n"
            time.sleep(0.05)
            process.send_signal(number)
            _, err = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == status
    assert err == f"clientsmith: {word}; no file was left half-written\n"
    assert not (project / "generated").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_files_are_moved_waits_until_all_are(project: Path, number: signal.Signals) -> None:
    script = (
        "import os, signal, sys; from clientsmith.write import transaction\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "move = transaction._move\n"
        f"def moved(*a):\n    os.kill(os.getpid(), {int(number)}); move(*a)\n"
        "transaction._move = moved\n"
        "from clientsmith.__main__ import run; run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "generate"], cwd=project, env=environment(), capture_output=True, check=False
    )
    assert done.returncode == 128 + number
    assert not list(project.rglob("*.tmp"))
    assert subprocess.run(
        [sys.executable, "-m", "clientsmith", "check"], cwd=project, env=environment(), check=False
    ).returncode == 0  # fmt: skip


def test_what_a_killed_run_left_is_reported_and_then_deleted(project: Path, capsys: Capture) -> None:
    assert run(capsys, "generate")[0] == 0
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = [
        project / "generated" / "acme" / "models" / f".clientsmith-{dead.pid}-0.tmp",
        project / "specs" / "acme" / f".clientsmith-{dead.pid}-1.tmp",
    ]
    own = project / "generated" / "acme" / f".clientsmith-{os.getpid()}-0.tmp"
    for path in (*left, own):
        path.write_text("half")
    code, _, err = run(capsys, "check")
    assert code == 1
    assert f"generated/acme/models/{left[0].name}: error: a run that was killed left this file [output-extra]" in err
    assert run(capsys, "generate", "--fresh")[0] == 0
    assert [path.exists() for path in (*left, own)] == [False, False, True]
    own.unlink()
    assert run(capsys, "check")[0] == 0


# ---------------------------------------------------------------------------------------- what nobody should overlook


def bytecode(source: Path, *, unchecked: bool = False) -> Path:
    import py_compile

    mode = py_compile.PycInvalidationMode
    made = py_compile.compile(
        str(source), doraise=True, invalidation_mode=mode.UNCHECKED_HASH if unchecked else mode.TIMESTAMP
    )
    assert made is not None
    return Path(made)


def extra(capsys: Capture) -> list[str]:
    code, _, err = run(capsys, "check")
    found = [line.partition(":")[0] for line in err.splitlines() if line.endswith("[output-extra]")]
    assert code == (1 if found else 0)
    return [name.removeprefix("generated/") for name in found]


def test_bytecode_and_hidden_files_without_git(project: Path, capsys: Capture) -> None:
    assert run(capsys, "generate")[0] == 0
    client = project / "generated" / "acme"
    bytecode(client / "jobs.py")
    assert extra(capsys) == []
    planted = bytecode(client / "_client.py", unchecked=True)
    gone = client / "__pycache__" / "gone.cpython-311.pyc"
    gone.write_bytes(planted.read_bytes())
    (client / ".env").write_text("KEY=1")
    (client / ".cache").mkdir()
    (client / ".cache" / "notes").touch()
    names = [".cache/notes", ".env", f"__pycache__/{planted.name}", "__pycache__/gone.cpython-311.pyc"]
    assert extra(capsys) == [f"acme/{name}" for name in names]
    assert "KEY=1" not in run(capsys, "check")[1]


def test_bytecode_and_hidden_files_that_git_would_take(project: Path, capsys: Capture) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=project, check=True, capture_output=True)

    git("init", "-q")
    (project / ".gitignore").write_text("__pycache__/\n.cache\n")
    assert run(capsys, "generate")[0] == 0
    client = project / "generated" / "acme"
    planted = bytecode(client / "_client.py", unchecked=True)
    (client / ".cache").touch()
    (client / ".env").touch()
    assert extra(capsys) == ["acme/.env"]
    git("add", "-f", str(planted))
    assert extra(capsys) == ["acme/.env", f"acme/__pycache__/{planted.name}"]


def test_a_client_whose_provider_is_gone(project: Path, capsys: Capture) -> None:
    assert run(capsys, "generate")[0] == 0
    (project / "generated" / "mine").mkdir()
    (project / "generated" / "mine" / "__init__.py").touch()
    (project / "specs" / "acme").rename(project / "specs" / "shop")
    (project / "specs" / "shop" / "clientsmith.lock").unlink()
    assert run(capsys, "generate")[0] == 0
    code, _, err = run(capsys, "check")
    assert code == 1
    assert err.startswith("generated/acme: error: no provider has this client: there is no specs/acme [output-extra]\n")
    assert "mine" not in err
    assert run(capsys, "check", "shop")[0] == 0


@pytest.mark.parametrize("name", [".git/config", "user.txt", "__pycache__/x.pyc", ".hidden.py", "../x.py"])
def test_a_lock_names_only_what_is_ours(project: Path, capsys: Capture, name: str) -> None:
    assert run(capsys, "generate")[0] == 0
    lock = project / "specs" / "acme" / "clientsmith.lock"
    lock.write_text(lock.read_text().replace("[outputs]", f'[outputs]\n"{name}" = "0"'))
    code, _, err = run(capsys, "generate")
    assert code == 3
    assert f"the lock names a file that clientsmith does not write: {name!r} [lock-invalid]" in err


def test_a_lock_cannot_name_a_resource_as_a_module_of_ours(project: Path, capsys: Capture) -> None:
    assert run(capsys, "generate")[0] == 0
    before = files(project / "generated")
    lock = project / "specs" / "acme" / "clientsmith.lock"
    assert '"resource:jobs" = "jobs"' in lock.read_text()
    lock.write_text(lock.read_text().replace('"resource:jobs" = "jobs"', '"resource:jobs" = "_client"'))
    assert run(capsys, "generate")[0] == 0
    assert files(project / "generated") == before
