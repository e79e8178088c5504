"""Part of the runtime of a generated client. 0BSD: use it as you like.

A decoder and an encoder for each model, as straight-line code that is compiled when the model is first used, as
`dataclasses` does with `__init__`. They take what is as described and raise at anything else; then `codec_walk` does it
again. The compiled text holds names of attributes, and no other text of a document: wire names, constants and classes
are values in its namespace. What it looks like (`v0` is the class, `v1` to `v3` are wire names):

    def decode(d):
        if d.__class__ is not dict: raise Mismatch
        a1 = d[v1]; a2 = d[v2]
        if not (a1.__class__ is str and a2.__class__ is str and len(a2) > 10): raise Mismatch
        o = new(v0)
        o.id = a1
        o.created_at = read_datetime(a2)
        n = 2
        if v3 in d:
            n += 1
            x = d[v3]
            if not (x is None or x.__class__ is str): raise Mismatch
            o.note = x
        else:
            o.note = None
        o.additional_properties = {} if n == len(d) else {k: i for k, i in d.items() if k not in v4}
        return o
"""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import itertools
import keyword
import linecache
import threading
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias, TypeVar

from .codec_match import arm_of
from .codec_plans import EXTRA, FieldPlan, Plan, plan_of
from .codec_scalars import datetime_text, decimal_number, uuid_text
from .codec_types import (
    DATETIME,
    UUID,
    Anything,
    Const,
    Later,
    ListOf,
    MapOf,
    Nullable,
    Object,
    OneOf,
    Scalar,
    Shape,
    Tag,
    UnknownVariant,
)
from .codec_walk import PLAIN, scalar_written
from .unset import UNSET

K = TypeVar("K")
Convert: TypeAlias = Callable[[Any], Any]


class Mismatch(Exception):
    """A value is not as described."""


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
            code = _Code()
            test, value = code.read(shape, "x")
            checks = [f"if not ({test}): raise Mismatch"] if test else []
            return code.function("decode(x)", [*checks, f"return {value}"])


def _model_decoder(cls: type) -> Convert:
    decode = _decoders.get(cls)
    if decode is None:
        with _lock:
            decode = _decoders[cls] = _decoders.get(cls) or _compiled_decoder(plan_of(cls))
    return decode


def model_encoder(cls: type) -> Convert:
    """A function from a model to parsed JSON. It raises some exception for values that it cannot send."""
    encode = _encoders.get(cls)
    if encode is None:
        with _lock:
            encode = _encoders[cls] = _encoders.get(cls) or _compiled_encoder(plan_of(cls))
    return encode


def _linked(space: dict[K, Any], key: K, make: Callable[[], Convert]) -> None:
    """Put a function into `space` that replaces itself by the compiled one when it is first called.

    So models may contain themselves, and those that no answer holds are not compiled.
    """

    def first(value: Any) -> Any:
        space[key] = made = make()
        return made(value)

    space[key] = first


# ------------------------------------------------------------------------------------------------------------ the text

_count = itertools.count(1)


