"""AI Gen Studio as its pages describe it: bearer keys, idempotency keys, jobs of many images, pages of jobs.

The `external_id` of an image chooses what becomes of it: `bad...` fails, `stopped...` is cancelled, others are made.
"""

from __future__ import annotations

import datetime
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from loopback import Answer, Provider, Seen

KEY = "aigen_test_key"
OPERATIONS = (
    "product_photo_enhance", "remove_background", "studio_packshot",
    "marketplace_clean", "natural_lifestyle", "premium_ad",
)  # fmt: skip
STATES = ("queued", "processing", "completed", "partially_completed", "failed", "cancelled")


@dataclass
class _Job:
    request: dict[str, Any]
    created: datetime.datetime
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    looks: int = 0

    @property
    def outcomes(self) -> list[str]:
        kinds = {"bad": "failed", "stopped": "cancelled"}
        names = [str(image.get("external_id", "")) for image in self.request["images"]]
        return [next((kind for word, kind in kinds.items() if name.startswith(word)), "completed") for name in names]

    @property
    def status(self) -> str:
        if self.looks < 2:
            return ("queued", "processing")[self.looks]
        if len(set(self.outcomes)) == 1:
            return self.outcomes[0]
        return "partially_completed" if "completed" in self.outcomes else "failed"

    @property
    def summary(self) -> dict[str, Any]:
        total = len(self.outcomes)
        return {
            "id": self.id, "status": self.status, "total_items": total, "credits_reserved": 5 * total, "sandbox": True,
        }  # fmt: skip

    @property
    def whole(self) -> dict[str, Any]:
        """With the items that are through: one image a look once it is processing."""
        done = self.outcomes if self.looks >= 2 else self.outcomes[: self.looks]
        items = [self._item(i, kind) for i, kind in enumerate(done)]
        items += [self._item(i, "queued") for i in range(len(done), len(self.outcomes))]
        return self.summary | {
            "completed_items": done.count("completed"),
            "failed_items": len(done) - done.count("completed"),
            "credits_used": 5 * done.count("completed"),
            "items": items,
        }

    def _item(self, position: int, kind: str) -> dict[str, Any]:
        good = kind == "completed"
        item_id = str(uuid.uuid5(uuid.UUID(self.id), str(position)))
        return {
            "id": item_id,
            "external_id": self.request["images"][position].get("external_id"),
            "status": kind,
            "result_url": f"https://cdn.aigenstudio.app/{position}.png" if good else None,
            "thumbnail_url": f"https://cdn.aigenstudio.app/{position}-small.png" if good else None,
            "error_code": "image_unusable" if kind == "failed" else None,
            "error_message": "The image could not be used." if kind == "failed" else None,
        }


class AIGenStudio(Provider):
    """`jobs` by id, in the order in which they were made; `keys` the idempotency keys with their jobs."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs: dict[str, _Job] = {}
        self.keys: dict[str, _Job] = {}

    def respond(self, request: Seen) -> Answer:
        if (request.method, request.path) == ("GET", "/product-photo-presets"):
            preset = {"id": "white", "name": "White", "description": "A white background."}
            return Answer(200, {"presets": [preset], "request_id": "req_public"})
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return refusal(401, "invalid_api_key", "API key is missing or invalid.")
        match request.method, request.segments:
            case "POST", ["product-photo-jobs"]:
                return self._create(request)
            case "GET", ["product-photo-jobs"]:
                return self._list(request)
            case "GET", ["product-photo-jobs", job_id] if job_id in self.jobs:
                job = self.jobs[job_id]
                answer = {"job": job.whole, "request_id": request.headers.get("x-request-id", "req_get")}
                job.looks += 1
                return Answer(200, answer)
            case _:
                return refusal(404, "job_not_found", "No such job.")

    def _create(self, request: Seen) -> Answer:
        key = request.headers.get("idempotency-key", "")
        if not re.fullmatch(r"[A-Za-z0-9._:-]{8,160}", key):
            return refusal(400, "invalid_idempotency_key", "Idempotency-Key is missing or malformed.")
        body: dict[str, Any] = request.json()
        if not 1 <= len(body.get("images", ())) <= 20 or body.get("operation", OPERATIONS[0]) not in OPERATIONS:
            return refusal(422, "invalid_payload", "The request is not valid.")
        if key in self.keys:
            job = self.keys[key]
            if job.request != body:
                return refusal(409, "idempotency_conflict", "The key was used with another body.")
            return self._created(200, job)
        return self._created(202, self.begin(body, key))

    def begin(self, body: dict[str, Any], key: str) -> _Job:
        """A new job, a minute younger than the one before."""
        start = datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC)
        job = _Job(body, start + datetime.timedelta(minutes=len(self.jobs)))
        self.jobs[job.id] = self.keys[key] = job
        return job

    def _created(self, status: int, job: _Job) -> Answer:
        return Answer(status, {"job": job.summary, "remaining_paid_credits": 85, "request_id": "req_create"})

    def _list(self, request: Seen) -> Answer:
        limit = int(request.query.get("limit", "20"))
        wanted = request.query.get("status")
        if not 1 <= limit <= 100 or (wanted is not None and wanted not in STATES):
            return refusal(400, "invalid_query", "The query is not valid.")
        jobs = sorted(self.jobs.values(), key=lambda job: job.created, reverse=True)
        if "cursor" in request.query:
            before = datetime.datetime.fromisoformat(request.query["cursor"])
            jobs = [job for job in jobs if job.created < before]
        jobs = [job for job in jobs if wanted in (None, job.status)]
        more = len(jobs) > limit
        answer = {
            "jobs": [job.summary for job in jobs[:limit]],
            "request_id": "req_list",
            "next_cursor": jobs[limit - 1].created.isoformat().replace("+00:00", "Z") if more else None,
        }
        return Answer(200, answer)


def refusal(status: int, code: str, text: str, **headers: str) -> Answer:
    body = {"error": {"code": code, "message": text, "request_id": "req_refused"}}
    return Answer(status, body, {key.replace("_", "-"): value for key, value in headers.items()})


def too_many(seconds: int) -> Answer:
    return refusal(
        429, "rate_limit_exceeded", "Slow down.",
        Retry_After=str(seconds), X_RateLimit_Limit="60", X_RateLimit_Remaining="0", X_RateLimit_Reset="1800000000",
    )  # fmt: skip
