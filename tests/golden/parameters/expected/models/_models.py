"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from typing import Literal, TypeAlias

GetEmptyKind: TypeAlias = Literal["", "all"]
