"""Declarations: which inline schemas are declared once, and how many steps it takes to find them."""

from __future__ import annotations

from typing import Any

from parsing import document, schemas

from clientsmith.diagnostics import Report
from clientsmith.parse import parse
from clientsmith.parse.declarations import is_component


def test_inline_schemas_of_one_title_that_are_written_alike_are_one() -> None:
    api, _ = schemas("""
        A:
          properties:
            one: {title: Box, properties: {size: {const: 1}}}
            two: {title: Box, properties: {size: {const: true}}}
            three: {title: Box, properties: {size: {const: 1}}}
            four: {title: Box, properties: {size: {const: 1}}, description: another}
        """)
    inline = [key.rsplit("/", 1)[-1] for key in api.declarations if "/properties/" in key]
    assert sorted(inline) == ["four", "one", "two"]


def test_components_that_are_written_alike_are_not_one() -> None:
    api, _ = schemas("""
        A: {title: Box, properties: {size: {type: integer}}}
        B: {title: Box, properties: {size: {type: integer}}}
        """)
    assert len(api.declarations) == 2


def test_where_a_schema_has_a_name_of_its_own() -> None:
    named = ["#/components/schemas/A", "#/components/schemas/A/$defs/B", "pet.yaml#", "pet.yaml#/Pet"]
    assert [address for address in named if not is_component(address)] == []
    assert not is_component("#/components/schemas/A/properties/b")
    assert not is_component("#/components/responses/A/content/application~1json/schema")


class _Counted(dict[str, Any]):
    """A schema that counts how often it is compared with another one, or written out."""

    steps = 0

    def __eq__(self, other: object) -> bool:
        _Counted.steps += 1
        return super().__eq__(other)

    def __repr__(self) -> str:
        _Counted.steps += 1
        return super().__repr__()


def _steps(count: int) -> int:
    """The steps that inline schemas take which have one title, and differ."""
    inline = {
        f"p{index}": _Counted(title="Same thing", properties={f"a{index}": {"type": "string"}})
        for index in range(count)
    }
    root = {"components": {"schemas": {"Holder": {"properties": inline}}}}
    _Counted.steps = 0
    api = parse(document(root), Report())
    assert len(api.declarations) == count + 1
    return _Counted.steps


def test_schemas_of_one_title_take_steps_in_proportion_to_their_number() -> None:
    assert _steps(1) == 0
    assert _steps(400) <= 2 * 400
    assert _steps(800) <= 2 * _steps(400)
