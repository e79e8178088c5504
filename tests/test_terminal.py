"""Nothing raw reaches a terminal or a log: names of files and folders, text of documents, on every command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clientsmith.cli import main

HOSTILE = "a\x1b[2J\x9b1m\u202e\n::error::x##[error]y"
"""A name of a folder or file, and text of a document, that clears the screen and fails the CI run."""

SPEC: dict[str, object] = {
    "openapi": "3.1.0",
    "info": {"title": HOSTILE, "version": "1\x7f"},
    "servers": [{"url": "https://api.acme.example"}],
    "paths": {
        f"/{HOSTILE}": {
            "get": {
                "tags": [HOSTILE],
                "description": HOSTILE,
                "responses": {"200": {"content": {"application/json": {"schema": {"$ref": f"#/{HOSTILE}"}}}}},
            }
        }
    },
    "components": {"schemas": {HOSTILE: {"properties": {HOSTILE: {"description": HOSTILE, "type": [HOSTILE]}}}}},
}

Capture = pytest.CaptureFixture[str]


def provider(root: Path, name: str, file: str = "openapi.json") -> Path:
    folder = root / "specs" / name
    folder.mkdir(parents=True)
    settings = f'package = "acme"\n\n[[sources]]\npath = {json.dumps(file)}\nkind = "openapi"\n'
    (folder / "provider.toml").write_text(settings)
    (folder / file).write_text(json.dumps(SPEC))
    return folder


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pyproject.toml").write_text("[tool.clientsmith]\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(capsys: Capture, *arguments: str) -> str:
    """What a command prints, to either stream."""
    return "".join(streams(capsys, *arguments))


def streams(capsys: Capture, *arguments: str) -> tuple[str, str]:
    """What a command prints to both streams, of which every line is harmless."""
    capsys.readouterr()
    try:
        status = main(arguments)
    except SystemExit:
        status = 2
    printed = capsys.readouterr()
    assert status != 70
    for line in (printed.out + printed.err).split("\n"):
        assert line.isprintable(), ascii(line)
        assert not line.lstrip().startswith("::"), line
        assert "##[" not in line
    return printed.out, printed.err


COMMANDS = [
    ("generate",),
    ("generate", "--strict"),
    ("check",),
    ("check", "--fast"),
    ("validate",),
    ("surface",),
    ("explain", "--names"),
    ("explain", "--stage", "document"),
    ("explain", "--stage", "api"),
    ("explain", "--stage", "package"),
    ("names", "--like", "json"),
]


@pytest.mark.parametrize("command", COMMANDS[:-1], ids=" ".join)
def test_a_folder_of_a_provider(root: Path, command: tuple[str, ...], capsys: Capture) -> None:
    provider(root, HOSTILE)
    assert r"a\x1b[2J\x9b1m\u202e\n::error::x" in shown(capsys, *command)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_text_of_a_document(root: Path, command: tuple[str, ...], capsys: Capture) -> None:
    provider(root, "acme", f"{HOSTILE}.json")
    shown(capsys, *command)
    assert shown(capsys, *command, "--json") if command[0] in ("generate", "check", "validate") else True


def test_names_of_providers_that_are_offered(root: Path, capsys: Capture) -> None:
    provider(root, HOSTILE)
    provider(root, "b" + HOSTILE)
    assert r"the providers are: a\x1b" in shown(capsys, "generate", "acme")
    assert "did you mean" in shown(capsys, "generate", HOSTILE + "z")
    assert r"name the provider whose SDK this is: a\x1b" in shown(capsys, "names", "--like", "json")
    assert "unrecognized arguments" in shown(capsys, "generate", f"--x{HOSTILE}")
    assert "invalid choice" in shown(capsys, HOSTILE)


def test_files_that_init_copies(root: Path, capsys: Capture) -> None:
    (root / HOSTILE.replace("/", "_")).write_text(json.dumps(SPEC))
    text = shown(capsys, "init", "acme", HOSTILE)
    assert r"wrote specs/acme/a\x1b[2J" in text
    assert (root / "specs" / "acme" / HOSTILE).is_file()


def test_json_for_readers_keeps_its_letters_and_escapes_what_is_not_seen(root: Path, capsys: Capture) -> None:
    provider(root, "acme")
    document = json.loads(streams(capsys, "explain", "acme", "--stage", "document")[0])
    assert document["root"]["info"]["title"] == HOSTILE


@pytest.mark.parametrize("content", ['{"type": ["x"], "password": "hunter2"}', '{"type": "object",\n "p": "hunter2",}'])
@pytest.mark.parametrize("command", [("generate", "--output", "out"), ("validate",), ("explain", "--stage", "api")])
def test_no_line_of_a_file_beside_the_document_is_quoted(
    root: Path, content: str, command: tuple[str, ...], capsys: Capture
) -> None:
    (root / "token.json").write_text(content)
    schema = {"properties": {"a": {"$ref": "token.json"}, "b": {"$ref": "token.json#/password"}}}
    (root / "openapi.json").write_text(json.dumps({**SPEC, "components": {"schemas": {"A": schema}}}))
    text = shown(capsys, *command, "--spec", "openapi.json")
    assert "token.json" in text
    assert "hunter2" not in text


def test_a_diff_is_cut(root: Path, capsys: Capture) -> None:
    provider(root, "acme")
    shown(capsys, "generate")
    edited = root / "generated" / "acme" / "_client.py"
    lines = edited.read_text().split("\n")
    edited.write_text("\n".join([*lines[:5], "x" * 1_000_000, *lines[6:]]))
    text = shown(capsys, "check")
    assert f"\n-{lines[5]}" not in text
    assert f"\n+{lines[5]}" in text
    assert len(text) < 100_000


def test_diagnostics_are_limited_and_counted(root: Path, capsys: Capture) -> None:
    folder = provider(root, "acme")
    schema = {"properties": {f"a{number}": {"$ref": f"#/components/schemas/B{number}"} for number in range(200)}}
    used = {"200": {"content": {"application/json": {"schema": schema}}}}
    paths = {"/a": {"get": {"responses": used}}}
    (folder / "openapi.json").write_text(json.dumps({**SPEC, "info": {"title": "A", "version": "1"}, "paths": paths}))
    text = shown(capsys, "check")
    assert text.count(": warning: cannot resolve reference") == 50
    assert "\nand 150 more [unresolved-ref]\n" in text
    assert "201 warnings\n" in text
    row = json.loads(streams(capsys, "check", "--json")[0])["providers"][0]
    assert [each["slug"] for each in row["diagnostics"]].count("unresolved-ref") == 50
    assert row["more"] == {"unresolved-ref": 150}
