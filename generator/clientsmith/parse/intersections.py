"""Types with types: a type or null, one of several, and the narrower of two that hold at once, as `allOf` wants it.

Decides which of two types is the more specific. Does not merge objects: `objects` does.
"""

from __future__ import annotations

from collections.abc import Mapping

from clientsmith.ir import (
    Anything,
    Const,
    Declaration,
    Enum,
    ListOf,
    MapOf,
    Model,
    Nullable,
    Ref,
    Scalar,
    Type,
    Union,
    UnionOf,
)

_TEXT = {"string", "date-time", "date", "uuid", "decimal", "base64", "binary"}


def nullable(inner: Type) -> Type:
    """The type or null; never nested."""
    match inner:
        case Nullable() | Anything() | Scalar("null"):
            return inner
        case _:
            return Nullable(inner)


def one_of(arms: list[Type]) -> Type:
    """One of several, undeclared: flat, each arm once, null around the whole, one arm by itself."""
    found: dict[Type, None] = {}
    may_be_null = False
    for arm in arms:
        if isinstance(arm, Nullable):
            may_be_null, arm = True, arm.inner
        if arm == Scalar("null"):
            may_be_null = True
        elif isinstance(arm, Union):
            found.update(dict.fromkeys(arm.arms))
        else:
            found[arm] = None
    if Anything() in found:
        return Anything()
    if not found:
        return Scalar("null")
    inner = next(iter(found)) if len(found) == 1 else Union(tuple(found))
    return nullable(inner) if may_be_null else inner


def narrower(declarations: Mapping[str, Declaration], one: Type, other: Type) -> Type | None:
    """The type of values that are both; `None` where there are none that can be told.

    Symmetric, but for the order of union arms. Null survives when both allow it.
    """
    if one == other:
        return one
    if isinstance(one, Nullable) or isinstance(other, Nullable):
        inner = narrower(declarations, bare(one), bare(other))
        both = (isinstance(one, Nullable) or one == Anything()) and (isinstance(other, Nullable) or other == Anything())
        return Nullable(inner) if both and inner is not None and not isinstance(inner, (Anything, Nullable)) else inner
    return _within(declarations, one, other) or _within(declarations, other, one)


def bare(type_: Type) -> Type:
    """The type without null."""
    return type_.inner if isinstance(type_, Nullable) else type_


def _within(declarations: Mapping[str, Declaration], wide: Type, narrow: Type) -> Type | None:
    """The narrow type, if it lies within the wide one."""
    match wide, narrow:
        case Anything(), _:
            return narrow
        case Scalar("number"), Scalar("integer"):
            return narrow
        case Scalar("string"), Scalar(kind) if kind in _TEXT:
            return narrow
        case Scalar(kind), Const(value):
            return narrow if _is_of(value, kind) else None
        case Scalar(kind), Ref(key):
            enum = declarations.get(key)
            return narrow if isinstance(enum, Enum) and all(_is_of(v, kind) for v in enum.values) else None
        case Ref(key), Const(value):
            enum = declarations.get(key)
            return narrow if isinstance(enum, Enum) and value in enum.values else None
        case Ref(key), Ref(within):
            return narrow if _declares(declarations, key, within) else None
        case MapOf(Anything()), Ref(key):
            return narrow if not isinstance(declarations.get(key), Enum) else None
        case (MapOf(value), MapOf(within)) | (ListOf(value), ListOf(within)):
            inner = narrower(declarations, value, within)
            if inner is None:
                return None
            return MapOf(inner) if isinstance(wide, MapOf) else ListOf(inner)
        case Union(arms), _:
            fitting = (narrower(declarations, arm, narrow) for arm in arms)
            return next((type_ for type_ in fitting if type_ is not None), None)
        case _:
            return None


def _declares(declarations: Mapping[str, Declaration], wide: str, narrow: str) -> bool:
    match declarations.get(wide), declarations.get(narrow):
        case Enum(values=values), Enum(values=within):
            return set(within) <= set(values)
        case UnionOf(arms=arms), Model() | UnionOf() | None:
            return Ref(narrow) in arms
        case _:
            return False


def _is_of(value: object, kind: str) -> bool:
    match value:
        case bool():
            return kind == "boolean"
        case str():
            return kind in _TEXT
        case int():
            return kind in {"integer", "number"}
        case _:
            return kind == "number"
