"""Part of the runtime of a generated client. 0BSD: use it as you like.

A decoder and an encoder for each model, as straight-line code that is compiled when the model is first used, as
`dataclasses` does with `__init__`. They take what is as described and raise at anything else; then `codec_walk` does it
again. `v10` and so on are values: a class, wire names, a function to make the decoder below for what has fewer keys:

    def decode(d):                                                  def decode(d):
        if d.__class__ is not dict: raise Mismatch                      if d.__class__ is not dict: raise Mismatch
        if len(d) < 2: return v10(d)                                    a0 = d[v11]
        try:                                                            if not (a0.__class__ is str): raise Mismatch
            a0 = d[v11]                                                 o = new(v13)
            a1 = d[v12]                                                 o.id = a0
        except KeyError: return v10(d)                                  n = 1
        if not (a0.__class__ is str and ...): raise Mismatch            if v12 in d:
        o = new(v13)                                                        n += 1
        o.id = a0                                                           x = d[v12]
        o.at = None if a1 is None else read_datetime(a1)                    if not (x is None or ...): raise Mismatch
        o.additional_properties = {} if 2 == len(d) else {...}              o.at = None if x is None else ...
        return o                                                        ...
"""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import threading
import uuid
from functools import partial
from typing import Any

from .codec_match import arm_of
from .codec_plans import EXTRA, FieldPlan, Plan, plan_of
from .codec_scalars import datetime_text, decimal_number, uuid_text
from .codec_source import Code, Convert, Mismatch, attribute_name, linked
from .codec_types import Anything, Later, MapOf, Nullable, Object, OneOf, Shape, Tag, UnknownVariant
from .codec_walk import PLAIN, scalar_written
from .unset import UNSET

_lock = threading.RLock()
_decoders: dict[type, Convert] = {}
_encoders: dict[type, Convert] = {}


def decoder_of(shape: Shape) -> Convert:
    """A function from parsed JSON to the value; it raises some exception when something is not as described."""
    match shape:
        case Object():
            return _model_decoder(shape.cls)
        case Tag():
            return _tag_decoder(shape)
        case OneOf():
            return _union_decoder(shape)
        case Later():
            return decoder_of(shape.shape)
        case _:
            code = _code()
            test, value = code.read(shape, "x")
            checks = [f"if not ({test}): raise Mismatch"] if test else []
            return code.function("decode(x)", [*checks, f"return {value}"])


def _model_decoder(cls: type) -> Convert:
    decode = _decoders.get(cls)
    if decode is None:
        with _lock:
            decode = _decoders[cls] = _decoders.get(cls) or _compiled_decoder(plan_of(cls), whole=True)
    return decode


def model_encoder(cls: type) -> Convert:
    """A function from a model to parsed JSON. It raises some exception for values that it cannot send."""
    encode = _encoders.get(cls)
    if encode is None:
        with _lock:
            encode = _encoders[cls] = _encoders.get(cls) or _compiled_encoder(plan_of(cls))
    return encode


def _code() -> Code:
    return Code({"encode": encoded, "encode_number": number_encoded}, decoder_of, model_encoder)


# ------------------------------------------------------------------------------------------------------------ decoders


def _compiled_decoder(plan: Plan, *, whole: bool) -> Convert:
    """The decoder of objects that have all keys (`whole`), which leaves others to the decoder of those that may not."""
    code = _code()
    optional = [] if whole else [field for field in plan.fields if not field.required]
    always = [field for field in plan.fields if whole or field.required]
    gets: list[str] = []
    tests: list[str] = []
    sets: list[str] = []
    for i, field in enumerate(always):
        gets.append(f"a{i} = d[{code.bind(field.wire)}]")
        test, value = code.read(field.shape, f"a{i}")
        tests += [test] if test else []
        sets.append(f"o.{attribute_name(field.name)} = {value}")
    lines = ["if d.__class__ is not dict: raise Mismatch"]
    if whole and not all(field.required for field in plan.fields):
        other = code.link(partial(_compiled_decoder, plan, whole=False))
        lines.append(f"if len(d) < {len(always)}: return {other}(d)")
        lines += ["try:", *(f"    {get}" for get in gets), f"except KeyError: return {other}(d)"]
    else:
        lines += gets
    if tests:
        lines.append(f"if not ({' and '.join(tests)}): raise Mismatch")
    lines += [f"o = new({code.bind(plan.cls)})", *sets]
    if optional:
        lines.append(f"n = {len(always)}")
    for field in optional:
        lines += _optional_lines(code, field)
    if plan.extra is not None:
        known = "n" if optional else str(len(always))
        unknown = f"{{k: i for k, i in d.items() if k not in {code.bind(frozenset(plan.by_wire))}}}"
        if not isinstance(plan.extra, Anything):
            unknown = f"{code.link(partial(decoder_of, MapOf(plan.extra)))}({unknown})"
        lines.append(f"o.{EXTRA} = {{}} if {known} == len(d) else {unknown}")
    return code.function("decode(d)", [*lines, "return o"])


