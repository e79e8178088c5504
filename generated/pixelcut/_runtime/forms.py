"""What bodies that are forms have in common, with files and without."""

from __future__ import annotations

from collections.abc import Mapping

from .codec import Codec
from .params import object_of


def fields_of(body: object, codec: Codec) -> Mapping[str, object]:
    """Returns the fields of a form by name. Raises TypeError for a body without any."""
    fields = object_of(body)
    if fields is None:
        fields = object_of(codec.encode(body))
    if fields is None:
        raise TypeError(
            f"the body of a form is a mapping of fields, not {type(body).__name__}"
        )
    return fields
