"""What bodies that are objects have in common, forms among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from .codec import Codec
from .operation import Call, kind_of
from .params import object_of

T = TypeVar("T")


def fields_of(body: object, codec: Codec) -> Mapping[str, object]:
    """Returns the fields of a body by name. Raises TypeError for a body without any."""
    fields = object_of(body)
    if fields is None:
        fields = object_of(codec.encode(body))
    if fields is None:
        raise TypeError(
            f"a body with fields is a model or a mapping, not {type(body).__name__}"
        )
    return fields


def with_more(call: Call[T], more: Mapping[str, object], codec: Codec) -> Call[T]:
    """Returns a call with more properties in its body. Raises TypeError for a body that
    is no object."""
    if kind_of(call) == "files":
        raise TypeError(f"extra_body has no place in a body of {call.content_type}")
    fields = fields_of({} if call.body is None else call.body, codec)
    return replace(call, body={**fields, **more})
