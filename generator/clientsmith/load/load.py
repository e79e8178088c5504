"""Load: the provider's files as one `Document`.

    files -- source, pages --> fragments -- merge --> one tree -- overlay --> the same, corrected
                                                                   |
                    Document <-- references (further files, upgrade to 3.1) <-- version

Decides the order of these steps, and which files of a request are documents, pages or prose. All diagnostics are
collected; the run fails once, with lines looked up. A single OpenAPI file is neither copied nor merged.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from clientsmith.diagnostics import ClientsmithError, Location, Report
from clientsmith.load.document import Document, Fragment, Provenance
from clientsmith.load.folder import Folder, NotOpened, inside
from clientsmith.load.references import Resolver
from clientsmith.load.rewriting import rewrite
from clientsmith.load.source import FileError, decode, read_bytes
from clientsmith.load.tree import is_object, paused_gc
from clientsmith.load.upgrade import check_root_keys, version_of
from clientsmith.records import dataclass

Kind: TypeAlias = Literal["openapi", "page", "prose", "authored"]

DOCUMENT_SUFFIXES: Final = (".json", ".yaml", ".yml")
"""Files of a folder that may be OpenAPI documents."""


class SourceFile(NamedTuple):
    """A file, or a folder of files, of the provider: `SourceFile("pages/jobs.md", "page")`.

    `path` is relative to the folder of the request, with `/`. A folder contributes all documents and pages in it and in
    its own folders, sorted; their suffixes distinguish them, and `kind` holds for none of them.
    """

    path: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """The files that are to be loaded, and how.

    Attributes:
        root: the folder; nothing outside of it is read.
        sources: at least one.
        overlays: files to apply after merging, in this order.
        shown: the prefix of file names that are shown to the user: `specs/acme/`, or nothing.
        project: the sources are those of one provider, which must agree; for ad-hoc files disagreement is a warning.
        prefer, rename: see `merge.merge_fragments`.
        page_suffixes: of the files of a folder that are documentation pages: `(".md", ".html")`.
    """

    root: Path
    sources: tuple[SourceFile, ...]
    overlays: tuple[str, ...] = ()
    shown: str = ""
    project: bool = True
    prefer: Mapping[str, str] = field(default_factory=dict[str, str])
    rename: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    page_suffixes: tuple[str, ...] = ()


def load(request: LoadRequest, report: Report) -> Document:
    """Reads, merges, corrects, resolves and upgrades the provider's files.

    Args:
        request: what to load.
        report: takes the diagnostics of the whole stage; those that are there when it fails have their lines.

    Raises:
        ClientsmithError: if anything is an error, after all that can be found was found.
    """
    folder = Folder(request.root, request.shown, report)
    try:
        with paused_gc():
            document = _document(request, folder, report)
            report.raise_on_errors()
    except ClientsmithError:
        report.located(folder.locate)
        raise
    return document


class _Assembled(NamedTuple):
    """The one tree, before references and upgrade, and where its parts come from."""

    root: dict[str, Any]
    provenance: Provenance
    fragments: list[Fragment]
    members: frozenset[str]
    base: str
    actions: tuple[tuple[Location, Mapping[str, Any]], ...]


def _document(request: LoadRequest, folder: Folder, report: Report) -> Document:
    assembled = _assembled(request, folder, report)
    provenance = assembled.provenance
    moved: dict[str, str] = {}

    def place(address: str) -> Location:
        file, _, pointer = _before_moves(address, moved).partition("#")
        if file:
            return Location(folder.show(file), pointer)
        fragment, origin = provenance.origin(pointer)
        return Location(fragment.source.name if fragment.source else fragment.name, origin)

    def reason(address: str) -> str:
        file, _, pointer = _before_moves(address, moved).partition("#")
        fragment, origin = provenance.origin("" if file else pointer)
        if file or fragment.kind != "overlay":
            return ""
        action = fragment.value["actions"][int(origin.split("/")[2])]
        return " ".join(str(action.get("description", "")).split())

    def original() -> dict[str, Any]:
        quiet = Report()
        return _assembled(request, Folder(request.root, request.shown, quiet), quiet).root

    version = version_of(assembled.root, report, assembled.fragments[0].name)
    document = Document(
        root=assembled.root,
        version=version,
        place=place,
        locate=folder.locate,
        digests=folder.digests,
        members=assembled.members,
        folder=assembled.base,
        original=original,
        reason=reason,
        actions=assembled.actions,
    )
    Resolver(document, folder, report, moved).run()
    return document


def _before_moves(address: str, moved: Mapping[str, str]) -> str:
    """Returns the address that a node had before it was moved, by its nearest ancestor that was."""
    for _ in range(len(moved)):
        ancestor = address
        while ancestor not in moved:
            cut = ancestor.rfind("/")
            if cut < 0:
                return address
            ancestor = ancestor[:cut]
        address = moved[ancestor] + address[len(ancestor) :]
    return address


# ------------------------------------------------------------------------------------------------------ assembling


def _assembled(request: LoadRequest, folder: Folder, report: Report) -> _Assembled:
    fragments: list[Fragment] = []
    documents: dict[str, Fragment] = {}
    for file, is_optional in _files(request, folder, report):
        try:
            found = _fragments(file, folder, report)
        except ClientsmithError:
            continue
        if is_optional:
            # A file of a folder that is not a document is one that others refer to.
            found = [fragment for fragment in found if fragment.kind == "page" or "openapi" in fragment.value]
        else:
            found = [fragment for fragment in found if _is_openapi(fragment, report)]
        fragments += found
        if found and file.kind in ("openapi", "authored"):
            documents[file.path] = found[0]
    report.raise_on_errors()
    if not fragments:
        raise _nothing_found(request, folder, report)
    for fragment in fragments:
        check_root_keys(fragment.value, report, fragment.name)
    base = ""
    if len(fragments) == 1:
        base = next((posixpath.dirname(name) for name in documents), "")
    else:
        for name, fragment in documents.items():
            _anchor_references(fragment.value, name, documents)
    root, provenance = _merged(fragments, request, report)
    report.raise_on_errors()
    root, actions = _overlaid(root, request, folder, report, provenance)
    report.raise_on_errors()
    return _Assembled(root, provenance, fragments, frozenset(documents), base, actions)


# A single document needs neither merging nor overlays nor pages: these are imported where they are needed.


def _merged(fragments: list[Fragment], request: LoadRequest, report: Report) -> tuple[dict[str, Any], Provenance]:
    if len(fragments) > 1 or request.rename or request.prefer:
        from clientsmith.load.merge import merge_fragments

        return merge_fragments(
            fragments,
            report,
            project=request.project,
            prefer=request.prefer,
            rename=request.rename,
            folder=request.shown,
        )
    provenance = Provenance()
    provenance.record("", fragments[0], "")
    return fragments[0].value, provenance


def _overlaid(
    root: dict[str, Any], request: LoadRequest, folder: Folder, report: Report, provenance: Provenance
) -> tuple[dict[str, Any], tuple[tuple[Location, Mapping[str, Any]], ...]]:
    actions: list[tuple[Location, Mapping[str, Any]]] = []
    for name in request.overlays:
        try:
            overlay = folder.read(name)
        except ClientsmithError:
            continue
        from clientsmith.load.overlay import apply_overlay, located_actions

        root = apply_overlay(root, overlay, report, provenance)
        actions += located_actions(overlay)
    return root, tuple(actions)


def _fragments(file: SourceFile, folder: Folder, report: Report) -> list[Fragment]:
    """Returns what one file contributes; nothing if it is prose."""
    name = folder.show(file.path)
    if file.kind in ("openapi", "authored"):
        source = folder.read(file.path)
        if not is_object(source.value):
            # Raises, with what it is instead.
            version_of(source.value, report, name)
        return [Fragment(name, source.value, file.kind, source, digest=source.digest)]
    try:
        raw = read_bytes(folder.root / file.path, root=folder.root)
    except FileError as error:
        raise report.fatal(error.slug, f"cannot read {name!r}: {error.reason}", Location(name)) from None
    folder.digests[file.path] = hashlib.sha256(raw).hexdigest()
    text = decode(raw, report, name=name)
    if file.kind == "prose":
        return []
    from clientsmith.load.pages import read_page

    found = read_page(text, name, report)
    for fragment in found:
        if fragment.source:
            folder.add(fragment.source)
    return found


def _is_openapi(fragment: Fragment, report: Report) -> bool:
    try:
        version_of(fragment.value, report, fragment.name)
    except ClientsmithError:
        return False
    return True


def _files(request: LoadRequest, folder: Folder, report: Report) -> list[tuple[SourceFile, bool]]:
    """Returns all files of a request, sorted, each with whether it was only found in a folder."""
    found: dict[str, tuple[SourceFile, bool]] = {}
    for source in request.sources:
        path = request.root / source.path
        if not path.is_dir():
            found[source.path] = source, False
            continue
        for below in _below(path, request, folder, report):
            kind: Kind = "page" if below.lower().endswith(request.page_suffixes) else "openapi"
            found.setdefault(below, (SourceFile(below, kind), True))
    return [found[name] for name in sorted(found)]


def _below(path: Path, request: LoadRequest, folder: Folder, report: Report) -> list[str]:
    """Returns the documents and pages in a folder and its folders, relative to the root; hidden ones are left out."""
    root = request.root
    name = path.relative_to(root).as_posix()
    if not path.resolve().is_relative_to(root.resolve()):
        raise report.fatal("unsafe-path", f"{name!r} is outside the folder of the provider's files", Location(name))
    suffixes = (*DOCUMENT_SUFFIXES, *request.page_suffixes)
    found: list[str] = []
    for each in sorted(path.rglob("*")):
        below = each.relative_to(root).as_posix()
        if each.suffix.lower() in suffixes and each.is_file() and "/." not in f"/{below}":
            found.append(below)
    if not found:
        message = f"folder {folder.show(name)!r} contains no documents and no pages"
        report.add("no-document", message, Location(folder.show(name)))
    return found


def _nothing_found(request: LoadRequest, folder: Folder, report: Report) -> ClientsmithError:
    first = Location(folder.show(request.sources[0].path)) if request.sources else Location(request.shown)
    if all(source.kind == "prose" for source in request.sources):
        return report.fatal(
            "no-document",
            "all sources are prose pages, which contain no OpenAPI",
            first,
            hint='write an OpenAPI document from them and add it as a source with kind = "authored"',
        )
    return report.fatal("no-document", "the sources contain no OpenAPI document and no page with a fragment", first)


def _anchor_references(root: dict[str, Any], name: str, members: Mapping[str, Fragment]) -> None:
    """Before merging, writes references between files relative to the root, and those to members as local ones."""
    base = posixpath.dirname(name)

    def rewritten(reference: str) -> str:
        file, hash_, fragment = reference.partition("#")
        try:
            target = inside(file, base) if file else ""
        except NotOpened:
            return reference
        if not file:
            return reference
        return f"{'' if target in members else target.replace('%', '%25')}{hash_ or '#'}{fragment}"

    rewrite("openapi", root, rewritten)
