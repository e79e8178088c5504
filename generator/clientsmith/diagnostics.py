"""Diagnostics: one type and one collector, used by every stage.

Decides the severity of a diagnostic (the one table from slug to severity). What is wrong is for the stages to decide,
how it is printed for `cli.console`.

A diagnostic has a `Location`: a file and a JSON Pointer in it. Lines are looked up only when something is printed,
because keeping the position of every node would cost more than reading the document (see `Report.located`).
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from clientsmith.records import dataclass


class Severity(enum.StrEnum):
    """ERROR: the output would be untrustworthy, unsafe or impossible. WARNING: all is generated, but needs a review.

    NOTE: something that a careful reader wants to know; it never fails a run.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITY: dict[str, Severity] = {
    # load: reading
    "not-readable": Severity.ERROR,
    "not-text": Severity.ERROR,
    "syntax": Severity.ERROR,
    "empty-document": Severity.ERROR,
    "no-document": Severity.ERROR,
    "limit-exceeded": Severity.ERROR,
    "yaml-tag": Severity.ERROR,
    "unsafe-path": Severity.ERROR,
    "unsupported-version": Severity.ERROR,
    "duplicate-key": Severity.WARNING,
    "trailing-comma": Severity.WARNING,
    "version-not-a-string": Severity.NOTE,
    "page-without-fragment": Severity.WARNING,
    "page-legacy-form": Severity.WARNING,
    "page-operation-mismatch": Severity.WARNING,
    # load: references
    "unresolved-ref": Severity.WARNING,
    "remote-ref": Severity.WARNING,
    "ref-outside": Severity.WARNING,
    "circular-ref": Severity.WARNING,
    "ref-siblings-ignored": Severity.WARNING,
    "ref-through-ref": Severity.WARNING,
    "path-item-ref-conflict": Severity.WARNING,
    "ref-out-of-place": Severity.WARNING,
    "ref-to-entry": Severity.WARNING,
    "ref-annotations-ignored": Severity.NOTE,
    "dialect-mixed": Severity.NOTE,
    "wrong-type": Severity.WARNING,
    # load: merging
    "merge-openapi-version": Severity.ERROR,
    "merge-info-version": Severity.ERROR,
    "merge-component-conflict": Severity.ERROR,
    "merge-operation-conflict": Severity.ERROR,
    "merge-root-conflict": Severity.ERROR,
    "merge-files": Severity.ERROR,
    "merge-setting-unused": Severity.ERROR,
    "merge-doc-variance": Severity.WARNING,
    "merge-pushed-down": Severity.NOTE,
    "merge-openapi-patch": Severity.NOTE,
    "merge-same-scheme": Severity.NOTE,
    "unknown-root-key": Severity.WARNING,
    # load: overlays
    "overlay-invalid": Severity.ERROR,
    "overlay-dead-target": Severity.ERROR,
    "overlay-incompatible": Severity.ERROR,
    "overlay-noop": Severity.WARNING,
    # load: claims
    "claim-missing": Severity.WARNING,
    "claim-conflict": Severity.WARNING,
    "claim-unsourced": Severity.WARNING,
    "claims-stale": Severity.WARNING,
    "page-changed": Severity.WARNING,
    "source-invalid": Severity.ERROR,
    # validation
    "invalid-openapi": Severity.WARNING,
    "validation-incomplete": Severity.NOTE,
    # parse
    "duplicate-operation-id": Severity.WARNING,
    "equal-paths": Severity.WARNING,
    "undeclared-path-parameter": Severity.WARNING,
    "unused-path-parameter": Severity.WARNING,
    "path-parameter-spelling": Severity.NOTE,
    "ignored-header-parameter": Severity.NOTE,
    "authorization-parameter": Severity.NOTE,
    "duplicate-parameter": Severity.WARNING,
    "circular-all-of": Severity.WARNING,
    "conflicting-all-of": Severity.WARNING,
    "recursive-type": Severity.WARNING,
    "untyped": Severity.WARNING,
    "unsupported-schema": Severity.WARNING,
    "optional-body": Severity.NOTE,
    "read-only-body": Severity.WARNING,
    "unsupported-media-type": Severity.WARNING,
    "unsupported-security": Severity.WARNING,
    "access-token": Severity.NOTE,
    "same-credential": Severity.NOTE,
    "unsupported-style": Severity.WARNING,
    "unsupported-method": Severity.WARNING,
    "discriminator": Severity.WARNING,
    "no-server": Severity.WARNING,
    "server-address": Severity.ERROR,
    "server-insecure": Severity.WARNING,
    "server-other-host": Severity.WARNING,
    "unknown-security-scheme": Severity.WARNING,
    "required-without-property": Severity.NOTE,
    "array-without-items": Severity.NOTE,
    "default-does-not-fit": Severity.NOTE,
    "job-invalid": Severity.ERROR,
    # translate
    "name-long": Severity.NOTE,
    "name-lost": Severity.WARNING,
    "name-joined": Severity.NOTE,
    "name-renamed": Severity.NOTE,
    "name-numbered": Severity.WARNING,
    "name-unusable": Severity.WARNING,
    "name-pin-unused": Severity.ERROR,
    "alias-taken": Severity.ERROR,
    "alias-unknown": Severity.ERROR,
    "only-unused": Severity.ERROR,
    "operation-not-selected": Severity.NOTE,
    "unused-schema": Severity.NOTE,
    # settings
    "settings-invalid": Severity.ERROR,
    "allow-unused": Severity.ERROR,
    # output
    "cannot-write": Severity.ERROR,
    "output-foreign": Severity.ERROR,
    "output-overwritten": Severity.WARNING,
    "output-missing": Severity.ERROR,
    "output-extra": Severity.ERROR,
    "output-stale": Severity.ERROR,
    "output-edited": Severity.ERROR,
    "generator-changed": Severity.NOTE,
    "lock-invalid": Severity.ERROR,
    # drift
    "acceptance-unused": Severity.WARNING,
    "acceptance-expired": Severity.WARNING,
}
"""Slug to severity. An unknown slug is a bug of clientsmith and raises `KeyError`."""

