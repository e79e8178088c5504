"""The limits of TOML: what `tomllib` ends in an error of its own, or takes for ever to read, is a `TomlError`."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientsmith.cli import main
from clientsmith.project.toml_text import TomlError, read_toml

REFUSED = [
    ("a = [\n", "", (2, 1)),
    ("a = 1\nb = \n", "Invalid value", (2, 5)),
    (f"a = {'[' * 5000}{']' * 5000}", "nested too deeply", (1, 1)),
    (f"a = {'{a = ' * 5000}1{'}' * 5000}", "nested too deeply", (1, 1)),
    (f"b = 1\na = {'9' * 5000}", "a number of more than 4,300 digits", (2, 1)),
    (f"b = 1\n\na = {'[' * 5000}{']' * 5000}", "nested too deeply", (3, 1)),
    (f"a = {'9' * 5000}", "a number of more than 4,300 digits", (1, 1)),
    (f"b = 1\n{'.'.join(['a'] * 20_000)} = 1", "a key of more than 100 parts", (2, 1)),
    (f"""{' . '.join(['"a"', "'b'"] * 10_000)} = 1""", "a key of more than 100 parts", (1, 1)),
    (f"[{'.'.join(['a'] * 20_000)}]", "a key of more than 100 parts", (1, 1)),
]


@pytest.mark.parametrize(("text", "message", "place"), REFUSED)
def test_what_cannot_be_read(text: str, message: str, place: tuple[int, int]) -> None:
    with pytest.raises(TomlError) as caught:
        read_toml(text)
    assert message in caught.value.message
    assert (caught.value.line, caught.value.column) == place


def test_ordinary_text_with_many_dots() -> None:
    assert read_toml(f'a.b.c = "{"x." * 500}"\n') == {"a": {"b": {"c": "x." * 500}}}


@pytest.mark.parametrize(("text", "message", "place"), REFUSED[2:])
@pytest.mark.parametrize(
    ("file", "status"), [("specs/acme/provider.toml", 2), ("specs/acme/clientsmith.lock", 3), ("pyproject.toml", 2)]
)
def test_no_file_of_a_project_is_an_internal_error(
    file: str,
    status: int,
    text: str,
    message: str,
    place: tuple[int, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "specs" / "acme").mkdir(parents=True)
    (tmp_path / "specs" / "acme" / "provider.toml").write_text('[[sources]]\npath = "a.yaml"\nkind = "openapi"\n')
    (tmp_path / "specs" / "acme" / "a.yaml").write_text("openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {}\n")
    (tmp_path / "pyproject.toml").write_text("[tool.clientsmith]\n")
    (tmp_path / file).write_text(f"# clientsmith\n{text}\n")
    monkeypatch.chdir(tmp_path)
    assert main(["generate"]) == status
    assert f"invalid TOML: {message}" in capsys.readouterr().err
