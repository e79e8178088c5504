"""The action of GitHub and the jobs of docs/pipelines run as they are written, against a host on loopback."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
import yaml
from code_host import GH, READER, TOKEN, CodeHost
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
MOVED = SPEC.replace("/jobs", "/v9/jobs").replace("/images", "/v9/images").replace("/prints", "/v9/prints")
EVERYTHING = NEW.replace("description: It.", "description: That.").replace("type: string", "type: integer")
SHRUNK = SPEC.replace("  /images: {get: {responses: {'204': {description: It.}}}}\n", "").replace("/prints", "/pages")

PAGE = """\
# Status

The status.

````yaml GET /status
openapi: 3.1.0
info: {title: Acme, version: '1'}
servers: [{url: 'https://api.acme.example'}]
paths: {/status: {get: {responses: {'204': {description: It.}}}}}
````
"""
PROSE = "# Limits\n\n" + "Each account may send ten requests a second, and a job takes at most an hour. " * 5

WRAPPER = """\
#!/bin/sh
exec {python} -m clientsmith "$@"
"""

Host = Literal["github", "gitlab"]


class Repository:
    """A clone of a repository with two providers, whose clients are generated and committed."""

    def __init__(self, folder: Path) -> None:
        self.site, self.host, self.folder = Site(), CodeHost(folder), folder / "clone"
        self.programs, self.temp = folder / "programs", folder / "temp"
        self.programs.mkdir()
        self.temp.mkdir()
        wrapper = WRAPPER.format(python=sys.executable)
        for name, text in (("clientsmith", wrapper), ("gh", GH.format(python=sys.executable))):
            (self.programs / name).write_text(text)
            (self.programs / name).chmod(0o755)
        self.options = f"--trusted-host {self.site.host}"
        # The tests may themselves run in a pipeline or in a hook.
        own = ("GITHUB_", "GITLAB_", "GIT_", "CI")
        outer = {key: value for key, value in os.environ.items() if not key.startswith(own)}
        self.environment = {
            **outer, "PATH": f"{self.programs}:{os.environ['PATH']}", "TMPDIR": str(self.temp),
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PYTHONPATH": str(ROOT / "generator"),
        }  # fmt: skip
        remote = self.host.repository
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(remote), cwd=folder)
        self.git("config", "uploadpack.allowAnySHA1InWant", "true", cwd=remote)
        self.git("init", "--quiet", "--initial-branch=main", str(self.folder), cwd=folder)
        self.git("remote", "add", "origin", f"{self.host.origin}/acme/shop.git")
        # What actions/checkout leaves.
        given = base64.b64encode(f"x-access-token:{READER}".encode()).decode()
        self.git("config", f"http.{self.host.origin}/.extraheader", f"AUTHORIZATION: basic {given}")
        (self.folder / "pyproject.toml").write_text("[tool.clientsmith]\n")
        for name in ("acme", "beta"):
            provider = self.folder / "specs" / name
            (provider / "pages").mkdir(parents=True)
            sources = {"openapi.yaml": "openapi", "pages/status.md": "page", "pages/limits.md": "prose"}
            text = "".join(
                f'[[sources]]\npath = "{path}"\nkind = "{kind}"\naddress = "{self.site.origin}/{name}/{path}"\n'
                for path, kind in sources.items()
                if name == "acme" or kind == "openapi"
            )
            (provider / "provider.toml").write_text(text)
        self.play({})
        script = f"clientsmith upstream {self.options} --write && clientsmith generate --accept-claims"
        assert self.script(script)[0] == 0
        self.commit()
        self.base = self.git("rev-parse", "HEAD")

    def reset(self) -> None:
        """Makes everything as it was at first."""
        self.git("checkout", "--quiet", "--force", "-B", "main", self.base)
        self.git("clean", "--quiet", "--force", "-d", "-x")
        for branch in self.host.branches():
            if branch != "main":
                self.git("branch", "--quiet", "-D", branch, cwd=self.host.repository)
        self.push()
        self.host.requests.clear()
        self.host.pushed_by.clear()
        self.site.received.clear()
        self.host.has_drafts = self.host.may_open = True
        self.play({})

    def play(self, pages: dict[str, str | Reply]) -> None:
        """Publishes what is given, by provider and path, and of everything else what was there at first."""
        self.site.pages.clear()
        first = {
            "acme/openapi.yaml": SPEC, "acme/pages/status.md": PAGE, "acme/pages/limits.md": PROSE,
            "beta/openapi.yaml": SPEC,
        }  # fmt: skip
        for path, page in {**first, **pages}.items():
            self.site.pages[f"/{path}"] = page if isinstance(page, Reply) else Reply(page.encode())

    def commit(self, message: str = "a") -> None:
        self.script(f"git add . && git -c user.name=a -c user.email=a commit --quiet --allow-empty -m {message}")
        self.push()

    def push(self, branch: str = "main") -> None:
        self.git("push", "--quiet", "--force", str(self.host.repository), f"HEAD:refs/heads/{branch}")

    def git(self, *arguments: str, cwd: Path | None = None) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=cwd or self.folder, env=self.environment, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        return done.stdout.strip()

    def script(self, text: str, **variables: str) -> tuple[int, str]:
        """The exit code of a script, run as a workflow runs it, and what it printed."""
        done = subprocess.run(
            ["bash", "-e", "-c", text], cwd=self.folder, env={**self.environment, **variables}, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def upstream(self, host: Host = "github", providers: str = "", **variables: str) -> tuple[int, str]:
        """Runs the scheduled job of a host, as it is documented; nothing in the clone may be another then."""
        before = self.state()
        if host == "github":
            action = yaml.safe_load((ACTION / "action.yml").read_text(encoding="utf-8"))
            (step,) = action["runs"]["steps"]
            assert set(step["env"]) == {"GH_TOKEN", "PROVIDERS", "UPSTREAM_OPTIONS"}
            script = step["run"]
            given = {
                **self.of_github(), "PROVIDERS": providers, "GITHUB_ACTION_PATH": str(ACTION),
                "GITHUB_EVENT_NAME": "schedule",
            }  # fmt: skip
        else:
            script = steps_of_gitlab("upstream")[0].replace("ci/", f"{ACTION}/") + f" {providers}"
            given = {
                "GITLAB_CI": "true", "UPSTREAM_TOKEN": TOKEN, "CI_API_V4_URL": f"{self.host.origin}/api/v4",
                "CI_PROJECT_ID": "7", "CI_PROJECT_URL": f"{self.host.origin}/acme/shop",
                "CI_SERVER_URL": self.host.origin,
                "UPSTREAM_OPTIONS": self.options, "CI_COMMIT_BRANCH": "main", "CI_PIPELINE_SOURCE": "schedule",
            }  # fmt: skip
        done = self.script(script, **{**given, **variables})
        assert self.state() == before
        assert list(self.temp.iterdir()) == []
        assert TOKEN not in done[1]
        return done

    def of_github(self) -> dict[str, str]:
        return {
            "GH_TOKEN": TOKEN, "GITHUB_REF": "refs/heads/main", "GITHUB_REPOSITORY": "acme/shop",
            "GITHUB_SERVER_URL": self.host.origin, "UPSTREAM_OPTIONS": self.options,
        }  # fmt: skip

    def state(self) -> tuple[str, ...]:
        """Everything about the clone that a run could leave behind."""
        commands = (["status", "--porcelain", "--ignored"], ["worktree", "list"], ["diff", "HEAD"], ["branch"])
        return tuple(self.git(*command) for command in commands)

    def request(self, head: str = "upstream/acme") -> dict[str, Any] | None:
        """The open request of a branch."""
        return next((one for one in self.host.open() if one["head"] == head), None)

    def push_as_somebody(self, branch: str, text: str) -> str:
        """Commits to a branch of the remote, as somebody who reviews it does; returns the commit."""
        self.git("fetch", "--quiet", str(self.host.repository), branch)
        self.git("checkout", "--quiet", "--detach", "FETCH_HEAD")
        (self.folder / "NOTES.md").write_text(text)
        self.script("git add . && git -c user.name=eve -c user.email=eve@acme.example commit --quiet -m notes")
        self.push(branch)
        self.git("checkout", "--quiet", "main")
        return self.host.branches()[branch]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Repository]:
    repository = Repository(tmp_path_factory.mktemp("pipelines"))
    yield repository
    repository.site.close()
    repository.host.close()


@pytest.fixture
def repository(prepared: Repository) -> Repository:
    prepared.reset()
    return prepared


DOCUMENT = "acme/openapi.yaml"


class Edition(NamedTuple):
    """What a provider does, and what comes of it.

    Attributes:
        code: of the job.
        draft: whether the request is a draft; None for no request.
        says: a part of the text of the request, or of what the job prints if there is none.
        check: the exit code of `clientsmith check` for what is proposed.
    """

    pages: dict[str, str | Reply]
    code: int
    draft: bool | None
    says: str = ""
    check: int = 0


def served(text: str | Reply) -> dict[str, str | Reply]:
    return {DOCUMENT: text}


def redirect(location: str) -> Reply:
    return Reply(b"", 302, {"Location": location})


SIGNED = "/signed?X-Amz-Signature=s3cr3t&X-Amz-Expires=60"

EDITIONS = {
    "nothing changed": Edition({}, 0, None, "unchanged"),
    "another form": Edition(served(f"# generated today\n{SPEC}"), 0, None, "only its form differs"),
    "not modified": Edition(served(Reply(b"", 304, etag=False)), 0, None, "unchanged"),
    "a new operation": Edition(served(NEW), 0, False, "1 operation new (GET /scans)"),
    "a retired path": Edition(served(RETIRED), 0, True, "1 operation gone (GET /prints)"),
    "all paths moved": Edition(served(MOVED), 0, False, "3 operations moved from / to /v9"),
    "all paths moved, and names with them": Edition(
        served(MOVED.replace("/v9", "/shop/v9")), 0, True, "3 operations moved from / to /shop/v9",
    ),
    "another tag": Edition(served(MOVED_TAG), 0, False, "1 operation changed"),
    "an inlined schema": Edition(served(INLINED), 0, False, "1 operation changed"),
    "other words": Edition(served(OTHER_WORDS), 0, False, "3 operations changed"),
    "the text of a page": Edition(
        {"acme/pages/status.md": PAGE.replace("The status", "The present status")}, 0, False, "only its text",
    ),
    "the text of a page in prose": Edition(
        {"acme/pages/limits.md": PROSE.replace("ten", "twenty")}, 0, False, "pages/limits.md: changed: other text", 1,
    ),
    "everything changed": Edition(
        {DOCUMENT: EVERYTHING, "acme/pages/status.md": PAGE.replace("It.", "That."),
         "acme/pages/limits.md": PROSE.replace("ten", "twenty")},
        0, True, "(3 changed)", 1,
    ),
    "a presigned link": Edition({DOCUMENT: redirect(SIGNED), "signed": NEW}, 0, False, "1 operation new"),
    "a presigned link that has expired": Edition(
        {DOCUMENT: redirect(SIGNED), "signed": Reply(b"<Error><Code>AccessDenied</Code></Error>", 403)},
        1, None, "a presigned link, which may have expired",
    ),
    "an outage": Edition(served(Reply(b"", 503)), 0, None, "not reached; the next run tries again"),
    "an answer that breaks off": Edition(served(Reply(SPEC.encode()[:200], announced=len(SPEC))), 1, None, "broke off"),
    "a document that was cut off": Edition(served(SPEC[:-60]), 1, None, "in a document that was cut off"),
    "half of the operations": Edition(served(SHRUNK), 1, None, "it has lost 2 of 3 operations"),
    "a page in place of the document": Edition(
        served("<!doctype html><title>App</title><div id=root></div>"), 1, None, "it is a page of HTML",
    ),
    "an empty document": Edition(served("{}"), 1, None, "it contains nothing"),
    "redirects in a circle": Edition(served(redirect(f"/{DOCUMENT}")), 1, None, "round in a circle"),
    "a document that is gone": Edition(served(Reply(b"", 410)), 1, None, "status 410"),
    "one page of many is missing": Edition(
        {DOCUMENT: NEW, "acme/pages/status.md": Reply(b"", 404)}, 1, None, "its files belong together",
    ),
}  # fmt: skip

OF_GITLAB = ("a new operation", "a retired path", "half of the operations")


@pytest.mark.parametrize(
    ("host", "name"), [("github", name) for name in EDITIONS] + [("gitlab", name) for name in OF_GITLAB]
)
def test_one_request_for_each_provider(host: Host, name: str, repository: Repository) -> None:
    """The other provider always has a change, which must come through."""
    edition = EDITIONS[name]
    main = repository.host.branches()["main"]
    repository.play({**edition.pages, "beta/openapi.yaml": NEW})
    status, printed = repository.upstream(host)
    assert status == edition.code, printed
    assert "s3cr3t" not in printed
    other = repository.request("upstream/beta")
    assert other is not None, printed
    assert not other["draft"]
    request = repository.request()
    branches = repository.host.branches()
    assert branches["main"] == main
    assert (request is None) is (edition.draft is None), printed
    if request is None:
        assert edition.says in printed
        assert set(branches) == {"main", "upstream/beta"}
        return
    assert request["draft"] is edition.draft
    assert ("breaks callers" in request["title"]) is edition.draft
    assert edition.says in request["body"].splitlines()[0] or edition.says in request["body"]
    assert request["base"] == "main"
    assert all("beta" not in path for path in changed_files(repository, "upstream/acme"))
    assert "s3cr3t" not in repository.git("log", "-p", "main..upstream/acme", cwd=repository.host.repository)
    # A second run changes nothing, whatever people wrote.
    request["body"], request["draft"] = "Mine.", not request["draft"]
    before = [dict(one) for one in repository.host.requests]
    assert repository.upstream(host, "acme")[0] == edition.code
    assert (repository.host.branches(), repository.host.requests) == (branches, before)
    # What it proposes is whole.
    repository.git("fetch", "--quiet", str(repository.host.repository), "upstream/acme")
    repository.git("checkout", "--quiet", "--detach", "FETCH_HEAD")
    status, printed = repository.script("clientsmith check acme")
    assert status == edition.check, printed
    assert "claims-stale" in printed or not status
    repository.git("checkout", "--quiet", "main")
    # The provider comes back: the request and its branch go.
    repository.play({"beta/openapi.yaml": NEW})
    assert repository.upstream(host, "acme")[0] == 0
    assert repository.request() is None
    assert set(repository.host.branches()) == {"main", "upstream/beta"}
    assert request["comments"] == ["There is nothing to take from the provider any more."]
    assert repository.request("upstream/beta") is not None


def changed_files(repository: Repository, branch: str) -> list[str]:
    return repository.git("diff", "--name-only", "main", branch, cwd=repository.host.repository).splitlines()


HOSTS: tuple[Host, ...] = ("github", "gitlab")


@pytest.mark.parametrize("host", HOSTS)
def test_a_request_follows_the_provider(host: Host, repository: Repository) -> None:
    repository.play(served(NEW))
    repository.upstream(host, "acme")
    request = repository.request()
    assert request is not None
    repository.play(served(RETIRED))
    assert repository.upstream(host, "acme")[0] == 0
    assert repository.request() is request
    assert (request["draft"], request["title"]) == (True, "acme has changed, and breaks callers")
    # While the provider cannot be reached, or answers nonsense, the request stays as it is.
    before, then = repository.host.branches(), dict(request)
    for reply in (Reply(b"", 503), Reply(b"{}")):
        repository.play(served(reply))
        repository.upstream(host, "acme")
        assert (repository.host.branches(), request) == (before, then)
    repository.play(served(NEW))
    repository.upstream(host, "acme")
    assert (request["draft"], request["title"]) == (False, "acme has changed")
    # On top of what was merged meanwhile.
    repository.commit("b")
    repository.upstream(host, "acme")
    parent = repository.git("rev-parse", "upstream/acme^", cwd=repository.host.repository)
    assert parent == repository.git("rev-parse", "HEAD")
    assert len(repository.host.requests) == 1
    assert set(repository.host.pushed_by) == {"x-access-token" if host == "github" else "oauth2"}


def test_commits_of_people_are_left_alone(repository: Repository) -> None:
    repository.play(served(NEW))
    repository.upstream(providers="acme")
    commit = repository.push_as_somebody("upstream/acme", "Looked at.")
    for pages in (served(RETIRED), {}):
        repository.play(pages)
        status, printed = repository.upstream(providers="acme")
        assert (status, "has commits of somebody else" in printed) == (0, True), printed
        assert repository.host.branches()["upstream/acme"] == commit
        assert repository.request() is not None


def test_a_commit_that_somebody_pushes_meanwhile_is_not_lost(repository: Repository) -> None:
    repository.play(served(NEW))
    repository.upstream(providers="acme")
    repository.play(served(RETIRED))
    theirs: list[str] = []
    repository.host.before_push = lambda: theirs.append(repository.push_as_somebody("upstream/acme", "Mine."))
    assert repository.upstream(providers="acme")[0] == 1
    assert theirs == [repository.host.branches()["upstream/acme"]]
    status, printed = repository.upstream(providers="acme")
    assert (status, "has commits of somebody else" in printed) == (0, True), printed


@pytest.mark.parametrize("host", HOSTS)
def test_what_somebody_closed_is_not_proposed_again(host: Host, repository: Repository) -> None:
    repository.play(served(NEW))
    repository.upstream(host, "acme")
    (request,) = repository.host.requests
    request["open"] = False
    repository.commit("b")
    for keeps_branch in (True, False):
        if not keeps_branch:
            repository.git("branch", "--quiet", "-D", "upstream/acme", cwd=repository.host.repository)
        status, printed = repository.upstream(host, "acme")
        assert (status, "somebody has closed the request" in printed) == (0, True), printed
        assert repository.host.open() == []
    # Another change is another question.
    repository.play(served(RETIRED))
    assert repository.upstream(host, "acme")[0] == 0
    assert repository.request() is not None
    # What was closed because the provider came back may come again.
    repository.play({})
    repository.upstream(host, "acme")
    assert repository.request() is None
    repository.play(served(RETIRED))
    repository.upstream(host, "acme")
    assert repository.request() is not None


@pytest.mark.parametrize("host", HOSTS)
def test_a_request_of_a_fork_is_another_one(host: Host, repository: Repository) -> None:
    theirs = dict(repository.host.add("upstream/acme", "Theirs", fork=True))
    repository.play(served(NEW))
    repository.upstream(host, "acme")
    repository.play({})
    repository.upstream(host, "acme")
    assert repository.host.requests[0] == theirs
    assert [one["open"] for one in repository.host.requests] == [True, False]


@pytest.mark.parametrize("host", HOSTS)
def test_a_request_that_could_not_be_opened_is_opened_later(host: Host, repository: Repository) -> None:
    """GitHub has a setting for it, which is off at first; the other provider fails in the same way, and not before."""
    repository.host.may_open = False
    repository.play({DOCUMENT: NEW, "beta/openapi.yaml": NEW})
    status, printed = repository.upstream(host)
    assert (status > 0, printed.count("not permitted" if host == "github" else "403 Forbidden")) == (True, 2)
    repository.host.may_open = True
    assert repository.upstream(host)[0] == 0
    assert len(repository.host.open()) == 2


def test_where_there_are_no_drafts(repository: Repository) -> None:
    repository.host.has_drafts = False
    for pages, breaks in ((served(RETIRED), True), (served(NEW), False), (served(RETIRED), True)):
        repository.play(pages)
        assert repository.upstream(providers="acme")[0] == 0
        request = repository.request()
        assert request is not None
        assert (request["draft"], "breaks callers" in request["title"]) == (False, breaks)


def test_a_report_that_is_too_long_is_cut(repository: Repository, tmp_path: Path) -> None:
    """GitHub takes no text of more than 65536 characters; a few hundred pages that change reach that."""
    script = (ACTION / "pull-requests.sh").read_text(encoding="utf-8")
    assert "longest_text=60000" in script
    (tmp_path / "pull-requests.sh").write_text(script.replace("longest_text=60000", "longest_text=400"))
    repository.play(served(RETIRED))
    assert repository.upstream(providers="acme", GITHUB_ACTION_PATH=str(tmp_path))[0] == 0
    request = repository.request()
    assert request is not None
    assert "1 operation gone" in request["body"]
    assert "The rest of the report is left out: it is too long.\n" in request["body"]
    assert len(request["body"]) < 500


def test_an_index_that_is_out_of_order_holds_up_nothing(repository: Repository) -> None:
    repository.play({**served(NEW), "llms.txt": "- [Status](/acme/pages/status.md)\n"})
    repository.git("checkout", "--quiet", "--detach")
    assert repository.script(f"clientsmith upstream {repository.options} --write && clientsmith generate")[0] == 0
    repository.git("checkout", "--quiet", "-B", "main")
    repository.commit("index")
    repository.play({"llms.txt": Reply(b"", 503)})
    status, printed = repository.upstream(providers="acme")
    assert (status, repository.request() is not None) == (0, True), printed


def test_work_that_is_not_committed_is_left_alone(repository: Repository) -> None:
    """`upstream` of the test compares the clone before and after."""
    for path in ("specs/acme/draft.yaml", "README.md", "specs/acme/openapi.yaml", "specs/acme/.clientsmith-x"):
        (repository.folder / path).write_text("mine")
    repository.git("add", "README.md")
    repository.play(served(NEW))
    assert repository.upstream(providers="acme")[0] == 0
    assert "README.md" not in changed_files(repository, "upstream/acme")


def test_a_shallow_clone(repository: Repository, tmp_path: Path) -> None:
    repository.play(served(NEW))
    repository.upstream(providers="acme")
    repository.commit("b")
    repository.commit("c")
    whole = repository.folder
    repository.folder = tmp_path / "shallow"
    try:
        remote = f"file://{repository.host.repository}"
        repository.git("clone", "--quiet", "--depth=1", remote, str(repository.folder), cwd=whole)
        for pages in (served(NEW), served(RETIRED), served(RETIRED), {}):
            repository.play(pages)
            assert repository.upstream(providers="acme")[0] == 0
            assert (repository.request() is None) is (pages == {})
        assert repository.git("rev-list", "--count", "HEAD") == "1"
    finally:
        repository.folder = whole


def test_a_project_in_a_folder_of_the_repository(repository: Repository) -> None:
    repository.script("mkdir -p tools/clients && git mv specs generated pyproject.toml tools/clients/")
    settings = repository.folder / "tools/clients/pyproject.toml"
    settings.write_text('[tool.clientsmith]\nspecs = "documents"\n')
    repository.script("git mv tools/clients/specs tools/clients/documents")
    whole = repository.folder
    repository.commit("moved")
    repository.folder = whole / "tools/clients"
    try:
        done = repository.script("clientsmith generate")
        assert done[0] == 0, done[1]
        repository.commit("generated")
        repository.play(served(NEW))
        status, printed = repository.upstream()
        assert status == 0, printed
        assert "tools/clients/documents/acme/openapi.yaml" in changed_files(repository, "upstream/acme")
    finally:
        repository.folder = whole


def test_two_runs_at_once(repository: Repository) -> None:
    """One of them may fail; what is there afterwards is whole, and there is one request."""
    repository.play(served(NEW))
    command = f"sh {ACTION}/pull-requests.sh acme"
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(repository.script, command, **repository.of_github()) for _ in range(2)]
    assert 0 in [run.result()[0] for run in runs]
    assert len(repository.host.open()) == 1
    assert repository.upstream(providers="acme")[0] == 0
    assert "generated/acme/scans.py" in changed_files(repository, "upstream/acme")


@pytest.mark.parametrize(
    ("host", "variables"),
    [
        ("github", {"GITHUB_EVENT_NAME": "pull_request"}),
        ("github", {"GITHUB_EVENT_NAME": "pull_request_target"}),
        ("github", {"GITHUB_REF": "refs/tags/v1"}),
        ("gitlab", {"CI_PIPELINE_SOURCE": "merge_request_event"}),
        ("gitlab", {"CI_COMMIT_BRANCH": ""}),
        ("gitlab", {"UPSTREAM_TOKEN": ""}),
    ],
)
def test_where_it_does_not_run(host: Host, variables: dict[str, str], repository: Repository) -> None:
    repository.play(served(NEW))
    status, printed = repository.upstream(host, **variables)
    assert status == 2, printed
    assert repository.host.requests == []
    assert repository.site.received == []


@pytest.mark.parametrize("host", HOSTS)
def test_an_unsafe_address_fails_the_job(host: Host, repository: Repository) -> None:
    settings = repository.folder / "specs" / "acme" / "provider.toml"
    settings.write_text(settings.read_text().replace(repository.site.host, "localhost:1"))
    repository.commit("unsafe")
    assert repository.upstream(host)[0] == 5


def test_a_run_that_is_ended_leaves_nothing(repository: Repository) -> None:
    repository.play(served(Reply(NEW.encode(), pause=0.05)))
    before = repository.state()
    repository.site.received.clear()
    with subprocess.Popen(
        ["sh", str(ACTION / "pull-requests.sh"), "acme"], cwd=repository.folder, start_new_session=True,
        env={**repository.environment, **repository.of_github()}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        end = time.monotonic() + 20
        while not repository.site.received and time.monotonic() < end:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode == 143
    assert repository.state() == before
    assert list(repository.temp.iterdir()) == []
    assert repository.host.requests == []


def steps_of_gitlab(job: str) -> list[str]:
    (page,) = [one[job] for one in jobs_of("gitlab.md") if job in one]
    return [line for line in page["script"] if "pip install" not in line]


def steps_of(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step and "pip install" not in step["run"]]


@pytest.mark.parametrize("job", ["github", "gitlab"])
def test_requests_are_checked_without_the_network(job: str, repository: Repository, tmp_path: Path) -> None:
    base = repository.git("rev-parse", "HEAD")
    (repository.folder / "specs" / "acme" / "openapi.yaml").write_text(RETIRED)
    github = jobs_of("github.md")[0]["jobs"]["check"]
    steps = steps_of(github) if job == "github" else steps_of_gitlab("clients")

    def run() -> list[tuple[int, str]]:
        summary = str(tmp_path / "summary.md")
        given = {"BASE": base, "GITHUB_STEP_SUMMARY": summary, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
        return [repository.script(step, **given) for step in steps]

    assert [code for code, _ in run()] == [1, 0], "the client was not generated"
    assert repository.script("clientsmith generate")[0] == 0
    checked, drift = run()
    assert (checked[0], drift[0]) == (0, 0)
    assert "D101" in drift[1]
    # A provider that is new has no other side.
    shutil.copytree(repository.folder / "specs" / "beta", repository.folder / "specs" / "gamma")
    assert repository.script("clientsmith generate gamma")[0] == 0
    checked, drift = run()
    assert (checked[0], drift[0]) == (0, 0), drift[1]
    assert "specs/gamma is not in" in drift[1]
    assert "D101" in drift[1]


def test_a_clone_that_is_too_shallow_says_so(repository: Repository, tmp_path: Path) -> None:
    base = repository.git("rev-parse", "HEAD")
    repository.commit("b")
    remote = f"file://{repository.host.repository}"
    repository.git("clone", "--quiet", "--depth=1", remote, str(tmp_path / "shallow"))
    status, printed = repository.script(f"cd {tmp_path}/shallow && clientsmith drift --since {base}")
    assert (status, "this clone is shallow" in printed) == (3, True), printed
    assert jobs_of("github.md")[0]["jobs"]["check"]["steps"][0]["with"]["fetch-depth"] == 0
    assert jobs_of("gitlab.md")[0]["clients"]["variables"] == {"GIT_DEPTH": "0"}


EXPRESSIONS = ("GH_TOKEN", "PROVIDERS", "UPSTREAM_OPTIONS", "BASE", "ACME_DOCS", "token", "if")
"""Keys that have an expression."""


def test_nothing_of_a_workflow_runs_where_it_should_not() -> None:
    for page in PIPELINES.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert "pull_request_target" not in text
    scheduled: dict[Any, Any] = jobs_of("github.md")[1]
    assert set(scheduled[True]) == {"schedule", "workflow_dispatch"}, "`on` is read as true by YAML 1.1"
    assert scheduled["permissions"] == {}
    assert scheduled["jobs"]["upstream"]["permissions"] == {"contents": "write", "pull-requests": "write"}
    # No expression is a part of a script: what it holds would be code.
    texts = [(ACTION / "action.yml").read_text(encoding="utf-8"), (PIPELINES / "github.md").read_text(encoding="utf-8")]
    expressions = [line.strip() for text in texts for line in text.splitlines() if "${{" in line]
    assert all(line.split(":")[0] in EXPRESSIONS for line in expressions)
