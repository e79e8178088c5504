"""Components under other names (the setting `rename`, or `merge_apart`): definitions and all that refers to them.

References, discriminator mappings and security requirements follow. Data (`example`, `default`, extensions) does not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from urllib.parse import unquote

from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import Fragment, escape, unescape
from clientsmith.load.merge.choice import Choices
from clientsmith.load.merge.equality import DATA, NAMED
from clientsmith.load.methods import VARIANTS
from clientsmith.load.tree import is_array, is_object

Key: TypeAlias = tuple[str, str]
"""A component: its section and its name, `("schemas", "Error")`."""

_NOT_WALKED = DATA | {"example", "examples", "enum"}


def renamed(fragment: Fragment, choices: Choices, report: Report) -> tuple[dict[str, Any], dict[str, str]]:
    """The tree of a fragment under the names that the settings give, and the pointers that moved, new to old.

    A new name that the fragment itself has already is `merge-component-conflict`, and that rename is left out.
    """
    wanted = choices.renames(fragment)
    tree: Any = fragment.value
    moved: dict[str, str] = {}
    components = tree.get("components")
    active: dict[Key, str] = {}
    for component, new in sorted(wanted.items()):
        section, _, old = component.partition("/")
        known = components.get(section) if is_object(components) else None
        if not is_object(known) or old not in known:
            continue
        choices.renamed(fragment, component)
        if new in known:
            report.add(
                "merge-component-conflict",
                f"{component} cannot be called {new!r}: {fragment.name!r} has another of that name",
                Location(fragment.name, f"/components/{escape(section)}/{escape(old)}"),
                also=[("and here", Location(fragment.name, f"/components/{escape(section)}/{escape(new)}"))],
                hint="choose another name",
            )
            continue
        active[section, old] = new
        place = f"/components/{escape(section)}/"
        moved[place + escape(new)] = place + escape(old)
    return with_names(tree, active) if active else tree, moved


def with_names(tree: dict[str, Any], names: Mapping[Key, str]) -> dict[str, Any]:
    """A whole document whose components have other names: `{("schemas", "Error"): "BillingError"}`."""
    tree = rewritten(tree, names)
    sections = dict(tree["components"])
    for section in {section for section, _ in names}:
        sections[section] = {names.get((section, name), name): value for name, value in sections[section].items()}
    return {**tree, "components": sections}


def rewritten(value: Any, names: Mapping[Key, str]) -> Any:
    """A part of a document, as a copy, that refers to components by other names."""
    return _walked(value, lambda section, name: names.get((section, name), name))


def referred(value: Any) -> set[Key]:
    """The components that a part of a document refers to."""
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
        elif key in _NOT_WALKED or (key.startswith("x-") and key != VARIANTS):
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
    # OpenAPI 3.2.0, Discriminator Object: a value that is a component's name is that, before it is a reference.
    new = name_of("schemas", value)
    return new if new != value else _reference(value, name_of)
