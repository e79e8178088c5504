"""What `upstream` counts as the same, and as suspect: texts, documents and indexes, without a network."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsmith.project.keys import SourceKind
from clientsmith.upstream.addresses import address_of
from clientsmith.upstream.contents import Content, canonical_digest, content_of, page_words
from clientsmith.upstream.indexes import index_of, places_of
from clientsmith.upstream.judging import judged

SPEC = """\
openapi: 3.1.0
info: {title: Acme, version: '1'}
paths:
  /jobs:
    get: {responses: {'200': {description: It.}}}
"""

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def turned(value: Any) -> Any:
    """The same with every mapping in another order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(list(value))}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] any JSON
    return [turned(each) for each in value] if isinstance(value, list) else value  # pyright: ignore[reportUnknownVariableType] any JSON


@given(JSON)
def test_the_order_of_keys_makes_no_difference(value: Any) -> None:
    assert canonical_digest(turned(value)) == canonical_digest(value)
    assert canonical_digest([value]) != canonical_digest(value)


def test_yaml_and_its_comments_are_a_form() -> None:
    one = content_of("openapi", SPEC.encode(), "openapi.yaml")
    two = content_of("openapi", f"# generated 2026-11-27\n{SPEC}".encode(), "openapi.yaml")
    assert one.canonical == two.canonical
    assert one.raw != two.raw
    assert not judged(one, two).is_changed


@pytest.mark.parametrize(
    ("form", "encoding"),
    [("\n", "utf-8-sig"), ("\r\n", "utf-8"), ("\r", "utf-8"), ("\n", "utf-16"), ("\r\n", "utf-16")],
)
def test_the_encoding_of_a_text_is_a_form(form: str, encoding: str) -> None:
    text = SPEC.replace("Acme", "Acm\u00e9") + "tags:\n- name: a\n  description: |\n    One.\n\n    Two.\n"
    plain = content_of("openapi", text.encode(), "x.yaml")
    other = content_of("openapi", text.replace("\n", form).encode(encoding), "x.yaml")
    assert (plain.problem, other.problem, other.canonical == plain.canonical) == ("", "", True)


def test_anchors_and_merge_keys_of_yaml_are_a_form() -> None:
    plain = content_of("openapi", f"{SPEC}x-a: {{b: 1}}\nx-c: {{b: 1, d: 2}}\nx-e: [{{b: 1}}]\n".encode(), "x.yaml")
    other = content_of("openapi", f"{SPEC}x-a: &a {{b: 1}}\nx-c: {{<<: *a, d: 2}}\nx-e: [*a]\n".encode(), "x.yaml")
    assert (plain.problem, other.problem, other.canonical == plain.canonical) == ("", "", True)
    lines = "".join(f"x-{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10) if i else 1}]\n" for i in range(12))
    assert "expand to more than" in content_of("openapi", f"{SPEC}{lines}".encode(), "x.yaml").problem


def test_a_version_alone_is_a_change_and_no_version_is_none() -> None:
    one = content_of("openapi", SPEC.encode(), "openapi.yaml")
    two = content_of("openapi", SPEC.replace("'1'", "'2'").encode(), "openapi.yaml")
    assert judged(one, two).summary == "info.version is '2', and was '1'"
    three = content_of("openapi", SPEC.replace("/jobs", "/prints").encode(), "openapi.yaml")
    assert judged(one, three).suspicion == "it has lost 1 of 1 operations"


