"""What an API means, free of files and free of Python: the output of parse, the input of translate.

    Api ─┬─ operations: Operation ─┬─ parameters: Parameter ── type: Type
         │                         ├─ body: Body ── contents: Content ── type: Type
         │                         └─ responses: Response ── contents: Content
         ├─ declarations: Model (fields: Field) | Enum | UnionOf     by key
         ├─ schemes: SecurityScheme
         └─ jobs: Job

Everything is frozen and printable. Types refer to declarations by key (`Ref("#/components/schemas/Job")`), never by
object, so that recursion is no special case. An *address* is `#/pointer` in the provider's document, or
`file#/pointer` for a part in another file; a key is the address of the schema it was read from.

All kinds are in one file, of a few more than 500 lines: each is explained by those beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import cache
from typing import Literal, TypeAlias, assert_never

from clientsmith.records import dataclass
from clientsmith.runtime.choices import Choice
from clientsmith.runtime.declarations import KeyLocation
from clientsmith.runtime.job_declarations import DEFAULT_SCHEDULE, DeclaredState
from clientsmith.runtime.job_declarations import Path as Path
from clientsmith.runtime.job_declarations import Refine as Refine
from clientsmith.runtime.job_declarations import Schedule as Schedule
from clientsmith.runtime.job_item_declarations import JobItems as JobItems
from clientsmith.runtime.styles import Style

# A value of JSON as Python reads it; dicts and lists only inside `default` and `example`, never changed.
Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

MediaKind: TypeAlias = Literal["json", "multipart", "form", "text", "bytes"]
"""How a body is written; "form" is application/x-www-form-urlencoded."""


class Missing:
    """The type of `MISSING`: no default was given (a default of `null` is `None`)."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()

# ---------------------------------------------------------------------------------------------------------- types

