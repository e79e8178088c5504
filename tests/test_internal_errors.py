"""Inputs that once were internal errors: each is a diagnostic with a line, or a client."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from clientsmith.cli import main

SPEC: dict[str, Any] = {
    "openapi": "3.2.0",
    "info": {"title": "A", "version": "1"},
    "servers": [{"url": "https://a.example"}],
    "paths": {"/x": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {}}}}}}}},
}
SETTINGS = 'package = "acme"\noverlays = ["overlay.yaml"]\n\n[[sources]]\npath = "openapi.json"\nkind = "openapi"\n'
OVERLAY = "overlay: 1.1.0\ninfo: {title: A, version: '1'}\nactions:\n"
NOTHING = OVERLAY + "- {target: $.info, update: {summary: s}}\n"

Capture = pytest.CaptureFixture[str]


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def project(root: Path, **files: str) -> Path:
    folder = root / "specs" / "acme"
    folder.mkdir(parents=True)
    written = {"openapi.json": json.dumps(SPEC), "provider.toml": SETTINGS, "overlay.yaml": NOTHING}
    for name, text in {**written, **{name.replace("_", "."): text for name, text in files.items()}}.items():
        (folder / name).write_text(text)
    (root / "pyproject.toml").write_text("[tool.clientsmith]\n")
    return folder


def printed(capsys: Capture, *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    status = main(arguments)
    found = capsys.readouterr()
    return status, found.out + found.err


DOCUMENTS: dict[str, dict[str, Any]] = {
    "tags and segments that are keywords": {
        "paths": {f"/{word.lower()}": {"get": {"tags": [word], "responses": {}}} for word in ("Import", "Class")}
    },
    "methods that are none": {
        "paths": {
            "/x": {"additionalOperations": {name: {"responses": {}} for name in ("~", "p-", "GET /a?x=", "A\r\nB: 1")}}
        }
    },
    "unions in a circle": {
        "components": {
            "schemas": {
                "A": {"anyOf": [ref("B"), {"type": "null"}]},
                "B": {"oneOf": [ref("A"), ref("B")]},
                "C": {"properties": {"a": ref("A")}},
            }
        },
        "paths": {"/x": {"get": {"responses": {"200": {"content": {"application/json": {"schema": ref("C")}}}}}}},
    },
    "arrays within arrays, twice": {
        "components": {
            "schemas": {
                **{f"{x}{i}": {"type": "array", "items": ref(f"{x}{i + 1}")} for i in range(600) for x in "AB"},
                "C": {"allOf": [{"properties": {"a": ref("A0")}}, {"properties": {"a": ref("B0")}}]},
            }
        },
        "paths": {"/x": {"get": {"responses": {"200": {"content": {"application/json": {"schema": ref("C")}}}}}}},
    },
    "a path of thousands of segments": {"paths": {"/x" * 5000: {"get": {"responses": {}}}}},
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    project(tmp_path, openapi_json=json.dumps({**SPEC, **DOCUMENTS[name]}))
    monkeypatch.chdir(tmp_path)
    status, text = printed(capsys, "generate")
    assert status == 0, text
    assert (tmp_path / "generated" / "acme" / "_client.py").is_file()


FILES: dict[str, tuple[dict[str, str], str]] = {
    "a number of hexadecimal digits": (
        {"overlay_yaml": f"{OVERLAY}- {{target: $.info, update: {{x-a: 0x{'f' * 3990}}}}}\n"},
        "overlay.yaml:4:",
    ),
    "TOML nested in arrays": (
        {"provider_toml": f"{SETTINGS}a = {'[' * 3000}{']' * 3000}\n"},
        "provider.toml:7:1: error",
    ),
    "TOML nested in tables": (
        {"provider_toml": f"{SETTINGS}a = {'{a=' * 3000}1{'}' * 3000}\n"},
        "provider.toml:7:1: error",
    ),
    "a number in TOML": ({"provider_toml": f"{SETTINGS}a = {'1' * 5000}\n"}, "provider.toml:7:1: error"),
    "a nested lock": ({"clientsmith_lock": f"\na = {'[' * 3000}{']' * 3000}\n"}, "clientsmith.lock:2:1: error"),
    "a number in a lock": ({"clientsmith_lock": f"\na = {'1' * 5000}\n"}, "clientsmith.lock:2:1: error"),
    "an empty target": ({"overlay_yaml": f"{OVERLAY}- {{target: '', remove: true}}\n"}, "overlay.yaml:4:3: error"),
    "a slice": (
        {"overlay_yaml": f"{OVERLAY}- {{target: '$.paths[{'9' * 6000}]', remove: true}}\n"},
        "overlay.yaml:4:12: error",
    ),
    "a nested target": (
        {"overlay_yaml": f"{OVERLAY}- {{target: '$[?{'(' * 3000}@.a{')' * 3000}]', remove: true}}\n"},
        "overlay.yaml:4:12: error",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_files(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    files, said = FILES[name]
    project(tmp_path, **files)
    monkeypatch.chdir(tmp_path)
    status, text = printed(capsys, "generate")
    assert status in (2, 3)
    assert said in text


def test_a_copy_into_what_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    schemas = {"A": {"type": "object", "properties": {"b": {"type": "string"}}}}
    action = "- {target: $.components.schemas.A.properties, copy: $.components.schemas.A}\n"
    document = json.dumps({**SPEC, "components": {"schemas": schemas}})
    project(tmp_path, openapi_json=document, overlay_yaml=OVERLAY + action * 40)
    monkeypatch.chdir(tmp_path)
    status, text = printed(capsys, "generate")
    assert status in (0, 3)
    assert "acme: " in text
