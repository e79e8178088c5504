"""The pages of one provider as witnesses of its document: which are heard, and what is left when they were.

    document --check_pages--> findings --strip_provenance--> the document without `x-source` and `x-assumed`

Only for a provider of a project: files that were named on the command line have nobody who signed for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from clientsmith.diagnostics import ClientsmithError, Location, Report
from clientsmith.load.assumptions import strip_provenance
from clientsmith.load.document import Document
from clientsmith.load.source import FileError, decode, read_bytes


def hear_witnesses(
    document: Document,
    report: Report,
    *,
    root: Path,
    shown: str,
    pages: Sequence[str],
    authored: Sequence[str],
) -> tuple[tuple[str, str], ...]:
    """Hold the pages without OpenAPI against the document, then take the marks of origin out of it.

    Args:
        document: as loaded; loses its `x-source` and `x-assumed`, gains the digests of the claims files.
        report: takes `claims-stale`, `claim-missing`, `claim-conflict`, `claim-unsourced`.
        root: the provider's folder.
        shown: what stands before its files' names in findings.
        pages: paths of prose pages and of rendered editions, relative to `root`.
        authored: paths of the documents that were written by hand, relative to `root`.

    Returns:
        What is assumed: pointer and reason, sorted.
    """
    if pages or authored:
        # Most runs have none, and need not wait until this is imported.
        from clientsmith.claims.compare import check_pages, claims_file

        texts: dict[str, str] = {}
        committed: dict[str, str] = {}
        for page in pages:
            if (text := _text(root, shown, page, report)) is not None:
                texts[f"{shown}{page}"] = text
            kept = claims_file(page)
            if (root / kept).exists() and (text := _text(root, shown, kept, report)) is not None:
                committed[f"{shown}{kept}"] = text
                document.digests[kept] = hashlib.sha256(text.encode()).hexdigest()
        by_hand = {f"{shown}{path}" for path in authored}
        check_pages(
            document,
            report,
            pages=texts,
            committed=committed,
            authored=lambda pointer: document.place(f"#{pointer}").file in by_hand,
        )
    document.root, assumptions = strip_provenance(document.root)
    return tuple((a.pointer, a.reason) for a in assumptions)


def claims_files(root: Path, shown: str, pages: Sequence[str], report: Report) -> dict[str, str]:
    """What the pages say now, as the claims files to keep: path relative to `root` to text.

    A page that cannot be read is a finding in the report, and has none.
    """
    from clientsmith.claims.compare import claims, claims_file, claims_text

    texts = {page: _text(root, shown, page, report) for page in pages}
    return {
        claims_file(page): claims_text(claims(text, f"{shown}{page}"))
        for page, text in texts.items()
        if text is not None
    }


def _text(root: Path, shown: str, name: str, report: Report) -> str | None:
    """The text of a file of the provider; nothing when it cannot be read, which is a finding."""
    try:
        return decode(read_bytes(root / name, root=root), report, name=f"{shown}{name}")
    except FileError as error:
        report.add(error.slug, f"cannot read {f'{shown}{name}'!r}: {error.reason}", Location(f"{shown}{name}"))
    except ClientsmithError:
        # Not text: the finding is in the report already.
        pass
    return None
