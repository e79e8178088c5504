"""Pipelines: the action of GitHub and the jobs in docs/pipelines run as they are written; the remote is a folder.

`gh` is a program of ours that keeps the pull requests in a file, so that what exists is looked at, and not what was
called.
"""

from __future__ import annotations

import json
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
ACTION = ROOT / ".github" / "actions" / "upstream"
PIPELINES = ROOT / "docs" / "pipelines"


def jobs_of(page: str) -> list[dict[str, Any]]:
    blocks = (PIPELINES / page).read_text(encoding="utf-8").split("```yaml\n")[1:]
    return [yaml.safe_load(block.partition("```")[0]) for block in blocks]


SPEC = """\
openapi: 3.1.0
info: {title: Acme, version: '1'}
servers: [{url: 'https://api.acme.example'}]
paths:
  /jobs:
    get:
      tags: [Jobs]
      responses: {'200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}}}
  /images: {get: {responses: {'204': {description: It.}}}}
  /prints: {get: {responses: {'204': {description: It.}}}}
components:
  schemas:
    Job: {type: object, properties: {id: {type: string}}}
"""

SCANS = "  /scans: {get: {summary: '```', responses: {'204': {description: It.}}}}\n"
NEW = SPEC.replace("components:", f"{SCANS}components:")
RETIRED = SPEC.replace("  /prints: {get: {responses: {'204': {description: It.}}}}\n", "")
MOVED_TAG = SPEC.replace("tags: [Jobs]", "tags: [Other]")
INLINED = SPEC.replace("{$ref: '#/components/schemas/Job'}", "{type: object, properties: {id: {type: string}}}")
OTHER_WORDS = SPEC.replace("description: It.", "description: That.")
EVERYTHING = SPEC.replace("/jobs", "/v9/jobs").replace("/images", "/v9/images").replace("/prints", "/v9/prints")

WRAPPER = """\
#!/bin/sh
if [ "$1" = upstream ]; then shift; set -- upstream --trusted-host {host} "$@"; fi
exec {python} -m clientsmith "$@"
"""

GH = '''\
#!{python}
"""The pull requests of a repository, in a file: `gh pr list, create, edit, ready, close`."""
import json, os, pathlib, sys

state = pathlib.Path(os.environ["RUNNER_TEMP"], "requests.json")
requests = json.loads(state.read_text()) if state.exists() else []
_, verb, *rest = sys.argv[1:]
options = {{rest[i][2:]: rest[i + 1] for i in range(len(rest) - 1) if rest[i].startswith("--")}}
given = {{"title": options.get("title"), "body": "body-file" in options and open(options["body-file"]).read()}}
if verb == "list":
    print(*[one["number"] for one in requests if one["head"] == options["head"] and one["open"]], sep="\\n")
elif verb == "create":
    head = options["head"]
    assert not any(one["head"] == head and one["open"] for one in requests), "there is one already"
    number = len(requests) + 1
    requests.append({{"number": number, "head": head, "open": True, "draft": "--draft" in rest, **given}})
else:
    (one,) = [one for one in requests if one["number"] == int(rest[0]) and one["open"]]
    if verb == "edit":
        one.update(given)
    elif verb == "ready":
        one["draft"] = "--undo" in rest
    elif verb == "close":
        one["open"] = False
    else:
        sys.exit(f"unknown: {{verb}}")
state.write_text(json.dumps(requests))
'''


