"""What pages say, held against what a document says, in both directions.

    page -- claims --> claims -- check_claims --> does the document say it too?
    authored document -- check_sources --> does a page say it, or is it marked as assumed?
                      -- strip_provenance --> the document, and what is assumed

For providers that publish prose: a person writes the document, and these checks keep it honest when pages change. For
pages with OpenAPI in them, a rendered edition is a second witness. The modules: `claims_model` (the facts),
`claims_pages` (reading pages), `claims_schemas` (finding things in a document), `claims_check`, `claims_sources`,
`claims_strip`.
"""

from collections.abc import Callable, Mapping

from clientsmith.claims.check import check_claims
from clientsmith.claims.model import (
    Claim,
    EnumClaim,
    ErrorCodeClaim,
    FieldClaim,
    OperationClaim,
    Stand,
    StatusClaim,
    check_committed_claims,
    claims_file,
    claims_text,
)
from clientsmith.claims.pages import claims
from clientsmith.claims.sources import check_sources, normalised
from clientsmith.diagnostics import Location, Report
from clientsmith.load.assumptions import Assumption, strip_provenance
from clientsmith.load.document import Document

__all__ = [
    "Assumption",
    "Claim",
    "EnumClaim",
    "ErrorCodeClaim",
    "FieldClaim",
    "OperationClaim",
    "Stand",
    "StatusClaim",
    "check_claims",
    "check_committed_claims",
    "check_pages",
    "check_sources",
    "claims",
    "claims_file",
    "claims_text",
    "normalised",
    "strip_provenance",
]


def check_pages(
    document: Document,
    report: Report,
    *,
    pages: Mapping[str, str],
    committed: Mapping[str, str],
    authored: Callable[[str], bool],
) -> None:
    """All checks of one provider: claims as committed, claims against the document, the document against claims.

    Args:
        document: with its `x-source`s.
        report: gets `claims-stale`, `claim-missing`, `claim-conflict` and `claim-unsourced`.
        pages: text by name of the pages without OpenAPI: prose, and rendered editions.
        committed: text by name of the claims files that there are (`claims_file` names them).
        authored: whether the value at a JSON Pointer of the document's root was written by hand.
    """
    found: list[Claim] = []
    for name in sorted(pages):
        stated = claims(pages[name], name)
        file = claims_file(name)
        check_committed_claims(committed.get(file), stated, report, Location(file))
        found += stated
    check_claims(found, document, report)
    check_sources(found, document, report, authored=authored, pages=pages)
