"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass

from .._runtime.model import ModelBase


@dataclass(slots=True, kw_only=True)
class StartTranscriptResponse(ModelBase):
    task: StartTranscriptResponseTask


@dataclass(slots=True, kw_only=True)
class StartTranscriptResponseTask(ModelBase):
    number: int


@dataclass(slots=True, kw_only=True)
class Task(ModelBase):
    state: str
    transcript: Transcript | None = None
    reason: str | None = None


@dataclass(slots=True, kw_only=True)
class Transcript(ModelBase):
    text: str
    words: list[str]
