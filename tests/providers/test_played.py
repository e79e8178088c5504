"""The played providers keep to the documents: each answer that a document names is given, and is of the form it names.

Without this, the end-to-end tests could agree with a provider that nobody ever documented.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx
import jsonschema_rs
import played_aigenstudio
import played_pixelcut
import played_pixii
import pytest
from loopback import Provider, running

from clientsmith import pipeline
from clientsmith.diagnostics import Report
from clientsmith.project.settings import read_provider

SPECS = Path(__file__).resolve().parents[2] / "specs"
UNEXPECTED = {"brand"}
"""Fields that a played provider adds on purpose, to see that clients keep what they do not know."""


class Ask(NamedTuple):
    """A request, and the status that it must have: `Ask(404, "GET", "/v1/jobs/nobody")`."""

    status: int
    method: str
    path: str
    json: Any = None
    headers: Mapping[str, str] = MappingProxyType({})


def pixelcut() -> tuple[Provider, str, dict[str, str], list[Ask]]:
    provider = played_pixelcut.Pixelcut()
    provider.begin("endless")
    for course in played_pixelcut.COURSES:
        if not course.startswith("novel"):
            provider.begin(course, 2)
    job, done = "/v1/try-on/job/job%2F1", "/v1/try-on/job/job%2F2"
    urls = {"person_image_url": "https://x/fine.jpg", "garment_image_url": "https://x/a.jpg"}
    asks = [
        *(Ask(200, "GET", f"/v1/try-on/job/{quote(job_id, safe='')}") for job_id in provider.jobs),
        Ask(404, "GET", "/v1/try-on/job/nobody"),
        Ask(401, "GET", job, headers={"X-API-KEY": ""}),
        Ask(200, "POST", f"{job}/cancel"),
        Ask(200, "GET", job),
        Ask(409, "POST", f"{done}/cancel"),
        Ask(404, "POST", "/v1/try-on/job/nobody/cancel"),
        Ask(401, "POST", f"{job}/cancel", headers={"X-API-KEY": ""}),
        Ask(200, "POST", "/v1/try-on", urls),
        Ask(200, "POST", "/v1/try-on", urls | {"wait_for_result": False}),
        Ask(400, "POST", "/v1/try-on", {}),
        Ask(400, "POST", "/v1/try-on", urls | {"person_image_url": "https://x/huge.jpg"}),
        Ask(403, "POST", "/v1/try-on", urls | {"person_image_url": "https://x/unpaid.jpg"}),
        Ask(401, "POST", "/v1/try-on", urls, {"X-API-KEY": ""}),
    ]
    for path in ("remove-background", "generate-background", "upscale"):
        asks += [
            Ask(200, "POST", f"/v1/{path}", {"image_url": "https://x/a.jpg"}),
            Ask(400, "POST", f"/v1/{path}", {}),
            Ask(401, "POST", f"/v1/{path}", {}, {"X-API-KEY": ""}),
        ]
    return provider, "", {"X-API-KEY": played_pixelcut.KEY}, asks


def pixii() -> tuple[Provider, str, dict[str, str], list[Ask]]:
    provider = played_pixii.Pixii()
    listing = {"asin": "B0FINE", "country_code": "US", "listing_type": "amazon_listing"}
    item = {"preview_url": "https://x/a.png", "platform": "Amazon", "asset_type": "gallery"}
    scale = {"asin": "B0FINE", "country_code": "US", "scale_mode": "catalog", "items": [item]}
    asks: list[Ask] = []
    for path, body in (("/v1/api/listing_builder", listing), ("/v1/api/scale", scale)):
        asks += [
            *(Ask(200, "POST", path, body | {"asin": asin}) for asin in played_pixii.COURSES if asin != "B0NOVEL"),
            Ask(400, "POST", path, body | {"asin": ""}),
            Ask(400, "POST", path, body | {"asin": "B0POOR"}),
            Ask(422, "POST", path, body | {"asin": "B0NOBRAND"}),
            Ask(401, "POST", path, body, {"Authorization": ""}),
        ]
    asks += [Ask(200, "GET", f"/v1/api/jobs/pixii-{number}") for number in (1, 2, 3, 4, 5, 6) for _ in range(3)]
    asks += [
        Ask(404, "GET", "/v1/api/jobs/nobody"),
        Ask(401, "GET", "/v1/api/jobs/pixii-1", None, {"Authorization": ""}),
    ]
    return provider, "", {"Authorization": f"Bearer {played_pixii.LIVE}"}, asks


def aigenstudio() -> tuple[Provider, str, dict[str, str], list[Ask]]:
    provider = played_aigenstudio.AIGenStudio()
    jobs = "/product-photo-jobs"
    body = {"images": [{"source_url": "https://x/a.jpg", "external_id": name} for name in ("one", "bad", "stopped")]}
    job = provider.begin({"images": body["images"][:1]}, "batch-0001")
    mixed = provider.begin(body, "batch-0002")
    asks = [
        Ask(202, "POST", jobs, body, {"Idempotency-Key": "batch-0003"}),
        Ask(200, "POST", jobs, body, {"Idempotency-Key": "batch-0003"}),
        Ask(409, "POST", jobs, {"images": body["images"][:1]}, {"Idempotency-Key": "batch-0003"}),
        Ask(400, "POST", jobs, body),
        Ask(422, "POST", jobs, {"images": []}, {"Idempotency-Key": "batch-0004"}),
        Ask(401, "POST", jobs, body, {"Authorization": ""}),
        *(Ask(200, "GET", f"{jobs}/{one.id}") for one in (job, mixed) for _ in range(3)),
        Ask(404, "GET", f"{jobs}/nobody"),
        Ask(401, "GET", f"{jobs}/nobody", None, {"Authorization": ""}),
        Ask(200, "GET", f"{jobs}?limit=1"),
        Ask(200, "GET", jobs),
        Ask(400, "GET", f"{jobs}?limit=0"),
        Ask(401, "GET", jobs, None, {"Authorization": ""}),
        Ask(200, "GET", "/product-photo-presets", None, {"Authorization": ""}),
    ]
    return provider, "/api/v1", {"Authorization": f"Bearer {played_aigenstudio.KEY}"}, asks


SCRIPTED = {"429", "500", "503"}
"""Answers that the tests script where they need them, because no request deserves them by itself."""


@pytest.mark.parametrize("played", [aigenstudio, pixelcut, pixii])
def test_answers_are_those_of_the_document(played: Any) -> None:
    provider, prefix, credentials, asks = played()
    name = played.__name__
    root = pipeline.document(read_provider(name, SPECS / name, f"specs/{name}/", Report()), Report()).root
    given: set[tuple[str, str, str]] = set()
    with running(provider, prefix), httpx.Client(base_url=provider.url, headers=credentials) as client:
        for ask in asks:
            answer = client.request(ask.method, ask.path, json=ask.json, headers=ask.headers)
            assert answer.status_code == ask.status, (ask, answer.text)
            template = _template(root, ask.path.partition("?")[0])
            operation = root["paths"][template][ask.method.lower()]
            status = str(ask.status) if str(ask.status) in operation["responses"] else "default"
            given.add((template, ask.method, status))
            _check(root, operation["responses"][status], answer.json())
    documented = {
        (template, method.upper(), status)
        for template, item in root["paths"].items()
        for method, operation in item.items()
        for status in operation["responses"]
    }
    missing = {one for one in documented - given if one[2] not in SCRIPTED}
    assert missing <= {
        # One page says 200, another 202: one of them is played.
        ("/v1/api/listing_builder", "POST", "202"),
        ("/v1/api/scale", "POST", "202"),
        # Nobody says when looking at a job is a bad request.
        ("/v1/try-on/job/{jobId}", "GET", "400"),
        # Nobody knows which other refusals there are.
        ("/product-photo-presets", "GET", "default"),
        # The three of them ask for credits as try-on does.
        *((f"/v1/{path}", "POST", "403") for path in ("remove-background", "generate-background", "upscale")),
    }


def _template(root: dict[str, Any], path: str) -> str:
    for template in root["paths"]:
        if re.fullmatch(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template)), path):
            return str(template)
    raise AssertionError(f"no operation at {path}")


def _check(root: dict[str, Any], response: dict[str, Any], body: Any) -> None:
    while "$ref" in response:
        response = root["components"]["responses"][response["$ref"].rpartition("/")[2]]
    schema = response["content"]["application/json"]["schema"]
    # Unknown fields are refused as well: a misspelt one would otherwise pass for an extension.
    known = {"$schema": "https://json-schema.org/draft/2020-12/schema", "unevaluatedProperties": False}
    whole = known | {"allOf": [schema], "components": root["components"]}
    body = {key: value for key, value in body.items() if key not in UNEXPECTED}
    jsonschema_rs.validator_for(whole).validate(body)
