"""Components that fragments mean differently, kept apart under names of their own (rule M11, files given by hand).

Decides which of them keeps the name, what the others are called, and what of them is left out since nothing needs it.
In a project a person decides that, in the settings. Whoever names files by hand has no settings; they get a client,
with one warning for each of these names.

The component keeps its name that most fragments mean. `merge_names` finds the others'.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clientsmith.diagnostics import Report
from clientsmith.load.document import Fragment, Provenance, escape
from clientsmith.load.merge.choice import Choices, Statement, report_conflict
from clientsmith.load.merge.components import SECTIONS
from clientsmith.load.merge.equality import fingerprint
from clientsmith.load.merge.identity import Trees
from clientsmith.load.merge.names import alike, new_name
from clientsmith.load.merge.rename import Key, referred, rewritten, with_names
from clientsmith.load.tree import is_object

_SECTIONS = tuple(section for section in SECTIONS if section != "examples")
"""No call depends on an example, and references to examples are not followed: one of them is as good as another."""

_IDENTIFIERS = ("$id", "$anchor", "$dynamicAnchor")
"""What has one of these can be referred to by it, without its name."""


@dataclass(frozen=True, slots=True)
class Apart:
    """A component that lost its name: `schemas/Error`, which is `new` in the fragments that mean this one.

    Attributes:
        key: its section and the name it had.
        new: the name it has.
        kept: what the fragments say that keep the name; of several the first.
        other: what the fragments say of this one; of several the first.
    """

    key: Key
    new: str
    kept: Statement
    other: Statement


@dataclass(frozen=True, slots=True)
class KeptApart:
    """The fragments with their trees under the new names.

    Attributes:
        trees: in the order given.
        names: for each fragment, the new names that its components have, by the old ones.
        components: what lost its name, in the order of the fragments.
    """

    trees: list[tuple[Fragment, Mapping[str, Any]]]
    names: list[dict[Key, str]]
    components: tuple[Apart, ...]


def kept_apart(trees: Trees, choices: Choices) -> KeptApart:
    """Give components that are one thing here and another there different names, and rewrite what refers to them.

    Two components are one thing when they say the same but for texts, and refer to the same things: where two fragments
    mean different errors, a list of errors is two things as well.

    Args:
        trees: the fragments in source order, each with its tree.
        choices: what the settings prefer stays as it is.
    """
    members = _members(trees, choices)
    classes = _classes(members, trees)
    names: list[dict[Key, str]] = [{} for _ in trees]
    taken: dict[str, set[str]] = {}
    for _, tree in trees:
        for section, values in _sections(tree):
            taken.setdefault(section, set()).update(alike(name) for name in values)
    apart: list[tuple[Key, str, int, int]] = []
    for key, class_of in classes.items():
        first, *others = _by_size(class_of, trees)
        for group in others:
            rest = [trees[index][0] for index in class_of if index not in group]
            new = new_name(key[1], [trees[index][0] for index in group], rest, taken[key[0]])
            taken[key[0]].add(alike(new))
            apart.append((key, new, first[0], group[0]))
            for index in group:
                names[index][key] = new
    if not apart:
        return KeptApart(list(trees), names, ())
    rewritten_trees = [
        (fragment, with_names(dict(tree), new) if new else tree)
        for (fragment, tree), new in zip(trees, names, strict=True)
    ]

    def said(index: int, key: Key) -> Statement:
        fragment, tree = rewritten_trees[index]
        section, name = key
        value = tree["components"][section][names[index].get(key, name)]
        return Statement(value, fragment, f"/components/{escape(section)}/{escape(name)}")

    return KeptApart(
        rewritten_trees,
        names,
        tuple(Apart(key, new, said(first, key), said(other, key)) for key, new, first, other in apart),
    )


def settle_apart(
    apart: Sequence[Apart], merged: dict[str, Any], choices: Choices, report: Report, provenance: Provenance
) -> None:
    """Take components out of the merged document that lost their name and are not needed, and report all that did.

    They are not needed where the operations that refer to them turned out to be the same as those of others.

    Args:
        apart: from `kept_apart`.
        merged: the merged document; its components are changed.
        choices: for hints.
        report: gets `merge-component-conflict`, as warnings.
        provenance: forgets what is taken out.
    """
    needed = _needed(apart, merged)
    for one in apart:
        section, name = one.key
        if (section, one.new) in needed:
            done = f"the latter is called {one.new!r}"
        else:
            done = "the latter is left out, as no operation of its own refers to it"
            del merged["components"][section][one.new]
            provenance.forget(f"/components/{section}/{escape(one.new)}")
        report_conflict(
            f"{section}/{name}", one.kept, one.other, choices, report, "merge-component-conflict", done, one.new
        )


def _needed(apart: Sequence[Apart], merged: Mapping[str, Any]) -> set[Key]:
    """Of the components that lost their name, those that anything but one another refers to, or could."""
    renamed = {(one.key[0], one.new): one.other.value for one in apart}
    others = {
        section: {name: value for name, value in values.items() if (section, name) not in renamed}
        for section, values in _sections(merged)
    }
    waiting = referred({**merged, "components": others})
    for key, value in renamed.items():
        text = json.dumps(value, default=str)
        if any(f'"{keyword}"' in text for keyword in _IDENTIFIERS):
            waiting.add(key)
    needed: set[Key] = set()
    while waiting:
        key = waiting.pop()
        if key in renamed and key not in needed:
            needed.add(key)
            waiting |= referred(renamed[key])
    return needed


# ------------------------------------------------------------------------------------------------- what is one thing


def _sections(tree: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    components = tree.get("components")
    if is_object(components):
        for section in _SECTIONS:
            values = components.get(section)
            if is_object(values):
                yield section, values


def _members(trees: Trees, choices: Choices) -> dict[Key, dict[int, Any]]:
    """What the fragments say of each component that several of them have, by the index of the fragment."""
    found: dict[Key, dict[int, Any]] = {}
    for index, (_, tree) in enumerate(trees):
        for section, values in _sections(tree):
            for name, value in values.items():
                found.setdefault((section, name), {})[index] = value
    return {key: said for key, said in found.items() if len(said) > 1 and f"{key[0]}/{key[1]}" not in choices.prefer}


def _classes(members: Mapping[Key, Mapping[int, Any]], trees: Trees) -> dict[Key, dict[int, int]]:
    """For each component the number of the thing that each fragment means by it.

    Refined until nothing changes: things that say the same are two when they refer to what is two. A fragment that
    lacks a component it refers to means the one that keeps the name.
    """
    classes: dict[Key, dict[int, int]] = {key: dict.fromkeys(said, 0) for key, said in members.items()}
    plain = {
        key: {index: fingerprint(value, bare=True) for index, value in said.items()} for key, said in members.items()
    }
    count = 0
    while True:
        labels: dict[int, dict[Key, str]] = {}
        for key, class_of in classes.items():
            for group in _by_size(class_of, trees)[1:]:
                for index in group:
                    labels.setdefault(index, {})[key] = f"{key[1]} {class_of[index]}"
        refined: dict[Key, dict[int, int]] = {}
        for key, said in members.items():
            numbers: dict[tuple[int, str], int] = {}
            refined[key] = {}
            for index, value in said.items():
                content = plain[key][index]
                if index in labels:
                    content = fingerprint(rewritten(value, labels[index]), bare=True)
                refined[key][index] = numbers.setdefault((classes[key][index], content), len(numbers))
        classes = refined
        total = sum(len(set(class_of.values())) for class_of in classes.values())
        if total == count:
            return classes
        count = total


def _by_size(class_of: Mapping[int, int], trees: Trees) -> list[list[int]]:
    """The fragments by what they mean: the most first; of equals the one whose first fragment's name sorts first."""
    groups: dict[int, list[int]] = {}
    for index in sorted(class_of, key=lambda index: (trees[index][0].name, index)):
        groups.setdefault(class_of[index], []).append(index)
    return sorted(groups.values(), key=len, reverse=True)
