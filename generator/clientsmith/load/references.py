"""References: which files they need, whether they resolve, and what is suggested if they do not.

    walk the document -- sites --> open files, walk those -- more sites --> ... --> replace some --> check every site

Decides what a `$ref` is allowed to mean and reports what is wrong with it. Nothing is called unresolvable before all
files were read (R01), and no tree is dereferenced into a copy (R02): references stay edges, except for those of path
items and of places where OpenAPI has no references, which are replaced by their targets. Schemas are upgraded on the
way, because this is the one walk that visits them all.
"""

from __future__ import annotations

import difflib
import posixpath
from typing import NamedTuple

from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import DanglingReference, Document, Node, reference_of
from clientsmith.load.folder import Folder, NotOpened, inside, is_remote
from clientsmith.load.grammar import REFERENCES, TypeMismatch, Visit, walk
from clientsmith.load.rewriting import Identifiers, replace_by_target
from clientsmith.load.tree import Tree, escape, is_object, type_name, unescape
from clientsmith.load.upgrade import is_mixed, upgrade_schema

MAX_SITES = 1_000_000
"""References in one run (R23)."""

_WITHOUT_EFFECT = frozenset(
    {
        "summary",
        "description",
        "title",
        "example",
        "examples",
        "externalDocs",
        "xml",
        "deprecated",
        "readOnly",
        "writeOnly",
        "type",
    }
)
"""Siblings of a `$ref` whose loss changes no type: the target states its own, and each field its direction."""

MAX_SUGGESTIONS = 100
"""Names that are compared for a suggestion: slow, and a document with more dangling references has lost a file."""

MOST_MISSING = 3
"""Missing files that are reported one by one, with a suggestion for each; more of them have one cause."""

_MISSING_HINT = "copy the files that the document consists of into its folder, or get it in one file"


