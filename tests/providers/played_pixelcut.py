"""Pixelcut as its pages describe it: keys, refusals, try-on jobs that move a step with every look, and a late cancel.

The name of the person's picture chooses what becomes of the job: see `COURSES`.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from posixpath import basename
from typing import Any

from loopback import Answer, Provider, Seen

KEY = "sk_test_pixelcut"
RESULT = "https://assets.pixelcut.app/public/result/{}.jpg"
PNG = b"\x89PNG\r\n\x1a\n\x00\xff--\r\n"
"""Bytes that are no text and hold a line end and dashes, as a boundary does."""

_OK: dict[str, Any] = {"status": "completed"}
COURSES: dict[str, list[dict[str, Any]]] = {
    "fine": [_OK],
    # The status page's own example: completed, and an error beside it.
    "example": [_OK | {"error": {"message": "Job processing failed", "error_code": "content_filter_error"}}],
    "filtered": [{"status": "failed", "error": {"message": "Flagged", "error_code": "content_filter_error"}}],
    "bare": [{"status": "failed"}],
    "expiring": [{"status": "failed", "error": {"message": "Gone", "error_code": "job_expired"}}],
    "cancelled-elsewhere": [{"status": "failed", "error": {"message": "Stopped", "error_code": "job_cancelled"}}],
    # A state that no page lists, before it goes on as usual.
    "novel": [{"status": "upscaling"}, _OK],
    "novel-code": [{"status": "failed", "error": {"message": "New", "error_code": "model_retired"}}],
    "endless": [{"status": "running"}] * 1000,
    "no-result": [{"status": "completed", "result_url": None}],
}


@dataclass
class _Job:
    id: str
    course: list[dict[str, Any]]
    step: int = 0
    cancelled: bool = False

    @property
    def now(self) -> dict[str, Any]:
        if self.cancelled:
            return {"status": "failed", "error": {"message": "Job cancelled", "error_code": "job_cancelled"}}
        return self.course[min(self.step, len(self.course) - 1)]

    @property
    def finished(self) -> bool:
        return self.now["status"] in ("completed", "failed")


class Pixelcut(Provider):
    """`jobs` by id, in the order in which they were started."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs: dict[str, _Job] = {}
        self._numbers = itertools.count(1)

    def respond(self, request: Seen) -> Answer:
        if request.headers.get("x-api-key") != KEY:
            return refusal(401, "invalid_auth_token", "API Token not found")
        match request.method, request.segments:
            case "POST", ["v1", "try-on"]:
                return self._try_on(request)
            case "GET", ["v1", "try-on", "job", job_id] if job_id in self.jobs:
                return Answer(200, self._look(self.jobs[job_id]))
            case "POST", ["v1", "try-on", "job", job_id, "cancel"] if job_id in self.jobs:
                return self._cancel(self.jobs[job_id])
            case "POST", ["v1", ("remove-background" | "generate-background" | "upscale")]:
                return self._image(request)
            case _:
                return refusal(404, "not_found", "Job not found")

    def _try_on(self, request: Seen) -> Answer:
        fields = _fields(request)
        if fields is None:
            return refusal(400, "unsupported_content_type", "Send JSON or multipart/form-data")
        for picture in ("person_image", "garment_image"):
            if picture not in fields and f"{picture}_url" not in fields:
                return refusal(400, "missing_parameter", f"{picture}_url is missing")
            if picture in fields and f"{picture}_url" in fields:
                return refusal(400, "invalid_parameter", f"{picture} and {picture}_url")
        if fields.get("garment_mode", "auto") not in ("auto", "full", "upper", "lower"):
            return refusal(400, "invalid_parameter", "garment_mode")
        name = str(fields.get("person_image_url") or fields["person_image"])
        course = basename(name).rpartition(".")[0]
        if course == "unpaid":
            return refusal(403, "insufficient_api_credits", "Not enough credits")
        if course == "huge":
            return refusal(400, "file_size_too_large", "File size too large")
        if fields.get("wait_for_result", True) is True:
            return Answer(200, {"result_url": RESULT.format(course)})
        return Answer(200, {"job_id": self.begin(course)})

    def begin(self, course: str, looks: int = 0) -> str:
        """The id of a new job, as if it had been started and then looked at so often."""
        steps = [{"status": "pending"}, {"status": "running"}, *COURSES[course]]
        # A slash in an id must arrive encoded, or the job is not found.
        job = _Job(f"job/{next(self._numbers)}", steps, looks)
        self.jobs[job.id] = job
        return job.id

    def _look(self, job: _Job) -> dict[str, Any]:
        now = {"job_id": job.id} | job.now
        if now["status"] == "completed":
            now.setdefault("result_url", RESULT.format("final"))
        job.step += 1
        return {key: value for key, value in now.items() if value is not None}

    def _cancel(self, job: _Job) -> Answer:
        if job.finished:
            return refusal(409, "job_finished", "Job has already finished and cannot be canceled")
        job.cancelled = True
        return Answer(200, {"message": "Job cancelled"})

    def _image(self, request: Seen) -> Answer:
        fields = _fields(request)
        if fields is None:
            return refusal(400, "unsupported_content_type", "Send JSON or multipart/form-data")
        if "image" not in fields and "image_url" not in fields:
            return refusal(400, "missing_parameter", "image_url is missing")
        if request.headers.get("accept") == "image/*":
            return Answer(200, PNG, {"Content-Type": "image/png"})
        return Answer(200, {"result_url": RESULT.format("image")})


def refusal(status: int, code: str, text: str, **headers: str) -> Answer:
    return Answer(
        status, {"error": text, "error_code": code}, {key.replace("_", "-"): value for key, value in headers.items()}
    )


def _fields(request: Seen) -> dict[str, Any] | None:
    """The fields of either kind of body, a file as its name; `None` for another kind."""
    if request.content_type == "application/json":
        fields: dict[str, Any] = request.json()
        return fields
    if request.content_type == "multipart/form-data":
        words = {"true": True, "false": False}
        return {part.name: part.filename or words.get(part.text, part.text) for part in request.parts()}
    return None
