"""Settings: what provider.toml means, every mistake in it with its line, and the documents written from the table."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any, cast

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsmith.diagnostics import ClientsmithError, Location, Report
from clientsmith.project.docs import configuration_page, main, provider_schema
from clientsmith.project.folders import Project, ProjectError, common_folder, find_project
from clientsmith.project.keys import PACKAGE, address_of, file_of
from clientsmith.project.settings import Allowance, Merge, Provider, Source, kind_of, package_name, read_provider
from clientsmith.project.toml_positions import Keys, toml_positions

DOCS = Path(__file__).parents[1] / "docs"

WHOLE = """\
package = "acme"
overlays = ["overlays/client.yaml"]
witnesses = ["pages/old.txt"]
transport = "httpx2"
style = "tag"

[[sources]]
path = "pages/status.md"
kind = "page"
address = "https://docs.acme.example/status"

[[sources]]
path = "create.yaml"
kind = "authored"

[names]
"get /jobs/{id}" = "jobs.recent"
"field:#/components/schemas/Job/properties/from" = "origin"

[[allow]]
slug = "untyped"
pointer = "#/components/schemas/Job"
reason = "no page says more"

[[allow]]
slug = "claim-missing"
file = "pages/old.txt"
reason = "an older edition"

[merge]
prefer = {"schemas/Error" = "create.yaml"}

