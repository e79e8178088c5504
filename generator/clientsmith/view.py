"""Exactly what a template may see: the generated package, decided but not yet written.

    Package ─┬─ client: ClientView             credentials, attributes
             ├─ resources: ResourceModule ─┬─ methods: Method ── arguments: Argument
             │                             ├─ calls: CallView       one private function per operation
             │                             └─ jobs: JobView
             ├─ models: ModelModule ── ModelView (fields: FieldView) | EnumView | AliasView
             ├─ errors: ErrorView
             └─ examples: ExampleView

Two kinds of string, and a template can print only one of them: `Code` is Python that we wrote; a plain `str` is text
from a document, and has to go through the filters `docstring` or `literal` first (see `render`).
"""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

RuntimePlace: TypeAlias = Literal["vendored", "shared"]
"""Where the runtime lies: in the package, or beside it, shared with other packages."""

_SAFE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class Code(str):
    """Python source that we wrote: an annotation, an import line, a default. Never text from a document."""

    __slots__ = ()


class Identifier(Code):
    """A name that is safe wherever Python takes one: ASCII, no keyword, no dunder.

    Raises:
        ValueError: for anything else.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Identifier:
        if not _SAFE.match(text) or keyword.iskeyword(text) or (text.startswith("__") and text.endswith("__")):
            raise ValueError(f"not a safe identifier: {text!r}")
        return super().__new__(cls, text)


# -------------------------------------------------------------------------------------------------------- models


@dataclass(frozen=True, slots=True)
class FieldView:
    """`Field("job_id", "str | None", "None", ...)`. `default` empty: the field is required in the constructor."""

    name: Identifier
    wire: str
    annotation: Code
    default: Code
    required: bool
    doc: str
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class ModelView:
    name: Identifier
    key: str
    doc: str
    fields: tuple[FieldView, ...]
    extra: FieldView
    kind: Literal["model"] = "model"

    @property
    def names(self) -> tuple[Identifier, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True)
class EnumView:
    """`TryOnState: TypeAlias = Literal[...]` and its `TypeGuard`. `literal` is false for values that `Literal` cannot
    hold (floats): then the alias is the base type and the guard knows the values."""

    name: Identifier
    key: str
    guard: Identifier
    values: tuple[Any, ...]
    base: Code
    literal: bool
    doc: str
    kind: Literal["enum"] = "enum"

    @property
    def names(self) -> tuple[Identifier, ...]:
        return (self.name, self.guard)


@dataclass(frozen=True, slots=True)
class AliasView:
    """A union by name; `tag`, `mapping`, `fallback` where a discriminator tells the arms apart."""

    name: Identifier
    key: str
    annotation: Code
    tag: str | None
    mapping: tuple[tuple[str, Code], ...]
    fallback: Code | None
    doc: str
    kind: Literal["alias"] = "alias"

    @property
    def names(self) -> tuple[Identifier, ...]:
        return (self.name,)


Definition: TypeAlias = ModelView | EnumView | AliasView


@dataclass(frozen=True, slots=True)
class ModelModule:
    """One private module behind the lazy `models` package."""

    name: Identifier
    imports: tuple[Code, ...]
    type_imports: tuple[Code, ...]
    definitions: tuple[Definition, ...]


# ----------------------------------------------------------------------------------------------------- resources


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a method. `location` is path, query, header, cookie, body or option."""

    name: Identifier
    wire: str
    location: str
    annotation: Code
    required: bool
    default: Code
    doc: str
    positional: bool = False
    api_default: Any = None
    has_api_default: bool = False

    @property
    def declaration(self) -> Code:
        """As it stands in a signature: `limit: int | None = None`."""
        return Code(f"{self.name}: {self.annotation}" + (f" = {self.default}" if self.default else ""))