def edition(*operations: str) -> Content:
    """A document of operations: `GET /jobs`, or `GET /jobs listJobs` with an operationId."""
    paths: dict[str, dict[str, dict[str, str]]] = {}
    for text in operations:
        method, path, *ids = text.split()
        paths.setdefault(path, {})[method.lower()] = {"operationId": ids[0]} if ids else {}
    value = {"openapi": "3.1.0", "info": {"title": "Acme", "version": "1"}, "paths": paths}
    return content_of("openapi", json.dumps(value).encode(), "x.json")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (["GET /v1/jobs", "POST /v1/jobs"], ["GET /v2/jobs", "POST /v2/jobs"],
         "2 operations moved from /v1 to /v2 (GET /v2/jobs, POST /v2/jobs)"),
        (["GET /v1/a/{id}"], ["GET /2026-01-01/a/{key}"], "1 operation moved from /v1 to /2026-01-01 ("),
        (["GET /a", "GET /b/{x}"], ["GET /rest/api/a", "GET /rest/api/b/{x}"],
         "2 operations moved from / to /rest/api"),
        (["GET /old/a", "GET /old/b"], ["GET /new/a", "GET /new/b"], "2 operations moved from /old to /new"),
        (["GET /a one", "PUT /b two"], ["GET /x/y one", "PUT /c two"],
         "2 operations moved (GET /a to /x/y, PUT /b to /c)"),
        (["GET /", "GET /{id}", "GET /a"], ["GET /x/y/", "GET /x/y/{id}", "GET /x/y/a"],
         "3 operations moved from / to /x/y"),
        (["GET /api/{id}", "GET /api/a"], ["GET /{id}", "GET /a"], "2 operations moved from /api to /"),
        (["GET /v1/a", "GET /v1/b", "GET /v1/c"], ["GET /v2/a", "GET /v2/b"],
         "2 operations moved from /v1 to /v2 (GET /v2/a, GET /v2/b); 1 operation gone (GET /v1/c)"),
    ],
)  # fmt: skip
def test_a_path_that_moved_is_not_lost(old: list[str], new: list[str], says: str) -> None:
    verdict = judged(edition(*old), edition(*new))
    assert (verdict.suspicion, verdict.summary.startswith(says)) == ("", True), verdict
    assert len(verdict.changes.operations_moved) == len(new)


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        (["GET /v1/a", "GET /v1/b"], ["GET /v2/a"], "1 of 2"),
        (["GET /jobs", "GET /jobs/{id}"], ["GET /users", "GET /users/{id}"], "2 of 2"),
        (["GET /a/status"], ["GET /b/status"], "1 of 1"),
        (["GET /v1/a", "PUT /v1/b"], ["PUT /v2/a", "GET /v2/b"], "2 of 2"),
        (["GET /a one", "GET /b two", "GET /c three"], ["GET /x one", "GET /y other"], "2 of 3"),
    ],
)
def test_another_api_is_not_one_that_moved(old: list[str], new: list[str], lost: str) -> None:
    assert judged(edition(*old), edition(*new)).suspicion == f"it has lost {lost} operations"


def test_webhooks_stay_where_paths_move() -> None:
    paths: dict[str, Any] = {"/a": {"get": {}}, "/b": {"get": {}}}
    value: dict[str, Any] = {"openapi": "3.1.0", "info": {}, "paths": paths, "webhooks": {"a": {"post": {}}}}
    old = content_of("openapi", json.dumps(value).encode(), "x.json")
    value["paths"] = {"/x/a": {"get": {}}, "/x/b": {"get": {}}}
    verdict = judged(old, content_of("openapi", json.dumps(value).encode(), "x.json"))
    assert verdict.summary.startswith("2 operations moved from / to /x (GET /x/a, GET /x/b)")
    assert verdict.suspicion == ""


def test_an_operation_of_another_method_is_changed() -> None:
    verdict = judged(edition("GET /a one", "GET /b"), edition("PUT /a one", "GET /b"))
    assert verdict.summary.startswith("1 operation changed (PUT /a)")