[merge.rename."pages/status.md"]
"schemas/Problem" = "StatusProblem"
"""


def read(folder: Path, text: str, name: str = "acme") -> Provider:
    (folder / "provider.toml").write_bytes(text.encode())
    return read_provider(name, folder, "specs/acme/", Report())


def diagnostics_of(folder: Path, text: str, name: str = "acme") -> list[str]:
    with pytest.raises(ClientsmithError) as caught:
        read(folder, text, name)
    return [
        f"{d.location.line}:{d.location.column} {d.slug}: {d.message}" + (f" | {d.hint}" if d.hint else "")
        for d in caught.value.report.diagnostics
    ]


def test_a_whole_file(tmp_path: Path) -> None:
    provider = read(tmp_path, WHOLE)
    assert provider.package == "acme"
    assert provider.folder == tmp_path.resolve()
    assert provider.sources == (
        Source("create.yaml", "authored"),
        Source("pages/status.md", "page", "https://docs.acme.example/status"),
    )
    assert provider.overlays == ("overlays/client.yaml",)
    assert provider.witnesses == ("pages/old.txt",)
    assert provider.transport == "httpx2"
    assert provider.style == "tag"
    assert provider.names == {
        "method:GET /jobs/{}": "jobs.recent",
        "field:#/components/schemas/Job/properties/from": "origin",
    }
    assert provider.allow == (
        Allowance("untyped", "no page says more", pointer="/components/schemas/Job"),
        Allowance("claim-missing", "an older edition", file="pages/old.txt"),
    )
    assert provider.merge == Merge(
        {"schemas/Error": "create.yaml"}, {"pages/status.md": {"schemas/Problem": "StatusProblem"}}
    )
    assert provider.project
    assert provider.declared() == ("create.yaml", "overlays/client.yaml", "pages/old.txt", "pages/status.md")
    assert provider.show("create.yaml") == "specs/acme/create.yaml"


def test_places_of_keys(tmp_path: Path) -> None:
    provider = read(tmp_path, WHOLE)
    assert provider.where("transport") == Location("specs/acme/provider.toml", "", 4, 1)
    assert provider.where("sources", 1, "kind") == Location("specs/acme/provider.toml", "", 14, 1)
    assert provider.where("allow", 0) == Location("specs/acme/provider.toml", "", 20, 1)
    assert provider.where("merge", "prefer", "schemas/Error") == Location("specs/acme/provider.toml", "", 31, 11)
    assert provider.where("merge", "rename", "pages/status.md", "schemas/Problem").line == 34
    assert provider.where("names", "get /jobs/{id}", "nothing below").line == 17
    assert provider.where("nowhere").line == 1


def test_the_least_that_must_be_there(tmp_path: Path) -> None:
    provider = read(tmp_path, '[[sources]]\npath = "a.yaml"\nkind = "openapi"\n')
    assert (provider.package, provider.transport, provider.allow, provider.names) == ("acme", "stdlib", (), {})
    assert provider.style == "path"


SOURCES = '[[sources]]\npath = "a.yaml"\nkind = "openapi"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:1 settings-invalid: 'sources' is missing"]),
        ("sources = []\n", ["1:1 settings-invalid: 'sources' is empty"]),
        ('sources = "a.yaml"\n', ["1:1 settings-invalid: 'sources' must be a list, not a string"]),
        ("sources = [\n  3,\n]\n", ["2:3 settings-invalid: 'sources[0]' must be a table, not a number"]),
        (
            "[[sources]]\npath = 'a'\nkind = 'opneapi'\n",
            ["3:1 settings-invalid: 'sources[0].kind' cannot be 'opneapi' | did you mean 'openapi'?"],
        ),
        ("[[sources]]\nkind = 'page'\n", ["1:1 settings-invalid: 'path' is missing in 'sources[0]'"]),
        (
            f"pakage = 'x'\n{SOURCES}",
            ["1:1 settings-invalid: unknown key 'pakage' | did you mean 'package'?"],
        ),
        (
            f"{SOURCES}url = 'x'\n",
            ["4:1 settings-invalid: unknown key 'url' in 'sources[0]' | one of: path, kind, address"],
        ),
        (
            f"package = 'Acme'\n{SOURCES}",
            [f"1:1 settings-invalid: 'package' must be {PACKAGE.rule}: 'Acme'"],
        ),
        (f"package = 'class'\n{SOURCES}", [f"1:1 settings-invalid: 'package' must be {PACKAGE.rule}: 'class'"]),
        (f"package = 1979-05-27\n{SOURCES}", ["1:1 settings-invalid: 'package' must be a string, not a date or time"]),
        (f"package = true\n{SOURCES}", ["1:1 settings-invalid: 'package' must be a string, not a boolean"]),
        (
            f"transport = 'aiohttp'\n{SOURCES}",
            [
                "1:1 settings-invalid: 'transport' cannot be 'aiohttp' | did you mean 'httpx'?",
            ],
        ),
        (
            f"overlays = ['../x.yaml']\n{SOURCES}",
            [
                "1:13 unsafe-path: 'overlays[0]' is outside the provider's folder: '../x.yaml' | "
                "write it relative to the folder of this file, with / and without . or .."
            ],
        ),
        (f"overlays = ['']\n{SOURCES}", ["1:13 settings-invalid: 'overlays[0]' is empty"]),
        (
            f"{SOURCES}{SOURCES}",
            ["5:1 settings-invalid: 'a.yaml' is listed twice as a source"],
        ),
        (
            f"witnesses = ['a.yaml']\n{SOURCES}",
            [
                "1:14 settings-invalid: 'a.yaml' is listed twice | "
                "list it once, in sources or in witnesses"
            ],
        ),
        (
            f"{SOURCES}[names]\n'#/a' = 'class'\n'/b' = 'ok'\n",
            [
                "5:1 settings-invalid: 'names.#/a' must be a Python identifier of ASCII letters, digits and `_` "
                "that is not a keyword, or a call path such as `jobs.stop`: 'class'"
            ],
        ),
        (
            f"{SOURCES}[names]\n'#/a' = 'b'\n'/a' = 'c'\n",
            ["6:1 settings-invalid: '/a' and '#/a' are the same address"],
        ),
        (
            f"{SOURCES}[[allow]]\nslug = 'untypd'\nreason = 'x'\npointer = '/a'\n",
            ["5:1 settings-invalid: 'allow[0].slug' cannot be 'untypd' | did you mean 'untyped'?"],
        ),
        (
            f"{SOURCES}[[allow]]\nslug = 'untyped'\nreason = ' '\npointer = 'a'\n",
            [
                "6:1 settings-invalid: 'allow[0].reason' must not be empty: ' '",
                "7:1 settings-invalid: 'allow[0].pointer' must be a JSON Pointer such as `/paths/~1jobs/get`: 'a'",
            ],
        ),
        (
            f"{SOURCES}[[allow]]\nslug = 'untyped'\nreason = 'x'\n",
            ["4:1 settings-invalid: one of 'pointer' and 'file' is required in 'allow[0]'"],
        ),
        (
            f"{SOURCES}[merge.prefer]\n'schemas/A' = 'b.yaml'\n",
            ["5:1 settings-invalid: 'b.yaml' is not a source | did you mean 'a.yaml'?"],
        ),
        (
            f"{SOURCES}[merge.rename]\n'a.yaml[2]' = {{'A' = 'B'}}\n",
            ["5:16 settings-invalid: 'merge.rename.a.yaml[2].A' must be a component such as `schemas/Error`: 'A'"],
        ),
        ("package = \n", ["1:11 settings-invalid: invalid TOML: Invalid value"]),
        ("package = 'a'\npackage = 'b'\n", ["2:14 settings-invalid: invalid TOML: Cannot overwrite a value"]),
    ],
)
def test_every_mistake_has_its_line(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert diagnostics_of(tmp_path, text) == expected


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    assert len(diagnostics_of(tmp_path, "package = 1\ntransport = 2\nsources = 3\nx = 4\n")) == 4


def test_slugs_that_are_errors_or_notes_cannot_be_allowed(tmp_path: Path) -> None:
    for slug in ("syntax", "merge-pushed-down"):
        text = f"{SOURCES}[[allow]]\nslug = '{slug}'\nreason = 'x'\npointer = '/a'\n"
        assert f"'allow[0].slug' cannot be '{slug}'" in diagnostics_of(tmp_path, text)[0]


def test_files_that_are_no_settings(tmp_path: Path) -> None:
    with pytest.raises(ClientsmithError, match="cannot be read"):
        read_provider("acme", tmp_path, "specs/acme/", Report())
    (tmp_path / "provider.toml").write_bytes(b"\xff")
    with pytest.raises(ClientsmithError, match="not UTF-8"):
        read_provider("acme", tmp_path, "specs/acme/", Report())
    (tmp_path / "provider.toml").write_bytes(b"#" * (2 << 20))
    with pytest.raises(ClientsmithError, match="at most"):
        read_provider("acme", tmp_path, "specs/acme/", Report())


def test_crlf_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    (tmp_path / "provider.toml").write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert read_provider("acme", tmp_path, "", Report()).where("transport").line == 4


def test_the_folder_of_a_provider_is_a_package_name(tmp_path: Path) -> None:
    assert diagnostics_of(tmp_path, SOURCES, name="Acme Cloud") == [
        f"0:0 settings-invalid: the name of a provider's folder must be {PACKAGE.rule}: 'Acme Cloud'"
    ]


# ------------------------------------------------------------------------------------------------- the command line


def test_files_of_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "api" / "pages").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    paths = ["api/openapi.yaml", "api/pages/b.MD", "./api/openapi.yaml"]
    provider = Provider.for_spec(paths, "acme")
    assert provider == Provider.for_spec(paths[::-1], "acme")
    assert provider.folder == tmp_path.resolve() / "api"
    assert provider.sources == (Source("openapi.yaml", "openapi"), Source("pages/b.MD", "page"))
    assert provider.show("openapi.yaml") == "api/openapi.yaml"
    assert not provider.project


def test_files_elsewhere_are_shown_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    provider = Provider.for_spec([tmp_path / "openapi.yaml"], "acme")
    assert provider.show("openapi.yaml") == f"{tmp_path.resolve().as_posix()}/openapi.yaml"
    monkeypatch.chdir(tmp_path)
    assert Provider.for_spec([tmp_path / "openapi.yaml"], "acme").show("openapi.yaml") == "openapi.yaml"


def test_the_common_folder(tmp_path: Path) -> None:
    folder, names = common_folder([tmp_path / "a" / "x.md", tmp_path / "b.md"])
    assert folder == os.path.realpath(tmp_path)
    assert names == ["a/x.md", "b.md"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Acme Cloud", "acme_cloud"),
        ("2captcha", "api_2captcha"),
        ("class", "class_client"),
        ("日本", "client"),
        ("acme", "acme"),
        ("--", "client"),
    ],
)
def test_package_names_are_made_of_any_text(text: str, name: str) -> None:
    assert package_name(text) == name
    assert PACKAGE.accepts(package_name(text))


@given(st.text())
def test_every_package_name_can_be_one(text: str) -> None:
    assert PACKAGE.accepts(package_name(text))


def test_small_rules() -> None:
    assert [kind_of(name) for name in ("a.md", "a.MDX", "a.txt", "a.yaml", "a")] == [*["page"] * 3, *["openapi"] * 2]
    assert address_of("field:/a/b") == "field:#/a/b"
    assert address_of("x.yaml#/a") == "x.yaml#/a"
    assert file_of("a.md[2]") == "a.md"


# ------------------------------------------------------------------------------------------------------ the project


def test_the_nearest_project_upwards(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.clientsmith]\nspecs = "apis"  # ours\n')
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "pyproject.toml").write_text("[project]\nname = 'clientsmith-user'\n")
    assert find_project(str(tmp_path / "a" / "b")) == Project(os.path.realpath(tmp_path), "apis", "generated")


@pytest.mark.parametrize(("line", "runtime"), [("", "vendored"), ("runtime = 'shared'\n", "shared")])
def test_where_the_runtime_is(tmp_path: Path, line: str, runtime: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.clientsmith]\n{line}")
    assert find_project(str(tmp_path)).runtime == runtime


def test_a_folder_with_providers_is_a_project(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="there is no project here"):
        find_project(str(tmp_path))
    for name in ("b", "a", "empty"):
        (tmp_path / "specs" / name).mkdir(parents=True)
        if name != "empty":
            (tmp_path / "specs" / name / "provider.toml").touch()
    assert find_project(str(tmp_path)).providers() == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "message", "unsafe"),
    [
        ("[tool.clientsmith]\nspec = 'x'\n", "unknown key 'spec'", False),
        ("[tool.clientsmith]\nspecs = 3\n", "must be a folder", False),
        ("[tool.clientsmith]\ngenerated = '../x'\n", "is outside the project", True),
        ("[tool.clientsmith]\ngenerated = '/x'\n", "is outside the project", True),
        ("[tool.clientsmith]\ngenerated = 'C:x'\n", "is outside the project", True),
        ("[tool.clientsmith\n", "invalid TOML", False),
        ("[tool.clientsmith]\nruntime = 'common'\n", "'runtime' in .* cannot be 'common'", False),
        ("[tool.clientsmith]\nruntime = true\n", "'runtime' in .* cannot be True", False),
    ],
)
def test_a_wrong_project(tmp_path: Path, text: str, message: str, unsafe: bool) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(ProjectError, match=message) as caught:
        find_project(str(tmp_path))
    assert caught.value.unsafe is unsafe


# ------------------------------------------------------------------------------------------------------------ lines


def ways(value: Any, way: Keys = ()) -> list[Keys]:
    items: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        items = list(cast("dict[str | int, object]", value).items())
    elif isinstance(value, list):
        items = list(enumerate(cast("list[object]", value)))
    return [found for key, item in items for found in [(*way, key), *ways(item, (*way, key))]]


HARD = "\n".join(
    [
        "# a = 1",
        "a.b . \"c.d\" = 'x = [ # no'",
        "e = [ # comment ]",
        '  1, [2, """',
        ']""", 3],',
        "  {f = { g = \"}\\\"\" }, 'h' = \'\'\'",
        "}\'\'\'},",
        "]",
        '[ t . "u]" ]',
        "i = 1979-05-27 07:32:00",
        "[[t.v]]",
        "j = 1",
        "[t.v.w]",
        'k = """a\\"""b"""',
        "[[t.v]]",
        "j = 2",
        "[[t.v.x]]",
        "l = inf",
        "",
    ]
)


