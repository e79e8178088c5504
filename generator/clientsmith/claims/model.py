"""Claims: what a documentation page states about an API, as small facts, and the file in which a page's are recorded.

Whether a claim is true is the subject of `compare`. The location of a claim is the line of its page.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypeAlias

from clientsmith.diagnostics import Location, Report
from clientsmith.records import dataclass


@dataclass(frozen=True, slots=True)
class OperationClaim:
    """There is an operation: `GET /v1/jobs/{job_id}`; method in lower case."""

    method: str
    path: str
    location: Location


@dataclass(frozen=True, slots=True)
class FieldClaim:
    """There is a field: `ads[].error.code`, a string, never null.

    Attributes:
        path: from the object that the table or example describes; `[]` means each member of an array.
        types: JSON Schema types without `null`, sorted; empty when the page names none.
        nullable: None when the page does not state it, as an example does not.
        source: `table 2` (tables counted from 1 over the page) or `example`. An example shows one type of several.
        status: the status of the response that an example belongs to; empty when that is not known.
        operation: `get /v1/jobs/{job_id}`, the last one that the page named before; empty when none was.
    """

    path: str
    types: tuple[str, ...]
    nullable: bool | None
    source: str
    status: str
    operation: str
    location: Location


@dataclass(frozen=True, slots=True)
class EnumClaim:
    """A field has an allowed value: `status`, `pending`. `field` is a path, empty when the page does not name it."""

    field: str
    value: str
    status: str
    operation: str
    location: Location


@dataclass(frozen=True, slots=True)
class StatusClaim:
    """An operation has a response with a status: `404`."""

    status: str
    operation: str
    location: Location


@dataclass(frozen=True, slots=True)
class ErrorCodeClaim:
    """An error has a code and comes with a status: `JOB_NOT_FOUND`, `404`; the status may be empty."""

    code: str
    status: str
    source: str
    operation: str
    location: Location


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
    """Returns the text of `<page>.claims.json`: one claim a line, in the page's order, without locations."""
    lines = [_line(claim) for claim in claims]
    return "[\n" + ",\n".join(f"  {line}" for line in lines) + "\n]\n" if lines else "[]\n"


def claims_file(page: str) -> str:
    """Returns the path of the file that records the claims of a page: `pages/jobs.claims.json` of `pages/jobs.md`."""
    folder, slash, name = page.rpartition("/")
    return f"{folder}{slash}{name.rpartition('.')[0] or name}.claims.json"


def check_recorded_claims(recorded: str | None, claims: Sequence[Claim], report: Report, place: Location) -> None:
    """Compare the claims that a reviewer accepted with those that the page makes now.

    Args:
        recorded: the text of the claims file; None when there is none.
        claims: of the page.
        report: gets `claims-stale`, one for each claim that was added or removed.
        place: of the claims file.
    """
    hint = "review the page and the document, then run `clientsmith generate --accept-claims`"
    if recorded is None:
        if claims:
            report.add("claims-stale", "the claims of the page were never recorded", place, hint=hint)
        return
    if recorded.replace("\r\n", "\n") == claims_text(claims):
        return
    known = {line.strip().rstrip(",") for line in recorded.splitlines()} - {"[", "]", "[]", ""}
    now = {_line(claim): claim for claim in claims}
    for line, claim in now.items():
        if line not in known:
            also = [("stated here", claim.location)]
            report.add("claims-stale", f"the page has a new claim: {line}", place, also=also, hint=hint)
    for line in sorted(known - now.keys()):
        report.add("claims-stale", f"the page no longer has the claim: {line}", place, hint=hint)
    if known == now.keys():
        report.add("claims-stale", "the page has the same claims in another order", place, hint=hint)


def _line(claim: Claim) -> str:
    """A claim as JSON on one line, without its location and what the page does not state."""
    values: dict[str, Any] = {field.name: getattr(claim, field.name) for field in dataclasses.fields(claim)}
    stated = {name: value for name, value in values.items() if name != "location" and value not in ("", None)}
    return json.dumps({"claim": _KINDS[type(claim)], **stated}, ensure_ascii=False)
