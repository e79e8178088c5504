"""A `Kind` becomes a function when it is first used, compiled from text as
`dataclasses` does with `__init__`. `Emitter.rule` describes each kind once, for four
`Form`s: to read parsed JSON, to write it, and the same of one level, the parts of which
go to `at` with their keys ("located").

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
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias, assert_never

from . import codec_kinds as kinds
from . import feature
from .codec_kinds import EXTRA, Kind, Plan, UnknownVariant
from .unset import UNSET

Convert: TypeAlias = Callable[..., Any]
"""Takes a value, and `at` if it is located."""


class Mismatch(Exception):
    """A value is not as described, or cannot be sent. The arguments are what was
    expected, and the error in a value that has the right class."""


class Form(NamedTuple):
    """Which of the four functions is meant."""

    reading: bool
    located: bool


READ, READ_LOCATED = Form(True, False), Form(True, True)
WRITE, WRITE_LOCATED = Form(False, False), Form(False, True)


class Part:
    """The kind of a part, and the function for it, made when first asked for."""

    def __init__(self, kind: Kind, form: Form) -> None:
        self.kind, self.form = kind, form

    @cached_property
    def convert(self) -> Convert:
        return converter(self.kind, self.form)


_models: dict[tuple[type, Form], Convert] = {}


def converter(kind: Kind, form: Form) -> Convert:
    """Returns the function that converts values of a kind."""
    match kind:
        case kinds.Later():
            return converter(kind.kind, form)
        case kinds.Object(cls):
            if (cls, form) not in _models:
                emitted = _object_reader if form.reading else _object_writer
                _models[cls, form] = emitted(kinds.plan_of(cls), form)
            return _models[cls, form]
        case kinds.Tag() | kinds.OneOf() if form.reading:
            reader: Convert = feature("codec_unions", "union_reader")(kind, form)
            return reader
        case kinds.Tag() | kinds.OneOf() | kinds.ListOf() | kinds.MapOf():
            pass
        case kinds.Scalar() | kinds.Const() | kinds.Nullable() | kinds.Anything():
            pass
        case _:
            assert_never(kind)
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

    def __missing__(self, cls: type) -> Convert:
        emitter, name = Emitter(self._form), cls.__qualname__
        bases = (base for base in _CLASSES if issubclass(cls, base))
        if cls is UnknownVariant:
            made = emitter.function("x = x.raw", f"return {emitter.by_class('x')}")
        elif base := next(bases, None):  # no test, so that subclasses pass
            lines = emitter.steps({"x": _CLASSES[base]}, tested=False)
            made = emitter.function(*lines, "return x")
        elif dataclasses.is_dataclass(cls):
            made = converter(kinds.Object(cls), self._form)
        else:
            fault = TypeError(f"a value of type {name!r} cannot be sent as JSON")
            raise Mismatch("a value with a form in JSON", fault)
        self[cls] = made
        return made


_writers = {form: Writers(form) for form in (WRITE, WRITE_LOCATED)}
_count = itertools.count(1)
VALUES: dict[str, Any] = {
    **vars(kinds),
    **{cls.__name__: cls for kind in kinds.SCALARS.values() for cls in kind.python},
    "Mismatch": Mismatch,
    "PLAIN": PLAIN,
    "UNSET": UNSET,
    "new": object.__new__,
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
        self.values: dict[str, Any] = {**VALUES, "writers": _writers.get(form)}
        self.at = ", at" if form.located else ""

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
        text = "\n    ".join([f"def convert(x{self.at}):", *lines])
        filename = f"<codec {next(_count)}>"
        linecache.cache[filename] = len(text), None, text.splitlines(True), filename
        exec(compile(text, filename, "exec"), self.values)
        made: Convert = self.values["convert"]
        return made

    def steps(self, variables: dict[str, Kind], tested: bool = True) -> list[str]:
        """Returns the lines that test variables and put what they become into them."""
        rules = [(x, self.rule(kind, x)) for x, kind in variables.items()]
        tests = [rule.test for _, rule in rules if rule.test and tested]
        fault = self.bind("".join(rule.expected for _, rule in rules))
        lines = (
            [f"if not ({' and '.join(tests)}): raise Mismatch({fault})"]
            if tests
            else []
        )
        failed = f"except ValueError as e: raise Mismatch({fault}, e) from None"
        new = [(f"{x} = {rule.value}", rule) for x, rule in rules if rule.value != x]
        fallible = [line for line, rule in new if rule.fallible]
        lines += ["try:", *_indented(*fallible), failed] if fallible else []
        return lines + [line for line, rule in new if not rule.fallible]

    def rule(self, kind: Kind, x: str) -> Rule:
        """Returns what the variable `x` must be and becomes when it is of this kind."""
        reading, _ = self.form
        match kind:
            case kinds.Scalar(name, python, read, write, json):
                test = self._any_of(x, json if reading else python)
                if read is None or write is None:
                    return Rule(test, x, name)
                if not reading:
                    return Rule(test, write.replace("{x}", x), name, True)
                if kind is kinds.DATETIME and self.form == READ:
                    # Lower-case letters are left to the located form.
                    test += f" and len({x}) > 10"
                    read = datetime.datetime.fromisoformat
                return Rule(test, f"{self.bind(read)}({x})", name, True)
            case kinds.Const(values):
                test = self._any_of(x, dict.fromkeys(map(type, values)))
                if reading:
                    known = self.bind(frozenset((type(v), v) for v in values))
                    test += f" and ({x}.__class__, {x}) in {known}"
                return Rule(test, x, " or ".join(map(repr, values)))
            case kinds.Nullable(inner):
                test, value, expected, fallible = self.rule(inner, x)
                test = f"({x} is None or {test})" if test else ""
                value = x if value == x else f"None if {x} is None else ({value})"
                return Rule(test, value, expected, fallible)
            case kinds.ListOf() | kinds.MapOf():
                return self._items(kind, x)
            case kinds.OneOf() if self.form == READ and (plain := _plain(kind.members)):
                return Rule(f"{x}.__class__ in {self.bind(plain)}", x)
            case kinds.Object(cls) if not reading:
                test = f"{x}.__class__ is {self.bind(cls)}"
                return Rule(test, self._call(kind, x))
            case kinds.Object() | kinds.Tag() | kinds.OneOf() | kinds.Later():
                return Rule("", self._call(kind, x) if reading else self.by_class(x))
            case kinds.Anything():
                return Rule("", x if reading else self.by_class(x))
            case _:
                assert_never(kind)

    def _items(self, kind: kinds.ListOf | kinds.MapOf, x: str) -> Rule:
        reading, located = self.form
        is_list, item = isinstance(kind, kinds.ListOf), kind.item
        test = f"{x}.__class__ is {'list' if is_list else 'dict'}"
        expected = "a list" if is_list else "an object"
        if reading and isinstance(item, kinds.Anything):
            return Rule(test, x, expected)
        if not located and (classes := _plain((item,))):
            items = x if is_list else f"{x}.values()"
            plain = f"{self.bind(classes.issuperset)}(map(type, {items}))"
            return Rule(f"{test} and {plain}", x, expected)
        part = self.by_class("i")
        if reading or located:
            part = "i" if located else self._call(item, "i")
        given = " if i is not UNSET" if located and not reading else ""
        copy = f"{{k: {part} for k, i in {x}.items(){given}}}"
        copy = f"[{part} for i in {x}{given}]" if is_list else copy
        filled = f"at.fill({self.bind(Part(item, self.form))}, {copy})"
        return Rule(test, filled if located else copy, expected)

    def _call(self, kind: Kind, x: str) -> str:
        return f"{self.link(lambda: converter(kind, self.form))}({x}{self.at})"

    def by_class(self, x: str) -> str:
        """Returns the expression that writes a variable of any class."""
        written = f"writers[{x}.__class__]({x}{self.at})"
        return f"{x} if {x}.__class__ in PLAIN else {written}"

    def _any_of(self, x: str, classes: Iterable[type]) -> str:
        return f"({' or '.join(f'{x}.__class__ is {c.__name__}' for c in classes)})"


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
    together = {} if form.located else plan.together(whole)
    lines = ["if x.__class__ is not dict: raise Mismatch('an object')"]
    failed = "raise Mismatch from None"
    if not all(field.required for field in together.values()):
        failed = f"return {emitter.link(lambda: _object_reader(plan, form, False))}(x)"
        lines.append(f"if len(x) < {len(together)}: {failed}")
    gets = [f"    {a} = x[{emitter.bind(field.wire)}]" for a, field in together.items()]
    lines += ["try:", *gets, f"except KeyError: {failed}"] if gets else []
    lines += emitter.steps({a: field.kind for a, field in together.items()})
    lines.append(f"o = new({emitter.bind(plan.cls)})")
    lines += [f"o.{field.name} = {a}" for a, field in together.items()]
    lines.append(f"n = {len(together)}")
    for field in [f for f in plan.fields if form.located or not (whole or f.required)]:
        wire, name = emitter.bind(field.wire), field.name
        absent = f"o.{name} = {emitter.bind(field.default)}" + "()" * field.has_factory
        if form.located:
            part, key = emitter.bind(Part(field.kind, form)), emitter.bind(name)
            taken = [f"at.later(x[{wire}], {wire}, {part}, o.__setattr__, {key})"]
            absent += f"; at.note('missing', {wire})" if field.required else ""
        else:
            steps = emitter.steps({"a": field.kind})
            taken = [f"a = x[{wire}]", *steps, f"o.{name} = a"]
        lines += [f"if {wire} in x:", *_indented("n += 1", *taken), f"else: {absent}"]
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
    together = {} if form.located else plan.together(False)
    later = f"{emitter.bind(Part(kinds.Anything(), form))}, r.__setitem__"
    lines = [f"{a} = x.{field.name}" for a, field in together.items()]
    lines += emitter.steps({a: field.kind for a, field in together.items()})
    items = [f"{emitter.bind(field.wire)}: {a}" for a, field in together.items()]
    lines.append(f"r = {{{', '.join(items)}}}")
    for field in [f for f in plan.fields if form.located or not f.required]:
        kind, wire = field.kind, emitter.bind(field.wire)
        if isinstance(kind, kinds.Nullable) and not field.sends_null:
            kind = kind.inner
        given = f"a is not {'UNSET' if field.sends_null else 'None'}"
        sent = [*emitter.steps({"a": kind}), f"r[{wire}] = a"]
        if form.located:
            given += " and a is not UNSET"
            sent = [f"at.later(a, {wire}, {later}, {wire})"]
        lines += [f"a = x.{field.name}", f"if {given}:", *_indented(*sent)]
    if plan.extra is not None:
        sent_extra = f"r[k] = {emitter.by_class('i')}"
        if form.located:
            sent_extra = f"at.later(i, k, {later}, k)"
        lines += [f"if x.{EXTRA}:", f"    for k, i in x.{EXTRA}.items():"]
        lines.append(f"        if k not in r and i is not UNSET: {sent_extra}")
    return emitter.function(*lines, "return r")


def _indented(*lines: str) -> list[str]:
    return [f"    {line}" for line in lines]
