"""The pipeline: five calls in order, and nothing else.

    specs/<provider>/ --load--> Document --parse--> Api --translate--> Package --render--> Files
                                                     |
                              documentation <--claims-'

Files are written, and compared with the output folder, by `write`; `run` calls both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from clientsmith import ir
from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import Document, documented_operations
from clientsmith.load.load import LoadRequest, SourceFile, load
from clientsmith.load.marks import Marks, without_marks
from clientsmith.parse import parse
from clientsmith.project.keys import address_of
from clientsmith.project.settings import PAGE_SUFFIXES, Provider
from clientsmith.records import dataclass
from clientsmith.translate import Settings, translate
from clientsmith.view import Package


@dataclass(frozen=True, slots=True)
class Built:
    """What a run gives, before anything is written.

    Attributes:
        files: relative path to text.
        names: every public name by kind and address, for the lock.
        operations: how many have a method. documented_operations: how many the document has.
        models: how many classes and aliases the package has.
        features: the parts of the runtime that the client needs, sorted.
        digests: sha256 of each file that was read, by name.
        locate: fills in the lines of locations, one pass a file.
    """

    files: dict[str, str]
    names: dict[str, str]
    operations: int
    documented_operations: int
    models: int
    features: tuple[str, ...]
    digests: dict[str, str]
    locate: Callable[[Sequence[Location]], Mapping[Location, Location]]


def document(provider: Provider, report: Report) -> Document:
    """What the provider publishes, as one document."""
    return _document(provider, report)[0]


def api(provider: Provider, report: Report) -> ir.Api:
    """What that document means."""
    return parse(document(provider, report), report)


def package(provider: Provider, report: Report, names: Mapping[str, str] | None = None) -> Package:
    """The package that it becomes. `names`: those that were given before (the lock's)."""
    loaded, marks = _document(provider, report)
    meant = parse(loaded, report)
    _cross_check(loaded, meant, marks, provider, report)
    return _package(loaded, meant, provider, report, names or {}, marks)


def build(provider: Provider, report: Report, names: Mapping[str, str], *, check_trees: bool = False) -> Built:
    """All stages but the last: from the provider's files to the text of its package.

    Args:
        provider: whose, and how.
        report: takes the findings of every stage.
        names: public names that were given before, by kind and address.
        check_trees: whether the syntax trees of generated files are checked too, which is slow.

    Raises:
        ClientsmithError: a finding makes the output untrustworthy, unsafe or impossible.
    """
    from clientsmith.render import render
    from clientsmith.render.plan import features_of

    loaded, marks = _document(provider, report)
    report.located(loaded.locate)
    report.raise_on_errors()
    meant = parse(loaded, report)
    claims_digests = _cross_check(loaded, meant, marks, provider, report)
    decided = _package(loaded, meant, provider, report, names, marks)
    files = render(decided, check_trees=check_trees)
    return Built(
        files=files,
        names=decided.names,
        operations=sum(len(resource.calls) for resource in decided.resources),
        documented_operations=sum(1 for _ in documented_operations(loaded)),
        models=sum(len(module.definitions) for module in decided.models),
        features=tuple(sorted(features_of(decided))),
        digests={**loaded.digests, **claims_digests},
        locate=loaded.locate,
    )


def shared_runtime_files(features: Iterable[str]) -> Mapping[str, str]:
    """Returns the files of the runtime, by name, that clients with these features (`Built.features`) need together."""
    from clientsmith.render.plan import runtime_files

    return runtime_files(features)


def claims(provider: Provider, report: Report) -> dict[str, str]:
    """The claims files of the provider's pages without OpenAPI as they are now, by path in its folder."""
    from clientsmith.claims import claims_files

    return claims_files(provider.folder, provider.shown, _witnesses(provider), report)


def surface(provider: Provider, report: Report, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The public surface of the package, for tools (see `surface`)."""
    from clientsmith.surface import surface_of

    return surface_of(package(provider, report, names))


def _request(provider: Provider) -> LoadRequest:
    return LoadRequest(
        root=provider.folder,
        sources=tuple(SourceFile(source.path, source.kind) for source in provider.sources),
        overlays=provider.overlays,
        shown=provider.shown,
        project=provider.project,
        prefer=provider.merge.prefer,
        rename=provider.merge.rename,
        page_suffixes=PAGE_SUFFIXES,
    )


def _document(provider: Provider, report: Report) -> tuple[Document, Marks]:
    loaded = load(_request(provider), report)
    return without_marks(loaded) if provider.project else (loaded, Marks())


def _cross_check(
    loaded: Document, meant: ir.Api, marks: Marks, provider: Provider, report: Report
) -> dict[str, str]:
    """Compare the API with the provider's documentation. Returns the digests of the claims files."""
    pages = _witnesses(provider)
    authored = [source.path for source in provider.sources if source.kind == "authored"]
    if not provider.project or not (pages or authored):
        return {}
    # Most runs have neither, and need not wait until this is imported.
    from clientsmith.claims import cross_check

    return cross_check(
        meant,
        marks,
        report,
        place=loaded.place,
        root=provider.folder,
        shown=provider.shown,
        pages=pages,
        authored=authored,
    )


def _witnesses(provider: Provider) -> list[str]:
    return [*provider.witnesses, *(source.path for source in provider.sources if source.kind == "prose")]


def _package(
    loaded: Document,
    meant: ir.Api,
    provider: Provider,
    report: Report,
    names: Mapping[str, str],
    marks: Marks,
) -> Package:
    pinned = {address_of(key): name for key, name in provider.names.items()}
    settings = Settings(provider.package, provider.transport, pinned, names, marks.assumptions, provider.runtime)
    return translate(meant, settings, report, loaded.place)
