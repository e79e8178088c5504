"""Functions that tell the values of enumerations, and report those that are new."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, TypeAlias, TypeGuard, TypeVar, get_args

from .codec import pointer_of
from .codec_kinds import Const, Kind, scalars

T = TypeVar("T")

ValueGuard: TypeAlias = Callable[[object], TypeGuard[T]]
"""Tells whether a value is one that the documentation names, and narrows its type."""


def value_guard(values: Any) -> Any:
    """Returns the guard of a `Literal`, or of the values in a tuple."""
    known = get_args(values) or values

    def is_known(value: object) -> bool:
        return value in known

    return is_known


def opened(members: list[Kind]) -> list[Kind]:
    """Returns the members of a union; an enumeration beside the classes of its values,
    as in `State | str`, is one member, which is open."""
    classes = {type(value) for one in members for value in _listed(one)}
    bases = [scalars()[cls] for cls in classes if scalars()[cls] in members]
    listed = [
        m for m in members if all(scalars()[type(v)] in bases for v in _listed(m))
    ]
    values = tuple(value for one in listed for value in _listed(one))
    if not values:
        return members
    others = [m for m in members if m not in bases and not (m in listed and _listed(m))]
    return [Const(values, open=True), *others]


def _listed(kind: Kind) -> tuple[str | int | bool, ...]:
    return kind.values if isinstance(kind, Const) else ()


MOST_NOTED: Final = 1000
"""What is remembered of an operation, so that a server cannot fill memory."""


def report(at: Any, value: object) -> None:
    """Takes note that `value` is none of those that an enumeration lists: when strict
    always, else once for the place, whichever item of a list it is in."""
    shown = f"{value!r:.80}"
    noted = re.sub(r"/[0-9]+(?=/|$)", "/*", pointer_of(at.path)), shown
    if at.strict or noted not in at.noted:
        if not at.strict and len(at.noted) < MOST_NOTED:
            at.noted.add(noted)
        at.note(f"unknown value {shown}")
