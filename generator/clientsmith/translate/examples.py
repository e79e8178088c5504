"""Canned answers for tests, made of the examples that the document gives: never of invented values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from clientsmith import ir
from clientsmith.view import ExampleView

_DEPTH = 6


def examples_of(api: ir.Api) -> tuple[ExampleView, ...]:
    """The first documented success of each operation whose example is stated, whole or by its properties."""
    result: list[ExampleView] = []
    for operation in api.operations:
        for response in operation.responses:
            if not (response.status.isdecimal() and response.status.startswith("2")):
                continue
            content = next((c for c in response.contents if c.kind == "json"), None)
            if content is None:
                continue
            value = (
                content.example
                if not isinstance(content.example, ir.Missing)
                else _stated(content.type, api.declarations, _DEPTH)
            )
            if not isinstance(value, ir.Missing):
                result.append(
                    ExampleView(
                        operation.id or f"{operation.method} {operation.template}",
                        operation.method,
                        operation.template,
                        int(response.status),
                        value,
                    )
                )
                break
    return tuple(result)


def _stated(type_: ir.Type, declarations: Mapping[str, ir.Declaration], depth: int) -> ir.Json | ir.Missing:
    """The value that examples of properties add up to; missing when a required property has none."""
    match type_:
        case ir.Nullable(inner):
            return _stated(inner, declarations, depth)
        case ir.Const(value):
            return value
        case ir.ListOf(item):
            one = _stated(item, declarations, depth)
            return ir.MISSING if isinstance(one, ir.Missing) else [one]
        case ir.Ref(key):
            model = declarations[key]
            if not isinstance(model, ir.Model) or depth == 0:
                return ir.MISSING
            values: dict[str, ir.Json] = {}
            for field in model.fields:
                found: ir.Json | ir.Missing = field.example
                if isinstance(found, ir.Missing):
                    found = _stated(field.type, declarations, depth - 1)
                if not isinstance(found, ir.Missing):
                    values[field.wire] = found
                elif field.required:
                    return ir.MISSING
            return values or ir.MISSING
        case ir.Scalar() | ir.MapOf() | ir.Union() | ir.Anything():
            return ir.MISSING
        case _:
            assert_never(type_)
