"""Hooks, actions and jobs as the programs read them that use them: pre-commit, the schemas of vendors, shellcheck.

pre-commit installs this project as everybody's does, from the index that pip uses. Without one that test is skipped;
CLIENTSMITH_INDEX=required makes it fail instead.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION = ROOT / ".github" / "actions" / "upstream"
HOOKS = ROOT / ".pre-commit-hooks.yaml"

SPEC = """\
openapi: 3.1.0
info: {title: Acme, version: '1'}
servers: [{url: 'https://api.acme.example'}]
paths: {/jobs: {get: {responses: {'204': {description: It.}}}}}
"""


def run(*command: str, cwd: Path = ROOT, **environment: str) -> tuple[int, str]:
    """The exit code of a program of this environment, and what it printed."""
    # The tests may themselves run in a hook or in a pipeline.
    outer = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_", "PRE_COMMIT"))}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=cwd, env={**outer, "PATH": path, **environment}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


# ---------------------------------------------------------------------------------------------------------- schemas


def blocks() -> Iterator[tuple[str, str, str]]:
    """Yields the name, the language and the text of each block of configuration in docs/pipelines."""
    for page in sorted((ROOT / "docs" / "pipelines").glob("*.md")):
        for number, part in enumerate(page.read_text(encoding="utf-8").split("\n```")[1::2]):
            language, _, text = part.partition("\n")
            yield f"{page.stem}-{number}", language, text


SCHEMAS = {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci", "json": "vendor.renovate"}


def problems(schema: str, file: Path) -> str:
    status, printed = run("check-jsonschema", "--builtin-schema", schema, str(file))
    assert (status == 0) is ("ok -- validation done" in printed), printed
    return "" if status == 0 else printed


@pytest.mark.parametrize(("name", "language", "text"), [*blocks()], ids=[name for name, *_ in blocks()])
def test_blocks_are_what_their_programs_read(name: str, language: str, text: str, tmp_path: Path) -> None:
    page = name.partition("-")[0]
    file = tmp_path / f"block.{language}"
    if text.lstrip().startswith("- "):
        # A step alone.
        text = f"on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n{text}"
    file.write_text(text + "\n")
    if page == "hooks" and language == "yaml":
        assert run("pre-commit", "validate-config", str(file)) == (0, "")
        file.write_text(text.replace("repo:", "repository:"))
        assert run("pre-commit", "validate-config", str(file))[0] == 1
        return
    assert language in ("yaml", "json"), "a block of another language needs its own judge"
    schema = SCHEMAS[language if language == "json" else page]
    assert problems(schema, file) == ""
    broken = text.replace("runs-on:", "runs-upon:").replace("script:", "scripts:")
    broken = broken.replace('"packageRules": [', '"packageRules": [1,')
    file.write_text(broken)
    assert problems(schema, file), "the schema finds nothing wrong in anything"


def test_the_action_is_one(tmp_path: Path) -> None:
    assert problems("vendor.github-actions", ACTION / "action.yml") == ""
    broken = tmp_path / "action.yml"
    broken.write_text((ACTION / "action.yml").read_text(encoding="utf-8").replace("using:", "uses:"))
    assert problems("vendor.github-actions", broken)


def test_the_script_is_without_faults_of_shells(tmp_path: Path) -> None:
    script = ACTION / "pull-requests.sh"
    assert run("shellcheck", "--shell=sh", str(script)) == (0, "")
    (step,) = yaml.safe_load((ACTION / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    inline = tmp_path / "step.sh"
    inline.write_text(step["run"])
    # The names of providers are separated by spaces, and are not expanded.
    assert run("shellcheck", "--shell=bash", "--exclude=SC2086", str(inline)) == (0, "")
    inline.write_text(script.read_text(encoding="utf-8").replace('cd "$here"', "cd $here"))
    assert run("shellcheck", "--shell=sh", str(inline))[0] == 1


# ------------------------------------------------------------------------------------------------------------ hooks


def git(folder: Path, *arguments: str, home: Path) -> tuple[int, str]:
    return run(
        "git", "-c", "user.name=a", "-c", "user.email=a", *arguments, cwd=folder, PRE_COMMIT_HOME=str(home),
        GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1",
    )  # fmt: skip


def hook_repository(folder: Path, home: Path) -> str:
    """Makes a repository of what an installation needs of this one, and returns its commit."""
    shutil.copytree(ROOT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", folder / "templates")
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", HOOKS.name):
        shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet", home=home)
    git(folder, "add", ".", home=home)
    assert git(folder, "commit", "--quiet", "--message=all", home=home)[0] == 0
    return git(folder, "rev-parse", "HEAD", home=home)[1].strip()


def test_hooks_run_as_they_are_documented(tmp_path: Path) -> None:
    assert run("pre-commit", "validate-manifest", str(HOOKS)) == (0, "")
    home, project, remote = tmp_path / "home", tmp_path / "project", tmp_path / "remote"
    commit = hook_repository(tmp_path / "clientsmith", home)
    (text,) = [text for name, language, text in blocks() if name.startswith("hooks") and language == "yaml"]
    config = yaml.safe_load(text)
    config["repos"][0] |= {"repo": str(tmp_path / "clientsmith"), "rev": commit}
    (project / "specs" / "acme").mkdir(parents=True)
    (project / "pyproject.toml").write_text("[tool.clientsmith]\n")
    (project / "specs" / "acme" / "openapi.yaml").write_text(SPEC)
    (project / "specs" / "acme" / "provider.toml").write_text('[[sources]]\npath = "openapi.yaml"\nkind = "openapi"\n')
    (project / ".pre-commit-config.yaml").write_text(json.dumps(config))
    assert run("clientsmith", "generate", cwd=project)[0] == 0
    git(tmp_path, "init", "--quiet", "--bare", str(remote), home=home)
    git(project, "init", "--quiet", "--initial-branch=main", home=home)
    git(project, "remote", "add", "origin", str(remote), home=home)

    assert run("pre-commit", "install", cwd=project, PRE_COMMIT_HOME=str(home))[0] == 0
    status, printed = run("pre-commit", "install-hooks", cwd=project, PRE_COMMIT_HOME=str(home))
    if status and "pip" in printed and os.environ.get("CLIENTSMITH_INDEX") != "required":
        pytest.skip(f"pip cannot install the hooks, so that they were not run: {printed[-300:]}")
    assert status == 0, printed

    git(project, "add", ".", home=home)
    status, printed = git(project, "commit", "--message=first", home=home)
    assert (status, "by the lock" in printed, "Passed" in printed) == (0, True, True), printed
    status, printed = git(project, "push", "origin", "main", home=home)
    assert (status, "byte for byte" in printed) == (0, True), printed

    # A document of which no client was generated.
    (project / "specs" / "acme" / "openapi.yaml").write_text(SPEC.replace("/jobs", "/prints"))
    git(project, "add", ".", home=home)
    status, printed = git(project, "commit", "--message=stale", home=home)
    assert (status, "by the lock" in printed, "Failed" in printed) == (1, True, True), printed
    # What the lock does not see is found before it is pushed.
    assert git(project, "commit", "--no-verify", "--message=stale", home=home)[0] == 0
    status, printed = git(project, "push", "origin", "main", home=home)
    assert (status, "Failed" in printed) == (1, True), printed
    # Other files are none of its business.
    git(project, "reset", "--quiet", "--hard", "HEAD~1", home=home)
    (project / "NOTES.md").write_text("x\n")
    git(project, "add", ".", home=home)
    status, printed = git(project, "commit", "--message=notes", home=home)
    assert (status, "Skipped" in printed) == (0, True), printed
