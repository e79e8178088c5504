"""Documentation is cross-checked: what pages without OpenAPI state is compared with the `Api`.

    pages -- claims --> claims file -- compare --> Api, and the marks of origin in the document

For a provider that publishes prose, a person writes the document, and the comparison keeps it true when pages change.
For pages with OpenAPI in them, a rendered edition is a second source of the same facts. Files that are named on the
command line have no maintainer who cites pages: only providers of a project are cross-checked.

    model    the kinds of claims, the file that records them      compare   claims, citations and origins
    pages    text to claims                                       lookup    the `Api` in the terms of documentation
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from clientsmith import ir
from clientsmith.claims.compare import Place, check_citations, check_claims, check_origins
from clientsmith.claims.model import Claim, check_recorded_claims, claims_file, claims_text
from clientsmith.claims.pages import claims
from clientsmith.diagnostics import ClientsmithError, Location, Report
from clientsmith.load.marks import Marks
from clientsmith.load.source import FileError, decode, read_bytes


def cross_check(
    api: ir.Api,
    marks: Marks,
    report: Report,
    *,
    place: Place,
    root: Path,
    shown: str,
    pages: Sequence[str],
    authored: Iterable[str],
) -> dict[str, str]:
    """Compare the pages of a provider that have no OpenAPI in them with its API.

    Args:
        api: as parsed.
        marks: the marks of origin that were in its document.
        report: gets `claims-stale`, `claim-missing`, `claim-conflict`, `claim-unsourced`.
        place: where the node at an address of the document is located.
        root: the provider's folder.
        shown: the prefix of its files' names in diagnostics.
        pages: paths of prose pages and of rendered editions, relative to `root`.
        authored: paths of the documents that were written by hand, relative to `root`.

    Returns:
        The digest (sha256) of each claims file that was read, by path relative to `root`.
    """
    digests: dict[str, str] = {}
    texts: dict[str, str] = {}
    found: list[Claim] = []
    for page in sorted(pages):
        if (text := _text(root, shown, page, report)) is None:
            continue
        texts[f"{shown}{page}"] = text
        stated = claims(text, f"{shown}{page}")
        found += stated
        file = claims_file(page)
        recorded = _text(root, shown, file, report) if (root / file).exists() else None
        if recorded is not None:
            digests[file] = hashlib.sha256(recorded.encode()).hexdigest()
        check_recorded_claims(recorded, stated, report, Location(f"{shown}{file}"))
    by_hand = {f"{shown}{path}" for path in authored}
    check_claims(found, api, report, place=place)
    check_citations(found, marks, report, place=place, pages=texts)
    check_origins(
        found, api, marks, report, place=place, authored=lambda address: place(address).file in by_hand
    )
    return digests


def claims_files(root: Path, shown: str, pages: Sequence[str], report: Report) -> dict[str, str]:
    """Returns the claims files of pages as they are now: path relative to `root`, and text.

    A page that cannot be read has a diagnostic in the report, and no file.
    """
    texts = {page: _text(root, shown, page, report) for page in pages}
    return {
        claims_file(page): claims_text(claims(text, f"{shown}{page}"))
        for page, text in texts.items()
        if text is not None
    }


def _text(root: Path, shown: str, name: str, report: Report) -> str | None:
    """The text of a file of the provider; None, with a diagnostic, if it cannot be read."""
    try:
        return decode(read_bytes(root / name, root=root), report, name=f"{shown}{name}")
    except FileError as error:
        report.add(error.slug, f"cannot read {f'{shown}{name}'!r}: {error.reason}", Location(f"{shown}{name}"))
    except ClientsmithError:
        # It is not text; the report has the diagnostic.
        pass
    return None
