"""The providers' folders as they are: nothing to find fault with, and pages that change are noticed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clientsmith import pipeline
from clientsmith.diagnostics import Report
from clientsmith.project.settings import read_provider

SPECS = Path(__file__).resolve().parents[2] / "specs"


def diagnostics(name: str, folder: Path) -> list[str]:
    """Slug and message of all that a run finds, notes included."""
    report = Report()
    pipeline.build(read_provider(name, folder, "", report), report, {})
    return [f"{one.slug}: {one.message}" for one in report.diagnostics]


@pytest.mark.parametrize("name", ["aigenstudio", "pixelcut", "pixii"])
def test_nothing_is_found(name: str) -> None:
    assert diagnostics(name, SPECS / name) == []


@pytest.mark.parametrize(
    ("name", "page", "old", "new", "changed", "accepted"),
    [
        (
            "pixii", "pixii-jobs.md", "credit_cost | number", "credit_cost | string",
            "claims-stale: 'credit_cost' was number, is string now",
            ["claim-conflict: 'credit_cost' is string on the page, number in the document"],
        ),
        (
            "pixii", "pixii-jobs.md", "JOB_NOT_FOUND | 404", "JOB_NOT_FOUND | 410",
            "claims-stale: the error 'JOB_NOT_FOUND' had the status 404, has 410 now",
            [
                "claim-missing: the page documents the error JOB_NOT_FOUND with the status 410 of "
                "GET /v1/api/jobs/{job_id}, which is not in the document"
            ],
        ),
        (
            "pixii", "pixii-jobs.md", "Unique job identifier", "Identifier of the job",
            "page-changed: the page changed (line 8), and no fact that is read from it did: it was "
            "'id | string | Unique job identifier', is 'id | string | Identifier of the job'",
            [
                "claim-conflict: the quote 'Unique job identifier' is not in the row 'id' of the section "
                "'Response fields' of 'pages/pixii-jobs.md'"
            ],
        ),
        (
            "pixii", "pixii-jobs.md", "expire 7 days", "expire 3 days",
            "claims-stale: the quantity was '7 days', is '3 days' now",
            [
                "claim-conflict: the quote 'Signed image URLs expire 7 days after the job completes.' is not in "
                "the section 'Output' of 'pages/pixii-jobs.md'"
            ],
        ),
        (
            "pixii", "pixii-jobs.md", "GET /v1/api", "GET /v2/api",
            "claims-stale: the operation 'GET /v1/api/jobs/{job_id}' became the operation 'GET /v2/api/jobs/{job_id}'",
            None,
        ),
        (
            "pixelcut", "pixelcut-try-on-job-status.rendered.txt", ", running\n", ", running\n, upscaling\n",
            "claims-stale: the value 'upscaling' of 'status' is new",
            ["claim-missing: the page documents the value 'upscaling' of 'status', which is not in the document"],
        ),
    ],
    ids=["type", "status", "quote", "expiry", "path", "value"],
)  # fmt: skip
def test_page_that_changes_is_noticed_once(
    name: str, page: str, old: str, new: str, changed: str, accepted: list[str] | None, tmp_path: Path
) -> None:
    """`accepted`: what is found when the page was accepted, and the document was not corrected; None: too much."""
    folder = tmp_path / name
    shutil.copytree(SPECS / name, folder)
    file = folder / "pages" / page
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    assert diagnostics(name, folder) == [changed]
    report = Report()
    for path, content in pipeline.claims(read_provider(name, folder, "", report), report).items():
        (folder / path).write_text(content, encoding="utf-8")
    found = diagnostics(name, folder)
    assert found == accepted if accepted is not None else len(found) > 1


def test_merged_pages_that_disagree_are_an_error_at_both_places(tmp_path: Path) -> None:
    shutil.copytree(SPECS / "pixelcut", tmp_path / "pixelcut")
    file = tmp_path / "pixelcut" / "pages" / "pixelcut-try-on-job-cancel.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("- not_found", "- job_not_found"), encoding="utf-8")
    report = Report()
    provider = read_provider("pixelcut", tmp_path / "pixelcut", "", report)
    with pytest.raises(Exception, match="Error404"):
        pipeline.build(provider, report, {})
    (error,) = report.errors
    assert error.slug == "merge-component-conflict"
    places = {error.location.file, *(place.file for _, place in error.also)}
    assert places == {"pages/pixelcut-try-on-job-cancel.md", "pages/pixelcut-try-on-job-status.md"}
