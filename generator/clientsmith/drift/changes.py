"""A change between two editions: of what, by which rule, and what it was before and after."""

from __future__ import annotations

from typing import Literal, TypeAlias

from clientsmith.drift.rules import RULES, Level, Rule
from clientsmith.records import dataclass

SubjectKind: TypeAlias = Literal[
    "operation", "argument", "response", "model", "field", "error", "client", "job", "server", "webhook",
    "document", "overlay", "selection",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """What changed: `Subject("argument", ("GET /v1/jobs/{}", "query:limit"))`, `Subject("field", ("Job", "state"))`.

    Operations are known by method and path without the names of its parameters, classes by the name that they have in
    the old client (in the new one, if they are new), fields by their wire name. Of an overlay, the file and a target
    that selects nothing; of a selection, an entry of `only` that matches nothing.
    """

    kind: SubjectKind
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind} {' '.join(self.parts)}"


@dataclass(frozen=True, slots=True)
class Change:
    """One change, seen in the document or in the client.

    Attributes:
        rule: The id of its rule.
        subject: What changed.
        old, new: What it was and is, as text; empty where there was or is nothing.
        old_at, new_at: Addresses in the two documents; empty if it was seen in the client alone.
        of_client: Whether it was seen in the public names of the client.
        level: That of this very change, where it is not what its rule says of all.
    """

    rule: str
    subject: Subject
    old: str = ""
    new: str = ""
    old_at: str = ""
    new_at: str = ""
    of_client: bool = False
    level: Level | None = None

    @property
    def of_rule(self) -> Rule:
        return RULES[self.rule]

    @property
    def graded(self) -> Level:
        """The level of the change by itself."""
        return self.level or (self.of_rule.python if self.of_client else self.of_rule.wire)
