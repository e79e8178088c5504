"""The kinds of value that models are made of: an annotation becomes a `Kind` and a
model a `Plan` when it is first used. `codec_compile` describes how kinds are read,
`codec_write` how values are written."""

from __future__ import annotations

import dataclasses
import importlib
import keyword
import sys
import threading
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, TypeAlias, get_args, get_origin

from . import feature
from .declarations import Tagged as Tagged
from .declarations import Unset


@dataclasses.dataclass(frozen=True, slots=True)
class UnknownVariant:
    """A value that is none of the variants that this client knows, such as
    `UnknownVariant({"pet_type": "ferret"})`. It is sent back as it came."""

    raw: Any


# Named tuples, because every program that imports a client makes these classes, and
# dataclasses take seven times as long to make.


class Scalar(NamedTuple):
    """A value without parts, with its classes in models and in parsed JSON. `read`
    converts it or raises ValueError, and so does `write` back; both are None where it
    stays as it is. `inline` and `text` are faster: the one has lines that do to `{x}`
    what `read` does, with the values that they name; the other writes JSON."""

    name: str
    python: tuple[type, ...]
    read: Callable[[Any], Any] | None = None
    write: Callable[[Any], str] | None = None
    json: tuple[type, ...] = (str,)
    inline: tuple[tuple[str, ...], dict[str, Any]] | None = None
    text: Callable[[Any], str] | None = None


class Const(NamedTuple):
    """One of a few values: `Const(("card",))`. The class counts: `True` is not 1. When
    `open`, a value of their classes that is not listed is kept, and reported."""

    values: tuple[str | int | bool, ...]
    open: bool = False


class ListOf(NamedTuple):
    item: Kind


class MapOf(NamedTuple):
    """An object with any keys."""

    item: Kind


class Object(NamedTuple):
    """A model: a dataclass."""

    cls: type[Any]


class Tag(NamedTuple):
    """A union whose members the value of a property distinguishes. The member at None
    is for other values; where there is none, these are an `UnknownVariant`."""

    property: str
    members: dict[str | None, Kind]


class OneOf(NamedTuple):
    """A union whose members are distinguished by their structure. Where it is `open`,
    what fits none is an `UnknownVariant`."""

    members: tuple[Kind, ...]
    open: bool


class Nullable(NamedTuple):
    inner: Kind


class Anything(NamedTuple):
    """Parsed JSON as it came, or any value to be sent."""


class Later(NamedTuple):
    """An alias within its own definition."""

    names: Names
    meant: Any

    @property
    def kind(self) -> Kind:
        """What the alias means."""
        return self.names.kind(self.meant)


Kind: TypeAlias = (
    Scalar | Const | ListOf | MapOf | Object | Tag | OneOf | Nullable | Anything | Later
)


INT = Scalar("an integer", (int,), json=(int,))
NULL = Scalar("null", (types.NoneType,), json=(types.NoneType,))
_SCALARS: dict[Any, Scalar] = {
    str: Scalar("a string", (str,)),
    bool: Scalar("a boolean", (bool,), json=(bool,)),
    int: INT,
    float: Scalar("a number", (float, int), json=(float, int)),
    types.NoneType: NULL,
}


@cache
def scalars() -> dict[Any, Scalar]:
    """Returns the scalars by their classes; not all packages have the rarer ones."""
    found = dict(_SCALARS)
    for module in ("times", "uuids", "formats", "durations", "encodings"):
        found |= feature(f"codec_{module}", "FORMATS", needed=False) or {}
    return found


def name_of(value: object) -> str:
    """Returns what parsed JSON is called in messages."""
    whole: dict[type, str] = {list: "a list", dict: "an object"}
    scalar = scalars().get(value.__class__)
    return scalar.name if scalar else whole.get(value.__class__, "something else")


_lock = threading.RLock()
_Alias: Any = typing.NewType  # evaluated once, however many aliases refer to one
_STANDARD = ("builtins", "datetime", "decimal", "uuid")


class Names(dict[str, Any]):
    """The names in annotations: of a model's own module, then of the models package,
    which loads a model when it is first asked for, then standard ones."""

    def __init__(self, models: str, own: types.ModuleType | None = None) -> None:
        super().__init__()
        self._models, self._own = models, own
        self._kinds: dict[Any, Kind] = {}

    def __missing__(self, name: str) -> Any:
        if name in _STANDARD:
            return importlib.import_module(name)
        own = sys.modules[__name__]  # for UnknownVariant
        for space in (self._own, _package(self._models), own, typing):
            if hasattr(space, name):
                value = getattr(space, name)
                if isinstance(value, str) or get_origin(value) is typing.Annotated:
                    value = self[name] = _Alias(name, value)
                return value
        raise KeyError(name)

    def kind(self, annotation: Any) -> Kind:
        """Returns the kind of an annotation. Raises NameError and TypeError."""
        with _lock:
            if annotation not in self._kinds:
                self._kinds[annotation] = later = Later(self, annotation)
                try:
                    holder = types.SimpleNamespace(__annotations__={"it": annotation})
                    hints = typing.get_type_hints(holder, {}, self, include_extras=True)
                    self._kinds[annotation] = kind_of(hints["it"], self)
                finally:
                    if self._kinds[annotation] is later:
                        del self._kinds[annotation]
            return self._kinds[annotation]


