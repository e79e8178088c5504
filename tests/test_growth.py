"""An input of twice the size costs at most 2.5 times as much: no small file stops a run for minutes."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from growth import MOST, MOST_TIME, growth, growth_of_time
from parsing import document

from clientsmith.claims.blocks import lines_of
from clientsmith.claims.changes import changes_of
from clientsmith.claims.citations import CitedPage
from clientsmith.claims.lookup import Lookup
from clientsmith.claims.pages import claims, statements
from clientsmith.diagnostics import ClientsmithError, Report
from clientsmith.load.load import LoadRequest, SourceFile, load
from clientsmith.load.pages import read_page
from clientsmith.parse import parse
from clientsmith.pipeline import package
from clientsmith.project.lock import Counts, Lock, parse_lock
from clientsmith.project.settings import Provider
from clientsmith.project.toml_positions import toml_positions
from clientsmith.project.toml_text import TomlError, read_toml
from clientsmith.runtime.codec import Codec, CodecError
from clientsmith.runtime.codec_kinds import Names
from clientsmith.translate.call_paths import is_version
from clientsmith.translate.plain_text import plain

Schemas: TypeAlias = dict[str, Any]


def test_what_is_quadratic_is_found() -> None:
    def pairs(size: int) -> Callable[[], object]:
        return lambda: [hex(i) for i in range(size) for _ in range(size)]

    assert growth(pairs, 30) > 3.9
    assert growth_of_time(pairs, 250) > MOST_TIME


# ------------------------------------------------------------------------------------------------------------ schemas


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def chain_of_references(size: int) -> Schemas:
    return {**{f"A{i}": ref(f"A{i + 1}") for i in range(size)}, f"A{size}": {"type": "string"}}


def chain_of_references_from_its_end(size: int) -> Schemas:
    return dict(reversed(chain_of_references(size).items()))


def circle_of_references(size: int) -> Schemas:
    return {f"A{i}": ref(f"A{(i + 1) % size}") for i in range(size)}


def anything_or_arrays_of_it(size: int) -> Schemas:
    level = {f"A{i}": {"anyOf": [ref(f"A{i + 1}"), {"type": "array", "items": ref(f"A{i + 1}")}]} for i in range(size)}
    return {**level, f"A{size}": {"type": "string"}}


def arrays_or_maps(size: int) -> Schemas:
    schemas: Schemas = {f"A{size}": {"type": "string"}}
    for i in range(size):
        array = {"type": "array", "items": ref(f"A{i + 1}")}
        schemas[f"A{i}"] = {"oneOf": [array, {"type": "object", "additionalProperties": ref(f"A{i + 1}")}]}
    return schemas


def alternatives_in_alternatives(size: int) -> Schemas:
    schemas: Schemas = {f"A{size}": {"type": "string"}}
    for i in range(size):
        # By way of a property, which is no component.
        schemas[f"A{i}"] = {"properties": {"a": {"anyOf": [{"type": "array", "items": ref(f"A{i + 1}")}, ref("A0")]}}}
    return schemas


def properties_of_arrays(size: int) -> Schemas:
    """Each by a pointer to the property before, which is no component."""
    properties: dict[str, Any] = {"p0": {"type": "string"}}
    for i in range(size):
        before = ref(f"A/properties/p{i}")
        properties[f"p{i + 1}"] = {"anyOf": [before, {"type": "array", "items": before}]}
    return {"A": {"type": "object", "properties": properties}}


def parsed(make: Callable[[int], Schemas]) -> Callable[[int], Callable[[], object]]:
    def work(size: int) -> Callable[[], object]:
        root = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "components": {"schemas": make(size)}}
        return lambda: parse(document(root), Report())

    return work


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (chain_of_references, 300),
        (chain_of_references_from_its_end, 300),
        (circle_of_references, 300),
        (anything_or_arrays_of_it, 30),
        (arrays_or_maps, 30),
        (alternatives_in_alternatives, 30),
        (properties_of_arrays, 30),
    ],
)
def test_schemas(make: Callable[[int], Schemas], size: int) -> None:
    assert growth(parsed(make), size) <= MOST


# -------------------------------------------------------------------------------------------------------------- pages

TABLE = "| name | type |\n| --- | --- |\n"
RESPONSES = "Responses\n- 200\nx\n- a/b\n"

PAGES: dict[str, Callable[[int], str]] = {
    "front matter": lambda n: "---\n" + "openapi: x\n" * n,
    "comments": lambda n: "<!--" * n,
    "a comment of spaces": lambda n: "<!--" + " " * n,
    "a comment of labels": lambda n: "<!--" + "source:" * n + "-->",
    "a heading of spaces": lambda n: "# a" + " " * n + "b",
    "a heading of marks": lambda n: "# a" + " #" * n + "b",
    "marks": lambda n: "#" * n,
    "a label of spaces": lambda n: "source" + " " * n,
    "paths of blank lines": lambda n: "```yaml\npaths:" + "\n" * n + "x\n```\n",
    "paths again and again": lambda n: "```yaml\n" + "paths:\n" * n + "x\n```\n",
    "a fence of spaces": lambda n: "```yaml\n{" + " " * n + "x\n```\n",
    "a fence of blank lines": lambda n: "```yaml\n" + "{\n\n" * n + "x\n```\n",
    "backticks": lambda n: "`" * n,
    "fences": lambda n: "```yaml\n" + "~~~\n" * n,
    "fences in lists": lambda n: "- ```\n" * n,
    "quotations": lambda n: "> " * n + "```\n",
    "cells of backticks": lambda n: TABLE + "|" + "` " * n + "\\",
    "cells of code": lambda n: TABLE + "`a " * n + "|\\",
    "cells of backslashes": lambda n: TABLE + "|" + "\\" * n,
    "bars": lambda n: TABLE + "|" * n,
    "a separator of spaces": lambda n: "| a | b |\n" + " " * n + "x",
    "a separator of columns": lambda n: "| a | b |\n" + "---|   " * n + "x",
    "a separator of dashes": lambda n: "| a | b |\n|" + " " * n + "-" * n + "x",
    "types of spaces": lambda n: TABLE + "| a | string " + " " * n + "x |\n",
    "types": lambda n: TABLE + "| a | string" + " | string" * n + " |\n",
    "a path of fields": lambda n: TABLE + "| " + "a[]" * n + "! | string |\n",
    "tables": lambda n: TABLE * n,
    "an operation of spaces": lambda n: "GET " + " " * n + "x",
    "an operation of dots": lambda n: "GET /" + "a." * n,
    "an operation of segments": lambda n: "GET " + "/a.b" * n + "{",
    "values of spaces": lambda n: "status" + " " * n + "x",
    "values of words": lambda n: "a " * n + "status",
    "values in one line": lambda n: "status\n" + "a B " * n,
    "many values": lambda n: "status\nfoo bar B\n" * n,
    "a listed value of spaces": lambda n: "status\n- " + " " * n + "x",
    "blocks of responses": lambda n: RESPONSES + "a\n" * n,
    "blank lines in responses": lambda n: RESPONSES + "\n" * n,
    "braces": lambda n: RESPONSES + "{\n" * n,
    "brackets": lambda n: RESPONSES + "[\n" * n,
    "examples": lambda n: RESPONSES + "{\n}\n" * n,
    "an example that never ends": lambda n: RESPONSES + "{\n" + "x\n}\n" * n,
    "an example": lambda n: RESPONSES + "{\n" + ",".join(f'"a{i}": 1\n' for i in range(n)) + "}\n",
    "possible values": lambda n: RESPONSES + "Possible values: [a]\n" * n,
}


@pytest.mark.parametrize("name", PAGES)
def test_pages(name: str) -> None:
    def fragments(size: int) -> Callable[[], object]:
        text = PAGES[name](size)
        return lambda: read_page(text, "page.md", Report())

    def stated(size: int) -> Callable[[], object]:
        text = PAGES[name](size)
        return lambda: claims(text, "page.md")

    assert growth_of_time(fragments, 1500) <= MOST_TIME
    assert growth_of_time(stated, 1500) <= MOST_TIME


FIELDS = "## GET /a\n\n| field | type |\n| --- | --- |\n"

EDITIONS: dict[str, Callable[[int], tuple[str, str]]] = {
    "other types": lambda n: (rows(n, "f{} | string"), rows(n, "f{} | integer")),
    "other names": lambda n: (rows(n, "a{} | string"), rows(n, "b{} | string")),
    "other names and one more": lambda n: (rows(n, "a{} | string"), rows(n + 1, "b{} | string")),
    "every other row is gone": lambda n: (rows(n, "f{} | string"), rows(n, "f{} | string", step=2)),
    "every other row is new": lambda n: (rows(n, "f{} | string", step=2), rows(n, "f{} | string")),
    "another version": lambda n: (sections(n, "GET /v1/a{}"), sections(n, "GET /v2/a{}")),
    "other operations": lambda n: (sections(n, "GET /a{}"), sections(n, "POST /{}/b")),
    "other sections": lambda n: (sections(n, "Part a{}"), sections(n, "Chapter b{}")),
    "other words": lambda n: ("".join(f"Not {i}.\n\n" for i in range(n)), "".join(f"Nor {i}.\n\n" for i in range(n))),
}


def rows(n: int, row: str, step: int = 1) -> str:
    return FIELDS + "".join(f"| {row.format(i)} |\n" for i in range(0, n, step))


def sections(n: int, title: str) -> str:
    return "".join(f"## {title.format(i)}\n\n| field | type |\n| --- | --- |\n| x{i} | string |\n\n" for i in range(n))


@pytest.mark.parametrize("name", EDITIONS)
def test_changes_of_pages(name: str) -> None:
    def compared(size: int) -> Callable[[], object]:
        old, new = EDITIONS[name](size)
        before, after, lines = statements(old, "page.md"), statements(new, "page.md"), lines_of(new)
        return lambda: changes_of(before, after, lines)

    assert growth_of_time(compared, 300) <= MOST_TIME


def test_citations() -> None:
    def cited(size: int) -> Callable[[], object]:
        page = statements(sections(size, "GET /a{}").replace("| field", "### Response\n\n| field"), "page.md")
        titles = [f"GET /a{i} > Response" for i in range(size)]

        def read() -> None:
            found = CitedPage(page)
            assert all(len(found.sections(title)) == 1 for title in titles)
            assert len(found.leads_to("Response")) == size

        return read

    assert growth_of_time(cited, 200) <= MOST_TIME


@pytest.mark.parametrize("path", ["/a{}/{{id}}", "/a{}/42", "/a{}/{{other}}", "/v1/a{}/{{id}}", "/b{}"])
def test_operations_of_pages(path: str) -> None:
    def looked_up(size: int) -> Callable[[], object]:
        root: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}}
        ids = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
        paths: dict[str, Any] = {f"/a{i}/{{id}}": {"get": {"parameters": ids, "responses": {}}} for i in range(size)}
        root |= {"servers": [{"url": "https://a.example/v1"}], "paths": paths}
        api = parse(document(root), Report())

        def read() -> None:
            lookup = Lookup(api)
            for i in range(size):
                found = lookup.operations("GET", path.format(i)) or lookup.similar_operations("GET", path.format(i))
                assert len(found) == (path != "/b{}")

        return read

    assert growth_of_time(looked_up, 100) <= MOST_TIME


DESCRIPTIONS: dict[str, Callable[[int], str]] = {
    "tags": lambda n: "<a b='" * n,
    "anchors": lambda n: "<a href=" * n,
    "comments": lambda n: "<!--" * n,
    "images": lambda n: "![](" * n,
    "links": lambda n: "[a](" * n,
    "a link of spaces": lambda n: "[a](x" + " " * n,
    "strong": lambda n: "**a " * n,
    "emphasis": lambda n: "*a " * n,
    "a heading of spaces": lambda n: "# a" + " " * n + "b",
    "a heading of marks": lambda n: "# " + " #" * n + "b",
    "a rule": lambda n: "-  " * n + "x",
    "code": lambda n: "`a" * n,
    "fences": lambda n: "```a" * n,
    "blank lines": lambda n: "\n " * n + "x",
    "entities": lambda n: "&#" * n,
    "lists": lambda n: "- " * n,
}


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_descriptions(name: str) -> None:
    def plain_text(size: int) -> Callable[[], object]:
        text = DESCRIPTIONS[name](size)
        return lambda: plain(text)

    assert growth_of_time(plain_text, 1500) <= MOST_TIME


# ------------------------------------------------------------------------------------------------------ TOML and locks

SETTINGS: dict[str, Callable[[int], str]] = {
    "keys": lambda n: "".join(f"a{i} = 1\n" for i in range(n)),
    "tables": lambda n: "".join(f"[a{i}]\nb = 1\n" for i in range(n)),
    "tables in arrays": lambda n: "".join(f"[[allow]]\nslug = 'a{i}'\n" for i in range(n)),
    "items": lambda n: "a = [\n" + "1,\n" * n + "]\n",
    "pairs": lambda n: "a = {" + ", ".join(f"b{i} = 1" for i in range(n)) + "}\n",
    "blank lines": lambda n: "\n" * n + "a = 1\n",
    "comments": lambda n: "#\n" * n + "a = 1\n",
    "spaces": lambda n: "a" + " " * n + "= 1\n",
    "a text": lambda n: 'a = "' + "\\\\" * n + '"\n',
    "a text of lines": lambda n: 'a = \"\"\"' + '""\n' * n + '\"\"\"\n',
    "commas": lambda n: 'a = "' + "," * n + '"\n',
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings(name: str) -> None:
    def positions(size: int) -> Callable[[], object]:
        text = SETTINGS[name](size)
        return lambda: (read_toml(text), toml_positions(text))

    assert growth_of_time(positions, 700) <= MOST_TIME


def test_keys_of_many_parts_are_refused_at_once() -> None:
    def dotted(size: int) -> Callable[[], object]:
        def read() -> None:
            with pytest.raises(TomlError, match="more than 100 parts"):
                read_toml("a" + ".a" * size + " = 1\n")

        return read

    assert growth_of_time(dotted, 5000) <= MOST_TIME


def test_locks() -> None:
    def lock(size: int) -> Callable[[], object]:
        addresses = [f"#/components/schemas/A{i}" for i in range(size)]
        digests = {f"a{i}.py": "0" * 64 for i in range(size)}
        names = {address: f"A{i}" for i, address in enumerate(addresses)}
        names |= {f"argument:GET /a{i}|query:b": "b" for i in range(size)}
        names |= {f"place:{address}|b": "B" for address in addresses}
        text = Lock("tool", digests, digests, names, Counts()).text()
        return lambda: parse_lock(text).text()

    assert growth(lock, 200) <= MOST
    assert growth_of_time(lock, 200) <= MOST_TIME


# ---------------------------------------------------------------------------------------------------------- documents

HEAD = '{"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {}, '

DOCUMENTS: dict[str, Callable[[int], str]] = {
    "duplicate keys": lambda n: HEAD + '"x-a": 1, ' * n + '"x-b": 1}',
    "trailing commas": lambda n: HEAD + '"x-a": [' + "[1,]," * n + "1]}",
    "commas": lambda n: HEAD + '"x-a": [' + "," * n + "]}",
    "spaces": lambda n: HEAD + " " * n + '"x-a": 1}',
    "a text": lambda n: HEAD + '"x-a": "' + '\\"' * n + '"}',
    "a text without an end": lambda n: HEAD + '"x-a": "' + "a" * n,
    "brackets": lambda n: HEAD + '"x-a": ' + "[" * n,
    "YAML lines": lambda n: "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n" + "".join(
        f"x-{i}: 1\n" for i in range(n)
    ),
    "YAML duplicates": lambda n: "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n" + "x-a: 1\n" * n,
    "YAML aliases": lambda n: "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\nx-a: &a [1]\nx-b:\n"
    + "- *a\n" * n,
    "references": lambda n: HEAD + '"components": {"schemas": {'
    + ", ".join(f'"A{i}": {{"$ref": "#/components/schemas/A{i + 1}"}}' for i in range(n))
    + f', "A{n}": {{}}' + "}}}",
    "references that dangle": lambda n: HEAD + '"components": {"schemas": {'
    + ", ".join(f'"A{i}": {{"$ref": "#/components/schemas/B{i + 1}"}}' for i in range(n)) + "}}}",
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents(name: str, tmp_path: Path) -> None:
    def loaded(size: int) -> Callable[[], object]:
        file = f"{size}.{'yaml' if name.startswith('YAML') else 'json'}"
        (tmp_path / file).write_text(DOCUMENTS[name](size))

        def read() -> None:
            report = Report()
            with suppress(ClientsmithError):
                document = load(LoadRequest(tmp_path, (SourceFile(file, "openapi"),)), report)
                report.located(document.locate)

        return read

    assert growth(loaded, 200) <= MOST
    if not name.startswith("references"):  # in which no regular expression has a part
        assert growth_of_time(loaded, 200) <= MOST_TIME


# -------------------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    "text", ["v" + "1" * 4000 + "x", "v1" + "p1" * 2000 + "x", "v1" + ".1" * 2000 + "x", "1" * 4000 + ".x"]
)
def test_versions(text: str) -> None:
    assert not is_version(text)


def operation(size: int) -> Schemas:
    schema: Schemas = {"title": "inline" + "1" * size + "x", "properties": {"a": {}}}
    return {"get": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}}


def path(size: int) -> Schemas:
    return {"/x" * size: {"get": {}}}


def tag(size: int) -> Schemas:
    return {"/x": {"get": {"tags": [" ".join(f"w{i}" for i in range(size))]}}}


def operation_id(size: int) -> Schemas:
    return {"/x": {"get": {"operationId": ".".join(f"w{i}" for i in range(size))}}}


def equal_paths(size: int) -> Schemas:
    return {f"/x/{{p{i}}}": {"get": {}} for i in range(size // 10)}


def equal_ids(size: int) -> Schemas:
    return {f"/x{i}": {"get": {"operationId": "same"}} for i in range(size // 10)}


def title_of_digits(size: int) -> Schemas:
    return {"/x": operation(size)}


PATHS: dict[str, Callable[[int], Schemas]] = {
    "a path": path,
    "a tag": tag,
    "an id": operation_id,
    "equal paths": equal_paths,
    "equal ids": equal_ids,
    "a title of digits": title_of_digits,
}


@pytest.mark.parametrize("make", PATHS.values(), ids=PATHS)
def test_call_paths(make: Callable[[int], Schemas], tmp_path: Path) -> None:
    def named(size: int) -> Callable[[], object]:
        root = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": make(size)}
        file = tmp_path / f"{size}.json"
        file.write_text(json.dumps(root))
        return lambda: package(Provider.for_spec([file], "acme"), Report())

    assert growth(named, 600) <= MOST


# ------------------------------------------------------------------------------------------------------------ clients


def test_aliases_of_a_client_are_evaluated_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def levels(size: int) -> Callable[[], object]:
        name = f"aliases_{size}"
        lines = [f'A{i} = "A{i + 1} | list[A{i + 1}] | dict[str, A{i + 1}]"' for i in range(size)]
        (tmp_path / f"{name}.py").write_text("\n".join([*lines, f'A{size} = "str | int"']), encoding="utf-8")
        importlib.import_module(name)
        return lambda: Names(name).kind("A0")

    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert growth(levels, 8) <= MOST


def test_an_alias_that_contains_itself_is_evaluated_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own_alias.py").write_text('Json = "str | list[Json] | dict[str, Json]"\nBad = "str | Nothing"\n')
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    codec = Codec("own_alias")
    importlib.import_module("own_alias")
    assert codec.decode("list[Json]", ["a", ["b", {"c": ["d"]}]], strict=True) == ["a", ["b", {"c": ["d"]}]]
    with pytest.raises(CodecError, match="/0/0"):
        codec.decode("list[Json]", [[1]], strict=True)
    for _ in range(2):
        with pytest.raises(NameError, match="Nothing"):
            codec.decode("Bad", "a")
