"""Small documents for the tests of parse: YAML text to what it means, and to the normal form of its schemas."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import dedent
from typing import Any, assert_never

import yaml

from clientsmith import ir
from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import Document
from clientsmith.parse import normal, parse
from clientsmith.parse.flatten import Flattener
from clientsmith.parse.reading import Reader, is_map
from clientsmith.parse.structures import Hierarchies, Structure

SCHEMAS = "#/components/schemas/"


def document(
    root: dict[str, Any], *, version: tuple[int, int] = (3, 1), files: dict[str, Any] | None = None
) -> Document:
    """A document without files behind it."""
    return Document(
        root,
        version,
        place=lambda address: Location("spec.yaml", address.partition("#")[2]),
        locate=lambda locations: {},
        files=files or {},
    )


def parsed(text: str, **keywords: Any) -> tuple[ir.Api, Report]:
    """What a document written in YAML means; `servers` may be left out."""
    root = yaml.safe_load(dedent(text))
    assert is_map(root)
    root.setdefault("servers", [{"url": "https://example.com"}])
    report = Report()
    return parse(document(root, **keywords), report), report


def schemas(text: str, **keywords: Any) -> tuple[ir.Api, Report]:
    """The same for component schemas alone."""
    return parsed("components:\n  schemas:\n" + indented(text, 4), **keywords)


def field_type(text: str) -> tuple[ir.Type, Report]:
    """The type of a property with the schema."""
    api, report = schemas("Holder:\n  properties:\n    it:\n" + indented(text, 6))
    return fields(api, "Holder")["it"].type, report


def operation(text: str, path: str = "/things", method: str = "get", **keywords: Any) -> tuple[ir.Operation, Report]:
    """The one operation of a document; the text may have `components:` after a line of dashes."""
    own, _, rest = dedent(text).partition("---\n")
    api, report = parsed(f"paths:\n  '{path}':\n    {method}:\n{indented(own, 6)}\n{rest}", **keywords)
    assert len(api.operations) == 1
    return api.operations[0], report


def indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line for line in dedent(text).strip("\n").splitlines())


def found(report: Report) -> list[tuple[str, str]]:
    """Slug and pointer of every diagnostic; one that is true of several places is here once for each."""
    return [(d.slug, location.pointer) for d in report.diagnostics for location in d.locations]


def model(api: ir.Api, name: str) -> ir.Model:
    declaration = api.declarations[name if name.startswith("#") else SCHEMAS + name]
    assert isinstance(declaration, ir.Model)
    return declaration


def union(api: ir.Api, name: str) -> ir.UnionOf:
    declaration = api.declarations[name if name.startswith("#") else SCHEMAS + name]
    assert isinstance(declaration, ir.UnionOf)
    return declaration


def enum(api: ir.Api, name: str) -> ir.Enum:
    declaration = api.declarations[name if name.startswith("#") else SCHEMAS + name]
    assert isinstance(declaration, ir.Enum)
    return declaration


def fields(api: ir.Api, name: str) -> dict[str, ir.Field]:
    """The fields of a component model by wire name."""
    return {field.wire: field for field in model(api, name).fields}


def ref(name: str) -> ir.Ref:
    return ir.Ref(SCHEMAS + name)


# ---------------------------------------------------------------------------------------------------- normal form


def flattened(schema: Any, *, version: tuple[int, int] = (3, 1), **components: Any) -> tuple[str, Report]:
    """The outline of the component `It`, beside further components; see `outline`."""
    root = {"components": {"schemas": {"It": schema, **components}}}
    report = Report()
    made = document(root, version=version)
    reader = Reader(made, report)
    node = made.at(f"{SCHEMAS}It")
    return outline(Flattener(reader, Hierarchies(reader)).flatten(node)), report


def outline(schema: normal.Schema) -> str:
    """A normal form in one line: `union (@/oneOf/0, @Job) | null`.

    `@` is the schema at an address: of a component by its name, inside of `It` by the rest of the pointer.
    """
    return _outline(schema) + (" | null" if schema.nullable else "")


def _outline(schema: normal.Schema) -> str:
    match schema:
        case normal.AnySchema():
            return "any"
        case normal.ReferenceSchema(target=target):
            return at(target.address)
        case normal.ConstSchema(value=value):
            return f"const {value!r}"
        case normal.EnumSchema(values=values, descriptions=descriptions):
            return f"enum {', '.join(map(repr, values))}" + (f" ({', '.join(descriptions)})" if descriptions else "")
        case normal.ScalarSchema(kind=kind):
            return kind
        case normal.ArraySchema(item=item):
            return f"array of {outline(item)}"
        case normal.MapSchema(value=value_schema):
            return f"map of {outline(value_schema)}"
        case normal.ObjectSchema(structure=None, node=node):
            return f"object {{{', '.join(node.value['properties'])}}}"
        case normal.ObjectSchema(structure=structure):
            return f"object {structured(structure)}"
        case normal.ChoiceSchema(members=members):
            return f"choice ({listed(outline(member) for member in members)})"
        case normal.UnionSchema(variants=variants):
            return f"union ({listed(_variant(variant) for variant in variants)})"
        case normal.IntersectionSchema(parts=parts):
            return f"intersection ({listed(outline(part) for part in parts)})"
        case normal.OverlapSchema(parts=parts):
            return f"overlap ({listed(at(part.address) for part in parts)})"
        case normal.BaseSchema(hierarchy=hierarchy):
            derived = listed(at(one.value["$ref"]) for one in hierarchy.derived)
            return f"base of {derived}" + (" and itself" if hierarchy.includes_base else "")
        case _:
            assert_never(schema)


def _variant(variant: normal.Variant) -> str:
    place = at(variant.node.address)
    return place if variant.structure is None else f"{place} {structured(variant.structure)}"


def structured(structure: Structure | None) -> str:
    """`{id, state*, size~}`: required properties with a star, those of some alternatives only with a tilde."""
    if structure is None:
        return ""
    names = [name + "*" * (name in structure.required) for name in structure.properties]
    names += [f"{name}~" for name in structure.varying if name not in structure.properties]
    return f"{{{', '.join(names)}}}"


def at(address: str) -> str:
    """An address below `It` as `@/items`, others as `@Job` or `@Job/properties/id`."""
    return "@" + address.removeprefix(SCHEMAS).removeprefix("It")


def listed(texts: Iterable[str]) -> str:
    return ", ".join(texts)
