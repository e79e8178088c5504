"""Claims: what a documentation page states about an API, as small facts, and the statements of a page that make them.

Whether a claim is true is the subject of `compare`, whether it has changed that of `changes`. Two claims are equal if
they say the same, wherever they stand: location and section do not count.
"""

from __future__ import annotations

import dataclasses
from typing import Literal, TypeAlias

from clientsmith.diagnostics import Location
from clientsmith.records import dataclass

Role: TypeAlias = Literal["request", "response", ""]
"""Which side of an operation something is about; empty when the page does not say."""

Form: TypeAlias = Literal["table", "list", "example", "sentence"]
"""Where a page states something."""

Topic: TypeAlias = Literal["server", "authentication", "rate-limit", "limit", "deprecation"]


@dataclass(frozen=True, slots=True)
class OperationClaim:
    """There is an operation: `GET /v1/jobs/{job_id}`; method in lower case."""

    method: str
    path: str
    location: Location = dataclasses.field(compare=False)

    @property
    def operation(self) -> str:
        """`get /v1/jobs/{job_id}`, as the other claims name it."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class FieldClaim:
    """There is a field or a parameter: `ads[].error.code`, a string, never null.

    Attributes:
        path: from the object that the table, list or example describes; `[]` means each member of an array.
        types: JSON Schema types without `null`, sorted; empty when the page names none.
        nullable, required: None when the page does not state it, as an example does not.
        default: as it is written; empty when there is none.
        form: an example shows one type of several.
        status: the status of the response that an example belongs to; empty when that is not known.
        operation: `get /v1/jobs/{job_id}`; empty when it is said of the API.
        group: what the rows of one table have in common: its section and its header row.
    """

    path: str
    types: tuple[str, ...]
    nullable: bool | None
    required: bool | None
    default: str
    form: Form
    role: Role
    status: str
    operation: str
    location: Location = dataclasses.field(compare=False)
    group: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class EnumClaim:
    """A field has an allowed value: `status`, `pending`. `field` is a path, empty when the page does not name it."""

    field: str
    value: str
    form: Form
    status: str
    operation: str
    location: Location = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class StatusClaim:
    """An operation has a response with a status: `404`; without an operation, some operation of the page has."""

    status: str
    operation: str
    location: Location = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class ErrorCodeClaim:
    """An error has a code and comes with a status: `JOB_NOT_FOUND`, `404`; the status may be empty."""

    code: str
    status: str
    operation: str
    location: Location = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class SentenceClaim:
    """What a sentence states beside that, in one form: `rate-limit`, "60 requests per minute".

    Attributes:
        words: a URL (`server`), `Authorization: Bearer` or `header X-Api-Key` (`authentication`), a quantity
            (`rate-limit`, `limit`), `deprecated` with the date that is named (`deprecation`).
        subject: the field that it is said of; empty for the operation, or for the whole.
    """

    topic: Topic
    words: str
    subject: str
    operation: str
    location: Location = dataclasses.field(compare=False)


Claim: TypeAlias = OperationClaim | FieldClaim | EnumClaim | StatusClaim | ErrorCodeClaim | SentenceClaim


@dataclass(frozen=True, slots=True)
class Statement:
    """A heading, a sentence, a row, a list item or a line of code, and what it states.

    Attributes:
        text: its words in one form, without emphasis (see `words.normalised`).
        level: of a heading, 1 to 7; else 0.
        line: of the page, from 1.
        sections: the headings above it and, of a heading, its own, the outermost first.
    """

    text: str
    level: int
    line: int
    sections: tuple[str, ...]
    claims: tuple[Claim, ...]
