"""Documentation pages: which fences are fragments, and what the page states about them."""

from __future__ import annotations

import pytest

from clientsmith.diagnostics import Report
from clientsmith.load.document import Fragment
from clientsmith.load.pages import Target, read_page, target_of

BODY = "openapi: 3.1.0\ninfo: {title: Acme, version: '1'}\npaths:\n  /jobs:\n    get: {responses: {}}\n"
INDEX = "> ## Documentation Index\n> Fetch the complete documentation index at: https://acme.example/llms.txt\n\n"


def fence(info: str, body: str = BODY, ticks: int = 4) -> str:
    return f"{'`' * ticks}{info}\n{body}{'`' * ticks}"


def read(text: str) -> tuple[list[Fragment], Report]:
    report = Report()
    return read_page(text, "jobs.md", report), report


def slugs(report: Report) -> list[str]:
    return [found.slug for found in report.diagnostics]


@pytest.mark.parametrize(
    ("info", "target"),
    [
        ("yaml GET /jobs", Target("", "get", "/jobs")),
        ("yaml get /jobs/{jobId}", Target("", "get", "/jobs/{jobId}")),
        ("json /openapi.json POST /jobs", Target("/openapi.json", "post", "/jobs")),
        ("yaml https://acme.example/o.json GET /jobs", Target("https://acme.example/o.json", "get", "/jobs")),
        ("yaml webhook jobDone", Target("", "webhook", "jobDone")),
        ("yaml o.yaml webhook jobDone", Target("o.yaml", "webhook", "jobDone")),
        ("yaml", Target()),
        ("yaml EVENT done", Target()),
        ("yaml title here", Target()),
        ("yaml a b c d", Target()),
    ],
)
def test_what_a_fence_announces(info: str, target: Target) -> None:
    assert target_of(info) == target


def test_a_page_of_today() -> None:
    text = f"{INDEX}# List jobs\n\n> All of them.\n\n## OpenAPI\n\n{fence('yaml /openapi.json GET /jobs')}\n"
    (fragment,), report = read(text)
    assert slugs(report) == []
    assert (fragment.method, fragment.path, fragment.file) == ("get", "/jobs", "/openapi.json")
    assert (fragment.title, fragment.url, fragment.kind) == ("List jobs", "", "page")
    assert list(fragment.value) == ["openapi", "info", "paths"]
    assert fragment.source
    assert fragment.source.positions(["/paths/~1jobs"]) == {"/paths/~1jobs": (14, 3)}


def test_what_the_platform_adds_does_not_change_a_fragment() -> None:
    (one,), _ = read(f"{INDEX}# List jobs\n{fence('yaml GET /jobs')}")
    (other,), _ = read(f"# List jobs\n{fence('yaml GET /jobs')}\n\nBuilt with care\n")
    assert one.digest == other.digest


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_fence_may_end_the_file(end: str) -> None:
    (fragment,), report = read(f"# A\n{fence('yaml GET /jobs')}{end}")
    assert "/jobs" in fragment.value["paths"]
    assert slugs(report) == []


def test_a_fence_that_is_never_closed_goes_on_to_the_end() -> None:
    (fragment,), _ = read(f"# A\n````yaml GET /jobs\n{BODY}")
    assert "/jobs" in fragment.value["paths"]


def test_pages_that_were_joined_are_distinguished() -> None:
    first = f"# List jobs\nSource: https://acme.example/list\n\n{fence('yaml GET /jobs')}"
    second = f"# Again\n<!-- https://acme.example/again -->\n{fence('yaml GET /jobs')}\n"
    fragments, report = read(f"{first}{second}")
    assert slugs(report) == []
    assert [(one.name, one.title, one.url) for one in fragments] == [
        ("jobs.md", "List jobs", "https://acme.example/list"),
        ("jobs.md[2]", "Again", "https://acme.example/again"),
    ]
    assert fragments[1].source
    assert fragments[1].source.file == "jobs.md"
    assert fragments[1].source.positions(["/openapi"]) == {"/openapi": (13, 10)}


def test_front_matter_names_the_page() -> None:
    (fragment,), _ = read(f"---\ntitle: x\nurl: https://acme.example/list\n---\n# List\n{fence('yaml GET /jobs')}")
    assert (fragment.title, fragment.url) == ("List", "https://acme.example/list")


def test_headings_inside_of_fences_are_code() -> None:
    (fragment,), _ = read(f"# List\n```sh\n# not a title\n```\n{fence('yaml GET /jobs')}")
    assert fragment.title == "List"


@pytest.mark.parametrize(
    "text",
    [
        '# A\n\n# OpenAPI definition\n```json\n{"components": {}, "openapi": "3.1.0", "paths": {"/jobs": {}}}\n```\n',
        f"# A\n## OpenAPI Specification\n{fence('yaml', ticks=3)}",
        '# A\n## POST /jobs\n````json\n{"openapi":"3.0.0","paths":{"/jobs":{}}}\n````\n',
        f"# A\n<Tabs>\n  <Tab>\n\n    {fence('yaml', ticks=3).replace(chr(10), chr(10) + '    ')}\n  </Tab>\n</Tabs>\n",
        f"# A\n- step\n\n  {fence('yaml', ticks=3).replace(chr(10), chr(10) + '  ')}\n",
    ],
    ids=["readme", "fern", "gitbook", "in tabs", "in a list"],
)
def test_other_platforms(text: str) -> None:
    (fragment,), report = read(text)
    assert fragment.title == "A"
    assert "/jobs" in fragment.value["paths"]
    assert slugs(report) == []


