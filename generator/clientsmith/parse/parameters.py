"""Parameters: which ones an operation has, and how each is written into the request.

Decides what overrides what, which parameters are dropped or added, and the style of each. The values of `style` and
`explode` are those of the Parameter Object (OAS 3.1.1); where the document is silent, the location's default.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import get_args

from clientsmith.ir import MISSING, Const, Enum, Json, Missing, Parameter, ParameterLocation, Ref, Scalar, Type
from clientsmith.load.document import Node
from clientsmith.parse import metadata
from clientsmith.parse.contents import value_of
from clientsmith.parse.path_templates import PathTemplate, Variable, template_of
from clientsmith.parse.reading import Reader, is_list, is_map
from clientsmith.parse.schemas import Schemas
from clientsmith.parse.types import bare, tag_type
from clientsmith.records import dataclass, replace
from clientsmith.runtime.styles import DEFAULT_STYLE, Style, default_explode

_LOCATIONS: dict[str, ParameterLocation] = {name: name for name in get_args(ParameterLocation)}
_STYLES: dict[ParameterLocation, tuple[Style, ...]] = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "querystring": (),
    "cookie": ("form", "cookie"),
}
"""Styles that a location allows."""
_IGNORED_HEADERS = {"accept", "content-type", "authorization"}
_OPERATOR_STYLES: dict[str, Style] = {".": "label", ";": "matrix"}


@dataclass(frozen=True, slots=True)
class Gathered:
    """The parameters of an operation, the path with their names, and the header of its idempotency key.

    `authorization` is a parameter for the header of that name, which no operation sends as a parameter.
    """

    parameters: tuple[Parameter, ...]
    path: tuple[str, ...]
    idempotency_header: str | None
    authorization: Node | None


def parameters_of(schemas: Schemas, path: str, item: Node, operation: Node) -> Gathered:
    """Returns the parameters of an operation: those of its path, overridden by its own, those of the template first."""
    reader = schemas.reader
    found: dict[tuple[str, str], Node] = {}
    for owner in (item, operation):
        for key, node in _declared(reader, owner).items():
            found[key] = node
    made: list[Parameter] = []
    in_path: dict[str, Parameter] = {}
    idempotency: str | None = None
    authorization: Node | None = None
    for (location, _), node in found.items():
        wire = reader.text(node, "name") or location
        if location == "header" and wire.lower() in _IGNORED_HEADERS:
            if wire.lower() == "authorization":
                authorization = node
            else:
                message = f"the header parameter {wire!r} is ignored: media types define that header"
                reader.warn("ignored-header-parameter", message, node.address)
        elif location == "header" and (
            wire.lower() == "idempotency-key" or node.value.get("x-idempotency-key") is True
        ):
            idempotency = wire
        elif location == "path":
            in_path[wire] = _parameter(schemas, node, wire, location)
        else:
            made.append(_parameter(schemas, node, wire, location))
    template = template_of(path, in_path)
    undeclared = partial(_undeclared, reader, item, operation)
    parts, ordered, rest = _in_template(reader, template, in_path, undeclared)
    made += _in_query(template.queries, rest, [p.wire for p in made if p.location == "query"], undeclared)
    for name, parameter in rest.items():
        message = f"the path parameter {name!r} is not part of {path!r}: it is ignored"
        reader.warn("unused-path-parameter", message, parameter.address)
    own = operation.value.get("x-idempotency-key")
    if isinstance(own, str) and own:
        idempotency = own
        made = [p for p in made if not (p.location == "header" and p.wire.lower() == own.lower())]
    return Gathered((*ordered, *made), parts, idempotency, authorization)


def _in_template(
    reader: Reader,
    template: PathTemplate,
    declared: Mapping[str, Parameter],
    undeclared: Callable[[Variable], Parameter],
) -> tuple[tuple[str, ...], Iterable[Parameter], dict[str, Parameter]]:
    """Returns the path with the names of its parameters, these in its order, and those that are not part of it."""
    variables = [variable.name for variable in template.variables]
    rest = {name: parameter for name, parameter in declared.items() if name not in variables}
    parts = [template.literals[0]]
    ordered: dict[str, Parameter] = {}
    for variable, text in zip(template.variables, template.literals[1:], strict=True):
        parameter = ordered.get(variable.name) or declared.get(variable.name)
        if parameter is None:
            alike = [name for name in rest if _letters(name) == _letters(variable.name)]
            if len(alike) == 1:
                parameter = rest.pop(alike[0])
                message = f"the path has {variable.name!r}: the parameter {alike[0]!r} is taken for it"
                reader.warn("path-parameter-spelling", message, parameter.address)
                parameter = replace(parameter, wire=variable.name)
        if parameter is None:
            parameter = undeclared(variable)
        ordered[variable.name] = _expanded(parameter, variable)
        parts += [variable.name, text]
    return tuple(parts), ordered.values(), rest


def _in_query(
    variables: Iterable[Variable],
    rest: dict[str, Parameter],
    declared: Iterable[str],
    undeclared: Callable[[Variable], Parameter],
) -> list[Parameter]:
    """Returns the parameters of `{?page,size}` that are not declared in the query; takes them from `rest`."""
    found: dict[str, Parameter] = {}
    for variable in variables:
        # A fragment is not sent (RFC 9110 section 7.1).
        if variable.operator == "#" or variable.name in declared or variable.name in found:
            continue
        parameter = rest.pop(variable.name, None) or undeclared(variable)
        style = DEFAULT_STYLE["query"]
        found[variable.name] = replace(
            parameter, location="query", required=False, style=style, explode=default_explode(style)
        )
    return list(found.values())


def _is_whole(reader: Reader, owner: Node) -> bool:
    """Returns whether every reference resolves that may lead to a parameter; the loader reports those that do not."""
    parameters = owner.value.get("parameters")
    references = [owner, *(reader.members(owner, "parameters") if is_list(parameters) else ())]
    return all(reader.follow(reference) is not None for reference in references)


def _undeclared(reader: Reader, item: Node, operation: Node, variable: Variable) -> Parameter:
    if _is_whole(reader, item) and _is_whole(reader, operation):
        what = "an optional" if variable.operator in ("?", "&") else "a required"
        message = f"the path parameter {variable.name!r} is not declared: generated as {what} string"
        reader.warn("undeclared-path-parameter", message, operation.address)
    return Parameter(variable.name, "path", Scalar("string"), operation.address, True, "simple", False)


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _expanded(parameter: Parameter, variable: Variable) -> Parameter:
    """Returns a parameter written as the expression of its variable says."""
    style = _OPERATOR_STYLES.get(variable.operator, parameter.style)
    reserved = parameter.allow_reserved or variable.operator == "+"
    explode = parameter.explode or variable.explode
    if (style, reserved, explode) == (parameter.style, parameter.allow_reserved, parameter.explode):
        return parameter
    return replace(parameter, style=style, allow_reserved=reserved, explode=explode)


def _declared(reader: Reader, owner: Node) -> dict[tuple[str, str], Node]:
    """Returns the parameters that one object lists, by location and name; the first of two equal ones."""
    found: dict[tuple[str, str], Node] = {}
    for reference in reader.members(owner, "parameters"):
        node = reader.follow(reference)
        if node is None:
            continue
        if not is_map(node.value):
            reader.mapping(node, "parameter")
            continue
        wire, location = node.value.get("name"), node.value.get("in")
        if location == "querystring":
            wire = wire or "querystring"
        if not isinstance(wire, str) or not wire or not isinstance(location, str):
            reader.warn("wrong-type", "a parameter needs a 'name' and an 'in': it is ignored", reference.address)
            continue
        if location not in _LOCATIONS:
            hint = "since OpenAPI 3.0 a body is defined by 'requestBody'" if location in {"body", "formData"} else ""
            message = f"the parameter location {location!r} does not exist: the parameter is ignored"
            reader.warn("wrong-type", message, reference.address, hint=hint)
            continue
        key = (location, wire.lower() if location == "header" else wire)
        if key in found:
            message = f"the parameter {wire!r} is declared twice: the first declaration is used"
            first = [("first declared here", found[key].address)]
            reader.warn("duplicate-parameter", message, reference.address, also=first)
        else:
            found[key] = node
    return found


def _parameter(schemas: Schemas, node: Node, wire: str, location: str) -> Parameter:
    known = schemas.parameters.get(node.address)
    if known is None:
        known = schemas.parameters[node.address] = _read(schemas, node, wire, location)
    return known


def _read(schemas: Schemas, node: Node, wire: str, location: str) -> Parameter:
    reader = schemas.reader
    type_, media_type, schema = value_of(schemas, node, f"parameter {wire!r}")
    if location == "querystring" and "schema" in node.value:
        media_type = "application/x-www-form-urlencoded"
        message = f"a parameter in 'querystring' takes 'content', not 'schema': it is sent as {media_type}"
        reader.warn("unsupported-style", message, schema.address)
    # An enumeration of one value leaves the caller no choice.
    type_ = tag_type(schemas.declarations.by_key, type_)
    stated = metadata.metadata_of(reader, [schema], through=not isinstance(bare(type_), Ref))
    place = _LOCATIONS[location]
    style, explode = _style(reader, node, place)
    return Parameter(
        wire=wire,
        location=place,
        type=type_,
        address=node.address,
        required=location == "path" or reader.flag(node, "required"),
        style=style,
        explode=explode,
        allow_reserved=reader.flag(node, "allowReserved"),
        media_type=media_type,
        default=metadata.default_of(schemas.declarations.by_key, stated, type_),
        description=reader.text(node, "description") or stated.text("description"),
        deprecated=reader.flag(node, "deprecated") or stated.flag("deprecated"),
        example=_example(reader, node, stated),
        of_client=_is_of_client(reader, node, place),
        allow_empty=_may_be_empty(schemas, node, place, bare(type_)),
    )


def _may_be_empty(schemas: Schemas, node: Node, location: ParameterLocation, type_: Type) -> bool:
    if location == "query":
        # An empty text is sent anyway.
        return schemas.reader.flag(node, "allowEmptyValue") and not isinstance(type_, (Scalar, Const))
    return location == "path" and "" in _values(schemas, type_)


def _values(schemas: Schemas, type_: Type) -> tuple[object, ...]:
    """Returns the values that a type lists; none if it lists none."""
    if isinstance(type_, Const):
        return (type_.value,)
    declaration = schemas.declarations.by_key.get(type_.key) if isinstance(type_, Ref) else None
    return declaration.values if isinstance(declaration, Enum) else ()


def _is_of_client(reader: Reader, node: Node, location: ParameterLocation) -> bool:
    if node.value.get("x-client-option") is not True:
        return False
    if location != "header":
        message = "'x-client-option' is for header parameters: this one stays an argument of the methods"
        reader.warn("wrong-type", message, f"{node.address}/x-client-option")
    return location == "header"


def _style(reader: Reader, node: Node, location: ParameterLocation) -> tuple[Style, bool]:
    allowed, default = _STYLES[location], DEFAULT_STYLE[location]
    written = node.value.get("style", default)
    style = default
    for known in allowed:
        if known == written:
            style = known
    if style != written and allowed:
        hint = f"the styles of {location} parameters are {', '.join(allowed)}"
        message = f"the style {written!r} is not defined for {location} parameters: {default!r} is used"
        reader.warn("unsupported-style", message, node.address, hint=hint)
    return style, reader.flag(node, "explode") if "explode" in node.value else default_explode(style)


def _example(reader: Reader, node: Node, stated: metadata.Metadata) -> Json | Missing:
    if "example" in node.value:
        return metadata.as_json(node.value["example"])
    several = node.value.get("examples")
    if is_map(several) and several:
        first = reader.follow(node.child("examples", str(next(iter(several)))))
        if first is not None and is_map(first.value) and "value" in first.value:
            return metadata.as_json(first.value["value"])
    if is_list(several) and several:
        return metadata.as_json(several[0])
    found = stated.example()
    return MISSING if isinstance(found, Missing) else found
