"""Declarations: which inline schemas are declared once, and how much work it is to find them."""

from __future__ import annotations

from collections.abc import Callable

from growth import MOST, MOST_TIME, growth, growth_of_time
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


def _of_one_title(count: int) -> Callable[[], object]:
    """Parses inline schemas that have one title, and differ."""
    inline = {
        f"p{index}": {"title": "Same thing", "properties": {f"a{index}": {"type": "string"}}} for index in range(count)
    }
    root = {"components": {"schemas": {"Holder": {"properties": inline}}}}

    def read() -> None:
        assert len(parse(document(root), Report()).declarations) == count + 1

    return read


def test_schemas_of_one_title_take_work_in_proportion_to_their_number() -> None:
    assert growth(_of_one_title, 300) <= MOST
    assert growth_of_time(_of_one_title, 300) <= MOST_TIME
