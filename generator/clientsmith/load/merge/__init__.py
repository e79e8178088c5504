"""The fragments of one provider as one OpenAPI document: many documentation pages, each with a cut-out of the whole.

    fragments -- rename, keep apart --> root fields --> paths --> components --> one tree, and where its parts come from

Decides what the fragments agree on. Contradictions are findings with both places, never a silent choice; what holds for
one fragment only moves down to its operations, so that nothing changes its meaning. Does not validate the result, and
does not follow references. The result depends on the fragments, not on the order in which they are given.

The modules: `merge_equality` (what is the same), `merge_choice` (what is kept), `merge_rename`, `merge_apart`,
`merge_names`, `merge_identity`, `merge_paths`, `merge_components`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import Fragment, Provenance, escape
from clientsmith.load.merge.choice import SETTINGS, Choices, Statement, groups, settled
from clientsmith.load.merge.components import merged_components
from clientsmith.load.merge.equality import fingerprint
from clientsmith.load.merge.identity import Trees, chosen_info, chosen_openapi, leading, report_files, statements_of
from clientsmith.load.merge.paths import Part, merged_paths
from clientsmith.load.merge.rename import Key, renamed
from clientsmith.load.merge.renaming import Apart, kept_apart, settle_apart
from clientsmith.load.tree import is_array, is_object
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
    """One document out of the fragments of one provider, and the origin of its parts. The inputs stay as they are.

    A single fragment goes through unchanged.

    Args:
        fragments: at least one, in any order.
        report: gets the `merge-...` findings and `wrong-type`.
        project: the fragments are the sources of one provider and must agree on versions, titles and servers' files;
            else they were given by hand, and that they do not is a warning. What contradicts each other is kept then,
            components under further names and operations as variants.
        prefer: a thing (`schemas/Error`, `get /jobs/{id}`, `info`) to the fragment whose word on it counts.
        rename: a fragment to its components and their new names, `{"page-b.md": {"schemas/Error": "BillingError"}}`.
        folder: the provider's folder as fragments' names begin with it; hints leave it out, as settings do.
    """
    choices = Choices(prefer or {}, rename or {}, folder)
    ordered = sorted(fragments, key=_position)
    provenance = Provenance()
    provenance.record("", ordered[0], "")
    trees: list[tuple[Fragment, Mapping[str, Any]]] = []
    moved: dict[int, dict[str, str]] = {}
    for fragment in ordered:
        tree, moved[id(fragment)] = renamed(fragment, choices, report)
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
    """One run over several fragments; its methods are the root fields, each in one place."""

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
        self.apart: tuple[Apart, ...] = ()
        self.plain: list[dict[Key, str]] = [{} for _ in trees]
        if lenient:
            self._keep_apart()

    def _keep_apart(self) -> None:
        """Give components that contradict each other names of their own, on top of those that the settings give."""
        found = kept_apart(self.trees, self.choices)
        self.trees, self.apart = found.trees, found.components
        self.plain = [{(key[0], new): key[1] for key, new in names.items()} for names in found.names]
        moved = dict(self.moved)
        for (fragment, _), names in zip(found.trees, found.names, strict=True):
            before = self.moved[id(fragment)]
            moved[id(fragment)] = dict(before)
            for (section, name), new in names.items():
                place = f"/components/{section}/"
                old = place + escape(name)
                moved[id(fragment)][place + escape(new)] = before.get(old, old)
        self.moved = moved

    def document(self) -> dict[str, Any]:
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
            parts = [
                # Webhooks are received: no server and no key of ours has to do with them.
                Part(
                    fragment,
                    tree,
                    tree[section],
                    {key: said[index] for key, said in pushed.items() if index in said and section == "paths"},
                    self.plain[index],
                )
                for index, (fragment, tree) in enumerate(self.trees)
                if self._has(fragment, tree, section)
            ]
            if parts:
                found[section] = merged_paths(
                    section, parts, self.choices, self.report, self.provenance, lenient=self.lenient
                )
        components = [
            Statement(tree["components"], fragment, "/components")
            for fragment, tree in self.trees
            if self._has(fragment, tree, "components")
        ]
        if components:
            found["components"] = merged_components(
                components, self.choices, self.report, self.provenance, moved=self.moved, lenient=self.lenient
            )
        settle_apart(self.apart, found, self.choices, self.report, self.provenance)
        self._others(found)
        known = [key for key in ROOT_KEYS if key in found]
        return {key: found[key] for key in (*known, *(key for key in found if key not in ROOT_KEYS))}

    def _keep(self, key: str, kept: Statement, found: dict[str, Any]) -> None:
        found[key] = kept.value
        self.provenance.record(f"/{escape(key)}", kept.fragment, kept.pointer)

    def _has(self, fragment: Fragment, tree: Mapping[str, Any], key: str) -> bool:
        value = tree.get(key)
        if value is not None and not is_object(value):
            place = Location(fragment.name, f"/{key}")
            self.report.add("wrong-type", f"{key} is not a mapping; it is left out", place)
        return is_object(value)

    def _common(self, key: str, found: dict[str, Any]) -> dict[int, Any]:
        """Put what all fragments say of `servers` or `security` into `found`; else return what each one's operations
        must say themselves, by index.

        No servers, or an empty list of them, says nothing. An empty list of security requirements says that no key is
        needed, and leaving them out is a third thing. An authored fragment that leaves them out inherits.
        """
        said = {
            index: tree[key]
            for index, (_, tree) in enumerate(self.trees)
            if (tree.get(key) if key == "servers" else key in tree)
        }
        statements = [Statement(value, self.trees[index][0], f"/{key}") for index, value in said.items()]
        if not statements:
            return {}
        silent = [index for index in range(len(self.trees)) if index not in said]
        heirs = [index for index in silent if self.trees[index][0].kind == "authored"]
        if (preferred := self.choices.preferred(key, statements)) is not None:
            self._keep(key, preferred, found)
            return {}
        different = groups(statements, bare=True)
        if len(different) == 1 and (key == "servers" or len(silent) == len(heirs)):
            kept = settled(key, statements, self.choices, self.report, slug="merge-root-conflict")
            self._keep(key, kept, found)
            return {}
        self.report.add(
            "merge-pushed-down",
            f"the sources have different {key}; they are moved to the operations",
            statements[0].place,
            also=[("otherwise here", group[0].place) for group in different[1:]],
        )
        inherited = said.get(leading(self.trees), statements[0].value)
        return {**said, **dict.fromkeys(heirs, inherited)}

    def _tags(self) -> list[Any]:
        found: dict[str, list[Statement]] = {}
        for statement in statements_of(self.trees, "tags"):
            for index, member in enumerate(statement.value if is_array(statement.value) else []):
                place = Statement(member, statement.fragment, f"{statement.pointer}/{index}")
                for tag in self._flattened(place):
                    found.setdefault(tag.value["name"], []).append(tag)
        tags: list[Any] = []
        for name, statements in found.items():
            kept = settled(
                f"tags/{name}", statements, self.choices, self.report, slug="merge-root-conflict", lenient=self.lenient
            )
            self.provenance.record(f"/tags/{len(tags)}", kept.fragment, kept.pointer)
            tags.append(kept.value)
        return tags

    def _flattened(self, tag: Statement) -> list[Statement]:
        """M06: exporters write bare names, and lists of names, where Tag Objects belong."""
        if is_object(tag.value) and isinstance(tag.value.get("name"), str):
            return [tag]
        self.report.add("wrong-type", f"{tag.value!r} is not a Tag Object; its names are used", tag.place)
        members = tag.value if is_array(tag.value) else [tag.value]
        return [Statement({"name": name}, tag.fragment, tag.pointer) for name in members if isinstance(name, str)]

    def _others(self, found: dict[str, Any]) -> None:
        """`externalDocs`, `jsonSchemaDialect`, extensions, unknown keys. `$self` goes: no file is the result."""
        for key in dict.fromkeys(key for _, tree in self.trees for key in tree):
            if key in ("openapi", "$self", "info", "servers", "security", "tags", "paths", "webhooks", "components"):
                continue
            statements = statements_of(self.trees, key)
            if key == "externalDocs":
                self._keep(key, settled(key, statements, self.choices, self.report, slug="merge-root-conflict"), found)
                continue
            prints = {fingerprint([one.value]): one for one in reversed(statements)}
            kept = self.choices.preferred(key, statements)
            if kept is None and len(prints) > 1:
                first, *others = reversed(prints.values())
                self.report.add(
                    "merge-root-conflict",
                    f"the sources have different values for {key!r}; the first is kept",
                    first.place,
                    also=[("and here", other.place) for other in others],
                    hint=f"say in {SETTINGS} {self.choices.preference(key, first.fragment)}",
                    lenient=self.lenient,
                )
            self._keep(key, kept or statements[0], found)
