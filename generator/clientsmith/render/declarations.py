"""Declarations of the runtime as the calls that make them: the one printer for all of them.

Required fields at the front are positional, the others are keywords; a field that has its declared default is left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from clientsmith.escape import literal
from clientsmith.records import dataclass
from clientsmith.render.layout import Document, Group, keyword, mapping_of, tuple_of
from clientsmith.view import Code


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    positional: bool
    default: object
    """`dataclasses.MISSING` for a required field."""


def declaration(
    value: object, names: Mapping[object, Code] | None = None, given: Mapping[str, Code] | None = None
) -> Document:
    """Returns the expression that makes a value.

    Args:
        value: a declaration (a dataclass or a named tuple of the runtime), or what a field of one holds: a mapping, a
            tuple, a JSON value.
        names: values that have a name in the module that is printed, such as the constants of operations.
        given: expressions for fields of `value`, printed instead of what they hold.

    Raises:
        TypeError: for a value of any other type.
    """
    names, given = names or {}, given or {}
    if value is None or isinstance(value, (str, int, float)):
        return literal(value)
    if isinstance(value, Mapping):
        rows = cast("Mapping[str, object]", value).items()
        return mapping_of((key, declaration(item, names)) for key, item in rows)
    kind: Any = type(value)
    if kind is tuple:
        return tuple_of(declaration(item, names) for item in cast("tuple[object, ...]", value))
    if (name := _name_of(value, names)) is not None:
        return name
    items: list[Document] = []
    for field in _fields_of(kind):
        held: object = getattr(value, field.name)
        printed: Document
        if field.name in given:
            printed = given[field.name]
        elif held == field.default:
            continue
        else:
            printed = declaration(held, names)
        items.append(printed if field.positional else keyword(field.name, printed))
    return Group(f"{kind.__name__}(", items, ")")


def _name_of(value: object, names: Mapping[object, Code]) -> Code | None:
    try:
        return names.get(value)
    except TypeError:  # it holds a mapping, so it is not hashable
        return None


@cache
def _fields_of(kind: Any) -> tuple[_Field, ...]:
    if dataclasses.is_dataclass(kind):
        found: list[_Field] = []
        for field in dataclasses.fields(kind):
            factory = field.default_factory
            default: object = field.default if factory is dataclasses.MISSING else factory()
            found.append(_Field(field.name, default is dataclasses.MISSING and not field.kw_only, default))
        return tuple(found)
    names: tuple[str, ...] = getattr(kind, "_fields", ())
    if not names:
        raise TypeError(f"a {kind.__name__} is not a declaration")
    defaults: Mapping[str, object] = getattr(kind, "_field_defaults", {})
    missing = dataclasses.MISSING
    return tuple(_Field(name, name not in defaults, defaults.get(name, missing)) for name in names)
