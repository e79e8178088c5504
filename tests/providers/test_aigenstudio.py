"""The AI Gen Studio client, end to end: idempotency keys, jobs of many images, pages of jobs; alike at all doors."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import aigenstudio
import pytest
from aigenstudio.models import ErrorResponse, ProductPhotoImage, RateLimitExceededHeaders
from doors import DOORS, Door, Scenario
from loopback import DROP, HTML, LOSE, Answer, Provider, running
from played_aigenstudio import KEY, AIGenStudio, refusal, too_many

PREFIX = "/api/v1"
URL = "https://cdn.aigenstudio.app/{}.png"
NOBODY = uuid.UUID(int=1)
VERIFYING = {"id": str(NOBODY), "status": "verifying", "total_items": 1, "credits_reserved": 5, "sandbox": True}


def photos(*names: str) -> list[ProductPhotoImage]:
    return [ProductPhotoImage(source_url=f"https://example.com/{name}.jpg", external_id=name) for name in names]


def start(*names: str, **more: Any) -> Callable[[Any], Any]:
    return lambda client: client.product_photo_jobs.start(images=photos(*names), **more)


def result_of(*names: str, **more: Any) -> Callable[[Any], Any]:
    return lambda client: start(*names)(client).wait(**more)


def create(**more: Any) -> Callable[[Any], Any]:
    return lambda client: client.product_photo_jobs.create(images=photos("one"), **more)


def scripted(*answers: Answer, on: str = "") -> Callable[[Provider], None]:
    return lambda provider: provider.script(*answers, on=on)


def used(key: str, *names: str) -> Callable[[AIGenStudio], object]:
    """Arranges that the idempotency key was used for these images."""
    return lambda provider: provider.begin(
        {"images": [{"source_url": f"https://example.com/{name}.jpg", "external_id": name} for name in names]}, key
    )


SCENARIOS = [
    # How jobs end
    Scenario("completed", result_of("one", "two"), f"JobResult {[URL.format(0), URL.format(1)]}", "POST GET GET GET"),
    Scenario(
        "some images failed", result_of("one", "bad", "three"), f"partial JobResult {[URL.format(0), URL.format(2)]}",
        "POST GET GET GET",
    ),
    Scenario("all images failed", result_of("bad"), "JobFailed image_unusable", "POST GET GET GET"),
    Scenario("cancelled", result_of("stopped"), "JobCancelled", "POST GET GET GET"),
    Scenario(
        "a new state", result_of("one"), f"JobResult {[URL.format(0)]}", "POST GET GET GET GET",
        scripted(Answer(200, {"job": VERIFYING, "request_id": "r"}), on="GET"),
        warned="verifying",
    ),
    # Idempotency
    Scenario("made", create(), "ProductPhotoJobCreateResponse", "POST"),
    Scenario(
        "made before", create(idempotency_key="batch-0001"), "ProductPhotoJobCreateResponse", "POST",
        used("batch-0001", "one"),
    ),
    Scenario(
        "key used for another body", create(idempotency_key="batch-0001"), "ConflictError 409 idempotency_conflict",
        "POST", used("batch-0001", "two"),
    ),
    Scenario("malformed key", create(idempotency_key="short"), "BadRequestError 400 invalid_idempotency_key", "POST"),
    Scenario("answer lost", create(), "ProductPhotoJobCreateResponse", "POST POST", scripted(LOSE)),
    Scenario(
        "answer lost, then trouble", create(), "ProductPhotoJobCreateResponse", "POST POST POST",
        scripted(LOSE, Answer(503, b"")),
    ),
    Scenario("lost for good", create(), "UnknownOutcomeError", "POST POST POST", scripted(DROP, DROP, DROP)),
    # Refusals
    Scenario(
        "wrong key", create(), "AuthenticationError 401 invalid_api_key", "POST",
        client={"api_key": "aigen_live_wrong"},
    ),
    Scenario("no such job", lambda c: c.product_photo_jobs.get(NOBODY), "NotFoundError 404 job_not_found", "GET"),
    Scenario(
        "a refusal that no page lists", lambda c: c.product_photo_jobs.create(images=[]),
        "UnprocessableEntityError 422 invalid_payload", "POST",
    ),
    Scenario(
        "too many requests, then room", create(), "ProductPhotoJobCreateResponse", "POST POST", scripted(too_many(3)),
        pauses=(3.0,),
    ),
    Scenario(
        "too many requests for good", create(), "RateLimitError 429 rate_limit_exceeded", "POST POST POST",
        scripted(*[too_many(3)] * 3),
    ),
    Scenario(
        "too many requests while waiting", result_of("one"), f"JobResult {[URL.format(0)]}", "POST GET GET GET GET",
        scripted(too_many(20), on="GET"),
    ),
    Scenario("HTML", create(), "ResponseDecodeError", "POST", scripted(HTML)),
    Scenario(
        "payment required", create(), "PaymentRequiredError 402 no_credits", "POST",
        scripted(refusal(402, "no_credits", "Top up.")),
    ),
    # Lists and public answers
    Scenario("no jobs", lambda c: c.product_photo_jobs.list(), "ProductPhotoJobListResponse", "GET"),
    Scenario(
        "refused query", lambda c: c.product_photo_jobs.list(limit=101), "BadRequestError 400 invalid_query", "GET",
    ),
    Scenario("presets", lambda c: c.product_photo_presets.list(), "ProductPhotoPresetListResponse", "GET"),
]  # fmt: skip


@pytest.mark.parametrize("door", DOORS, ids=str)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_outcome(scenario: Scenario, door: Door) -> None:
    scenario.check(aigenstudio, door, AIGenStudio(), PREFIX, **{"api_key": KEY} | scenario.client)


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_lost_answer_makes_one_job(door: Door) -> None:
    provider = AIGenStudio()
    scenario = Scenario("lost", create(), "ProductPhotoJobCreateResponse", "POST POST", scripted(LOSE))
    told = scenario.check(aigenstudio, door, provider, PREFIX, api_key=KEY)
    first, second = (request.headers["idempotency-key"] for request in provider.requests)
    assert first == second
    assert uuid.UUID(first).version == 4
    assert [str(told.value.job.id)] == list(provider.jobs)


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_two_calls_have_two_keys(door: Door) -> None:
    provider = AIGenStudio()
    for expected in ("POST", "POST POST"):
        Scenario("made", create(), "ProductPhotoJobCreateResponse", expected).check(
            aigenstudio, door, provider, PREFIX, api_key=KEY
        )
    assert len(provider.jobs) == 2


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_key_of_a_call_that_failed_is_told(door: Door) -> None:
    provider = AIGenStudio()
    scenario = Scenario("lost", create(), "UnknownOutcomeError", "POST POST POST", scripted(DROP, DROP, DROP))
    error = scenario.check(aigenstudio, door, provider, PREFIX, api_key=KEY).value
    assert error.idempotency_key == provider.requests[0].headers["idempotency-key"]


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_presets_are_public(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AIGENSTUDIO_API_KEY", raising=False)
    for key in ({}, {"api_key": KEY}):
        provider = AIGenStudio()
        scenario = Scenario(
            "presets", lambda c: c.product_photo_presets.list(), "ProductPhotoPresetListResponse", "GET"
        )
        told = scenario.check(aigenstudio, door, provider, PREFIX, **key)
        assert "authorization" not in provider.requests[0].headers
        assert [preset.id for preset in told.value.presets] == ["white"]


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_items_tell_what_became_of_each_image(door: Door) -> None:
    scenario = Scenario(
        "partial", result_of("one", "bad", "stopped"), f"partial JobResult {[URL.format(0)]}", "POST GET GET GET"
    )
    result = scenario.check(aigenstudio, door, AIGenStudio(), PREFIX, api_key=KEY).value
    assert [item.external_id for item in result.ok_items] == ["one"]
    assert [item.external_id for item in result.failed_items] == ["bad", "stopped"]
    assert result.snapshot.job.failed_items == 2


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_partial_success_can_be_refused(door: Door) -> None:
    scenario = Scenario(
        "strict",
        result_of("one", "bad", raise_on_partial=True),
        "JobPartiallyFailed image_unusable",
        "POST GET GET GET",
    )
    error = scenario.check(aigenstudio, door, AIGenStudio(), PREFIX, api_key=KEY).value
    assert error.result == [URL.format(0)]


def test_pages_follow_the_cursor() -> None:
    """The cursor is a date-time: what came with `Z` must go back as the same moment."""
    provider = AIGenStudio()
    for number in range(5):
        used(f"batch-000{number}", "one")(provider)
    with running(provider, PREFIX), aigenstudio.Client(api_key=KEY, base_url=provider.url) as client:
        seen: list[uuid.UUID] = []
        page = client.product_photo_jobs.list(limit=2, status="queued")
        seen += [job.id for job in page.jobs]
        while page.next_cursor is not None:
            page = client.product_photo_jobs.list(limit=2, status="queued", cursor=page.next_cursor)
            seen += [job.id for job in page.jobs]
    assert [str(one) for one in seen] == list(reversed(provider.jobs))
    assert [request.query.get("cursor", "") for request in provider.requests] == [
        "", "2026-05-01T00:03:00Z", "2026-05-01T00:01:00Z",
    ]  # fmt: skip


def test_request_id_travels_and_limits_are_readable() -> None:
    provider = AIGenStudio()
    with (
        running(provider, PREFIX),
        aigenstudio.Client(api_key=KEY, base_url=provider.url, max_retries=0, x_request_id="mine-1") as client,
    ):
        job = client.product_photo_jobs.create(images=photos("one")).job
        status = client.product_photo_jobs.get(job.id, options={"x_request_id": "mine-2"})
        provider.script(too_many(3))
        with pytest.raises(aigenstudio.RateLimitError) as caught:
            client.product_photo_jobs.list()
    assert provider.requests[0].headers["x-request-id"] == "mine-1"
    assert status.request_id == "mine-2"
    assert caught.value.retry_after == 3
    assert caught.value.request_id == "req_refused"
    limits = RateLimitExceededHeaders.of(caught.value.response, strict=True)
    assert (limits.retry_after, limits.x_rate_limit_limit, limits.x_rate_limit_remaining) == (3, 60, 0)
    assert caught.value.response.headers["X-RateLimit-Limit"] == "60"
    assert isinstance(caught.value.body, ErrorResponse)
    assert caught.value.body.error.code == "rate_limit_exceeded"


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_progress_is_told(door: Door) -> None:
    seen: list[str] = []

    def note(progress: Any) -> None:
        seen.append(f"{progress.status} {progress.done}/{progress.total}")

    scenario = Scenario(
        "progress", result_of("one", "two", on_progress=note),
        f"JobResult {[URL.format(0), URL.format(1)]}", "POST GET GET GET",
    )  # fmt: skip
    scenario.check(aigenstudio, door, AIGenStudio(), PREFIX, api_key=KEY)
    assert seen == ["queued 0/2", "processing 1/2", "completed 2/2"]
