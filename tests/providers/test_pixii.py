"""The Pixii client, end to end: two ways to start a job, images of which some fail, the same through every door."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pixii
import pytest
from doors import DOORS, Door, Scenario, play
from loopback import DROP, HTML, LOSE, Answer, Provider, running
from pixii.models import Error, ScaleItem
from played_pixii import LIVE, TEST, Pixii, too_many

URL = "https://cdn.pixii.ai/{}.png"
ITEM = ScaleItem(preview_url="https://example.com/a.png", platform="Amazon", asset_type="gallery")


def listing(asin: str = "B0FINE", **more: Any) -> Callable[[Any], Any]:
    return lambda client: client.listing_builder.start(
        asin=asin, country_code="US", listing_type="amazon_listing", **more
    )


def scale(asin: str = "B0FINE", **more: Any) -> Callable[[Any], Any]:
    return lambda client: client.scale.start(asin=asin, country_code="DE", scale_mode="catalog", items=[ITEM], **more)


def waited(start: Callable[[Any], Any], **more: Any) -> Callable[[Any], Any]:
    return lambda client: start(client).wait(**more)


def look(job_id: str = "pixii-9", **options: Any) -> Callable[[Any], Any]:
    return lambda client: client.jobs.get(job_id, options=options)


def scripted(*answers: Answer, on: str = "") -> Callable[[Provider], None]:
    return lambda provider: provider.script(*answers, on=on)


BOTH = f"JobResult {[URL.format(0), URL.format(1)]}"

SCENARIOS = [
    # How jobs end
    Scenario("listing", waited(listing()), BOTH, "POST GET GET GET"),
    Scenario("scale", waited(scale()), BOTH, "POST GET GET GET"),
    Scenario("placeholders at once", waited(listing()), BOTH, "POST GET", client={"api_key": TEST}, pauses=()),
    Scenario(
        "some images failed", waited(listing("B0PARTIAL")), f"partial JobResult {[URL.format(0), URL.format(2)]}",
        "POST GET GET GET",
    ),
    Scenario("no image came out", waited(listing("B0HOLLOW")), "JobFailed GENERATION_FAILED", "POST GET GET GET"),
    Scenario("no images at all", waited(listing("B0NOIMAGE")), "JobFailed", "POST GET GET GET"),
    Scenario("failed", waited(scale("B0FAILED")), "JobFailed PRODUCT_NOT_FOUND", "POST GET GET GET"),
    Scenario(
        "resumed by id, gone after a week",
        lambda c: c.listing_builder.job("pixii-1").wait(),
        "NotFoundError 404 JOB_NOT_FOUND",
        "GET",
    ),
    # Refusals
    Scenario(
        "wrong key", listing(), "AuthenticationError 401 UNAUTHORIZED", "POST", client={"api_key": "pk_live_wrong"},
    ),
    Scenario("no credits", listing("B0POOR"), "BadRequestError 400 INSUFFICIENT_CREDITS", "POST"),
    Scenario("no brand", scale("B0NOBRAND"), "UnprocessableEntityError 422 NO_ACTIVE_BRAND", "POST"),
    Scenario("refused", listing(other_image_urls=[]), "BadRequestError 400 VALIDATION_ERROR", "POST"),
    Scenario("no such job", look(), "NotFoundError 404 JOB_NOT_FOUND", "GET"),
    Scenario(
        "too many requests for good", listing(), "RateLimitError 429 RATE_LIMIT_MINUTE_EXCEEDED", "POST POST POST",
        scripted(*[too_many(30)] * 3),
    ),
    Scenario(
        "too many requests while waiting", waited(listing()), BOTH, "POST GET GET GET GET",
        scripted(too_many(30), on="GET"),
    ),
    # Trouble
    Scenario(
        "500 on a start, not known to be safe", listing(), "InternalServerError 500", "POST",
        scripted(Answer(500, b"")),
    ),
    Scenario("answer to a start lost", listing(), "UnknownOutcomeError", "POST", scripted(LOSE)),
    Scenario("unavailable", look(), "ServiceUnavailableError 503", "GET GET GET", scripted(*[Answer(503, b"")] * 3)),
    Scenario(
        "trouble while waiting", waited(scale()), BOTH, "POST GET GET GET GET GET",
        scripted(DROP, Answer(503, b""), on="GET"),
    ),
    Scenario("HTML", look(), "ResponseDecodeError", "GET", scripted(HTML)),
]  # fmt: skip


@pytest.mark.parametrize("door", DOORS, ids=str)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_outcome(scenario: Scenario, door: Door) -> None:
    scenario.check(pixii, door, Pixii(), **{"api_key": LIVE} | scenario.client)


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_state_that_nobody_documented_cannot_hang(door: Door) -> None:
    """It is polled on, with one warning, until the time is over."""
    provider = Pixii()
    told = play(pixii, door, provider, waited(listing("B0NOVEL"), timeout=60), api_key=LIVE)
    assert told.outcome == "JobTimeout"
    assert told.value.snapshot.status == "archived"
    assert [warning for warning in told.warnings if "archived" in warning] == told.warnings
    assert len(told.warnings) == 1
    # The declared pace is one look in five seconds, give or take a quarter; the last pause is cut to the time left.
    assert all(3.75 <= pause <= 6.25 for pause in told.pauses[:-1])
    assert 58 < sum(told.pauses) < 60.5
    assert len(provider.requests) == len(told.pauses) + 2


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_what_is_sent(door: Door) -> None:
    provider = Pixii()
    scenario = Scenario("scale", scale(user_prompt="in French"), "Job", "POST")
    scenario.check(pixii, door, provider, api_key=LIVE)
    request = provider.requests[0]
    assert request.json() == {
        "asin": "B0FINE",
        "country_code": "DE",
        "scale_mode": "catalog",
        "items": [{"preview_url": "https://example.com/a.png", "platform": "Amazon", "asset_type": "gallery"}],
        "user_prompt": "in French",
    }
    assert request.headers["authorization"] == f"Bearer {LIVE}"


def test_fields_of_a_job() -> None:
    """Names as documented; fields that no page lists are kept."""
    provider = Pixii()
    with running(provider), pixii.Client(api_key=TEST, base_url=provider.url) as client:
        receipt = client.listing_builder.create(asin="B0PARTIAL", country_code="US", listing_type="shopify_listing")
        assert receipt.additional_properties == {"brand": "Acme"}
        assert receipt.job_id is not None
        job = client.jobs.get(receipt.job_id)
    assert job.id == receipt.job_id
    assert job.created_at == datetime.datetime(2026, 5, 1, 10, tzinfo=datetime.UTC)
    assert (job.credit_cost, job.credits_refunded, job.error_code) == (4.5, 1.5, None)
    assert job.output is not None
    assert job.output.ads is not None
    assert [ad.error.code if ad.error else None for ad in job.output.ads] == [None, "GENERATION_FAILED", None]
    assert [ad.preview_url for ad in job.output.ads] == [URL.format(0), None, URL.format(2)]


def test_wait_that_stands_in_the_body() -> None:
    provider = Pixii()
    with running(provider), pixii.Client(api_key=LIVE, base_url=provider.url, max_retries=0) as client:
        provider.script(too_many(30, "RATE_LIMIT_DAY_EXCEEDED"))
        with pytest.raises(pixii.RateLimitError) as caught:
            client.jobs.get("pixii-1")
    assert isinstance(caught.value.body, Error)
    assert (caught.value.body.code, caught.value.body.retry_after) == ("RATE_LIMIT_DAY_EXCEEDED", 30)


def test_there_is_no_cancelling() -> None:
    provider = Pixii()
    with running(provider), pixii.Client(api_key=LIVE, base_url=provider.url) as client:
        assert not hasattr(client.jobs, "cancel")
