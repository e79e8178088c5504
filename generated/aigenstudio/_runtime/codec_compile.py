"""A `Kind` becomes a function when it is first used, compiled from text as
`dataclasses` does with `__init__`. `Emitter.rule` describes each kind once, for all
four `Form`s:

    reading     parsed JSON to the value
    writing     the value to parsed JSON
    located     the same of one level, the parts of which go to `at` with their keys

At a value that is not as described they raise `Mismatch`; `codec` then takes the
located forms, which tell where it is. The text holds names of attributes (`o.id = a0`)
and no other text of a document: wire names (`a0 = x[v1]`), constants and classes are
values.
"""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import linecache
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias, assert_never

from . import codec_kinds as kinds
from .codec_kinds import EXTRA, Kind, Plan, UnknownVariant
from .codec_unions import member_of
from .unset import UNSET

Convert: TypeAlias = Callable[..., Any]
"""Takes a value, and `at` if it is located."""


class Mismatch(Exception):
    """A value is not as described, or cannot be sent. The arguments are what would be,
    and the error in a value that has the right class."""


class Form(NamedTuple):
    """Which of the four functions is meant."""

    reading: bool
    located: bool


READ, READ_LOCATED = Form(True, False), Form(True, True)
WRITE, WRITE_LOCATED = Form(False, False), Form(False, True)


class Part:
    """The kind of a part, and the function for it, for located functions."""

    def __init__(self, kind: Kind, form: Form) -> None:
        self.kind = kind
        self.form = form

    @cached_property
    def convert(self) -> Convert:
        return converter(self.kind, self.form)


_lock = threading.RLock()
_models: dict[tuple[type, Form], Convert] = {}


def converter(kind: Kind, form: Form) -> Convert:
    """Returns the function that converts values of a kind."""
    match kind:
        case kinds.Later():
            return converter(kind.kind, form)
        case kinds.Object(cls):
            with _lock:
                if (cls, form) not in _models:
                    emitted = _object_reader if form.reading else _object_writer
                    _models[cls, form] = emitted(kinds.plan_of(cls), form)
                return _models[cls, form]
        case kinds.Tag() if form.reading:
            return _tag_reader(kind, form)
        case kinds.OneOf() if form.reading:
            return _union_reader(kind, form)
        case _:
            emitter = Emitter(form)
            return emitter.function(*emitter.steps({"x": kind}), "return x")


PLAIN: frozenset[type] = frozenset((str, int, float, bool, type(None)))


_CLASSES: dict[type, Kind] = {
    **dict.fromkeys((list, tuple), kinds.ListOf(kinds.Anything())),
    Mapping: kinds.MapOf(kinds.Anything()),
    **kinds.SCALARS,
    bytearray: kinds.BYTES,
}


