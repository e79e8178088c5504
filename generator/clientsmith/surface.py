"""The public surface of a package, for tools and for `drift`; made of the model that generates it, so that it cannot
disagree with the code.

    Package --surface_of--> Surface --surface_json--> JSON --read_surface--> Surface

Every list is sorted, so that two of them can be compared line by line. Its forms are those of the JSON: a key that has
no value is null there.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal, TypeAlias, assert_never, cast, get_args, get_origin, get_type_hints

from clientsmith.records import dataclass, replace
from clientsmith.view import Argument, CallView, Definition, Method, Package, ResourceView

Value: TypeAlias = "str | int | float | bool"
"""A value of an enumeration."""


@dataclass(frozen=True, slots=True)
class ArgumentSurface:
    """An argument of a method or of the client.

    `wire` and `location` are what it is sent as (`credential` and `option` are not sent by themselves); `default` is
    Python's, `api_default` the JSON text of what the server assumes. Credentials have a `scheme` and an `environment`
    variable.
    """

    name: str
    annotation: str
    location: str
    wire: str | None = None
    required: bool = False
    positional: bool = False
    default: str | None = None
    api_default: str | None = None
    scheme: str | None = None
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class RetriesSurface:
    """When a call is sent again: after a lost connection, and after which statuses."""

    lost_connection: bool = False
    statuses: tuple[int, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class OperationSurface:
    """A method of a resource. `call` is `try_on.create`; `accept` gives what each value of that argument returns."""

    method: str
    path: str
    call: str
    returns: str
    operation_id: str | None = None
    arguments: tuple[ArgumentSurface, ...] = ()
    accept: Mapping[str, str] = field(default_factory=dict[str, str])
    retries: RetriesSurface = RetriesSurface()


@dataclass(frozen=True, slots=True)
class JobSurface:
    """The handle of a job in one resource: `start` and `resume` are calls that return a `handle`."""

    name: str
    resource: str
    handle: str
    type: str
    resume: str
    start: tuple[str, ...] = ()
    cancel: bool = False


@dataclass(frozen=True, slots=True)
class FieldSurface:
    name: str
    wire: str
    annotation: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class ModelSurface:
    """A class or an alias of `models`. `address` is that of its schema in the document."""

    name: str
    kind: Literal["model", "enum", "union"]
    address: str = ""
    fields: tuple[FieldSurface, ...] = ()
    values: tuple[Value, ...] = ()
    annotation: str | None = None
    discriminator: str | None = None


@dataclass(frozen=True, slots=True)
class AliasSurface:
    """An old name that goes on working."""

    old: str
    new: str
    deprecated: bool = True


@dataclass(frozen=True, slots=True)
class ErrorSurface:
    """An exception with a body of its own; `status` is `404`, `4XX` or `default`."""

    name: str
    status: str
    body: str


@dataclass(frozen=True, slots=True)
class ClientSurface:
    base_url: str | None = None
    arguments: tuple[ArgumentSurface, ...] = ()
    options: tuple[ArgumentSurface, ...] = ()


@dataclass(frozen=True, slots=True)
class Surface:
    package: str
    client: ClientSurface = ClientSurface()
    operations: tuple[OperationSurface, ...] = ()
    jobs: tuple[JobSurface, ...] = ()
    models: tuple[ModelSurface, ...] = ()
    aliases: tuple[AliasSurface, ...] = ()
    errors: tuple[ErrorSurface, ...] = ()


# ----------------------------------------------------------------------------------------------------- from a package


def surface_of(package: Package) -> Surface:
    """Returns the surface of a package."""
    operations = [
        _operation(resource, method)
        for resource in package.resources
        for method in resource.methods
        if method.start is None
    ]
    definitions = sorted((d for m in package.models for d in m.definitions), key=lambda d: d.name)
    return Surface(
        package=str(package.name),
        client=ClientSurface(
            package.client.settings.base_url,
            tuple(
                replace(_argument(a), scheme=c.scheme_name, environment=variable)
                for c in package.client.credentials
                for a, variable in zip(c.arguments, c.variables, strict=True)
            ),
            tuple(map(_argument, package.client.own_options)),
        ),
        operations=tuple(sorted(operations, key=lambda o: (o.path, o.method, o.operation_id or "", o.call))),
        jobs=tuple(job for resource in package.resources for job in _jobs(resource)),
        models=tuple(map(_model, definitions)),
        aliases=tuple(AliasSurface(str(old), str(new), flag) for old, new, flag in package.old_names),
        errors=tuple(
            ErrorSurface(str(e.name), str(e.status if e.status >= 100 else e.statuses), str(e.body))
            for e in package.errors
        ),
    )


def _operation(resource: ResourceView, method: Method) -> OperationSurface:
    call: CallView = method.call
    return OperationSurface(
        method=call.operation.method,
        path=call.template,
        call=str(resource.call(method.name)),
        returns=str(method.overloads[0].returns if method.overloads else method.returns),
        operation_id=call.operation.id if call.has_operation_id else None,
        arguments=tuple(map(_argument, method.arguments)),
        accept={str(one.annotation): str(one.returns) for one in method.overloads},
        retries=RetriesSurface(call.retries.lost_connection, tuple(call.retries.statuses), call.retries.reason or None),
    )


def _argument(argument: Argument) -> ArgumentSurface:
    return ArgumentSurface(
        name=str(argument.name),
        annotation=str(argument.annotation),
        location=argument.location,
        wire=argument.wire or None,
        required=argument.required,
        positional=argument.positional,
        default=str(argument.default) or None,
        api_default=json.dumps(argument.api_default) if argument.has_api_default else None,
    )


def _jobs(resource: ResourceView) -> list[JobSurface]:
    return [
        JobSurface(
            name=handle.job.spec.name,
            resource=str(resource.path),
            handle=str(handle.job.alias),
            type=f"{handle.job.handle_class(asynchronous=False)}[{', '.join(handle.job.arguments)}]",
            resume=str(resource.call(handle.name)),
            start=tuple(str(resource.call(m.name)) for m in resource.methods if m.start and m.start.job is handle.job),
            cancel=handle.job.spec.cancel is not None,
        )
        for handle in resource.handles
    ]


def _model(definition: Definition) -> ModelSurface:
    name, address = str(definition.name), definition.key
    match definition.kind:
        case "model":
            fields = [FieldSurface(str(f.name), f.wire, str(f.annotation), f.required) for f in definition.fields]
            return ModelSurface(name, "model", address, tuple(fields))
        case "enum":
            return ModelSurface(name, "enum", address, values=tuple(v for v in definition.values if v is not None))
        case "alias":
            tag = definition.tagged.property if definition.tagged else None
            return ModelSurface(name, "union", address, annotation=str(definition.annotation), discriminator=tag)
        case _:
            assert_never(definition.kind)


# ----------------------------------------------------------------------------------------------------------- as JSON


def surface_value(surface: Surface) -> dict[str, Any]:
    """Returns the surface as a value of JSON."""
    return dataclasses.asdict(cast("Any", surface))


def surface_json(surface: Surface) -> str:
    """Returns the surface as JSON text."""
    return json.dumps(surface_value(surface), indent=2, sort_keys=True)


def read_surface(value: object) -> Surface:
    """Returns the surface that JSON describes.

    Raises:
        ValueError: It is not that of a surface; the message says where.
    """
    return cast("Surface", _read(Surface, value, "surface"))


def _read(form: Any, value: object, place: str) -> object:
    if dataclasses.is_dataclass(form):
        if not isinstance(value, dict):
            raise ValueError(f"{place} is not an object")
        found = cast("dict[str, object]", value)
        hints = get_type_hints(form)
        for one in dataclasses.fields(form):
            if _is_required(one) and one.name not in found:
                raise ValueError(f"{place} has no {one.name}")
        for key in sorted(found.keys() - hints.keys()):
            raise ValueError(f"{place} has an unknown key: {key}")
        return cast("Any", form)(**{key: _read(hints[key], one, f"{place}.{key}") for key, one in found.items()})
    origin, arguments = get_origin(form), get_args(form)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{place} is not an array")
        items = cast("list[object]", value)
        return tuple(_read(arguments[0], one, f"{place}[{i}]") for i, one in enumerate(items))
    if origin is Mapping or origin is dict:
        if not isinstance(value, dict):
            raise ValueError(f"{place} is not an object")
        return {
            key: _read(arguments[1], one, f"{place}.{key}") for key, one in cast("dict[str, object]", value).items()
        }
    if origin is Literal:
        allowed: tuple[object, ...] = arguments
    elif origin is types.UnionType:
        kinds = tuple(kind for kind in arguments if isinstance(kind, type))
        allowed = (value,) if isinstance(value, kinds) else ()
    else:
        allowed = (value,) if isinstance(value, form) else ()
    if value not in allowed:
        raise ValueError(f"{place} has a value that is not expected")
    return value


def _is_required(one: dataclasses.Field[Any]) -> bool:
    return one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
