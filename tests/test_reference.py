"""API.md: what it says of a method, how long it is, and examples that type checkers accept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from test_runtime_files import GOLDENS, PROVIDERS, files_of, package_of

from clientsmith.escape import code_span, markdown
from clientsmith.render.reference import example_call, resource_lines
from clientsmith.view import Package

LONGEST = 1600
"""Characters for an operation, in the mean of a document: 400 tokens."""

HEAD = """\
from __future__ import annotations

import datetime
import decimal
import uuid
from pathlib import Path

from {name} import Client, models


def examples(client: Client) -> None:
"""


def examples_of(package: Package) -> list[str]:
    calls = [example_call(resource, method) for resource in package.resources for method in resource.methods]
    return [call for call in calls if call is not None]


def test_examples_are_accepted_by_mypy(tmp_path: Path) -> None:
    for name in (*GOLDENS, *PROVIDERS):
        for path, text in files_of(name).items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        calls = examples_of(package_of(name))
        assert len(calls) == sum(len(resource.methods) for resource in package_of(name).resources)
        body = "\n".join(f"    {line}" for call in calls for line in call.split("\n"))
        (tmp_path / f"examples_of_{name}.py").write_text(HEAD.format(name=name) + body + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.parametrize("name", sorted({*GOLDENS, *PROVIDERS} - {"hostile"}))
def test_a_method_takes_no_more_than_its_share(name: str) -> None:
    package = package_of(name)
    total = sum(len(resource_lines(resource)) for resource in package.resources)
    assert total / len(package.calls) <= LONGEST


def test_what_is_said_of_a_method() -> None:
    [resource] = [one for one in package_of("pixii").resources if one.path == "jobs"]
    assert resource_lines(resource) == (
        "`GET /v1/api/jobs/{job_id}`: Get a job\n"
        "```python\n"
        "get(job_id: str) -> models.Job\n"
        'client.jobs.get("...")\n'
        "```\n"
        "Raises AuthenticationError, NotFoundError, RateLimitError, InternalServerError, ServiceUnavailableError. "
        "Sent again after a lost connection, 408, 425, 429 and 5xx."
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n# b", "a \\# b"),
        ("[x](javascript:y) <img src=x>", "\\[x\\](javascript:y) \\<img src=x\\>"),
        ("snake_case and _emphasis_", "snake_case and \\_emphasis\\_"),
        ("```\x1b[2J", "\\`\\`\\` \\[2J"),
    ],
)
def test_text_of_a_document_is_nothing_but_text(text: str, shown: str) -> None:
    assert markdown(text) == shown


def test_code_ends_where_it_should() -> None:
    assert code_span("GET /a`b\n") == "`GET /a%60b`"