def _package(name: str) -> types.ModuleType | None:
    try:
        return sys.modules.get(name) or (name and importlib.import_module(name)) or None
    except ModuleNotFoundError as error:
        if error.name is not None and f"{name}.".startswith(f"{error.name}."):
            return None  # an API without models has no models package
        raise


def kind_of(hint: Any, names: Names) -> Kind:
    """Returns the kind of an evaluated annotation. Raises TypeError."""
    origin, args = get_origin(hint) or hint, get_args(hint)
    if hint is Any or hint is object:
        return Anything()
    if isinstance(hint, _Alias):
        return names.kind(hint.__supertype__)
    if origin is typing.Annotated:
        if isinstance(args[1], Tagged):
            tagged: Kind = feature("codec_unions", "tag_of")(args[0], args[1], names)
            return tagged
        if isinstance(args[1], str):
            encoding: Kind = feature("codec_encodings", "ENCODINGS")[args[1]]
            return encoding
        return kind_of(args[0], names)
    if origin is typing.Literal:
        values = tuple(value for value in args if value is not None)
        return Nullable(Const(values)) if len(values) < len(args) else Const(values)
    if origin is typing.Union or origin is types.UnionType:
        return _union([kind_of(arg, names) for arg in args if arg is not Unset])
    if origin is list or origin is dict:
        item = kind_of(args[-1], names) if args else Anything()
        return ListOf(item) if origin is list else MapOf(item)
    if hint is None or (isinstance(hint, type) and hint in scalars()):
        return scalars()[hint or types.NoneType]
    if hint is UnknownVariant:
        return OneOf((), open=True)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return Object(hint)
    raise TypeError(f"the codec has no kind for the annotation {hint!r}")


def _union(kinds: list[Kind]) -> Kind:
    inner = [kind.inner if isinstance(kind, Nullable) else kind for kind in kinds]
    nullable = inner != kinds or NULL in inner
    is_open, members = False, list[Kind]()
    for kind in inner:
        if isinstance(kind, OneOf):
            is_open, members = is_open or kind.open, [*members, *kind.members]
        elif kind is not NULL and not (isinstance(kind, Scalar) and kind in members):
            members.append(kind)
    if any(isinstance(member, Anything) for member in members):
        return Anything()
    if opened := feature("enums", "opened", needed=False):
        members = opened(members)
    alone = len(members) == 1 and not is_open
    union = members[0] if alone else OneOf(tuple(members), is_open)
    return Nullable(union) if nullable else union


EXTRA = "additional_properties"


class FieldPlan(NamedTuple):
    """One field. `name` is safe in code. It is `required` when it has no default; else
    `default` is that, or makes it if it `has_factory`. Where it `sends_null`, None is
    sent and not left out."""

    name: str
    wire: str
    kind: Kind
    required: bool
    sends_null: bool
    default: Any
    has_factory: bool


class Plan(NamedTuple):
    """A model; `extra` is the kind of its unknown properties, None without a field.
    `encode` makes it ready to be written, where that changes anything."""

    cls: type[Any]
    fields: tuple[FieldPlan, ...]
    extra: Kind | None
    by_wire: dict[str, FieldPlan]
    encode: Callable[[Any], Any] | None

    def together(self, whole: bool) -> dict[str, FieldPlan]:
        """Returns the fields that must be there, or all, by names of variables."""
        fields = [field for field in self.fields if whole or field.required]
        return {f"a{i}": field for i, field in enumerate(fields)}


_plans: dict[type, Plan] = {}


def plan_of(cls: type) -> Plan:
    """Returns the plan of a model, made on first use. Raises NameError, TypeError."""
    if cls not in _plans:
        with _lock:
            _plans[cls] = _plans.get(cls) or _planned(cls)
    return _plans[cls]


def _planned(cls: type[Any]) -> Plan:
    # A user's subclass has no annotations of its own: its module may lack their names.
    base = next(base for base in cls.__mro__ if "__dataclass_fields__" in vars(base))
    names = Names(base.__module__.rpartition(".")[0], sys.modules[base.__module__])
    hints = typing.get_type_hints(base, {}, names, include_extras=True)
    kinds = {name: kind_of(hint, names) for name, hint in hints.items()}
    encoder = feature("codec_encodings", "encoder", needed=False)
    encode = encoder and encoder(kinds)
    extra = kinds.pop(EXTRA, None)
    fields = [f for f in dataclasses.fields(base) if f.name in kinds]
    planned = tuple(_field_plan(field, kinds[field.name]) for field in fields)
    unknown = extra.item if isinstance(extra, MapOf) else extra
    return Plan(cls, planned, unknown, {f.wire: f for f in planned}, encode)


def _field_plan(field: dataclasses.Field[Any], kind: Kind) -> FieldPlan:
    name = field.name
    if not name.isidentifier() or keyword.iskeyword(name):
        raise TypeError(f"{name!r} is not the name of an attribute")
    wire = field.metadata.get("wire", name)
    has_factory = field.default_factory is not dataclasses.MISSING
    default: Any = field.default_factory if has_factory else field.default
    required = default is dataclasses.MISSING
    sends_null = default is not None  # None that is not the default was given, or came
    default = None if required else default
    return FieldPlan(name, wire, kind, required, sends_null, default, has_factory)
