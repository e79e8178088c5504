"""Hostile strings at every place of a document that holds text: whatever it says, it stays text.

Each client is generated, its syntax trees are compared with those of a harmless document, and all of them are imported
in one process that ends at the first thing that no import does. One document for each string, which is everywhere,
and one for each place, which has all of the strings.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from clientsmith.diagnostics import Report
from clientsmith.pipeline import build
from clientsmith.project.settings import Provider
from clientsmith.render.structure import check_tree

At: TypeAlias = Callable[[str], str]
"""Returns the text for a place."""

STRINGS = {
    "docstring": '"""',
    "quote": 'ends with "',
    "apostrophe": "ends with '",
    "backslash": "ends with \\",
    "named": "\\N{x}",
    "escape": "\\x",
    "octal": "\\777",
    "lf": "a\nimport os\nos._exit(3)\nb",
    "cr": "a\rimport os\rb",
    "crlf": "a\r\nimport os\r\nb",
    "nul": "nul\0",
    "ff": "a\x0cimport os\x0bb",
    "separator": "a\u2028import os\u2029b\x85c",
    "bidi": "a\u202e\u2066b",
    "surrogate": "half \ud800",
    "other half": "\udc00 half",
    "template": "{x}{{x}}{%x%}{#x#}%s%(x)s${x}",
    "concatenated": "'+exec('import os;os._exit(3)')+'",
    "imported": '"+__import__("os")._exit(3)+"',
    "comment": "x # \n*/ //",
    "coding": "coding: utf-7 +ACIACg-",
    "path": "../../x",
    "absolute": "/etc/passwd",
    "device": "CON",
    "long": "x" * 300,
    "words": "word " * 60,
    "empty": "",
    "blank": " \t ",
    "keyword": "class",
    "constant": "None",
    "dunder": "__init__",
    "private": "__x",
    "self": "self",
    "models": "models",
    "client": "_client",
    "runtime": "_runtime",
    "ligature": "\ufb01",
    "letter": "\u00aa",
    "digits": "123",
    "other script": "\u65e5\u672c",
    "emoji": "\U0001f600",
    "entity": "&#34;&quot;<script>",
    "decorator": "@x\n    pass",
    "pointer": "~1~0%2f#/",
    "tagged": "!!python/object/apply:os.system ['x']",
}


