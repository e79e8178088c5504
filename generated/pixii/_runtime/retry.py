"""When a request is sent again, and when not:

    failure or response              idempotent, or with a key     POST, PATCH
    nothing was sent                 again                         again
    connection lost, timeout         again                         UnknownOutcomeError
    429, declared retry statuses     again                         again
    408, 425, 5xx                    again                         returned at once

The pause is drawn from 0 to 0.5 s, 1 s, 2 s ... 8 s (full jitter), and no shorter than
the server's Retry-After. When Retry-After is above a minute, or the pause would pass
the deadline, the response is returned or the failure raised."""

from __future__ import annotations

import json
import logging
import math
import random
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final, NamedTuple

from . import errors
from .declarations import Operation, is_repeated
from .flow import NOW, Flow, Send, Sleep
from .operation import RequestOptions
from .params import object_of
from .transport import Request, Response, TooLargeError, TransportError, without_query

_Outcome = Response | TransportError
LONGEST_PAUSE: Final = 60.0
"""Seconds; a server that asks for more is not waited for."""
_LOGGED: Final = ("content-type", "retry-after", "x-request-id", "request-id")
"""Headers that hold no secrets."""


class Exchange(NamedTuple):
    """The last response; `outcome_unknown`: an attempt may have been carried out."""

    response: Response
    outcome_unknown: bool
    elapsed: float


def exchange(
    request: Request,
    operation: Operation,
    options: RequestOptions,
    jitter: random.Random,
    log: logging.Logger,
    *,
    keyed: bool = False,
) -> Flow[Exchange]:
    """Sends `request` until a response is final, at most `max_retries` times more.
    `keyed`: an idempotency key lets the server recognise the repetition. Raises
    APIConnectionError and its subclasses when there is no response."""
    deadline = options.get("deadline", max(180.0, 120.0 + request.timeout.total))
    declared, safe = operation.retry_statuses, operation.is_idempotent or keyed
    place = f"{request.method} {without_query(request.url)}"
    started: float = yield NOW
    ends = math.inf if deadline is None else started + deadline
    now, doubtful, attempt = started, False, 0
    if now >= ends:
        raise errors.APITimeoutError(f"a deadline of {deadline} s leaves no time")
    while True:
        # A pause may last a little too long.
        timeout = request.timeout.clipped(max(ends - now, 0.001))
        try:
            outcome: _Outcome = yield Send(replace(request, timeout=timeout))
        except TooLargeError as error:
            raise errors.ResponseTooLargeError(str(error)) from error
        except TransportError as error:
            outcome = error
        before, now = now, (yield NOW)
        if log.isEnabledFor(logging.DEBUG):
            log.debug("%s -> %s in %.3f s", place, _logged(outcome), now - before)
        if isinstance(outcome, Response):
            again = is_repeated(outcome.status, safe=safe, declared=declared)
            refused = outcome.status < 500 or outcome.status in declared
            doubtful = doubtful or not refused
        else:
            again = safe or outcome.sent == "no"
            doubtful = doubtful or outcome.sent == "maybe"
        if not again or attempt >= options.get("max_retries", 2):
            break
        pause = _pause(attempt, outcome, jitter)
        body = request.body
        can_repeat = body is None or isinstance(body, bytes) or body.rewind()
        if now + pause >= ends or not can_repeat:
            break
        attempt += 1
        seen = _logged(outcome)
        log.info("%s -> %s: sent again in %.3f s (%d)", place, seen, pause, attempt)
        now = yield Sleep(pause)
    if isinstance(outcome, Response):
        declared_safe = operation.retry_safe or not operation.is_idempotent
        return Exchange(outcome, doubtful and declared_safe, now - started)
    if doubtful and not operation.is_idempotent:
        text = f"{outcome}; it may have been carried out"
        raise errors.UnknownOutcomeError(text, timeout=outcome.timeout) from outcome
    kind = errors.APITimeoutError if outcome.timeout else errors.APIConnectionError
    raise kind(str(outcome)) from outcome


def _pause(attempt: int, outcome: _Outcome, jitter: random.Random) -> float:
    asked = asked_pause(outcome) if isinstance(outcome, Response) else None
    if asked is not None and asked > LONGEST_PAUSE:
        return math.inf
    return max(asked or 0.0, jitter.uniform(0, min(8.0, 0.5 * 2**attempt)))


def asked_pause(response: Response) -> float | None:
    """Returns the seconds that the headers, or the body of a refusal, ask to wait."""
    seconds = retry_after(response.headers)
    refused = response.status in (429, 503) and b"retry_after" in response.content
    if seconds is not None or not refused:
        return seconds
    try:
        body: object = json.loads(response.content)
    except (ValueError, RecursionError):
        return None
    for place in (body, (object_of(body) or {}).get("error")):
        asked = (object_of(place) or {}).get("retry_after")
        if isinstance(asked, (int, float)) and abs(asked) < 1e300:  # a float has it
            return max(0.0, float(asked))
    return None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Returns the seconds that a response asks to wait, None when it does not say (RFC
    9110 section 10.2.3, and `retry-after-ms`). A date is read against the response's
    own `Date`: the clocks need not agree."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        with suppress(ValueError):
            seconds = float(headers.get(name, "")) * unit
            if math.isfinite(seconds):
                return max(0.0, seconds)
    until = _seconds_of(headers.get("retry-after"))
    if until is None:
        return None
    now = _seconds_of(headers.get("date"))
    return max(0.0, until - (time.time() if now is None else now))


def _seconds_of(date: str | None) -> float | None:
    """Returns an HTTP date as seconds since 1970."""
    if not date:
        return None
    from email.utils import parsedate_to_datetime  # costs 20 ms, and dates are rare

    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


def _logged(outcome: _Outcome) -> str:
    if isinstance(outcome, TransportError):
        return errors.one_line(str(outcome))
    shown = (f"{n}={outcome.headers[n]}" for n in _LOGGED if n in outcome.headers)
    return errors.one_line(" ".join([str(outcome.status), *shown]))
