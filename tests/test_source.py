"""Reading: YAML 1.2 and JSON, their limits, their places."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clientsmith.diagnostics import ClientsmithError, Diagnostic, Report
from clientsmith.load import yaml_text
from clientsmith.load.source import Source, read_source, read_text
from clientsmith.load.tree import Tree


def read(text: str, name: str = "a.yaml", report: Report | None = None) -> Source:
    return read_text(text, report or Report(), name=name)


def refused(text: str, name: str = "a.yaml") -> Diagnostic:
    report = Report()
    with pytest.raises(ClientsmithError):
        read(text, name, report)
    (found,) = report.errors
    return found


@pytest.fixture(params=["libyaml", "pure"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers of PyYAML must give the same."""
    if request.param == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    loader = yaml.CSafeLoader if request.param == "libyaml" else yaml.SafeLoader
    monkeypatch.setattr(yaml_text, "_LOADER", loader)


SCALARS: list[tuple[str, Any]] = [
    ("no", "no"),
    ("on", "on"),
    ("Yes", "Yes"),
    ("y", "y"),
    ("true", True),
    ("False", False),
    ("TRUE", True),
    ("tRUE", "tRUE"),
    ("null", None),
    ("~", None),
    ("", None),
    ("nULL", "nULL"),
    ("2024-01-01", "2024-01-01"),
    ("12:30:45", "12:30:45"),
    ("9:17", "9:17"),
    ("0777", 777),
    ("0o777", 511),
    ("0xff", 255),
    ("0b1", "0b1"),
    ("-0x1", "-0x1"),
    ("1e3", 1000.0),
    ("-1.5E-2", -0.015),
    (".5", 0.5),
    ("5.", 5.0),
    (".", "."),
    ("+7", 7),
    ("1_000", "1_000"),
    ("=", "="),
    ("<<", "<<"),
    ("1.10", 1.1),
    ("v1", "v1"),
    ("٣", "٣"),
    ("'no'", "no"),
    ('"12"', "12"),
    ("!!str 12", "12"),
    ("! 12", "12"),
    ("!!int '12'", 12),
    ("!!float 1", 1.0),
    ("!!bool true", True),
    ("!!null ''", None),
]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("written", "value"), SCALARS, ids=[written or "empty" for written, _ in SCALARS])
def test_scalars_are_those_of_yaml_1_2(written: str, value: Any) -> None:
    found = read(f"v: {written}\n").value["v"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("text", "slug", "line", "column"),
    [
        ("a: .nan", "syntax", 1, 4),
        ("a:\n  - -.Inf", "syntax", 2, 5),
        ("a: 1e999", "syntax", 1, 4),
        (f"a: {'9' * 4001}", "limit-exceeded", 1, 4),
        (f"a: 0x{'f' * 3990}", "limit-exceeded", 1, 4),
        ("a:\n\tb: 1", "syntax", 2, 1),
        ("a: [1", "syntax", 1, 6),
        ("a: &x {b: *x}", "syntax", 1, 11),
        ("a: *nobody", "syntax", 1, 4),
        ("a: 1\n---\nb: 2", "syntax", 2, 1),
        ("? [1]\n: 2", "syntax", 1, 3),
        ("a: {<<: 3}", "syntax", 1, 9),
        ("a: !!timestamp 2024-01-01", "yaml-tag", 1, 4),
        ("a: !!binary aGk=", "yaml-tag", 1, 4),
        ("a: !include b.yaml", "yaml-tag", 1, 4),
        ("a: !!set {b}", "yaml-tag", 1, 4),
        ("a: !!python/object/apply:os.system [ls]", "yaml-tag", 1, 4),
        ("a: !own {b: 1}", "yaml-tag", 1, 4),
        ("a: !!int x", "syntax", 1, 4),
        (f"é: {'[' * 300}", "limit-exceeded", 1, 203),
        ("", "empty-document", 1, 1),
        ("# nothing", "empty-document", 1, 1),
        ("a: b\x07", "syntax", 1, 5),
    ],
)
def test_what_is_refused_has_a_position(text: str, slug: str, line: int, column: int) -> None:
    found = refused(text)
    assert (found.slug, found.location.line, found.location.column) == (slug, line, column)


