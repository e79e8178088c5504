"""The diagnostics of load about bad documents: one case a slug, compared as it is printed.

`diagnostics/<slug>.yaml` or `diagnostics/<slug>/` (its `openapi.yaml` or `page.md` is the source) against
`diagnostics/<slug>.txt`. Cases that no file under version control can hold are made here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from clientsmith.cli.console import render_diagnostic, source_lines
from clientsmith.diagnostics import SEVERITY, ClientsmithError, Report
from clientsmith.load.load import Kind, LoadRequest, SourceFile, load
from clientsmith.load.validation import validate

CASES = Path(__file__).parent / "diagnostics"

ONLY_LOADED = """
    not-readable not-text syntax empty-document no-document limit-exceeded yaml-tag ref-outside unsupported-version
    duplicate-key trailing-comma version-not-a-string page-without-fragment page-legacy-form page-operation-mismatch
    unresolved-ref remote-ref circular-ref ref-siblings-ignored ref-through-ref path-item-ref-conflict ref-out-of-place
    ref-to-entry ref-annotations-ignored dialect-mixed wrong-type unknown-root-key
""".split()  # noqa: SIM905 - a paragraph is easier to read and to add to than thirty quoted lines

VALIDATED = ["invalid-openapi", "validation-incomplete"]

HEAD = "openapi: 3.1.0\ninfo: {title: Acme, version: '1'}\npaths: {}\n"


def make_nothing(folder: Path) -> str:
    return "openapi.yaml"


def make_latin1(folder: Path) -> str:
    (folder / "openapi.yaml").write_bytes(f"{HEAD}x-name: Caf\xe9\n".encode("latin-1"))
    return "openapi.yaml"


def make_deep(folder: Path) -> str:
    (folder / "openapi.yaml").write_text(f"{HEAD}x-deep:\n  {'[' * 300}{']' * 300}\n")
    return "openapi.yaml"


def make_long(folder: Path) -> str:
    (folder / "openapi.yaml").write_text(f"{HEAD}x-long: {'long ' * 1_000_000}\n")
    return "openapi.yaml"


MADE: dict[str, Callable[[Path], str]] = {
    "not-readable": make_nothing,
    "not-text": make_latin1,
    "limit-exceeded": make_deep,
    "validation-incomplete": make_long,
}


def printed(root: Path, name: str, *, validated: bool = False) -> tuple[str, Report]:
    """All that is printed about one source."""
    report = Report()
    kind: Kind = "page" if name.endswith(".md") else "openapi"
    try:
        document = load(LoadRequest(root, (SourceFile(name, kind),)), report)
        if validated:
            validate(document, report)
        report.located(document.locate)
    except ClientsmithError:
        pass
    lines = source_lines(root, {name})
    return "\n".join(render_diagnostic(each, lines) for each in report.diagnostics) + "\n", report


@pytest.mark.parametrize("slug", [*ONLY_LOADED, *VALIDATED])
def test_the_diagnostic_is_printed_as_expected(slug: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if slug in MADE:
        root, name = tmp_path, MADE[slug](tmp_path)
    elif (CASES / slug).is_dir():
        root = CASES / slug
        name = next(each for each in ("openapi.yaml", "openapi.json", "page.md") if (root / each).exists())
    else:
        root, name = CASES, f"{slug}.yaml"
    text, report = printed(root, name, validated=slug in VALIDATED)
    expected = CASES / f"{slug}.txt"
    if request.config.getoption("--update-goldens"):
        expected.write_text(text)
    assert text == expected.read_text()
    assert slug in {each.slug for each in report.diagnostics}


def test_every_slug_of_the_cases_exists() -> None:
    assert set(ONLY_LOADED + VALIDATED) <= SEVERITY.keys()
