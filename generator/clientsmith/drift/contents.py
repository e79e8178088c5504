"""The contents of two bodies, matched by their media types."""

from __future__ import annotations

from collections.abc import Sequence

from clientsmith import ir
from clientsmith.load.document import escape


def by_media_type(
    old: Sequence[ir.Content], new: Sequence[ir.Content]
) -> tuple[dict[str, ir.Content], dict[str, ir.Content]]:
    """Returns the contents of two bodies by media type; its parameters, as `charset`, make no difference."""
    before, after = ({one.media_type: one for one in contents} for contents in (old, new))
    for mine in [name for name in after if name not in before]:
        same = [name for name in before if name not in after and essence(name) == essence(mine)]
        if len(same) == 1 and sum(essence(name) == essence(mine) for name in after) == 1:
            after[same[0]] = after.pop(mine)
    return before, after


def essence(media_type: str) -> str:
    """Returns a media type without its parameters, in lower case (RFC 9110 section 8.3.1)."""
    return media_type.partition(";")[0].strip().lower()


def schemas_of(old: ir.Content, new: ir.Content, at: tuple[str, str]) -> tuple[str, str]:
    """Returns the addresses of the schemas of two contents of the bodies or responses at two addresses."""
    before, after = (f"{a}/content/{escape(c.media_type)}/schema" for a, c in zip(at, (old, new), strict=True))
    return before, after