def test_every_way_has_a_place() -> None:
    text = HARD
    places = toml_positions(text)
    assert set(ways(tomllib.loads(text))) <= set(places)
    assert places["e", 2, "f", "g"] == (6, 10)
    assert places["t", "v", 1, "x", 0, "l"] == (18, 1)
    assert places["t", "v", 0, "w", "k"] == (14, 1)


KEYS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.integers(0, 9) | st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def written(value: Any) -> str:
    match value:
        case bool() | int():
            return str(value).lower()
        case str():
            return json.dumps(value).replace("\x7f", "\\u007f")
        case list():
            return "[\n" + ",\n".join(map(written, cast("list[object]", value))) + "]"
        case _:
            return "{" + ", ".join(f"{written(key)} = {written(item)}" for key, item in value.items()) + "}"


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_settings_have_places(table: dict[str, Any]) -> None:
    text = "".join(f"{written(key)} = {written(value)}\n" for key, value in table.items())
    try:
        assert tomllib.loads(text) == table
    except tomllib.TOMLDecodeError:
        return  # a pair of surrogates, as JSON writes what is beyond the first plane
    assert set(ways(table)) == set(toml_positions(text))


# -------------------------------------------------------------------------------------------------------- documents


def test_the_committed_documents_are_those_of_the_code(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-goldens"):
        main(str(DOCS))
    again = "run: python -m clientsmith.project.docs docs"
    assert (DOCS / "configuration.md").read_text(encoding="utf-8") == configuration_page(), again
    assert json.loads((DOCS / "provider.schema.json").read_text(encoding="utf-8")) == provider_schema(), again


def example() -> str:
    """The settings that the page shows."""
    return configuration_page().split("```toml\n")[2].split("```")[0]


def test_the_example_of_the_page_is_valid(tmp_path: Path) -> None:
    assert read(tmp_path, example()).allow


@pytest.mark.parametrize("text", [WHOLE, SOURCES, example()])
def test_the_schema_accepts_what_the_code_accepts(text: str) -> None:
    assert jsonschema_rs.is_valid(provider_schema(), tomllib.loads(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sources = []",
        f"x = 1\n{SOURCES}",
        f"package = 'Acme'\n{SOURCES}",
        f"overlays = ['../a']\n{SOURCES}",
        f"overlays = ['a/./b']\n{SOURCES}",
        f"overlays = ['/a']\n{SOURCES}",
        f"transport = 'curl'\n{SOURCES}",
        f"{SOURCES}[[allow]]\nslug = 'untyped'\nreason = 'x'\n",
        f"{SOURCES}[names]\n'a' = 'b'\n",
    ],
)
def test_the_schema_refuses_what_the_code_refuses(tmp_path: Path, text: str) -> None:
    assert not jsonschema_rs.is_valid(provider_schema(), tomllib.loads(text))
    assert diagnostics_of(tmp_path, text)


def test_the_projects_own_settings_are_valid() -> None:
    specs = DOCS.parent / "specs"
    for folder in sorted(path.parent for path in specs.glob("*/provider.toml")):
        provider = read_provider(folder.name, folder, f"specs/{folder.name}/", Report())
        assert jsonschema_rs.is_valid(provider_schema(), tomllib.loads((folder / "provider.toml").read_text()))
        assert all((folder / path).is_file() for path in provider.declared())