@dataclass(frozen=True, slots=True)
class Documentation:
    """A docstring by its parts; every string is text from the document, except the names."""

    summary: str
    description: str = ""
    arguments: tuple[tuple[Identifier, str], ...] = ()
    returns: str = ""
    raises: tuple[tuple[Identifier, str], ...] = ()
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class Payload:
    """One way to write the body. `when`: the arguments (any of them given) that choose it; empty for the default.

    `model`: the annotation of the class that is built from the arguments; `None`: a mapping by wire names (`fields`),
    or the one argument as it is (`argument`). `needed`: arguments that may be left out of the call but not of
    `model`, each with the text of the error.
    """

    media_type: str
    when: tuple[Identifier, ...]
    fields: tuple[tuple[str, Identifier, Code], ...]
    model: Code | None = None
    argument: Identifier | None = None
    needed: tuple[tuple[Identifier, Code], ...] = ()

    @property
    def checks(self) -> tuple[tuple[Identifier, Code], ...]:
        """`needed`, less the one argument by which this payload is chosen: that was given."""
        return tuple((name, text) for name, text in self.needed if self.when != (name,))


@dataclass(frozen=True, slots=True)
class CallView:
    """One operation: its constant and the private function that makes a call of it, shared by sync and async."""

    function: Identifier
    constant: Identifier
    operation_id: str
    has_operation_id: bool
    method: str
    path: tuple[str, ...]
    template: str
    address: str
    returns: Code
    responses: tuple[tuple[str, tuple[tuple[str, Code | None], ...]], ...]
    security: tuple[tuple[str, ...], ...]
    arguments: tuple[Argument, ...]
    names: dict[str, Identifier]
    payloads: tuple[Payload, ...]
    media_types: tuple[str, ...]
    """Of all bodies that may be sent."""
    params: tuple[ParamView, ...] = ()
    server: str | None = None
    retry_statuses: tuple[int, ...] = ()
    idempotency_header: str | None = None
    retry_safe: bool = False
    encodings: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()
    content_type_argument: Identifier | None = None
    accept_argument: Identifier | None = None
    idempotency_argument: Identifier | None = None

    def by_location(self, location: str) -> tuple[Argument, ...]:
        return tuple(a for a in self.arguments if a.location == location)


@dataclass(frozen=True, slots=True)
class ParamView:
    """How a parameter is written when it is not by the defaults of its location."""

    location: str
    wire: str
    style: str | None
    explode: bool | None
    allow_reserved: bool
    media_type: str | None


@dataclass(frozen=True, slots=True)
class Method:
    """One public method. `kind`: an ordinary call, or `start`, which returns a job instead of the answer."""

    name: Identifier
    kind: Literal["call", "start"]
    call: CallView
    arguments: tuple[Argument, ...]
    passed: tuple[tuple[Identifier, Code], ...]
    returns: Code
    async_returns: Code
    doc: Documentation
    job: JobView | None = None
    job_id: Code | None = None


@dataclass(frozen=True, slots=True)
class RefineView:
    state: str
    at: Code
    values: tuple[str, ...]
    then: str


@dataclass(frozen=True, slots=True)
class JobView:
    """A job's declaration as arguments of `JobSpec`: `options` are keyword and code, in order."""

    constant: Identifier
    name: str
    type: Code
    async_type: Code
    spec_type: Code
    options: tuple[tuple[Identifier, Code], ...]
    resume: Identifier
    doc: str

    def handle(self, asynchronous: bool) -> Code:
        return self.async_type if asynchronous else self.type

    def handle_class(self, asynchronous: bool) -> Code:
        return Code("AsyncJob" if asynchronous else "Job")


@dataclass(frozen=True, slots=True)
class ResourceModule:
    """One resource: `client.try_on`, in `try_on.py`."""

    module: Identifier
    attribute: Identifier
    class_name: Identifier
    async_class_name: Identifier
    title: str
    doc: str
    imports: tuple[Code, ...]
    type_imports: tuple[Code, ...]
    calls: tuple[CallView, ...]
    methods: tuple[Method, ...]
    jobs: tuple[JobView, ...]

    def name(self, asynchronous: bool) -> Identifier:
        return self.async_class_name if asynchronous else self.class_name

    def core_name(self, asynchronous: bool) -> Code:
        return Code("AsyncCore" if asynchronous else "Core")

    def class_doc(self, asynchronous: bool) -> str:
        attribute = f"`client.{self.attribute}`{' of the asynchronous client' if asynchronous else ''}"
        return f"{attribute}: {self.doc}" if self.doc.strip() else f"{attribute}."

    @property
    def module_doc(self) -> str:
        return f"{self.title}: {self.doc}" if self.doc.strip() else f"{self.title}."

    @property
    def short_doc(self) -> str:
        return self.doc.strip().partition("\n")[0] or f"{self.title}."