OF_ONE_RUN = frozenset({"name-lost"})
"""Warnings about a change since the last run, which the next one does not repeat."""


@dataclass(frozen=True, slots=True)
class Location:
    """A location in a file: `Location("specs/acme/openapi.yaml", "/paths/~1jobs/get", 41, 15)`.

    `file` is as the user sees it, `pointer` is an RFC 6901 JSON Pointer inside it (empty: the whole file), `line` and
    `column` are counted from 1; 0 means that they have not been looked up.
    """

    file: str
    pointer: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if self.line:
            return f"{self.file}:{self.line}:{self.column}"
        return f"{self.file}#{self.pointer}" if self.pointer else self.file


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong with the value in quotes, a stable slug, every location, and a hint how to fix it.

    Attributes:
        also: Locations of other things that it is about, with a label.
        repeated: Further locations of which the same is true.
        subject: What the user wrote that it is about, such as the target of an action; for `drift`, and not printed.
    """

    slug: str
    message: str
    location: Location
    severity: Severity
    also: tuple[tuple[str, Location], ...] = ()
    hint: str = ""
    repeated: tuple[Location, ...] = ()
    subject: str = ""

    @property
    def locations(self) -> tuple[Location, ...]:
        """Every location of which it is true."""
        return (self.location, *self.repeated)

    def narrowed(self, locations: Sequence[Location]) -> Diagnostic:
        """Returns the same about some of its locations only, at least one."""
        return dataclasses.replace(self, location=locations[0], repeated=tuple(locations[1:]))


class ClientsmithError(Exception):
    """The run cannot continue; `report` contains every diagnostic so far, the error among them."""

    def __init__(self, report: Report) -> None:
        super().__init__(next((d.message for d in report.errors), "failed"))
        self.report = report


class Report:
    """Collects the diagnostics of all stages, so that a run can print them all and fail once.

    Args:
        strict: Turns warnings into errors.
        lenient: Slugs of errors that are warnings here.
    """

    def __init__(self, *, strict: bool = False, lenient: Collection[str] = ()) -> None:
        self.strict = strict
        self._lenient = lenient
        self._diagnostics: list[Diagnostic] = []
        self._seen: set[tuple[str, str, Location]] = set()
        self._folded: dict[tuple[object, ...], int] = {}
        self._repeated: dict[int, list[Location]] = {}

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """All of them, in the order in which they were recorded first."""
        for index, locations in self._repeated.items():
            found = self._diagnostics[index]
            self._diagnostics[index] = dataclasses.replace(found, repeated=(*found.repeated, *locations))
        self._repeated.clear()
        return self._diagnostics

    @diagnostics.setter
    def diagnostics(self, kept: list[Diagnostic]) -> None:
        self._folded.clear()
        self._repeated.clear()
        self._diagnostics = kept

    def add(
        self,
        slug: str,
        message: str,
        location: Location,
        *,
        also: Iterable[tuple[str, Location]] = (),
        hint: str = "",
        lenient: bool = False,
        fold: bool = False,
        subject: str = "",
    ) -> None:
        """Records a diagnostic once. Its severity is that of `SEVERITY`; when strict, a warning becomes an error.

        Args:
            slug: A key of `SEVERITY`.
            message: One line, values in quotes. It may contain text of a document; the printer escapes it.
            location: The location of what is wrong.
            also: Further locations with a label, such as `("first defined here", location)`.
            hint: How to fix it, one line.
            lenient: Makes an error a warning: ad-hoc files (`--spec`) need not agree with one another as the sources
                of one provider must.
            fold: Adds the location to a diagnostic that differs in nothing else, for slips that a document repeats.
                Errors are never folded, because each of them has to be corrected.
            subject: See `Diagnostic`.

        Raises:
            KeyError: The table does not have the slug.
        """
        severity = SEVERITY[slug]
        if (lenient or slug in self._lenient) and severity is Severity.ERROR:
            severity = Severity.WARNING
        fold = fold and severity is not Severity.ERROR
        if self.strict and severity is Severity.WARNING:
            severity = Severity.ERROR
        key = (slug, message, location)
        if key in self._seen:
            return
        self._seen.add(key)
        others = tuple(also)
        if fold:
            first = self._folded.setdefault((slug, message, others, hint), len(self._diagnostics))
            if first < len(self._diagnostics):
                self._repeated.setdefault(first, []).append(location)
                return
        self._diagnostics.append(Diagnostic(slug, message, location, severity, others, hint, (), subject))

    @property
    def errors(self) -> list[Diagnostic]:
        return [d for d in self.diagnostics if d.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Diagnostic]:
        return [d for d in self.diagnostics if d.severity is Severity.WARNING]

    def raise_on_errors(self) -> None:
        """Raises `ClientsmithError` if an error was recorded. Called between stages: collect all, then fail once."""
        if self.errors:
            raise ClientsmithError(self)

    def fatal(
        self, slug: str, message: str, location: Location, *, also: Iterable[tuple[str, Location]] = (), hint: str = ""
    ) -> ClientsmithError:
        """Records an error and returns the exception to raise: `raise report.fatal(...)`."""
        self.add(slug, message, location, also=also, hint=hint)
        return ClientsmithError(self)

    def located(self, lookup: Callable[[Sequence[Location]], Mapping[Location, Location]]) -> None:
        """Adds missing lines and columns, in one pass a file: `lookup` maps a location to the same with its line."""
        wanted = [
            place
            for d in self.diagnostics
            for place in (*d.locations, *(place for _, place in d.also))
            if not place.line
        ]
        if not wanted:
            return
        found = lookup(wanted)
        self.diagnostics = [
            dataclasses.replace(
                d,
                location=found.get(d.location, d.location),
                also=tuple((label, found.get(place, place)) for label, place in d.also),
                repeated=tuple(found.get(place, place) for place in d.repeated),
            )
            for d in self.diagnostics
        ]
