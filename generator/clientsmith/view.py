"""The generated package, decided but not yet written: all that a template may see. Its many
lines are declarations alone, which belong together.

    Package ─┬─ client: ClientView             settings, credentials, options
             ├─ modules: ResourceModule ─┬─ resources: ResourceView ── methods: Method ── arguments: Argument
             │                           └─ calls: CallView       an operation and how a call of it is written
             ├─ job_module: JobModule ── JobView
             ├─ models: ModelModule ── ModelView (fields: FieldView) | EnumView | AliasView
             ├─ errors: ErrorView
             └─ examples: ExampleView

What the package declares to its runtime (`Operation`, `JobSpec`, `ClientSettings`) is held as instances of the
runtime's own classes, which `render` prints.

Two kinds of string, and a template can print only one of them: `Code` is Python that we wrote; a plain `str` is text
from a document, and has to go through the filters `docstring` or `literal` first (see `render`).
"""

from __future__ import annotations

import keyword
import re
from dataclasses import field
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from clientsmith.records import dataclass
from clientsmith.runtime.declarations import ClientSettings, Location, Operation, Tagged
from clientsmith.runtime.job_declarations import JobSpec, Path

RuntimePlace: TypeAlias = Literal["vendored", "shared"]
"""Where the runtime is: in the package, or beside it, shared with other packages."""

UnusedSchemas: TypeAlias = Literal["drop", "keep"]
"""Whether schemas that no operation uses become models."""

Encoding: TypeAlias = Literal["base64url", "http-date"]
"""How a value is written, where its class does not tell: a name of the runtime's `codec_encodings`."""

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
        if not _is_safe(text):
            raise ValueError(f"not a safe identifier: {text!r}")
        return super().__new__(cls, text)


@lru_cache(65536)
def _is_safe(text: str) -> bool:
    return bool(_SAFE.match(text)) and not keyword.iskeyword(text) and not (text[:2] == text[-2:] == "__")


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
    extra: FieldView | None
    """The properties that are not documented, where their type is."""
    base: Identifier
    kind: Literal["model"] = "model"

    @property
    def lines(self) -> tuple[FieldView, ...]:
        """What the body of the class declares."""
        return self.fields if self.extra is None else (*self.fields, self.extra)

    @property
    def names(self) -> tuple[Identifier, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True)
class EnumView:
    """`TryOnState: TypeAlias = Literal[...]` and its `TypeGuard`, if it has one. `literal` is false for values that
    `Literal` cannot hold (floats): then the alias is the base type and the guard knows the values."""

    name: Identifier
    key: str
    guard: Identifier | None
    values: tuple[Any, ...]
    base: Code
    literal: bool
    doc: str
    kind: Literal["enum"] = "enum"

    @property
    def names(self) -> tuple[Identifier, ...]:
        return (self.name,) if self.guard is None else (self.name, self.guard)


@dataclass(frozen=True, slots=True)
class AliasView:
    """A union by name; `tagged` where a discriminator selects the variant."""

    name: Identifier
    key: str
    annotation: Code
    tagged: Tagged | None
    doc: str
    kind: Literal["alias"] = "alias"

    @property
    def names(self) -> tuple[Identifier, ...]:
        return (self.name,)


Definition: TypeAlias = ModelView | EnumView | AliasView


@dataclass(frozen=True, slots=True)
class ClassAlias:
    """An old name of the models: of a type, or of what narrows the values of an enumeration."""

    old: Identifier
    new: Identifier
    is_type: bool
    deprecated: bool = False


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
    """One argument of a method or of the client. `option` and `credential` are not sent as parameters of their own."""

    name: Identifier
    wire: str
    location: Location | Literal["body", "option", "credential"]
    annotation: Code
    required: bool
    default: Code
    doc: str
    positional: bool = False
    api_default: Any = None
    has_api_default: bool = False
    encodings: tuple[Encoding, ...] = ()

    @property
    def declaration(self) -> Code:
        """As it is written in a signature: `limit: int | None = None`."""
        return Code(f"{self.name}: {self.annotation}" + (f" = {self.default}" if self.default else ""))


