"""What a look at a provider's addresses found: records that are printed, and what would be written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, assert_never

from clientsmith.exit_status import ExitStatus, most_severe
from clientsmith.project.keys import SourceKind
from clientsmith.records import dataclass
from clientsmith.upstream.indexes import IndexForm
from clientsmith.upstream.judging import Changes

Status: TypeAlias = Literal["unchanged", "unrecorded", "changed", "gone", "refused", "unreachable", "unsafe", "skipped"]
"""What was found at an address.

    unchanged    it says what it said
    unrecorded   there was nothing to compare it with
    changed      it says something else
    gone         the provider says that there is nothing any more
    refused      there is an answer, which is not what it was: it is not vendored before somebody has looked at it
    unreachable  there was no answer
    unsafe       nothing must be fetched from there
    skipped      there is no address
"""

BLOCKING: frozenset[Status] = frozenset({"gone", "refused", "unreachable", "unsafe"})
"""With one of these, nothing of the provider is written: its files belong together."""

Record: TypeAlias = Mapping[str, str]
"""What the lock holds about an address."""


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What was found at the address of one source.

    Attributes:
        path: of the source in the provider's folder.
        kind: of the source.
        address: as it may be shown; empty if there is none.
        status: see `Status`.
        message: a clause.
        hint: how to go on.
        raw: the sha256 of the answer; empty if there was none.
        canonical: the sha256 of what it says.
        changes: what is different from the vendored file.
        body: of the answer, if it is to replace the vendored file.
        record: for the lock; None leaves what is there.
        is_cosmetic: whether the answer is another one that says the same.
    """

    path: str
    kind: SourceKind
    address: str
    status: Status
    message: str = ""
    hint: str = ""
    raw: str = ""
    canonical: str = ""
    changes: Changes | None = None
    body: bytes | None = None
    record: Record | None = None
    is_cosmetic: bool = False

    @property
    def slug(self) -> str:
        """What pipelines know it by; empty if there is nothing that they should know."""
        if self.status in ("changed", "gone"):
            return f"upstream-{self.status}"
        return "upstream-cosmetic" if self.is_cosmetic else ""


@dataclass(frozen=True, slots=True)
class IndexResult:
    """What an index of a provider's pages says.

    Attributes:
        form: of the index.
        address: as it may be shown.
        status: see `Status`.
        message: a clause.
        new: addresses that it lists since the last time; those that are not sources, if there was none.
        gone: addresses that it lists no more.
        record: for the lock; None leaves what is there.
    """

    form: IndexForm
    address: str
    status: Status
    message: str = ""
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    record: Record | None = None

    @property
    def slug(self) -> str:
        """What pipelines know it by; empty if it lists no page that is new."""
        return "page-new" if self.new else ""


@dataclass(frozen=True, slots=True)
class ProviderResult:
    """Everything about one provider."""

    provider: str
    sources: tuple[SourceResult, ...]
    indexes: tuple[IndexResult, ...] = ()

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The status of each result."""
        return (*(source.status for source in self.sources), *(index.status for index in self.indexes))

    @property
    def is_blocked(self) -> bool:
        """Whether nothing of this may be written. An index blocks nothing."""
        return any(source.status in BLOCKING for source in self.sources)

    def exit_status(self, *, written: bool) -> ExitStatus:
        """Returns the exit status of a run that found this. `written`: and wrote it."""
        return most_severe(_exit_status(status, written) for status in self.statuses)


def _exit_status(status: Status, written: bool) -> ExitStatus:
    match status:
        case "unsafe":
            return ExitStatus.UNSAFE_PATH
        case "gone" | "refused":
            return ExitStatus.DIAGNOSTICS
        case "changed":
            return ExitStatus.SUCCESS if written else ExitStatus.DIAGNOSTICS
        case "unreachable":
            return ExitStatus.UNREACHABLE
        case "unchanged" | "unrecorded" | "skipped":
            return ExitStatus.SUCCESS
        case _:
            assert_never(status)
