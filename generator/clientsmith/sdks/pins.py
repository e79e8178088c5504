"""Pins for an API whose operations are to be called as in an SDK: matched by HTTP method and path.

Parameters are blanked. Where the whole path is not the same, versions and `api` in front do not count, if one operation
and no other is meant then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, TypeAlias

from clientsmith.parse.names import is_version
from clientsmith.project.keys import CALL_PATH
from clientsmith.sdks.calls import Sdk
from clientsmith.sdks.requests import Request, blanked
from clientsmith.view import NameOrigin

Reason: TypeAlias = Literal["not-a-name", "taken", "refused"]
"""Why an operation is not called as in the SDK: its name there is none in Python, or another operation has it, or the
client cannot have it."""


class Skipped(NamedTuple):
    operation: NameOrigin
    call: str
    reason: Reason


class Likeness(NamedTuple):
    """What the operations of an API are called in an SDK.

    Attributes:
        pins: the operations that are called differently there, and how.
        equal: the number of operations that are called the same.
        pinned: the number of operations that have a pin, which wins.
        skipped: the operations that cannot be called as there.
        missing: the operations that the SDK does not have.
        further: the requests of the SDK that the document does not have, and their call path.
    """

    pins: dict[NameOrigin, str]
    equal: int
    pinned: int
    skipped: tuple[Skipped, ...]
    missing: tuple[NameOrigin, ...]
    further: tuple[tuple[Request, str], ...]

    @property
    def matched(self) -> int:
        return len(self.pins) + self.equal + self.pinned + len(self.skipped)

    def without(self, refused: Iterable[NameOrigin]) -> Likeness:
        """Returns the same without the pins of operations that cannot be called so."""
        gone = {operation: self.pins[operation] for operation in refused}
        return self._replace(
            pins={operation: call for operation, call in self.pins.items() if operation not in gone},
            skipped=(*self.skipped, *(Skipped(operation, call, "refused") for operation, call in gone.items())),
        )


def pins_like(sdk: Sdk, operations: Iterable[NameOrigin]) -> Likeness:
    """Returns how operations, given as they are called now, are called in an SDK."""
    operations = list(operations)
    found = _matched(sdk.calls, operations)
    calls = {operation: sdk.calls[request] for operation, request in found.items()}
    kept = {o for o in calls if o.origin == "pin" or o.call in calls[o]}
    taken = {operation.call for operation in kept}
    pins: dict[NameOrigin, str] = {}
    skipped: list[Skipped] = []
    for operation in (operation for operation in calls if operation not in kept):
        valid = [call for call in calls[operation] if CALL_PATH.accepts(call)]
        call = next((call for call in valid if call not in taken), None)
        if call is not None:
            pins[operation] = call
            taken.add(call)
        else:
            skipped.append(Skipped(operation, calls[operation][0], "taken" if valid else "not-a-name"))
    used = set(found.values())
    return Likeness(
        pins=pins,
        equal=sum(operation.origin != "pin" for operation in kept),
        pinned=sum(operation.origin == "pin" for operation in kept),
        skipped=tuple(skipped),
        missing=tuple(operation for operation in operations if operation not in found),
        further=tuple((request, paths[0]) for request, paths in sdk.calls.items() if request not in used),
    )


def _matched(calls: Mapping[Request, object], operations: Iterable[NameOrigin]) -> dict[NameOrigin, Request]:
    """Returns the request of each operation that has one."""
    requests = {operation: (operation.method.upper(), blanked(operation.path)) for operation in operations}
    found = {operation: request for operation, request in requests.items() if request in calls}
    left: dict[Request, list[NameOrigin]] = defaultdict(list)
    for operation, request in requests.items():
        if operation not in found:
            left[_plain(request)].append(operation)
    further: dict[Request, list[Request]] = defaultdict(list)
    for request in calls.keys() - set(found.values()):
        further[_plain(request)].append(request)
    for plain, alike in left.items():
        if len(alike) == 1 and len(further.get(plain, ())) == 1:
            found[alike[0]] = further[plain][0]
    return {operation: found[operation] for operation in requests if operation in found}


def _plain(request: Request) -> Request:
    """Returns a request without what comes before its resources: `/files/{}` for `/api/v1/files/{}`."""
    method, path = request
    segments = path.split("/")[1:]
    while len(segments) > 1 and is_version(segments[0]):
        segments = segments[1:]
    return method, "/" + "/".join(segments)
