"""`clientsmith upstream` against a provider's site on loopback: twelve editions of it, and what is written."""

from __future__ import annotations

import copy
import gzip
import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from provider_site import Reply, Site

from clientsmith.cli import main
from clientsmith.project.lock import read_lock

Capture = pytest.CaptureFixture[str]


def operation(tag: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    content = {"application/json": {"schema": schema or {"$ref": "#/components/schemas/Job"}}}
    return {"tags": [tag], "responses": {"200": {"description": "It.", "content": content}}}


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Acme", "version": "1.4.0"},
    "servers": [{"url": "https://api.acme.example"}],
    "paths": {
        "/jobs": {"get": operation("Jobs"), "post": operation("Jobs")},
        "/jobs/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "get": operation("Jobs"),
            "delete": operation("Jobs"),
        },
        "/images": {"get": operation("Images")},
    },
    "components": {"schemas": {"Job": {"type": "object", "properties": {"id": {"type": "string"}}}}},
}

RETAGGED: dict[str, Any] = {**DOCUMENT, "tags": [{"name": "Jobs"}]}

FENCE = """\
````yaml GET /status
openapi: 3.1.0
info: {title: Acme, version: 1.4.0}
paths:
  /status:
    get:
      responses:
        '200': {description: It.}
````
"""

PAGE = f"> ## Documentation Index\n> Fetch it at: https://x.example/llms.txt\n\n# Status\n\nThe status.\n\n{FENCE}"

PROSE = "# Limits\n\n" + "Each account may send ten requests a second, and a job takes at most an hour. " * 5

INTRODUCTION = "<!doctype html><html><head><script>1</script></head><body>" + "<p>An introduction.</p>" * 20

INDEX = """\
# Acme

- [Status](/docs/status.md): of the service
- [Limits](/docs/limits.md)
- [Billing](/docs/billing.md)
- [About us](/about.md)
"""

SETTINGS = """\
package = "acme"

[[sources]]
path = "openapi.json"
kind = "openapi"
address = "{origin}/openapi.json"

[[sources]]
path = "pages/status.md"
kind = "page"
address = "{origin}/docs/status.md"

[[sources]]
path = "pages/limits.md"
kind = "prose"
address = "{origin}/docs/limits.md"

[[sources]]
path = "extra.yaml"
kind = "authored"
address = "{origin}/docs/introduction"

[[sources]]
path = "more.yaml"
kind = "authored"
"""

AUTHORED = "openapi: 3.1.0\ninfo: {title: Acme, version: 1.4.0}\npaths: {}\n"

SOURCES = ["extra.yaml", "more.yaml", "openapi.json", "pages/limits.md", "pages/status.md"]


