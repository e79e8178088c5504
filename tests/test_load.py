"""Loading as a whole: files of all kinds, what is merged, what is taken from a folder, places and digests."""

from __future__ import annotations

import copy
import hashlib
import time
from pathlib import Path
from typing import Any

import pytest

from clientsmith.diagnostics import ClientsmithError, Location, Report
from clientsmith.load.document import Document
from clientsmith.load.load import Kind, LoadRequest, SourceFile, load
from clientsmith.project.settings import PAGE_SUFFIXES

HEAD = "openapi: 3.1.0\ninfo: {title: Acme, version: '1'}\n"


def fence(path: str) -> str:
    body = (
        f"{HEAD}paths:\n  {path}:\n    get:\n      responses:\n        '200': {{$ref: '#/components/responses/Done'}}\n"
    )
    return f"````yaml GET {path}\n{body}components:\n  responses:\n    Done: {{description: d}}\n````\n"


def loaded(folder: Path, files: dict[str, str], *sources: tuple[str, Kind], **more: Any) -> tuple[Document, Report]:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    report = Report()
    document = load(LoadRequest(folder, tuple(SourceFile(*each) for each in sources), **more), report)
    return document, report


def failed(folder: Path, files: dict[str, str], *sources: tuple[str, Kind], **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(ClientsmithError) as raised:
        loaded(folder, files, *sources, **more)
    return [(found.slug, str(found.location)) for found in raised.value.report.errors]


def located(document: Document, address: str) -> Location:
    place = document.place(address)
    return document.locate([place])[place]


def test_pages_become_one_document_with_the_location_of_every_part(tmp_path: Path) -> None:
    files = {"pages/a.md": f"# A\n\n{fence('/a')}", "pages/b.md": f"# B\n{fence('/b')}\n# C\n{fence('/c')}"}
    document, report = loaded(tmp_path, files, ("pages/b.md", "page"), ("pages/a.md", "page"), shown="specs/acme/")
    assert report.diagnostics == []
    assert list(document.root["paths"]) == ["/a", "/b", "/c"]
    assert str(located(document, "#/paths/~1a/get")) == "specs/acme/pages/a.md:8:5"
    assert str(located(document, "#/paths/~1c/get")) == "specs/acme/pages/b.md:21:5"
    assert document.digests == {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}


def test_overlays_come_after_merging_and_own_what_they_set(tmp_path: Path) -> None:
    overlay = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n"
    overlay += "  - target: $.info\n    update:\n      title: Acme!\n"
    files = {"api.yaml": f"{HEAD}paths: {{}}\n", "fix.yaml": overlay}
    document, report = loaded(tmp_path, files, ("api.yaml", "openapi"), overlays=("fix.yaml",))
    assert report.diagnostics == []
    assert document.root["info"] == {"title": "Acme!", "version": "1"}
    assert str(located(document, "#/info/title")) == "fix.yaml:6:14"
    assert str(located(document, "#/info/version")) == "api.yaml:2:30"
    assert sorted(document.digests) == ["api.yaml", "fix.yaml"]


def test_upgraded_nodes_are_found_where_they_stood(tmp_path: Path) -> None:
    text = "openapi: 3.0.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A:\n"
    text += "      nullable: true\n      allOf:\n        - type: object\n          nullable: true\n"
    document, _ = loaded(tmp_path, {"api.yaml": text}, ("api.yaml", "openapi"))
    arm = "#/components/schemas/A/anyOf/0/allOf/0"
    assert document.at(arm).value == {"type": ["object", "null"]}
    assert located(document, arm).line == 9
    assert document.version == (3, 0)


def test_the_original_is_what_was_written(tmp_path: Path) -> None:
    text = f"{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{type: string, nullable: true}}}}}}\n"
    document, _ = loaded(tmp_path, {"api.yaml": text}, ("api.yaml", "openapi"))
    assert document.root["components"]["schemas"]["A"] == {"type": ["string", "null"]}
    assert document.original
    assert document.original()["components"]["schemas"]["A"] == {"type": "string", "nullable": True}


def test_several_documents_refer_to_one_another(tmp_path: Path) -> None:
    job = "{$ref: ../b/images.yaml#/components/schemas/Image}"
    files = {
        "a/jobs.yaml": f"{HEAD}paths: {{}}\ncomponents: {{schemas: {{Job: {job}}}}}",
        "b/images.yaml": f"{HEAD}paths: {{}}\ncomponents: {{schemas: {{Image: {{items: {{$ref: size.yaml}}}}}}}}",
        "b/size.yaml": "type: integer",
    }
    document, report = loaded(tmp_path, files, ("a/jobs.yaml", "openapi"), ("b/images.yaml", "openapi"), project=False)
    assert report.errors == []
    schemas = document.root["components"]["schemas"]
    assert schemas["Job"] == {"$ref": "#/components/schemas/Image"}
    assert document.follow(document.at("#/components/schemas/Image/items")).value == {"type": "integer"}


def test_an_authored_document_is_merged_with_pages(tmp_path: Path) -> None:
    own = "openapi: 3.1.0\npaths: {/own: {get: {responses: {'200': {$ref: '#/components/responses/Done'}}}}}\n"
    document, report = loaded(
        tmp_path, {"a.md": fence("/a"), "own.yaml": own}, ("a.md", "page"), ("own.yaml", "authored")
    )
    assert report.diagnostics == []
    assert sorted(document.root["paths"]) == ["/a", "/own"]
    assert document.root["info"]["title"] == "Acme"


def test_prose_is_read_but_is_no_description(tmp_path: Path) -> None:
    files = {"api.yaml": f"{HEAD}paths: {{}}\n", "about.md": "# About\n"}
    document, report = loaded(tmp_path, files, ("api.yaml", "openapi"), ("about.md", "prose"))
    assert report.diagnostics == []
    assert "about.md" in document.digests
    assert failed(tmp_path, files, ("about.md", "prose")) == [("no-document", "about.md")]


def test_a_folder_is_searched_for_documents_and_pages(tmp_path: Path) -> None:
    files = {
        "all/z.md": fence("/z"),
        "all/deep/a.yaml": f"{HEAD}paths: {{/a: {{get: {{responses: {{'200': {{$ref: part.yaml}}}}}}}}}}\n",
        "all/deep/part.yaml": "description: d",
        "all/notes.rst": "[",
        "all/saved.html": "<p>no fragment</p>",
        "all/.hidden/b.yaml": "[",
    }
    document, report = loaded(tmp_path, files, ("all", "openapi"), project=False, page_suffixes=PAGE_SUFFIXES)
    assert [(found.slug, found.location.file) for found in report.diagnostics] == [
        ("page-without-fragment", "all/saved.html")
    ]
    assert sorted(document.root["paths"]) == ["/a", "/z"]
    assert document.follow(document.at("#/paths/~1a/get/responses/200")).value == {"description": "d"}
    (tmp_path / "empty").mkdir()
    assert ("no-document", "empty") in failed(tmp_path, {}, ("empty", "openapi"))


def test_all_errors_are_collected_with_their_lines(tmp_path: Path) -> None:
    files = {
        "a.yaml": "a: [\n",
        "b.yaml": "swagger: '2.0'\n",
    }
    sources: list[tuple[str, Kind]] = [(name, "openapi") for name in (*files, "d.yaml")]
    assert failed(tmp_path, files, *sources) == [
        ("syntax", "a.yaml:2:1"),
        ("unsupported-version", "b.yaml:1:10"),
        ("not-readable", "d.yaml"),
    ]


def test_a_source_outside_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "api.yaml").write_text(HEAD)
    assert failed(tmp_path / "root", {}, ("../api.yaml", "openapi")) == [("unsafe-path", "../api.yaml")]
    assert failed(tmp_path / "root", {}, ("../api.yaml", "prose")) == [("unsafe-path", "../api.yaml")]
    assert failed(tmp_path / "root", {}, ("..", "openapi")) == [("unsafe-path", "..")]


def test_the_order_of_sources_makes_no_difference(tmp_path: Path) -> None:
    files = {f"{name}.md": fence(f"/{name}") for name in "abc"}
    sources: list[tuple[str, Kind]] = [(name, "page") for name in files]
    one, _ = loaded(tmp_path, files, *sources)
    other, _ = loaded(tmp_path, files, *reversed(sources))
    assert repr(one.root) == repr(other.root)


def test_a_large_document_takes_a_moment(tmp_path: Path) -> None:
    schema = "{type: object, properties: {a: {type: string}, b: {$ref: '#/components/schemas/S0'}}}"
    text = f"{HEAD}paths: {{}}\ncomponents:\n  schemas:\n" + "".join(f"    S{n}: {schema}\n" for n in range(5000))
    begin = time.process_time()
    document, report = loaded(tmp_path, {"api.yaml": text}, ("api.yaml", "openapi"))
    assert time.process_time() - begin < 10
    assert report.diagnostics == []
    assert copy.deepcopy(document.root) == document.root
