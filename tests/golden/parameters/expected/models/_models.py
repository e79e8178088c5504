"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypeGuard, get_args

GetEmptyKind: TypeAlias = Literal["", "all"]


def is_get_empty_kind(value: object) -> TypeGuard[GetEmptyKind]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(GetEmptyKind)
