"""Arguments that are sent otherwise than their class is."""

from __future__ import annotations

from typing import Any

from .codec_encodings import ENCODINGS, encoded


def sent_as(value: object, *names: str) -> Any:
    """Returns `value`, to be sent in these encodings, such as "base64url". Models in it
    know the encodings of their own fields."""
    return encoded(value, tuple(ENCODINGS[name] for name in names))
