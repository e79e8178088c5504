"""Another generator reads the same documents: our models must have its properties, required ones and kinds of types.

datamodel-code-generator shares no code with us. Its TypedDicts are compared, which say wire names as they are; what it
reads otherwise on purpose stands in one table, and each row of that table must still be needed.
"""

from __future__ import annotations

import dataclasses
import datetime
import importlib
import json
import subprocess
import sys
import types
import typing
import uuid
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, NotRequired, Required

import pytest
import yaml

from clientsmith.diagnostics import Report
from clientsmith.pipeline import build, package
from clientsmith.project.settings import Provider

ROOT = Path(__file__).parents[1]
_FOUND = {folder.name: folder / "spec.yaml" for folder in sorted((ROOT / "tests" / "golden").iterdir())}
_OF_MODULES = {"class_names"}
"""Goldens whose components have dots in their keys, of which it makes a package of modules."""
SPECS = {
    name: path
    for name, path in {**_FOUND, "pixii": ROOT / "specs" / "pixii" / "openapi.yaml"}.items()
    if name not in _OF_MODULES and path.is_file() and "\n  schemas:" in path.read_text(encoding="utf-8")
}

Row = tuple[bool, str]
"""Whether a property is required, and the kind of its type."""

DIFFERENCES: Mapping[tuple[str, str, str], str] = {
    # Required and read only, in a model that is also sent: whoever makes one to send cannot know it.
    ("objects", "Base", "id"): "optional string / required string",
    ("objects", "Node", "id"): "optional string / required string",
    # Which of its properties a body must have is no type: they make a union of it, we one class.
    ("choices", "Image", ""): "only ours",
}

CLASSES = {("names", "job"): "Job1", ("names", "2 fast"): "Field2Fast", ("pixii", "Error"): "Error1"}
"""What they call the class of a schema whose name another one has."""


def kind_of(hint: Any) -> str:
    """`str | None` is a string, a class an object. Formats of strings count as strings; null is not looked at."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Annotated, Required, NotRequired):
        return kind_of(arguments[0])
    if origin is Literal:
        return joined({kind_of(type(value)) for value in arguments if value is not None})
    if origin in (typing.Union, types.UnionType):
        return joined({kind_of(arm) for arm in arguments if not is_absence(arm)})
    kind = origin or hint
    for kinds, name in (
        ((bool,), "boolean"),
        ((int,), "integer"),
        ((float, Decimal), "number"),
        ((str, bytes, datetime.datetime, datetime.date, datetime.timedelta, uuid.UUID), "string"),
        ((list,), "array"),
    ):
        if kind in kinds:
            return f"array of {kind_of(arguments[0])}" if name == "array" else name
    if hint is Any:
        return "anything"
    if kind is dict or dataclasses.is_dataclass(kind) or hasattr(kind, "__required_keys__"):
        return "object"
    raise AssertionError(f"a kind of type that this test does not know: {hint!r}")


def is_absence(arm: Any) -> bool:
    return arm is types.NoneType or getattr(arm, "__name__", "") in ("Unset", "UnknownVariant")


def joined(kinds: set[str]) -> str:
    """A number may be an integer, so both say number."""
    return " or ".join(sorted(kinds - {"integer"} if "number" in kinds else kinds))


# -------------------------------------------------------------------------------------------------- the two readings


@cache
def ours(name: str, folder: Path) -> dict[str, dict[str, Row]]:
    """Component schema to wire name to row, of the generated classes."""
    provider = dataclasses.replace(Provider.for_spec([SPECS[name]], f"ours_{name}"), unused_schemas="keep")
    for path, text in build(provider, Report(), {}).files.items():
        file = folder / f"ours_{name}" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    models = importlib.import_module(f"ours_{name}.models")
    space = {"Any": Any, **{public: aliased(getattr(models, public)) for public in models.__all__}}
    found: dict[str, dict[str, Row]] = {}
    for view in (d for m in package(provider, Report()).models for d in m.definitions if d.kind == "model"):
        if is_component(view.key):
            cls = getattr(models, view.name)
            hints = typing.get_type_hints(cls, {**vars(sys.modules[cls.__module__]), **space}, space)
            found[component(view.key)] = {f.wire: (f.required, kind_of(hints[f.name])) for f in view.fields}
    return found


def aliased(value: Any) -> Any:
    """An alias that is a text cannot be joined with `|` as long as it is one."""
    return typing.Annotated[value, ""] if isinstance(value, str) else value


def is_component(key: str) -> bool:
    return key.startswith("#/components/schemas/") and key.count("/") == 3


def component(key: str) -> str:
    return key.rpartition("/")[2].replace("~1", "/").replace("~0", "~")


class TextKeys(yaml.SafeLoader):
    """YAML whose keys are what is written there: `+1` and `1` are two."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        for key, _ in node.value:
            key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep)


