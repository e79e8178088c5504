"""Bodies that are forms without files: `application/x-www-form-urlencoded`."""

from __future__ import annotations

from typing import Any

from . import feature
from .codec import Codec
from .forms import fields_of
from .operation import Call, ParamWriter, jsonable
from .params import compact_json, object_of, parameter


def body_of(call: Call[Any], codec: Codec) -> tuple[bytes, str]:
    """Returns the body of a form. Arrays repeat their field, objects become JSON,
    unless the operation declares otherwise (OpenAPI 3.1, Encoding Object)."""
    operation = call.operation
    texts: list[str] = []
    for name, value in fields_of(call.body, codec).items():
        if value is None:
            continue
        sent = jsonable(value, codec)
        param = operation.special_params.get(("form", name))
        media_type = operation.encodings.get(name)
        if param is None and media_type is None:
            if object_of(sent) is not None:
                sent = compact_json(sent)
            texts.append(parameter("form", name, sent))
        else:
            write: ParamWriter = feature("styles", "expanded")
            encoded = feature("styles", "Param")
            param = param or encoded("form", name, media_type=media_type)
            texts.append(write(param, sent))
    return "&".join(filter(None, texts)).encode(), call.content_type
