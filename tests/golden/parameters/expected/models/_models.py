"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from typing import Literal, TypeAlias

from .._runtime.enums import ValueGuard, value_guard

GetEmptyKind: TypeAlias = Literal["", "all"]
is_get_empty_kind: ValueGuard[GetEmptyKind] = value_guard(GetEmptyKind)