@pytest.mark.parametrize(
    ("kind", "body", "problem"),
    [
        ("openapi", b"  \n", "it is empty"),
        ("openapi", b"\xff\xfe\xff", "it is not a text"),
        ("openapi", b"{}", "it contains nothing"),
        ("openapi", b"[]", "it contains nothing"),
        ("openapi", b"null", "it cannot be read"),
        ("openapi", b"[1]", "is not an OpenAPI document"),
        ("openapi", b"\xef\xbb\xbf <!-- x --> <?xml version='1'?><HTML><p>x", "it is a page of HTML"),
        ("openapi", b"a: [", "it cannot be read"),
        ("openapi", b"swagger: '2.0'", "Swagger 2.0"),
        ("page", b"<html><body>" + b"word " * 100, "it is a page of HTML"),
        ("page", b"# Page\n", "it contains no OpenAPI fragment"),
        ("prose", b"<!doctype html><script>" + b"word " * 100, "the shell of an application"),
    ],
)
def test_problems(kind: SourceKind, body: bytes, problem: str) -> None:
    assert problem in content_of(kind, body, "x.yaml").problem


@pytest.mark.parametrize("body", [b"<html><body>" + b"word " * 30, b"# A page\n\nwith text.", b"{}"])
def test_pages_without_a_problem(body: bytes) -> None:
    assert content_of("authored", body, "x.yaml").problem == ""


def test_a_page_of_html_is_its_visible_text() -> None:
    page = "<!doctype html><head><style>a{}</style></head><body class=%s><p>" + "A word. " * 30
    one, two = (content_of("prose", (page % name).encode(), "x.html") for name in ("a", "b"))
    assert (one.canonical, one.words) == (two.canonical, 60)
    shorter = content_of("prose", b"<html>" + b"Not found. " * 12, "x.html")
    assert "more than half of its text" in judged(one, shorter).suspicion


def test_what_platforms_add_is_left_out() -> None:
    page = (
        "---\ntitle: Jobs\nupdatedAt: 2026-11-27\n---\n> ## Documentation Index\n> Fetch it at: https://x\n\n"
        "# Jobs\n> A quotation.\n\nupdatedAt: a field\n\n"
        "> ## Agent Instructions\n> Do this.\n\nBuilt with [Mintlify](x).\n"
    )
    assert " ".join(page_words(page)) == "--- title: Jobs --- # Jobs > A quotation. updatedAt: a field"


def test_hostile_texts_take_linear_time() -> None:
    start = time.monotonic()
    for body in (
        "<!--" * 50_000, "<!-- -->" * 20_000, "](" * 50_000, "![" * 50_000, "<p" * 20_000, "-" * 200_000,
        "<!-- -->" * 400_000, "Built with " * 20_000, "&#" * 50_000, "````yaml\n" * 5_000,
    ):  # fmt: skip
        for kind in ("openapi", "page", "prose"):
            content_of(kind, body.encode(), "x.yaml")
        index_of("llms.txt", body, address_of("https://a.example/llms.txt"), ())
    assert time.monotonic() - start < 20


def test_the_form_of_openapi_in_a_page_makes_no_difference() -> None:
    page = "# Jobs\r\n\r\nText.\r\n\r\n````yaml GET /jobs\r\n%s````\r\n\r\nMore.\r\n"
    one = content_of("page", (page % SPEC).encode(), "x.md")
    quoted = SPEC.replace("title: Acme", "title:   'Acme'").replace("  /jobs:", "  # The jobs.\n  /jobs:")
    two = content_of("page", (page % quoted).replace("\r\n", "\n").encode(), "x.md")
    assert (one.words, list(one.operations)) == (4, ["GET /jobs"])
    assert one.canonical == two.canonical
    three = content_of("page", (page % SPEC).replace("More.", "Less.").encode(), "x.md")
    assert judged(one, three).summary == "only its text, not its OpenAPI"


def test_a_problem_that_the_vendored_file_has_too_is_none() -> None:
    swagger = content_of("openapi", b"swagger: '2.0'\npaths: {}", "x.yaml")
    newer = content_of("openapi", b"swagger: '2.0'\npaths: {/a: {}}", "x.yaml")
    assert (judged(swagger, newer).is_changed, judged(swagger, newer).suspicion) == (True, "")
    assert judged(swagger, content_of("openapi", b"{}", "x.yaml")).suspicion == "it contains nothing"


