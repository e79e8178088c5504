"""Part of the runtime of a generated client. 0BSD: use it as you like.

Every annotation becomes a `Shape`, every model a `Plan`, when it is first used. Names that a model's module does not
import at run time are loaded from the models package, so that a call imports the models it needs and no others.
"""

from __future__ import annotations

import builtins
import dataclasses
import datetime
import decimal
import importlib
import sys
import threading
import types
import typing
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, ForwardRef, Literal, NamedTuple, Union, get_args, get_origin

from .codec_types import (
    BOOL,
    BYTES,
    DATE,
    DATETIME,
    DECIMAL,
    DECIMAL_NUMBER,
    FLOAT,
    INT,
    NULL,
    STR,
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
    Tagged,
    UnknownVariant,
    json_classes,
)
from .unset import Unset

# ------------------------------------------------------------------------------------------------- names in annotations

_lock = threading.RLock()
_STANDARD: tuple[Mapping[str, Any], ...] = (
    {"builtins": builtins, "datetime": datetime, "decimal": decimal, "uuid": uuid, "UnknownVariant": UnknownVariant},
    vars(typing),
)


class Names(Mapping[str, Any]):
    """The names that annotations may use: those of `own` first, then those of the models package, then standard ones.

    Standard names are not looked for in `own` alone, because an alias that is text is evaluated where it is used.
    """

    def __init__(self, own: Mapping[str, Any], models: str) -> None:
        self._own = own
        self._models = models
        self._shapes: dict[str, Shape] = {}

    def __getitem__(self, name: str) -> Any:
        value = self._found(name)
        # Aliases of unions are text, which has no `|`.
        return ForwardRef(value) if isinstance(value, str) else value

    def _found(self, name: str) -> Any:
        if name in self._own:
            return self._own[name]
        models = _package(self._models)
        if models is not None and hasattr(models, name):
            return getattr(models, name)
        for space in _STANDARD:
            if name in space:
                return space[name]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)

    def shape(self, annotation: Any) -> Shape:
        """The shape of an annotation, or of the text of one. Raises NameError, TypeError."""
        if not isinstance(annotation, str):
            return shape_of(annotation, self)
        with _lock:
            if annotation not in self._shapes:
                holder = types.SimpleNamespace(__annotations__={"it": annotation})
                hint = typing.get_type_hints(holder, {}, self, include_extras=True)["it"]
                self._shapes[annotation] = shape_of(hint, self)
            return self._shapes[annotation]


def _package(name: str) -> types.ModuleType | None:
    try:
        return sys.modules.get(name) or (importlib.import_module(name) if name else None)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(error.name + ".")):
            return None  # an API without models has no models package
        raise


def annotation_names(models: str) -> Names:
    """The names of annotations that stand outside of models."""
    return Names({}, models)


_SCALARS: dict[Any, Scalar] = {
    str: STR,
    int: INT,
    float: FLOAT,
    bool: BOOL,
    None: NULL,
    types.NoneType: NULL,
    datetime.datetime: DATETIME,
    datetime.date: DATE,
    uuid.UUID: UUID,
    decimal.Decimal: DECIMAL,
    bytes: BYTES,
}


def shape_of(hint: Any, names: Names, number: bool = False) -> Shape:
    """The shape of an evaluated annotation; `number`: decimals travel as JSON numbers. Raises TypeError."""
    if hint is Any or hint is object:
        return Anything()
    if isinstance(hint, ForwardRef):
        return Later(hint.__forward_arg__, names.shape)
    if hint is None or (isinstance(hint, type) and hint in _SCALARS):
        return DECIMAL_NUMBER if number and hint is decimal.Decimal else _SCALARS[hint]
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        for mark in args[1:]:
            if isinstance(mark, Tagged):
                return _tag_of(args[0], mark, names)
        return shape_of(args[0], names, number)
    if origin is Literal:
        values = tuple(value for value in args if value is not None)
        return Nullable(Const(values)) if len(values) < len(args) else Const(args)
    if origin is Union or origin is types.UnionType:
        return _union_of(args, names, number)
    if origin is list or hint is list:
        return ListOf(shape_of(args[0], names, number) if args else Anything())
    if origin is dict or hint is dict:
        return MapOf(shape_of(args[1], names, number) if args else Anything())
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return OneOf((), open=True) if hint is UnknownVariant else Object(hint)
    raise TypeError(f"the codec has no rule for the annotation {hint!r}")