@cache
def theirs(name: str, folder: Path) -> dict[str, dict[str, Row]]:
    """Class to wire name to row, of the TypedDicts that datamodel-code-generator writes."""
    document = folder / f"{name}.json"
    # It refuses keys that YAML reads as numbers.
    document.write_text(json.dumps(yaml.load(SPECS[name].read_bytes(), TextKeys), default=str), encoding="utf-8")
    module = f"theirs_{name}"
    command = [sys.executable, "-W", "ignore", "-m", "datamodel_code_generator"]
    command += ["--input", str(document), "--input-file-type", "openapi", "--output", str(folder / f"{module}.py")]
    command += ["--output-model-type", "typing.TypedDict", "--target-python-version", "3.11", "--formatters", "builtin"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    space = vars(importlib.import_module(module))
    found: dict[str, dict[str, Row]] = {}
    for cls in [value for value in space.values() if hasattr(value, "__required_keys__")]:
        hints = typing.get_type_hints(cls, space, include_extras=True)
        found[cls.__name__] = {w: (typing.get_origin(h) is not NotRequired, kind_of(h)) for w, h in hints.items()}
    return found


def differences(name: str, folder: Path) -> dict[tuple[str, str, str], str]:
    """(document, schema, property) to what we say and what they say."""
    classes = theirs(name, folder)
    found: dict[tuple[str, str, str], str] = {}
    for schema, fields in ours(name, folder).items():
        match = classes.get(CLASSES.get((name, schema), schema)) or next(
            (c for n, c in classes.items() if plain(n) == plain(schema)), None
        )
        if match is None:
            found[name, schema, ""] = "only ours"
            continue
        for wire in fields.keys() | match.keys():
            if fields.get(wire) != match.get(wire):
                found[name, schema, wire] = f"{said(fields.get(wire))} / {said(match.get(wire))}"
    return found


def plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


def said(row: Row | None) -> str:
    return "none" if row is None else f"{'required' if row[0] else 'optional'} {row[1]}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> typing.Iterator[Path]:
    root = tmp_path_factory.mktemp("oracle")
    sys.path.insert(0, str(root))
    yield root
    sys.path.remove(str(root))
    for module in [m for m in sys.modules if m.startswith(("ours_", "theirs_"))]:
        del sys.modules[module]


@pytest.mark.parametrize("name", SPECS)
def test_both_read_the_same(name: str, folder: Path) -> None:
    assert ours(name, folder), "nothing to compare"
    expected = {place: text for place, text in DIFFERENCES.items() if place[0] == name}
    assert differences(name, folder) == expected


def test_a_difference_is_found(folder: Path) -> None:
    """The comparison is worth something: each kind of change shows."""
    place = ("one_operation", "Job", "id")
    rows = theirs("one_operation", folder)["Job"]
    kept = dict(rows)
    assert place not in differences("one_operation", folder)
    try:
        for other in ((False, "string"), (True, "integer"), None):
            rows.pop("id", None)
            if other is not None:
                rows["id"] = other
            assert place in differences("one_operation", folder)
    finally:
        rows.clear()
        rows.update(kept)
