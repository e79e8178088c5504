"""Who may import whom: the table, and that the code keeps to it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "generator" / "clientsmith"

ALLOWED: dict[str, set[str]] = {
    # what everybody may know
    "diagnostics": set(),
    "ir": {"diagnostics"},
    "view": set(),
    # the stages: each knows the forms of its input and its output, and no other stage
    "spec": {"diagnostics", "settings"},
    "parse": {"diagnostics", "ir", "spec"},
    "escape": {"view"},
    "translate": {"diagnostics", "escape", "ir", "view"},
    "render": {"escape", "view"},
    "surface": {"view"},
    "output": {"diagnostics", "disk", "lock", "project"},
    "disk": set(),
    "pipeline": {
        "diagnostics", "ir", "parse", "render", "settings", "settings_check", "spec", "surface", "translate", "view",
    },
    # what is copied into every client
    "runtime": set(),
    # settings, project, lock
    "toml_plain": set(),
    "toml_places": set(),
    "project": {"toml_plain"},
    "lock": {"toml_plain"},
    "summary": {"lock"},
    "settings_keys": {"diagnostics"},
    "settings_check": {"diagnostics", "lock", "settings_keys", "toml_places"},
    "settings": {"diagnostics", "project", "settings_check", "settings_keys", "toml_places"},
    "settings_docs": {"settings_keys"},
    # around the pipeline
    "console": {"diagnostics"},
    "judgement": {"diagnostics", "settings", "settings_check"},
    "generation": {
        "console", "diagnostics", "judgement", "lock", "output", "pipeline", "project", "settings", "settings_check",
        "summary",
    },
    "starting": {"project", "settings", "settings_keys"},
    "arguments": {"project", "settings"},
    "commands": {
        "arguments", "console", "diagnostics", "generation", "judgement", "lock", "pipeline", "project", "settings",
        "spec", "starting", "summary",
    },
    "cli": {"commands", "project"},
    "__main__": {"cli"},
    "__init__": {"generation"},
}  # fmt: skip
"""Part of the package (module or sub-package) to the parts that it may import."""

THIRD_PARTY: dict[str, set[str]] = {
    "spec": {"yaml", "markdown_it", "jsonpath", "openapi_spec_validator", "jsonschema_path"},
    "translate": {"anyascii"},
    "render": {"jinja2", "black"},
}
"""Part of the package to the libraries that it may import; all others have the standard library only."""

FRUGAL = ("__init__", "__main__", "arguments", "cli", "commands", "lock", "project", "summary", "toml_plain")
"""Modules of a run in which nothing has changed: what they import when they are loaded costs every run."""

COSTLY = {"dataclasses", "pathlib", "tomllib", "json", "difflib", "threading", "tempfile", "shutil", "subprocess"}

FILES = sorted(PACKAGE.rglob("*.py"))


def part_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(file: Path, *, at_load: bool = False) -> Iterator[str]:
    """The full name of every module that a file imports; of those at the top level only, when they load with it."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    nodes = tree.body if at_load else list(ast.walk(tree))
    package = ("clientsmith", *file.relative_to(PACKAGE).parent.parts)
    for node in nodes:
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module=module, level=level):
                base = [*package[: len(package) - level + 1]] if level else []
                name = ".".join([*base, *([module] if module else [])])
                yield from (f"{name}.{alias.name}" if name == "clientsmith" else name for alias in node.names)
            case _:
                pass


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_every_import_is_in_the_table(file: Path) -> None:
    part = part_of(file)
    assert part in ALLOWED, "a new part: say in ALLOWED whom it may import, and in CONTRIBUTING.md what it is for"
    for name in imported(file):
        root, _, rest = name.partition(".")
        if root == "clientsmith":
            target = rest.partition(".")[0]
            if (PACKAGE / target).is_dir() or (PACKAGE / f"{target}.py").is_file():
                assert target in ALLOWED[part] | {part}, f"{part} must not import {target}"
        elif root not in sys.stdlib_module_names:
            assert root in THIRD_PARTY.get(part, set()), f"{part} must not import {root}"


def test_every_library_is_a_declared_dependency() -> None:
    project = tomllib.loads((PACKAGE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=\[ ]", entry)[0].lower() for entry in project["dependencies"]}
    distributions = metadata.packages_distributions()
    for library in sorted({library for libraries in THIRD_PARTY.values() for library in libraries}):
        assert {name.lower().replace("_", "-") for name in distributions[library]} & declared, library


def test_the_table_has_nothing_that_nobody_needs() -> None:
    needed: dict[str, set[str]] = {part: set() for part in map(part_of, FILES)}
    for file in FILES:
        names = [name.split(".")[1] for name in imported(file) if name.startswith("clientsmith.")]
        needed[part_of(file)] |= {name for name in names if name in ALLOWED}
    for part, allowed in ALLOWED.items():
        assert allowed - needed[part] <= {"diagnostics"}, part


def test_no_part_imports_itself_in_a_circle() -> None:
    def reaches(part: str, target: str, seen: frozenset[str]) -> bool:
        return any(
            other == target or (other not in seen and reaches(other, target, seen | {other})) for other in ALLOWED[part]
        )

    assert not [part for part in ALLOWED if reaches(part, part, frozenset())]


@pytest.mark.parametrize("name", FRUGAL)
def test_a_run_with_nothing_to_do_loads_little(name: str) -> None:
    loaded = {module.partition(".")[0] for module in imported(PACKAGE / f"{name}.py", at_load=True)}
    assert not loaded & COSTLY
    own = {module.split(".")[1] for module in imported(PACKAGE / f"{name}.py", at_load=True) if module.count(".")}
    assert {part for part in own if part in ALLOWED} <= set(FRUGAL)


def test_no_module_is_too_long_without_a_reason() -> None:
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        assert text.count("\n") <= 500 or "lines" in (ast.get_docstring(ast.parse(text)) or ""), file
