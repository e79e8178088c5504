"""Headers of responses that hold more than one scalar: arrays, objects, unions, values
of an enumeration, and JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, assert_never

from . import codec_kinds as kinds
from .codec_compile import Mismatch, Part
from .codec_kinds import Kind, plan_of
from .headers import scalar_of
from .params import text_of


def parsed(kind: Kind, text: str, form: str | None) -> Any:
    """Returns the JSON that `text` means, written in the style "simple" unless the
    form is "json". Raises ValueError; what is of no kind stays as it is."""
    if form == "json":
        return json.loads(text)
    match kind:
        case kinds.Scalar():
            return scalar_of(kind, text)
        case kinds.Const(values, is_open):
            base = kinds.scalars()[type(values[0])]
            other = scalar_of(base, text) if is_open else text
            return next((value for value in values if text_of(value) == text), other)
        case kinds.Nullable(inner):
            return parsed(inner, text, form)
        case kinds.ListOf(item):
            parts = text.split(",") if text.strip() else []
            return [parsed(item, part.strip(), form) for part in parts]
        case kinds.MapOf(item):
            pairs = _pairs(text, form)
            return {key: parsed(item, part, form) for key, part in pairs.items()}
        case kinds.Object(cls):
            known = plan_of(cls).by_wire
            return {
                key: parsed(known[key].kind, part, form) if key in known else part
                for key, part in _pairs(text, form).items()
            }
        case kinds.OneOf(members):
            return next(
                (value for m in members if (value := _fitting(m, text, form)) != text),
                text,
            )
        case kinds.Later():
            return parsed(kind.kind, text, form)
        case kinds.Tag() | kinds.Anything():
            return text
        case _:
            assert_never(kind)


def _fitting(member: Kind, text: str, form: str | None) -> Any:
    # A member of a union that the text does not fit leaves it as it is.
    try:
        value = parsed(member, text, form)
        Part(member, False).convert(value)
    except (Mismatch, ValueError):
        return text
    return value


def _pairs(text: str, form: str | None) -> Mapping[str, str]:
    """Returns the members of an object: `R,100,G,200`, or exploded `R=100,G=200`."""
    parts = [part.strip() for part in text.split(",")]
    if form == "exploded":
        split = [part.partition("=") for part in parts]
        return {key: value for key, _, value in split}
    return dict(zip(parts[::2], parts[1::2], strict=True))
