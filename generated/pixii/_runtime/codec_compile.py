"""How parsed JSON is read. A `Kind` becomes a function when it is first used, compiled
from text as `dataclasses` does with `__init__`. `Emitter.rule` describes each kind
once, for two functions: one reads a value with all that is in it; the other reads one
level, the parts of which go to `at` with their keys ("located").

At a value that is not as described they raise `Mismatch`; `codec` then takes the
located one, which tells where it is. The text holds names of attributes (`o.id = a0`)
and no other text of a document: wire names (`a0 = x[v1]`), constants and classes are
values. `codec_write` is the other direction."""

from __future__ import annotations

import itertools
import linecache
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import Any, NamedTuple, TypeAlias, assert_never

from . import codec_kinds as kinds
from . import feature
from .codec_kinds import EXTRA, Kind, Plan
from .declarations import UNSET

Convert: TypeAlias = Callable[..., Any]
"""Takes a value, and `at` if it is located."""


class Mismatch(Exception):
    """A value is not as described, or cannot be sent. The arguments are what was
    expected, and the error in a value that has the right class."""


class Part:
    """The kind of a part, and the function for it, made when first asked for."""

    def __init__(self, kind: Kind, located: bool) -> None:
        self.kind, self.located = kind, located

    @cached_property
    def convert(self) -> Convert:
        return converter(self.kind, self.located)


_models: dict[tuple[type, bool], Convert] = {}


def converter(kind: Kind, located: bool) -> Convert:
    """Returns the function that reads values of a kind."""
    match kind:
        case kinds.Later():
            return converter(kind.kind, located)
        case kinds.Object(cls):
            if (cls, located) not in _models:
                _models[cls, located] = _object_reader(kinds.plan_of(cls), located)
            return _models[cls, located]
        case kinds.Tag() | kinds.OneOf():
            reader: Convert = feature("codec_unions", "union_reader")(kind, located)
            return reader
        case _:  # converted by `Emitter.rule`
            pass
    emitter = Emitter(located)
    return emitter.function(*emitter.steps({"x": kind}), "return x")


_count = itertools.count(1)
_JSON_CLASSES = (str, int, float, bool, type(None), list, dict)
_VALUES: dict[str, Any] = {cls.__name__: cls for cls in _JSON_CLASSES}
_VALUES.update(Mismatch=Mismatch, UNSET=UNSET)


class Rule(NamedTuple):
    """What must be true of a variable ("" for nothing), what a message calls it, and
    the lines that convert it, which raise ValueError if `fallible`."""

    test: str
    expected: str = ""
    lines: tuple[str, ...] = ()
    fallible: bool = False


