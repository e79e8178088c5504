"""The fragments of one provider as one OpenAPI document: many documentation pages, each with a part of the whole.

    fragments -- rename --> root fields --> paths --> components --> one tree, and the origin of each of its parts

Decides what the fragments agree on. Contradictions are reported with both places, never resolved in silence; what holds
for one fragment only is moved to its operations, so that nothing changes its meaning. Does not validate the result, and
does not follow references. The result depends on the fragments, not on the order in which they are given.

The modules: `equality` (what is equal), `choice` (what is kept), `identity` (version and `info`), `paths` (operations),
`renaming` (components under other names). Rule numbers are those of the design notes on merging.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import Fragment, Provenance
from clientsmith.load.grammar import SECTIONS
from clientsmith.load.merge.choice import SETTINGS, Choices, Statement, groups, resolved
from clientsmith.load.merge.equality import fingerprint
from clientsmith.load.merge.identity import (
    Trees,
    chosen_info,
    chosen_openapi,
    leading,
    report_files,
    statements_of,
)
from clientsmith.load.merge.paths import FragmentPaths, merged_paths
from clientsmith.load.merge.renaming import (
    Key,
    RenamedComponent,
    drop_unneeded,
    renamed_by_settings,
    renamed_on_conflict,
)
from clientsmith.load.tree import escape, is_array, is_object, type_name
from clientsmith.load.upgrade import ROOT_KEYS

_KINDS = ("openapi", "page", "authored", "overlay")


def merge_fragments(
    fragments: Sequence[Fragment],
    report: Report,
    *,
    project: bool,
    prefer: Mapping[str, str] | None = None,
    rename: Mapping[str, Mapping[str, str]] | None = None,
    folder: str = "",
) -> tuple[dict[str, Any], Provenance]:
    """Returns one document out of the fragments of one provider, and the origin of its parts.

    The fragments are not changed; a single one is returned as it is.

    Args:
        fragments: at least one, in any order.
        report: takes the `merge-...` diagnostics and `wrong-type`.
        project: the fragments are the sources of one provider and must agree on versions, titles and documents; for
            ad-hoc files disagreement is a warning, and what contradicts each other is kept: components under further
            names, operations as variants.
        prefer: a part of the document (`schemas/Error`, `get /jobs/{id}`, `info`) to the fragment whose value is used.
        rename: a fragment to its components and their new names, `{"page-b.md": {"schemas/Error": "BillingError"}}`.
        folder: the provider's folder, as it begins the fragments' names; hints leave it out, as settings do.
    """
    choices = Choices(prefer or {}, rename or {}, folder)
    ordered = sorted(fragments, key=_position)
    provenance = Provenance()
    provenance.record("", ordered[0], "")
    trees: list[tuple[Fragment, Mapping[str, Any]]] = []
    moved: dict[int, dict[str, str]] = {}
    for fragment in ordered:
        tree, moved[id(fragment)] = renamed_by_settings(fragment, choices, report)
        trees.append((fragment, tree))
    merged = dict(trees[0][1])
    if len(trees) > 1:
        merged = _Merging(trees, moved, choices, report, provenance, lenient=not project).document()
    else:
        for new, old in moved[id(ordered[0])].items():
            provenance.record(new, ordered[0], old)
    choices.report_unused(report)
    return merged, provenance


def _position(fragment: Fragment) -> tuple[int, str, str, str, str, str]:
    text = json.dumps(fragment.value, sort_keys=True, default=str)
    return (_KINDS.index(fragment.kind), fragment.name, fragment.title, fragment.path, fragment.method, text)


class _Merging:
    """One run over several fragments; one method for each root field."""

    def __init__(
        self,
        trees: Trees,
        moved: Mapping[int, dict[str, str]],
        choices: Choices,
        report: Report,
        provenance: Provenance,
        *,
        lenient: bool,
    ) -> None:
        self.trees, self.moved, self.choices, self.report, self.provenance = trees, moved, choices, report, provenance
        self.lenient = lenient
        self.renamed: tuple[RenamedComponent, ...] = ()
        self.former: list[dict[Key, str]] = [{} for _ in trees]
        if lenient:
            self._rename_conflicts()

    def _rename_conflicts(self) -> None:
        """Gives components that contradict each other different names, after those that the settings rename."""
        found = renamed_on_conflict(self.trees, self.choices)
        self.trees, self.renamed = found.trees, found.components
        self.former = [{(key[0], new): key[1] for key, new in names.items()} for names in found.names]
        moved = dict(self.moved)
        for (fragment, _), names in zip(found.trees, found.names, strict=True):
            before = self.moved[id(fragment)]
            moved[id(fragment)] = dict(before)
            for (section, name), new in names.items():
                prefix = f"/components/{section}/"
                old = prefix + escape(name)
                moved[id(fragment)][prefix + escape(new)] = before.get(old, old)
        self.moved = moved

    def document(self) -> dict[str, Any]:
        """Returns the merged document, its root fields in the order of the specification."""
        found: dict[str, Any] = {}
        for statement in (
            chosen_openapi(self.trees, self.report, lenient=self.lenient),
            chosen_info(self.trees, self.choices, self.report, lenient=self.lenient),
        ):
            if statement is not None:
                self._keep(statement.pointer[1:], statement, found)
        report_files(self.trees, self.choices, self.report, lenient=self.lenient)
        pushed = {key: self._common(key, found) for key in ("servers", "security")}
        if tags := self._tags():
            found["tags"] = tags
        for section in ("paths", "webhooks"):
            if parts := self._parts(section, pushed):
                found[section] = merged_paths(
                    section, parts, self.choices, self.report, self.provenance, lenient=self.lenient
                )
        components = [
            Statement(tree["components"], fragment, "/components")
            for fragment, tree in self.trees
            if self._has(fragment, tree, "components")
        ]
        if components:
            found["components"] = self._components(components)
        drop_unneeded(self.renamed, found, self.choices, self.report, self.provenance)
        self._others(found)
        known = [key for key in ROOT_KEYS if key in found]
        return {key: found[key] for key in (*known, *(key for key in found if key not in ROOT_KEYS))}

    def _parts(self, section: str, pushed: Mapping[str, Mapping[int, Any]]) -> list[FragmentPaths]:
        return [
            # Webhooks are received: they have neither a server nor a credential of the client.
            FragmentPaths(
                fragment,
                tree,
                tree[section],
                {key: values[index] for key, values in pushed.items() if index in values and section == "paths"},
                self.former[index],
            )
            for index, (fragment, tree) in enumerate(self.trees)
            if self._has(fragment, tree, section)
        ]

    def _keep(self, key: str, kept: Statement, found: dict[str, Any]) -> None:
        found[key] = kept.value
        self.provenance.record(f"/{escape(key)}", kept.fragment, kept.pointer)

    def _has(self, fragment: Fragment, tree: Mapping[str, Any], key: str) -> bool:
        value = tree.get(key)
        if value is not None and not is_object(value):
            message = f"{key!r} must be a mapping, not {type_name(value)}; it is left out"
            self.report.add("wrong-type", message, Location(fragment.name, f"/{key}"))
        return is_object(value)

    def _common(self, key: str, found: dict[str, Any]) -> dict[int, Any]:
        """Puts `servers` or `security` into `found` if all fragments agree.

        An absent or empty list of servers states nothing. An empty list of security requirements states that no
        credential is needed; its absence is a third value. An authored fragment without them inherits.

        Returns:
            else, what must be moved to the operations of each fragment, by the fragment's index.
        """
        values = {
            index: tree[key]
            for index, (_, tree) in enumerate(self.trees)
            if (tree.get(key) if key == "servers" else key in tree)
        }
        statements = [Statement(value, self.trees[index][0], f"/{key}") for index, value in values.items()]
        if not statements:
            return {}
        absent = [index for index in range(len(self.trees)) if index not in values]
        heirs = [index for index in absent if self.trees[index][0].kind == "authored"]
        if (preferred := self.choices.preferred(key, statements)) is not None:
            self._keep(key, preferred, found)
            return {}
        different = groups(statements, bare=True)
        if len(different) == 1 and (key == "servers" or len(absent) == len(heirs)):
            kept = resolved(key, statements, self.choices, self.report, slug="merge-root-conflict")
            self._keep(key, kept, found)
            return {}
        self.report.add(
            "merge-pushed-down",
            f"the sources have different {key!r}; they are moved to the operations",
            statements[0].place,
            also=[("different here", group[0].place) for group in different[1:]],
        )
        inherited = values.get(leading(self.trees), statements[0].value)
        return {**values, **dict.fromkeys(heirs, inherited)}

    def _tags(self) -> list[Any]:
        found: dict[str, list[Statement]] = {}
        for statement in statements_of(self.trees, "tags"):
            for index, member in enumerate(statement.value if is_array(statement.value) else []):
                tag = Statement(member, statement.fragment, f"{statement.pointer}/{index}")
                for one in self._tag_objects(tag):
                    found.setdefault(one.value["name"], []).append(one)
        tags: list[Any] = []
        for name, statements in found.items():
            kept = resolved(
                f"tags/{name}", statements, self.choices, self.report, slug="merge-root-conflict", lenient=self.lenient
            )
            self.provenance.record(f"/tags/{len(tags)}", kept.fragment, kept.pointer)
            tags.append(kept.value)
        return tags

    def _tag_objects(self, tag: Statement) -> list[Statement]:
        """M06: exporters write names, and lists of names, instead of Tag Objects."""
        if is_object(tag.value) and isinstance(tag.value.get("name"), str):
            return [tag]
        self.report.add("wrong-type", f"{tag.value!r} is not a Tag Object; its names are used", tag.place)
        members = tag.value if is_array(tag.value) else [tag.value]
        return [Statement({"name": name}, tag.fragment, tag.pointer) for name in members if isinstance(name, str)]

    def _components(self, statements: Sequence[Statement]) -> dict[str, Any]:
        """Returns one Components Object, sections in the order of the specification, names as first seen (M11, M12)."""
        found: dict[str, dict[str, list[Statement]]] = {}
        others: dict[str, list[Statement]] = {}
        for components in statements:
            moved = self.moved[id(components.fragment)]
            for section, members in components.value.items():
                whole = Statement(members, components.fragment, f"{components.pointer}/{escape(section)}")
                if section not in SECTIONS:
                    others.setdefault(section, []).append(whole)
                elif is_object(members):
                    names = found.setdefault(section, {})
                    for name, value in members.items():
                        pointer = f"{whole.pointer}/{escape(name)}"
                        one = Statement(value, components.fragment, moved.get(pointer, pointer))
                        names.setdefault(name, []).append(one)
                elif members is not None:
                    message = f"'components.{section}' must be a mapping, not {type_name(members)}; it is left out"
                    self.report.add("wrong-type", message, whole.place)
        merged: dict[str, Any] = {}
        for section in SECTIONS:
            if section in found:
                merged[section] = {
                    name: self._component(
                        f"{section}/{name}",
                        f"/components/{section}/{escape(name)}",
                        candidates,
                        "merge-component-conflict",
                    )
                    for name, candidates in found[section].items()
                }
        for key, candidates in others.items():
            pointer = f"/components/{escape(key)}"
            merged[key] = self._component(f"components/{key}", pointer, candidates, "merge-root-conflict")
        self._report_equal_schemes(merged.get("securitySchemes", {}))
        return merged

    def _component(self, part: str, pointer: str, candidates: Sequence[Statement], slug: str) -> Any:
        kept = resolved(part, candidates, self.choices, self.report, slug=slug, lenient=self.lenient)
        self.provenance.record(pointer, kept.fragment, kept.pointer)
        return kept.value

    def _report_equal_schemes(self, schemes: dict[str, Any]) -> None:
        """M14: one credential under two names would be two arguments of the client."""
        statements = [
            Statement(scheme, *self.provenance.origin(f"/components/securitySchemes/{escape(name)}"))
            for name, scheme in schemes.items()
        ]
        names = {id(statement.value): name for name, statement in zip(schemes, statements, strict=True)}
        for first, *others in groups(statements, bare=True):
            if others:
                listed = ", ".join(repr(names[id(one.value)]) for one in (first, *others))
                self.report.add(
                    "merge-same-scheme",
                    f"security schemes {listed} differ only in their names",
                    first.place,
                    also=[("equal scheme", one.place) for one in others],
                )

    def _others(self, found: dict[str, Any]) -> None:
        """`externalDocs`, `jsonSchemaDialect`, extensions, unknown keys. `$self` is dropped: the result is no file."""
        for key in dict.fromkeys(key for _, tree in self.trees for key in tree):
            if key in ("openapi", "$self", "info", "servers", "security", "tags", "paths", "webhooks", "components"):
                continue
            statements = statements_of(self.trees, key)
            if key == "externalDocs":
                self._keep(key, resolved(key, statements, self.choices, self.report, slug="merge-root-conflict"), found)
                continue
            prints = {fingerprint([one.value]): one for one in reversed(statements)}
            kept = self.choices.preferred(key, statements)
            if kept is None and len(prints) > 1:
                first, *others = reversed(prints.values())
                self.report.add(
                    "merge-root-conflict",
                    f"the sources have different values for {key!r}; the first is used",
                    first.place,
                    also=[("different here", other.place) for other in others],
                    hint=f"add to {SETTINGS} {self.choices.preference(key, first.fragment)}",
                    lenient=self.lenient,
                )
            self._keep(key, kept or statements[0], found)
