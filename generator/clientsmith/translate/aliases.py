"""Old names that go on working: what users declare in `[aliases]`, and what has become equal to another class.

Decides which of them there are, and refuses those that would hide a name or lead nowhere.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping, Set

from clientsmith import ir
from clientsmith.diagnostics import Location, Report
from clientsmith.translate.models import RESERVED_CLASSES
from clientsmith.translate.recognition import Recognised
from clientsmith.translate.resources import RESERVED_ATTRIBUTES, RESERVED_METHODS
from clientsmith.translate.words import snake, words_of
from clientsmith.view import ClassAlias, Identifier

ALIAS = "alias:"
"""The kind of an automatic alias among names; its address is the old name, its value the new one."""


def is_class(name: str) -> bool:
    """Returns whether a new name in `[aliases]` is meant as that of a class: `Job`, not `jobs.cancel`."""
    return "." not in name and name[:1].isupper()


def joined_classes(before: Recognised, taken: Collection[str]) -> dict[str, str]:
    """Returns the key of the class that each lost class has become, by the name that was lost.

    Args:
        before: what was recognised.
        taken: names that users gave to something else.
    """
    keys: dict[str, str] = {}
    for key, name in sorted(before.classes.items()):
        keys.setdefault(name, key)
    found = {name: key for name, key in before.joined.items() if name not in keys}
    for address, name in before.locked.items():
        old = address.removeprefix(ALIAS)
        target = keys.get(name, found.get(name))
        if address.startswith(ALIAS) and old not in keys and target is not None:
            found[old] = target
    return {name: key for name, key in sorted(found.items()) if name not in taken}


def class_aliases(
    api: ir.Api,
    classes: Mapping[str, Identifier],
    joined: Mapping[str, str],
    declared: Mapping[str, str],
) -> tuple[ClassAlias, ...]:
    """Returns the old names of classes, and of what narrows the values of enumerations, sorted.

    Args:
        api: with the declarations that have classes.
        classes: their names by key.
        joined: keys by names that go on as plain aliases.
        declared: new names by old ones that are deprecated.
    """
    keys = {str(classes[key]): key for key in api.declarations}
    found: dict[str, ClassAlias] = {}
    for old, key in joined.items():
        if key in api.declarations:
            found[old] = ClassAlias(Identifier(old), classes[key], is_type=True)
    for old, new in declared.items():
        if is_class(new) and new in keys:
            found[old] = ClassAlias(Identifier(old), Identifier(new), is_type=True, deprecated=True)
    for old, alias in [*found.items()]:
        key = keys[str(alias.new)]
        guard = f"is_{snake(words_of(old), 'value')}"
        current = classes.get(f"guard:{key}")
        if current is not None and guard not in classes.values():
            found[guard] = ClassAlias(Identifier(guard), current, is_type=False, deprecated=alias.deprecated)
    return tuple(found[old] for old in sorted(found))


def report_wrong_aliases(
    declared: Mapping[str, str],
    classes: Set[str],
    methods: Set[str],
    resources: Set[str],
    made: Set[str],
    report: Report,
) -> None:
    """Reports aliases that lead nowhere or hide something.

    Args:
        declared: new names by old ones, as the settings have them.
        classes: all public names of the models.
        methods: the call paths of all methods: `jobs.cancel`.
        resources: the paths of all resources: `jobs`.
        made: the old call paths that the client has.
        report: gets the errors.
    """
    for old, new in declared.items():
        place = Location("provider.toml", f"/aliases/{old}")
        names = classes if is_class(new) else methods
        if new not in names:
            what = "class of the models" if is_class(new) else "method"
            report.add("alias-unknown", f"there is no {what} {new!r}", place, hint=_near(new, names))
            continue
        last = old.rpartition(".")[2]
        if is_class(new):
            used, possible = old in classes, old not in RESERVED_CLASSES
        else:
            used = old in methods or old in resources
            possible = old in made and old not in RESERVED_ATTRIBUTES and last not in RESERVED_METHODS
        if used or not possible or last.startswith("_"):
            report.add(
                "alias-taken",
                f"the alias {old!r} would hide something of this name",
                place,
                hint="delete it: the name is in use and needs no alias" if used else "choose another name",
            )


def _near(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted(names), 3)
    return f"did you mean {' or '.join(map(repr, near))}?" if near else "API.md of the client lists every name"