def document(at: At) -> dict[str, Any]:
    """A document with a text at every place: values, and keys."""
    schema = {"$ref": "#/components/schemas/Thing"}
    content: dict[str, Any] = {at("media type"): {"schema": schema, "example": at("example")}}
    thing: dict[str, Any] = {
        "type": "object",
        "title": at("title"),
        "description": at("schema description"),
        "required": [at("required"), at("property")],
        "properties": {
            at("property"): {"type": "string", "description": at("property description"), "default": at("default")},
            "a_const": {"const": at("const")},
            "an_enum": {
                "enum": [at("value"), "other"],
                "x-enum-varnames": [at("value name"), "other"],
                "x-enum-descriptions": [at("value description"), "other"],
            },
            "described": {"oneOf": [{"const": at("one of"), "title": at("const title")}, {"const": "other"}]},
            "a_format": {"type": "string", "format": at("format"), "pattern": at("pattern")},
            "a_type": {"type": at("type"), "contentEncoding": at("encoding"), "contentMediaType": at("media")},
            "inline": {"type": "object", "properties": {at("inline"): {"type": "integer", "examples": [at("ex")]}}},
            "a_union": {
                "oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}],
                "discriminator": {
                    "propertyName": at("discriminator"),
                    "mapping": {at("mapping"): "#/components/schemas/A", "b": at("mapped")},
                },
            },
            "a_reference": {"$ref": at("reference")},
            at("annotated"): {"type": "string", at("extension"): at("extension value"), "x-python-type": at("x")},
        },
        "additionalProperties": {"type": "string", "description": at("additional")},
    }
    operation: dict[str, Any] = {
        "tags": [at("tag")],
        "operationId": at("id"),
        "summary": at("summary"),
        "description": at("description"),
        "externalDocs": {"url": at("docs"), "description": at("docs description")},
        "x-codeSamples": [{"lang": "python", "source": at("sample")}],
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}, "description": at("in path")},
            {
                "name": at("query"),
                "in": "query",
                "style": at("style"),
                "description": at("query description"),
                "example": at("query example"),
                "schema": {"type": "string", "enum": [at("query value"), "other"], "default": at("query value")},
            },
            {"name": at("header"), "in": "header", "schema": {"type": "string", "default": at("header default")}},
            {"name": at("cookie"), "in": "cookie", "schema": {"type": "string"}},
            {"name": at("nowhere"), "in": at("in"), "schema": {"type": "string"}},
        ],
        "requestBody": {
            "description": at("body description"),
            "content": {
                **content,
                "multipart/form-data": {
                    "schema": {"type": "object", "properties": {at("part"): {"type": "string", "format": "binary"}}},
                    "encoding": {at("part"): {"contentType": at("part type")}},
                },
            },
        },
        "responses": {
            "200": {
                "description": at("response description"),
                "headers": {at("response header"): {"schema": {"type": "string"}, "description": at("of header")}},
                "content": {**content, "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
                "links": {at("link"): {"operationId": at("linked")}},
            },
            at("status"): {"description": at("status description"), "content": content},
        },
        "callbacks": {at("callback"): {at("expression"): {"post": {"responses": {}}}}},
        "security": [{at("scheme"): [at("scope")]}],
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": at("info title"),
            "version": at("version"),
            "summary": at("info summary"),
            "description": at("info description"),
            "termsOfService": at("terms"),
            "contact": {"name": at("contact"), "url": at("contact url"), "email": at("email")},
            "license": {"name": at("license"), "identifier": at("identifier")},
        },
        "servers": [
            {
                "url": "https://api.example.com/{v}",
                "description": at("server"),
                "variables": {"v": {"default": at("variable"), "description": at("variable description")}},
            }
        ],
        "tags": [{"name": at("tag"), "description": at("tag description")}],
        "paths": {
            f"/{at('segment')}/{{id}}": {"post": operation, "summary": at("item"), "description": at("item text")},
            at("bare path"): {"get": {"responses": {}}},
            "/other": {"get": {"operationId": "other", "responses": {}}, at("method"): {"responses": {}}},
        },
        "webhooks": {at("webhook"): {"post": {"requestBody": {"content": content}, "responses": {}}}},
        "components": {
            "schemas": {
                "Thing": thing,
                "A": {"type": "object", "properties": {"a": {"type": "string"}}},
                "B": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/Other"}}},
                "Other": {"type": "object", "properties": {"o": {"type": "string"}}},
                at("component"): {"type": "object", "properties": {"c": {"enum": ["x", "y"]}}},
            },
            "securitySchemes": {
                at("scheme"): {
                    "type": "apiKey",
                    "in": "header",
                    "name": at("key"),
                    "description": at("scheme description"),
                },
                "oauth": {
                    "type": "oauth2",
                    "flows": {"clientCredentials": {"tokenUrl": at("token url"), "scopes": {at("scope"): at("of it")}}},
                },
            },
        },
        at("root extension"): at("root value"),
    }


def places() -> list[str]:
    found: dict[str, None] = {}

    def noted(place: str) -> str:
        found[place] = None
        return f"text of {place}"

    document(noted)
    return list(found)


def generated(at: At, folder: Path) -> dict[str, str]:
    """The files of a client, without those of its runtime, which hold no text of a document."""
    folder.mkdir()
    (folder / "openapi.json").write_text(json.dumps(document(at)))
    built = build(Provider.for_spec([folder / "openapi.json"], "acme"), Report(), {})
    for name, text in built.files.items():
        path = folder / "acme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        assert (folder / "acme").resolve() in path.resolve().parents
    return {name: text for name, text in built.files.items() if not name.startswith("_runtime/")}


def called(text: str) -> set[str]:
    """The functions that a module calls."""
    return {ast.unparse(node.func) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)}


def kinds(text: str) -> set[str]:
    """The kinds of statements and expressions of a module."""
    return {type(node).__name__ for node in ast.walk(ast.parse(text))}


@cache
def harmless(folder: Path) -> tuple[frozenset[str], frozenset[str]]:
    files = {n: t for n, t in generated(lambda place: f"text of {place}", folder).items() if n.endswith(".py")}
    calls = set[str]().union(*map(called, files.values()))
    return frozenset(calls), frozenset(set[str]().union(*map(kinds, files.values())))


