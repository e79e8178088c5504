"""The call flow, resumed by hand: no clock, no loop, no sockets."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from typing import Any, cast

import pytest

from clientsmith.runtime.declarations import Operation
from clientsmith.runtime.errors import APIConnectionError, APITimeoutError, UnknownOutcomeError
from clientsmith.runtime.flow import Effect, Send, Sleep
from clientsmith.runtime.operation import RequestOptions
from clientsmith.runtime.retry import Exchange, exchange, retry_after
from clientsmith.runtime.transport import Headers, Request, Response, Timeout, TransportError

LOST = TransportError("connection lost", "maybe")
REFUSED = TransportError("connection refused", "no")
SLOW = TransportError("timed out", "maybe", timeout=True)


class Top(random.Random):
    """Jitter that always draws the longest pause."""

    def uniform(self, a: float, b: float) -> float:
        return b


def answer(status: int, **headers: str) -> Response:
    return Response(status, Headers((name.replace("_", "-"), value) for name, value in headers.items()))


class Body:
    """A body that can be sent `times` times."""

    length = None

    def __init__(self, times: int) -> None:
        self.times = times

    def __iter__(self) -> Iterator[bytes]:
        return iter(())

    def rewind(self) -> bool:
        self.times -= 1
        return self.times > 0


class Played:
    """A call flow that was given `outcomes`, each attempt taking `each` seconds of a clock that sleeping moves."""

    def __init__(
        self,
        method: str,
        *outcomes: Response | TransportError,
        each: float = 1.0,
        body: Body | None = None,
        timeout: Timeout = Timeout(),  # noqa: B008 - frozen
        **policy: Any,
    ) -> None:
        options = cast("RequestOptions", {name: policy[name] for name in ("deadline", "max_retries") if name in policy})
        operation = Operation("x", f"{method} /x", {}, retry_statuses=policy.get("statuses", ()))
        request = Request(method, "https://a.example/x?key=secret", body=body, timeout=timeout)
        log, keyed = logging.getLogger("acme_client"), policy.get("keyed", False)
        flow = exchange(request, operation, options, Top(), log, keyed=keyed)
        self.sleeps: list[float] = []
        self.sent: list[Send] = []
        self.result: Exchange | None = None
        self.error: APIConnectionError | None = None
        clock, remaining = 100.0, list(outcomes)
        try:
            effect: Effect = next(flow)
            while True:
                if isinstance(effect, Sleep):
                    self.sleeps += [effect.seconds] if effect.seconds else []
                    clock += effect.seconds
                    effect = flow.send(clock)
                else:
                    assert isinstance(effect, Send)
                    self.sent.append(effect)
                    clock += each
                    outcome = remaining.pop(0)
                    effect = flow.throw(outcome) if isinstance(outcome, TransportError) else flow.send(outcome)
        except StopIteration as stop:
            self.result = stop.value
        except APIConnectionError as error:
            self.error = error
        assert not remaining, "an attempt was not made"

    @property
    def status(self) -> int | None:
        return self.result.response.status if self.result else None


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
@pytest.mark.parametrize("first", [answer(s) for s in (408, 425, 429, 500, 502, 503, 504, 520)] + [LOST, REFUSED, SLOW])
def test_idempotent_methods_are_tried_again(method: str, first: Response | TransportError) -> None:
    played = Played(method, first, answer(200))
    assert (played.status, played.sleeps) == (200, [0.5])
    assert played.result is not None
    assert not played.result.outcome_unknown


@pytest.mark.parametrize("status", [300, 301, 400, 401, 404, 409, 422])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_answers_are_final(method: str, status: int) -> None:
    assert Played(method, answer(status)).status == status


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_post_is_tried_again_only_when_nothing_was_done(method: str) -> None:
    assert Played(method, REFUSED, answer(429), answer(201)).status == 201
    for status in (408, 425):
        assert Played(method, answer(status)).status == status
    failed = Played(method, answer(503)).result
    assert failed is not None
    assert failed.outcome_unknown
    for failure in (LOST, SLOW):
        error = Played(method, failure).error
        assert isinstance(error, UnknownOutcomeError)
        assert error.timeout is failure.timeout
        assert error.__cause__ is failure


def test_declared_statuses_mean_that_nothing_was_done() -> None:
    played = Played("POST", answer(503), answer(503), answer(503), statuses=(503,))
    assert played.result is not None
    assert (played.status, played.result.outcome_unknown) == (503, False)
    assert Played("POST", answer(500), statuses=(503,)).status == 500
    assert Played("POST", answer(409), answer(200), statuses=(409,)).status == 200


def test_a_key_makes_a_post_repeatable_but_not_certain() -> None:
    assert Played("POST", LOST, answer(500), answer(200), keyed=True).status == 200
    assert isinstance(Played("POST", LOST, REFUSED, REFUSED, keyed=True).error, UnknownOutcomeError)
    played = Played("POST", LOST, answer(429), answer(429), keyed=True)
    assert played.result is not None
    assert played.result.outcome_unknown


def test_failures_of_idempotent_requests() -> None:
    assert type(Played("GET", LOST, LOST, LOST).error) is APIConnectionError
    assert type(Played("PUT", LOST, LOST, SLOW).error) is APITimeoutError
    assert type(Played("POST", REFUSED, REFUSED, REFUSED).error) is APIConnectionError
    unsent = TransportError("connect timed out", "no", timeout=True)
    assert type(Played("POST", unsent, unsent, unsent).error) is APITimeoutError


def test_errors_say_what_happened() -> None:
    """Which call it happened to is added where all calls pass."""
    assert str(Played("GET", LOST, max_retries=0).error) == "connection lost"
    assert str(Played("POST", LOST).error) == "connection lost; it may have been carried out"


def test_pauses_double_up_to_eight_seconds() -> None:
    played = Played("GET", *[answer(500)] * 8, max_retries=7)
    assert played.sleeps == [0.5, 1, 2, 4, 8, 8, 8]


def test_no_retries() -> None:
    assert Played("GET", answer(500), max_retries=0).status == 500


def test_pauses_are_drawn() -> None:
    request, operation = Request("GET", "https://a.example"), Operation("x", "GET /", {})
    options: RequestOptions = {"deadline": None, "max_retries": 1}
    flow = exchange(request, operation, options, random.Random(7), logging.getLogger("x"))
    next(flow)
    flow.send(0.0)
    flow.throw(LOST)
    effect = flow.send(1.0)
    assert isinstance(effect, Sleep)
    assert effect.seconds == random.Random(7).uniform(0, 0.5)


def test_retry_after_lengthens_the_pause() -> None:
    assert Played("POST", answer(429, Retry_After="7"), answer(200)).sleeps == [7.0]
    assert Played("GET", answer(503, Retry_After="0"), answer(200)).sleeps == [0.5]
    assert Played("GET", answer(503, Retry_After="60"), answer(200)).sleeps == [60.0]


def test_a_server_that_asks_for_more_than_a_minute_is_not_waited_for() -> None:
    assert Played("GET", answer(429, Retry_After="61")).status == 429


def test_pauses_that_pass_the_deadline_are_not_begun() -> None:
    assert Played("GET", answer(429, Retry_After="9"), deadline=10.0, each=2.0).status == 429
    assert Played("GET", answer(429, Retry_After="7"), answer(200), deadline=10.0, each=2.0).status == 200


def test_attempts_are_clipped_to_the_deadline() -> None:
    played = Played("GET", LOST, SLOW, SLOW, deadline=30.0, each=10.0, timeout=Timeout(5, 20, 25))
    assert [send.request.timeout.total for send in played.sent] == [25, 19.5, 8.5]
    assert played.sent[2].request.timeout == Timeout(5, 8.5, 8.5)


def test_without_a_deadline() -> None:
    played = Played("GET", LOST, answer(200), deadline=None, each=1000.0)
    assert [send.request.timeout.total for send in played.sent] == [60, 60]


def test_a_deadline_that_has_passed() -> None:
    error = Played("POST", deadline=0.0).error
    assert isinstance(error, APITimeoutError)
    assert "deadline" in str(error)


def test_a_body_that_cannot_be_rewound_is_not_sent_again() -> None:
    assert Played("PUT", answer(500), answer(500), body=Body(2)).status == 500
    assert Played("PUT", answer(500), body=Body(1)).status == 500


def test_logging_shows_no_secrets(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "acme_client")
    Played("GET", LOST, answer(200, X_Request_Id="r1", Set_Cookie="secret", Content_Type="text/plain"))
    assert [record.getMessage() for record in caplog.records] == [
        "GET https://a.example/x -> connection lost in 1.000 s",
        "GET https://a.example/x -> connection lost: sent again in 0.500 s (1)",
        "GET https://a.example/x -> 200 content-type=text/plain x-request-id=r1 in 1.000 s",
    ]


def test_what_is_sent_again_is_logged_at_info(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "acme_client")
    Played("POST", answer(429, Retry_After="7", X_Request_Id="r\x1b[2J\r\nINFO"), answer(200))
    Played("POST", answer(500))
    assert [record.getMessage() for record in caplog.records] == [
        "POST https://a.example/x -> 429 retry-after=7 x-request-id=r [2J INFO: sent again in 7.000 s (1)"
    ]


DATE = "Wed, 21 Oct 2026 07:28:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "3"}, 3.0),
        ({"Retry-After": "1.5"}, 1.5),
        ({"Retry-After": "-3"}, 0.0),
        ({"Retry-After-Ms": "250", "Retry-After": "9"}, 0.25),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After": "inf"}, None),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:30 GMT", "Date": DATE}, 30.0),
        ({"Retry-After": "Wed, 21 Oct 2026 07:27:00 GMT", "Date": DATE}, 0.0),
        ({"Retry-After": "Wed, 21 Oct 2015 07:27:00 GMT"}, 0.0),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(Headers(headers.items())) == seconds
