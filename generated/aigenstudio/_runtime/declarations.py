"""Part of the runtime of a generated client. 0BSD: use it as you like.

What a generated package declares about its API, as data: the clients' settings, the operations, the parameters that are
not written in the default way. The generator builds the same classes and prints them, so that both sides share one
description of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, TypeAlias

from .errors import APIStatusError

Location: TypeAlias = Literal[
    "path", "query", "querystring", "header", "cookie", "form"
]
"""Where a parameter is written; "form" is a field of an urlencoded body, "querystring" the whole query."""

Style: TypeAlias = Literal[
    "simple",
    "label",
    "matrix",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "cookie",
]
"""How a parameter becomes text (OpenAPI 3.2, Parameter Object, `style`)."""

DEFAULT_STYLE: Final[Mapping[Location, Style]] = {
    "path": "simple",
    "query": "form",
    "querystring": "form",
    "header": "simple",
    "cookie": "form",
    "form": "form",
}
"""The style of a parameter that names none, by its location."""


def default_explode(style: Style) -> bool:
    """Returns whether `style` writes each item on its own when `explode` is left out."""
    return style in ("form", "cookie")


@dataclass(frozen=True, slots=True)
class Param:
    """How one parameter is written, e.g. `Param("query", "ids", style="pipeDelimited", explode=False)`.

    Without `style` or `explode` the defaults hold (`DEFAULT_STYLE`, `default_explode`). With `media_type` the value is
    written as that instead (a parameter with `content`). `allow_reserved` leaves reserved characters as they are.
    """

    location: Location
    name: str
    style: Style | None = None
    explode: bool | None = None
    media_type: str | None = None
    allow_reserved: bool = False


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation of the API.

    `path` alternates literal text and names of path parameters. `responses`: status ("200", "2XX", "default") to media
    type to annotation, or "raw" for a file whose type is JSON. `security`: alternatives, each the names of the schemes
    it needs together; empty: none. `params`: those that are not written in the default way. `files`: fields of a form
    that hold files; "" is a whole body whose type is JSON. `retry_statuses`: answers that mean nothing was done.
    `encodings`: media types of form fields.
    """

    id: str
    method: str
    path: tuple[str, ...]
    responses: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict[str, Mapping[str, str]]
    )
    security: tuple[tuple[str, ...], ...] = ()
    params: tuple[Param, ...] = ()
    server: str | None = None
    retry_statuses: tuple[int, ...] = ()
    idempotency_header: str | None = None
    retry_safe: bool = False
    encodings: Mapping[str, str] = field(default_factory=dict[str, str])
    files: tuple[str, ...] = ()

    @cached_property
    def special_params(self) -> dict[tuple[str, str], Param]:
        """`params` by location and name."""
        return {(param.location, param.name): param for param in self.params}

    @cached_property
    def accept(self) -> str | None:
        """The Accept header: every media type of a success."""
        successes = [
            content
            for status, content in self.responses.items()
            if status.startswith("2")
        ]
        media_types = {
            kind: None
            for content in successes or self.responses.values()
            for kind in content
        }
        return ", ".join(media_types) or None


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key in a header, in the query or in a cookie, e.g. `ApiKey("header", "X-API-KEY")`."""

    location: Literal["header", "query", "cookie"]
    name: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """A token in the Authorization header, after `scheme` (RFC 6750)."""

    scheme: str = "Bearer"


@dataclass(frozen=True, slots=True)
class Basic:
    """User name and password in the Authorization header (RFC 7617)."""


Scheme: TypeAlias = ApiKey | Bearer | Basic


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """What a generated package tells its runtime. `package` names the logger and holds `models`."""

    package: str
    base_url: str | None = None
    schemes: Mapping[str, Scheme] = field(default_factory=dict[str, Scheme])
    errors: Mapping[int, type[APIStatusError]] = field(
        default_factory=dict[int, type[APIStatusError]]
    )
    transport: str = "stdlib"
