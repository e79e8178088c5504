"""Indexes of a provider's pages: `llms.txt`, and the catalogue of its APIs (RFC 9727).

Decides where an index is looked for, and which of the addresses in it concern a provider. An index is data: nothing of
it is fetched, and its pages become sources only if somebody writes them into `provider.toml`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from clientsmith.load.tree import is_array, is_object
from clientsmith.upstream.addresses import Address, UnsafeAddress, address_of

MOST_LISTED = 1000
"""Addresses of one index that are compared; a larger one says too little about a provider's few pages."""

MOST_PLACES = 4
"""Places in which the `llms.txt` of one host is looked for."""

IndexForm: TypeAlias = Literal["llms.txt", "api-catalog"]

LONGEST_INDEX = 1 << 20
"""Characters of an index that are read; the rest counts as cut off."""

_CUT = 99_000
"""Characters from which `llms.txt` may be cut off: Mintlify lists no more than fit into 100,000."""

_LINK = re.compile(r"\]\(<?([^)\s>]{1,2000})")
_HEADING = re.compile(r"#{1,6}\s")
_RELATIONS = ("item", "service-desc", "service-doc")
"""Link relations of RFC 9727 (section 2) and RFC 8631 that lead to a description or documentation."""


class Index(NamedTuple):
    """What an index lists, as addresses that may be shown.

    Attributes:
        listed: what concerns the provider, sorted: documents, and pages beside those that are sources.
        everything: all of its addresses.
        is_cut: it may list less than there is.
    """

    listed: tuple[str, ...]
    everything: frozenset[str]
    is_cut: bool = False


def places_of(addresses: Sequence[Address]) -> Iterator[tuple[IndexForm, Sequence[Address]]]:
    """Yields the places of each index that the hosts of some addresses may have, the most likely first.

    An `llms.txt` is in a folder above pages: of those, the ones with most pages below them are asked, deepest first.
    """
    for origin in dict.fromkeys(address.origin for address in addresses):
        own = [address for address in addresses if address.origin == origin]
        above = Counter(folder for address in own for folder in _folders_above(address))
        likely = sorted(above, key=lambda folder: (-above[folder], -folder.count("/"), folder))[:MOST_PLACES]
        likely.sort(key=lambda folder: (-folder.count("/"), folder))
        yield "llms.txt", [own[0]._replace(target=f"{folder}/llms.txt", query="") for folder in likely]
        yield "api-catalog", [own[0]._replace(target="/.well-known/api-catalog", query="")]


def index_of(form: IndexForm, text: str, address: Address, pages: Collection[Address]) -> Index | None:
    """Returns what an index lists, or None if the text is no index.

    Args:
        form: of the index.
        text: of the index.
        address: of the index, which its links are relative to.
        pages: the pages of the provider: what is in their folders concerns it, and so does every document.
    """
    if form == "api-catalog":
        links = _catalogue_links(text) if len(text) <= LONGEST_INDEX else None
        if links is None:
            return None
        found = [(link, True) for link in links]
    else:
        found = list(_page_links(text[:LONGEST_INDEX]))
        if not found:
            return None
    folders = {(page.origin, _folder(page)) for page in pages}
    listed: set[str] = set()
    everything: set[str] = set()
    for link, is_document in found:
        try:
            target = address_of(link, address)
        except UnsafeAddress:
            continue
        everything.add(target.shown)
        if is_document or (target.origin, _folder(target)) in folders:
            listed.add(target.shown)
    is_cut = len(listed) > MOST_LISTED or (form == "llms.txt" and len(text) >= _CUT)
    return Index(tuple(sorted(listed)[:MOST_LISTED]), frozenset(everything), is_cut)


def _folder(address: Address) -> str:
    return address.path.rpartition("/")[0]


def _folders_above(address: Address) -> Iterator[str]:
    """Yields the folder of an address and all above it, `/docs/api`, `/docs` and the empty one of the root."""
    folder = _folder(address)
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""


def _page_links(text: str) -> Iterator[tuple[str, bool]]:
    """Yields the links of a list of pages, and whether its section is that of the OpenAPI documents."""
    in_documents = False
    for line in text.split("\n"):
        if _HEADING.match(line):
            in_documents = "openapi" in line.lower()
        for match in _LINK.finditer(line):
            yield match[1], in_documents


def _catalogue_links(text: str) -> list[str] | None:
    """Returns the links of a set of links as JSON (RFC 9264, section 4.2) that lead to descriptions of APIs."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    contexts = value.get("linkset") if is_object(value) else None
    if not is_array(contexts):
        return None
    links: list[str] = []
    for context in contexts:
        for relation in _RELATIONS:
            targets: object = context.get(relation) if is_object(context) else None
            for target in targets if is_array(targets) else ():
                href: object = target.get("href") if is_object(target) else None
                if isinstance(href, str):
                    links.append(href)
    return links
