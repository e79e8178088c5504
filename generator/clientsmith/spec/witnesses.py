"""The pages of one provider as witnesses of its document: which are heard, and what is left when they were.

    document --check_pages--> findings --strip_provenance--> the document without `x-source` and `x-assumed`

Only for a provider of a project: files that were named on the command line have nobody who signed for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from clientsmith.diagnostics import Report
from clientsmith.spec.claims import check_pages, claims, claims_file, claims_text, strip_provenance
from clientsmith.spec.document import Document


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
        texts = {f"{shown}{page}": _text(root / page) or "" for page in pages}
        committed: dict[str, str] = {}
        for page in pages:
            kept = _text(root / claims_file(page))
            if kept is not None:
                committed[f"{shown}{claims_file(page)}"] = kept
                document.digests[claims_file(page)] = hashlib.sha256(kept.encode()).hexdigest()
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


def claims_files(root: Path, shown: str, pages: Sequence[str]) -> dict[str, str]:
    """What the pages say now, as the claims files to keep: path relative to `root` to text."""
    return {claims_file(page): claims_text(claims(_text(root / page) or "", f"{shown}{page}")) for page in pages}


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