@pytest.mark.parametrize(
    ("text", "slug", "line", "column"),
    [
        ('{"a": NaN}', "syntax", 1, 7),
        ('{"a": "NaN",\n "b": -Infinity}', "syntax", 2, 7),
        ('{"a": 1e999}', "syntax", 1, 7),
        (f'{{"a": {"9" * 4001}}}', "limit-exceeded", 1, 7),
        (f'{{"a": {"9" * 5000}}}', "limit-exceeded", 1, 7),
        ('{"a": 1,,}', "syntax", 1, 9),
        ('{"a": 1, "b": 2,, }', "syntax", 1, 17),
        ('{\n  "a": 1\n  "b": 2}', "syntax", 3, 3),
        (f'{{"a": "[[", "b": {"[" * 300}{"]" * 300}}}', "limit-exceeded", 1, 217),
        (f"{'[' * 100000}", "limit-exceeded", 1, 201),
        ("   ", "empty-document", 1, 1),
        ("null", "empty-document", 1, 1),
    ],
)
def test_what_is_refused_in_json_has_a_position(text: str, slug: str, line: int, column: int) -> None:
    found = refused(text, "a.json")
    assert (found.slug, found.location.line, found.location.column) == (slug, line, column)


@pytest.mark.usefixtures("either_parser")
def test_keys_are_their_text() -> None:
    assert read("200: a\ntrue: b\n1.0: c\n~: d\n'': e\n2024-01-01: f").value == {
        "200": "a",
        "true": "b",
        "1.0": "c",
        "~": "d",
        "": "e",
        "2024-01-01": "f",
    }


@pytest.mark.usefixtures("either_parser")
def test_aliases_are_copies() -> None:
    value = read("a: &x {b: [1]}\nc: *x\nd: &y 7\ne: *y\n*y : f").value
    assert value == {"a": {"b": [1]}, "c": {"b": [1]}, "d": 7, "e": 7, "7": "f"}
    assert value["a"] is not value["c"]
    assert value["a"]["b"] is not value["c"]["b"]


@pytest.mark.usefixtures("either_parser")
def test_merge_keys() -> None:
    text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], z: 3}\nd: {z: 4, <<: *b}\ne: {'<<': 5}"
    value = read(text).value
    assert value["c"] == {"x": 1, "y": 1, "z": 3}
    assert value["d"] == {"y": 2, "z": 4}
    assert value["e"] == {"<<": 5}


def test_an_alias_bomb_is_refused_at_once() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    begin = time.process_time()
    found = refused("a0: &a0 [lol]\n" + levels)
    assert time.process_time() - begin < 1
    assert (found.slug, found.location.line) == ("limit-exceeded", 7)


def test_aliases_cannot_nest_deeper_than_the_limit() -> None:
    levels = "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 300))
    assert refused("a0: &a0 [x]\n" + levels).slug == "limit-exceeded"


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_duplicate_keys_are_named_with_both_lines(name: str) -> None:
    report = Report()
    source = read('{"p": {"~/k": 1,\n "b": 2,\n "~/k": 3}}', name, report)
    (found,) = report.warnings
    assert source.value == {"p": {"~/k": 3, "b": 2}}
    assert (found.slug, found.location.pointer) == ("duplicate-key", "/p/~0~1k")
    assert (found.location.line, found.also[0][1].line) == (3, 1)


def test_a_duplicate_in_what_is_overwritten_is_not_looked_for() -> None:
    report = Report()
    assert read("a: {b: 1, b: 2}\na: {c: 3}\n", report=report).value == {"a": {"c": 3}}
    assert [found.location.pointer for found in report.warnings] == ["/a"]


def test_versions_keep_their_text() -> None:
    report = Report()
    value = read("openapi: 3.1\ninfo: {version: 1.10}\nx: 1.10", report=report).value
    assert value == {"openapi": "3.1", "info": {"version": "1.10"}, "x": 1.1}
    assert [found.location.line for found in report.diagnostics] == [1, 2]
    assert read('{"info": {"version": 2.00}}', "a.json").value == {"info": {"version": "2.00"}}


POINTED = {
    "a.yaml": 'info:\n  title: Acme\npaths:\n  /jobs:\n    get:\n      tags: [x, "y"]\n  "q\\u00e9": 1\n',
    "a.json": '{\n\t"info": {"title": "Acme"},\n\t"paths": {"/jobs": {\n\t\t"get": {"tags": ["x",'
    '\n"y"]}}, "q\\u00e9": 1}}',
}


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("name", POINTED)
def test_positions(name: str) -> None:
    pointers = [
        "/info/title",
        "/paths/~1jobs/get",
        "/paths/~1jobs/get/tags/1",
        "/paths/q\u00e9",
        "/info/nothing/below",
        "",
    ]
    found = read(POINTED[name], name).positions(pointers)
    assert list(found.values()) == (
        [(2, 10), (5, 5), (6, 17), (7, 14), (1, 1), (1, 1)]
        if name == "a.yaml"
        else [(2, 20), (4, 3), (5, 1), (5, 20), (2, 2), (1, 1)]
    )