def _tag_of(union: Any, mark: Tagged, names: Names) -> Shape:
    arms = {value: shape_of(names[name], names) for value, name in mark.mapping}
    default = None if mark.default is None else shape_of(names[mark.default], names)
    tag = Tag(mark.property, arms, default)
    return Nullable(tag) if types.NoneType in get_args(union) else tag


def _union_of(hints: tuple[Any, ...], names: Names, number: bool) -> Shape:
    arms: list[Shape] = []
    nullable = is_open = False
    for hint in hints:
        shape = Anything() if hint is Unset else shape_of(hint, names, number)
        if isinstance(shape, Nullable):
            nullable, shape = True, shape.inner
        if hint is Unset:
            continue
        if shape is NULL:
            nullable = True
        elif isinstance(shape, OneOf):
            is_open = is_open or shape.open
            arms += shape.arms
        else:
            arms.append(shape)
    if any(isinstance(arm, Anything) for arm in arms):
        return Anything()
    arms = [arm for i, arm in enumerate(arms) if not _is_among(arm, arms[:i]) and not _is_within(arm, arms)]
    union = arms[0] if len(arms) == 1 and not is_open else OneOf(tuple(arms), is_open)
    return Nullable(union) if nullable else union


def _is_among(arm: Shape, arms: list[Shape]) -> bool:
    if isinstance(arm, Object):
        return any(isinstance(other, Object) and other.cls is arm.cls for other in arms)
    return any(other is arm for other in arms)


def _is_within(arm: Shape, arms: list[Shape]) -> bool:
    """Whether all values of an enumeration are values of a plain arm too: an open enumeration needs no look-up."""
    return isinstance(arm, Const) and all(_is_among(_SCALARS[type(value)], arms) for value in arm.values)


# --------------------------------------------------------------------------------------------------------------- plans


class FieldPlan(NamedTuple):
    """One field. `required`: it has no default. `sends_null`: None travels as null, instead of not at all.

    `classes`: those of parsed JSON that it may have. `number`: its decimals travel as JSON numbers.
    """

    name: str
    wire: str
    shape: Shape
    classes: frozenset[type]
    required: bool
    sends_null: bool
    default: Any
    factory: Callable[[], Any] | None
    number: bool

    def absent(self) -> Any:
        """The value of the field when the wire has none."""
        return self.default if self.factory is None else self.factory()


class Plan(NamedTuple):
    """A model. `extra`: the shape of unknown properties; None when the class has no room for them."""

    cls: type[Any]
    fields: tuple[FieldPlan, ...]
    extra: Shape | None
    by_wire: dict[str, FieldPlan]


EXTRA = "additional_properties"
_plans: dict[type, Plan] = {}


def plan_of(cls: type) -> Plan:
    """The plan of a model, made when it is first asked for. Raises NameError, TypeError."""
    plan = _plans.get(cls)
    if plan is None:
        with _lock:
            plan = _plans[cls] = _plans.get(cls) or _planned(cls)
    return plan


def _planned(cls: Any) -> Plan:
    # Of a subclass made by users, the annotations that count stand in the module of the generated class.
    cls, made = next(base for base in cls.__mro__ if "__dataclass_fields__" in vars(base)), cls
    names = Names(vars(sys.modules[cls.__module__]), cls.__module__.rpartition(".")[0])
    hints = typing.get_type_hints(cls, {}, names, include_extras=True)
    planned: list[FieldPlan] = []
    extra: Shape | None = None
    for field in dataclasses.fields(cls):
        number = field.metadata.get("format") == "decimal-number"
        shape = shape_of(hints[field.name], names, number)
        if field.name == EXTRA:
            extra = shape.value if isinstance(shape, MapOf) else Anything()
            continue
        factory = None if field.default_factory is dataclasses.MISSING else field.default_factory
        required = field.default is dataclasses.MISSING and factory is None
        default = None if field.default is dataclasses.MISSING else field.default
        sends_null = field.default is not None  # None that is not the default was given, or came
        wire = field.metadata.get("wire", field.name)
        classes = json_classes(shape)
        planned.append(FieldPlan(field.name, wire, shape, classes, required, sends_null, default, factory, number))
    return Plan(made, tuple(planned), extra, {field.wire: field for field in planned})
