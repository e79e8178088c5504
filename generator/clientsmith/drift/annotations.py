"""Annotations of two clients, compared as a type checker would: is every value of the one a value of the other?

An annotation is taken apart into the members of its union. Lists and dictionaries are invariant, `int` is accepted
where `float` is expected (typing specification, "Special cases for float and complex").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

Relation: TypeAlias = Literal["equal", "widened", "narrowed", "changed"]

_QUALIFIER = re.compile(r"\b(?:models|builtins|datetime|uuid|decimal)\.(?=\w)")
_NAME = re.compile(r"[A-Za-z_]\w*")
_LITERAL = re.compile(r"Literal\[(.*)\]", re.DOTALL)
_STRINGS = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'")
_GENERIC = re.compile(r"(\w+)\[(.*)\]", re.DOTALL)
_TOKEN = re.compile(rf"{_STRINGS.pattern}|{_NAME.pattern}")
_PROMOTED = {"int": "float"}


class Annotations:
    """Compares annotations of an old client with those of a new one.

    `old_values` and `new_values` are the values of the aliases of each side, by name; `renamed` new names of classes by
    old ones. An alias that both annotations have is one type, whatever its values are: these are compared once, where
    they are declared.
    """

    def __init__(
        self,
        old_values: Mapping[str, Iterable[str]],
        new_values: Mapping[str, Iterable[str]],
        renamed: Mapping[str, str],
    ) -> None:
        self._new_values = {name: tuple(values) for name, values in new_values.items()}
        before = {renamed.get(name, name): tuple(values) for name, values in old_values.items()}
        # A caller who writes an alias by name has the values that it has in the new client, if it is there.
        self._old_values = {**before, **self._new_values}
        self._renamed = renamed

    def relation(self, old: str, new: str) -> Relation:
        """Returns how a new annotation relates to an old one."""
        if old == new and not self._renamed:
            return "equal"
        old = _renamed_in(_QUALIFIER.sub("", old), self._renamed)
        new = _QUALIFIER.sub("", new)
        shared = names_in(old) & names_in(new)
        before = frozenset(_expanded(old, self._old_values, shared))
        after = frozenset(_expanded(new, self._new_values, shared))
        if before == after:
            return "equal"
        forth = all(_is_covered(member, after) for member in before)
        back = all(_is_covered(member, before) for member in after)
        if forth and back:
            return "equal"
        return "widened" if forth else "narrowed" if back else "changed"


def _expanded(annotation: str, values: Mapping[str, Iterable[str]], shared: set[str]) -> Iterator[str]:
    """Yields the members of a union, aliases that are not shared as their values, and those inside brackets sorted."""
    for member in members_of(annotation):
        literal = _LITERAL.fullmatch(member)
        generic = _GENERIC.fullmatch(member)
        if literal:
            yield from (f"={value}" for value in _values(literal[1]))
        elif member in values and member not in shared:
            yield from values[member]
        elif generic and generic[1] == "Annotated":
            # What it is annotated with is for the codec; to a type checker it is the type alone.
            yield from _expanded(_split(generic[2], ",")[0], values, shared)
        elif generic:
            inner = (" | ".join(sorted(_plain(part, values, shared))) for part in _split(generic[2], ","))
            yield f"{generic[1]}[{', '.join(inner)}]"
        else:
            yield member


def _plain(annotation: str, values: Mapping[str, Iterable[str]], shared: set[str]) -> set[str]:
    """Returns the members of a union without those that another one covers: `X | str` is `str` if X is a few texts."""
    found = {*_expanded(annotation, values, shared)}
    if "str" not in found:
        return found
    return {one for one in found if not all(value.startswith('="') for value in values.get(one, (one,)))}


def names_in(annotation: str) -> set[str]:
    """Returns the names in an annotation, without what is in quotes."""
    return set(_NAME.findall(_STRINGS.sub("", annotation)))


def value_member(value: object) -> str:
    """Returns what a value of an enumeration is as a member of a union."""
    text = value if not isinstance(value, str) else '"' + value + '"'
    return f"={text}"


def members_of(annotation: str) -> list[str]:
    """Returns the members of a union as they are written: `list[int | str] | None` has two."""
    return _split(annotation, "|")


def _split(text: str, separator: str) -> list[str]:
    """Returns the parts between separators that are in no brackets and no quotes."""
    parts: list[str] = []
    depth, start = 0, 0
    for i, character in enumerate(_STRINGS.sub(lambda match: "_" * len(match[0]), text)):
        if character in "[(":
            depth += 1
        elif character in "])":
            depth -= 1
        elif character == separator and depth == 0:
            parts.append(text[start:i].strip())
            start = i + 1
    parts.append(text[start:].strip())
    return parts


def _values(text: str) -> list[str]:
    found = _STRINGS.findall(text)
    rest = _STRINGS.sub("", text)
    numbers = [part.strip() for part in rest.split(",") if part.strip()]
    return ['"' + value[1:-1] + '"' for value in found] + numbers


def _renamed_in(annotation: str, renamed: Mapping[str, str]) -> str:
    if not renamed:
        return annotation
    return _TOKEN.sub(lambda match: renamed.get(match[0], match[0]), annotation)


def _is_covered(member: str, members: frozenset[str]) -> bool:
    if member in members or "Any" in members or _PROMOTED.get(member, "") in members:
        return True
    if (generic := _GENERIC.fullmatch(member)) is not None:
        # Any inside is compatible with everything, on both sides.
        others = (other for one in members if (other := _GENERIC.fullmatch(one)) and other[1] == generic[1])
        if any(_is_alike(_split(generic[2], ","), _split(other[2], ",")) for other in others):
            return True
    if member.startswith("="):
        base = "str" if member[1:2] == '"' else "bool" if member[1:] in ("True", "False") else "int"
        return base in members or ("float" in members and base == "int")
    return False


def _is_alike(arguments: list[str], others: list[str]) -> bool:
    if len(arguments) != len(others):
        return False
    return all(one == other or "Any" in (one, other) for one, other in zip(arguments, others, strict=True))
