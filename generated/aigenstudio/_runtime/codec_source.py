"""Part of the runtime of a generated client. 0BSD: use it as you like.

The text of compiled functions: expressions that read and write a shape, over variables. What functions they are put
together to is in `codec_compile`. The text holds names of attributes, and no other text of a document: wire names,
constants and classes are values in its namespace.
"""

from __future__ import annotations

import datetime
import itertools
import keyword
import linecache
import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias, TypeVar

from .codec_scalars import datetime_text, uuid_text
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
)
from .unset import UNSET

K = TypeVar("K")
Convert: TypeAlias = Callable[[Any], Any]


class Mismatch(Exception):
    """A value is not as described."""


def linked(space: dict[K, Any], key: K, make: Callable[[], Convert]) -> None:
    """Put a function into `space` that replaces itself by the compiled one when it is first called.

    So models may contain themselves, and those that no answer holds are not compiled.
    """

    def first(value: Any) -> Any:
        space[key] = made = make()
        return made(value)

    space[key] = first


def attribute_name(name: str) -> str:
    """The name of an attribute, which stands in compiled text and so must be nothing but that."""
    if not name.isidentifier() or keyword.iskeyword(name):
        raise TypeError(f"{name!r} is no name of an attribute")
    return name


_count = itertools.count(1)
_VALUES: dict[str, Any] = {
    "Mismatch": Mismatch,
    "NoneType": type(None),
    "new": object.__new__,
    "datetime": datetime.datetime,
    "read_datetime": datetime.datetime.fromisoformat,
    "datetime_text": datetime_text,
    "UUID": uuid.UUID,
    "uuid_text": uuid_text,
    "UNSET": UNSET,
}


class Code:
    """A function being written; `values` is the namespace that it will see, besides what the caller gives it.

    `decoder_of` and `encoder_of` make the functions for what stands inside; they are called when those are needed.
    """

    def __init__(
        self,
        values: Mapping[str, Any],
        decoder_of: Callable[[Shape], Convert],
        encoder_of: Callable[[type], Convert],
    ) -> None:
        self.values: dict[str, Any] = {**_VALUES, **values}
        self._decoder_of = decoder_of
        self._encoder_of = encoder_of
        self._depth = 0

    def bind(self, value: Any) -> str:
        """A name for `value`."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return name

    def link(self, make: Callable[[], Convert]) -> str:
        """A name for a function that is made when it is first called."""
        name = self.bind(None)
        linked(self.values, name, make)
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
                return "", f"{self.link(partial(self._decoder_of, shape))}({x})"

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
                cls, encode = self.bind(shape.cls), self.link(partial(self._encoder_of, shape.cls))
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