class Emitter:
    """Writes the text of one function, over a variable `x`."""

    def __init__(self, located: bool = False) -> None:
        self.located = located
        self.values: dict[str, Any] = {**_VALUES}
        self.at = ", at" if located else ""

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

    def steps(self, variables: dict[str, Kind]) -> list[str]:
        """Returns the lines that test variables and put what they become into them."""
        rules = [(x, self.rule(kind, x)) for x, kind in variables.items()]
        tests = [rule.test for _, rule in rules if rule.test]
        fault = self.bind("".join(rule.expected for _, rule in rules))
        lines = list[str]()
        if tests:
            lines.append(f"if not ({' and '.join(tests)}): raise Mismatch({fault})")
        failed = f"except ValueError as e: raise Mismatch({fault}, e) from None"
        fallible = [line for _, rule in rules if rule.fallible for line in rule.lines]
        lines += ["try:", *_indented(*fallible), failed] if fallible else []
        sure = [line for _, rule in rules if not rule.fallible for line in rule.lines]
        return lines + sure

    def rule(self, kind: Kind, x: str) -> Rule:
        """Returns what the variable `x` must be and becomes when it is of this kind."""
        match kind:
            case kinds.Scalar(name, read=read, json=json, inline=inline):
                test = self._any_of(x, json)
                if read is None:
                    return Rule(test, name)
                lines: tuple[str, ...] = (f"{x} = {self.bind(read)}({x})",)
                if inline is not None and not self.located:
                    lines = tuple(line.format(x=x) for line in inline[0])
                    self.values |= inline[1]
                return Rule(test, name, lines, True)
            case kinds.Const(values, is_open):
                classes = dict.fromkeys(map(type, values))
                test, mixed = self._any_of(x, classes), bool in classes  # True equals 1
                key = f"({x}.__class__, {x})" if mixed else x
                every = frozenset((type(v), v) if mixed else v for v in values)
                known = f"{key} in {self.bind(every)}"
                if is_open and self.located:
                    expected = " or ".join(kinds.scalars()[c].name for c in classes)
                    report = f"{self.bind(feature('enums', 'report'))}(at, {x})"
                    return Rule(test, expected, (f"if not {known}: {report}",))
                return Rule(f"{test} and {known}", " or ".join(map(repr, values)))
            case kinds.Nullable(inner):
                test, expected, lines, fallible = self.rule(inner, x)
                test = f"({x} is None or {test})" if test else ""
                some = (f"if {x} is not None:", *_indented(*lines)) if lines else ()
                return Rule(test, expected, some, fallible)
            case kinds.ListOf() | kinds.MapOf():
                return self._items(kind, x)
            case kinds.OneOf() if not self.located and (plain := _plain(kind.members)):
                return Rule(self._any_of(x, plain))
            case kinds.Object() | kinds.Tag() | kinds.OneOf() | kinds.Later():
                return Rule("", lines=(f"{x} = {self._call(kind, x)}",))
            case kinds.Anything():
                return Rule("")
            case _:
                assert_never(kind)

    def _items(self, kind: kinds.ListOf | kinds.MapOf, x: str) -> Rule:
        is_list, item = isinstance(kind, kinds.ListOf), kind.item
        test = f"{x}.__class__ is {'list' if is_list else 'dict'}"
        expected = "a list" if is_list else "an object"
        if isinstance(item, kinds.Anything):
            return Rule(test, expected)
        if self.located:
            value = f"at.fill({self.bind(Part(item, True))}, {x}.copy())"
        elif classes := _plain((item,)):
            items = x if is_list else f"{x}.values()"
            plain = f"{self.bind(classes.issuperset)}(map(type, {items}))"
            return Rule(f"{test} and {plain}", expected)
        else:
            value = f"{self._call(item, 'i')} "
            value += f"for i in {x}" if is_list else f"for k, i in {x}.items()"
            value = f"[{value}]" if is_list else f"{{k: {value}}}"
        return Rule(test, expected, (f"{x} = {value}",))

    def _call(self, kind: Kind, x: str) -> str:
        return f"{self.link(lambda: converter(kind, self.located))}({x}{self.at})"

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


def _object_reader(plan: Plan, located: bool, whole: bool = True) -> Convert:
    # A `whole` object has every property; others are left to a second function.
    emitter = Emitter(located)
    together = {} if located else plan.together(whole)
    lines = ["if x.__class__ is not dict: raise Mismatch('an object')"]
    failed = "raise Mismatch from None"
    if not all(field.required for field in together.values()):
        failed = f"return {emitter.link(lambda: _object_reader(plan, False, False))}(x)"
        lines.append(f"if len(x) < {len(together)}: {failed}")
    gets = [f"    {a} = x[{emitter.bind(field.wire)}]" for a, field in together.items()]
    lines += ["try:", *gets, f"except KeyError: {failed}"] if gets else []
    lines += emitter.steps({a: field.kind for a, field in together.items()})
    lines.append(f"o = {emitter.bind(partial(object.__new__, plan.cls))}()")
    lines += [f"o.{field.name} = {a}" for a, field in together.items()]
    lines.append(f"n = {len(plan.fields)}")
    for field in [f for f in plan.fields if located or not (whole or f.required)]:
        wire, name = emitter.bind(field.wire), field.name
        default = emitter.bind(field.default) + "()" * field.has_factory
        absent = f"n -= 1; o.{name} = {default}"
        if located:
            part, key = emitter.bind(Part(field.kind, True)), emitter.bind(name)
            taken = [f"at.later(x[{wire}], {wire}, {part}, o.__setattr__, {key})"]
            absent += f"; at.note('missing', {wire})" if field.required else ""
        else:
            steps = emitter.steps({"a": field.kind})
            taken = [f"a = x[{wire}]", *steps, f"o.{name} = a"]
        lines += [f"if {wire} in x:", *_indented(*taken), f"else: {absent}"]
    if plan.extra is not None:
        known = emitter.bind(frozenset(plan.by_wire))
        unknown = f"{{k: i for k, i in x.items() if k not in {known}}}"
        steps = emitter.steps({"a": kinds.MapOf(plan.extra)})
        other = [f"a = {unknown}", *steps, f"o.{EXTRA} = a"]
        lines += [f"if n == len(x): o.{EXTRA} = {{}}", "else:", *_indented(*other)]
    return emitter.function(*lines, "return o")


def _indented(*lines: str) -> list[str]:
    return [f"    {line}" for line in lines]
