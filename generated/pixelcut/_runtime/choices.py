"""What a body must have some of, or may not have together, of packages whose documents
state it: a request that cannot be valid is refused before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .declarations import UNSET, is_json
from .params import object_of

if TYPE_CHECKING:  # the generator needs the declaration alone
    from .codec import Codec
    from .operation import Call


class Choice(NamedTuple):
    """At least `least` and at most `most` (None: any number) of some groups of
    properties are in a body of this media type, as in `Choice("multipart/form-data",
    (("image",), ("image_url",)), most=1)`; without groups, of all properties."""

    media_type: str
    groups: tuple[tuple[str, ...], ...] = ()
    least: int = 1
    most: int | None = None


def check(call: Call[Any], codec: Codec) -> None:
    """Raises TypeError for a body that has too few or too many of the properties that
    its operation declares."""
    files = {name: of for name, of in (call.files or {}).items() if of is not None}
    media_type = "multipart/form-data" if files else call.content_type
    fields = object_of(call.body) or object_of(codec.encode(call.body)) or {}
    fields = {**fields, **files}
    absent = (id(UNSET),) if is_json(media_type) else (id(UNSET), id(None))
    given = {name for name, value in fields.items() if id(value) not in absent}
    for choice in call.operation.choices:
        if choice.media_type == media_type and (fault := _fault(choice, given)):
            raise TypeError(f"{call.operation.id}: {fault}")


def _fault(choice: Choice, given: set[str]) -> str | None:
    names = [" with ".join(map(repr, group)) for group in choice.groups]
    listed = " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    counted = [group for group in choice.groups if given.issuperset(group)]
    count = len(counted) if choice.groups else len(given)
    if count < choice.least:
        number = "one" if choice.least == 1 else f"{choice.least}"
        return f"at least {number} of {listed or 'the properties'} is required"
    if choice.most is not None and count > choice.most:
        if not choice.most and counted:
            return f"{' and '.join(map(repr, counted[0]))} exclude one another"
        return f"at most {choice.most} of {listed or 'the properties'} can be given"
    return None
