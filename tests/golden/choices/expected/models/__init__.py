"""The models, read when they are first used: `from choices.models import ...`."""

from __future__ import annotations

__all__: list[str] = []