def test_positions_of_a_fragment_point_into_the_page() -> None:
    source = read_text("a:\n  b: 1\n", Report(), name="page.md", line_offset=10, column_offset=4)
    assert source.positions(["/a/b"]) == {"/a/b": (12, 10)}


def test_positions_below_an_alias_are_those_of_the_alias() -> None:
    assert read("a: &x {b: 1}\nc: *x\n").positions(["/c/b"]) == {"/c/b": (2, 4)}


def test_line_separators_that_editors_do_not_know_end_no_line() -> None:
    assert read('a: "x\u2028y\u0085z"\r\nb: 1\rc: 2').positions(["/b", "/c"]) == {"/b": (2, 4), "/c": (3, 4)}


# ------------------------------------------------------------------------------------------------------ properties

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_json_is_read_as_json_reads_it(value: Any) -> None:
    for text in (json.dumps(value), json.dumps(value, indent=1, ensure_ascii=False)):
        if value is not None and "\ud800" not in text:
            assert read(text, "a.json").value == value


YAML_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcé~/ :{}", max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text("abc", min_size=1), YAML_VALUES, min_size=1))
def test_json_is_yaml(value: dict[str, Any]) -> None:
    text = "# not JSON\n" + json.dumps(value, indent=2, ensure_ascii=False)
    assert read(text).value == value


@given(st.dictionaries(st.text("abc", min_size=1), YAML_VALUES, min_size=1))
def test_every_place_is_found_in_both_forms(value: dict[str, Any]) -> None:
    pointers: list[str] = []

    def collect(below: Tree, pointer: str) -> None:
        pointers.append(pointer)
        if isinstance(below, dict):
            for key, child in below.items():
                collect(child, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")
        elif isinstance(below, list):
            for index, child in enumerate(below):
                collect(child, f"{pointer}/{index}")

    collect(value, "")
    text = json.dumps(value, indent=2, ensure_ascii=False)
    as_json = read(text, "a.json").positions(pointers)
    as_yaml = read("# moves it by a line\n" + text).positions(pointers)
    assert {key: (line + 1, column) for key, (line, column) in as_json.items() if key} == {
        key: place for key, place in as_yaml.items() if key
    }


# ----------------------------------------------------------------------------------------------------------- files


def read_file(path: Path, root: Path) -> tuple[Source | None, Report]:
    report = Report()
    try:
        return read_source(path, report, root=root, name=path.name), report
    except ClientsmithError:
        return None, report


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbfa: \xc3\xa9", "a: é".encode("utf-16"), "\ufeffa: é".encode("utf-16-be")])
def test_byte_order_marks(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.yaml").write_bytes(raw)
    source, _ = read_file(tmp_path / "a.yaml", tmp_path)
    assert source
    assert source.value == {"a": "é"}


@pytest.mark.parametrize(("raw", "line"), [(b"a: 1\nb: \x00", 2), (b"a: 1\nb: \xff", 2), (b"\xff\xfe\x00", 1)])
def test_what_is_no_text_is_refused(tmp_path: Path, raw: bytes, line: int) -> None:
    (tmp_path / "a.yaml").write_bytes(raw)
    _, report = read_file(tmp_path / "a.yaml", tmp_path)
    assert [(found.slug, found.location.line) for found in report.errors] == [("not-text", line)]


def test_only_regular_files_inside_of_the_root_are_read(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "out.yaml").write_text("secret: 1")
    (root / "in.yaml").write_text("a: 1")
    (root / "link.yaml").symlink_to("in.yaml")
    (root / "out.yaml").symlink_to("../out.yaml")
    (root / "loop.yaml").symlink_to("loop.yaml")
    os.mkfifo(root / "pipe.yaml")
    slugs = {
        name: [found.slug for found in read_file(root / name, root)[1].errors]
        for name in ("in.yaml", "link.yaml", "out.yaml", "loop.yaml", "pipe.yaml", ".", "../out.yaml", "none.yaml")
    }
    assert slugs == {
        "in.yaml": [],
        "link.yaml": [],
        "out.yaml": ["unsafe-path"],
        "loop.yaml": ["not-readable"],
        "pipe.yaml": ["unsafe-path"],
        ".": ["unsafe-path"],
        "../out.yaml": ["unsafe-path"],
        "none.yaml": ["not-readable"],
    }


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(65 * 2**20)
    assert [found.slug for found in read_file(tmp_path / "a.yaml", tmp_path)[1].errors] == ["limit-exceeded"]


def test_many_duplicate_keys_are_counted() -> None:
    report = Report()
    read_text("a: 1\n" * 1001, report, name="a.yaml")
    assert len(report.diagnostics) == 51
    assert report.diagnostics[-1].message == "950 more duplicate keys; the last one of each is used"
    assert report.diagnostics[-1].location.line == 52
