"""Part of the runtime of a generated client. 0BSD: use it as you like.

When a request is sent again, and when not:

    failure or answer                idempotent, or with a key     POST, PATCH
    nothing was sent                 again                         again
    connection lost, timeout         again                         UnknownOutcomeError
    429, declared retry statuses     again                         again
    408, 425, 5xx                    again                         returned at once

The pause is drawn from 0 to 0.5 s, 1 s, 2 s ... 8 s (full jitter), and no shorter than
the server's Retry-After. When Retry-After is above a minute, or the pause would pass
the deadline, the answer is returned or the failure raised.
"""

from __future__ import annotations

import json
import logging
import math
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from .errors import APIConnectionError, APITimeoutError, UnknownOutcomeError
from .flow import NOW, Flow, Send, Sleep
from .transport import Request, Response, Timeout, TransportError, without_query

IDEMPOTENT: Final = frozenset(
    {"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "QUERY"}
)
LONGEST_PAUSE: Final = 60.0
"""Seconds; a server that asks for more is not waited for."""
_LOGGED: Final = (
    "content-type",
    "retry-after",
    "x-request-id",
    "request-id",
)  # everything else may be secret


@dataclass(frozen=True, slots=True)
class Policy:
    """How one call may be repeated. Times in seconds; `deadline` None: no limit."""

    timeout: Timeout
    deadline: float | None
    max_retries: int
    idempotent: bool
    """Doing it twice does no more than doing it once."""
    keyed: bool = False
    """An idempotency key lets the server recognise the repetition."""
    statuses: tuple[int, ...] = ()
    """Answers after which even a POST is sent again, because they say that nothing was
    done."""

    def repeats(self, status: int) -> bool:
        """Whether an answer of this status may lead to another attempt."""
        if status == 429 or status in self.statuses:
            return True
        return (status in (408, 425) or status >= 500) and (
            self.idempotent or self.keyed
        )


@dataclass(frozen=True, slots=True)
class Exchange:
    """The last answer; `outcome_unknown`: an attempt may have been carried out although
    no answer says so."""

    response: Response
    outcome_unknown: bool
    elapsed: float


def exchange(
    request: Request, policy: Policy, jitter: random.Random, log: logging.Logger
) -> Flow[Exchange]:
    """Send `request` until an answer is final, at most `max_retries` times more.

    Raises APIConnectionError and its subclasses when there is no answer.
    """
    place = f"{request.method} {without_query(request.url)}"
    started: float = yield NOW
    ends = math.inf if policy.deadline is None else started + policy.deadline
    now, doubtful, attempt = started, False, 0
    if now >= ends:
        raise APITimeoutError(
            f"{place}: a deadline of {policy.deadline} s leaves no time to send it"
        )
    while True:
        timeout = policy.timeout.clipped(
            max(ends - now, 0.001)
        )  # a pause may last a little too long
        outcome: Response | TransportError
        try:
            outcome = yield Send(
                Request(
                    request.method, request.url, request.headers, request.body, timeout
                )
            )
        except TransportError as error:
            outcome = error
        before, now = now, (yield NOW)
        if log.isEnabledFor(logging.DEBUG):
            log.debug("%s -> %s in %.3f s", place, _logged(outcome), now - before)
        if isinstance(outcome, Response):
            again = policy.repeats(outcome.status)
            doubtful = doubtful or (
                outcome.status >= 500 and outcome.status not in policy.statuses
            )
        else:
            again = policy.idempotent or policy.keyed or outcome.sent == "no"
            doubtful = doubtful or outcome.sent == "maybe"
        if not again or attempt >= policy.max_retries:
            break
        pause = _pause(attempt, outcome, jitter)
        if now + pause >= ends or not _rewound(request):
            break
        yield Sleep(pause)
        now = yield NOW
        attempt += 1
    unknown = doubtful and not policy.idempotent
    if isinstance(outcome, Response):
        return Exchange(outcome, unknown, now - started)
    text = f"{place}: {outcome}"
    if unknown:
        raise UnknownOutcomeError(
            f"{text}; it may have been carried out", timeout=outcome.timeout
        ) from outcome
    raise (APITimeoutError if outcome.timeout else APIConnectionError)(
        text
    ) from outcome


def _pause(
    attempt: int, outcome: Response | TransportError, jitter: random.Random
) -> float:
    asked = asked_pause(outcome) if isinstance(outcome, Response) else None
    if asked is not None and asked > LONGEST_PAUSE:
        return math.inf
    return max(asked or 0.0, jitter.uniform(0, min(8.0, 0.5 * 2**attempt)))


def asked_pause(answer: Response) -> float | None:
    """Seconds that an answer asks to wait: by its headers, or by a `retry_after` in a
    refusal's JSON body."""
    seconds = retry_after(answer.headers)
    if (
        seconds is not None
        or answer.status not in (429, 503)
        or b"retry_after" not in answer.content
    ):
        return seconds
    try:
        body: Any = json.loads(answer.content)
    except ValueError:
        return None
    for place in (body, _member(body, "error")):
        said = _member(place, "retry_after")
        if isinstance(said, (int, float)) and math.isfinite(said):
            return max(0.0, float(said))
    return None


def _member(value: Any, name: str) -> Any:
    return cast("dict[str, Any]", value).get(name) if isinstance(value, dict) else None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that an answer asks to wait, None when it does not say (RFC 9110 section
    10.2.3, and `retry-after-ms`).

    A date is read against the answer's own `Date`, so that the two clocks need not
    agree.
    """
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * unit
        except ValueError:
            continue
        if math.isfinite(seconds):
            return max(0.0, seconds)
    until = _seconds_of(headers.get("retry-after"))
    if until is None:
        return None
    now = _seconds_of(headers.get("date"))
    return max(0.0, until - (time.time() if now is None else now))


def _seconds_of(date: str | None) -> float | None:
    """An HTTP date as seconds since 1970."""
    if not date:
        return None
    from email.utils import (
        parsedate_to_datetime,
    )  # costs 20 ms, and dates are rare here

    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


def _rewound(request: Request) -> bool:
    return (
        request.body is None or isinstance(request.body, bytes) or request.body.rewind()
    )


def _logged(outcome: Response | TransportError) -> str:
    if isinstance(outcome, TransportError):
        return str(outcome)
    shown = [
        f"{name}={outcome.headers[name]}" for name in _LOGGED if name in outcome.headers
    ]
    return " ".join([str(outcome.status), *shown])