class Acme(NamedTuple):
    """A provider: its site, and the project with vendored copies of what the site had at first."""

    site: Site
    project: Path

    def run(self, capsys: Capture, *arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["upstream", "--trusted-host", self.site.host, *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    def statuses(self, capsys: Capture, *arguments: str) -> tuple[int, dict[str, str], list[str]]:
        """The exit code, the status of each source that has one to tell, and the files that were written."""
        code, out, _ = self.run(capsys, "--json", *arguments)
        row = json.loads(out)["providers"][0]
        statuses = {source["path"]: source["status"] for source in row["sources"]}
        assert statuses.pop("more.yaml") == "skipped"
        return code, {path: status for path, status in statuses.items() if status != "unchanged"}, row["written"]

    def files(self) -> dict[str, bytes]:
        folder = self.project / "specs"
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def serve(self, path: str, content: object, **reply: Any) -> None:
        self.site.pages[path] = Reply(_bytes(content), **reply)


def _bytes(content: object) -> bytes:
    return content.encode() if isinstance(content, str) else json.dumps(content, indent=1).encode()


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Iterator[Acme]:
    site = Site()
    acme = Acme(site, tmp_path)
    folder = tmp_path / "specs" / "acme"
    (folder / "pages").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.clientsmith]\n")
    (folder / "provider.toml").write_text(SETTINGS.format(origin=site.origin))
    (folder / "openapi.json").write_bytes(_bytes(DOCUMENT))
    (folder / "pages" / "status.md").write_text(PAGE)
    (folder / "pages" / "limits.md").write_text(PROSE)
    (folder / "extra.yaml").write_text(AUTHORED)
    (folder / "more.yaml").write_text(AUTHORED)
    acme.serve("/openapi.json", DOCUMENT)
    acme.serve("/docs/status.md", PAGE)
    acme.serve("/docs/limits.md", PROSE)
    acme.serve("/docs/introduction", INTRODUCTION)
    acme.serve("/docs/llms.txt", INDEX)
    monkeypatch.chdir(tmp_path)
    code, _, _ = acme.run(capsys, "--write")
    assert code == 0
    site.received.clear()
    yield acme
    site.close()


# ------------------------------------------------------------------------------------------------------ editions


def document(change: Callable[[dict[str, Any]], object]) -> Callable[[Acme], None]:
    """An edition of which the document is another one, under the same `info.version`."""

    def play(acme: Acme) -> None:
        changed = copy.deepcopy(DOCUMENT)
        change(changed)
        acme.serve("/openapi.json", changed)

    return play


def served(path: str, content: object, **reply: Any) -> Callable[[Acme], None]:
    """An edition in which one path has something else."""
    return lambda acme: acme.serve(path, content, **reply)


def out_of_order(acme: Acme) -> None:
    acme.site.pages.update(dict.fromkeys(acme.site.pages, Reply(b"out of order", 503)))


def as_before(acme: Acme) -> None:
    pass


def retired(value: dict[str, Any]) -> None:
    del value["paths"]["/images"]
    value["paths"]["/jobs/{job}"] = value["paths"].pop("/jobs/{id}")
    value["paths"]["/prints"] = {"get": operation("Images")}


def everything(acme: Acme) -> None:
    document(lambda value: value["info"].update(version="2.0.0"))(acme)
    acme.serve("/docs/status.md", PAGE.replace("It.", "The status."))
    acme.serve("/docs/limits.md", PROSE.replace("ten", "twenty"))
    acme.serve("/docs/introduction", INTRODUCTION.replace("An introduction", "A guide"))


def under(start: str) -> Callable[[Acme], None]:
    """An edition of which all paths begin with something else."""
    return document(lambda value: value.update(paths={f"{start}{path}": item for path, item in value["paths"].items()}))


def presigned(acme: Acme) -> None:
    acme.serve("/signed", RETAGGED)
    location = f"{acme.site.origin}/signed?X-Amz-Signature=s3cr3t&X-Amz-Expires=60"
    acme.serve("/openapi.json", "", status=302, headers={"Location": location})


def nothing(acme: Acme) -> None:
    page = PAGE.replace("https://x.example", "https://y.example").replace("The status", "The  status")
    acme.serve("/docs/status.md", page)
    acme.serve("/openapi.json", json.dumps(DOCUMENT, sort_keys=True, indent=7))


class Edition(NamedTuple):
    """What a provider does, and what a run must say of it."""

    play: Callable[[Acme], None]
    code: int
    statuses: dict[str, str]
    says: str = ""

    @property
    def is_written(self) -> bool:
        return "changed" in self.statuses.values() and set(self.statuses.values()) == {"changed"}


CHANGED = {"openapi.json": "changed"}
REFUSED = {"openapi.json": "refused"}
UNREACHABLE = dict.fromkeys([source for source in SOURCES if source != "more.yaml"], "unreachable")

EDITIONS = {
    "nothing changed": Edition(as_before, 0, {}, "4 unchanged"),
    "another form": Edition(nothing, 0, {}, "only its form differs"),
    "retired path": Edition(
        document(retired), 1, CHANGED,
        "1 operation gone (GET /images); 1 operation new (GET /prints); 2 operations changed (DELETE /jobs/{job}, "
        "GET /jobs/{job}); info.version is still '1.4.0'",
    ),
    "tag moved": Edition(
        document(lambda value: value["paths"]["/images"]["get"].update(tags=["Jobs"])), 1, CHANGED,
        "1 operation changed (GET /images)",
    ),
    "paths moved": Edition(
        under("/v2"), 1, CHANGED,
        "5 operations moved from / to /v2 (DELETE /v2/jobs/{id}, GET /v2/images, GET /v2/jobs, GET /v2/jobs/{id}, "
        "POST /v2/jobs); info.version is still '1.4.0'",
    ),
    "inlined schema": Edition(
        document(
            lambda value: value["paths"]["/images"].update(
                get=operation("Images", value["components"]["schemas"]["Job"])
            )
        ),
        1, CHANGED, "1 operation changed (GET /images)",
    ),
    "text of a page": Edition(
        served("/docs/status.md", PAGE.replace("The status", "The present status")),
        1, {"pages/status.md": "changed"}, "only its text, not its OpenAPI",
    ),
    "everything changed": Edition(
        everything, 1, dict.fromkeys(UNREACHABLE, "changed"), "info.version is '2.0.0', and was '1.4.0'",
    ),
    "presigned link": Edition(presigned, 1, CHANGED, "other tags"),
    "shell": Edition(
        served("/openapi.json", "<!-- app --><!DOCTYPE html><div id=root></div>"),
        1, REFUSED, "it is a page of HTML",
    ),
    "shell of a page": Edition(
        served("/docs/introduction", "<!DOCTYPE html><body><div id=root></div></body>"),
        1, {"extra.yaml": "refused"}, "the shell of an application",
    ),
    "empty object": Edition(served("/openapi.json", "{}"), 1, REFUSED, "it contains nothing"),
    "empty body": Edition(served("/openapi.json", ""), 1, REFUSED, "it is empty"),
    "an error": Edition(
        served("/openapi.json", {"error": "oops"}), 1, REFUSED, "is not an OpenAPI document",
    ),
    "half of the operations": Edition(
        document(lambda value: (value["paths"].pop("/jobs"), value["paths"].pop("/images"))), 1, REFUSED,
        "it has lost 3 of 5 operations",
    ),
    "cut document": Edition(
        document(lambda value: value.pop("components")), 1, REFUSED, "1 of its references lead nowhere",
    ),
    "broken off": Edition(
        served("/openapi.json", RETAGGED, announced=100_000),
        1, REFUSED, "the answer broke off",
    ),
    "cut in the middle": Edition(
        served("/openapi.json", json.dumps(DOCUMENT)[:300]), 1, REFUSED, "it cannot be read",
    ),
    "page without its fragment": Edition(
        served("/docs/status.md", "# Status\n\nThe status.\n"),
        1, {"pages/status.md": "refused"}, "it contains no OpenAPI fragment",
    ),
    "page without its text": Edition(
        served("/docs/limits.md", "# Not found\n"),
        1, {"pages/limits.md": "refused"}, "it has lost more than half of its text",
    ),
    "cut page": Edition(
        served("/docs/limits.md", f"{PROSE[:300]}\n"),
        1, {"pages/limits.md": "refused"}, "it is only the beginning of the vendored file",
    ),
    "retired document": Edition(
        served("/openapi.json", "", status=410), 1, {"openapi.json": "gone"}, "status 410",
    ),
    "expired link": Edition(
        served("/openapi.json", "", status=403), 1, REFUSED, "access is denied (status 403)",
    ),
    "outage": Edition(
        out_of_order, 4, UNREACHABLE, "the server answers with status 503",
    ),
    "redirect loop": Edition(
        served("/openapi.json", "", status=302, headers={"Location": "/openapi.json"}),
        1, REFUSED, "round in a circle",
    ),
    "not modified": Edition(
        served("/openapi.json", RETAGGED, status=304, etag=False), 0, {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition(name: str, acme: Acme, capsys: Capture) -> None:
    edition = EDITIONS[name]
    before = acme.files()
    edition.play(acme)

    code, statuses, written = acme.statuses(capsys)
    assert (code, statuses, written) == (edition.code, edition.statuses, [])
    code, out, err = acme.run(capsys)
    assert (code, err) == (edition.code, "")
    assert edition.says in out
    assert acme.files() == before, "a run without --write has written"

    code, statuses, written = acme.statuses(capsys, "--write")
    assert statuses == edition.statuses
    if not edition.is_written:
        assert (code, written) == (edition.code, [])
        assert acme.files() == before, "a file of an answer that cannot be believed was written"
        return
    assert code == 0
    assert written == [path for path in statuses if path != "extra.yaml"]
    after = acme.files()
    changed = {name.removeprefix("acme/") for name in after if after[name] != before.get(name)}
    assert changed == {*written, "clientsmith.lock"}
    for path in written:
        page = {"openapi.json": "/openapi.json"}.get(path, f"/docs/{Path(path).name}")
        reply = acme.site.pages[page] if acme.site.pages[page].status == 200 else acme.site.pages["/signed"]
        assert after[f"acme/{path}"] == reply.body
    assert b"s3cr3t" not in b"".join(after.values())

    code, statuses, written = acme.statuses(capsys, "--write")
    assert (code, statuses, written) == (0, {}, []), "the second run must have nothing to do"
    assert acme.files() == after


def test_there_are_twelve_editions() -> None:
    assert len(EDITIONS) >= 12


# ------------------------------------------------------------------------------------------------ what is written


def test_unchanged_sources_are_asked_conditionally(acme: Acme, capsys: Capture) -> None:
    acme.run(capsys)
    conditions = {path: headers.get("if-none-match") for path, headers in acme.site.received}
    assert set(conditions) == {
        "/openapi.json", "/docs/status.md", "/docs/limits.md", "/docs/introduction", "/docs/llms.txt",
        "/.well-known/api-catalog",
    }  # fmt: skip
    assert {path for path, condition in conditions.items() if condition is None} == {"/.well-known/api-catalog"}


def test_an_edited_file_is_not_asked_conditionally(acme: Acme, capsys: Capture) -> None:
    (acme.project / "specs/acme/openapi.json").write_text(json.dumps(RETAGGED))
    assert acme.statuses(capsys) == (1, CHANGED, [])
    assert all("if-none-match" not in headers for path, headers in acme.site.received if path == "/openapi.json")


def test_a_server_without_conditional_requests(acme: Acme, capsys: Capture) -> None:
    before = acme.files()
    for path, reply in acme.site.pages.items():
        acme.site.pages[path] = Reply(reply.body, etag=False, headers={"ETag": '"other"'})
    assert acme.statuses(capsys, "--write") == (0, {}, [])
    assert acme.files() == before, "a validator alone is no change"


def test_last_modified_is_sent_where_there_is_no_etag(acme: Acme, capsys: Capture) -> None:
    date = "Wed, 21 Oct 2015 07:28:00 GMT"
    acme.serve("/openapi.json", RETAGGED, etag=False, headers={"Last-Modified": date})
    assert acme.run(capsys, "--write")[0] == 0
    acme.site.received.clear()
    acme.run(capsys)
    assert dict(acme.site.received)["/openapi.json"]["if-modified-since"] == date


def test_the_lock_records_digests_and_no_time(acme: Acme) -> None:
    text = (acme.project / "specs/acme/clientsmith.lock").read_text()
    recorded = tomllib.loads(text)["upstream"]
    assert set(recorded) == {
        "extra.yaml", "openapi.json", "pages/limits.md", "pages/status.md", f"{acme.site.origin}/docs/llms.txt"
    }  # fmt: skip
    assert set(recorded["openapi.json"]) == {"address", "canonical", "etag", "raw"}
    assert "fetched" not in text


def test_generate_sees_that_inputs_have_changed_and_keeps_the_record(acme: Acme, capsys: Capture) -> None:
    assert main(["generate", "--accept-claims"]) == 0
    recorded = read_lock(str(acme.project / "specs/acme/clientsmith.lock"))
    assert recorded is not None
    assert len(recorded.upstream) == 5
    document(lambda value: value["paths"].update({"/prints": {"get": operation("Images")}}))(acme)
    assert acme.run(capsys, "--write")[0] == 0
    assert main(["check", "--fast"]) == 1
    assert main(["generate", "--accept-claims"]) == 0
    assert main(["check"]) == 0
    assert acme.statuses(capsys, "--write") == (0, {}, [])
    assert main(["check", "--fast"]) == 0


def test_a_source_that_is_not_there_yet_is_fetched(acme: Acme, capsys: Capture) -> None:
    (acme.project / "specs/acme/pages/status.md").unlink()
    assert acme.statuses(capsys) == (1, {"pages/status.md": "changed"}, [])
    assert acme.statuses(capsys, "--write") == (0, {"pages/status.md": "changed"}, ["pages/status.md"])
    assert (acme.project / "specs/acme/pages/status.md").read_text() == PAGE


def test_nothing_is_written_if_one_answer_is_missing(acme: Acme, capsys: Capture) -> None:
    before = acme.files()
    everything(acme)
    acme.serve("/docs/limits.md", "", status=500)
    code, out, _ = acme.run(capsys, "--write")
    assert code == 1, "changes that were not written count for more than an answer that is missing"
    assert "nothing was written, because its files belong together" in out
    assert acme.files() == before


def test_nothing_is_written_if_the_lock_cannot_be(acme: Acme, capsys: Capture) -> None:
    before = acme.files()
    everything(acme)
    lock = acme.project / "specs/acme/clientsmith.lock"
    content = lock.read_bytes()
    lock.unlink()
    (lock / "x").mkdir(parents=True)
    code, _, err = acme.run(capsys, "--write")
    assert (code, "clientsmith.lock" in err) == (3, True)
    (lock / "x").rmdir()
    lock.rmdir()
    lock.write_bytes(content)
    assert acme.files() == before


def test_a_link_out_of_the_provider_is_refused(acme: Acme, capsys: Capture, tmp_path: Path) -> None:
    pages = acme.project / "specs/acme/pages"
    pages.rename(acme.project / "elsewhere")
    pages.symlink_to(acme.project / "elsewhere")
    code, _, err = acme.run(capsys, "--write")
    assert code == 5
    assert "outside the folder" in err


def test_an_accepted_answer_is_written_and_no_other(acme: Acme, capsys: Capture) -> None:
    document(lambda value: (value["paths"].pop("/jobs"), value["paths"].pop("/images")))(acme)
    code, out, _ = acme.run(capsys)
    digest = out.partition("--accept ")[2][:12]
    code, out, err = acme.run(capsys, "--write", "--accept", "0" * 12)
    assert (code, "no answer has the digest of --accept 000000000000" in err) == (1, True)
    code, out, err = acme.run(capsys, "--write", "--accept", digest)
    assert (code, err) == (0, "")
    assert "accepted although it has lost 3 of 5 operations" in out
    assert acme.statuses(capsys, "--write") == (0, {}, [])


def test_the_changed_page_of_a_document_written_by_hand_is_told_once(acme: Acme, capsys: Capture) -> None:
    acme.serve("/docs/introduction", INTRODUCTION.replace("An introduction", "A guide"))
    code, out, _ = acme.run(capsys, "--write")
    assert code == 0
    assert "extra.yaml: changed: the page that it was written from has changed" in out
    assert (acme.project / "specs/acme/extra.yaml").read_text() == AUTHORED
    assert acme.statuses(capsys) == (0, {}, [])


def test_a_source_that_has_moved_for_good_is_told(acme: Acme, capsys: Capture) -> None:
    acme.serve("/v2/openapi.json", DOCUMENT)
    acme.serve("/openapi.json", "", status=308, headers={"Location": "/v2/openapi.json"})
    code, out, _ = acme.run(capsys)
    assert code == 0
    assert f"it has moved for good: set its address to {acme.site.origin}/v2/openapi.json" in out


# --------------------------------------------------------------------------------------------------------- indexes


def test_what_is_beside_the_sources_is_told_the_first_time(acme: Acme, capsys: Capture) -> None:
    lock = acme.project / "specs/acme/clientsmith.lock"
    lock.unlink()
    code, out, _ = acme.run(capsys)
    assert (code, "1 page (" in out, "/docs/billing.md) beside the sources is not vendored" in out) == (0, True, True)
    assert "/about.md" not in out
    acme.run(capsys, "--write")
    assert "billing" not in acme.run(capsys)[1]


def test_new_pages_and_pages_that_are_gone(acme: Acme, capsys: Capture) -> None:
    acme.serve("/docs/llms.txt", INDEX.replace("limits.md", "quotas.md"))
    code, out, _ = acme.run(capsys)
    assert code == 1
    docs = f"{acme.site.origin}/docs"
    assert f"1 page ({docs}/quotas.md) new; 1 page ({docs}/limits.md) not listed any more" in out
    assert acme.run(capsys, "--write")[0] == 0
    assert acme.run(capsys)[0] == 0


@pytest.mark.parametrize(
    ("path", "content", "status", "rule"),
    [
        ("/openapi.json", RETAGGED, 200, "D806"),
        ("/openapi.json", json.dumps(DOCUMENT, sort_keys=True, indent=7), 200, "D807"),
        ("/openapi.json", "", 410, "D808"),
        ("/openapi.json", "", 403, None),
        ("/openapi.json", DOCUMENT, 200, None),
    ],
)
def test_what_is_found_has_the_number_of_a_rule(
    acme: Acme, capsys: Capture, path: str, content: object, status: int, rule: str | None
) -> None:
    acme.serve(path, content, status=status)
    row = json.loads(acme.run(capsys, "--json")[1])["providers"][0]
    assert {source["path"]: source["rule"] for source in row["sources"] if source["path"] == "openapi.json"} == {
        "openapi.json": rule
    }


def test_a_new_page_has_the_number_of_a_rule(acme: Acme, capsys: Capture) -> None:
    acme.serve("/docs/llms.txt", INDEX.replace("limits.md", "quotas.md"))
    row = json.loads(acme.run(capsys, "--json")[1])["providers"][0]
    assert [index["rule"] for index in row["indexes"]] == ["D812"]
    acme.run(capsys, "--write")
    row = json.loads(acme.run(capsys, "--json")[1])["providers"][0]
    assert [index["rule"] for index in row["indexes"]] == [None]


def test_links_of_an_index_are_relative_to_where_it_is(acme: Acme, capsys: Capture) -> None:
    """Where it was asked for, they would lead to other pages."""
    acme.serve("/docs/llms.txt", "", status=302, headers={"Location": "/docs/reference/llms.txt"})
    acme.serve("/docs/reference/llms.txt", INDEX.replace("/docs/", "../") + "- [New](../new.md)\n")
    code, out, _ = acme.run(capsys)
    assert (code, f"1 page ({acme.site.origin}/docs/new.md) new" in out) == (1, True), out


def test_a_catalogue_of_apis(acme: Acme, capsys: Capture) -> None:
    entries = [{"anchor": "/", "service-desc": [{"href": "/openapi.json"}, {"href": "/billing/openapi.json"}]}]
    acme.serve("/.well-known/api-catalog", {"linkset": entries})
    code, out, _ = acme.run(capsys, "--write")
    assert code == 0
    assert f"1 page ({acme.site.origin}/billing/openapi.json) beside the sources is not vendored" in out
    entries[0]["item"] = [{"href": "https://other.example/openapi.json"}]
    acme.serve("/.well-known/api-catalog", {"linkset": entries})
    code, out, _ = acme.run(capsys)
    assert (code, "1 page (https://other.example/openapi.json) new" in out) == (1, True)
    del acme.site.pages["/.well-known/api-catalog"]
    code, out, _ = acme.run(capsys)
    assert (code, "it does not list the pages of this provider any more" in out) == (1, True)


def test_an_index_that_is_out_of_order_blocks_nothing(acme: Acme, capsys: Capture) -> None:
    acme.serve("/docs/llms.txt", "", status=500)
    document(lambda value: value["info"].update(title="Acme 2"))(acme)
    assert acme.statuses(capsys, "--write") == (4, CHANGED, ["openapi.json"])


# ---------------------------------------------------------------------------------------------------------- safety


def test_only_named_hosts_of_the_own_network_are_asked(acme: Acme, capsys: Capture) -> None:
    code = main(["upstream"])
    out = capsys.readouterr().out
    assert code == 5
    assert "it is an address of 'http'; only https is fetched" in out
    assert f"pass --trusted-host {acme.site.host}" in out
    settings = acme.project / "specs/acme/provider.toml"
    settings.write_text(settings.read_text().replace("http:", "https:"))
    assert main(["upstream", "--trusted-host", "127.0.0.1:1"]) == 5
    assert "has an address that is not public" in capsys.readouterr().out
    assert acme.site.received == []


@pytest.mark.parametrize(
    ("address", "secret"),
    [("https://user:s3cr3t@docs.acme.example/a", "s3cr3t"), ("file:///etc/passwd", ""), ("ftp://a/b", ""), ("a b", "")],
)
def test_unsafe_addresses(address: str, secret: str, acme: Acme, capsys: Capture) -> None:
    settings = acme.project / "specs/acme/provider.toml"
    settings.write_text(settings.read_text().replace(f"{acme.site.origin}/openapi.json", address))
    code, out, err = acme.run(capsys, "--write")
    assert (code, "openapi.json: unsafe: " in out) == (5, True)
    assert not secret or secret not in out + err


def test_a_secret_in_an_address_is_neither_printed_nor_recorded(acme: Acme, capsys: Capture) -> None:
    settings = acme.project / "specs/acme/provider.toml"
    settings.write_text(settings.read_text().replace("/openapi.json\"", "/openapi.json?sv=2020&sig=s3cr3t\""))
    for page, code in ((Reply(_bytes(RETAGGED)), 0), (Reply(b"", 403), 1), (Reply(b"{}"), 1)):
        acme.site.pages["/openapi.json"] = page
        for arguments in (["--write"], ["--json"]):
            done, out, err = acme.run(capsys, *arguments)
            assert done == code
            assert "s3cr3t" not in out + err
    assert b"s3cr3t" not in acme.files()["acme/clientsmith.lock"]
    acme.site.pages["/openapi.json"] = Reply(b"", 403)
    assert "a presigned link, which may have expired" in acme.run(capsys)[1]
    assert any("sig=s3cr3t" in path for path in acme.site.paths())


def test_credentials_go_to_their_host_alone(acme: Acme, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_DOCS", "Bearer s3cr3t")
    other = Site()
    try:
        credentials = ["--authorization", f"{acme.site.host}=ACME_DOCS", "--trusted-host", other.host]
        assert acme.run(capsys, *credentials)[0] == 0
        assert all(headers.get("authorization") == "Bearer s3cr3t" for _, headers in acme.site.received)
        acme.serve("/openapi.json", "", status=302, headers={"Location": f"{other.origin}/openapi.json"})
        code, out, err = acme.run(capsys, "--write", *credentials)
        assert (code, "it redirects a request with credentials to another host" in out) == (5, True)
        assert "s3cr3t" not in out + err
        assert other.received == []
        other.pages["/openapi.json"] = Reply(_bytes(DOCUMENT))
        assert acme.run(capsys, "--trusted-host", other.host)[0] == 0
        assert all("authorization" not in headers for _, headers in other.received)
    finally:
        other.close()


def test_text_of_a_provider_does_nothing_to_a_terminal(acme: Acme, capsys: Capture) -> None:
    document(lambda value: value["paths"].update({"/\x1b[2J\n::error::x": {"get": operation("a")}}))(acme)
    out = acme.run(capsys)[1]
    assert "\x1b" not in out
    assert "\n::error" not in out


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"x" * 200, pause=0.05),
        Reply(b"", head_pause=0.05),
        Reply(gzip.compress(bytes(range(256))), pause=0.05, headers={"Content-Encoding": "gzip"}),
    ],
)
def test_a_slow_answer_ends_at_the_deadline(reply: Reply, acme: Acme, capsys: Capture) -> None:
    acme.site.pages["/openapi.json"] = reply
    code, out, _ = acme.run(capsys, "--timeout", "0.5")
    assert (code, "there was no whole answer within 0.5 seconds" in out) == (4, True)


def test_an_answer_that_is_too_large(acme: Acme, capsys: Capture) -> None:
    bomb = gzip.compress(b" " * (65 * 2**20), 1)
    acme.site.pages["/openapi.json"] = Reply(bomb, headers={"Content-Encoding": "gzip"})
    code, out, _ = acme.run(capsys)
    assert (code, "larger than 64 MiB" in out) == (1, True)
    acme.site.pages["/openapi.json"] = Reply(b"", announced=65 * 2**20)
    assert "larger than 64 MiB" in acme.run(capsys)[1]


@pytest.mark.parametrize("cut", [False, True])
def test_a_compressed_answer(cut: bool, acme: Acme, capsys: Capture) -> None:
    body = gzip.compress(_bytes(RETAGGED))
    acme.site.pages["/openapi.json"] = Reply(body[:-20] if cut else body, headers={"Content-Encoding": "gzip"})
    assert acme.statuses(capsys)[:2] == (1, REFUSED if cut else CHANGED)


def test_a_chunked_answer_that_breaks_off(acme: Acme, capsys: Capture) -> None:
    body = _bytes(DOCUMENT)
    chunked = {"Transfer-Encoding": "chunked"}
    acme.site.pages["/openapi.json"] = Reply(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body), headers=chunked)
    assert acme.statuses(capsys)[:2] == (0, {})
    acme.site.pages["/openapi.json"] = Reply(b"%x\r\n%s\r\n" % (len(body), body), headers=chunked)
    assert acme.statuses(capsys)[:2] == (1, REFUSED)


def test_nobody_is_there(acme: Acme, capsys: Capture) -> None:
    before = acme.files()
    acme.site.close()
    code, statuses, _ = acme.statuses(capsys, "--write")
    assert (code, statuses) == (4, UNREACHABLE)
    assert acme.files() == before


def test_a_host_that_is_silent_does_not_cost_the_time_of_each_source(acme: Acme, capsys: Capture) -> None:
    acme.site.pages.update(dict.fromkeys(acme.site.pages, Reply(b"x", pause=60, head_pause=60)))
    start = time.monotonic()
    code, statuses, _ = acme.statuses(capsys, "--timeout", "1")
    assert (code, statuses) == (4, UNREACHABLE)
    assert len(acme.site.received) == 2
    assert time.monotonic() - start < 3.5
    assert "it was not asked, because 127.0.0.1 is silent" in acme.run(capsys, "--timeout", "0.2")[1]


def test_a_run_that_is_interrupted_writes_nothing(acme: Acme) -> None:
    before = acme.files()
    everything(acme)
    acme.site.pages["/openapi.json"] = Reply(b"x" * 1000, pause=0.05)
    # A child inherits an ignored SIGINT, which is what jobs in the background of a shell have.
    script = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from clientsmith.__main__ import run; run()"
    )
    command = [sys.executable, "-c", script, "upstream", "--trusted-host", acme.site.host, "--write"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "generator")}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        end = time.monotonic() + 20
        while not any(path == "/openapi.json" for path, _ in acme.site.received) and time.monotonic() < end:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert (process.returncode, "no file was left half-written" in err) == (130, True)
    assert acme.files() == before


# ------------------------------------------------------------------------------------------------------- arguments


@pytest.mark.parametrize(
    "arguments",
    [
        ["--accept", "abc"], ["--trusted-host", "http://a"], ["--timeout", "0"], ["--authorization", "a"],
        ["--authorization", "a=NOT_SET_ANYWHERE"], ["nobody"],
    ],
)  # fmt: skip
def test_wrong_arguments(arguments: list[str], acme: Acme, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["upstream", *arguments])
    assert ended.value.code == 2


def test_an_invalid_lock(acme: Acme, capsys: Capture) -> None:
    (acme.project / "specs/acme/clientsmith.lock").write_text("version = 7\n")
    code, out, err = acme.run(capsys)
    assert (code, out, "[lock-invalid]" in err) == (3, "", True)
    assert acme.site.received == []
