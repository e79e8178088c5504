"""Every diagnostic as it is printed: a small case for each slug, and the exact text.

    tests/diagnostics/<slug>/              or <slug>--<what is special>/
        openapi.yaml, page.md ...          given to `generate --spec`, or
        specs/acme/provider.toml ...       a project; then `generate acme`
        steps                              optional: commands, one a line; the diagnostics of the last one count
        expected.txt                       the diagnostics with this slug

A line of `steps` is a command of clientsmith, or `remove PATH`, or `append PATH TEXT`, or `link PATH TARGET`.
`pytest --update-goldens -k SLUG` accepts what is printed now.
"""

from __future__ import annotations

import difflib
import shlex
import shutil
from pathlib import Path

import pytest

from clientsmith.cli import main
from clientsmith.diagnostics import SEVERITY

CASES = Path(__file__).parent / "diagnostics"
LOADED = {path.stem for path in CASES.glob("*.txt")}
"""Cases of a few lines that `test_load_diagnostics.py` prints, without the commands around."""

NAMES = sorted(folder.name for folder in CASES.iterdir() if folder.is_dir() and folder.name not in LOADED)


def steps_of(folder: Path) -> list[list[str]]:
    if (folder / "steps").is_file():
        lines = (folder / "steps").read_text(encoding="utf-8").splitlines()
        return [shlex.split(line, comments=True) for line in lines if line.strip()]
    if (folder / "specs").is_dir():
        return [["generate", "acme"]]
    given = sorted(path.name for path in folder.iterdir() if path.name != "expected.txt" and not path.is_dir())
    # Files that only references lead to lie in folders of the case.
    return [["generate", "--spec", *given, "--output", "acme"]]


def done(step: list[str]) -> None:
    match step:
        case ["remove", path]:
            Path(path).unlink()
        case ["append", path, text]:
            with Path(path).open("a", encoding="utf-8", newline="\n") as stream:
                stream.write(text.encode().decode("unicode_escape"))
        case ["link", path, target]:
            Path(path).unlink(missing_ok=True)
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).symlink_to(target)
        case _:
            main([*step, "--traceback"])


@pytest.mark.parametrize("name", NAMES)
def test_case(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    folder = tmp_path / "case"
    shutil.copytree(CASES / name, folder, ignore=shutil.ignore_patterns("expected.txt"))
    monkeypatch.chdir(folder)
    for step in steps_of(folder):
        capsys.readouterr()
        done(step)
    blocks = capsys.readouterr().err.split("\n\n")
    slug = name.partition("--")[0]
    printed = "\n\n".join(block for block in blocks if f"[{slug}]" in block.partition("\n")[0]) + "\n"
    assert str(tmp_path) not in printed, "the text depends on where the case lies"
    expected = CASES / name / "expected.txt"
    if request.config.getoption("--update-goldens"):
        expected.write_text(printed, encoding="utf-8", newline="\n")
    wanted = expected.read_text(encoding="utf-8")
    assert wanted.strip(), f"nothing is found with the slug {slug}"
    if printed != wanted:
        difference = difflib.unified_diff(wanted.splitlines(), printed.splitlines(), "expected", "printed", lineterm="")
        pytest.fail("\n".join([*difference, f"accept with: pytest --update-goldens -k {name}"]), pytrace=False)


def test_every_slug_has_a_case() -> None:
    assert not SEVERITY.keys() - {name.partition("--")[0] for name in NAMES} - LOADED


def test_every_case_is_of_a_slug() -> None:
    assert not {name.partition("--")[0] for name in NAMES} - SEVERITY.keys()


def test_every_slug_is_explained() -> None:
    page = (Path(__file__).parents[1] / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == list(SEVERITY)
    for row in rows:
        slug, severity = row.split("`")[1], row.split("|")[2].strip()
        assert severity == SEVERITY[slug], slug
        assert all(len(cell.strip()) > 10 for cell in row.split("|")[3:5]), slug
