"""The pipeline: five calls in order, and nothing else.

    specs/<provider>/ --load--> Document --parse--> Api --translate--> Package --render--> Files
                                                     |
                              documentation <--claims-'

Files are written, and compared with the output folder, by `write`; `run` calls both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from clientsmith import ir
from clientsmith.diagnostics import ClientsmithError, Location, Report
from clientsmith.load.document import Document, documented_operations
from clientsmith.load.load import LoadRequest, SourceFile, load
from clientsmith.load.marks import Marks, without_marks
from clientsmith.parse import parse
from clientsmith.project.keys import address_of
from clientsmith.project.settings import PAGE_SUFFIXES, Provider
from clientsmith.records import dataclass
from clientsmith.translate import Settings, translate
from clientsmith.view import Package

if TYPE_CHECKING:
    from clientsmith.claims import Checked
    from clientsmith.surface import Surface


@dataclass(frozen=True, slots=True)
class Built:
    """The output of a run, before anything is written.

    Attributes:
        files: text by relative path.
        names: public names by kind and address, for the lock.
        kept: addresses of the names given to it that stayed with the same thing, under whatever address.
        without_class: names of classes among these that are no class: of bodies that are given by their fields.
        operations: the number of operations that have a method.
        documented_operations: the number of operations of the document.
        models: the number of classes and aliases in `models`.
        features: the parts of the runtime that the client needs, sorted.
        digests: sha256 of each file that was read, by name.
        changed_pages: where pages have changed since they were accepted, in words, by name.
        locate: finds the lines of locations, in one pass a file.
    """

    files: dict[str, str]
    names: dict[str, str]
    kept: frozenset[str]
    without_class: frozenset[str]
    operations: int
    documented_operations: int
    models: int
    features: tuple[str, ...]
    digests: dict[str, str]
    changed_pages: dict[str, str]
    locate: Callable[[Sequence[Location]], Mapping[Location, Location]]


def build(provider: Provider, report: Report, names: Mapping[str, str], *, check_trees: bool = False) -> Built:
    """Returns the output of all stages but the last: from the provider's files to the text of its package.

    Args:
        provider: the settings.
        report: takes the diagnostics of every stage.
        names: public names that earlier runs gave, by kind and address.
        check_trees: whether to check the syntax trees of generated files too, which is slow.

    Raises:
        ClientsmithError: an error was reported.
    """
    from clientsmith.render import render
    from clientsmith.render.plan import features_of

    loaded, marks = _load(provider, report)
    report.located(loaded.locate)
    report.raise_on_errors()
    parsed = parse(loaded, report)
    checked = _cross_check(parsed, loaded, marks, provider, report)
    translated = translate(parsed, _settings(provider, names, marks), report, loaded.place)
    files = render(translated, check_trees=check_trees)
    return Built(
        files=files,
        names=translated.names,
        kept=translated.kept,
        without_class=translated.without_class,
        operations=len(translated.calls),
        documented_operations=sum(1 for _ in documented_operations(loaded)),
        models=sum(len(module.definitions) for module in translated.models),
        features=tuple(sorted(features_of(translated))),
        digests={**loaded.digests, **(checked.digests if checked else {})},
        changed_pages=checked.changed if checked else {},
        locate=loaded.locate,
    )


# ------------------------------------------------------------------------------------------- the result of one stage


def document(provider: Provider, report: Report) -> Document:
    """Returns everything that the provider publishes, as one document."""
    return _load(provider, report)[0]


def api(provider: Provider, report: Report) -> ir.Api:
    """Returns the meaning of that document."""
    return parse(document(provider, report), report)


def package(provider: Provider, report: Report, names: Mapping[str, str] | None = None) -> Package:
    """Returns the Python package for that meaning. `names`: those that earlier runs gave (the lock's)."""
    loaded, marks = _load(provider, report)
    parsed = parse(loaded, report)
    _cross_check(parsed, loaded, marks, provider, report)
    return translate(parsed, _settings(provider, names or {}, marks), report, loaded.place)


def stages(
    provider: Provider, report: Report, names: Mapping[str, str] | None = None
) -> tuple[Document, ir.Api, Package]:
    """Returns what the stages before `render` make, one after the other."""
    loaded, marks = _load(provider, report)
    parsed = parse(loaded, report)
    return loaded, parsed, translate(parsed, _settings(provider, names or {}, marks), report, loaded.place)


def surface(provider: Provider, report: Report, names: Mapping[str, str] | None = None) -> Surface:
    """Returns the public surface of that package, for tools (see `surface`)."""
    from clientsmith.surface import surface_of

    return surface_of(package(provider, report, names))


def claims(provider: Provider, report: Report) -> dict[str, str]:
    """Returns the claims files of the provider's pages without OpenAPI, by path in its folder."""
    from clientsmith.claims import claims_files

    return claims_files(provider.folder, provider.shown, _prose_pages(provider), report)


def prose_files(name: str, pages: Mapping[str, str]) -> dict[str, str]:
    """Returns the files that a provider without OpenAPI begins with, by path in its folder.

    They are an authored document with what its pages state, and the claims file of each page. Empty if a page contains
    OpenAPI, or is not a page that can be read.

    Args:
        name: of the provider.
        pages: the text of each page by its path in the folder.
    """
    from clientsmith.claims import first_files
    from clientsmith.load.pages import read_page

    try:
        if any(read_page(text, path, Report()) for path, text in pages.items()):
            return {}
    except ClientsmithError:
        return {}
    return first_files(name, pages)


def shared_runtime_files(features: Iterable[str]) -> Mapping[str, str]:
    """Returns the files of the runtime, by name, that clients with these features (`Built.features`) need together."""
    from clientsmith.render.plan import runtime_files

    return runtime_files(features)


# ----------------------------------------------------------------------------- what each stage needs of the settings


def _load(provider: Provider, report: Report) -> tuple[Document, Marks]:
    request = LoadRequest(
        root=provider.folder,
        sources=tuple(SourceFile(source.path, source.kind) for source in provider.sources),
        overlays=provider.overlays,
        shown=provider.shown,
        project=provider.project,
        prefer=provider.merge.prefer,
        rename=provider.merge.rename,
        page_suffixes=PAGE_SUFFIXES,
    )
    loaded = load(request, report)
    return without_marks(loaded) if provider.project else (loaded, Marks())


def _cross_check(
    parsed: ir.Api, loaded: Document, marks: Marks, provider: Provider, report: Report
) -> Checked | None:
    """Compare the API with the provider's documentation; None if there is nothing to compare."""
    pages = _prose_pages(provider)
    authored = [source.path for source in provider.sources if source.kind == "authored"]
    if not provider.project or not (pages or authored or marks.has_any()):
        return None
    # Imported here, because most providers have neither.
    from clientsmith.claims import cross_check

    return cross_check(
        parsed,
        marks,
        report,
        place=loaded.place,
        root=provider.folder,
        shown=provider.shown,
        pages=pages,
        authored=authored,
        cited=[source.path for source in provider.sources if source.kind == "page"],
    )


def _prose_pages(provider: Provider) -> list[str]:
    return [*provider.witnesses, *(source.path for source in provider.sources if source.kind == "prose")]


def _settings(provider: Provider, names: Mapping[str, str], marks: Marks) -> Settings:
    return Settings(
        package=provider.package,
        transport=provider.transport,
        pinned={address_of(key): name for key, name in provider.names.items()},
        locked=names,
        assumptions=marks.assumptions,
        runtime=provider.runtime,
        aliases=provider.aliases,
        style=provider.style,
        only=provider.only,
        unused_schemas=provider.unused_schemas,
    )
