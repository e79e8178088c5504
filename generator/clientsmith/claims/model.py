"""Claims: what a documentation page says about an API, as small facts that can be compared with a document.

A claim does not know whether it is true; `claims_check` holds it against a document.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from clientsmith.diagnostics import Location, Report


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a claim stands: `Stand("pages/jobs.md", 7)`, lines counted from 1."""

    page: str
    line: int

    @property
    def place(self) -> Location:
        return Location(self.page, "", self.line, 1)


@dataclass(frozen=True, slots=True)
class OperationClaim:
    """There is an operation: `GET /v1/jobs/{job_id}`; method in lower case."""

    method: str
    path: str
    stand: Stand


@dataclass(frozen=True, slots=True)
class FieldClaim:
    """There is a field: `ads[].error.code`, a string, never null.

    Attributes:
        path: from the object that the table or example describes; `[]` means each member of an array.
        types: JSON Schema types without `null`, sorted; empty when the page does not say.
        nullable: None when the page does not say, as an example does not.
        source: `table 2` (tables counted from 1 over the page) or `example`. An example shows one type of several.
        status: the status of the answer that an example belongs to; empty when that is not known.
        operation: `get /v1/jobs/{job_id}`, the last one named before; empty when none was.
    """

    path: str
    types: tuple[str, ...]
    nullable: bool | None
    source: str
    status: str
    operation: str
    stand: Stand


@dataclass(frozen=True, slots=True)
class EnumClaim:
    """A field takes a value: `status` takes `pending`. `field` is a path, or empty when the page does not say whose."""

    field: str
    value: str
    status: str
    operation: str
    stand: Stand


@dataclass(frozen=True, slots=True)
class StatusClaim:
    """An operation answers with a status: `404`."""

    status: str
    operation: str
    stand: Stand


@dataclass(frozen=True, slots=True)
class ErrorCodeClaim:
    """An error has a code and comes with a status: `JOB_NOT_FOUND`, `404`; the status may be empty."""

    code: str
    status: str
    source: str
    operation: str
    stand: Stand


Claim: TypeAlias = OperationClaim | FieldClaim | EnumClaim | StatusClaim | ErrorCodeClaim

Kind = Literal["operation", "field", "enum", "status", "error"]

_KINDS: dict[type[Claim], Kind] = {
    OperationClaim: "operation",
    FieldClaim: "field",
    EnumClaim: "enum",
    StatusClaim: "status",
    ErrorCodeClaim: "error",
}


def claims_text(claims: Iterable[Claim]) -> str:
    """The file `<page>.claims.json`: one claim a line, in the page's order; where it stands is left out."""
    lines = [json.dumps(_plain(claim), ensure_ascii=False) for claim in claims]
    return "[\n" + ",\n".join(f"  {line}" for line in lines) + "\n]\n" if lines else "[]\n"


def claims_file(page: str) -> str:
    """Where the claims of a page are kept: `pages/jobs.claims.json` for `pages/jobs.md`."""
    folder, slash, name = page.rpartition("/")
    return f"{folder}{slash}{name.rpartition('.')[0] or name}.claims.json"


def check_committed_claims(committed: str | None, claims: Sequence[Claim], report: Report, place: Location) -> None:
    """Compare the claims that a reviewer accepted with those that the page makes now.

    Args:
        committed: the text of the claims file; None when there is none.
        claims: of the page.
        report: gets `claims-stale`, one for each claim that came or went.
        place: of the claims file.
    """
    hint = "review the page and the document, then run `clientsmith generate --accept-claims`"
    if committed is None:
        if claims:
            report.add("claims-stale", "the page's claims were never written down", place, hint=hint)
        return
    if committed.replace("\r\n", "\n") == claims_text(claims):
        return
    known = {line.strip().rstrip(",") for line in committed.splitlines()} - {"[", "]", "[]", ""}
    now = {json.dumps(_plain(claim), ensure_ascii=False): claim for claim in claims}
    for line, claim in now.items():
        if line not in known:
            also = [("stated here", claim.stand.place)]
            report.add("claims-stale", f"the page says something new: {line}", place, also=also, hint=hint)
    for line in sorted(known - now.keys()):
        report.add("claims-stale", f"the page no longer says: {line}", place, hint=hint)
    if known == now.keys():
        report.add("claims-stale", "the page says the same in another order", place, hint=hint)


def _plain(claim: Claim) -> dict[str, Any]:
    plain: dict[str, Any] = {"claim": _KINDS[type(claim)]}
    for name in (field.name for field in dataclasses.fields(claim)):
        value: object = getattr(claim, name)
        if name != "stand" and value not in ("", None):
            plain[name] = value
    return plain
