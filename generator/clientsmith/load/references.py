"""References: which files they lead to, whether they lead anywhere, what stands in their place.

    walk the document -- sites --> open files, walk those -- more sites --> ... --> check every site --> put in place

Decides what a `$ref` is allowed to mean and reports what is wrong with it. Nothing is called unresolvable before all
files were read (R01), and no tree is dereferenced into a copy (R02): references stay edges, but for those of path items
and of places where OpenAPI has no references at all, which are put in place. While it walks, schemas are upgraded.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from clientsmith.diagnostics import Location, Report
from clientsmith.load.anchors import Identifiers
from clientsmith.load.document import DanglingReference, Document, Node, reference_of
from clientsmith.load.folder import Folder, NotOpened, inside, is_remote
from clientsmith.load.grammar import REFERENCES, Misfit, Visit, walk
from clientsmith.load.inline import put_in_place
from clientsmith.load.suggestions import Suggestions
from clientsmith.load.text import Tree
from clientsmith.load.tree import is_object
from clientsmith.load.upgrade import upgrade_schema, uses_words_of_30

MAX_SITES = 1_000_000
"""References in one run (R23)."""

_ANNOTATIONS = frozenset({"summary", "description", "title", "example", "examples", "externalDocs", "xml"})
"""Siblings of a `$ref` that describe, and whose loss changes no type."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place that refers to something: `Site("schema", schema, "$ref", "#/.../items", "#/...", "#/.../items/$ref")`.

    `owner[key]` is the text, `reference` what it was when it was found, `pointed` its address; `address` is that of the
    object that the reference stands for. A value of a discriminator's mapping stands for itself.
    """

    kind: str
    owner: dict[str, Tree]
    key: str
    address: str
    reference: str
    pointed: str

    @property
    def file(self) -> str:
        return self.address.partition("#")[0]

    @property
    def text(self) -> str:
        """The reference as it is now."""
        now = self.owner.get(self.key)
        return now if isinstance(now, str) else self.reference


@dataclass(slots=True)
class _Count:
    first: str = ""
    number: int = 0

    def add(self, address: str) -> None:
        self.first = self.first or address
        self.number += 1


@dataclass(slots=True)
class Resolver:
    """One run over one document.

    Attributes:
        document: is changed in place: upgraded, completed with `files` and `aliases`.
        folder: from which files are read.
        report: takes the findings.
        moved: addresses of what was moved to where it stood before; for `Document.place`.
    """

    document: Document
    folder: Folder
    report: Report
    moved: dict[str, str] = field(default_factory=dict[str, str])
    _seen: set[int] = field(default_factory=set[int])
    _misfits: list[Misfit] = field(default_factory=list[Misfit])
    _sites: list[Site] = field(default_factory=list[Site])
    _reached: dict[tuple[str, str, str], str] = field(default_factory=dict[tuple[str, str, str], str])
    _refused: dict[tuple[str, str], NotOpened] = field(default_factory=dict[tuple[str, str], NotOpened])
    _led_to: dict[str, str] = field(default_factory=dict[str, str])
    _annotations: _Count = field(default_factory=_Count)
    _mixed: _Count = field(default_factory=_Count)
    _out_of_place: _Count = field(default_factory=_Count)
    _identifiers: Identifiers = field(init=False)

    def __post_init__(self) -> None:
        self._identifiers = Identifiers(self.document)

    def run(self) -> None:
        """Resolve everything. What is wrong is in the report; a reference that leads nowhere stays where it is.

        Raises:
            ClientsmithError: `limit-exceeded`.
        """
        self._visit("openapi", self.document.root, "#")
        done = 0
        waiting: list[Site] = []
        while True:
            while done < len(self._sites):
                site = self._sites[done]
                done += 1
                if not self._reach(site):
                    waiting.append(site)
            # A pointer through a reference into a file that was not read yet.
            still = [site for site in waiting if not self._reach(site)]
            if len(still) == len(waiting) and done == len(self._sites):
                break
            waiting = still
        for site in reversed(self._sites):
            if site.kind == "pathItem" or site.kind not in REFERENCES:
                put_in_place(site.kind, site.owner, site.address, self.document, self.report, self.moved, self.place)
        self._check()
        self._name_components()

    def place(self, address: str) -> Location:
        """Where an address stands, moved things followed back."""
        return self.document.place(address)

    # --------------------------------------------------------------------------------------------------- walking

    def _visit(self, kind: str, value: Tree, address: str) -> None:
        old = self._version(address) < (3, 1)
        for visit in walk(kind, value, address, seen=self._seen, misfits=self._misfits):
            node = visit.node
            if "$ref" in node:
                self._note(visit, old)
            if visit.kind == "schema":
                if not old and uses_words_of_30(node):
                    self._mixed.add(visit.address)
                below = upgrade_schema(node)
                if below is not None:
                    self.moved[visit.address + below] = visit.address
                if "discriminator" in node:
                    self._note_mapping(node, visit.address)
                if "$dynamicRef" in node and "$ref" not in node:
                    # Without a dynamic scope, which no document needs to be generated from, it is a plain reference.
                    node["$ref"] = node.pop("$dynamicRef")
                    self._note(visit, old)
        if len(self._sites) > MAX_SITES:
            raise self.report.fatal("limit-exceeded", f"more than {MAX_SITES:,} references", self.place(address))

    def _version(self, address: str) -> tuple[int, int]:
        """The version that a file says it is; of the document where it says nothing."""
        file = address.partition("#")[0]
        tree: Tree = self.document.files.get(file)
        written = tree.get("openapi") if isinstance(tree, dict) else None
        if isinstance(written, str) and written.startswith("3."):
            return (3, 0) if written.startswith("3.0") else (3, 1)
        return self.document.version

    def _note(self, visit: Visit, old: bool) -> None:
        kind, node, address = visit
        reference = node["$ref"]
        if not isinstance(reference, str):
            if kind in REFERENCES:
                self.report.add("wrong-type", "the value of '$ref' is not a text", self.place(f"{address}/$ref"))
            return
        if len(node) > 1 and kind in REFERENCES and kind != "pathItem" and (old or kind != "schema"):
            self._drop_siblings(node, address, () if old else ("summary", "description"), schema=kind == "schema")
        if kind == "schema" and node.get("nullable") is True:
            # The upgrade moves the reference into an arm, which the walk then finds as a schema of its own.
            return
        if kind not in REFERENCES:
            self._out_of_place.add(f"{address}/$ref")
        self._sites.append(Site(kind, node, "$ref", address, reference, f"{address}/$ref"))

    def _drop_siblings(self, node: dict[str, Tree], address: str, kept: tuple[str, ...], *, schema: bool) -> None:
        """Take out what counts for nothing beside a `$ref` (R04, R05), and say so: people think that it works."""
        dropped = [key for key in node if key not in ("$ref", *kept) and not (schema and key == "nullable")]
        for key in dropped:
            del node[key]
        loud = [key for key in dropped if key not in _ANNOTATIONS and not key.startswith("x-")]
        if loud:
            self.report.add(
                "ref-siblings-ignored",
                f"{', '.join(map(repr, loud))} {'counts' if len(loud) == 1 else 'count'} for nothing beside '$ref'",
                self.place(f"{address}/$ref"),
                hint="put the reference into an allOf and the rest beside it" if schema else "",
            )
        elif dropped:
            self._annotations.add(f"{address}/$ref")

    def _note_mapping(self, node: dict[str, Tree], address: str) -> None:
        """References in a discriminator's mapping; plain names of components are not references (R17)."""
        discriminator = node["discriminator"]
        mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
        if not isinstance(mapping, dict):
            return
        for value, reference in mapping.items():
            if isinstance(reference, str) and ("/" in reference or "#" in reference):
                token = value.replace("~", "~0").replace("/", "~1")
                at = f"{address}/discriminator/mapping/{token}"
                self._sites.append(Site("schema", mapping, value, at, reference, at))

    # -------------------------------------------------------------------------------------------------- reaching

    def _reach(self, site: Site) -> bool:
        """Open the file that a site leads to and walk what it means. False: nothing there, so far."""
        known = self._reached.get((site.file, site.kind, site.reference))
        if known is not None:
            site.owner[site.key] = known
            return True
        if (site.file, site.reference) in self._refused:
            return True
        plain = self._identifiers.plain(site.reference, site.file)
        if plain is not None:
            site.owner[site.key] = plain
        try:
            self._open(site.text, site)
            target = self._target(site)
        except NotOpened as refusal:
            self._refused[site.file, site.reference] = refusal
            return True
        except LookupError:
            return False
        self._reached[site.file, site.kind, site.reference] = site.text
        if is_object(target.value):
            self._visit(site.kind, target.value, target.address)
        return True

    def _target(self, site: Site) -> Node:
        """What a site leads to.

        Raises:
            LookupError: nothing stands there.
        """
        try:
            return self.document.at(self.document.target(site.text, site.address))
        except LookupError:
            entry = min(self.document.members, default="")
            tree: Tree = self.document.files.get(site.file)
            whole = isinstance(tree, dict) and "openapi" in tree
            if not site.file or whole or not entry or not site.text.startswith("#/components/"):
                raise
        # A file that is only a part of a description, written as if it were put into it (R15).
        here = site.file.rpartition("/")[0] or "."
        elsewhere = f"{posixpath.relpath(entry, here).replace('%', '%25')}{site.text}"
        target = self.document.at(self.document.target(elsewhere, site.address))
        site.owner[site.key] = elsewhere
        message = f"{site.reference!r} is not in this file; what {self.folder.show(entry)!r} has there is taken"
        hint = f"write {elsewhere!r}"
        self.report.add("ref-to-entry", message, self.place(site.pointed), hint=hint)
        return target

    def _open(self, reference: str, site: Site) -> None:
        file = reference.partition("#")[0]
        if not file:
            return
        if is_remote(file):
            hint = "save the file beside the document and refer to it by a relative path"
            raise NotOpened("remote-ref", f"{reference!r} is on a network and never fetched", hint)
        here = site.file
        folder = here.rpartition("/")[0] if here else self.document.folder
        name = inside(file, folder)
        if name in self.document.members or name in self.document.files:
            return
        source = self.folder.open(name)
        self.document.files[name] = source.value
        self._led_to[name] = site.pointed

    # -------------------------------------------------------------------------------------------------- checking

    def _check(self) -> None:
        groups: dict[tuple[str, str], list[Site]] = {}
        for site in self._sites:
            groups.setdefault((site.file, site.reference), []).append(site)
        suggestions: Suggestions[Site] = Suggestions(self.document, self.folder)
        circles: set[frozenset[str]] = set()
        refused: dict[int, tuple[NotOpened, list[Site]]] = {}
        for key, sites in groups.items():
            refusal = self._refused.get(key)
            if refusal is None:
                self._check_target(sites, circles, suggestions)
            else:
                # One finding for a file, however many things in it are referred to.
                refused.setdefault(id(refusal), (refusal, []))[1].extend(sites)
        for refusal, sites in refused.values():
            self._report(refusal.slug or "unresolved-ref", refusal.message, sites, refusal.hint)
        for sites, hint, message in suggestions.settled():
            self._report("unresolved-ref", message, sites, hint)
        for misfit in self._misfits:
            self.report.add("wrong-type", f"{misfit.expected} is expected here", self.place(misfit.address))
        self._report_counts()

    def _report_counts(self) -> None:
        """What is found often, and is one finding."""
        for slug, count, message in (
            (
                "ref-out-of-place",
                self._out_of_place,
                "a reference where OpenAPI has none, {}; what it leads to is put in place",
            ),
            (
                "ref-annotations-ignored",
                self._annotations,
                "descriptions beside '$ref' count for nothing in OpenAPI 3.0 and are dropped, {}",
            ),
            (
                "dialect-mixed",
                self._mixed,
                "words of OpenAPI 3.0 (nullable, exclusiveMinimum: true), {}; they are taken as they are meant",
            ),
        ):
            if count.number:
                more = count.number - 1
                here = "here" if not more else f"here and in {more} more place{'s' if more > 1 else ''}"
                self.report.add(slug, message.format(here), self.place(count.first))

    def _check_target(self, sites: list[Site], circles: set[frozenset[str]], suggestions: Suggestions[Site]) -> None:
        site = sites[0]
        address = self.document.target(site.text, site.address)
        try:
            target = self.document.at(address)
        except (LookupError, ValueError):
            suggestions.ask(sites, address, f"nothing at {site.reference!r}")
            return
        if target.address != address and not address.endswith("#/"):
            self._report("ref-through-ref", f"{site.reference!r} goes on below another reference", sites, "")
        if not isinstance(target.value, dict | bool):
            self._report("unresolved-ref", f"{site.reference!r} leads to a value that is no object", sites, "")
        try:
            self.document.follow(target)
        except DanglingReference as dangling:
            if not dangling.circular:
                return
            chain = dangling.chain
            circle = chain[chain.index(chain[-1]) :]
            mine = next((each for each in sites if each.address in circle), None)
            if mine is None or frozenset(circle) in circles:
                return
            circles.add(frozenset(circle))
            steps = circle[circle.index(mine.address) : -1] + circle[: circle.index(mine.address)]
            also = [("which is", self.place(f"{step}/$ref")) for step in steps[1:6]]
            message = f"{mine.reference!r} leads only to references, back to this one"
            self.report.add("circular-ref", message, self.place(mine.pointed), also=also)

    def _report(self, slug: str, message: str, sites: list[Site], hint: str) -> None:
        also = [("also here", self.place(site.pointed)) for site in sites[1:3]]
        if len(sites) > 3:
            more = len(sites) - 3
            also[-1] = (f"also here, and in {more} more place{'s' if more > 1 else ''}", also[-1][1])
        file = sites[0].file
        while file in self._led_to and len(also) < 8:
            also.append((f"{self.folder.show(file)!r} is read because of this", self.place(self._led_to[file])))
            file = self._led_to[file].partition("#")[0]
        self.report.add(slug, message, self.place(sites[0].pointed), also=also, hint=hint)

    # --------------------------------------------------------------------------------------------------- naming

    def _name_components(self) -> None:
        """Note which things in other files are components of the document, too (`Document.aliases`)."""
        components: Tree = self.document.root.get("components")
        for section, entries in (components if isinstance(components, dict) else {}).items():
            for name, node in (entries if isinstance(entries, dict) else {}).items():
                if not isinstance(node, dict) or len(node) != 1 or reference_of(node) is None:
                    continue
                token = name.replace("~", "~0").replace("/", "~1")
                address = f"#/components/{section}/{token}"
                try:
                    target = self.document.follow(Node(node, address)).address
                except DanglingReference:
                    continue
                if not target.startswith("#"):
                    self.document.aliases.setdefault(target, address)
