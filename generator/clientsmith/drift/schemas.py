"""What changed between two types: each pair of declarations is compared once for each position in which it is used.

Types come from `parse`, so that a `$ref` and what it refers to, the spellings of null, `allOf` and the order of keys
make no difference. What a type does not say, such as `maxLength` and `default`, is read from the schemas themselves.

One recursion: all that walks two types together is in this module.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Literal, TypeAlias, assert_never

from clientsmith import ir
from clientsmith.drift.changes import Change, Subject
from clientsmith.drift.constraints import Constraints
from clientsmith.drift.editions import Edition
from clientsmith.drift.rules import Level
from clientsmith.records import replace

Position: TypeAlias = Literal["parameter", "request", "response"]
"""Where a type is used: what a caller passes, a body that is sent, or a body that is received."""

Event: TypeAlias = Literal[
    "null-added", "null-removed", "narrowed", "widened", "changed", "integer-number", "format-added", "format-removed",
    "format-changed", "enum-added", "enum-removed", "became-enum", "enum-dropped", "const", "structure", "arm-added",
    "arm-removed", "wrapped", "discriminator", "additional", "tightened", "loosened", "keyword", "default-added",
    "default-removed", "default-changed", "deprecated", "format-noted", "described",
]  # fmt: skip

_RULES: Mapping[Event, tuple[str, str, str]] = {
    "null-added": ("D221", "D412", "D506"),
    "null-removed": ("D220", "D411", "D507"),
    "narrowed": ("D210", "D406", "D510"),
    "widened": ("D211", "D407", "D509"),
    "changed": ("D210", "D406", "D508"),
    "integer-number": ("D211", "D407", "D517"),
    "format-added": ("D226", "D422", "D515"),
    "format-removed": ("D226", "D422", "D516"),
    "format-changed": ("D226", "D422", "D516"),
    "enum-added": ("D213", "D409", "D511"),
    "enum-removed": ("D212", "D408", "D512"),
    "became-enum": ("D214", "D410", "D513"),
    "enum-dropped": ("D215", "D424", "D514"),
    "const": ("D419", "D419", "D508"),
    "structure": ("D225", "D406", "D523"),
    "arm-added": ("D211", "D414", "D518"),
    "arm-removed": ("D210", "D413", "D519"),
    "wrapped": ("D211", "D407", "D520"),
    "discriminator": ("D521", "D521", "D521"),
    "additional": ("D416", "D416", "D522"),
    "tightened": ("D222", "D417", "D533"),
    "loosened": ("D223", "D420", "D524"),
    "keyword": ("D423", "D423", "D534"),
    "default-added": ("D217", "D421", "D527"),
    "default-removed": ("D218", "D421", "D527"),
    "default-changed": ("D216", "D421", "D527"),
    "deprecated": ("D224", "D224", "D525"),
    "format-noted": ("D226", "D422", "D533"),
    "described": ("D713", "D713", "D713"),
}
_POSITIONS: tuple[Position, ...] = ("parameter", "request", "response")

_LEVELS: Mapping[tuple[Event, bool], Level] = {
    # A text may be anything that was sent before; between formats, it is enough to generate the client again.
    ("format-removed", True): "safe",
    ("format-changed", False): "risk",
}
"""Levels of events that are not what their rules say, by whether the type is sent."""


def rule_of(event: Event, position: Position) -> str:
    """Returns the id of the rule for something that happened to a type in a position."""
    return _RULES[event][_POSITIONS.index(position)]


class TypeComparison:
    """Compares the types of two editions, and collects the changes."""

    def __init__(self, old: Edition, new: Edition) -> None:
        self.old = old
        self.new = new
        self.changes: list[Change] = []
        self._constraints = Constraints(old, new)
        self._old_names = frozenset(old.classes.values())
        self._new_names = frozenset(new.classes.values())
        self._compared: set[tuple[str, str, Position, bool]] = set()
        self._is_lenient = False
        self._is_same = False

    @contextmanager
    def at_most_risk(self) -> Generator[None]:
        """Compares what no client fails to decode: the body of an error, never read strictly, and what is no JSON."""
        start, before, self._is_lenient = len(self.changes), self._is_lenient, True
        yield
        self._is_lenient = before
        self.changes[start:] = [
            replace(one, level="risk") if one.graded == "break" else one for one in self.changes[start:]
        ]

    def add(self, rule: str, subject: Subject, old: object, new: object, at: tuple[str, str]) -> None:
        """Records a change. `at`: the addresses of what changed."""
        self.changes.append(Change(rule, subject, str(old or ""), str(new or ""), *at))

    @property
    def replaced(self) -> dict[str, str]:
        """Names of classes that the new client lacks, with those of the classes that are in their places there."""
        found: dict[str, str] = {}
        for old, new, *_ in sorted(self._compared):
            before, after = self.old.classes.get(old), self.new.classes.get(new)
            if before and after and before not in self._new_names:
                found.setdefault(before, after)
        return found

    def types(self, old: ir.Type, new: ir.Type, position: Position, subject: Subject, at: tuple[str, str]) -> None:
        """Compares two types of one thing. `at`: its addresses."""
        was_null, is_null = isinstance(old, ir.Nullable), isinstance(new, ir.Nullable)
        old = old.inner if isinstance(old, ir.Nullable) else old
        new = new.inner if isinstance(new, ir.Nullable) else new
        if was_null != is_null and not (isinstance(old, ir.Anything) or isinstance(new, ir.Anything)):
            self._add("null-added" if is_null else "null-removed", position, subject, at, old, new)
        old, new = self._resolved(self.old, old), self._resolved(self.new, new)
        match old, new:
            case ir.Ref(old_key), ir.Ref(new_key) if self._is_another(old_key, new_key):
                self._add(self._event(old, new), position, subject, at, old, new)
            case ir.Ref(old_key), ir.Ref(new_key):
                self._declarations(old_key, new_key, position, subject, at)
            case (ir.ListOf(old_item), ir.ListOf(new_item)) | (ir.MapOf(old_item), ir.MapOf(new_item)):
                self.types(old_item, new_item, position, subject, at)
            case ir.Union(old_arms), ir.Union(new_arms):
                left, right = self._matched_arms(old_arms, new_arms, position, subject, at)
                if left or right:
                    event: Event = "changed" if left and right else "widened" if right else "narrowed"
                    self._add(event, position, subject, at, old, new)
            case _ if old == new or self._are_values_equal(old, new):
                pass
            case _ if self._members(self.old, old) == self._members(self.new, new) == _TEXT:
                pass
            case ir.Const(), ir.Const():
                self._add("const", position, subject, at, old, new)
            case _:
                self._add(self._event(old, new), position, subject, at, old, new)

    def optional_types(
        self, old: ir.Type, new: ir.Type, position: Position, subject: Subject, at: tuple[str, str]
    ) -> None:
        """Compares two types of what may be absent: null is the same None there, so that nobody can notice it."""
        was, now = (one.inner if isinstance(one, ir.Nullable) else one for one in (old, new))
        if isinstance(old, ir.Nullable) != isinstance(new, ir.Nullable):
            known = len(self.changes)
            event: Event = "null-added" if isinstance(new, ir.Nullable) else "null-removed"
            self._add(event, position, subject, at, was, now)
            self.changes[known:] = [replace(one, level="safe") for one in self.changes[known:]]
        self.types(was, now, position, subject, at)

    def constraints(self, position: Position, subject: Subject, at: tuple[str, str]) -> None:
        """Compares what two schemas demand beyond their types."""
        if self._is_same:
            return
        for event, was, now, places in self._constraints.events(at):
            level = _LEVELS.get((event, position != "response"))
            self.changes.append(Change(rule_of(event, position), subject, was, now, *places, level=level))

    def inside(self, position: Position, subject: Subject, at: tuple[str, str]) -> None:
        """Compares what two schemas demand, unless both are declarations: these are compared once."""
        if not (self.old.is_declared(at[0]) and self.new.is_declared(at[1])):
            self.constraints(position, subject, at)

    def fields(self, old: ir.Model, new: ir.Model, position: Position, subject_of: Callable[[str], Subject]) -> None:
        """Compares the fields of two models. `subject_of` gives what a field is known as, by its wire name."""
        before = {item.wire: item for item in old.fields}
        after = {item.wire: item for item in new.fields}
        sent = position != "response"
        for wire, item in before.items():
            subject, other = subject_of(wire), after.get(wire)
            gone = other is None or (other.read_only if sent else other.write_only)
            was_gone = item.read_only if sent else item.write_only
            if was_gone and gone:
                continue
            if gone:
                rule = "D401" if sent else "D501" if item.required else "D502"
                level: Level | None = None
                if other is not None:
                    rule = "D418" if sent else "D526"
                    # A client that is kept misses what it always got.
                    level = "break" if item.required and not sent else None
                text, address = self._text(self.old, item.type), other.address if other else new.key
                self.changes.append(Change(rule, subject, text, "", item.address, address, level=level))
            elif other is not None:
                self.field(item, other, position, subject)
        for wire, item in after.items():
            if wire in before or (item.read_only if sent else item.write_only):
                continue
            rule = ("D403" if item.required else "D402") if sent else "D503"
            text = self._text(self.new, item.type)
            self.changes.append(Change(rule, subject_of(wire), "", text, old.key, item.address))
        self._others(old, new, position, subject_of("*"))

    def _others(self, old: ir.Model, new: ir.Model, position: Position, subject: Subject) -> None:
        """Compares what two models say of properties that they do not name."""
        at = old.key, new.key
        was, now = (self._of_others(side, model) for side, model in ((self.old, old), (self.new, new)))
        if {was, now} & {"any", "none"}:
            # Servers that allow anything refuse nothing, and clients keep what they do not know as it came.
            is_safe = was == "none" or (now == "any" if position != "response" else was == "any" or now == "none")
            if was != now:
                rule = rule_of("additional", position)
                self.changes.append(Change(rule, subject, was, now, *at, level="safe" if is_safe else None))
        else:
            self.types(old.additional, new.additional, position, subject, at)

    def _of_others(self, side: Edition, model: ir.Model) -> str:
        """Returns `any`, a type, or `none`."""
        is_closed = side.value_at(model.key).get("additionalProperties") is False
        return "none" if is_closed else self._text(side, model.additional)

    def field(
        self,
        old: ir.Field,
        new: ir.Field,
        position: Position,
        subject: Subject,
        schemas: tuple[str, str] | None = None,
    ) -> None:
        """Compares two editions of a field. `schemas`: the addresses of its schemas, if they are not its own."""
        at = (old.address, new.address)
        if old.required != new.required:
            if position == "response":
                rule = "D505" if new.required else "D504"
            else:
                rule = "D404" if new.required else "D405"
            words = ("optional", "required")
            # A header that is missing is no error, also where it is required.
            level: Level | None = "risk" if rule == "D504" and schemas is not None else None
            self.changes.append(Change(rule, subject, words[old.required], words[new.required], *at, level=level))
        if position == "response" and not old.required:
            self.optional_types(old.type, new.type, position, subject, at)
        else:
            self.types(old.type, new.type, position, subject, at)
        self.constraints(position, subject, schemas or at)
        if schemas is not None and new.deprecated and not old.deprecated:
            self.add(rule_of("deprecated", position), subject, "", "deprecated", at)

    def _declarations(
        self, old_key: str, new_key: str, position: Position, subject: Subject, at: tuple[str, str]
    ) -> None:
        key = old_key, new_key, position, self._is_lenient
        if key in self._compared:
            return
        self._compared.add(key)
        before, self._is_same = self._is_same, self._constraints.are_same((old_key, new_key))
        self._declared(old_key, new_key, position, subject, at)
        self._is_same = before

    def _declared(
        self, old_key: str, new_key: str, position: Position, subject: Subject, at: tuple[str, str]
    ) -> None:
        old, new = self.old.api.declarations[old_key], self.new.api.declarations[new_key]
        name = self.old.classes.get(old_key) or self.new.classes.get(new_key) or ": ".join(subject.parts)
        self.constraints(position, Subject("model", (name,)), (old_key, new_key))
        match old, new:
            case ir.Model(), ir.Model():
                self.fields(old, new, position, lambda wire: Subject("field", (name, wire)))
            case ir.Enum(), ir.Enum():
                self._values(old, new, position, Subject("model", (name,)))
            case ir.UnionOf(), ir.UnionOf():
                self._arms(old, new, position, Subject("model", (name,)))
            case _:
                self._add(
                    self._event(ir.Ref(old_key), ir.Ref(new_key)),
                    position,
                    subject,
                    at,
                    ir.Ref(old_key),
                    ir.Ref(new_key),
                )

    def _values(self, old: ir.Enum, new: ir.Enum, position: Position, subject: Subject) -> None:
        for value in old.values:
            if value not in new.values:
                self.changes.append(
                    Change(rule_of("enum-removed", position), subject, json.dumps(value), "", old.key, new.key)
                )
        for value in new.values:
            if value not in old.values:
                self.changes.append(
                    Change(rule_of("enum-added", position), subject, "", json.dumps(value), old.key, new.key)
                )

    def _arms(self, old: ir.UnionOf, new: ir.UnionOf, position: Position, subject: Subject) -> None:
        left, right = self._matched_arms(old.arms, new.arms, position, subject, (old.key, new.key))
        for arm in left:
            self._add("arm-removed", position, subject, (old.key, new.key), arm, None)
        for arm in right:
            self._add("arm-added", position, subject, (old.key, new.key), None, arm)
        if old.discriminator != new.discriminator and (old.discriminator is None) != (new.discriminator is None):
            self._add_text("discriminator", position, subject, (old.key, new.key), *map(_tag, (old, new)))
        elif old.discriminator is not None and new.discriminator is not None:
            known = {tag for tag, _ in old.discriminator.mapping}
            classes = {self._text(self.old, arm) for arm in old.arms}
            for tag, key in new.discriminator.mapping:
                # An old arm under a new value; a new arm is a change of its own.
                name = self._text(self.new, ir.Ref(key))
                if tag not in known and name in classes:
                    self._add_text("arm-added", position, subject, (old.key, new.key), "", f"{name} as {tag}")
            tags = [(tag, self._text(self.old, ir.Ref(key))) for tag, key in old.discriminator.mapping]
            now_tags = [(tag, self._text(self.new, ir.Ref(key))) for tag, key in new.discriminator.mapping]
            kept = {tag for tag, _ in now_tags}
            if old.discriminator.property != new.discriminator.property or any(
                tag in kept and (tag, target) not in now_tags for tag, target in tags
            ):
                self._add_text("discriminator", position, subject, (old.key, new.key), *map(_tag, (old, new)))

    def _matched_arms(
        self,
        old: Sequence[ir.Type],
        new: Sequence[ir.Type],
        position: Position,
        subject: Subject,
        at: tuple[str, str],
    ) -> tuple[list[ir.Type], list[ir.Type]]:
        """Compares the members that two unions share, and returns those that only one of them has."""
        before = {self._text(self.old, arm): arm for arm in old}
        after = {self._text(self.new, arm): arm for arm in new}
        left = [arm for text, arm in before.items() if text not in after]
        right = [arm for text, arm in after.items() if text not in before]
        for text in sorted(before.keys() & after.keys()):
            self.types(before[text], after[text], position, subject, at)
        if len(left) == len(right):
            # A member that is called otherwise is the same one if it is where the old one was.
            pairs = list(zip(left, right, strict=True))
            others = [pair for pair in pairs if self._is_no_new_name(*pair)]
            for was, now in pairs:
                if (was, now) not in others:
                    self.types(was, now, position, subject, at)
            return [was for was, _ in others], [now for _, now in others]
        return left, right

    def _event(self, old: ir.Type, new: ir.Type) -> Event:
        """Returns what happened to a type that is another one now."""
        if isinstance(old, ir.Scalar) and isinstance(new, ir.Scalar):
            return _scalars(old.kind, new.kind)
        if isinstance(old, ir.Anything):
            return "narrowed"
        if isinstance(new, ir.Anything):
            return "widened"
        before, after = self._members(self.old, old), self._members(self.new, new)
        if before < after:
            return "widened" if isinstance(old, ir.Union) or self._is_union(self.old, old) else "wrapped"
        if after < before:
            return "narrowed"
        was_values, is_values = self._values_of(self.old, old), self._values_of(self.new, new)
        if was_values and is_values:
            return "enum-removed" if is_values < was_values else "enum-added" if was_values < is_values else "changed"
        was_enum, is_enum = self._is_enum(self.old, old), self._is_enum(self.new, new)
        if is_enum and isinstance(old, ir.Scalar):
            return "became-enum"
        if was_enum and isinstance(new, ir.Scalar):
            return "enum-dropped"
        if isinstance(old, ir.ListOf | ir.MapOf) or isinstance(new, ir.ListOf | ir.MapOf):
            return "structure"
        return "changed"

    def _is_another(self, old: str, new: str) -> bool:
        """Returns whether two classes are not two editions of one: both names go on being those of others."""
        before, after = self.old.classes.get(old), self.new.classes.get(new)
        return before != after and before in self._new_names and after in self._old_names

    def _is_no_new_name(self, old: ir.Type, new: ir.Type) -> bool:
        """Returns whether a class cannot be an old one by another name: one of the two is in both clients."""
        if not (isinstance(old, ir.Ref) and isinstance(new, ir.Ref)):
            return False
        return self.old.classes.get(old.key) in self._new_names or self.new.classes.get(new.key) in self._old_names

    def _are_values_equal(self, old: ir.Type, new: ir.Type) -> bool:
        """Returns whether a constant is an enumeration of that value now, or the reverse."""
        before, after = self._values_of(self.old, old), self._values_of(self.new, new)
        return bool(before) and before == after

    @staticmethod
    def _values_of(side: Edition, type_: ir.Type) -> frozenset[object]:
        declaration = side.api.declarations[type_.key] if isinstance(type_, ir.Ref) else None
        if isinstance(declaration, ir.Enum):
            return frozenset(declaration.values)
        return frozenset([type_.value]) if isinstance(type_, ir.Const) else frozenset()

    @staticmethod
    def _is_enum(side: Edition, type_: ir.Type) -> bool:
        return isinstance(type_, ir.Ref) and isinstance(side.api.declarations[type_.key], ir.Enum)

    @staticmethod
    def _is_union(side: Edition, type_: ir.Type) -> bool:
        return isinstance(type_, ir.Ref) and isinstance(side.api.declarations[type_.key], ir.UnionOf)

    @staticmethod
    def _resolved(side: Edition, type_: ir.Type) -> ir.Type:
        """Returns a declared union of one arm as that arm."""
        declaration = side.api.declarations[type_.key] if isinstance(type_, ir.Ref) else None
        return declaration.arms[0] if isinstance(declaration, ir.UnionOf) and len(declaration.arms) == 1 else type_

    def _members(self, side: Edition, type_: ir.Type) -> frozenset[str]:
        """Returns the members of a type, of unions within it too; a text among them covers values that are texts."""
        found: dict[str, bool] = {}
        waiting: list[ir.Type] = [type_]
        seen: set[str] = set()
        while waiting:
            one = waiting.pop()
            declaration = side.api.declarations[one.key] if isinstance(one, ir.Ref) else None
            if isinstance(one, ir.Union):
                waiting += one.arms
            elif isinstance(one, ir.Ref) and isinstance(declaration, ir.UnionOf) and one.key not in seen:
                seen.add(one.key)
                waiting += declaration.arms
            else:
                values = self._values_of(side, one)
                found[self._text(side, one)] = bool(values) and all(isinstance(value, str) for value in values)
        return frozenset(text for text, is_texts in found.items() if not (is_texts and "string" in found))

    def _text(self, side: Edition, type_: ir.Type) -> str:
        """Returns a type as people write it, by which members of unions are compared: `array of Job`."""
        match type_:
            case ir.Scalar(kind):
                return kind
            case ir.Const(value):
                return json.dumps(value)
            case ir.ListOf(item):
                return f"array of {self._text(side, item)}"
            case ir.MapOf(item):
                return f"map of {self._text(side, item)}"
            case ir.Ref(key):
                return side.classes.get(key) or self._without_class(side, key)
            case ir.Union(arms):
                return " or ".join(self._text(side, arm) for arm in arms)
            case ir.Nullable(inner):
                return f"{self._text(side, inner)} or null"
            case ir.Anything():
                return "any"
            case _:
                assert_never(type_)

    def _without_class(self, side: Edition, key: str) -> str:
        """Returns a declaration that has no class as text: it is given by its fields, or the names are not known."""
        declaration = side.api.declarations[key]
        match declaration:
            case ir.Enum(values=values):
                return " or ".join(map(json.dumps, values))
            case ir.UnionOf():
                return "union"
            case ir.Model():
                return "object"
            case _:
                assert_never(declaration)

    def _add(
        self,
        event: Event,
        position: Position,
        subject: Subject,
        at: tuple[str, str],
        old: ir.Type | None,
        new: ir.Type | None,
    ) -> None:
        texts = [self._text(side, one) if one is not None else "" for side, one in ((self.old, old), (self.new, new))]
        if event in ("null-added", "null-removed"):
            texts = [f"{texts[0]} or null", texts[1]] if event == "null-removed" else [texts[0], f"{texts[1]} or null"]
        self._add_text(event, position, subject, at, *texts)

    def _add_text(
        self, event: Event, position: Position, subject: Subject, at: tuple[str, str], old: str, new: str
    ) -> None:
        is_error = subject.kind == "response" and not subject.parts[1].startswith("2")
        rule = "D606" if is_error else rule_of(event, position)
        level = None if is_error else _LEVELS.get((event, position != "response"))
        self.changes.append(Change(rule, subject, old, new, *at, level=level))


def _tag(union: ir.UnionOf) -> str:
    return union.discriminator.property if union.discriminator else "no discriminator"


_TEXT = frozenset(["string"])
_TEXTS = frozenset(["string", "date-time", "http-date", "date", "duration", "uuid", "decimal", "base64", "base64url"])
"""Scalars that are strings in JSON."""


def _scalars(old: ir.ScalarKind, new: ir.ScalarKind) -> Event:
    if old in _TEXTS and new in _TEXTS:
        return "format-added" if old == "string" else "format-removed" if new == "string" else "format-changed"
    if (old, new) == ("integer", "number"):
        return "integer-number"
    return "narrowed" if (old, new) == ("number", "integer") else "changed"


def fields_of(side: Edition, type_: ir.Type) -> ir.Model | None:
    """Returns the model that a type is, null apart."""
    inner = type_.inner if isinstance(type_, ir.Nullable) else type_
    declaration = side.api.declarations.get(inner.key) if isinstance(inner, ir.Ref) else None
    return declaration if isinstance(declaration, ir.Model) else None
