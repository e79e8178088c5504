"""An input of twice the size costs at most 2.5 times as much: no small file stops a run for minutes."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from growth import MOST, MOST_TIME, growth, growth_of_time
from parsing import document

from clientsmith.diagnostics import Report
from clientsmith.parse import parse
from clientsmith.runtime.codec import Codec, CodecError
from clientsmith.runtime.codec_kinds import Names

Schemas: TypeAlias = dict[str, Any]


def test_what_is_quadratic_is_found() -> None:
    def pairs(size: int) -> Callable[[], object]:
        return lambda: [hex(i) for i in range(size) for _ in range(size)]

    assert growth(pairs, 30) > 3.9
    assert growth_of_time(pairs, 500) > MOST_TIME


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
