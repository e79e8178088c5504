"""A fragment whose components have other names (the setting `rename`): definitions and all that refers to them.

References, discriminator mappings and security requirements follow. Data (`example`, `default`, extensions) does not.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from clientsmith.diagnostics import Location, Report
from clientsmith.spec.document import Fragment, escape, unescape
from clientsmith.spec.merge_choice import Choices
from clientsmith.spec.merge_equality import DATA, NAMED
from clientsmith.spec.tree import is_array, is_object

_NOT_WALKED = DATA | {"example", "examples", "enum"}


def renamed(fragment: Fragment, choices: Choices, report: Report) -> tuple[dict[str, Any], dict[str, str]]:
    """The tree of a fragment under the names that the settings give, and the pointers that moved, new to old.

    A new name that the fragment itself has already is `merge-component-conflict`, and that rename is left out.
    """
    wanted = choices.renames(fragment)
    tree: Any = fragment.value
    moved: dict[str, str] = {}
    components = tree.get("components")
    active: dict[tuple[str, str], str] = {}
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
    if active:
        tree = _rewritten(tree, active)
        sections = dict(tree["components"])
        for section in {section for section, _ in active}:
            sections[section] = {active.get((section, name), name): value for name, value in sections[section].items()}
        tree = {**tree, "components": sections}
    return tree, moved


def _rewritten(value: Any, new: dict[tuple[str, str], str], names: bool = False) -> Any:
    if is_array(value):
        return [_rewritten(child, new) for child in value]
    if not is_object(value):
        return value
    tree: dict[str, Any] = {}
    for key, child in value.items():
        if names:
            tree[key] = _rewritten(child, new)
        elif key in _NOT_WALKED or key.startswith("x-"):
            tree[key] = child
        elif key == "$ref" and isinstance(child, str):
            tree[key] = _reference(child, new)
        elif key == "mapping" and is_object(child):
            tree[key] = {k: _mapped(v, new) if isinstance(v, str) else v for k, v in child.items()}
        elif key == "security" and is_array(child):
            tree[key] = [
                {new.get(("securitySchemes", k), k): v for k, v in one.items()} if is_object(one) else one
                for one in child
            ]
        else:
            tree[key] = _rewritten(child, new, names=key in NAMED)
    return tree


def _reference(reference: str, new: dict[tuple[str, str], str]) -> str:
    if not reference.startswith("#/components/"):
        return reference
    tokens = reference.split("/")
    if len(tokens) < 4:
        return reference
    name = new.get((tokens[2], unescape(unquote(tokens[3]))))
    return reference if name is None else "/".join((*tokens[:3], escape(name).replace("%", "%25"), *tokens[4:]))


def _mapped(value: str, new: dict[tuple[str, str], str]) -> str:
    # OpenAPI 3.2.0, Discriminator Object: a value that is a component's name is that, before it is a reference.
    return new.get(("schemas", value), _reference(value, new))
