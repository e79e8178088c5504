"""One runtime for the clients of a project: generated once, guarded by `check`, and imported through their parent."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from loopback import running
from played_pixelcut import KEY, RESULT, Pixelcut

from clientsmith.cli import main
from clientsmith.pipeline import shared_runtime_files
from clientsmith.project.digests import digest_of
from clientsmith.project.folders import find_project
from clientsmith.project.lock import Lock, current_runtime_lock, needed_features, parse_lock, parse_runtime_lock
from clientsmith.run import check, check_runtime, generate, generate_runtime

SPECS = Path(__file__).resolve().parents[1] / "specs"
PROVIDERS = ("aigenstudio", "pixelcut", "pixii")
TABLE = '[tool.clientsmith]\ngenerated = "vendor"\nruntime = "shared"\n'

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of three providers that share a runtime."""
    folder = tmp_path_factory.mktemp("shared")
    shutil.copytree(SPECS, folder / "specs")
    (folder / "pyproject.toml").write_text(TABLE)
    for name in PROVIDERS:
        assert generate(name, str(folder)).exit_code == 0
    return folder


@pytest.fixture
def project(generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that project, as the current folder."""
    folder = tmp_path / "project"
    shutil.copytree(generated, folder)
    monkeypatch.chdir(folder)
    return folder


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(arguments)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def python(code: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.path.insert(0, '.')\n{code}"
    command = [sys.executable, "-I", "-B", "-W", "error", "-c", code, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def lock_of(project: Path, name: str) -> Lock:
    return parse_lock((project / "specs" / name / "clientsmith.lock").read_text())


def need(project: Path, name: str, features: Sequence[str]) -> None:
    """Writes into a provider's lock that its client needs these features."""
    lock = lock_of(project, name)._replace(shared_runtime=tuple(features))
    (project / "specs" / name / "clientsmith.lock").write_text(lock.text())


# --------------------------------------------------------------------------------------------------- the generated


def test_the_runtime_is_there_once(generated: Path) -> None:
    vendor = generated / "vendor"
    assert {path.name for path in vendor.iterdir()} == {"_runtime", *PROVIDERS}
    assert not any("_runtime/" in name for provider in PROVIDERS for name in files(vendor / provider))
    lock = parse_runtime_lock((generated / "specs" / "clientsmith.lock").read_text())
    assert set(lock.outputs) == files(vendor / "_runtime")
    assert lock.features == needed_features(find_project(str(generated)))
    assert all(lock_of(generated, name).shared_runtime is not None for name in PROVIDERS)


def test_clients_are_imported_through_their_parent_and_have_one_tree_of_errors(generated: Path) -> None:
    code = (
        "from vendor import aigenstudio, pixelcut, pixii\n"
        "from vendor.pixelcut.models import TryOnJobStatus\n"
        "from vendor.pixii.testing import FakeTransport\n"
        "assert pixelcut.APIError is pixii.APIError is aigenstudio.APIError\n"
        "assert issubclass(pixelcut.NotFoundError, pixii.APIStatusError)\n"
        "print(pixelcut.APIError.__module__)\n"
    )
    done = python(code, generated)
    assert (done.stdout, done.stderr) == ("vendor._runtime.errors\n", "")


@pytest.mark.parametrize(
    "statement", ["import pixelcut", "import pixelcut.models", "from pixelcut.errors import APIError"]
)
def test_an_import_without_the_parent_says_how_to_import(generated: Path, statement: str) -> None:
    done = python(statement, generated / "vendor")
    assert done.stderr.splitlines()[-1] == (
        "ImportError: pixelcut shares its runtime with the other clients of its folder: "
        "import it as part of their package, for example `from vendor import pixelcut`"
    )


def test_the_package_of_clients_passes_mypy_strictly(generated: Path, tmp_path: Path) -> None:
    use = "from vendor import pixelcut, pixii\n\nerror: type[pixii.APIError] = pixelcut.APIError\n"
    (tmp_path / "use.py").write_text(use)
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary"]
    command += [f"--cache-dir={tmp_path / 'cache'}", "-p", "vendor", "-m", "use"]
    environment = {**os.environ, "MYPYPATH": os.pathsep.join([str(generated), str(tmp_path)])}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


CALL = """\
import asyncio
from vendor import pixelcut, pixii

address, key = sys.argv[1:]
with pixelcut.Client(api_key=key, base_url=address) as client:
    print(client.try_on.get_job("job/1").result_url)
    try:
        client.try_on.get_job("unknown")
    except pixii.APIStatusError as error:
        print(type(error).__qualname__, error.status)

async def main():
    async with pixelcut.AsyncClient(api_key=key, base_url=address) as client:
        print((await client.try_on.get_job("job/1")).result_url)

asyncio.run(main())
"""


def test_a_call_over_a_socket(generated: Path) -> None:
    provider = Pixelcut()
    provider.begin("fine", 2)
    with running(provider):
        done = python(CALL, generated, provider.url, KEY)
    final = RESULT.format("final")
    assert (done.stdout.splitlines(), done.stderr) == ([final, "NotFoundError 404", final], "")


# ----------------------------------------------------------------------------------------------- generate and check


def test_an_unchanged_run_reports_the_runtime_once(project: Path, capsys: Capture) -> None:
    count = len(files(project / "vendor" / "_runtime"))
    by_lock = ("generate",), ("check", "--fast"), ("check", "--fast", "pixii")
    for command in (*by_lock, ("check",), ("check", "pixii"), ("generate", "--fresh")):
        code, out, err = run(capsys, *command)
        assert (code, err) == (0, "")
        lines = [line for line in out.splitlines() if "runtime" in line]
        how = "unchanged (by the lock)" if command in by_lock else f"(0 written, {count} unchanged, 0 removed)"
        assert lines == [f"shared runtime: {count} files {how}"]


def test_a_run_with_nothing_to_do_imports_no_stage(project: Path) -> None:
    code = (
        f"sys.path.insert(0, {str(Path(__file__).parents[1] / 'generator')!r})\n"
        "from clientsmith.cli import main\n"
        "assert main(['generate']) == main(['check', '--fast']) == 0\n"
        "assert 'clientsmith.run' not in sys.modules and 'clientsmith.pipeline' not in sys.modules\n"
    )
    done = python(code, project)
    assert (done.returncode, done.stderr) == (0, "")


def test_check_guards_the_shared_copy(project: Path, capsys: Capture) -> None:
    runtime = project / "vendor" / "_runtime"
    (runtime / "client.py").write_text("# edited\n")
    (runtime / "errors.py").unlink()
    (runtime / "mine.py").touch()
    before = files(project)
    code, out, err = run(capsys, "check")
    assert code == 1
    found = [line.partition(" [")[0] for line in err.splitlines() if line.startswith("vendor/")]
    assert found == [
        "vendor/_runtime/client.py: error: the file was edited by hand",
        "vendor/_runtime/errors.py: error: the file is missing",
        "vendor/_runtime/mine.py: error: clientsmith did not write this file",
    ]
    assert err.splitlines()[-1] == "shared runtime: 3 errors, 0 warnings"
    assert "\n-# edited\n" in out
    assert files(project) == before
    assert check("pixii").exit_code == 1
    code, out, err = run(capsys, "generate")
    assert code == 0
    assert "[output-overwritten]" in err
    assert "shared runtime:" in out
    (runtime / "mine.py").unlink()
    assert run(capsys, "check")[0] == 0


def test_a_strict_run_does_not_overwrite_an_edited_runtime(project: Path, capsys: Capture) -> None:
    edited = project / "vendor" / "_runtime" / "client.py"
    edited.write_text("# edited\n")
    assert run(capsys, "generate", "--strict")[0] == 1
    assert edited.read_text() == "# edited\n"


def test_a_stale_runtime_is_distinguished_from_an_edited_one(project: Path, capsys: Capture) -> None:
    old = project / "vendor" / "_runtime" / "retry.py"
    old.write_text("# of an earlier version\n")
    path = project / "specs" / "clientsmith.lock"
    lock = parse_runtime_lock(path.read_text())
    recorded = {**lock.outputs, "retry.py": digest_of(old.read_bytes())}
    path.write_text(lock._replace(outputs=recorded).text())
    edited = "vendor/_runtime/retry.py: error: the file was edited by hand, and the lock with it"
    assert edited in run(capsys, "check")[2]
    path.write_text(lock._replace(tool="an earlier version", outputs=recorded).text())
    err = run(capsys, "check")[2]
    assert "vendor/_runtime/retry.py: error: the file is stale" in err
    assert "specs/clientsmith.lock: error: the lock is stale: a run would record other outputs [output-stale]" in err


def test_the_lock_of_the_runtime_is_guarded(project: Path, capsys: Capture) -> None:
    lock = project / "specs" / "clientsmith.lock"
    whole = lock.read_text()
    lock.unlink()
    assert "specs/clientsmith.lock: error: the lock is missing [output-missing]" in run(capsys, "check")[2]
    assert run(capsys, "generate")[0] == 0
    assert lock.read_text() == whole
    lock.write_text("<<<<<<< HEAD\n")
    code, _, err = run(capsys, "generate")
    assert code == 3
    assert "specs/clientsmith.lock:1:1: error: the lock contains a merge conflict [lock-invalid]" in err


def test_a_broken_lock_of_a_provider_is_reported_once(project: Path, capsys: Capture) -> None:
    lock = project / "specs" / "pixii" / "clientsmith.lock"
    lock.write_text("<<<<<<< HEAD\n")
    for command in (("generate",), ("generate", "pixelcut"), ("check",)):
        code, _, err = run(capsys, *command)
        assert code == 3
        assert err.count("specs/pixii/clientsmith.lock:1:1: error: the lock contains a merge conflict") == 1


def test_json_has_the_runtime_beside_the_providers(project: Path, capsys: Capture) -> None:
    printed = json.loads(run(capsys, "generate", "pixii", "--json")[1])
    assert [row["provider"] for row in printed["providers"]] == ["pixii"]
    assert printed["runtime"]["unchanged"] == len(files(project / "vendor" / "_runtime"))
    (project / "vendor" / "_runtime" / "client.py").unlink()
    printed = json.loads(run(capsys, "check", "--json")[1])
    assert (printed["exit_code"], printed["runtime"]["exit_code"]) == (1, 1)
    assert printed["runtime"]["diagnostics"][0]["file"] == "vendor/_runtime/client.py"


# ---------------------------------------------------------------------------------------------- what clients need


def test_the_needs_of_all_locks_are_united(project: Path) -> None:
    own = find_project(str(project))
    united = set(needed_features(own) or ())
    assert united == {feature for name in PROVIDERS for feature in lock_of(project, name).shared_runtime or ()}
    need(project, "aigenstudio", [])
    need(project, "pixelcut", [])
    assert needed_features(own) == lock_of(project, "pixii").shared_runtime
    need(project, "pixii", [])
    assert needed_features(own) == ()


def test_generating_one_client_keeps_what_the_others_need(project: Path, capsys: Capture) -> None:
    before = files(project / "vendor")
    shutil.rmtree(project / "vendor" / "pixii")
    assert run(capsys, "generate", "pixii")[0] == 0
    assert files(project / "vendor") == before
    assert run(capsys, "check")[0] == 0


ONE_CALL = """\
openapi: 3.1.0
info: {title: Acme, version: '1'}
servers: [{url: 'https://api.acme.example'}]
paths:
  /jobs:
    get:
      operationId: listJobs
      responses: {'200': {description: The jobs., content: {application/json: {schema: {type: string}}}}}
"""

UPLOAD = ONE_CALL + """\
    post:
      operationId: upload
      requestBody:
        content: {multipart/form-data: {schema: {properties: {image: {type: string, format: binary}}}}}
      responses: {'204': {description: Done.}}
"""


def test_a_client_that_needs_more_brings_it_once_for_all(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text(TABLE)
    (tmp_path / "one.yaml").write_text(ONE_CALL)
    (tmp_path / "more.yaml").write_text(UPLOAD)
    assert run(capsys, "init", "one", "one.yaml")[0] == 0
    assert run(capsys, "generate")[0] == 0
    few = {path: path.read_bytes() for path in (tmp_path / "vendor").rglob("*") if path.is_file()}
    assert run(capsys, "init", "more", "more.yaml")[0] == 0
    assert run(capsys, "generate", "more")[0] == 0
    features = {name: set(lock_of(tmp_path, name).shared_runtime or ()) for name in ("one", "more")}
    lock = current_runtime_lock(find_project(str(tmp_path)))
    assert lock is not None
    assert set(lock.features) == features["one"] | features["more"]
    assert set(lock.outputs) == set(shared_runtime_files(lock.features)) == files(tmp_path / "vendor" / "_runtime")
    assert all(path.read_bytes() == content for path, content in few.items())
    use = "from vendor import more, one\nassert more.APIError is one.APIError\nmore.Client().jobs, one.Client().jobs\n"
    assert python(use, tmp_path).stderr == ""
    assert run(capsys, "check")[0] == 0
    # It no longer needs more: the runtime is again what it was.
    (tmp_path / "specs" / "more" / "more.yaml").write_text(ONE_CALL)
    assert run(capsys, "generate", "more")[0] == 0
    runtime = tmp_path / "vendor" / "_runtime"
    assert files(runtime) == {path.relative_to(runtime).as_posix() for path in few if path.is_relative_to(runtime)}


def test_the_first_client_that_shares_brings_the_runtime(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text(TABLE)
    shutil.copytree(SPECS / "pixii", tmp_path / "specs" / "pixii")
    code, _, err = run(capsys, "check")
    assert code == 1
    assert "shared runtime" not in err
    assert run(capsys, "generate")[0] == 0
    assert (tmp_path / "vendor" / "_runtime" / "client.py").is_file()
    assert run(capsys, "check")[0] == 0


def test_a_provider_that_is_gone_needs_nothing(project: Path, capsys: Capture) -> None:
    for name in ("pixelcut", "aigenstudio"):
        shutil.rmtree(project / "specs" / name)
        shutil.rmtree(project / "vendor" / name)
    assert run(capsys, "generate")[0] == 0
    lock = current_runtime_lock(find_project(str(project)))
    assert lock is not None
    assert lock.features == lock_of(project, "pixii").shared_runtime


# ------------------------------------------------------------------------------------------------------- switching


def test_from_shared_to_vendored_and_back(project: Path, capsys: Capture) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    (project / "pyproject.toml").write_text(TABLE.replace("shared", "vendored"))
    code, _, err = run(capsys, "check")
    assert code == 1
    assert "a run would record other outputs, shared_runtime [output-stale]" in err
    # Until all clients have a copy of their own, the others need the shared one.
    assert run(capsys, "generate", "pixii")[0] == 0
    assert (project / "vendor" / "_runtime" / "client.py").is_file()
    assert run(capsys, "generate")[0] == 0
    assert not (project / "vendor" / "_runtime").exists()
    assert not (project / "specs" / "clientsmith.lock").exists()
    assert all((project / "vendor" / name / "_runtime" / "client.py").is_file() for name in PROVIDERS)
    assert python("import pixelcut, pixii", project / "vendor").returncode == 0
    code, out, _ = run(capsys, "check")
    assert code == 0
    assert "runtime" not in out
    (project / "pyproject.toml").write_text(TABLE)
    assert run(capsys, "generate")[0] == 0
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_check_reports_a_shared_copy_that_nobody_needs_any_more(project: Path) -> None:
    (project / "pyproject.toml").write_text(TABLE.replace("shared", "vendored"))
    for name in PROVIDERS:
        lock = lock_of(project, name)
        (project / "specs" / name / "clientsmith.lock").write_text(lock._replace(shared_runtime=None).text())
    own = find_project(str(project))
    result = check_runtime(own)
    assert result is not None
    assert {d.slug for d in result.diagnostics} == {"output-extra"}
    assert result.diagnostics[-1].location.file == "specs/clientsmith.lock"
    removed = generate_runtime(own)
    assert removed is not None
    assert removed.files is not None
    assert removed.files.removed == len(result.diagnostics) - 1
    assert generate_runtime(own) is None


def test_what_is_not_ours_is_neither_overwritten_nor_deleted(project: Path, capsys: Capture) -> None:
    runtime = project / "vendor" / "_runtime"
    (runtime / "mine.txt").write_text("mine")
    (project / "pyproject.toml").write_text(TABLE.replace("shared", "vendored"))
    assert run(capsys, "generate")[0] == 0
    assert files(runtime) == {"mine.txt"}
    (runtime / "client.py").write_text("mine")
    (project / "pyproject.toml").write_text(TABLE)
    code, _, err = run(capsys, "generate")
    assert code == 74
    assert "vendor/_runtime/client.py: error: the file is in the way, and clientsmith did not write it" in err
    assert files(runtime) == {"mine.txt", "client.py"}
    assert (runtime / "client.py").read_text() == "mine"


def test_a_runtime_folder_outside_the_project_is_refused(project: Path, tmp_path: Path) -> None:
    (project / "vendor" / "_runtime").rename(tmp_path / "outside")
    (project / "vendor" / "_runtime").symlink_to(tmp_path / "outside", target_is_directory=True)
    result = generate_runtime(find_project(str(project)))
    assert result is not None
    assert [d.slug for d in result.diagnostics] == ["unsafe-path"]


def test_ad_hoc_files_have_a_runtime_of_their_own(project: Path, capsys: Capture) -> None:
    spec = str(project / "specs" / "pixii" / "openapi.yaml")
    code, out, _ = run(capsys, "generate", "--spec", spec, "--output", "elsewhere")
    assert code == 0
    assert "shared" not in out
    assert (project / "elsewhere" / "_runtime" / "client.py").is_file()