class Writers(dict[type, Convert]):
    """The functions that write the values of a class, made when first asked for."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        self[UnknownVariant] = _variant_written

    def __missing__(self, cls: type) -> Convert:
        error = TypeError(
            f"a value of type {cls.__qualname__!r} cannot be sent as JSON"
        )
        for base, kind in _CLASSES.items():
            if issubclass(cls, base):  # no test, so that subclasses pass
                emitter = Emitter(self._form)
                lines = emitter.steps({"x": kind}, tested=False)
                self[cls] = emitter.function(*lines, "return x")
                return self[cls]
        if not dataclasses.is_dataclass(cls):
            raise Mismatch("a value with a form in JSON", error)
        self[cls] = converter(kinds.Object(cls), self._form)
        return self[cls]


def written(value: Any) -> Any:
    """Returns `value` as parsed JSON. Raises Mismatch, RecursionError."""
    cls = value.__class__
    return value if cls in PLAIN else _writers[cls](value)


def _variant_written(value: UnknownVariant) -> Any:
    return written(value.raw)


_writers = Writers(WRITE)
located_writers = Writers(WRITE_LOCATED)

_count = itertools.count(1)
_VALUES: dict[str, Any] = {
    **{cls.__name__: cls for kind in kinds.SCALARS.values() for cls in kind.python},
    "Mismatch": Mismatch,
    "PLAIN": PLAIN,
    "UNSET": UNSET,
    "new": object.__new__,
    "writers": _writers,
}


class Rule(NamedTuple):
    """Two expressions over a variable: what must be true of it ("" for nothing), and
    what it becomes, which raises ValueError if `fallible`. `expected` is for people."""

    test: str
    value: str
    expected: str = ""
    fallible: bool = False


class Emitter:
    """Writes the text of one function, over a variable `x`."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.values = dict(_VALUES)

    def bind(self, value: Any) -> str:
        """Returns a name for `value`."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return name

    def link(self, make: Callable[[], Convert]) -> str:
        """Returns a name for the function that `make` returns, made when first called,
        so that models may contain themselves and cost nothing until they come."""
        name, values = self.bind(None), self.values

        def first(*args: Any) -> Any:
            values[name] = made = make()
            return made(*args)

        values[name] = first
        return name

    def function(self, *lines: str) -> Convert:
        """Returns the function that has these lines."""
        signature = "def convert(x, at):" if self.form.located else "def convert(x):"
        text = "\n    ".join([signature, *lines])
        filename = f"<codec {next(_count)}>"
        linecache.cache[filename] = len(text), None, text.splitlines(True), filename
        exec(compile(text, filename, "exec"), self.values)
        made: Convert = self.values["convert"]
        return made

    def steps(self, variables: dict[str, Kind], tested: bool = True) -> list[str]:
        """Returns the lines that test variables and put what they become into them."""
        rules = [(x, self.rule(kind, x)) for x, kind in variables.items()]
        tests = " and ".join(rule.test for _, rule in rules if rule.test and tested)
        expected = self.bind("".join(rule.expected for _, rule in rules))
        lines = [f"if not ({tests}): raise Mismatch({expected})"] if tests else []
        fallible = [f"    {x} = {rule.value}" for x, rule in rules if rule.fallible]
        if fallible:
            failed = f"except ValueError as error: raise Mismatch({expected}, error)"
            lines += ["try:", *fallible, f"{failed} from None"]
        others = [(x, rule.value) for x, rule in rules if not rule.fallible]
        return lines + [f"{x} = {value}" for x, value in others if value != x]

    def rule(self, kind: Kind, x: str) -> Rule:
        """Returns what the variable `x` must be and becomes when it is of this kind."""
        reading, located = self.form
        match kind:
            case kinds.Anything():
                return Rule("", x if reading else self.by_class(x))
            case kinds.Scalar():
                test = _any_of(x, kind.json if reading else kind.python)
                convert = kind.read if reading else kind.write
                if kind is kinds.DATETIME and reading and not located:
                    test += f" and len({x}) > 10"
                    convert = datetime.datetime.fromisoformat
                if convert is None:
                    return Rule(test, x, kind.name)
                text = isinstance(convert, str) and convert.format(x=x)
                return Rule(test, text or f"{self.bind(convert)}({x})", kind.name, True)
            case kinds.Const():
                test = _any_of(x, dict.fromkeys(map(type, kind.values)))
                known = self.bind(frozenset((type(v), v) for v in kind.values))
                among = f" and ({x}.__class__, {x}) in {known}" if reading else ""
                return Rule(test + among, x, " or ".join(map(repr, kind.values)))
            case kinds.Nullable():
                test, value, expected, fallible = self.rule(kind.inner, x)
                test = f"({x} is None or {test})" if test else ""
                value = x if value == x else f"None if {x} is None else {value}"
                return Rule(test, value, expected, fallible)
            case kinds.ListOf():
                test = f"{x}.__class__ is list"
                items = self._items(kind.item, "[{} for i in {}{}]", x, x)
                return Rule(test + items.test, items.value, "a list")
            case kinds.MapOf():
                test, each = (
                    f"{x}.__class__ is dict",
                    "{{k: {} for k, i in {}.items(){}}}",
                )
                items = self._items(kind.item, each, x, f"{x}.values()")
                return Rule(test + items.test, items.value, "an object")
            case kinds.OneOf() if self.form == READ and (
                classes := _plain(kind.members)
            ):
                return Rule(f"{x}.__class__ in {self.bind(classes)}", x)
            case kinds.Object() if not reading:
                test = f"{x}.__class__ is {self.bind(kind.cls)}"
                return Rule(test, self._call(kind, x))
            case kinds.Object() | kinds.Tag() | kinds.OneOf() | kinds.Later():
                return Rule("", self._call(kind, x) if reading else self.by_class(x))
            case _:
                assert_never(kind)

    def _items(self, item: Kind, each: str, x: str, values: str) -> Rule:
        reading, located = self.form
        if reading and isinstance(item, kinds.Anything):
            return Rule("", x)
        if located:
            copy = each.format("i", x, "" if reading else " if i is not UNSET")
            return Rule("", f"at.fill({self.part(item)}, {copy})")
        if classes := _plain((item,)):
            return Rule(f" and {self.bind(classes.issuperset)}(map(type, {values}))", x)
        part = self._call(item, "i") if reading else self.by_class("i")
        return Rule("", each.format(part, x, ""))

    def _call(self, kind: Kind, x: str) -> str:
        function = self.link(lambda: converter(kind, self.form))
        return f"{function}({x}, at)" if self.form.located else f"{function}({x})"

    def by_class(self, x: str) -> str:
        return f"{x} if {x}.__class__ in PLAIN else writers[{x}.__class__]({x})"

    def part(self, kind: Kind) -> str:
        """Returns a name for what `at` needs to know of a part."""
        return self.bind(Part(kind, self.form))


def _any_of(x: str, classes: Iterable[type]) -> str:
    tests = [f"{x}.__class__ is {cls.__name__}" for cls in classes]
    return f"({' or '.join(tests)})"


def _plain(members: Iterable[Kind]) -> frozenset[type]:
    # The classes of kinds that need no other test and no conversion; else none.
    classes: list[type] = []
    for kind in members:
        if isinstance(kind, kinds.Nullable):
            classes.append(type(None))
            kind = kind.inner
        if not isinstance(kind, kinds.Scalar) or kind.read is not None:
            return frozenset()
        classes += kind.json
    return frozenset(classes)


def _object_reader(plan: Plan, form: Form, whole: bool = True) -> Convert:
    # A `whole` object has every property; others are left to a second function.
    emitter = Emitter(form)
    together, singly = plan.divided(whole, form.located)
    lines = ["if x.__class__ is not dict: raise Mismatch('an object')"]
    failed = "raise Mismatch from None"
    if not all(field.required for field in together):
        failed = f"return {emitter.link(lambda: _object_reader(plan, form, False))}(x)"
        lines.append(f"if len(x) < {len(together)}: {failed}")
    if together:
        wires = enumerate(emitter.bind(field.wire) for field in together)
        gets = [f"    a{i} = x[{wire}]" for i, wire in wires]
        lines += ["try:", *gets, f"except KeyError: {failed}"]
    lines += emitter.steps({f"a{i}": field.kind for i, field in enumerate(together)})
    lines.append(f"o = new({emitter.bind(plan.cls)})")
    lines += [f"o.{field.name} = a{i}" for i, field in enumerate(together)]
    lines.append(f"n = {len(together)}")
    for field in singly:
        wire, name = emitter.bind(field.wire), field.name
        taken = [f"a = x[{wire}]", *emitter.steps({"a": field.kind}), f"o.{name} = a"]
        absent = f"o.{name} = {emitter.bind(field.default)}"
        absent += "()" if field.has_factory else ""
        if form.located:
            put = f"{emitter.part(field.kind)}, o.__setattr__, {emitter.bind(name)}"
            taken = [f"at.later(x[{wire}], {wire}, {put})"]
            absent += f"; at.missing({wire})" if field.required else ""
        taken = [f"    {line}" for line in ["n += 1", *taken]]
        lines += [f"if {wire} in x:", *taken, f"else: {absent}"]
    if plan.extra is not None:
        known = emitter.bind(frozenset(plan.by_wire))
        unknown = f"{{k: i for k, i in x.items() if k not in {known}}}"
        lines.append(f"a = {{}} if n == len(x) else {unknown}")
        if not isinstance(plan.extra, kinds.Anything):
            lines += emitter.steps({"a": kinds.MapOf(plan.extra)})
        lines.append(f"o.{EXTRA} = a")
    return emitter.function(*lines, "return o")


def _object_writer(plan: Plan, form: Form) -> Convert:
    emitter = Emitter(form)
    together, singly = plan.divided(False, form.located)
    lines = [f"a{i} = x.{field.name}" for i, field in enumerate(together)]
    lines += emitter.steps({f"a{i}": field.kind for i, field in enumerate(together)})
    items = [f"{emitter.bind(field.wire)}: a{i}" for i, field in enumerate(together)]
    lines.append(f"r = {{{', '.join(items)}}}")
    for field in singly:
        kind, wire = field.kind, emitter.bind(field.wire)
        if isinstance(kind, kinds.Nullable) and not field.sends_null:
            kind = kind.inner
        given = f"a is not {'UNSET' if field.sends_null else 'None'}"
        sent = [*emitter.steps({"a": kind}), f"r[{wire}] = a"]
        if form.located:
            given += " and a is not UNSET"
            put = f"{emitter.part(kind)}, r.__setitem__, {wire}"
            sent = [f"at.later(a, {wire}, {put})"]
        lines += [f"a = x.{field.name}", f"if {given}:"]
        lines += [f"    {line}" for line in sent]
    if plan.extra is not None:
        put = f"r[k] = {emitter.by_class('i')}"
        if form.located:
            put = f"at.later(i, k, {emitter.part(plan.extra)}, r.__setitem__, k)"
        lines += [
            f"if x.{EXTRA}:",
            f"    for k, i in x.{EXTRA}.items():",
            f"        if k not in r and i is not UNSET: {put}",
        ]
    return emitter.function(*lines, "return r")


def _tag_reader(kind: kinds.Tag, form: Form) -> Convert:
    members: dict[Any, Part | None] = {
        value: Part(member, form) for value, member in kind.members.items()
    }
    default = None if kind.default is None else Part(kind.default, form)

    def convert(x: Any, *at: Any) -> Any:
        value = x.get(kind.property) if x.__class__ is dict else None
        named = value.__class__ is str
        member = members.get(value, default) if named else default
        if member is not None and x.__class__ is dict:
            return member.convert(x, *at)
        if not named and not at:
            raise Mismatch
        if x.__class__ is not dict:
            at[0].unexpected("an object", x)
        elif kind.property not in x:
            at[0].missing(kind.property)
        elif not named:
            at[0].unexpected("a string", value, kind.property)
        return UnknownVariant(x)

    return convert


def _union_reader(kind: kinds.OneOf, form: Form) -> Convert:
    members = {id(member): Part(member, form) for member in kind.members}

    def convert(x: Any, *at: Any) -> Any:
        member = member_of(kind, x)
        if member is not None:
            return members[id(member)].convert(x, *at)
        if not at:
            raise Mismatch
        at[0].fits_none(x)
        return UnknownVariant(x) if kind.open else x

    return convert