class _Code:
    """A function being written; `values` is the namespace that it will see."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {
            "Mismatch": Mismatch,
            "NoneType": type(None),
            "new": object.__new__,
            "datetime": datetime.datetime,
            "read_datetime": datetime.datetime.fromisoformat,
            "datetime_text": datetime_text,
            "UUID": uuid.UUID,
            "uuid_text": uuid_text,
            "encode": encoded,
            "encode_number": number_encoded,
            "UNSET": UNSET,
        }
        self._depth = 0

    def bind(self, value: Any) -> str:
        """A name for `value`."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return name

    def link(self, make: Callable[[], Convert]) -> str:
        """A name for a function that is made when it is first called."""
        name = self.bind(None)
        _linked(self.values, name, make)
        return name

    def function(self, signature: str, lines: list[str]) -> Convert:
        """The compiled function."""
        text = "\n    ".join([f"def {signature}:", *lines]) + "\n"
        filename = f"<codec {next(_count)}>"
        linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
        exec(compile(text, filename, "exec"), self.values)
        made: Convert = self.values[signature.partition("(")[0]]
        return made

    # ------------------------------------------------------------------------------------------------------- reading

    def read(self, shape: Shape, x: str) -> tuple[str, str]:
        """Two expressions over the variable `x`: a test ("" when there is none), and the value, which may raise."""
        match shape:
            case Anything():
                return "", x
            case Scalar():
                test = " or ".join(f"{x}.__class__ is {kind.__name__}" for kind in shape.accepts)
                if shape is DATETIME:
                    return f"{test} and len({x}) > 10", f"read_datetime({x})"
                if shape.read is None:
                    return f"({test})", x
                return f"({test})", f"{self.bind(shape.read)}({x})"
            case Const():
                if all(isinstance(value, str) for value in shape.values):
                    return f"{x} in {self.bind(frozenset(shape.values))}", x
                known = frozenset((type(value), value) for value in shape.values)
                return f"({x}.__class__, {x}) in {self.bind(known)}", x
            case Nullable():
                test, value = self.read(shape.inner, x)
                return (
                    f"({x} is None or {test})" if test else "",
                    value if value == x else f"(None if {x} is None else {value})",
                )
            case ListOf():
                plain = self._plain(shape.item)
                if plain:
                    return f"{x}.__class__ is list and {plain}(map(type, {x}))", x
                return f"{x}.__class__ is list", self._each(shape.item, "[{0} for {1} in " + x + "]")
            case MapOf():
                plain = self._plain(shape.value)
                if plain:
                    return f"{x}.__class__ is dict and {plain}(map(type, {x}.values()))", x
                return f"{x}.__class__ is dict", self._each(shape.value, "{{k: {0} for k, {1} in " + x + ".items()}}")
            case OneOf() if shape.arms and all(_is_plain(arm) for arm in shape.arms):
                return f"{x}.__class__ in {self.bind(_classes(shape.arms))}", x
            case Object() | Tag() | OneOf() | Later():
                return "", f"{self.link(lambda: decoder_of(shape))}({x})"

    def _each(self, shape: Shape, comprehension: str) -> str:
        self._depth += 1
        item = f"i{self._depth}"
        test, value = self.read(shape, item)
        self._depth -= 1
        if test:
            value = f"{value} if {test} else {self.bind(_refused)}()"
        return comprehension.format(value, item)

    def _plain(self, shape: Shape) -> str:
        """The name of a test over the classes of many values, if such a test is enough for `shape`."""
        inner = shape.inner if isinstance(shape, Nullable) else shape
        if not isinstance(inner, Scalar) or inner.read is not None:
            return ""
        none = (type(None),) if isinstance(shape, Nullable) else ()
        return self.bind(frozenset((*inner.accepts, *none)).issuperset)

    # ------------------------------------------------------------------------------------------------------- writing

    def write(self, shape: Shape, x: str, number: bool) -> str:
        """An expression for the parsed JSON of the variable `x`, whatever it holds."""
        other = f"encode_number({x})" if number else f"encode({x})"
        match shape:
            case Nullable(inner=Scalar(read=None)) if not number:
                return f"{x} if {x} is None else {self.write(shape.inner, x, number)}"
            case Nullable():
                return self.write(shape.inner, x, number)
            case Scalar(read=None) if not number:
                kinds = " or ".join(f"{x}.__class__ is {kind.__name__}" for kind in shape.accepts)
                return f"{x} if {kinds} else {other}"
            case Const():
                return f"{x} if {x}.__class__ is {type(shape.values[0]).__name__} else {other}"
            case Scalar() if shape is DATETIME:
                return f"datetime_text({x}) if {x}.__class__ is datetime else {other}"
            case Scalar() if shape is UUID:
                return f"uuid_text({x}) if {x}.__class__ is UUID else {other}"
            case Object():
                cls, encode = self.bind(shape.cls), self.link(lambda: model_encoder(shape.cls))
                return f"{encode}({x}) if {x}.__class__ is {cls} else {other}"
            case ListOf():
                each = self._write_each(shape.item, "[{0} for {1} in " + x + "]", number)
                return f"{each} if {x}.__class__ is list else {other}"
            case _:
                return other

    def _write_each(self, shape: Shape, comprehension: str, number: bool) -> str:
        self._depth += 1
        item = f"i{self._depth}"
        value = self.write(shape, item, number)
        self._depth -= 1
        return comprehension.format(value, item)


def _refused() -> Any:
    raise Mismatch


def _is_plain(shape: Shape) -> bool:
    return isinstance(shape, Scalar) and shape.read is None


def _classes(shapes: tuple[Shape, ...]) -> frozenset[type]:
    return frozenset(kind for shape in shapes if isinstance(shape, Scalar) for kind in shape.accepts)


# ------------------------------------------------------------------------------------------------------------ decoders


def _attribute(name: str) -> str:
    """The name of an attribute, which stands in compiled text and so must be nothing but that."""
    if not name.isidentifier() or keyword.iskeyword(name):
        raise TypeError(f"{name!r} is no name of an attribute")
    return name


def _compiled_decoder(plan: Plan) -> Convert:
    code = _Code()
    required = [field for field in plan.fields if field.required]
    lines = ["if d.__class__ is not dict: raise Mismatch"]
    tests: list[str] = []
    sets: list[str] = []
    for i, field in enumerate(required):
        lines.append(f"a{i} = d[{code.bind(field.wire)}]")
        test, value = code.read(field.shape, f"a{i}")
        tests += [test] if test else []
        sets.append(f"o.{_attribute(field.name)} = {value}")
    if tests:
        lines.append(f"if not ({' and '.join(tests)}): raise Mismatch")
    lines += [f"o = new({code.bind(plan.cls)})", *sets, f"n = {len(required)}"]
    for field in plan.fields:
        if not field.required:
            lines += _optional_lines(code, field)
    if plan.extra is not None:
        extra = MapOf(plan.extra)
        unknown = f"{{k: i for k, i in d.items() if k not in {code.bind(frozenset(plan.by_wire))}}}"
        if not isinstance(plan.extra, Anything):
            unknown = f"{code.link(lambda: decoder_of(extra))}({unknown})"
        lines.append(f"o.{EXTRA} = {{}} if n == len(d) else {unknown}")
    return code.function("decode(d)", [*lines, "return o"])


def _optional_lines(code: _Code, field: FieldPlan) -> list[str]:
    wire, name = code.bind(field.wire), _attribute(field.name)
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
        _linked(arms, value, partial(decoder_of, shape))
    others: dict[str, Convert] = {"": UnknownVariant}
    if tag.default is not None:
        _linked(others, "", partial(decoder_of, tag.default))
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
    code = _Code()
    always: list[str] = []
    lines: list[str] = []
    items: list[str] = []
    for i, field in enumerate(plan.fields):
        wire, x = code.bind(field.wire), f"a{i}"
        shape = field.shape.inner if isinstance(field.shape, Nullable) and not field.sends_null else field.shape
        value = code.write(shape, x, field.number)
        get = f"{x} = o.{_attribute(field.name)}"
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
