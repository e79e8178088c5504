"""The jobs in docs/upstream.md: their scripts run as they are written there, with a remote of Git that is a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from provider_site import Reply, Site

ROOT = Path(__file__).parents[1]
JOBS: list[dict[str, Any]] = [
    yaml.safe_load(block.partition("```")[0])
    for block in (ROOT / "docs" / "upstream.md").read_text(encoding="utf-8").split("```yaml\n")[1:]
]

SPEC = """\
openapi: 3.1.0
info: {title: Acme, version: '1'}
servers: [{url: 'https://api.acme.example'}]
paths:
  /jobs: {get: {responses: {'200': {description: It.}}}}
  /images: {get: {responses: {'200': {description: It.}}}}
"""

CHANGED = SPEC + "  /prints: {get: {responses: {'200': {description: '```'}}}}\n"

WRAPPER = """\
#!/bin/sh
if [ "$1" = upstream ]; then shift; set -- upstream --trusted-host {host} "$@"; fi
exec {python} -m clientsmith "$@"
"""

GH = """\
#!/bin/sh
echo "$@" >> "$RUNNER_TEMP/gh.txt"
"""


class Repository:
    """A clone of a remote, with a provider whose client is generated and committed."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.site, self.remote, self.folder, self.temp = site, folder / "remote", folder / "clone", folder / "temp"
        self.temp.mkdir()
        programs = folder / "programs"
        programs.mkdir()
        for name, text in (("clientsmith", WRAPPER.format(host=site.host, python=sys.executable)), ("gh", GH)):
            (programs / name).write_text(text)
            (programs / name).chmod(0o755)
        self.environment = {
            **os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "RUNNER_TEMP": str(self.temp),
            "GITHUB_ENV": str(self.temp / "env"), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
            "CI_SERVER_HOST": "git.acme.example", "CI_PROJECT_PATH": "acme/shop", "UPSTREAM_TOKEN": "t",
            "PYTHONPATH": str(ROOT / "generator"),
        }  # fmt: skip
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(self.remote), cwd=folder)
        self.git("clone", "--quiet", str(self.remote), str(self.folder), cwd=folder)
        provider = self.folder / "specs" / "acme"
        provider.mkdir(parents=True)
        (self.folder / "pyproject.toml").write_text("[tool.clientsmith]\n")
        (provider / "openapi.yaml").write_text(SPEC)
        (provider / "provider.toml").write_text(
            f'[[sources]]\npath = "openapi.yaml"\nkind = "openapi"\naddress = "{site.origin}/openapi.yaml"\n'
        )
        site.pages["/openapi.yaml"] = Reply(SPEC.encode())
        assert self.script("clientsmith upstream --write && clientsmith generate")[0] == 0
        self.script("git add . && git -c user.name=a -c user.email=a commit -qm a && git push -q origin HEAD:main")

    def git(self, *arguments: str, cwd: Path | None = None) -> str:
        command = ["git", *arguments]
        environment = getattr(self, "environment", None)
        done = subprocess.run(
            command, cwd=cwd or self.folder, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def script(self, text: str, **variables: str) -> tuple[int, str]:
        """The exit code of a script, run as a workflow runs it, and what it printed."""
        done = subprocess.run(
            ["bash", "-e", "-c", text], cwd=self.folder, env={**self.environment, **variables}, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def branches(self) -> list[str]:
        return self.git("branch", "--format=%(refname:short)", cwd=self.remote).split()


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    site = Site()
    yield Repository(tmp_path, site)
    site.close()


def github(repository: Repository) -> list[tuple[int, str]]:
    """Runs the steps of the first job up to the first that fails."""
    steps = [step["run"] for step in JOBS[0]["jobs"]["upstream"]["steps"] if "run" in step][1:]
    assert len(steps) == 3
    results: list[tuple[int, str]] = []
    variables: dict[str, str] = {}
    for step in steps:
        results.append(repository.script(step, **variables))
        if results[-1][0]:
            break
        environment = repository.temp / "env"
        variables = dict(line.split("=", 1) for line in environment.read_text().splitlines())
    return results


def gitlab(repository: Repository) -> tuple[int, str]:
    """Runs the script of the second job, pushing to the folder in place of the server."""
    script = JOBS[1]["upstream"]["script"][1]
    address = '"https://oauth2:$UPSTREAM_TOKEN@$CI_SERVER_HOST/$CI_PROJECT_PATH.git"'
    options = '-o merge_request.create -o merge_request.title="Providers have changed"'
    assert address in script
    assert options in script
    # A folder does not take options of a push.
    return repository.script(script.replace(address, "origin").replace(options, ""))


@pytest.mark.parametrize("job", ["github", "gitlab"])
def test_a_change_becomes_a_request(job: str, repository: Repository) -> None:
    repository.site.pages["/openapi.yaml"] = Reply(CHANGED.encode())
    if job == "github":
        assert [code for code, _ in github(repository)] == [0, 0, 0]
        assert "pr create --head upstream" in (repository.temp / "gh.txt").read_text()
        body = (repository.temp / "body.md").read_text()
        assert "1 operation new (GET /prints)" in body
        assert all(line.startswith("    ") for line in body.splitlines())
    else:
        assert gitlab(repository)[0] == 0
    assert repository.branches() == ["main", "upstream"]
    changed = repository.git("diff", "--name-only", "main", "upstream", cwd=repository.remote).splitlines()
    assert {"specs/acme/openapi.yaml", "specs/acme/clientsmith.lock", "generated/acme/prints.py"} <= set(changed)
    repository.git("switch", "--quiet", "upstream")
    assert repository.script("clientsmith check")[0] == 0


@pytest.mark.parametrize("job", ["github", "gitlab"])
@pytest.mark.parametrize(
    ("reply", "code"), [(Reply(SPEC.encode()), 0), (Reply(b"", 503), 0), (Reply(b"{}"), 1), (Reply(b"", 404), 1)]
)
def test_nothing_else_does(job: str, reply: Reply, code: int, repository: Repository) -> None:
    repository.site.pages["/openapi.yaml"] = reply
    assert (github(repository)[-1] if job == "github" else gitlab(repository))[0] == code
    assert repository.branches() == ["main"]
    assert not (repository.temp / "gh.txt").exists()


def test_an_unsafe_address_fails_the_job(repository: Repository) -> None:
    settings = repository.folder / "specs" / "acme" / "provider.toml"
    settings.write_text(settings.read_text().replace(repository.site.host, "localhost:1"))
    assert github(repository)[-1][0] == 5
    assert gitlab(repository)[0] == 5