def _optional_lines(code: Code, field: FieldPlan) -> list[str]:
    wire, name = code.bind(field.wire), attribute_name(field.name)
    test, value = code.read(field.shape, "x")
    absent = "None" if field.default is None else code.bind(field.default)
    if field.factory is not None:
        absent = f"{code.bind(field.factory)}()"
    return [
        f"if {wire} in d:",
        "    n += 1",
        f"    x = d[{wire}]",
        *([f"    if not ({test}): raise Mismatch"] if test else []),
        f"    o.{name} = {value}",
        "else:",
        f"    o.{name} = {absent}",
    ]


def _tag_decoder(tag: Tag) -> Convert:
    arms: dict[str, Convert] = {}
    for value, shape in tag.arms.items():
        linked(arms, value, partial(decoder_of, shape))
    others: dict[str, Convert] = {"": UnknownVariant}
    if tag.default is not None:
        linked(others, "", partial(decoder_of, tag.default))
    wire, closed = tag.property, tag.default is None

    def decode(raw: Any) -> Any:
        value = raw.get(wire)
        arm = arms.get(value)
        if arm is not None:
            return arm(raw)
        if closed and value.__class__ is not str:
            raise Mismatch
        return others[""](raw)

    return decode


def _union_decoder(union: OneOf) -> Convert:
    decoders: dict[int, Convert] = {}

    def decode(raw: Any) -> Any:
        arm = arm_of(union, raw)
        if arm is None:
            raise Mismatch
        made = decoders.get(id(arm))  # arms live as long as the union
        if made is None:
            made = decoders[id(arm)] = decoder_of(arm)
        return made(raw)

    return decode


# ------------------------------------------------------------------------------------------------------------ encoders


def _compiled_encoder(plan: Plan) -> Convert:
    code = _code()
    always: list[str] = []
    lines: list[str] = []
    items: list[str] = []
    for i, field in enumerate(plan.fields):
        wire, x = code.bind(field.wire), f"a{i}"
        shape = field.shape.inner if isinstance(field.shape, Nullable) and not field.sends_null else field.shape
        value = code.write(shape, x, field.number)
        get = f"{x} = o.{attribute_name(field.name)}"
        if field.required:
            always.append(get)
            items.append(f"{wire}: {value}")
        else:
            lines += [get, f"if {x} is not {'UNSET' if field.sends_null else 'None'}:", f"    r[{wire}] = {value}"]
    if plan.extra is not None:
        lines += [
            f"x = o.{EXTRA}",
            "if x:",
            "    for k, i in x.items():",
            "        if k not in r and i is not UNSET:",
            "            r[k] = encode(i)",
        ]
    return code.function("encode_model(o)", [*always, f"r = {{{', '.join(items)}}}", *lines, "return r"])


def encoded(value: Any) -> Any:
    """`value` as parsed JSON. Raises ValueError, TypeError, RecursionError."""
    kind: type[Any] = value.__class__
    if kind in PLAIN:
        return value
    if kind is dict:
        return {k: i if i.__class__ in PLAIN else encoded(i) for k, i in value.items() if i is not UNSET}
    if kind is list or kind is tuple:
        return [i if i.__class__ in PLAIN else encoded(i) for i in value]
    encode = _encoders.get(kind)
    if encode is None:
        return model_encoder(kind)(value) if _is_model(kind) else scalar_written(value)
    return encode(value)


def _is_model(kind: type) -> bool:
    return dataclasses.is_dataclass(kind)


def number_encoded(value: Any) -> Any:
    """As `encoded`, decimals as JSON numbers, but not those within models."""
    kind = value.__class__
    if kind is dict:
        return {k: number_encoded(i) for k, i in value.items() if i is not UNSET}
    if kind is list or kind is tuple:
        return [number_encoded(i) for i in value]
    return decimal_number(value) if kind is decimal.Decimal else encoded(value)


def _variant_encoded(value: UnknownVariant) -> Any:
    return encoded(value.raw)


_encoders.update({datetime.datetime: datetime_text, uuid.UUID: uuid_text, UnknownVariant: _variant_encoded})