@pytest.mark.parametrize("reference", ["#/" + "9" * 5000, "#/a/\u00b2", "#/%zz", "#/~2", "#//", "#/list/1"])
def test_odd_references_lead_nowhere(reference: str) -> None:
    value = {"openapi": "3.1.0", "info": {}, "list": [1], "paths": {"/a": {"get": {"x": {"$ref": reference}}}}}
    assert content_of("openapi", json.dumps(value).encode(), "x.json").dangling == 1
    value["paths"] = {"/a": {"get": {"x": {"$ref": "#/list/0"}}}}
    assert content_of("openapi", json.dumps(value).encode(), "x.json").dangling == 0


# --------------------------------------------------------------------------------------------------------- indexes

PAGES = [address_of(f"https://a.example/docs/api/{name}.md") for name in ("x", "y")]


def test_an_index_is_looked_for_above_the_pages() -> None:
    places = dict(places_of([*PAGES, address_of("https://a.example/openapi.json")]))
    assert [place.path for place in places["llms.txt"]] == ["/docs/api/llms.txt", "/docs/llms.txt", "/llms.txt"]
    assert [place.path for place in places["api-catalog"]] == ["/.well-known/api-catalog"]


def test_an_index_is_looked_for_in_few_places() -> None:
    many = [address_of(f"https://a.example/docs/{number}/deep/page.md") for number in range(50)]
    places = [place.path for place in dict(places_of(many))["llms.txt"]]
    assert len(places) == 4
    assert places[-2:] == ["/docs/llms.txt", "/llms.txt"]


def test_documents_count_wherever_they_are() -> None:
    text = (
        "# Acme\n## Docs\n- [X](https://a.example/docs/api/x.md): it\n- [Z](api/z.md)\n- [Guide](guide.md)\n"
        "- [No](javascript:x) [Other](https://b.example/docs/api/q.md)\n## OpenAPI Specs\n- [v2](/v2.json?sig=s3cr3t)\n"
    )
    index = index_of("llms.txt", text, address_of("https://a.example/docs/llms.txt"), PAGES)
    assert index is not None
    assert index.listed == (
        "https://a.example/docs/api/x.md", "https://a.example/docs/api/z.md", "https://a.example/v2.json?...",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "<!doctype html>", "{}", '{"linkset": {}}', "[" * 100_000, '{"linkset": [1]}'])
def test_what_is_no_catalogue(text: str) -> None:
    index = index_of("api-catalog", text, address_of("https://a.example/.well-known/api-catalog"), PAGES)
    assert index is None or index.listed == ()


def test_of_a_huge_index_the_beginning_is_read() -> None:
    start = time.monotonic()
    text = "- [A](/docs/api/a.md)\n" + "".join(f"- [A](/a{number})\n" for number in range(1_000_000))
    index = index_of("llms.txt", text, address_of("https://a.example/llms.txt"), PAGES)
    assert index is not None
    assert (index.listed, index.is_cut) == (("https://a.example/docs/api/a.md",), True)
    catalogue = json.dumps({"linkset": [{"item": [{"href": f"/{number}"} for number in range(200_000)]}]})
    assert index_of("api-catalog", catalogue, address_of("https://a.example/x"), PAGES) is None
    assert time.monotonic() - start < 20


def test_a_catalogue_lists_descriptions() -> None:
    context = {
        "anchor": "https://a.example/", "service-desc": [{"href": "/a.json"}], "service-doc": [{"href": "/a.html"}],
        "status": [{"href": "/status"}], "item": [{"href": "/b"}, {"no": 1}, 2],
    }  # fmt: skip
    text = json.dumps({"linkset": [context]})
    index = index_of("api-catalog", text, address_of("https://a.example/.well-known/api-catalog"), ())
    assert index is not None
    assert index.listed == ("https://a.example/a.html", "https://a.example/a.json", "https://a.example/b")
