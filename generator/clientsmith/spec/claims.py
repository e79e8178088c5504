"""What pages say, held against what a document says, in both directions.

    page -- claims --> claims -- check_claims --> does the document say it too?
    authored document -- check_sources --> does a page say it, or is it marked as assumed?
                      -- strip_provenance --> the document, and what is assumed

For providers that publish prose: a person writes the document, and these checks keep it honest when pages change. For
pages with OpenAPI in them, a rendered edition is a second witness. The modules: `claims_model` (the facts),
`claims_pages` (reading pages), `claims_schemas` (finding things in a document), `claims_check`, `claims_sources`.
"""

from clientsmith.spec.claims_check import check_claims
from clientsmith.spec.claims_model import (
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
from clientsmith.spec.claims_pages import claims
from clientsmith.spec.claims_sources import Assumption, check_sources, normalised, strip_provenance

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
    "check_sources",
    "claims",
    "claims_file",
    "claims_text",
    "normalised",
    "strip_provenance",
]
