"""What a generated package declares about its API, as data: the clients' settings, the
operations, the parameters that are not written in the default way. The generator builds
the same classes and prints them, so that both sides share one description of each."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeAlias

Location: TypeAlias = Literal[
    "path", "query", "querystring", "header", "cookie", "form"
]
"""Where a parameter is written; "form" is a field of an urlencoded body, "querystring"
the whole query."""

TransportName: TypeAlias = Literal["stdlib", "httpx2", "httpx"]
"""The transports that can be chosen by name."""

Requirements: TypeAlias = tuple[tuple[str, ...], ...]
"""Alternatives, each the names of the security schemes that it needs together."""

KeyLocation: TypeAlias = Literal["header", "query", "cookie"]
"""Where a credential is sent."""

IDEMPOTENT: Final = frozenset(
    ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "QUERY"]
)
"""Methods of which a repetition does no more than the first request."""


def is_repeated(status: int | None, *, safe: bool, declared: tuple[int, ...]) -> bool:
    """Returns whether a request is sent again after a response of `status`, or after no
    response (None).

    `safe`: the operation is idempotent, or a key lets the server recognise a
    repetition. `declared`: statuses after which nothing was done. A request that
    certainly did not arrive is always sent again."""
    if status is None:
        return safe
    if status == 429 or status in declared:
        return True
    return safe and (status in (408, 425) or status >= 500)


class Unset(enum.Enum):
    """Type of `UNSET`: one member, so that `value is UNSET` narrows `T | Unset`."""

    UNSET = "UNSET"

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> Literal[False]:
        return False


UNSET: Final = Unset.UNSET
"""The one value that means "not given" where `None` means null."""


@dataclass(frozen=True, slots=True)
class SpecialParam:
    """A parameter that is not written in the default way; `styles.Param` says how.

    `allow_empty`: an empty text in the path is no mistake, and an empty array in the
    query is sent."""

    location: Location
    name: str
    allow_empty: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation of the API.

    `route`: method and path, as in "GET /jobs/{id}". `responses`: status
    ("200", "2XX", "default") to the annotation of its JSON, or to annotations by media
    type, "raw" for a file whose type is JSON. `security`: alternatives, each the names
    of the schemes it needs together; empty: none; None: those of the client. `params`:
    those that are not written in the default way. `files`: fields of a form that hold
    files; "" is a whole body whose type is JSON. `retry_statuses`: responses after
    which nothing was done. `encodings`: media types of form fields."""

    id: str
    route: str
    responses: Mapping[str, Mapping[str, str] | str]
    security: Requirements | None = None
    params: tuple[SpecialParam, ...] = ()
    server: str | None = None
    retry_statuses: tuple[int, ...] = ()
    idempotency_header: str | None = None
    retry_safe: bool = False
    encodings: Mapping[str, str] = field(default_factory=dict[str, str])
    files: tuple[str, ...] = ()

    @cached_property
    def method(self) -> str:
        """The method of the request."""
        return self.route.partition(" ")[0]

    @cached_property
    def path(self) -> tuple[str, ...]:
        """The path: literal text and names of parameters take turns."""
        return tuple(re.split(r"[{}]", self.route.partition(" ")[2]))

    @property
    def is_idempotent(self) -> bool:
        """Whether doing it twice does no more than doing it once (RFC 9110 section
        9.2.2, or as declared)."""
        return self.retry_safe or self.method in IDEMPOTENT

    @cached_property
    def special_params(self) -> dict[tuple[str, str], SpecialParam]:
        """`params` by location and name; a "querystring" is given as a query."""
        places = {"querystring": "query"}
        return {(places.get(p.location, p.location), p.name): p for p in self.params}

    @cached_property
    def contents(self) -> dict[str, Mapping[str, str]]:
        """`responses`, each as annotations by media type."""
        given, json = self.responses.items(), "application/json"
        return {key: {json: of} if isinstance(of, str) else of for key, of in given}

    @cached_property
    def accept(self) -> str | None:
        """The Accept header: JSON if a success has it, else all that is returned in
        the same way as the first."""
        successes = [of for key, of in self.contents.items() if key.startswith("2")]
        kinds: dict[str, str] = {}
        for content in successes or self.contents.values():
            kinds = {**kinds, **content, **kinds}
        first = next(iter(kinds.values()), None)
        json = [kind for kind, read in kinds.items() if is_json(kind) and read != "raw"]
        asked = json or [kind for kind, read in kinds.items() if read == first]
        return ", ".join(asked) or None


def is_json(media_type: str) -> bool:
    """Returns whether a media type is JSON, `+json` included (RFC 6839)."""
    essence = media_type.partition(";")[0].strip().lower()
    return essence in ("application/json", "text/json") or essence.endswith("+json")


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a credential is sent: in a header after `prefix`, e.g. `Scheme("header",
    "Authorization", "Bearer")` (RFC 6750), in the query or in a cookie."""

    location: KeyLocation
    name: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """What a generated package declares for all of its calls.

    `package` names the logger and holds `models` and `errors`. `error_bodies`: what
    JSON in an error is, by status, and `security`: what an operation needs, where the
    operation does not declare it. `header_options`: headers that are options, by the
    names of these."""

    package: str
    base_url: str | None = None
    schemes: Mapping[str, Scheme] = field(default_factory=dict[str, Scheme])
    error_bodies: Mapping[str, str] = field(default_factory=dict[str, str])
    security: Requirements = ()
    transport: TransportName = "stdlib"
    header_options: Mapping[str, str] = field(default_factory=dict[str, str])


class Tagged(NamedTuple):
    """Marks a union whose variants a property distinguishes, as in
    `Tagged("pet_type", (("cat", "Cat"), ("dog", "Dog")))`. `mapping` names classes of
    the models package; `default` is the one for every other value, and for none."""

    property: str
    mapping: tuple[tuple[str, str], ...]
    default: str | None = None