@dataclass(frozen=True, slots=True)
class Documentation:
    """A docstring by its parts; every string is text from the document, except the names and what `retries` states.

    `elsewhere`: methods of the module that have more text, and the arguments that they describe. `raises_as`: one that
    raises the same.
    """

    summary: str
    description: str = ""
    arguments: tuple[tuple[Code, str], ...] = ()
    returns: str = ""
    headers: tuple[Code, ...] = ()
    raises: tuple[tuple[Identifier, str], ...] = ()
    raises_as: str = ""
    elsewhere: tuple[tuple[str, tuple[Code, ...]], ...] = ()
    retries: str = ""
    retry_reason: str = ""
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class Retries:
    """When a call is sent again, besides when it certainly did not arrive.

    `lost_connection`: also when it may have arrived. `statuses`: after which responses. `sentence` states both;
    `reason` is why statuses were declared, as the document gives it. `is_ordinary`: as the client's documentation
    states it for all methods that say nothing else.
    """

    sentence: str
    lost_connection: bool
    statuses: tuple[int, ...]
    reason: str = ""
    is_ordinary: bool = False


@dataclass(frozen=True, slots=True)
class Payload:
    """One way to write the body. `when`: the arguments (any of them given) that choose it; empty for the default.

    `fields`: the properties of an object by wire name; `sifted`: those whose None is not sent. `optional`: no body is
    sent if none of them is given. `argument`: the one argument that is the body instead. `needed`: arguments that may
    be left out of the call but not of this body, each with the text of the error. `files`: what is sent beside the
    fields, in a form then, if it is given. `additional`: the argument for properties that are not documented.
    """

    media_type: str
    when: tuple[Identifier, ...]
    fields: tuple[tuple[str, Identifier], ...]
    sifted: frozenset[Identifier] = frozenset()
    optional: bool = False
    argument: Identifier | None = None
    needed: tuple[tuple[Identifier, Code], ...] = ()
    files: tuple[tuple[str, Identifier], ...] = ()
    additional: Identifier | None = None

    @property
    def checks(self) -> tuple[tuple[Identifier, Code], ...]:
        """`needed`, less the one argument by which this payload is chosen: that was given."""
        return tuple((name, text) for name, text in self.needed if self.when != (name,))


@dataclass(frozen=True, slots=True)
class Alternative:
    """What a call returns if its `accept` argument is so annotated; without a `default` it has to be given."""

    annotation: Code
    default: Code
    returns: Code


@dataclass(frozen=True, slots=True)
class CallView:
    """One operation: its constant, and how a call of it is made of the arguments of its method.

    `function` is the private function that makes the call; None where the method itself does. `local_returns` is
    `returns` as it is written in the body of a method that starts a job, where arguments hide other names, and `fixed`
    are the arguments to which such a method gives their value.
    """

    function: Identifier | None
    constant: Identifier
    operation: Operation
    has_operation_id: bool
    template: str
    address: str
    returns: Code
    local_returns: Code
    arguments: tuple[Argument, ...]
    payloads: tuple[Payload, ...]
    retries: Retries
    media_types: tuple[str, ...]
    """Of all bodies that may be sent."""
    headers: tuple[tuple[str, Code], ...] = ()
    """The classes of the headers that responses declare, by status."""
    fixed: frozenset[Identifier] = frozenset()
    content_type_argument: Identifier | None = None
    accept_argument: Identifier | None = None
    alternatives: tuple[Alternative, ...] = ()
    """By what is asked for, the ordinary one first; empty where all are returned in one way."""
    idempotency_argument: Identifier | None = None

    of_job: bool = False
    """Whether the constant is in the module of jobs, because a job is polled or cancelled by it."""

    @property
    def encoded(self) -> frozenset[Identifier]:
        """The arguments that the call itself encodes; models in them know the encodings of their fields."""
        return frozenset(argument.name for argument in self.arguments if argument.encodings)

    def by_location(self, *locations: Location) -> tuple[Argument, ...]:
        return tuple(a for a in self.arguments if a.location in locations)


@dataclass(frozen=True, slots=True)
class JobStart:
    """How a method starts a job: `fixed` are arguments that it gives their value, `id_at` is where the id is."""

    job: JobView
    fixed: tuple[tuple[Identifier, Code], ...]
    id_at: Path