# -------------------------------------------------------------------------------------------------------- package


@dataclass(frozen=True, slots=True)
class Credential:
    """A security scheme as arguments of the client. `value` builds the credential, `scheme` says how it is sent."""

    scheme_name: str
    arguments: tuple[Argument, ...]
    variables: tuple[str, ...]
    value: Code
    scheme: Code
    doc: str


@dataclass(frozen=True, slots=True)
class ClientView:
    """`base_url` is None where the caller has to give one; then `base_url_note` says what the document says."""

    base_url: str | None
    base_url_note: str
    transport: str
    credentials: tuple[Credential, ...]
    runtime_names: tuple[Identifier, ...]

    def class_name(self, asynchronous: bool) -> Identifier:
        return Identifier("AsyncClient" if asynchronous else "Client")

    def base_name(self, asynchronous: bool) -> Identifier:
        return Identifier("AsyncClientBase" if asynchronous else "ClientBase")


JOB_ERRORS = ("JobBlocked", "JobCancelled", "JobError", "JobExpired", "JobFailed", "JobPartiallyFailed", "JobTimeout")
"""Exceptions of a runtime module of their own, which only packages with jobs have."""


@dataclass(frozen=True, slots=True)
class ErrorView:
    """A leaf of the error tree with its own body type: `NotFoundError`, 404."""

    name: Identifier
    base: Identifier
    status: int
    body: Code
    doc: str


@dataclass(frozen=True, slots=True)
class ExampleView:
    operation_id: str
    method: str
    template: str
    status: int
    body: Any


@dataclass(frozen=True, slots=True)
class Package:
    """The whole generated package, named `name`."""

    name: Identifier
    title: str
    doc: str
    client: ClientView
    resources: tuple[ResourceModule, ...]
    models: tuple[ModelModule, ...]
    errors: tuple[ErrorView, ...]
    error_imports: tuple[Code, ...]
    inherited_errors: tuple[Identifier, ...]
    examples: tuple[ExampleView, ...]
    names: dict[str, str] = field(default_factory=dict[str, str])
    assumptions: tuple[tuple[str, str], ...] = ()
    runtime: RuntimePlace = "vendored"

    @property
    def import_name(self) -> Code:
        """The name of the package in examples: a client that shares its runtime is imported through its parent."""
        return Code(f"vendor.{self.name}") if self.runtime == "shared" else self.name

    @property
    def has_jobs(self) -> bool:
        return any(resource.jobs for resource in self.resources)

    @property
    def model_names(self) -> tuple[Identifier, ...]:
        return tuple(sorted(name for _, names in self.exported_models for name in names))

    @property
    def error_names(self) -> tuple[Identifier, ...]:
        """Every public exception and warning, sorted."""
        return tuple(sorted((*self.inherited_errors, *(e.name for e in self.errors))))

    @property
    def error_exports(self) -> tuple[tuple[Code, tuple[Identifier, ...]], ...]:
        """Modules of the runtime, and the exceptions that the package re-exports from each, sorted."""
        of_jobs = tuple(name for name in self.inherited_errors if name in JOB_ERRORS)
        others = tuple(name for name in self.inherited_errors if name not in JOB_ERRORS)
        exports = ((Code("_runtime.errors"), others), (Code("_runtime.job_errors"), of_jobs))
        return tuple((module, names) for module, names in exports if names)

    @property
    def exported_models(self) -> tuple[tuple[Code, tuple[Identifier, ...]], ...]:
        """Module, as it is called from `models`, and the names that it gives to it, sorted."""
        own = [
            (Code(module.name), tuple(sorted(n for d in module.definitions for n in d.names))) for module in self.models
        ]
        if any(d.kind == "alias" for module in self.models for d in module.definitions):
            own.insert(0, (Code("._runtime.codec"), (Identifier("UnknownVariant"),)))
        return tuple(own)