class Repository:
    """A clone of a remote, with a provider whose client is generated and committed."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.site, self.remote, self.folder, self.temp = site, folder / "remote", folder / "clone", folder / "temp"
        self.temp.mkdir()
        programs = folder / "programs"
        programs.mkdir()
        for name, text in (("clientsmith", WRAPPER.format(host=site.host, python=sys.executable)), ("gh", GH)):
            (programs / name).write_text(text.format(python=sys.executable) if name == "gh" else text)
            (programs / name).chmod(0o755)
        self.environment = {
            **os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTION_PATH": str(ACTION), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary.md"),
            "CI_SERVER_HOST": "git.acme.example", "CI_PROJECT_PATH": "acme/shop", "UPSTREAM_TOKEN": "t",
            "PYTHONPATH": str(ROOT / "generator"),
        }  # fmt: skip
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(self.remote), cwd=folder)
        self.git("clone", "--quiet", str(self.remote), str(self.folder), cwd=folder)
        (self.folder / "pyproject.toml").write_text("[tool.clientsmith]\n")
        self.add("acme")
        assert self.script("clientsmith upstream --write && clientsmith generate")[0] == 0
        self.commit()

    def add(self, name: str) -> None:
        provider = self.folder / "specs" / name
        provider.mkdir(parents=True)
        (provider / "openapi.yaml").write_text(SPEC)
        (provider / "provider.toml").write_text(
            f'[[sources]]\npath = "openapi.yaml"\nkind = "openapi"\naddress = "{self.site.origin}/{name}.yaml"\n'
        )
        self.publish(SPEC, name)

    def publish(self, text: str | Reply, name: str = "acme") -> None:
        self.site.pages[f"/{name}.yaml"] = text if isinstance(text, Reply) else Reply(text.encode())

    def commit(self) -> None:
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

    def branches(self) -> dict[str, str]:
        """The branches of the remote, with what they have."""
        lines = self.git("branch", "--format=%(refname:short) %(objectname)", cwd=self.remote).splitlines()
        return {name: commit for name, _, commit in (line.partition(" ") for line in lines)}

    def requests(self) -> list[dict[str, Any]]:
        """The open pull requests."""
        file = self.temp / "requests.json"
        found: list[dict[str, Any]] = json.loads(file.read_text()) if file.exists() else []
        return [one for one in found if one["open"]]

    def is_clean(self) -> bool:
        return self.git("status", "--porcelain") == ""


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    site = Site()
    yield Repository(tmp_path, site)
    site.close()


def github(repository: Repository, providers: str = "") -> tuple[int, str]:
    """Runs the step of the action."""
    action = yaml.safe_load((ACTION / "action.yml").read_text(encoding="utf-8"))
    (step,) = action["runs"]["steps"]
    assert set(step["env"]) == {"GH_TOKEN", "PROVIDERS"}
    return repository.script(step["run"], PROVIDERS=providers)


def gitlab(repository: Repository) -> tuple[int, str]:
    """Runs the script of the scheduled job, pushing to the folder in place of the server."""
    script = jobs_of("gitlab.md")[1]["upstream"]["script"][1]
    address = '"https://oauth2:$UPSTREAM_TOKEN@$CI_SERVER_HOST/$CI_PROJECT_PATH.git"'
    options = '-o merge_request.create -o merge_request.title="Providers have changed"'
    assert address in script
    assert options in script
    # A folder does not take options of a push.
    return repository.script(script.replace(address, "origin").replace(options, ""))


LOOP = Reply(b"", 302, {"Location": "/acme.yaml"})
CUT = Reply(SPEC.encode()[:200], announced=len(SPEC))

EDITIONS: dict[str, tuple[str | Reply, int, bool | None]] = {
    # What is published, the exit code, and whether the pull request is a draft; None for no pull request.
    "nothing changed": (SPEC, 0, None),
    "a new operation": (NEW, 0, False),
    "a retired path": (RETIRED, 0, True),
    "another tag": (MOVED_TAG, 0, False),
    "an inlined schema": (INLINED, 0, False),
    "other words": (OTHER_WORDS, 0, False),
    "everything changed": (EVERYTHING, 1, None),
    "an outage": (Reply(b"", 503), 0, None),
    "a page in place of the document": (Reply(b"<!doctype html><title>App</title>"), 1, None),
    "an empty document": (Reply(b"{}"), 1, None),
    "a document that was cut off": (CUT, 1, None),
    "a redirect in circles": (LOOP, 1, None),
    "a link that has expired": (Reply(b"<Error><Code>AccessDenied</Code></Error>", 403), 1, None),
    "a document that is gone": (Reply(b"", 404), 1, None),
}


@pytest.mark.parametrize("name", EDITIONS)
def test_the_action_keeps_one_pull_request_for_a_provider(name: str, repository: Repository) -> None:
    published, code, draft = EDITIONS[name]
    main = repository.branches()["main"]
    repository.publish(published)
    status, printed = github(repository)
    assert status == code, printed
    assert repository.is_clean()
    assert repository.branches()["main"] == main
    if draft is None:
        assert repository.requests() == []
        assert list(repository.branches()) == ["main"]
        return
    (request,) = repository.requests()
    assert (request["head"], request["draft"]) == ("upstream/acme", draft)
    assert ("breaks callers" in request["title"]) is draft
    assert "BREAK" in request["body"]
    branch = repository.branches()["upstream/acme"]
    # A second run changes nothing.
    assert github(repository)[0] == 0
    assert repository.branches()["upstream/acme"] == branch
    assert [one["number"] for one in repository.requests()] == [request["number"]]
    # What it proposes is whole.
    repository.git("switch", "--quiet", "--detach", branch)
    assert repository.script("clientsmith check")[0] == 0
    repository.git("switch", "--quiet", "main")
    # The provider comes back: the request and its branch go.
    repository.publish(SPEC)
    assert github(repository)[0] == 0
    assert repository.requests() == []
    assert list(repository.branches()) == ["main"]


def test_a_request_follows_the_provider(repository: Repository) -> None:
    repository.publish(NEW)
    github(repository)
    repository.publish(RETIRED)
    assert github(repository)[0] == 0
    (request,) = repository.requests()
    assert request["draft"]
    assert request["title"] == "acme has changed, and breaks callers"
    # While the provider cannot be reached, or answers nonsense, the request stays as it is.
    before = repository.branches()
    for reply in (Reply(b"", 503), Reply(b"{}")):
        repository.publish(reply)
        github(repository)
        assert repository.branches() == before
        assert repository.requests() == [request]
    repository.publish(NEW)
    github(repository)
    (request,) = repository.requests()
    assert (request["draft"], request["title"]) == (False, "acme has changed")
    # On top of what was merged meanwhile.
    repository.script("git -c user.name=a -c user.email=a commit --quiet --allow-empty --message=b")
    github(repository)
    assert repository.git("rev-parse", "upstream/acme^", cwd=repository.remote) == repository.git("rev-parse", "HEAD")


def test_providers_do_not_wait_for_each_other(repository: Repository) -> None:
    repository.add("beta")
    assert repository.script("clientsmith upstream --write beta && clientsmith generate beta")[0] == 0
    repository.commit()
    repository.publish(Reply(b"{}"), "acme")
    repository.publish(NEW, "beta")
    assert github(repository)[0] == 1
    assert [one["head"] for one in repository.requests()] == ["upstream/beta"]
    changed = repository.git("diff", "--name-only", "main", "upstream/beta", cwd=repository.remote).splitlines()
    assert all("beta" in path or "_runtime" in path for path in changed)
    repository.publish(NEW, "acme")
    assert github(repository, "acme")[0] == 0
    assert sorted(one["head"] for one in repository.requests()) == ["upstream/acme", "upstream/beta"]


def test_work_that_is_not_committed_is_left_alone(repository: Repository) -> None:
    draft = repository.folder / "specs" / "acme" / "draft.yaml"
    draft.write_text("mine")
    status, printed = github(repository)
    assert (status, "not committed" in printed) == (2, True)
    assert draft.read_text() == "mine"


def test_an_unsafe_address_fails_the_job(repository: Repository) -> None:
    settings = repository.folder / "specs" / "acme" / "provider.toml"
    settings.write_text(settings.read_text().replace(repository.site.host, "localhost:1"))
    repository.commit()
    assert github(repository)[0] == 5
    assert gitlab(repository)[0] == 5


def test_a_change_becomes_a_request_of_gitlab(repository: Repository) -> None:
    repository.publish(NEW)
    assert gitlab(repository)[0] == 0
    assert list(repository.branches()) == ["main", "upstream"]
    changed = repository.git("diff", "--name-only", "main", "upstream", cwd=repository.remote).splitlines()
    assert {"specs/acme/openapi.yaml", "specs/acme/clientsmith.lock", "generated/acme/scans.py"} <= set(changed)
    repository.git("switch", "--quiet", "upstream")
    assert repository.script("clientsmith check")[0] == 0


@pytest.mark.parametrize("name", [name for name, (*_, draft) in EDITIONS.items() if draft is None])
def test_nothing_else_becomes_one(name: str, repository: Repository) -> None:
    published, code, _ = EDITIONS[name]
    repository.publish(published)
    assert gitlab(repository)[0] == code
    assert list(repository.branches()) == ["main"]


def steps_of(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step and "pip install" not in step["run"]]


@pytest.mark.parametrize("job", ["github", "gitlab"])
def test_requests_are_checked_without_the_network(job: str, repository: Repository) -> None:
    base = repository.git("rev-parse", "HEAD")
    (repository.folder / "specs" / "acme" / "openapi.yaml").write_text(RETIRED)
    if job == "github":
        steps = steps_of(jobs_of("github.md")[0]["jobs"]["check"])
    else:
        steps = [line for line in jobs_of("gitlab.md")[0]["clients"]["script"] if "pip install" not in line]

    def run() -> list[tuple[int, str]]:
        return [repository.script(step, BASE=base, CI_MERGE_REQUEST_DIFF_BASE_SHA=base) for step in steps]

    assert [code for code, _ in run()] == [1, 0], "the client was not generated"
    assert repository.script("clientsmith generate")[0] == 0
    checked, drift = run()
    assert (checked[0], drift[0]) == (0, 0)
    assert "D101" in drift[1]


def test_nothing_of_a_workflow_runs_where_it_should_not() -> None:
    for page in PIPELINES.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert "pull_request_target" not in text
    scheduled: dict[Any, Any] = jobs_of("github.md")[1]
    assert set(scheduled[True]) == {"schedule", "workflow_dispatch"}, "`on` is read as true by YAML 1.1"
    assert scheduled["permissions"] == {"contents": "write", "pull-requests": "write"}
    # No expression is a part of a script: what it holds would be code.
    texts = [(ACTION / "action.yml").read_text(encoding="utf-8"), (PIPELINES / "github.md").read_text(encoding="utf-8")]
    expressions = [line.strip() for text in texts for line in text.splitlines() if "${{" in line]
    assert all(line.split(":")[0] in ("GH_TOKEN", "PROVIDERS", "BASE", "token") for line in expressions)


def test_hooks_run_what_they_say(repository: Repository) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    named = [hook["id"] for hook in jobs_of("hooks.md")[0]["repos"][0]["hooks"]]
    assert named == [hook["id"] for hook in hooks]
    for hook in hooks:
        assert repository.script(hook["entry"])[0] == 0
    (repository.folder / "generated" / "acme" / "jobs.py").write_text("x = 1\n")
    for hook in hooks:
        assert repository.script(hook["entry"])[0] == 1