ScalarKind: TypeAlias = Literal[
    "string", "integer", "number", "boolean", "date-time", "http-date", "date", "duration", "uuid", "decimal",
    "base64", "base64url", "binary", "null",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scalar:
    """`Scalar("date-time")`. `decimal` is a decimal sent as a string, `base64` and `base64url` bytes inside JSON,
    `binary` raw bytes (a file part or a whole body), `http-date` a time as RFC 9110 writes it."""

    kind: ScalarKind


@dataclass(frozen=True, slots=True)
class Const:
    """Exactly one value: `Const("card")`. From `const`, or an inline `enum` of one value that is used as a tag."""

    value: str | int | bool


@dataclass(frozen=True, slots=True)
class ListOf:
    item: Type


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object whose keys are not known: `MapOf(Scalar("integer"))`."""

    value: Type


@dataclass(frozen=True, slots=True)
class Ref:
    """A declaration by its key: a model, an enum or a union."""

    key: str


@dataclass(frozen=True, slots=True)
class Union:
    """An undeclared union of scalars, lists, maps and refs, distinguished by structure:
    `Union((Scalar("string"), Scalar("integer")))`.

    Unions in which two or more arms are objects are declared (`UnionOf`), because they need a name to decode by; so
    are those of very many arms, which nobody reads where they are used.
    """

    arms: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class Nullable:
    """The value may also be `null`. Never nested, never around `Anything`."""

    inner: Type


@dataclass(frozen=True, slots=True)
class Anything:
    """No type is known: `{}`, `true`, or something that cannot be typed (then a warning was given)."""


Type: TypeAlias = Scalar | Const | ListOf | MapOf | Ref | Union | Nullable | Anything


def keys_in(type_: Type) -> Sequence[str]:
    """Returns the keys of the declarations that a type refers to."""
    match type_:
        case Scalar() | Const() | Anything():
            return ()
        case Ref():
            return (type_.key,)
        case ListOf(inner) | MapOf(inner) | Nullable(inner):
            return keys_in(inner)
        case Union():
            return [key for arm in type_.arms for key in keys_in(arm)]
        case _:
            assert_never(type_)


# --------------------------------------------------------------------------------------------------- declarations

HeaderForm: TypeAlias = Literal["json", "exploded"]
"""How a header is written, if not as the style `simple` without `explode`."""

Origin: TypeAlias = Literal["chosen", "derived"]


@dataclass(frozen=True, slots=True)
class NameHint:
    """What a declaration could be called, in words of the document: `NameHint(("Job",), "chosen")`.

    `chosen`: its author named it (a component's key, a `title`); `derived`: made of its place, from the outside
    in, as `("Job", "error", "error_code")` for the field `error_code` of the field `error` of `Job`.
    """

    words: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Field:
    """One property of an object. `wire` is its name as sent."""

    wire: str
    type: Type
    address: str
    required: bool = False
    default: Json | Missing = MISSING
    description: str = ""
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    example: Json | Missing = MISSING
    form: HeaderForm | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """An object with known properties; `allOf` is flattened already.

    `additional` types the properties that are not known: a `Type`; `Anything()` also where the document is silent.
    `open`: whether the document writes that there may be such properties. `headers`: it is what a response declares as
    its headers, each of them a field.
    `sent`, `received`: whether a request or a response (or webhook) reaches it.
    """

    key: str
    name: NameHint
    fields: tuple[Field, ...]
    additional: Type = Anything()
    description: str = ""
    deprecated: bool = False
    sent: bool = False
    received: bool = False
    open: bool = False
    headers: bool = False


@dataclass(frozen=True, slots=True)
class Enum:
    """A closed list in the document, an open one on the wire: `Enum(..., values=("pending", "running"))`.

    `values` in the document's order, without null and without repetition; descriptions by position, empty if none.
    """

    key: str
    name: NameHint
    values: tuple[str | int | float | bool, ...]
    description: str = ""
    value_descriptions: tuple[str, ...] = ()
    sent: bool = False
    received: bool = False


@dataclass(frozen=True, slots=True)
class Discriminator:
    """`property` on the wire; `mapping` from its values to arms (by key of the arm's declaration), sorted by value."""

    property: str
    mapping: tuple[tuple[str, str], ...]
    default: str | None = None


@dataclass(frozen=True, slots=True)
class UnionOf:
    """A declared `oneOf` / `anyOf` with object arms, or very many: distinguished by a discriminator or by structure."""

    key: str
    name: NameHint
    arms: tuple[Type, ...]
    discriminator: Discriminator | None = None
    description: str = ""
    sent: bool = False
    received: bool = False


Declaration: TypeAlias = Model | Enum | UnionOf


def links_of(declaration: Declaration) -> list[str]:
    """Returns the keys of the declarations that a declaration refers to."""
    match declaration:
        case Model():
            found = [key for field in declaration.fields for key in keys_in(field.type)]
            return [*keys_in(declaration.additional), *found]
        case UnionOf():
            mapped = [key for _, key in declaration.discriminator.mapping] if declaration.discriminator else []
            return [key for arm in declaration.arms for key in keys_in(arm)] + mapped
        case Enum():
            return []
        case _:
            assert_never(declaration)


# ----------------------------------------------------------------------------------------------------- operations

ParameterLocation: TypeAlias = Literal["path", "query", "querystring", "header", "cookie"]
"""`querystring` is the whole query as one value (OAS 3.2)."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `style` and `explode` are always filled in (the defaults of the location).

    `media_type` is set for a parameter with `content`: its value is serialised as that media type. `of_client`: it is
    given to the client, for all calls, and not to each method. `allow_empty`: an empty text in the path, or an empty
    array or object in the query, is sent all the same.
    """

    wire: str
    location: ParameterLocation
    type: Type
    address: str
    required: bool = False
    style: Style = "form"
    explode: bool = True
    allow_reserved: bool = False
    media_type: str | None = None
    default: Json | Missing = MISSING
    description: str = ""
    deprecated: bool = False
    example: Json | Missing = MISSING
    of_client: bool = False
    allow_empty: bool = False


@dataclass(frozen=True, slots=True)
class PartEncoding:
    """Encoding Object of one multipart or form property."""

    wire: str
    content_type: str | None = None
    style: Style | None = None
    explode: bool | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """One media type of a body or a response: `Content("application/json", Ref(...))`. `kind` says how it is written.

    `type` of a `bytes` content is `Scalar("binary")`, or what the document states of a media type that is not decoded
    (XML): bytes all the same. `item` types one item of a sequential media type (`itemSchema`, OAS 3.2). `files` are the
    properties of a multipart body that are files, or lists of them; `choices` says of which properties some are
    required, or exclude one another.
    """

    media_type: str
    kind: MediaKind
    type: Type
    encodings: tuple[PartEncoding, ...] = ()
    example: Json | Missing = MISSING
    item: Type | None = None
    files: frozenset[str] = frozenset()
    choices: tuple[Choice, ...] = ()

    @property
    def is_patch(self) -> bool:
        """Whether it changes a resource by the properties that it has, and null removes one (RFC 7396)."""
        return self.media_type.partition(";")[0].strip().lower() == "application/merge-patch+json"


@dataclass(frozen=True, slots=True)
class Body:
    contents: tuple[Content, ...]
    address: str
    required: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """`status` is `"200"`, `"4XX"` or `"default"`. No contents: there is no body, or it is ignored. `headers` refers to
    the model of those that are declared. `word` names it beside the others of its operation: `Response`, `Error409`."""

    status: str
    contents: tuple[Content, ...]
    address: str
    description: str = ""
    headers: Ref | None = None
    word: str = "Response"

    @property
    def types(self) -> tuple[Type, ...]:
        """The types of its contents and of its headers."""
        types: list[Type] = [content.type for content in self.contents]
        return (*types, *([self.headers] if self.headers is not None else []))


@dataclass(frozen=True, slots=True)
class Webhook:
    """A request that the provider sends: a webhook, or a callback of an operation.

    A client has no code of it but the models of its body, which is received, and of its responses, which are sent.
    `operation` is the address of the operation that a callback belongs to; empty for a webhook.
    """

    name: str
    method: str
    address: str
    body: Body | None = None
    responses: tuple[Response, ...] = ()
    operation: str = ""


@dataclass(frozen=True, slots=True)
class ServerVariable:
    name: str
    default: str
    values: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Server:
    """`url` may be relative and may hold `{variable}`; `pointer`: its address in the document."""

    url: str
    description: str = ""
    variables: tuple[ServerVariable, ...] = ()
    pointer: str = field(default="", compare=False)

    @property
    def address(self) -> str:
        """The URL with the defaults of its variables."""
        address = self.url
        for variable in self.variables:
            address = address.replace(f"{{{variable.name}}}", variable.default)
        return address


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """`name` is the key under `securitySchemes`; `wire` the header, query parameter or cookie of an `apiKey`.

    `token` covers oauth2 and openIdConnect: an access token that the caller brings, sent as a bearer. `prefix` is what
    comes before the token of a `bearer`.
    """

    name: str
    kind: Literal["apiKey", "basic", "bearer", "token", "none"]
    address: str
    location: KeyLocation = "header"
    wire: str = ""
    description: str = ""
    bearer_format: str = ""
    prefix: str = "Bearer"


Requirement: TypeAlias = tuple[str, ...]
"""Names of schemes that are needed together; `()` means that none is needed."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a document says about the name of an operation: `Naming(("fine_tuning", "jobs"), "create")` by a naming
    extension, and the call in its own Python sample, `("fine_tuning", "jobs", "create")`; all as they are written."""

    groups: tuple[str, ...] | None = None
    method: str = ""
    sample: tuple[str, ...] = ()

    @property
    def is_explicit(self) -> bool:
        """Whether an extension says it."""
        return self.groups is not None or bool(self.method)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path; for variants (one path and method, several documented operations) one each.

    `path` alternates literal text and parameter names: `("/jobs/", "jobId", "/cancel")`, literals at even positions
    (possibly empty), names at odd ones. `retry_reason`: why `retry_statuses` may be sent again, as the overlay that
    declares them states it. `security` is the OR of requirements that apply; `None` or `()`: none. `path_words` are
    what its method and path say, which name it where it has no id: `("list", "jobs")`.
    """

    address: str
    method: str
    path: tuple[str, ...]
    id: str | None = None
    tags: tuple[str, ...] = ()
    summary: str = ""
    description: str = ""
    deprecated: bool = False
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[Requirement, ...] = ()
    servers: tuple[Server, ...] = ()
    retry_statuses: tuple[int, ...] = ()
    retry_reason: str = ""
    idempotency_header: str | None = None
    naming: Naming | None = None
    path_words: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """The path as the document writes it: `/jobs/{jobId}/cancel`."""
        return _template(self.path)


@cache
def _template(path: tuple[str, ...]) -> str:
    return "".join(f"{{{part}}}" if i % 2 else part for i, part in enumerate(path))


# ----------------------------------------------------------------------------------------------------------- jobs

JobState: TypeAlias = DeclaredState


@dataclass(frozen=True, slots=True)
class JobCall:
    """An operation of the life cycle, by address. `id_parameter`: the wire name of its parameter that takes the id, or
    of the field of its JSON body, if it is `in_body`."""

    operation: str
    id_parameter: str = ""
    in_body: bool = False


@dataclass(frozen=True, slots=True)
class JobStart:
    """An operation that starts a job. `fixed` are body fields with their value (`wait_for_result: false`); `id` is
    where the response has the id."""

    operation: str
    id: Path
    fixed: tuple[tuple[str, Json], ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """An asynchronous job, from an `x-job` declaration in an overlay (see docs/jobs.md)."""

    name: str
    address: str
    starts: tuple[JobStart, ...]
    poll: JobCall
    cancel: JobCall | None
    too_late: tuple[tuple[int, str | None], ...]
    """Statuses (and an `error_code`, if one is declared) by which a cancel reports that the job had finished."""
    state_at: Path
    states: tuple[tuple[str, JobState], ...]
    """Wire value to state, in document order."""
    refine: tuple[Refine, ...]
    unknown: Literal["poll", "raise"]
    not_found_grace: float
    result: Path | None
    result_type: Type | None
    error_code: Path | None
    error_message: Path | None
    items: JobItems | None
    done_at: tuple[Path, ...] = ()
    total_at: Path | None = None
    schedule: Schedule = DEFAULT_SCHEDULE
    result_expires: float | None = None
    """Seconds for which the result can be fetched; `job_expires`: for which the job is known."""
    job_expires: float | None = None
    resource: str = ""
    """Where the handle is to be had, if it is declared; else beside what starts the job."""


# ------------------------------------------------------------------------------------------------------------ api


@dataclass(frozen=True, slots=True)
class Api:
    """A whole API. `operations` sorted by path, method, id; `declarations` sorted by key."""

    title: str
    version: str
    description: str
    servers: tuple[Server, ...]
    operations: tuple[Operation, ...]
    declarations: dict[str, Declaration]
    schemes: tuple[SecurityScheme, ...]
    jobs: tuple[Job, ...] = ()
    tag_descriptions: tuple[tuple[str, str], ...] = ()
    webhooks: tuple[Webhook, ...] = ()
