"""The last line of a run, and what it counts. As frugal with imports as `project` and `lock`."""

from __future__ import annotations

from typing import NamedTuple

from clientsmith.project.lock import Counts


class Summary(NamedTuple):
    """What came out of one provider, and what it did to the output folder (numbers of files)."""

    provider: str
    counts: Counts
    written: int = 0
    unchanged: int = 0
    removed: int = 0

    def line(self, *, repeated: bool = False) -> str:
        """`acme: 12/12 operations, 30 models, 0 warnings, 24 files (2 written, 22 unchanged, 0 removed)`.

        Args:
            repeated: the counts are those of an earlier run, whose warnings are not shown again.
        """
        counts = self.counts
        allowed = f" ({counts.allowed} allowed)" if counts.allowed else ""
        where = " (run `clientsmith check` to see them)" if repeated and counts.warnings else ""
        return (
            f"{self.provider}: {counts.operations}/{counts.documented} operations, {counts.models} models, "
            f"{counts.warnings} warnings{allowed}{where}, {self.written + self.unchanged} files "
            f"({self.written} written, {self.unchanged} unchanged, {self.removed} removed)"
        )

    def json(self) -> dict[str, object]:
        return {
            **self.counts._asdict(),
            "written": self.written,
            "unchanged": self.unchanged,
            "removed": self.removed,
        }