@dataclass(frozen=True, slots=True)
class Method:
    """One public method: an ordinary call, or with `start` one that returns a job instead of the response."""

    name: Identifier
    call: CallView
    arguments: tuple[Argument, ...]
    returns: Code
    doc: Documentation
    example: tuple[Code, ...] | None
    """The arguments of a call that type checkers accept; None where none can be written."""
    start: JobStart | None = None

    @property
    def overloads(self) -> tuple[Alternative, ...]:
        """How the type of what is returned depends on what is asked for."""
        return self.call.alternatives if self.start is None else ()

    @property
    def is_sent(self) -> bool:
        """Whether the core is given the parts of the call, not a `Call`."""
        return self.call.function is None and self.start is None


@dataclass(frozen=True, slots=True)
class ScriptedAnswer:
    """What a route answers in tests. `body` is JSON text, empty for no content; in one that `is_numbered`, `%d` is
    for a number."""

    route: str
    status: int
    body: str
    is_numbered: bool


@dataclass(frozen=True, slots=True)
class JobScript:
    """The life of a job in tests. `states`: bodies of the last poll by how the job ends, a success first; `pending`: of
    the polls before, None where a job never is."""

    name: Identifier
    title: str
    starts: tuple[ScriptedAnswer, ...]
    poll: str
    pending: str | None
    states: tuple[tuple[str, str], ...]
    cancel: ScriptedAnswer | None


@dataclass(frozen=True, slots=True)
class JobView:
    """A kind of job: its declaration, and the names of its handles. `arguments` are those of `Job[...]`."""

    constant: Identifier
    alias: Identifier
    async_alias: Identifier
    spec: JobSpec[Any, Any, Any]
    arguments: tuple[Code, ...]
    resume: Identifier
    doc: str
    script: JobScript

    def handle(self, asynchronous: bool) -> Identifier:
        return self.async_alias if asynchronous else self.alias

    def handle_class(self, asynchronous: bool) -> Code:
        kind = "Job" if self.spec.cancel is None else "CancellableJob"
        return Code(f"Async{kind}" if asynchronous else kind)


@dataclass(frozen=True, slots=True)
class Handle:
    """`client.try_on.job(id)`: the method of a resource that gives the handle of an earlier job."""

    name: Identifier
    job: JobView


@dataclass(frozen=True, slots=True)
class Renamed:
    """An old call path of a method: `jobs.stop` for `jobs.cancel`, the `method` of another class or the same one.

    `module` is that of the class, None if it is the same; `of_client`: whether the class is that of the client itself.
    """

    name: Identifier
    old: Code
    new: Code
    class_name: Identifier
    async_class_name: Identifier
    method: Identifier
    module: Identifier | None
    of_client: bool

    def owner(self, asynchronous: bool) -> Code:
        name = self.async_class_name if asynchronous else self.class_name
        return Code(f"{self.imported}.{name}") if self.module is not None else name

    @property
    def imported(self) -> Code:
        """The name by which the module of the class is imported."""
        return Code(f"{str(self.module).strip('_')}_module")


@dataclass(frozen=True, slots=True)
class ResourceView:
    """`client.fine_tuning.jobs`, whose `path` is `fine_tuning.jobs`; the client itself has none, and no attribute."""

    attribute: Identifier | None
    path: Code
    class_name: Identifier
    async_class_name: Identifier
    title: str
    doc: str
    methods: tuple[Method, ...]
    handles: tuple[Handle, ...]
    children: tuple[ResourceView, ...]
    renamed: tuple[Renamed, ...] = ()

    def name(self, asynchronous: bool) -> Identifier:
        return self.async_class_name if asynchronous else self.class_name

    def base_name(self, asynchronous: bool) -> Code:
        base = "Resource" if self.attribute is not None else "ClientBase"
        return Code(f"Async{base}" if asynchronous else base)

    def call(self, name: Identifier) -> Code:
        """Returns how a member is reached from the client: `fine_tuning.jobs.create`."""
        return Code(f"{self.path}.{name}") if self.path else name


