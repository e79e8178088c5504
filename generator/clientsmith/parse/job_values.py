"""The small values of a job declaration: durations, rates, pointers into answers.

Decides their spelling and the type that stands at a pointer. Does not report: wrong ones raise `ValueError` or
`LookupError` with a message, and `jobs` says where.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any, assert_never

from clientsmith.ir import (
    Anything,
    Const,
    Declaration,
    Enum,
    ListOf,
    MapOf,
    Model,
    Nullable,
    Path,
    Ref,
    Scalar,
    Type,
    Union,
    UnionOf,
)
from clientsmith.load.document import unescape

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_RATE = re.compile(r"(\d+(?:\.\d+)?)/(s|m|h)")
_BODY = "$response.body"


def seconds(value: Any) -> float:
    """A duration in seconds: `500ms`, `5s`, `1.5m`, `1h`, `7d`.

    Raises:
        ValueError: for anything else; a bare number has no unit.
    """
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"{value!r} is no duration; durations are written '500ms', '5s', '5m', '1h', '7d'")
    return float(found[1]) * _UNITS[found[2]]


def per_second(value: Any) -> float:
    """A rate in calls per second: `5/s`, `30/m`.

    Raises:
        ValueError: for anything else, and for none at all.
    """
    found = _RATE.fullmatch(value) if isinstance(value, str) else None
    if found is None or not float(found[1]):
        raise ValueError(f"{value!r} is no rate; rates are written '5/s' or '30/m'")
    return float(found[1]) / _UNITS[found[2]]


def path_of(value: Any) -> Path:
    """Wire names of a pointer into an answer: `$response.body#/job/status` or `#/job/status`.

    Raises:
        ValueError: for anything else.
    """
    pointer = value.removeprefix(_BODY) if isinstance(value, str) else ""
    if not pointer.startswith("#/"):
        raise ValueError(f"{value!r} is no pointer; pointers are written '$response.body#/job/status' or '#/status'")
    return tuple(unescape(token) for token in pointer[2:].split("/"))


def closest(word: str, known: Iterable[str]) -> str:
    """`did you mean 'completed'?`, or what there is to choose from."""
    choices = sorted(known)
    near = difflib.get_close_matches(word, choices, 1)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"there are {', '.join(choices[:12])}" if choices else ""


def type_at(declarations: Mapping[str, Declaration], type_: Type, path: Path) -> Type:
    """The type at a path inside values of a type; null on the way does not matter.

    Raises:
        LookupError: nothing stands there; the message says which name is not, and what is there.
    """
    for name in path:
        type_ = _inside(declarations, type_, name)
    return type_


def _inside(declarations: Mapping[str, Declaration], type_: Type, name: str) -> Type:
    match type_:
        case Anything():
            return type_
        case Nullable(inner):
            return _inside(declarations, inner, name)
        case MapOf(value):
            return value
        case Ref(key):
            match declarations[key]:
                case Model() as model:
                    found = next((f.type for f in model.fields if f.wire == name), None)
                    if found is None:
                        raise LookupError(_nothing(name, [f.wire for f in model.fields]))
                    return found
                case UnionOf(arms=arms):
                    return _inside_any(declarations, arms, name)
                case Enum():
                    raise LookupError(f"there is no {name!r} in a value of an enumeration")
        case Union(arms):
            return _inside_any(declarations, arms, name)
        case ListOf():
            raise LookupError(f"there is no {name!r} in a list: what stands in a list is declared under 'items'")
        case Scalar() | Const():
            raise LookupError(f"there is no {name!r} in a single value")
        case _:
            assert_never(type_)


def _inside_any(declarations: Mapping[str, Declaration], arms: tuple[Type, ...], name: str) -> Type:
    found: dict[Type, None] = {}
    last: LookupError | None = None
    for arm in arms:
        try:
            found[_inside(declarations, arm, name)] = None
        except LookupError as error:
            last = error
    if not found:
        raise last or LookupError(_nothing(name, []))
    types = tuple(found)
    return types[0] if len(types) == 1 else Union(types)


def _nothing(name: str, known: list[str]) -> str:
    hint = closest(name, known)
    return f"there is no property {name!r}" + (f": {hint}" if hint else "")


def values_of(declarations: Mapping[str, Declaration], type_: Type) -> tuple[str, ...] | None:
    """The values that a type lists, `None` where it does not: plain text has no end of them."""
    match type_:
        case Nullable(inner):
            return values_of(declarations, inner)
        case Const(value):
            return (str(value),)
        case Ref(key):
            enum = declarations[key]
            return tuple(str(value) for value in enum.values) if isinstance(enum, Enum) else None
        case Union(arms):
            parts = [values_of(declarations, arm) for arm in arms]
            known = [part for part in parts if part is not None]
            return tuple(dict.fromkeys(v for part in known for v in part)) if len(known) == len(parts) else None
        case _:
            return None