class Site(NamedTuple):
    """A place that refers to something: `Site("schema", schema, "$ref", "#/.../items", "#/...", "#/.../items/$ref")`.

    Attributes:
        kind: the object type that the reference has to resolve to.
        owner, key: `owner[key]` is the reference.
        address: of the object that the reference replaces; a value of a discriminator's mapping replaces itself.
        reference: what `owner[key]` was when it was found.
        pointed: the address of `owner[key]`.
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


class Resolver:
    """One run over one document.

    Args:
        document: is changed in place: upgraded, completed with `files` and `aliases`.
        folder: where files are read from.
        report: takes the diagnostics.
        moved: gets the addresses of what is moved, with their former ones; for `Document.place`.
    """

    def __init__(self, document: Document, folder: Folder, report: Report, moved: dict[str, str]) -> None:
        self.document, self.folder, self.report, self.moved = document, folder, report, moved
        self._identifiers = Identifiers(document)
        self._sites: list[Site] = []
        self._seen: set[int] = set()
        self._reached: dict[tuple[str, str, str], str] = {}
        self._refused: dict[tuple[str, str], NotOpened] = {}
        self._at_entry: dict[tuple[str, str], tuple[str, str]] = {}
        self._opened_for: dict[str, str] = {}
        self._mismatches: list[TypeMismatch] = []

    def run(self) -> None:
        """Resolves every reference. One that does not resolve is reported and stays as it is.

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
        for kind, owner, _, address, _, _ in reversed(self._sites):
            if kind == "pathItem" or kind not in REFERENCES:
                replace_by_target(kind, owner, address, self.document, self.report, self.moved, self._place)
        self._check()
        self._name_components()

    def _place(self, address: str) -> Location:
        return self.document.place(address)

    # --------------------------------------------------------------------------------------------------- walking

    def _visit(self, kind: str, value: Tree, address: str) -> None:
        old = self._version(address) < (3, 1)
        for visit in walk(kind, value, address, seen=self._seen, mismatches=self._mismatches):
            node = visit.node
            if "$ref" in node:
                self._note(visit, old)
            if visit.kind == "schema":
                if not old and is_mixed(node):
                    message = "keywords of OpenAPI 3.0 (such as 'nullable') in a newer document; they are applied"
                    self.report.add("dialect-mixed", message, self._place(visit.address), fold=True)
                below = upgrade_schema(node)
                if below is not None:
                    self.moved[visit.address + below] = visit.address
                if "discriminator" in node:
                    self._note_mapping(node, visit.address)
                if "$dynamicRef" in node and "$ref" not in node:
                    # Dynamic scopes are not followed: no document needs them to be generated from.
                    node["$ref"] = node.pop("$dynamicRef")
                    self._note(visit, old)
        if len(self._sites) > MAX_SITES:
            raise self.report.fatal("limit-exceeded", f"more than {MAX_SITES:,} references", self._place(address))

    def _version(self, address: str) -> tuple[int, int]:
        """Returns the version that a file states; of the document if it states none."""
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
                message = f"the value of '$ref' must be a string, not {type_name(reference)}"
                self.report.add("wrong-type", message, self._place(f"{address}/$ref"), fold=True)
            return
        if len(node) > 1 and kind in REFERENCES and kind != "pathItem" and (old or kind != "schema"):
            self._drop_siblings(node, address, () if old else ("summary", "description"), schema=kind == "schema")
        if kind == "schema" and node.get("nullable") is True:
            # The upgrade moves the reference into a member of a union, which the walk then finds as a schema.
            return
        if kind not in REFERENCES:
            message = "OpenAPI allows no reference here; its target is used in its place"
            self.report.add("ref-out-of-place", message, self._place(f"{address}/$ref"), fold=True)
        self._sites.append(Site(kind, node, "$ref", address, reference, f"{address}/$ref"))

    def _drop_siblings(self, node: dict[str, Tree], address: str, kept: tuple[str, ...], *, schema: bool) -> None:
        """Removes the siblings of a `$ref` that the specification ignores (R04, R05), and reports those that matter."""
        dropped = [key for key in node if key not in ("$ref", *kept) and not (schema and key == "nullable")]
        for key in dropped:
            del node[key]
        loud = [key for key in dropped if key not in _WITHOUT_EFFECT and not key.startswith("x-")]
        if loud:
            self.report.add(
                "ref-siblings-ignored",
                f"{', '.join(map(repr, loud))} beside '$ref' {'is' if len(loud) == 1 else 'are'} ignored",
                self._place(f"{address}/$ref"),
                hint="move the reference into an 'allOf' and keep the rest beside it" if schema else "",
                fold=True,
            )
        elif dropped:
            message = "keywords beside '$ref' are ignored here, as OpenAPI 3.0 requires; no type depends on them"
            self.report.add("ref-annotations-ignored", message, self._place(f"{address}/$ref"), fold=True)

    def _note_mapping(self, node: dict[str, Tree], address: str) -> None:
        """Notes the references in a discriminator's mapping; names of components are not references (R17)."""
        discriminator = node["discriminator"]
        mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
        if not isinstance(mapping, dict):
            return
        for value, reference in mapping.items():
            if isinstance(reference, str) and ("/" in reference or "#" in reference):
                at = f"{address}/discriminator/mapping/{escape(value)}"
                self._sites.append(Site("schema", mapping, value, at, reference, at))

    # --------------------------------------------------------------------------------------------------- opening

    def _reach(self, site: Site) -> bool:
        """Opens the file that a site needs and walks the target. Returns False if there is no such target yet."""
        known = self._reached.get((site.file, site.kind, site.reference))
        if known is not None:
            site.owner[site.key] = known
            self._report_entry(site)
            return True
        if (site.file, site.reference) in self._refused:
            return True
        by_pointer = self._identifiers.by_pointer(site.reference, site.file)
        if by_pointer is not None:
            site.owner[site.key] = by_pointer
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
        """Returns what a site refers to.

        Raises:
            LookupError: it does not resolve.
        """
        try:
            return self.document.at(self.document.target(site.text, site.address))
        except LookupError:
            entry = min(self.document.members, default="")
            tree: Tree = self.document.files.get(site.file)
            whole = isinstance(tree, dict) and "openapi" in tree
            if not site.file or whole or not entry or not site.text.startswith("#/components/"):
                raise
        # A file that is only a part of a description, written as if it were pasted into it (R15).
        here = site.file.rpartition("/")[0] or "."
        elsewhere = f"{posixpath.relpath(entry, here).replace('%', '%25')}{site.text}"
        target = self.document.at(self.document.target(elsewhere, site.address))
        site.owner[site.key] = elsewhere
        message = f"a reference is to nothing in this file; the component of {self.folder.show(entry)!r} is used"
        hint = f"write such references with the name of the file: {elsewhere.partition('#')[0] + '#/components/...'!r}"
        self._at_entry[site.file, site.reference] = (message, hint)
        self._report_entry(site)
        return target

    def _report_entry(self, site: Site) -> None:
        found = self._at_entry.get((site.file, site.reference))
        if found is not None:
            message, hint = found
            self.report.add("ref-to-entry", message, self._place(site.pointed), hint=hint, fold=True)

    def _open(self, reference: str, site: Site) -> None:
        file = reference.partition("#")[0]
        if not file:
            return
        if is_remote(file):
            hint = "save the file beside the document and refer to it by a relative path"
            raise NotOpened("remote-ref", f"the remote file {file!r} is never fetched", hint)
        folder = site.file.rpartition("/")[0] if site.file else self.document.folder
        name = inside(file, folder)
        if name in self.document.members or name in self.document.files:
            return
        source = self.folder.open(name)
        self.document.files[name] = source.value
        self._opened_for[name] = site.pointed

    # -------------------------------------------------------------------------------------------------- checking

    def _check(self) -> None:
        by_reference: dict[tuple[str, str], list[Site]] = {}
        for site in self._sites:
            by_reference.setdefault((site.file, site.reference), []).append(site)
        circles: set[frozenset[str]] = set()
        refused: dict[tuple[str, str], tuple[NotOpened, list[Site]]] = {}
        dangling: list[tuple[str, list[Site]]] = []
        for key, sites in by_reference.items():
            refusal = self._refused.get(key)
            if refusal is not None:
                # One diagnostic for a file, however many of its components are referred to.
                refused.setdefault((refusal.slug, refusal.message), (refusal, []))[1].extend(sites)
                continue
            address = self.document.target(sites[0].text, sites[0].address)
            try:
                target = self.document.at(address)
            except (LookupError, ValueError):
                dangling.append((address, sites))
            else:
                self._check_target(target, address, sites, circles)
        missing = [sites for refusal, sites in refused.values() if refusal.missing]
        if len(missing) > MOST_MISSING:
            # One cause: the document was published, or copied, without its other files.
            message = f"{len(missing)} files that references lead to do not exist"
            self._report("unresolved-ref", message, [site for sites in missing for site in sites], _MISSING_HINT)
        for refusal, sites in refused.values():
            if not refusal.missing or len(missing) <= MOST_MISSING:
                self._report(refusal.slug or "unresolved-ref", refusal.message, sites, refusal.hint)
        self._report_dangling(dangling)
        for mismatch in self._mismatches:
            self._check_type(mismatch)

    def _check_type(self, mismatch: TypeMismatch) -> None:
        expected, value, address = mismatch
        file, _, pointer = address.partition("#")
        if pointer:
            # Empty from here on, so that later stages do not report the same again.
            parent, _, token = pointer.rpartition("/")
            owner = self.document.at(f"{file}#{parent}").value
            if is_object(owner):
                owner[unescape(token)] = {} if expected == "a mapping" else []
                if expected == "a mapping" and value == []:
                    # PHP has one type for both, and its exporters write an empty mapping as an empty list.
                    return
        self.report.add("wrong-type", f"expected {expected}, got {type_name(value)}", self._place(address), fold=True)

    def _check_target(self, target: Node, address: str, sites: list[Site], circles: set[frozenset[str]]) -> None:
        site = sites[0]
        if target.address != address and not address.endswith("#/"):
            self._report("ref-through-ref", f"reference {site.reference!r} goes through another reference", sites)
        if not isinstance(target.value, dict | bool):
            message = f"reference {site.reference!r} resolves to {type_name(target.value)}, not to an object"
            self._report("unresolved-ref", message, sites)
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
            also = [("next reference of the circle", self._place(f"{step}/$ref")) for step in steps[1:6]]
            message = f"reference {mine.reference!r} resolves only to references, in a circle"
            self.report.add("circular-ref", message, self._place(mine.pointed), also=also)

    def _report_dangling(self, dangling: list[tuple[str, list[Site]]]) -> None:
        """Reports what does not resolve, with what is perhaps meant; the lines of all suggestions in one pass."""
        similar = [similar_address(address, self.document) for address, _ in dangling[:MAX_SUGGESTIONS]]
        similar += [""] * (len(dangling) - len(similar))
        places = {address: self._place(address) for address in similar if address}
        lines = self.folder.lines(places.values())
        for (_, sites), address in zip(dangling, similar, strict=True):
            hint = ""
            if address:
                line = lines.get(places[address], 0)
                hint = f"did you mean {address!r}{f' (line {line})' if line else ''}?"
            self._report("unresolved-ref", f"cannot resolve reference {sites[0].reference!r}", sites, hint)

    def _report(self, slug: str, message: str, sites: list[Site], hint: str = "") -> None:
        also: list[tuple[str, Location]] = []
        file = sites[0].file
        while file in self._opened_for and len(also) < 8:
            also.append((f"{self.folder.show(file)!r} is referenced here", self._place(self._opened_for[file])))
            file = self._opened_for[file].partition("#")[0]
        for site in sites:
            self.report.add(slug, message, self._place(site.pointed), also=also, hint=hint, fold=True)

    # --------------------------------------------------------------------------------------------------- naming

    def _name_components(self) -> None:
        """Notes which parts of other files are components of the document, too (`Document.aliases`)."""
        components: Tree = self.document.root.get("components")
        for section, entries in (components if isinstance(components, dict) else {}).items():
            for name, node in (entries if isinstance(entries, dict) else {}).items():
                if not isinstance(node, dict) or len(node) != 1 or reference_of(node) is None:
                    continue
                address = f"#/components/{section}/{escape(name)}"
                try:
                    target = self.document.follow(Node(node, address)).address
                except DanglingReference:
                    continue
                if not target.startswith("#"):
                    self.document.aliases.setdefault(target, address)


