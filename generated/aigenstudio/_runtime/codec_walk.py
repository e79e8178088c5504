"""Part of the runtime of a generated client. 0BSD: use it as you like.

Reading and writing value by value, with the path at hand and a stack of its own instead of recursion: what the compiled
code falls back to when something is not as described or is nested too deeply for it. It keeps wrong values as they came
and says where they stand; it accepts `1.0` for an integer.
"""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import uuid
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from .codec_match import arm_of, is_one_of
from .codec_plans import EXTRA, plan_of
from .codec_scalars import bytes_text, datetime_text, decimal_number, decimal_text, uuid_text
from .codec_types import (
    INT,
    Anything,
    CodecError,
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
from .unset import UNSET

Path: TypeAlias = "tuple[Path, str | int] | None"
"""From the innermost key outwards, so that going deeper costs nothing."""

Put: TypeAlias = Callable[[Any, Any], object]
"""Takes a key and the finished value for it."""


def pointer_of(path: Path) -> str:
    """The JSON Pointer (RFC 6901) of a path."""
    keys: list[str] = []
    while path is not None:
        path, key = path
        keys.append("/" + str(key).replace("~", "~0").replace("/", "~1"))
    return "".join(reversed(keys))


# ------------------------------------------------------------------------------------------------------------ decoding

_NAMES: dict[type, str] = {
    str: "a string",
    int: "an integer",
    float: "a number",
    bool: "a boolean",
    type(None): "null",
    list: "a list",
    dict: "an object",
}


class Reading:
    """One value being decoded. `drifts`: pointer and message of what is not as described; at most `KEPT` are kept.

    Raises CodecError at the first one when `strict`.
    """

    KEPT = 3

    def __init__(self, strict: bool) -> None:
        self.strict = strict
        self.drifts: list[tuple[str, str]] = []
        self.count = 0
        self._todo: list[tuple[Shape, Any, Path, Put, Any]] = []

    def value(self, shape: Shape, raw: object) -> Any:
        """`raw` decoded."""
        done: dict[str, Any] = {}
        self._todo.append((shape, raw, None, done.__setitem__, ""))
        while self._todo:
            shape, raw, path, put, key = self._todo.pop()
            mark = len(self._todo)
            put(key, self._shallow(shape, raw, path))
            self._todo[mark:] = reversed(self._todo[mark:])  # so that drifts come in the order of the document
        return done[""]

    def _drift(self, path: Path, expected: str, raw: object) -> Any:
        return self._note(path, f"expected {expected}, got {_NAMES.get(raw.__class__, 'something else')}", raw)

    def _note(self, path: Path, message: str, raw: object) -> Any:
        self.count += 1
        if self.strict:
            raise CodecError(pointer_of(path), message)
        if len(self.drifts) < self.KEPT:
            self.drifts.append((pointer_of(path), message))
        return raw

    def _shallow(self, shape: Shape, raw: Any, path: Path) -> Any:
        """The value for `raw`; what is inside it is put on the stack."""
        while isinstance(shape, Later | Nullable):
            if isinstance(shape, Nullable) and raw is None:
                return None
            shape = shape.shape if isinstance(shape, Later) else shape.inner
        match shape:
            case Anything():
                return raw
            case Scalar():
                return self._scalar(shape, raw, path)
            case Const():
                if not is_one_of(shape, raw):
                    return self._drift(path, " or ".join(map(repr, shape.values)), raw)
                return int(raw) if raw.__class__ is float else raw
            case ListOf():
                if raw.__class__ is not list:
                    return self._drift(path, "a list", raw)
                out: list[Any] = [None] * len(raw)
                self._todo += [(shape.item, item, (path, i), out.__setitem__, i) for i, item in enumerate(raw)]
                return out
            case MapOf():
                if raw.__class__ is not dict:
                    return self._drift(path, "an object", raw)
                return self._map(shape.value, raw, path)
            case Object():
                return self._object(shape.cls, raw, path)
            case Tag():
                return self._tagged(shape, raw, path)
            case OneOf():
                arm = arm_of(shape, raw)
                if arm is not None:
                    return self._shallow(arm, raw, path)
                self._note(path, f"{_NAMES.get(raw.__class__, 'this')} that fits none of the described variants", raw)
                return UnknownVariant(raw) if shape.open else raw

    def _scalar(self, shape: Scalar, raw: Any, path: Path) -> Any:
        if raw.__class__ not in shape.accepts:
            if shape is INT and raw.__class__ is float and raw.is_integer():
                return int(raw)
            return self._drift(path, shape.name, raw)
        if shape.read is None:
            return raw
        try:
            return shape.read(raw)
        except ValueError:
            return self._note(path, f"expected {shape.name}, got another {_NAMES[raw.__class__].split()[-1]}", raw)

    def _map(self, shape: Shape, raw: dict[str, Any], path: Path) -> dict[str, Any]:
        out = dict(raw)  # fixes the order
        if not isinstance(shape, Anything):
            self._todo += [(shape, item, (path, key), out.__setitem__, key) for key, item in raw.items()]
        return out

    def _object(self, cls: type[Any], raw: Any, path: Path) -> Any:
        if raw.__class__ is not dict:
            return self._drift(path, "an object", raw)
        plan = plan_of(cls)
        made: Any = object.__new__(cls)

        def put(name: str, value: Any) -> None:
            setattr(made, name, value)

        for field in plan.fields:
            if field.wire in raw:
                self._todo.append((field.shape, raw[field.wire], (path, field.wire), put, field.name))
            else:
                put(field.name, field.absent())
                if field.required:
                    self._note((path, field.wire), "missing", None)
        if plan.extra is not None:
            unknown = {key: item for key, item in raw.items() if key not in plan.by_wire}
            put(EXTRA, self._map(plan.extra, unknown, path))
        return made

    def _tagged(self, shape: Tag, raw: Any, path: Path) -> Any:
        if raw.__class__ is not dict:
            self._drift(path, "an object", raw)
            return UnknownVariant(raw)
        tag = raw.get(shape.property)
        arm = shape.arms.get(tag) if tag.__class__ is str else None
        if arm is None:
            arm = shape.default
        if arm is not None:
            return self._shallow(arm, raw, path)
        if shape.property not in raw:
            self._note((path, shape.property), "missing", raw)
        elif tag.__class__ is not str:
            self._drift((path, shape.property), "a string", tag)
        return UnknownVariant(raw)


# ------------------------------------------------------------------------------------------------------------ encoding

PLAIN: frozenset[type] = frozenset((str, int, float, bool, type(None)))
DEEPEST = 20_000
"""Levels that a value to be sent may have; more are a circle (and more than any JSON parser takes)."""

Todo: TypeAlias = "list[tuple[Any, Path, int, Put, Any, bool]]"


def written(value: object) -> Any:
    """`value` as parsed JSON. Raises ValueError, TypeError; both name the JSON Pointer."""
    done: dict[str, Any] = {}
    todo: Todo = [(value, None, 0, done.__setitem__, "", False)]
    while todo:
        value, path, depth, put, key, number = todo.pop()
        try:
            put(key, _write(value, path, depth + 1, number, todo))
        except (ValueError, TypeError) as error:
            raise type(error)(f"{pointer_of(path)!r}: {error}") from None
    return done[""]


def _write(value: Any, path: Path, depth: int, number: bool, todo: Todo) -> Any:
    if isinstance(value, UnknownVariant):
        value = value.raw
    kind: type[Any] = value.__class__
    if kind in PLAIN:
        return value
    if depth > DEEPEST:
        raise ValueError("the value contains itself, or is nested too deeply to be sent")
    if issubclass(kind, Mapping):
        items: dict[Any, Any] = {key: item for key, item in value.items() if item is not UNSET}
        todo += [(item, (path, key), depth, items.__setitem__, key, number) for key, item in items.items()]
        return items
    if issubclass(kind, list | tuple):
        out: list[Any] = [item for item in value if item is not UNSET]
        todo += [(item, (path, i), depth, out.__setitem__, i, number) for i, item in enumerate(out)]
        return out
    if dataclasses.is_dataclass(kind):
        return _write_model(kind, value, path, depth, todo)
    return scalar_written(value, number)


def _write_model(kind: type[Any], value: Any, path: Path, depth: int, todo: Todo) -> dict[str, Any]:
    plan = plan_of(kind)
    made: dict[str, Any] = {}
    for field in plan.fields:
        item = getattr(value, field.name)
        if item is UNSET or (item is None and not field.sends_null):
            continue
        made[field.wire] = None
        todo.append((item, (path, field.wire), depth, made.__setitem__, field.wire, field.number))
    if plan.extra is not None:
        for key, item in getattr(value, EXTRA).items():
            if key not in made and item is not UNSET:
                made[key] = None
                todo.append((item, (path, key), depth, made.__setitem__, key, False))
    return made


def scalar_written(value: object, number: bool = False) -> Any:
    """The text or number that JSON has for a scalar; `number`: for a decimal too. Raises ValueError, TypeError."""
    match value:
        case str() | int() | float():  # subclasses, as members of a StrEnum
            return value
        case datetime.datetime():
            return datetime_text(value)
        case datetime.date():
            return value.isoformat()
        case uuid.UUID():
            return uuid_text(value)
        case decimal.Decimal():
            return decimal_number(value) if number else decimal_text(value)
        case bytes() | bytearray():
            return bytes_text(value)
        case _:
            raise TypeError(f"a value of type {type(value).__qualname__!r} cannot be sent as JSON")
