"""Functions that tell the values of enumerations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeGuard, TypeVar, get_args

T = TypeVar("T")

ValueGuard: TypeAlias = Callable[[object], TypeGuard[T]]
"""Tells whether a value is one that the documentation names, and narrows its type."""


def value_guard(values: Any) -> Any:
    """Returns the guard of a `Literal`, or of the values in a tuple."""
    known = get_args(values) or values

    def is_known(value: object) -> bool:
        return value in known

    return is_known