def similar_address(address: str, document: Document) -> str:
    """Returns an address that exists and differs in one token from one that does not; empty if there is none."""
    file, _, pointer = address.partition("#")
    if not pointer.startswith("/"):
        pointer = f"/{pointer}"
        if _exists(f"{file}#{pointer}", document):
            return f"{file}#{pointer}"
    tokens = [unescape(raw) for raw in pointer[1:].split("/")]
    value: Tree = document.root if not file else document.files.get(file)
    for index, token in enumerate(tokens):
        if isinstance(value, dict) and token in value:
            value = value[token]
            continue
        if isinstance(value, dict):
            for near in difflib.get_close_matches(token, value, 1):
                fixed = "/".join(map(escape, [*tokens[:index], near, *tokens[index + 1 :]]))
                if _exists(f"{file}#/{fixed}", document):
                    return f"{file}#/{fixed}"
        break
    # A component of that very name in another section, or of a section whose name is not misspelt.
    components: Tree = document.root.get("components")
    for section, entries in (components if isinstance(components, dict) else {}).items():
        if isinstance(entries, dict) and tokens[-1] in entries:
            return f"#/components/{section}/{escape(tokens[-1])}"
    return ""


def _exists(address: str, document: Document) -> bool:
    try:
        document.at(address)
    except (LookupError, ValueError):
        return False
    return True
