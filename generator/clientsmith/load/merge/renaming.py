"""Components under other names: those that the settings rename, and those that are renamed on conflict (rule M11).

Decides which of several components of one name keeps it, what the others are called, and which of them are left out
because nothing refers to them. In a project a person decides that, in the settings; for ad-hoc files there are none, so
that components which contradict each other are renamed, with a warning for each.

The component that most fragments mean keeps the name. New names come from what distinguishes the fragments: the
document that they are cut from, or their pages; never from the order or number of fragments. References, discriminator
mappings and security requirements follow. Data (`example`, `default`, extensions) does not.
"""

from __future__ import annotations

import json
import posixpath
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias
from urllib.parse import unquote

from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import Fragment, Provenance
from clientsmith.load.grammar import NAMED, NOT_WALKED, SECTIONS, VARIANTS
from clientsmith.load.merge.choice import Choices, Statement, file_of, report_conflict
from clientsmith.load.merge.equality import fingerprint
from clientsmith.load.merge.identity import Trees, cut_from
from clientsmith.load.tree import escape, is_array, is_object, unescape

Key: TypeAlias = tuple[str, str]
"""A component: its section and its name, `("schemas", "Error")`."""

_SECTIONS: Final = tuple(section for section in SECTIONS if section != "examples")
"""No call depends on an example, and references to examples are not followed: any of them will do."""

_IDENTIFIERS: Final = ("$id", "$anchor", "$dynamicAnchor")
"""A component with one of these may be referred to by it, without its name."""

_GENERAL: Final = frozenset(
    {"openapi", "swagger", "api", "spec", "specification", "schema", "index", "readme", "docs"}
)
"""Words in the names of files that do not distinguish documents."""


class RenamedComponent(NamedTuple):
    """A component that was renamed on conflict: `schemas/Error`, called `new` in the fragments that mean this one.

    Attributes:
        key: its section and its former name.
        new: its name.
        kept: the component that keeps the name, in the first fragment that has it.
        other: the renamed one, in the first fragment that has it.
    """

    key: Key
    new: str
    kept: Statement
    other: Statement


class RenamedFragments(NamedTuple):
    """The fragments with their trees under the new names.

    Attributes:
        trees: in the given order.
        names: for each fragment, the new names of its components, by their former ones.
        components: what was renamed, in the order of the fragments.
    """

    trees: list[tuple[Fragment, Mapping[str, Any]]]
    names: list[dict[Key, str]]
    components: tuple[RenamedComponent, ...]


def renamed_by_settings(fragment: Fragment, choices: Choices, report: Report) -> tuple[dict[str, Any], dict[str, str]]:
    """Returns the tree of a fragment under the names that the settings give, and the moved pointers, new to old.

    A new name that the fragment itself has already is `merge-component-conflict`, and that rename is left out.
    """
    tree: Any = fragment.value
    moved: dict[str, str] = {}
    components = tree.get("components")
    active: dict[Key, str] = {}
    for component, new in sorted(choices.renames(fragment).items()):
        section, _, old = component.partition("/")
        known = components.get(section) if is_object(components) else None
        if not is_object(known) or old not in known:
            continue
        choices.note_renamed(fragment, component)
        if new in known:
            report.add(
                "merge-component-conflict",
                f"cannot rename {component!r} to {new!r}: {fragment.name!r} already has a component of that name",
                Location(fragment.name, f"/components/{escape(section)}/{escape(old)}"),
                also=[("the other one", Location(fragment.name, f"/components/{escape(section)}/{escape(new)}"))],
                hint="choose another name",
            )
            continue
        active[section, old] = new
        prefix = f"/components/{escape(section)}/"
        moved[prefix + escape(new)] = prefix + escape(old)
    return with_names(tree, active) if active else tree, moved


def renamed_on_conflict(trees: Trees, choices: Choices) -> RenamedFragments:
    """Returns the fragments with different names for components that differ under one name.

    Two components are equal if they differ only in texts, and refer to equal components: if two fragments mean
    different errors, their lists of errors differ as well.

    Args:
        trees: the fragments in source order, each with its tree.
        choices: what the settings prefer is not renamed.
    """
    members = _members(trees, choices)
    names: list[dict[Key, str]] = [{} for _ in trees]
    taken: dict[str, set[str]] = {}
    for _, tree in trees:
        for section, values in _sections(tree):
            taken.setdefault(section, set()).update(folded(name) for name in values)
    conflicts: list[tuple[Key, str, int, int]] = []
    for key, class_of in _classes(members, trees).items():
        first, *others = _by_size(class_of, trees)
        for group in others:
            rest = [trees[index][0] for index in class_of if index not in group]
            new = new_name(key[1], [trees[index][0] for index in group], rest, taken[key[0]])
            taken[key[0]].add(folded(new))
            conflicts.append((key, new, first[0], group[0]))
            for index in group:
                names[index][key] = new
    if not conflicts:
        return RenamedFragments(list(trees), names, ())
    renamed_trees = [
        (fragment, with_names(dict(tree), new) if new else tree)
        for (fragment, tree), new in zip(trees, names, strict=True)
    ]

    def statement(index: int, key: Key) -> Statement:
        fragment, tree = renamed_trees[index]
        section, name = key
        value = tree["components"][section][names[index].get(key, name)]
        return Statement(value, fragment, f"/components/{escape(section)}/{escape(name)}")

    return RenamedFragments(
        renamed_trees,
        names,
        tuple(
            RenamedComponent(key, new, statement(first, key), statement(other, key))
            for key, new, first, other in conflicts
        ),
    )


