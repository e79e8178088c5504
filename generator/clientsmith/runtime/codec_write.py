"""How values are written: the class of a value decides, whatever its annotation says.
`TEXTS` writes a value whole, as JSON text; `one_level` makes one level of it parsed
JSON, the parts of which go to `at`: `codec` takes it for what the other refuses (UNSET
in arrays and objects, keys that are not text), and to tell where a wrong value is."""

from __future__ import annotations

import dataclasses
import math
import types
from collections.abc import Callable, Mapping
from json.encoder import encode_basestring as quoted
from typing import Any, TypeAlias

from . import codec_kinds as kinds
from .codec_compile import Emitter, Mismatch
from .codec_kinds import EXTRA, Plan, UnknownVariant
from .declarations import UNSET

Write: TypeAlias = Callable[[Any], str]


def _base_of(cls: type) -> type | None:
    """Returns the class that values of `cls` are written as, None for a model."""
    name = cls.__name__
    bases: tuple[type, ...] = (list, tuple, Mapping, *kinds.scalars())
    if base := next((base for base in bases if issubclass(cls, base)), None):
        return base
    if dataclasses.is_dataclass(cls):
        return None
    fault = f"a value of type {name!r} cannot be sent as JSON"
    raise Mismatch("a value that can be sent", TypeError(fault))


class Writers(dict[type, Write]):
    """The functions that write a class as JSON text, made when first asked for."""

    def __missing__(self, cls: type) -> Write:
        base = _base_of(cls)
        self[cls] = made = self[base] if base else _model_writer(kinds.plan_of(cls))
        return made


def _float_text(x: float) -> str:
    if not math.isfinite(x):
        raise ValueError(x)
    return float.__repr__(x)


def _list_text(x: Any) -> str:
    return f"[{','.join([TEXTS[i.__class__](i) for i in x])}]"


def _map_text(x: Any) -> str:
    parts = [f"{_key_text(k)}:{TEXTS[i.__class__](i)}" for k, i in x.items()]
    return f"{{{','.join(parts)}}}"


def _key_text(key: object) -> str:
    if isinstance(key, str):
        return quoted(key)
    raise Mismatch


def _quoting(write: Write) -> Write:
    return lambda x: f'"{write(x)}"'


TEXTS: Writers = Writers(
    {
        str: quoted,
        int: int.__repr__,
        float: _float_text,
        bool: lambda x: "true" if x else "false",
        types.NoneType: lambda _: "null",
        list: _list_text,
        tuple: _list_text,
        Mapping: _map_text,
        UnknownVariant: lambda x: TEXTS[x.raw.__class__](x.raw),
    }
)
for _cls, _scalar in kinds.scalars().items():
    if _scalar.write is not None:
        TEXTS[_cls] = _scalar.text or _quoting(_scalar.write)


def _extra_text(x: Any, known: Mapping[str, object]) -> str:
    """Returns unknown properties, each with a comma before it."""
    if not known.keys().isdisjoint(x):
        raise Mismatch  # one that is known goes first, if it is sent
    return f",{_map_text(x)[1:-1]}"


def _model_writer(plan: Plan) -> Write:
    emitter, text = Emitter(), ""
    emitter.values.update(texts=TEXTS, extra_text=_extra_text)
    lines = [f"x = {emitter.bind(plan.encode)}(x)"] if plan.encode else []
    required = [field for field in plan.fields if field.required]
    for i, field in enumerate(required):
        key = emitter.bind(f"{',' if i else '{'}{quoted(field.wire)}:")
        lines.append(f"a{i} = x.{field.name}")
        text += f"{{{key}}}{{texts[a{i}.__class__](a{i})}}"
    lines.append(f"r = f'{text}'")
    for field in [field for field in plan.fields if not field.required]:
        key = emitter.bind(f",{quoted(field.wire)}:")
        given = f"if a is not {'UNSET' if field.sends_null else 'None'}:"
        sent = f"r += f'{{{key}}}{{texts[a.__class__](a)}}'"
        lines += [f"a = x.{field.name}", f"{given} {sent}"]
    if plan.extra is not None:
        known = emitter.bind(plan.by_wire)
        lines.append(f"if x.{EXTRA}: r += extra_text(x.{EXTRA}, {known})")
    last = "return r + '}'" if text else "return '{' + r[1:] + '}'"
    return emitter.function(*lines, last)


def one_level(x: Any, at: Any) -> Any:
    """Returns `x` as parsed JSON, the parts of which go to `at`. Raises Mismatch."""
    while x.__class__ is UnknownVariant:
        x = x.raw
    base = _base_of(x.__class__)
    if base is None:
        return _fields(x, kinds.plan_of(x.__class__), at)
    if scalar := kinds.scalars().get(base):
        try:
            return x if scalar.write is None else scalar.write(x)
        except ValueError as error:
            raise Mismatch("a value that can be sent", error) from None
    if base is Mapping:
        return at.fill(None, {k: i for k, i in x.items() if i is not UNSET})
    return at.fill(None, [i for i in x if i is not UNSET])


def _fields(x: Any, plan: Plan, at: Any) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    x = plan.encode(x) if plan.encode else x
    values = [(f.wire, getattr(x, f.name), f.sends_null) for f in plan.fields]
    if plan.extra is not None:
        values += [(key, value, True) for key, value in getattr(x, EXTRA).items()]
    for wire, value, sends_null in values:
        if value is UNSET or (value is None and not sends_null) or wire in sent:
            continue
        at.later(value, wire, None, sent.__setitem__, wire)
    return sent
