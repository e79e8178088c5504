"""The Pixelcut client, end to end: every documented answer and the undocumented ones, the same through every door."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pixelcut
import pytest
from doors import DOORS, Door, Scenario, play
from loopback import DROP, HTML, LOSE, Answer, Provider, running
from pixelcut.models import Error400, Error404, ImageTransform
from played_pixelcut import KEY, PNG, RESULT, Pixelcut, refusal

FINAL = RESULT.format("final")
POLL = "GET /v1/try-on/job/"
CANCEL = "POST /v1/try-on/job/"


def start(course: str = "fine", **more: Any) -> Callable[[Any], Any]:
    return lambda client: client.try_on.start(
        person_image_url=f"https://example.com/{course}.jpg", garment_image_url="https://example.com/shirt.png", **more
    )


def result_of(course: str = "fine", **more: Any) -> Callable[[Any], Any]:
    return lambda client: start(course)(client).wait(**more)


def create(course: str = "fine", **more: Any) -> Callable[[Any], Any]:
    return lambda client: client.try_on.create(
        person_image_url=f"https://example.com/{course}.jpg", garment_image_url="https://example.com/shirt.png", **more
    )


def look(job_id: str = "job/1", **options: Any) -> Callable[[Any], Any]:
    return lambda client: client.try_on.get_job(job_id, options=options)


def begun(course: str, looks: int = 0) -> Callable[[Pixelcut], object]:
    """Arranges that the job `job/1` exists and was looked at so often."""
    return lambda provider: provider.begin(course, looks)


def scripted(*answers: Answer, on: str = "") -> Callable[[Provider], None]:
    return lambda provider: provider.script(*answers, on=on)


def both(*arrangements: Callable[[Any], object]) -> Callable[[Any], None]:
    def arrange(provider: Any) -> None:
        for arrangement in arrangements:
            arrangement(provider)

    return arrange


PICTURE = "https://example.com/a.jpg"
LIMITED = refusal(429, "rate_limit_exceeded", "Too many requests", Retry_After="7")
BROKEN = Answer(500, b"")

SCENARIOS = [
    # How jobs end
    Scenario("completed", result_of(), f"JobResult {FINAL}", "POST GET GET GET"),
    Scenario("completed with an error beside it", result_of("example"), f"JobResult {FINAL}", "POST GET GET GET"),
    Scenario("failed", result_of("filtered"), "JobFailed content_filter_error", "POST GET GET GET"),
    Scenario("failed without a reason", result_of("bare"), "JobFailed", "POST GET GET GET"),
    Scenario(
        "failed for a new reason", result_of("novel-code"), "JobFailed model_retired", "POST GET GET GET",
        warned="model_retired",
    ),
    Scenario(
        "in a state that nobody documented, strictly", result_of("novel", options={"strict": True}),
        "ResponseDecodeError", "POST GET GET GET",
    ),
    Scenario("204 where a body is described", look(), "TryOnJobStatus", "GET", scripted(Answer(204)), warned="empty"),
    Scenario("204, strictly", look(strict=True), "ResponseDecodeError", "GET", scripted(Answer(204))),
    Scenario("expired", result_of("expiring"), "JobExpired job_expired", "POST GET GET GET"),
    Scenario(
        "cancelled by somebody", result_of("cancelled-elsewhere"), "JobCancelled job_cancelled", "POST GET GET GET",
    ),
    Scenario(
        "in a state that nobody documented", result_of("novel"), f"JobResult {FINAL}", "POST GET GET GET GET",
        warned="upscaling",
    ),
    # Refusals
    Scenario("wrong key", start(), "AuthenticationError 401 invalid_auth_token", "POST", client={"api_key": "wrong"}),
    Scenario("no credits", start("unpaid"), "PermissionDeniedError 403 insufficient_api_credits", "POST"),
    Scenario("image too large", start("huge"), "BadRequestError 400 file_size_too_large", "POST"),
    Scenario("no such job", look("job/9"), "NotFoundError 404 not_found", "GET"),
    Scenario("no such job, waiting", lambda c: c.try_on.job("job/9").wait(), "NotFoundError 404 not_found", "GET"),
    # Not waiting
    Scenario("result at once", create(wait_for_result=True), "TryOnResponse", "POST"),
    Scenario("status of one job", look(), "TryOnJobStatus", "GET", begun("fine")),
    Scenario(
        "resumed by id", lambda c: c.try_on.job("job/1").wait(), f"JobResult {FINAL}", "GET GET", begun("fine", 1),
    ),
    # Cancelling
    Scenario("cancelled in time", lambda c: c.try_on.job("job/1").cancel(), "True", "POST", begun("endless")),
    Scenario("cancelled too late", lambda c: c.try_on.job("job/1").cancel(), "False", "POST", begun("fine", 2)),
    Scenario(
        "cancelled too late, by hand", lambda c: c.try_on.cancel_job("job/1"), "ConflictError 409 job_finished", "POST",
        begun("fine", 2),
    ),
    Scenario(
        "cancelling is repeated", lambda c: c.try_on.job("job/1").cancel(), "True", "POST POST POST",
        both(begun("endless"), scripted(BROKEN, DROP, on=CANCEL)),
    ),
    # Trouble on the way
    Scenario(
        "too many requests, then room", start(), "Job" , "POST POST POST", scripted(LIMITED, LIMITED), pauses=(7.0, 7.0)
    ),
    Scenario(
        "too many requests for good", start(), "RateLimitError 429 rate_limit_exceeded", "POST POST POST",
        scripted(*[LIMITED] * 3),
    ),
    Scenario(
        "asked to wait for an hour", start(), "RateLimitError 429 rate_limit_exceeded", "POST",
        scripted(refusal(429, "rate_limit_exceeded", "Too many requests", Retry_After="3600")), pauses=(),
    ),
    Scenario("500 on a start, perhaps billed", start(), "InternalServerError 500", "POST", scripted(BROKEN)),
    Scenario(
        "503 on a start, which may have been billed", start(), "ServiceUnavailableError 503", "POST",
        scripted(Answer(503, b"")),
    ),
    Scenario("answer to a start lost", start(), "UnknownOutcomeError", "POST", scripted(LOSE)),
    Scenario(
        "answer to a start cut off", start(), "UnknownOutcomeError", "POST",
        scripted(Answer(200, {"job_id": "job/1"}, fault="truncate")),
    ),
    Scenario(
        "start too slow", start(options={"timeout": 0.2}), "UnknownOutcomeError", "POST", scripted(Answer(delay=5)),
    ),
    Scenario("looking too slow", look(timeout=0.2), "APITimeoutError", "GET GET GET", scripted(*[Answer(delay=5)] * 3)),
    Scenario(
        "looking too slow once", look(timeout=0.5), "TryOnJobStatus", "GET GET",
        both(begun("fine"), scripted(Answer(delay=5))),
    ),
    Scenario("connection lost while looking", look(), "TryOnJobStatus", "GET GET", both(begun("fine"), scripted(DROP))),
    Scenario("connection lost for good", look(max_retries=1), "APIConnectionError", "GET GET", scripted(DROP, DROP)),
    Scenario(
        "trouble while waiting", result_of(), f"JobResult {FINAL}", "POST GET GET GET GET GET GET GET GET",
        scripted(BROKEN, DROP, Answer(502, HTML.body, HTML.headers), LIMITED, Answer(503, b""), on=POLL),
    ),
    # What no page speaks of
    Scenario(
        "a status that nobody documented", look(max_retries=0), "ServerStatusError 520", "GET",
        scripted(Answer(520, b"?")),
    ),
    Scenario(
        "another one", look(), "ClientStatusError 418 teapot", "GET",
        scripted(refusal(418, "teapot", "Short and stout")),
    ),
    Scenario(
        "a redirect", look(), "RedirectStatusError 302", "GET",
        scripted(Answer(302, b"", {"Location": "/elsewhere"})),
    ),
    Scenario("a page of HTML", look(), "ResponseDecodeError", "GET", scripted(HTML)),
    Scenario("a page of HTML on a start", start(), "ResponseDecodeError", "POST", scripted(HTML)),
    Scenario("nothing at all, strictly", look(strict=True), "ResponseDecodeError", "GET", scripted(Answer(200, b""))),
    Scenario(
        "no JSON", look(), "ResponseDecodeError", "GET",
        scripted(Answer(200, b'{"job_id": ', {"Content-Type": "application/json"})),
    ),
    Scenario("a refusal in HTML", look(), "NotFoundError 404", "GET", scripted(Answer(404, HTML.body, HTML.headers))),
    Scenario(
        "a number where a text should be", look(), "TryOnJobStatus", "GET",
        scripted(Answer(200, {"job_id": 7, "status": "pending"})), warned="/job_id",
    ),
    Scenario(
        "the same, strictly", look(strict=True), "ResponseDecodeError", "GET",
        scripted(Answer(200, {"job_id": 7, "status": "pending"})),
    ),
    # Images
    Scenario("image as a URL", lambda c: c.images.upscale(image_url=PICTURE, scale=4), "ImageResult", "POST"),
    Scenario(
        "image as bytes", lambda c: c.images.remove_background(image_url=PICTURE, accept="image/*"), repr(PNG), "POST"
    ),
]  # fmt: skip


@pytest.mark.parametrize("door", DOORS, ids=str)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_outcome(scenario: Scenario, door: Door) -> None:
    scenario.check(pixelcut, door, Pixelcut(), **{"api_key": KEY} | scenario.client)


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_missing_key_is_named_before_anything_is_sent(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIXELCUT_API_KEY", raising=False)
    told = Scenario("no key", look(), "MissingCredentialError", "").check(pixelcut, door, Pixelcut())
    assert "api_key" in str(told.value)
    assert "PIXELCUT_API_KEY" in str(told.value)


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_key_from_the_environment(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIXELCUT_API_KEY", KEY)
    provider = Pixelcut()
    Scenario("key", look(), "TryOnJobStatus", "GET", begun("fine")).check(pixelcut, door, provider)
    assert provider.requests[0].headers["x-api-key"] == KEY


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_job_is_started_without_waiting_and_ids_are_encoded(door: Door) -> None:
    provider = Pixelcut()
    Scenario("completed", result_of(), f"JobResult {FINAL}", "POST GET GET GET").check(
        pixelcut, door, provider, api_key=KEY
    )
    assert provider.requests[0].json() == {
        "person_image_url": "https://example.com/fine.jpg",
        "garment_image_url": "https://example.com/shirt.png",
        "wait_for_result": False,
    }
    assert provider.requests[1].path == "/v1/try-on/job/job%2F1"
    assert {request.headers["accept"] for request in provider.requests} == {"application/json"}


def _from_path(folder: Path) -> Any:
    (folder / "fine.jpg").write_bytes(PNG)
    return folder / "fine.jpg"


def _from_bytes(folder: Path) -> Any:
    return "fine.jpg", PNG, "image/jpeg"


def _from_open_file(folder: Path) -> Any:
    return _from_path(folder).open("rb")


@pytest.mark.parametrize("door", DOORS, ids=str)
@pytest.mark.parametrize(
    "file",
    [_from_path, _from_open_file, _from_bytes],
    ids=["path", "open file", "tuple"],
)
def test_upload_arrives_whole_also_when_it_is_sent_again(
    file: Callable[[Path], Any], door: Door, tmp_path: Path
) -> None:
    provider = Pixelcut()
    picture = file(tmp_path)

    def upload(client: Any) -> Any:
        return client.try_on.start(
            person_image=picture, garment_image_url="https://example.com/ü.png", garment_mode="upper"
        ).wait()

    try:
        scenario = Scenario("upload", upload, f"JobResult {FINAL}", "POST POST GET GET GET", scripted(LIMITED))
        scenario.check(pixelcut, door, provider, api_key=KEY)
    finally:
        if hasattr(picture, "close"):
            picture.close()
    first, second = (request.parts() for request in provider.requests[:2])
    assert first == second
    by_name = {part.name: part for part in first}
    assert by_name["person_image"].content == PNG
    assert (by_name["person_image"].filename, by_name["person_image"].content_type) == ("fine.jpg", "image/jpeg")
    assert {name: part.text for name, part in by_name.items() if part.filename is None} == {
        "garment_image_url": "https://example.com/ü.png",
        "garment_mode": "upper",
        "wait_for_result": "false",
    }


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_object_in_an_upload_is_a_part_of_json(door: Door) -> None:
    transform = ImageTransform(scale=0.5)
    provider = Pixelcut()

    def generate(client: Any) -> Any:
        return client.images.generate_background(image=PNG, image_transform=transform, scene="wood")

    Scenario("nested", generate, "ImageResult", "POST").check(pixelcut, door, provider, api_key=KEY)
    parts = {part.name: part for part in provider.requests[0].parts()}
    assert sorted(parts) == ["image", "image_transform", "scene"]
    assert parts["image"].content == PNG
    assert parts["image_transform"].content_type == "application/json"
    assert json.loads(parts["image_transform"].content) == {"scale": 0.5}
    assert parts["scene"].text == "wood"


START: dict[str, Any] = {"person_image_url": PICTURE, "garment_image_url": PICTURE}
IMPOSSIBLE: list[tuple[str, str, dict[str, Any]]] = [
    ("try_on.start", "person_image_url= is required", {}),
    ("try_on.create", "garment_image_url= is required", {"person_image_url": PICTURE}),
    ("try_on.start", "at most 1 of 'person_image' and 'person_image_url'", {**START, "person_image": PNG}),
    ("try_on.start", "at least one of 'garment_image' and 'garment_image_url'", {"person_image": PNG}),
    ("images.upscale", "image_url= is required", {"scale": 2}),
    ("images.upscale", "at most 1 of 'image' and 'image_url'", {"image": PNG, "image_url": PICTURE}),
    ("images.generate_background", "image_url= is required", {"prompt": "a beach"}),
    ("images.remove_background", "image_url= is required", {}),
]


@pytest.mark.parametrize("door", DOORS, ids=str)
@pytest.mark.parametrize(("method", "text", "arguments"), IMPOSSIBLE)
def test_a_paid_request_that_cannot_be_valid_is_refused_before_it_is_sent(
    method: str, text: str, arguments: dict[str, Any], door: Door
) -> None:
    resource, _, name = method.partition(".")
    provider = Pixelcut()
    with pytest.raises(TypeError, match=text):
        play(pixelcut, door, provider, lambda c: getattr(getattr(c, resource), name)(**arguments), api_key=KEY)
    assert provider.requests == []


def test_text_is_no_file() -> None:
    name: Any = "me.jpg"
    with pixelcut.Client(api_key=KEY, base_url="http://127.0.0.1:9") as client, pytest.raises(TypeError, match="Path"):
        client.try_on.start(person_image=name, garment_image_url="https://example.com/shirt.png")


def test_errors_pickle_and_tell_the_job() -> None:
    for door in DOORS:
        scenario = Scenario("filtered", result_of("filtered"), "JobFailed content_filter_error", "POST GET GET GET")
        error = pickle.loads(pickle.dumps(scenario.check(pixelcut, door, Pixelcut(), api_key=KEY).value))
        assert isinstance(error, pixelcut.JobFailed)
        assert (error.job_id, error.code, error.message) == ("job/1", "content_filter_error", "Flagged")
        assert "\n" not in str(error)


def test_a_key_that_the_server_echoes_is_in_no_text_of_an_error() -> None:
    error = {"error_code": "content_filter_error", "message": f"key {KEY}"}
    failed = {"job_id": "j", "status": "failed", "error": error}
    echoes = (Answer(401, {"error": f"bad key {KEY}"}), Answer(200, failed))
    for door in DOORS:
        for answer in echoes:
            provider = Pixelcut()
            provider.script(answer)
            told = play(pixelcut, door, provider, lambda client: client.try_on.job("j").wait(), api_key=KEY)
            assert isinstance(told.value, pixelcut.APIError)
            assert "key ***" in str(told.value)
            assert KEY not in repr([told.value, told.value.args, pickle.loads(pickle.dumps(told.value)).args])


def test_body_of_a_refusal_is_typed() -> None:
    provider = Pixelcut()
    with running(provider), pixelcut.Client(api_key=KEY, base_url=provider.url) as client:
        with pytest.raises(pixelcut.NotFoundError) as caught:
            client.try_on.get_job("nobody")
        with pytest.raises(pixelcut.BadRequestError) as refused:
            client.try_on.create(
                person_image_url="https://example.com/huge.jpg", garment_image_url="https://example.com/a.png"
            )
    assert isinstance(caught.value.body, Error404)
    assert caught.value.body.error == "Job not found"
    assert isinstance(refused.value.body, Error400)
    assert refused.value.body.error_code == "file_size_too_large"


def test_timeout_of_waiting_keeps_the_job() -> None:
    """Through the whole clock: the pauses grow from one to five seconds, and the last look begins before the end."""
    for door in DOORS:
        provider = Pixelcut()
        provider.begin("endless")
        told = play(pixelcut, door, provider, lambda c: c.try_on.job("job/1").wait(timeout=60), api_key=KEY)
        assert isinstance(told.value, pixelcut.JobTimeout)
        assert told.value.job_id == "job/1"
        assert 55 < sum(told.pauses) <= 60.5
        # The last poll comes early, and may still have to wait for its turn.
        assert all(0.5 <= pause <= 6.25 for pause in told.pauses[:-2])


def test_secrets_are_in_no_text() -> None:
    provider = Pixelcut()
    with running(provider), pixelcut.Client(api_key=KEY, base_url=provider.url) as client:
        job = client.try_on.start(
            person_image_url="https://example.com/fine.jpg", garment_image_url="https://example.com/a.png"
        )
        for text in (repr(client), repr(job), repr(client.try_on)):
            assert KEY not in text
    assert "PIXELCUT_API_KEY" not in os.environ
