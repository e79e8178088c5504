"""Types made of types: a type or null, one of several types, and the intersection of types that hold at once.

Decides which of two types is the more specific one, as `allOf` needs it. Merging objects is the business of
`structures` and `flatten`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

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
    ScalarKind,
    Type,
    Union,
    UnionOf,
)


def nullable(inner: Type) -> Type:
    """Returns the type or null; never nested."""
    if isinstance(inner, (Nullable, Anything)) or inner == Scalar("null"):
        return inner
    return Nullable(inner)


def bare(type_: Type) -> Type:
    """Returns the type without null."""
    return type_.inner if isinstance(type_, Nullable) else type_


def parts_of(type_: Type) -> int:
    """Returns of how many parts a type consists as it is written out: `list[str | Job]` of three."""
    match type_:
        case ListOf(inner) | MapOf(inner):
            return 1 + parts_of(inner)
        case Nullable(inner):
            return parts_of(inner)
        case Union(members):
            return sum(map(parts_of, members))
        case Scalar() | Const() | Ref() | Anything():
            return 1
        case _:
            assert_never(type_)


def one_of(members: Iterable[Type]) -> Type:
    """Returns one of several types, undeclared: flat, each member once, null around the whole, one member by itself."""
    found: dict[Type, None] = {}
    may_be_null = False
    for member in members:
        if isinstance(member, Nullable):
            may_be_null, member = True, member.inner
        if member == Scalar("null"):
            may_be_null = True
        elif isinstance(member, Union):
            found.update(dict.fromkeys(member.arms))
        else:
            found[member] = None
    if Anything() in found:
        return Anything()
    if not found:
        return Scalar("null")
    inner = next(iter(found)) if len(found) == 1 else Union(tuple(found))
    return nullable(inner) if may_be_null else inner


def tag_type(declarations: Mapping[str, Declaration], type_: Type) -> Type:
    """Returns the type of a property that distinguishes variants: an enumeration of one value is that value."""
    match type_:
        case Nullable(inner):
            return nullable(tag_type(declarations, inner))
        case Ref(key):
            enum = declarations.get(key)
            if isinstance(enum, Enum) and len(enum.values) == 1 and not isinstance(enum.values[0], float):
                return Const(enum.values[0])
            return type_
        case Scalar() | Const() | ListOf() | MapOf() | Union() | Anything():
            return type_
        case _:
            assert_never(type_)


# ------------------------------------------------------------------------------------------------------ intersections


def intersection(declarations: Mapping[str, Declaration], one: Type, other: Type) -> Type | None:
    """Returns the type of the values of both; `None` where no such type is found.

    Symmetric, but for the order of the members of unions. Null is allowed if both allow it.
    """
    if one == other:
        return one
    if isinstance(one, Nullable) or isinstance(other, Nullable):
        inner = intersection(declarations, bare(one), bare(other))
        both = (isinstance(one, Nullable) or one == Anything()) and (isinstance(other, Nullable) or other == Anything())
        return nullable(inner) if both and inner is not None else inner
    return _within(declarations, one, other) or _within(declarations, other, one)


def _within(declarations: Mapping[str, Declaration], wide: Type, narrow: Type) -> Type | None:
    """Returns the narrow type, if it lies within the wide one."""
    match wide:
        case Anything():
            return narrow
        case Scalar(kind):
            return narrow if _within_scalar(declarations, kind, narrow) else None
        case Ref(key):
            if _within_declaration(declarations, key, narrow):
                return narrow
            declared = declarations.get(key)
            if not isinstance(declared, UnionOf) or isinstance(narrow, Ref):
                return None
            # A member with a name may be a union that leads back to this one.
            return _within(declarations, Union(tuple(m for m in declared.arms if not isinstance(m, Ref))), narrow)
        case MapOf(value):
            if isinstance(narrow, MapOf):
                inner = intersection(declarations, value, narrow.value)
                return MapOf(inner) if inner is not None else None
            if value == Anything() and isinstance(narrow, Ref):
                return narrow if not isinstance(declarations.get(narrow.key), Enum) else None
            return None
        case ListOf(item):
            inner = intersection(declarations, item, narrow.item) if isinstance(narrow, ListOf) else None
            return ListOf(inner) if inner is not None else None
        case Union(members):
            fitting = (intersection(declarations, member, narrow) for member in members)
            return next((type_ for type_ in fitting if type_ is not None), None)
        case Const() | Nullable():
            return None
        case _:
            assert_never(wide)


def _within_scalar(declarations: Mapping[str, Declaration], kind: ScalarKind, narrow: Type) -> bool:
    if isinstance(narrow, Scalar):
        return (kind, narrow.kind) == ("number", "integer") or (kind == "string" and _is_of("", narrow.kind))
    if isinstance(narrow, Const):
        return _is_of(narrow.value, kind)
    enum = declarations.get(narrow.key) if isinstance(narrow, Ref) else None
    return isinstance(enum, Enum) and all(_is_of(value, kind) for value in enum.values)


def _within_declaration(declarations: Mapping[str, Declaration], key: str, narrow: Type) -> bool:
    wide = declarations.get(key)
    if isinstance(narrow, Const):
        return isinstance(wide, Enum) and narrow.value in wide.values
    if not isinstance(narrow, Ref):
        return False
    within = declarations.get(narrow.key)
    if isinstance(wide, Enum) and isinstance(within, Enum):
        return set(within.values) <= set(wide.values)
    # A model that is not read yet has no declaration.
    return isinstance(wide, UnionOf) and isinstance(within, (Model, UnionOf, type(None))) and narrow in wide.arms


def _is_of(value: object, kind: ScalarKind) -> bool:
    """Returns whether a value has the JSON type of a scalar; its format is not checked."""
    match kind:
        case (
            "string" | "date-time" | "http-date" | "date" | "duration" | "uuid" | "decimal"
            | "base64" | "base64url" | "binary"
        ):
            return isinstance(value, str)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "null":
            return value is None
        case _:
            assert_never(kind)