@dataclass(frozen=True, slots=True)
class ResourceModule:
    """A module: `try_on.py`, with `client.try_on`, the first of `resources`, and those below it."""

    module: Identifier
    resources: tuple[ResourceView, ...]
    imports: tuple[Code, ...]
    type_imports: tuple[Code, ...]
    calls: tuple[CallView, ...]

    @property
    def outermost(self) -> ResourceView:
        return self.resources[0]

    @property
    def is_of_client(self) -> bool:
        """Whether it holds the methods of the client itself."""
        return self.outermost.attribute is None


@dataclass(frozen=True, slots=True)
class JobModule:
    """`_jobs.py`: all kinds of jobs by the names of their handles, and the operations that poll and cancel them."""

    imports: tuple[Code, ...]
    operations: tuple[CallView, ...]
    jobs: tuple[JobView, ...]


# -------------------------------------------------------------------------------------------------------- package


@dataclass(frozen=True, slots=True)
class Credential:
    """A security scheme as arguments of the client; `builder(*values)` makes the credential."""

    scheme_name: str
    arguments: tuple[Argument, ...]
    variables: tuple[str, ...]
    builder: Identifier
    values: tuple[Code, ...]
    doc: str


@dataclass(frozen=True, slots=True)
class ClientView:
    """The client classes. `options` are the constructor's arguments besides the credentials and `own_options`.

    `own_options` are those that this API adds: headers that all calls send, and that the options of a call may change.

    The base URL of `settings` is None where the caller has to give one. The package of `settings` is not printed: the
    module knows its own name, wherever it is.
    """

    settings: ClientSettings
    credentials: tuple[Credential, ...]
    options: tuple[Argument, ...]
    own_options: tuple[Argument, ...]
    declaration_names: tuple[Identifier, ...]
    runtime_names: tuple[Identifier, ...]

    @property
    def with_own_options(self) -> tuple[ClientView, ...]:
        """The client itself, if it has options of its own, which get a module."""
        return (self,) if self.own_options else ()

    def class_name(self, asynchronous: bool) -> Identifier:
        return Identifier("AsyncClient" if asynchronous else "Client")

    def base_name(self, asynchronous: bool) -> Identifier:
        return Identifier("AsyncClientBase" if asynchronous else "ClientBase")


PLAIN_ERRORS = (
    "APIConnectionError", "APIError", "APIStatusError", "APITimeoutError", "MissingCredentialError",
    "RedirectStatusError", "ResponseDecodeError", "ResponseTooLargeError", "SchemaDriftWarning", "UnknownOutcomeError",
)  # fmt: skip
"""Exceptions of which no package has a class of its own: those that the runtime's `errors` exports by `*`."""

JOB_ERRORS = ("JobBlocked", "JobCancelled", "JobError", "JobExpired", "JobFailed", "JobPartiallyFailed", "JobTimeout")
"""Exceptions of jobs, of which each package with jobs has classes of its own."""


@dataclass(frozen=True, slots=True)
class JobErrors:
    """What exceptions of jobs hold: the union of the snapshots of all kinds of jobs, and of their results."""

    snapshot: Code
    result: Code


@dataclass(frozen=True, slots=True)
class ErrorView:
    """A class of the error tree with its own body type: `NotFoundError`, 404, or `ClientStatusError`, 4.

    `family` is the package's own class of the range, if it has one.
    """

    name: Identifier
    base: Identifier
    status: int
    body: Code
    doc: str
    family: Identifier | None = None

    @property
    def statuses(self) -> Code:
        """The status, or the range: 404 or 4XX."""
        return Code(self.status if self.status >= 100 else f"{self.status}XX")

    @property
    def is_of_runtime(self) -> bool:
        """Whether the runtime has a class of this name, which knows the status."""
        return self.name == self.base


@dataclass(frozen=True, slots=True)
class ExampleView:
    operation_id: str
    method: str
    template: str
    status: int
    body: Any


@dataclass(frozen=True, slots=True)
class NameOrigin:
    """`NameOrigin("try_on.get_job", "GET", "/v1/try-on/job/{jobId}", "path")`: what decided a call path."""

    call: str
    method: str
    path: str
    origin: str


