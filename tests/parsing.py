"""Small documents for the tests of parse: YAML text to what it means."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import yaml

from clientsmith import ir
from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import Document
from clientsmith.parse import parse
from clientsmith.parse.reading import is_map

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
    """What a document written in YAML means; `servers` need not be said."""
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
    """Slug and pointer of every finding."""
    return [(d.slug, d.location.pointer) for d in report.diagnostics]


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