MORE_CALLS = frozenset({"field", "dataclasses.field", "wire", "Operation", "value_guard", "Tagged"})
"""What a client calls where a name differs from what is sent, and the like."""

MORE_KINDS = frozenset({"Dict", "Subscript", "Tuple", "UnaryOp", "USub", "BinOp", "BitOr", "Pass", "List", "keyword"})

IMPORT = """\
import importlib, os, sys, warnings
warnings.simplefilter("error")
REFUSED = ("socket.", "subprocess.", "shutil.", "urllib.", "ctypes.", "webbrowser.", "http.", "os.system", "os.exec",
           "os.spawn", "os.posix_spawn", "os.fork", "os.startfile", "os.kill", "os.remove", "os.rename", "os.rmdir",
           "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.putenv", "os.truncate")
def hook(event, arguments):
    written = event == "open" and set(arguments[1] or "r") & set("wax+")
    if written or event.startswith(REFUSED):
        sys.stderr.write(f"{event} {arguments}\\n"); os._exit(9)
import asyncio, concurrent.futures, dataclasses, http.client, json, socket, ssl, typing, urllib.request, uuid, decimal
sys.dont_write_bytecode = True
hooked = False
for folder in sys.argv[1:]:
    sys.path.insert(0, folder)
    names = []
    for base, _, files in os.walk(os.path.join(folder, "acme")):
        for file in sorted(files):
            if file.endswith(".py"):
                parts = os.path.relpath(os.path.join(base, file), folder)[:-3].split(os.sep)
                names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    if not hooked:
        sys.addaudithook(hook); hooked = True
    for name in names:
        module = importlib.import_module(name)
        for public in getattr(module, "__all__", ()):
            value = getattr(module, public)
            if name == "acme.models" and hasattr(value, "__dataclass_fields__"):
                sys.modules["acme._runtime.codec_kinds"].plan_of(value)
    sys.path.remove(folder)
    for name in [name for name in sys.modules if name.partition(".")[0] == "acme"]:
        del sys.modules[name]
print("all imported")
"""


def imported(folders: list[Path]) -> str:
    command = [sys.executable, "-c", IMPORT, *map(str, folders)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr[-2000:] + (f"\nexit {done.returncode}" if done.returncode else "")


def check_files(files: dict[str, str], folder: Path) -> None:
    calls, expected = harmless(folder)
    for name, text in files.items():
        if name.endswith(".py"):
            check_tree(text, name)
            assert called(text) <= calls | MORE_CALLS, name
            assert kinds(text) <= expected | MORE_KINDS, name


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("twin") / "harmless"


def test_every_string_everywhere(twin: Path, tmp_path: Path) -> None:
    order = {place: f"{number}" for number, place in enumerate(places())}
    for name, string in STRINGS.items():

        def numbered(place: str, text: str = string) -> str:
            # The number comes first, because some strings hurt by their end, and keys must differ.
            return order[place] + text

        def alone(place: str, text: str = string) -> str:
            return text

        check_files(generated(numbered, tmp_path / f"{name} numbered"), twin)
        check_files(generated(alone, tmp_path / name), twin)
    assert imported(sorted(tmp_path.iterdir())) == "all imported\n"


def test_every_place_with_all_strings(twin: Path, tmp_path: Path) -> None:
    everything = "\n".join(STRINGS.values())
    for number, hostile in enumerate(places()):

        def at(place: str, hostile: str = hostile) -> str:
            return everything if place == hostile else f"text of {place}"

        check_files(generated(at, tmp_path / f"place {number}"), twin)
    assert imported(sorted(tmp_path.iterdir())) == "all imported\n"


def test_code_that_got_through_would_be_found(tmp_path: Path) -> None:
    generated(lambda place: f"text of {place}", tmp_path / "one")
    client = tmp_path / "one" / "acme" / "errors.py"
    client.write_text(client.read_text(encoding="utf-8") + "\n__import__('os').system('true')\n", encoding="utf-8")
    assert "exit 9" in imported([tmp_path / "one"])
    assert "__import__" in called(client.read_text(encoding="utf-8"))