@dataclass(frozen=True, slots=True)
class ClassOrigin:
    """`ClassOrigin("User", "#/components/schemas/Acme.User", "component-end")`: what decided the name of a class."""

    name: str
    address: str
    origin: str


@dataclass(frozen=True, slots=True)
class Package:
    """The whole generated package, named `name`.

    `names` are all public names as the lock keeps them; `kept` are the addresses of the last lock of which the name is
    still that of the same thing, under whatever address; `without_class` are names of bodies that have no class.
    """

    name: Identifier
    title: str
    doc: str
    client: ClientView
    modules: tuple[ResourceModule, ...]
    models: tuple[ModelModule, ...]
    errors: tuple[ErrorView, ...]
    error_imports: tuple[Code, ...]
    inherited_errors: tuple[Identifier, ...]
    job_errors: JobErrors | None
    examples: tuple[ExampleView, ...]
    job_module: JobModule = JobModule((), (), ())
    names: dict[str, str] = field(default_factory=dict[str, str])
    kept: frozenset[str] = frozenset()
    without_class: frozenset[str] = frozenset()
    assumptions: tuple[tuple[str, str], ...] = ()
    runtime: RuntimePlace = "vendored"
    origins: tuple[NameOrigin, ...] = ()
    class_aliases: tuple[ClassAlias, ...] = ()
    class_origins: tuple[ClassOrigin, ...] = ()

    @property
    def import_name(self) -> Code:
        """The name of the package in examples: a client that shares its runtime is imported through its parent."""
        return Code(f"vendor.{self.name}") if self.runtime == "shared" else self.name

    @property
    def old_names(self) -> tuple[tuple[Code, Code, bool], ...]:
        """Old names of methods and classes, with what they are called now and whether their use is warned of."""
        methods = [(one.old, one.new, True) for resource in self.resources for one in resource.renamed]
        classes = [(Code(alias.old), Code(alias.new), alias.deprecated) for alias in self.class_aliases]
        return tuple(sorted([*methods, *classes]))

    @property
    def jobs(self) -> tuple[JobView, ...]:
        """All kinds of jobs, by the names of their handles."""
        return self.job_module.jobs

    @property
    def resources(self) -> tuple[ResourceView, ...]:
        """All resources, and before them the methods of the client itself, if there are any."""
        return tuple(resource for module in self.modules for resource in module.resources)

    @property
    def calls(self) -> tuple[CallView, ...]:
        """The calls of all operations."""
        return tuple(call for module in self.modules for call in module.calls)

    @property
    def client_methods(self) -> ResourceModule | None:
        """The module of the methods of the client itself."""
        return next((module for module in self.modules if module.is_of_client), None)

    @property
    def attributes(self) -> tuple[ResourceModule, ...]:
        """The modules of the client's attributes."""
        return tuple(module for module in self.modules if not module.is_of_client)

    @property
    def model_names(self) -> tuple[Identifier, ...]:
        return tuple(sorted(name for _, names in self.exported_models for name in names))

    @property
    def error_names(self) -> tuple[Identifier, ...]:
        """Every public exception and warning, sorted."""
        return tuple(sorted((*self.inherited_errors, *(e.name for e in self.errors))))

    @property
    def error_exports(self) -> tuple[tuple[Code, tuple[Identifier, ...]], ...]:
        """Modules of the runtime, and what the package re-exports from each, sorted; `PLAIN_ERRORS` come by `*`."""
        names = tuple(name for name in self.inherited_errors if name not in {*JOB_ERRORS, *PLAIN_ERRORS})
        return ((Code("_runtime.errors"), names),) if names else ()

    @property
    def exported_models(self) -> tuple[tuple[Code, tuple[Identifier, ...]], ...]:
        """Each module, relative to `models`, and the names that `models` exports from it, sorted."""
        own = [
            (Code(module.name), tuple(sorted(n for d in module.definitions for n in d.names))) for module in self.models
        ]
        if any(d.kind == "alias" for module in self.models for d in module.definitions):
            own.insert(0, (Code("._runtime.codec"), (Identifier("UnknownVariant"),)))
        return tuple(own)