def drop_unneeded(
    components: Sequence[RenamedComponent],
    merged: dict[str, Any],
    choices: Choices,
    report: Report,
    provenance: Provenance,
) -> None:
    """Removes renamed components that nothing refers to from the merged document, and reports all renamed ones.

    Nothing refers to them if the operations that did turned out to be equal to those of other fragments.

    Args:
        components: from `renamed_on_conflict`.
        merged: the merged document; its components are changed.
        choices: for hints.
        report: takes `merge-component-conflict`, as warnings.
        provenance: forgets what is removed.
    """
    needed = _needed(components, merged)
    for key, new, kept, other in components:
        section, name = key
        if (section, new) in needed:
            outcome = f"the latter is renamed to {new!r}"
        else:
            outcome = "the latter is left out, because no operation of its own refers to it"
            del merged["components"][section][new]
            provenance.forget(f"/components/{section}/{escape(new)}")
        report_conflict(f"{section}/{name}", kept, other, choices, report, "merge-component-conflict", outcome, new)


def _needed(components: Sequence[RenamedComponent], merged: Mapping[str, Any]) -> set[Key]:
    """Returns those of the renamed components that anything but one another refers to, or could refer to."""
    renamed = {(one.key[0], one.new): one.other.value for one in components}
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


# ------------------------------------------------------------------------------------------------ equal components


