"""Which module may import which: the table of the parts, no circle between modules, and that the code keeps to both."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import metadata
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "generator" / "clientsmith"

ALLOWED: dict[str, set[str]] = {
    # what every part may import
    "records": set(),
    "diagnostics": {"records"},
    # the forms between the stages
    "ir": {"diagnostics", "records", "runtime"},
    "view": {"records", "runtime"},
    "pairing": set(),
    # the stages: each knows the forms of its input and its output, and no other stage
    "load": {"diagnostics", "records"},
    "parse": {"diagnostics", "ir", "load", "records", "runtime"},
    "claims": {"diagnostics", "ir", "load", "records"},
    "escape": {"view"},
    "translate": {"diagnostics", "escape", "ir", "pairing", "records", "runtime", "view"},
    "render": {"escape", "records", "runtime", "view"},
    "surface": {"records", "view"},
    "write": {"diagnostics", "project", "records"},
    "pipeline": {
        "claims", "diagnostics", "ir", "load", "parse", "project",
        "records", "render", "surface", "translate", "view",
    },
    # what is copied into clients
    "runtime": set(),
    # around the pipeline
    "project": {"diagnostics", "records", "runtime"},
    "exit_status": set(),
    "allowances": {"diagnostics", "project"},
    "name_changes": {"diagnostics"},
    "result": {"diagnostics", "exit_status", "project", "records"},
    "staleness": {"diagnostics", "project", "result", "write"},
    "run": {
        "allowances", "diagnostics", "name_changes", "pipeline", "project", "records", "result", "staleness", "write",
    },
    "sdks": {"parse", "project", "records", "view"},
    "drift": {
        "diagnostics", "escape", "ir", "load", "pairing", "parse", "pipeline", "project", "records", "surface",
        "translate",
    },
    # the only part that uses the network
    "upstream": {"diagnostics", "exit_status", "load", "pairing", "project", "records", "write"},
    "cli": {
        "__init__", "diagnostics", "drift", "exit_status", "load", "pipeline", "project", "records", "render",
        "result", "run", "sdks", "surface", "upstream", "view",
    },
    "__main__": {"cli"},
    "__init__": {"run"},
}
"""Part of the package (a module or a sub-package) to the parts that it may import."""

THIRD_PARTY: dict[str, set[str]] = {
    "load": {"yaml", "markdown_it", "jsonpath", "openapi_spec_validator", "jsonschema_path"},
    "translate": {"anyascii"},
    "render": {"jinja2", "black"},
    "cli": {"jinja2"},
}
"""Part of the package to the libraries that it may import; all others have the standard library only."""

OF_TYPE_CHECKERS: dict[str, set[str]] = {"runtime": {"typing_extensions"}}
"""Part of the package to what only type checkers read there, which `test_runtime_files.py` holds it to."""

FILES = sorted(PACKAGE.rglob("*.py"))


def name_of(file: Path) -> str:
    """`load.merge.paths`; a package is named without `__init__`, the whole package is `__init__`."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


MODULES = {name_of(file): file for file in FILES}


def part_of(module: str) -> str:
    return module.partition(".")[0]


@cache
def imported(module: str) -> frozenset[str]:
    """The full name of every module that a module imports, anywhere in its text: `clientsmith.ir`, `yaml`."""
    return frozenset(_imported(module))


def _imported(module: str) -> Iterator[str]:
    file = MODULES[module]
    package = ("clientsmith", *file.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module=target, level=level):
                above = package[: len(package) - level + 1] if level else ()
                base = ".".join([*above, *([target] if target else [])])
                for alias in node.names:
                    inner = f"{base}.{alias.name}".removeprefix("clientsmith.")
                    yield f"clientsmith.{inner}" if base.startswith("clientsmith") and inner in MODULES else base
            case _:
                pass


def own_imports(module: str) -> set[str]:
    """The modules of ours that a module imports."""
    names = {name for name in imported(module) if name.partition(".")[0] == "clientsmith"}
    return {name.partition(".")[2] or "__init__" for name in names}


@pytest.mark.parametrize("module", MODULES)
def test_every_import_is_in_the_table(module: str) -> None:
    part = part_of(module)
    assert part in ALLOWED, "a new part: name in ALLOWED what it may import, and in CONTRIBUTING.md what it is for"
    for name in own_imports(module):
        assert name in MODULES, name
        assert part_of(name) in ALLOWED[part] | {part}, f"{module} must not import {name}"
    for root in {name.partition(".")[0] for name in imported(module)} - {"clientsmith"} - sys.stdlib_module_names:
        known = THIRD_PARTY.get(part, set()) | OF_TYPE_CHECKERS.get(part, set())
        assert root in known, f"{module} must not import {root}"


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """The modules of one circle; none, if there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_circle_between_modules() -> None:
    """Imports for type checkers only, and those inside functions, count like any other."""
    assert circle({module: own_imports(module) - {module} for module in MODULES}) == []


def test_no_circle_between_parts() -> None:
    assert circle(ALLOWED) == []


def test_a_circle_is_found() -> None:
    assert set(circle({"a": {"b"}, "b": {"c"}, "c": {"a"}})) == {"a", "b", "c"}


def test_every_library_is_a_declared_dependency() -> None:
    project = tomllib.loads((PACKAGE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=\[ ]", entry)[0].lower() for entry in project["dependencies"]}
    distributions = metadata.packages_distributions()
    for library in sorted({library for libraries in THIRD_PARTY.values() for library in libraries}):
        assert {name.lower().replace("_", "-") for name in distributions[library]} & declared, library


NETWORK = {
    "asyncio", "ftplib", "http.client", "http.cookiejar", "http.server", "imaplib", "multiprocessing", "poplib",
    "select", "selectors", "smtplib", "socket", "socketserver", "ssl", "urllib.request", "xmlrpc",
}  # fmt: skip
"""Modules of the standard library that open connections, with all that is in them."""


def test_only_upstream_uses_the_network() -> None:
    """And what is copied into clients, which the generator never calls."""
    using = {
        part_of(module)
        for module in MODULES
        for name in imported(module)
        if any(name == each or name.startswith(f"{each}.") for each in NETWORK)
    }
    assert using == {"runtime", "upstream"}


def test_only_the_command_line_reaches_the_network() -> None:
    assert {part_of(module) for module in MODULES if "upstream" in map(part_of, own_imports(module))} == {
        "cli", "upstream",
    }  # fmt: skip


def test_the_table_has_no_unused_entry() -> None:
    needed: dict[str, set[str]] = {part: set() for part in map(part_of, MODULES)}
    libraries: dict[str, set[str]] = {part: set() for part in needed}
    for module in MODULES:
        needed[part_of(module)] |= {part_of(name) for name in own_imports(module)}
        libraries[part_of(module)] |= {name.partition(".")[0] for name in imported(module)}
    for part, allowed in ALLOWED.items():
        assert allowed - needed[part] <= {"diagnostics"}, part
    for part, allowed in THIRD_PARTY.items():
        assert allowed <= libraries[part], part


def test_a_module_that_is_too_long_gives_its_reason() -> None:
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        assert text.count("\n") <= 500 or "lines" in (ast.get_docstring(ast.parse(text)) or ""), file
