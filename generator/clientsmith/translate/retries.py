"""When a call is sent again, read off the runtime's own rule, `is_repeated`."""

from __future__ import annotations

from functools import cache

from clientsmith.runtime.declarations import IDEMPOTENT, Operation, is_repeated
from clientsmith.view import Retries

_SERVER_ERRORS = 100

ORDINARY = "Safe to send again."
"""What the docstring of a method says that is sent again as most are; the client's documentation states how."""


def retries_of(operation: Operation, reason: str = "") -> Retries:
    """Returns when calls of an operation are sent again.

    An operation with an idempotency key always has one, given or made, by which the server recognises a repetition.

    Args:
        operation: as it is declared to the runtime.
        reason: why its `retry_statuses` were declared.
    """
    safe, declared = operation.is_idempotent or operation.idempotency_header is not None, operation.retry_statuses
    statuses = _repeated(safe=safe, declared=declared)
    lost = is_repeated(None, safe=safe, declared=declared)
    listed = _listed(statuses)
    when = "after a lost connection," if lost else "only if it did not arrive, or after"
    sentence = f"Sent again {when} {listed}."
    ordinary = operation.method in IDEMPOTENT and not declared
    return Retries(sentence, lost, statuses, reason, is_ordinary=ordinary)


def ordinary_retries() -> str:
    """Returns when calls that may be carried out twice are sent again: what documentation states once for all."""
    return f"after a lost connection, {_listed(_repeated(safe=True, declared=()))}"


@cache
def _repeated(*, safe: bool, declared: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(status for status in range(400, 600) if is_repeated(status, safe=safe, declared=declared))


@cache
def _listed(statuses: tuple[int, ...]) -> str:
    words = [str(status) for status in statuses if status < 500]
    server = [str(status) for status in statuses if status >= 500]
    words += ["5xx"] if len(server) == _SERVER_ERRORS else server
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
