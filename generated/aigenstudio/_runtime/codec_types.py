"""Part of the runtime of a generated client. 0BSD: use it as you like.

What models are made of beside dataclasses, and the shapes that the codec knows. How an annotation becomes a shape is in
`codec_plans`, which arm of a union a value belongs to in `codec_match`, how values are read and written in `codec_walk`
(every case, slow) and `codec_compile` (what is as described, fast).
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from .codec_scalars import bytes_of, date_of, datetime_of, decimal_of, exact_decimal, uuid_of

# ------------------------------------------------------------------------------------------- what models are made of


@dataclass(frozen=True, slots=True)
class UnknownVariant:
    """A value that is none of the variants known to this client: `UnknownVariant({"pet_type": "ferret"})`.

    It is sent back as it came.
    """

    raw: Any


class Tagged(NamedTuple):
    """Marks a union that is told apart by a property: `Tagged("pet_type", (("cat", "Cat"), ("dog", "Dog")))`.

    `mapping` names classes of the models package. `default` is the class for every other value, also for none.
    """

    property: str
    mapping: tuple[tuple[str, str], ...]
    default: str | None = None


class CodecError(Exception):
    """`pointer`: the JSON Pointer (RFC 6901) of the first value that is not as described; "" is the whole document."""

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(pointer, message)
        self.pointer = pointer
        self.message = message

    def __str__(self) -> str:
        return f"{self.pointer!r}: {self.message}"


# -------------------------------------------------------------------------------------------------------------- shapes
# Named tuples, because they are made in a seventh of the time that dataclasses take, and every program imports them.


class Scalar(NamedTuple):
    """`accepts`: classes of parsed JSON; `read` makes the Python value of it, or raises ValueError."""

    name: str
    accepts: tuple[type, ...]
    read: Callable[[Any], Any] | None = None


STR = Scalar("a string", (str,))
INT = Scalar("an integer", (int,))
FLOAT = Scalar("a number", (float, int))
BOOL = Scalar("a boolean", (bool,))
NULL = Scalar("null", (types.NoneType,))
DATETIME = Scalar("a date-time", (str,), datetime_of)
DATE = Scalar("a date", (str,), date_of)
UUID = Scalar("a UUID", (str,), uuid_of)
DECIMAL = Scalar("a decimal number in a string", (str,), decimal_of)
DECIMAL_NUMBER = Scalar("a number", (float, int), exact_decimal)
BYTES = Scalar("base64", (str,), bytes_of)


class Const(NamedTuple):
    """One of a few values: `Const(("card",))`. The class counts: `True` is not 1."""

    values: tuple[str | int | bool, ...]


class ListOf(NamedTuple):
    item: Shape


class MapOf(NamedTuple):
    value: Shape


class Object(NamedTuple):
    """A model."""

    cls: type[Any]


class Tag(NamedTuple):
    """A union told apart by a property. `default`: what every other value is; None: an `UnknownVariant`."""

    property: str
    arms: dict[str, Shape]
    default: Shape | None


class OneOf(NamedTuple):
    """A union told apart by shape. `open`: what fits no arm is an `UnknownVariant`."""

    arms: tuple[Shape, ...]
    open: bool


class Nullable(NamedTuple):
    inner: Shape


class Anything:
    """Parsed JSON as it came."""


class Later:
    """An alias within its own definition."""

    def __init__(self, text: str, resolve: Callable[[str], Shape]) -> None:
        self._text = text
        self._resolve = resolve

    @cached_property
    def shape(self) -> Shape:
        """What the alias stands for."""
        return self._resolve(self._text)


Shape: TypeAlias = Scalar | Const | ListOf | MapOf | Object | Tag | OneOf | Nullable | Anything | Later

_EVERY: frozenset[type] = frozenset((str, int, float, bool, types.NoneType, list, dict))


def json_classes(shape: Shape) -> frozenset[type]:
    """The classes of parsed JSON that a value of this shape may have; an integer may be written 1.0."""
    match shape:
        case Scalar():
            return frozenset((*shape.accepts, float)) if shape is INT else frozenset(shape.accepts)
        case Const():
            classes: frozenset[type] = frozenset(type(value) for value in shape.values)
            return classes | {float} if int in classes else classes
        case ListOf():
            return frozenset((list,))
        case MapOf() | Object() | Tag():
            return frozenset((dict,))
        case Nullable():
            return json_classes(shape.inner) | {types.NoneType}
        case OneOf():
            return frozenset[type]().union(*(json_classes(arm) for arm in shape.arms))
        case Anything():
            return _EVERY
        case Later():
            return json_classes(shape.shape)
