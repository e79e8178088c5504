"""The README is true: its examples type-check strictly, those that need no network run, and so do its commands."""

from __future__ import annotations

import inspect
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pixelcut import Client

from clientsmith.cli import main
from clientsmith.exit_status import ExitStatus
from clientsmith.runtime.job_declarations import Schedule
from clientsmith.runtime.transport import Timeout

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUNTIME = ROOT / "generator" / "clientsmith" / "runtime"
EXAMPLES: list[str] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_examples_type_check_strictly(tmp_path: Path) -> None:
    assert len(EXAMPLES) == 4
    files = [tmp_path / f"example_{number}.py" for number in range(len(EXAMPLES))]
    for file, example in zip(files, EXAMPLES, strict=True):
        file.write_text(example, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, "--cache-dir", str(tmp_path), *files],
        env={**os.environ, "MYPYPATH": str(ROOT / "generated")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_example_of_testing_runs() -> None:
    example = next(example for example in EXAMPLES if "FakeTransport" in example)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        env={**os.environ, "PYTHONPATH": str(ROOT / "generated")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_every_command_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = re.findall(r"^    ([a-z]+) ", capsys.readouterr().out, re.MULTILINE)
    assert commands
    assert re.findall(r"^\| `([a-z]+) ", README, re.MULTILINE) == commands


def test_every_exit_code_is_listed() -> None:
    codes = [int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)]
    assert codes == sorted(ExitStatus)


CLIENTSMITH = [sys.executable, "-m", "clientsmith"]
PAGE = """\
# Get a job

```yaml openapi get /jobs/{id}
openapi: 3.1.0
info: {title: Acme, version: '1'}
servers: [{url: 'https://api.acme.example'}]
paths:
  /jobs/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: fine}}
```
"""


def commands_below(heading: str) -> list[str]:
    """The commands of the README's first console block below a heading, without their comments."""
    section = README.partition(f"\n{heading}\n")[2]
    block = section.partition("```console\n")[2].partition("```")[0]
    assert block.startswith("$ "), heading
    return [line.removeprefix("$ ").partition("  #")[0].strip() for line in block.splitlines()]


def done_in(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Runs one command of clientsmith as it is written, as a process of its own in a folder."""
    program, *arguments = shlex.split(command)
    assert program == "clientsmith", command
    return subprocess.run([*CLIENTSMITH, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def fresh(folder: Path) -> Path:
    """A folder with nothing but a document and a page."""
    shutil.copy(ROOT / "tests" / "golden" / "one_operation" / "spec.yaml", folder / "openapi.yaml")
    for name in ("page-1.md", "page-2.md"):
        (folder / name).write_text(PAGE, encoding="utf-8")
    return folder


@pytest.mark.parametrize("heading", ["## Any document, without a project", "## A project of your own"])
def test_commands_run_in_a_fresh_folder(heading: str, tmp_path: Path) -> None:
    folder = fresh(tmp_path)
    commands = commands_below(heading)
    assert len(commands) >= 2
    for command in commands:
        done = done_in(folder, command)
        assert (done.returncode, "error" in done.stderr) == (0, False), (command, done.stderr)
        if command.startswith("clientsmith init"):
            assert (folder / "specs" / "acme" / "provider.toml").is_file()
        else:
            assert done.stdout.startswith("acme: 1/1 operations"), command
    packages = [path.parent for path in folder.rglob("py.typed") if path.parent.name == "acme"]
    assert len(packages) == 1


def test_pages_are_given_as_the_text_says(tmp_path: Path) -> None:
    (given,) = re.findall(r"`(--spec page-1\.md page-2\.md)`", README)
    done = done_in(fresh(tmp_path), f"clientsmith generate {given} --output vendor/acme")
    assert (done.returncode, done.stdout.startswith("acme: 1/1 operations")) == (0, True), done.stderr


def test_the_job_of_a_pipeline_is_green_and_turns_red(tmp_path: Path) -> None:
    script = README.partition("### Checks in CI\n")[2].partition("```sh\n")[2].partition("```")[0].splitlines()
    # Installing needs a network; what was installed into this interpreter takes its place.
    assert script[:-1] == [
        "python -m venv .venv",
        ".venv/bin/pip install --quiet --requirement clients.txt",
    ]
    check = script[-1].removeprefix(".venv/bin/")
    folder = fresh(tmp_path)
    assert done_in(folder, "clientsmith init acme openapi.yaml").returncode == 0
    assert done_in(folder, check).returncode == ExitStatus.DIAGNOSTICS
    assert done_in(folder, "clientsmith generate").returncode == 0
    assert done_in(folder, check).returncode == ExitStatus.SUCCESS
    edited = folder / "generated" / "acme" / "_client.py"
    edited.write_text(edited.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    done = done_in(folder, check)
    assert done.returncode == ExitStatus.DIAGNOSTICS
    assert "[output-edited]" in done.stderr


def test_the_limits_of_waits_and_calls_are_those_of_the_code() -> None:
    named = re.search(r"(\d+) minutes for Pixelcut, (\d+) for Pixii, (\d+) for AI Gen Studio, and (\d+) where", README)
    assert named is not None
    default = Schedule().timeout
    assert default is not None
    timeouts = [default]
    for name in ("aigenstudio", "pixii", "pixelcut"):
        text = (ROOT / "generated" / name / "_jobs.py").read_text(encoding="utf-8")
        schedules = set(re.findall(r"schedule=Schedule\((.*?)\)", text))
        found = {float(one) for text in schedules for one in re.findall(r"timeout=([0-9.]+)", text)} or {default}
        assert len(found) == 1, name
        timeouts.insert(0, found.pop())
    assert [60 * int(minutes) for minutes in named.groups()] == timeouts
    sentence = r"take (\d+) seconds, (\d+) of them to connect, and a call (\d+) seconds with its at most (\d+) retries"
    limits = re.search(sentence, README)
    assert limits is not None
    total, connect, deadline, retries = map(int, limits.groups())
    assert (total, connect) == (Timeout().total, Timeout().connect)
    assert retries == inspect.signature(Client).parameters["max_retries"].default
    assert f'options.get("deadline", max({float(deadline)}, ' in (RUNTIME / "retry.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_make_targets_that_are_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))
    for page in PAGES:
        for target in re.findall(r"(?:^\$ |`)make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE):
            assert target in targets, target