def _sections(tree: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    components = tree.get("components")
    if is_object(components):
        for section in _SECTIONS:
            values = components.get(section)
            if is_object(values):
                yield section, values


def _members(trees: Trees, choices: Choices) -> dict[Key, dict[int, Any]]:
    """Returns each component that several fragments have, by the index of the fragment."""
    found: dict[Key, dict[int, Any]] = {}
    for index, (_, tree) in enumerate(trees):
        for section, values in _sections(tree):
            for name, value in values.items():
                found.setdefault((section, name), {})[index] = value
    return {key: values for key, values in found.items() if len(values) > 1 and "/".join(key) not in choices.prefer}


def _classes(members: Mapping[Key, Mapping[int, Any]], trees: Trees) -> dict[Key, dict[int, int]]:
    """Returns for each component a number for each fragment; equal numbers mean equal components.

    Refined until nothing changes: components of equal content differ if they refer to components that differ. A
    fragment that lacks a component it refers to means the one that keeps the name.
    """
    classes: dict[Key, dict[int, int]] = {key: dict.fromkeys(by_index, 0) for key, by_index in members.items()}
    contents = {
        key: {index: fingerprint(value, bare=True) for index, value in by_index.items()}
        for key, by_index in members.items()
    }
    count = 0
    while True:
        labels: dict[int, dict[Key, str]] = {}
        for key, class_of in classes.items():
            for group in _by_size(class_of, trees)[1:]:
                for index in group:
                    labels.setdefault(index, {})[key] = f"{key[1]} {class_of[index]}"
        refined: dict[Key, dict[int, int]] = {}
        for key, by_index in members.items():
            numbers: dict[tuple[int, str], int] = {}
            refined[key] = {}
            for index, value in by_index.items():
                content = contents[key][index]
                if index in labels:
                    content = fingerprint(rewritten(value, labels[index]), bare=True)
                refined[key][index] = numbers.setdefault((classes[key][index], content), len(numbers))
        classes = refined
        total = sum(len(set(class_of.values())) for class_of in classes.values())
        if total == count:
            return classes
        count = total


def _by_size(class_of: Mapping[int, int], trees: Trees) -> list[list[int]]:
    """Returns the fragments of each class, the largest class first; of equals that whose first name sorts first."""
    groups: dict[int, list[int]] = {}
    for index in sorted(class_of, key=lambda index: (trees[index][0].name, index)):
        groups.setdefault(class_of[index], []).append(index)
    return sorted(groups.values(), key=len, reverse=True)


# ------------------------------------------------------------------------------------------------ trees under names


def with_names(tree: dict[str, Any], names: Mapping[Key, str]) -> dict[str, Any]:
    """Returns a whole document whose components have other names: `{("schemas", "Error"): "BillingError"}`."""
    tree = rewritten(tree, names)
    sections = dict(tree["components"])
    for section in {section for section, _ in names}:
        sections[section] = {names.get((section, name), name): value for name, value in sections[section].items()}
    return {**tree, "components": sections}


def rewritten(value: Any, names: Mapping[Key, str]) -> Any:
    """Returns a copy of a part of a document that refers to components by other names."""
    return _walked(value, lambda section, name: names.get((section, name), name))


def referred(value: Any) -> set[Key]:
    """Returns the components that a part of a document refers to."""
    found: set[Key] = set()

    def noted(section: str, name: str) -> str:
        found.add((section, name))
        return name

    _walked(value, noted)
    return found


def _walked(value: Any, name_of: Callable[[str, str], str], names: bool = False) -> Any:
    if is_array(value):
        return [_walked(child, name_of) for child in value]
    if not is_object(value):
        return value
    tree: dict[str, Any] = {}
    for key, child in value.items():
        if names:
            tree[key] = _walked(child, name_of)
        elif key in NOT_WALKED or (key.startswith("x-") and key != VARIANTS):
            tree[key] = child
        elif key == "$ref" and isinstance(child, str):
            tree[key] = _reference(child, name_of)
        elif key == "mapping" and is_object(child):
            tree[key] = {k: _mapped(v, name_of) if isinstance(v, str) else v for k, v in child.items()}
        elif key == "security" and is_array(child):
            tree[key] = [
                {name_of("securitySchemes", k): v for k, v in one.items()} if is_object(one) else one for one in child
            ]
        else:
            tree[key] = _walked(child, name_of, names=key in NAMED)
    return tree


def _reference(reference: str, name_of: Callable[[str, str], str]) -> str:
    if not reference.startswith("#/components/"):
        return reference
    tokens = reference.split("/")
    if len(tokens) < 4:
        return reference
    old = unescape(unquote(tokens[3]))
    new = name_of(tokens[2], old)
    return reference if new == old else "/".join((*tokens[:3], escape(new).replace("%", "%25"), *tokens[4:]))


def _mapped(value: str, name_of: Callable[[str, str], str]) -> str:
    # OpenAPI 3.2.0, Discriminator Object: a value is a component's name if there is one, else a reference.
    new = name_of("schemas", value)
    return new if new != value else _reference(value, name_of)


# ------------------------------------------------------------------------------------------------------- new names


def new_name(name: str, group: Sequence[Fragment], rest: Sequence[Fragment], taken: Collection[str]) -> str:
    """Returns a name for what a group of fragments means by `name`: the same with words appended, in its own style.

    Args:
        name: `ErrorResponse`, `error_response`.
        group: the fragments that are to have another name, in the order of their own names.
        rest: the others that have a component, or operation, of that name.
        taken: names that are not free, as `folded` returns them.
    """
    own = {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", name)}
    for words in _distinctions(group, rest):
        if words:
            new = _joined(name, [word for word in words if word.lower() not in own] or words)
            if folded(new) not in taken:
                return new
    number = 2
    while folded(new := _joined(name, [str(number)])) in taken:
        number += 1
    return new


def folded(name: str) -> str:
    """Returns what is equal for names that become one name in Python."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _distinctions(group: Sequence[Fragment], rest: Sequence[Fragment]) -> Iterator[list[str]]:
    """Yields words that distinguish a group of fragments from the rest, the best first."""
    first = group[0]
    files = {cut_from(fragment) for fragment in group}
    if len(files) == 1 and cut_from(first) and all(cut_from(fragment) not in files for fragment in rest):
        yield from _names_of(cut_from(first))
    folders = {posixpath.dirname(file_of(fragment)) for fragment in group}
    elsewhere = all(posixpath.dirname(file_of(fragment)) not in folders for fragment in rest)
    if len({file_of(fragment) for fragment in group}) > 1 and len(folders) == 1 and elsewhere:
        yield _words(posixpath.basename(folders.pop()))
    yield from _names_of(first.name)


def _names_of(file: str) -> Iterator[list[str]]:
    """Yields `Perps` for `docs/perps_openapi.yaml`, then the same with more and more folders, then all words."""
    # Of several fences of a page, `jobs.md[2]`, the number counts as a word.
    path = re.sub(r"\.\w+(?=(\[\d+\])?$)", "", file)
    parts = [_words(part) for part in path.split("/")]
    distinctive = [[word for word in words if word.lower() not in _GENERAL] for words in parts]
    for chosen in (distinctive, parts):
        for start in range(len(parts) - 1, -1, -1):
            # Of a file whose own name has only general words, the folder is taken.
            yield [word for words in chosen[start:] for word in words]


def _words(text: str) -> list[str]:
    # Names of components are ASCII (OpenAPI 3.1.1, Components Object).
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.findall(r"[A-Za-z0-9]+", plain)


def _joined(name: str, words: Sequence[str]) -> str:
    """Returns a name with words appended, in its own style: `ErrorPerps`, `error_perps`, `error-perps`."""
    for mark in "_-":
        if mark in name or (mark == "_" and name.islower()):
            return mark.join((name, *(word.lower() if name.islower() else word for word in words)))
    return name + "".join(word[:1].upper() + word[1:] for word in words)
