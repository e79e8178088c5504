"""What the values of a document are: JSON's, as plain dicts with string keys, lists and scalars.

`isinstance(value, dict)` says the same but leaves the types of keys and members unknown to type checkers.
"""

from __future__ import annotations

from typing import Any, TypeGuard


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether a value is a JSON object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Whether a value is a JSON array."""
    return isinstance(value, list)
