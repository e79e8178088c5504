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
_PROMOTED = {"int": "float"}


class Annotations:
    """Compares annotations of an old client with those of a new one.

    `expand` gives what the aliases of values that only one side has stand for, `renamed` new names by old ones.
    """

    def __init__(self, expand: Mapping[str, Iterable[str]], renamed: Mapping[str, str]) -> None:
        self._expand = {name: tuple(values) for name, values in expand.items()}
        self._renamed = renamed

    def relation(self, old: str, new: str) -> Relation:
        """Returns how a new annotation relates to an old one."""
        before, after = frozenset(self._members(old, self._renamed)), frozenset(self._members(new, {}))
        if before == after:
            return "equal"
        forth = all(_is_covered(member, after) for member in before)
        back = all(_is_covered(member, before) for member in after)
        if forth and back:
            return "equal"
        return "widened" if forth else "narrowed" if back else "changed"

    def _members(self, annotation: str, renamed: Mapping[str, str]) -> Iterator[str]:
        for member in members_of(_QUALIFIER.sub("", annotation)):
            literal = _LITERAL.fullmatch(member)
            if literal:
                yield from (f"={value}" for value in _values(literal[1]))
            elif member in self._expand:
                yield from self._expand[member]
            else:
                yield _renamed_in(member, renamed)


def names_in(annotation: str) -> set[str]:
    """Returns the names in an annotation, without what is in quotes."""
    return set(_NAME.findall(_STRINGS.sub("", annotation)))


def value_member(value: object) -> str:
    """Returns what a value of an enumeration is as a member of a union."""
    text = value if not isinstance(value, str) else '"' + value + '"'
    return f"={text}"


def members_of(annotation: str) -> list[str]:
    """Returns the members of a union as they are written: `list[int | str] | None` has two."""
    parts: list[str] = []
    depth, start = 0, 0
    text = _STRINGS.sub(lambda match: "_" * len(match[0]), annotation)
    for i, character in enumerate(text):
        if character in "[(":
            depth += 1
        elif character in "])":
            depth -= 1
        elif character == "|" and depth == 0:
            parts.append(annotation[start:i].strip())
            start = i + 1
    parts.append(annotation[start:].strip())
    return parts


def _values(text: str) -> list[str]:
    found = _STRINGS.findall(text)
    rest = _STRINGS.sub("", text)
    numbers = [part.strip() for part in rest.split(",") if part.strip()]
    return ['"' + value[1:-1] + '"' for value in found] + numbers


def _renamed_in(member: str, renamed: Mapping[str, str]) -> str:
    return _NAME.sub(lambda match: renamed.get(match[0], match[0]), member) if renamed else member


def _is_covered(member: str, members: frozenset[str]) -> bool:
    if member in members or "Any" in members or _PROMOTED.get(member, "") in members:
        return True
    if member.startswith("="):
        base = "str" if member[1:2] == '"' else "bool" if member[1:] in ("True", "False") else "int"
        return base in members or ("float" in members and base == "int")
    return False