@pytest.mark.parametrize(
    "code",
    [
        "openapi: 3.1.0\n...: [\n",
        "openapi: 3.1.0\n",
        "# only\nopenapi:\n  - what\n",
        "name: openapi\n",
        "- openapi: 1\n",
    ],
)
def test_code_that_is_no_fragment_is_left_alone(code: str) -> None:
    fragments, report = read(f"# A\n{fence('yaml', code, 3)}\n{fence('yaml GET /jobs')}")
    assert len(fragments) == 1
    assert slugs(report) == []


def test_a_broken_fragment_is_an_error_at_its_line() -> None:
    fragments, report = read(f"# A\n\n{fence('yaml GET /jobs', BODY + 'x: [1' + chr(10))}")
    assert fragments == []
    (found,) = report.diagnostics
    assert (found.slug, found.location.file, found.location.line) == ("syntax", "jobs.md", 10)


def test_the_form_of_old_is_loud() -> None:
    body = "paths:\n  path: /jobs\n  method: get\n  servers: &ref_0\n    - url: x\n"
    fragments, report = read(f"# A\n{fence('yaml GET /jobs', body)}")
    assert fragments == []
    assert [(found.slug, found.location.line) for found in report.warnings] == [("page-legacy-form", 2)]


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ("yaml GET /jobs", []),
        ("yaml get /jobs", []),
        ("yaml POST /jobs", ["page-operation-mismatch"]),
        ("yaml GET /job", ["page-operation-mismatch"]),
        ("yaml webhook done", ["page-operation-mismatch"]),
    ],
)
def test_what_is_announced_must_be_there(info: str, expected: list[str]) -> None:
    assert slugs(read(f"# A\n{fence(info)}")[1]) == expected


def test_webhooks_and_methods_of_ones_own() -> None:
    body = "openapi: 3.2.0\nwebhooks: {done: {post: {}}}\npaths: {/jobs: {additionalOperations: {LINK: {}}}}\n"
    assert slugs(read(f"{fence('yaml webhook done', body)}\n{fence('yaml LINK /jobs', body)}")[1]) == []


def test_front_matter_that_names_a_document_is_a_hint() -> None:
    fragments, report = read('---\ntitle: A\nopenapi: "api.json GET /jobs"\n---\n\nText.\n')
    assert fragments == []
    (found,) = report.warnings
    assert (found.slug, "api.json GET /jobs" in found.hint) == ("page-without-fragment", True)


def test_a_page_of_many_thousand_lines_takes_no_time() -> None:
    page = f"# List\nSource: https://acme.example/x\n{'text ' * 10}\n{fence('yaml GET /jobs')}\n\n"
    fragments, _ = read(page * 300)
    assert len(fragments) == 300


def test_a_page_that_embeds_operations_of_a_document() -> None:
    _, report = read('# A\n{% openapi-operation spec="acme" path="/jobs" method="get" %}\n{% endopenapi-operation %}\n')
    (found,) = report.warnings
    assert (found.slug, "another document" in found.hint) == ("page-without-fragment", True)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# A", "A"),
        ("#  A ##  ", "A"),
        ("# C#", "C#"),
        ("# A #b", "A #b"),
        ("#", ""),
        ("# ##", ""),
        ("#A", ""),
        ("## A", ""),
    ],
)
def test_headings(line: str, title: str) -> None:
    (fragment,), _ = read(f"{line}\n{fence('yaml GET /jobs')}")
    assert fragment.title == title


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("Source: https://a.example/x", "https://a.example/x"),
        ("<!-- https://a.example/x -->", "https://a.example/x"),
        ("<!-- note --> <!--url: https://a.example/x-->", "https://a.example/x"),
        ("<!-- see https://a.example/x -->", ""),
        ("<!-- https://a.example/x", ""),
    ],
)
def test_addresses(line: str, url: str) -> None:
    (fragment,), _ = read(f"{line}\n{fence('yaml GET /jobs')}")
    assert fragment.url == url


@pytest.mark.parametrize(
    "text",
    [
        f"# a{' ' * 100_000}b\n",
        f"<!--{' ' * 100_000}\n",
        f"{'<!--https://' * 20_000}\n",
        "---\n" + "openapi: x\n" * 50_000,
        f"```yaml\npaths:{chr(10) * 200_000}```\n",
    ],
    ids=["heading", "comment", "comments", "front matter", "legacy"],
)
def test_hostile_pages_are_read_in_linear_time(text: str) -> None:
    """Each of them takes minutes or more if a search goes back at every character."""
    assert read(text)[0] == []
