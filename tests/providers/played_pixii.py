"""Pixii as its pages describe it: bearer keys, two ways to start a job, images of which some may fail, no cancelling.

The ASIN chooses what becomes of the job: see `COURSES`.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from loopback import Answer, Provider, Seen

LIVE, TEST = "pk_live_key", "pk_test_key"
CREATED = "2026-05-01T10:00:00Z"

GOOD = {"preview_url": "https://cdn.pixii.ai/{}.png", "error": None}
BAD = {"preview_url": None, "error": {"code": "GENERATION_FAILED", "message": "No image came out."}}
COURSES: dict[str, dict[str, Any]] = {
    "B0FINE": {"status": "completed", "output": {"ads": [GOOD, GOOD]}},
    "B0PARTIAL": {"status": "completed", "output": {"ads": [GOOD, BAD, GOOD]}, "credits_refunded": 1.5},
    "B0HOLLOW": {"status": "completed", "output": {"ads": [BAD, BAD]}},
    "B0NOIMAGE": {"status": "completed", "output": {"ads": []}},
    "B0FAILED": {"status": "failed", "error_code": "PRODUCT_NOT_FOUND"},
    "B0NOVEL": {"status": "archived", "output": {"ads": [GOOD]}},
    "B0ENDLESS": {"status": "processing"},
}


@dataclass
class _Job:
    id: str
    kind: str
    asin: str
    looks: int = 0

    @property
    def now(self) -> dict[str, Any]:
        final = self.looks >= 2
        output = COURSES[self.asin].get("output") if final else None
        return {
            "id": self.id,
            "job_type": self.kind,
            "status": ("pending", "processing")[self.looks] if not final else COURSES[self.asin]["status"],
            "created_at": CREATED,
            "started_at": "2026-05-01T10:00:05Z" if self.looks else None,
            "completed_at": "2026-05-01T10:02:05Z" if final else None,
            "credit_cost": 4.5,
            "credits_refunded": COURSES[self.asin].get("credits_refunded", 0) if final else 0,
            "output": output and {"ads": [_numbered(i, ad) for i, ad in enumerate(output["ads"])]},
            "error_code": COURSES[self.asin].get("error_code") if final else None,
        }


def _numbered(position: int, ad: dict[str, Any]) -> dict[str, Any]:
    return ad | {"preview_url": ad["preview_url"] and ad["preview_url"].format(position)}


class Pixii(Provider):
    """`jobs` by id, in the order in which they were started."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs: dict[str, _Job] = {}
        self._numbers = itertools.count(1)

    def respond(self, request: Seen) -> Answer:
        key = request.headers.get("authorization", "").removeprefix("Bearer ")
        if key not in (LIVE, TEST):
            return refusal(401, "UNAUTHORIZED", "Missing or invalid API key")
        match request.method, request.segments:
            case "POST", ["v1", "api", "listing_builder"]:
                return self._start(request, key, "Listing Builder", ("asin", "country_code", "listing_type"))
            case "POST", ["v1", "api", "scale"]:
                return self._start(request, key, "Scale", ("asin", "country_code", "scale_mode", "items"))
            case "GET", ["v1", "api", "jobs", job_id] if job_id in self.jobs:
                job = self.jobs[job_id]
                answer = Answer(200, job.now)
                job.looks += 1
                return answer
            case _:
                return refusal(404, "JOB_NOT_FOUND", "Job not found")

    def _start(self, request: Seen, key: str, kind: str, required: tuple[str, ...]) -> Answer:
        fields: dict[str, Any] = request.json()
        missing = [name for name in required if not fields.get(name)]
        empty = [
            name
            for name in ("other_image_urls", "other_images_input", "user_prompt")
            if fields.get(name, ...) in ([], "")
        ]
        if missing or empty:
            return refusal(400, "VALIDATION_ERROR", "Invalid request", ", ".join(missing + empty))
        match fields["asin"]:
            case "B0POOR":
                return refusal(400, "INSUFFICIENT_CREDITS", "Not enough credits")
            case "B0NOBRAND":
                return refusal(422, "NO_ACTIVE_BRAND", "No active brand")
            case asin:
                job = _Job(f"pixii-{next(self._numbers)}", kind, asin, looks=2 if key == TEST else 0)
        self.jobs[job.id] = job
        return Answer(
            200, {"job_id": job.id, "job_type": kind, "status": "pending", "created_at": CREATED, "brand": "Acme"}
        )


def refusal(status: int, code: str, text: str, detail: str | None = None) -> Answer:
    return Answer(status, {"code": code, "message": text, "detail": detail})


def too_many(seconds: int, code: str = "RATE_LIMIT_MINUTE_EXCEEDED") -> Answer:
    """The seconds to wait stand in the body only: no page of the provider speaks of a header."""
    return Answer(429, {"code": code, "message": "Slow down", "detail": "60 requests a minute", "retry_after": seconds})
