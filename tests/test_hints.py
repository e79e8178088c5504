"""Hints that say what to add to provider.toml: what they print can be pasted, and the diagnostic is gone then."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from test_diagnostics import CASES, NAMES, done, steps_of

from clientsmith.project.lock import quoted

# The table, which may have a file name in quotes, and one line of it.
PASTED = re.compile(r'under (\[[\w.]+(?:"[^"]*")?\]): ("(?:[^"\\]|\\.)*" = "(?:[^"\\]|\\.)*")')
UNUSED = ("settings-invalid", "name-pin-unused", "merge-setting-unused", "merge-rename-unused")


def hints_of(name: str) -> list[tuple[str, str]]:
    expected = (CASES / name / "expected.txt").read_text(encoding="utf-8")
    lines = (line for line in expected.splitlines() if line.startswith("hint: ") and "NEW NAME" not in line)
    return [(found[1], found[2]) for line in lines for found in PASTED.finditer(line)]


HINTS = [(name, *hint) for name in NAMES for hint in hints_of(name)]


def as_project(name: str, folder: Path) -> Path:
    """A copy of a case as a project; returns its provider.toml."""
    shutil.copytree(CASES / name, folder, ignore=shutil.ignore_patterns("expected.txt"))
    provider = folder / "specs" / "acme"
    if not provider.is_dir():
        given = [path for path in sorted(folder.iterdir()) if path.name != "steps"]
        provider.mkdir(parents=True)
        for path in given:
            path.rename(provider / path.name)
        sources = "".join(f'[[sources]]\npath = {quoted(path.name)}\nkind = "openapi"\n' for path in given)
        (provider / "provider.toml").write_text(sources, encoding="utf-8")
        (folder / "pyproject.toml").write_text("[tool.clientsmith]\n", encoding="utf-8")
    return provider / "provider.toml"


def pasted(settings: str, table: str, line: str) -> str:
    if f"{table}\n" in settings:
        return settings.replace(f"{table}\n", f"{table}\n{line}\n")
    return f"{settings}\n{table}\n{line}\n"


def test_there_are_such_hints() -> None:
    assert {name.partition("--")[0] for name, _, _ in HINTS} >= {"name-numbered", "merge-component-conflict"}


@pytest.mark.parametrize(("name", "table", "line"), HINTS)
def test_what_a_hint_says_can_be_pasted(
    name: str,
    table: str,
    line: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = as_project(name, tmp_path / "case")
    monkeypatch.chdir(tmp_path / "case")
    *before, last = steps_of(CASES / name) if (CASES / name / "specs").is_dir() else [["generate", "acme"]]
    for step in before:
        done(step)
    capsys.readouterr()
    done(last)
    hint = f"{table}: {line}"
    assert hint in capsys.readouterr().err
    settings.write_text(pasted(settings.read_text(encoding="utf-8"), table, line), encoding="utf-8")
    done(last)
    printed = capsys.readouterr().err
    assert hint not in printed
    assert not [slug for slug in UNUSED if f"[{slug}]" in printed], printed
