"""A look at every address of a provider: what is there, compared with what is vendored.

Decides the order of the steps for one source, and what the lock remembers of it. Writes nothing (see `writing`).

    address --fetching--> answer --contents--> content --judging--> verdict --> result
                                                  vendored file ---'
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from clientsmith.diagnostics import Location, Report
from clientsmith.load.source import FileError, read_bytes
from clientsmith.project.digests import digest_of
from clientsmith.project.settings import Provider, Source
from clientsmith.records import dataclass, replace
from clientsmith.upstream.addresses import Address, UnsafeAddress, address_of
from clientsmith.upstream.contents import Content, content_of
from clientsmith.upstream.fetching import Answer, Limits, NotFetched, Validators, fetch
from clientsmith.upstream.indexes import Index, IndexForm, index_of, places_of
from clientsmith.upstream.judging import MOST_NAMED, judged
from clientsmith.upstream.results import IndexResult, ProviderResult, Record, SourceResult

SHORTEST_ACCEPTED = 12
"""Characters of a digest that must be given to accept an answer; so many are printed."""

MOST_SILENCES = 2
"""Sources of one host that nobody answered for, before the others are not asked any more: each costs the whole time."""

_ACCEPT = {
    "openapi": "application/vnd.oai.openapi+json, application/json, application/yaml, */*;q=0.1",
    "page": "text/markdown, text/plain;q=0.9, */*;q=0.1",
}
_ACCEPT_INDEX: Mapping[IndexForm, str] = {
    "llms.txt": "text/plain, text/markdown, */*;q=0.1",
    "api-catalog": "application/linkset+json, application/json;q=0.9, */*;q=0.1",
}

Progress = Callable[[str], None]
"""Is given what is fetched next, before it is."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks.

    Attributes:
        limits: of each exchange.
        accepted: beginnings of sha256 digests of answers that somebody has looked at.
        progress: see `Progress`.
    """

    limits: Limits
    accepted: frozenset[str]
    progress: Progress


def results_of(provider: Provider, recorded: Mapping[str, Record], look: Look, report: Report) -> ProviderResult:
    """Returns what is at the addresses of a provider.

    Args:
        provider: the settings.
        recorded: what the lock holds, by path of a source and address of an index.
        look: how to look.
        report: gets errors about the provider's own files.

    Raises:
        ClientsmithError: a vendored file is outside the provider's folder, or cannot be read.
    """
    found: list[SourceResult] = []
    addresses: dict[str, Address] = {}
    silences: Counter[str] = Counter()
    for source in provider.sources:
        record = recorded.get(source.path, {})
        result, address = _source_result(provider, source, record, look, silences, report)
        found.append(result)
        if address is not None:
            addresses[source.path] = address
    silent = {
        addresses[result.path].origin
        for result in found
        if result.status in ("unreachable", "unsafe") and result.path in addresses
    }
    asked = {path: address for path, address in addresses.items() if address.origin not in silent}
    pages = frozenset(asked[each.path] for each in found if each.path in asked and each.kind != "openapi")
    asking = _Asking(tuple(asked.values()), pages, recorded, look)
    return ProviderResult(provider.name, tuple(found), tuple(_index_results(asking)))


# ---------------------------------------------------------------------------------------------------- one source


def _source_result(
    provider: Provider, source: Source, record: Record, look: Look, silences: Counter[str], report: Report
) -> tuple[SourceResult, Address | None]:
    result = SourceResult(source.path, source.kind, "", "skipped")
    if not source.address:
        return replace(result, message="it has no address in provider.toml"), None
    if (provider.folder / source.path).is_dir():
        hint = "list its files as sources of their own, each with its address"
        return replace(result, message="it is a folder", hint=hint), None
    try:
        address = address_of(source.address)
    except UnsafeAddress as error:
        return replace(result, status="unsafe", message=error.message, hint=error.hint), None
    result = replace(result, address=address.shown)
    vendored = None if source.kind == "authored" else _vendored(provider, source, report)
    known: Record = record if record.get("address") == address.shown else {}
    if source.kind != "authored" and (vendored is None or known.get("raw") != digest_of(vendored)):
        # The validators are not those of the file that is here.
        known = {}
    if silences[address.origin] >= MOST_SILENCES:
        message = f"it was not asked, because {address.host} is silent"
        return replace(result, status="unreachable", message=message), address
    look.progress(provider.show(source.path))
    try:
        accept = _ACCEPT.get(source.kind, _ACCEPT["page"])
        answer = fetch(address, accept, look.limits, _validators(known))
    except NotFetched as error:
        silences[address.origin] += error.is_silence
        return replace(result, status=error.failure, message=error.reason, hint=error.hint), address
    return _moved(_compared(result, source, address, answer, vendored, known, look), answer), address


def _vendored(provider: Provider, source: Source, report: Report) -> bytes | None:
    try:
        return read_bytes(provider.folder / source.path, root=provider.folder)
    except FileError as error:
        if error.missing:
            return None
        name = provider.show(source.path)
        raise report.fatal(error.slug, f"cannot read {name!r}: {error.reason}", Location(name)) from None


def _compared(
    result: SourceResult,
    source: Source,
    address: Address,
    answer: Answer,
    vendored: bytes | None,
    known: Record,
    look: Look,
) -> SourceResult:
    if answer.body is None:
        return replace(result, status="unchanged", raw=known.get("raw", ""), canonical=known.get("canonical", ""))
    if known and digest_of(answer.body) == known["raw"]:
        # The server does not answer conditional requests. What is the same need not be read.
        return replace(result, status="unchanged", raw=known["raw"], canonical=known.get("canonical", ""))
    new = content_of(source.kind, answer.body, source.path)
    result = replace(result, raw=new.raw, canonical=new.canonical)
    changed = replace(result, status="changed", record=_record(address, answer, new))
    if source.kind == "authored":
        return _compared_page_of_authored(changed, new, known, look)
    changed = replace(changed, body=answer.body)
    if vendored is None:
        return _unless_suspect(replace(changed, message="it is not vendored yet"), new.problem, new, look)
    is_same = new.raw == digest_of(vendored)
    verdict = judged(new if is_same else content_of(source.kind, vendored, source.path), new)
    if verdict.is_changed:
        changed = replace(changed, message=verdict.summary, changes=verdict.changes)
        suspicion = verdict.suspicion
        if not suspicion and vendored.startswith(answer.body.rstrip()):
            suspicion = "it is only the beginning of the vendored file"
        return _unless_suspect(changed, suspicion, new, look)
    if not is_same:
        # The vendored file stays, so that a change of form alone is no change of the repository.
        message = "only its form differs: order of keys, or white space"
        return replace(result, status="unchanged", message=message, is_cosmetic=True)
    return replace(result, status="unchanged", record=None if known else changed.record)


def _compared_page_of_authored(changed: SourceResult, new: Content, known: Record, look: Look) -> SourceResult:
    if not known:
        unrecorded = replace(changed, status="unrecorded", message="its page was not looked at before")
        return _unless_suspect(unrecorded, new.problem, new, look)
    if new.canonical == known.get("canonical"):
        return replace(changed, status="unchanged", record=None, is_cosmetic=True)
    message = "the page that it was written from has changed"
    changed = replace(changed, message=message, hint="compare both, and correct the document by hand")
    return _unless_suspect(changed, new.problem, new, look)


def _unless_suspect(result: SourceResult, suspicion: str, new: Content, look: Look) -> SourceResult:
    """Returns a result as it is, unless the answer cannot be believed and nobody has accepted it."""
    if not suspicion:
        return result
    if any(new.raw.startswith(digest) for digest in look.accepted):
        return replace(result, message=f"{result.message}; accepted although {suspicion}".removeprefix("; "))
    hint = f"look at {result.address}; --accept {new.raw[:SHORTEST_ACCEPTED]} takes this answer all the same"
    changes = None if new.problem else result.changes
    return replace(result, status="refused", message=suspicion, hint=hint, changes=changes, body=None, record=None)


def _moved(result: SourceResult, answer: Answer) -> SourceResult:
    if not answer.moved:
        return result
    hint = f"it has moved for good: set its address to {answer.moved}"
    return replace(result, hint=f"{result.hint}; {hint}" if result.hint else hint)


def _record(address: Address, answer: Answer, content: Content) -> Record:
    values = {
        "address": address.shown,
        "canonical": content.canonical,
        "etag": answer.validators.etag,
        "last_modified": answer.validators.last_modified,
        "raw": content.raw,
    }
    return {key: value for key, value in values.items() if value}


def _validators(record: Record) -> Validators:
    return Validators(record.get("etag", ""), record.get("last_modified", ""))


# -------------------------------------------------------------------------------------------------------- indexes


@dataclass(frozen=True, slots=True)
class _Asking:
    """What indexes are asked about: addresses of sources, the pages among them, and what the lock holds."""

    sources: tuple[Address, ...]
    pages: frozenset[Address]
    recorded: Mapping[str, Record]
    look: Look


def _index_results(asking: _Asking) -> Iterator[IndexResult]:
    for form, places in places_of(asking.sources):
        asking.look.progress(f"{form} of {places[0].host}")
        yield from _results_of_form(form, places, asking)


def _results_of_form(form: IndexForm, places: Sequence[Address], asking: _Asking) -> Iterator[IndexResult]:
    """Yields what the index says that is known from the last time, or else the first that concerns the provider."""
    known = [place for place in places if asking.recorded.get(place.shown, {}).get("form") == form]
    for place in known:
        result = _index_result(form, place, asking.recorded[place.shown], asking)
        if result is not None and result.status != "gone":
            yield result
            return
    for place in places:
        result = _index_result(form, place, {}, asking)
        if result is not None and result.status == "unrecorded":
            yield result
            break
    else:
        for place in known:
            yield IndexResult(form, place.shown, "changed", "it does not list the pages of this provider any more")


def _index_result(form: IndexForm, place: Address, record: Record, asking: _Asking) -> IndexResult | None:
    """Returns what an index says, or None if it is none, or none that concerns the provider."""
    result = IndexResult(form, place.shown, "unchanged", record=record or None)
    try:
        answer = fetch(place, _ACCEPT_INDEX[form], asking.look.limits, _validators(record))
    except NotFetched as error:
        return replace(result, status=error.failure, message=error.reason)
    if answer.body is None:
        return result
    index = index_of(form, answer.body.decode("utf-8-sig", "replace"), answer.base or place, asking.pages)
    if index is None or not index.listed:
        return None
    return _compared_index(result, index, answer, place, record, {source.shown for source in asking.sources})


def _compared_index(
    result: IndexResult,
    index: Index,
    answer: Answer,
    place: Address,
    record: Record,
    sources: Collection[str],
) -> IndexResult:
    new_record: Record = {
        "form": result.form,
        **{key: value for key, value in answer.validators._asdict().items() if value},
        "pages": " ".join(address.removeprefix(place.origin) for address in index.listed),
    }
    before = {f"{place.origin}{page}" if page.startswith("/") else page for page in record.get("pages", "").split()}
    own = {_without_suffix(address) for address in sources}
    new = tuple(each for each in index.listed if each not in before and _without_suffix(each) not in own)
    gone = () if index.is_cut else tuple(sorted(before - index.everything))
    if not record:
        message = f"{_pages(new)} beside the sources {'is' if len(new) == 1 else 'are'} not vendored" if new else ""
        return replace(result, status="unrecorded", message=message, new=new, record=new_record)
    if before == set(index.listed) or not (new or gone):
        return result
    clauses = [f"{_pages(pages)} {word}" for pages, word in ((new, "new"), (gone, "not listed any more")) if pages]
    return replace(result, status="changed", message="; ".join(clauses), new=new, gone=gone, record=new_record)


def _without_suffix(address: str) -> str:
    return address.removesuffix("/").removesuffix(".md").removesuffix(".mdx")


def _pages(pages: Sequence[str]) -> str:
    named = ", ".join(pages[:MOST_NAMED])
    more = f", and {len(pages) - MOST_NAMED} more" if len(pages) > MOST_NAMED else ""
    return f"{len(pages)} page{'' if len(pages) == 1 else 's'} ({named}{more})"
