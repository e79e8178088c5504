"""The client class: credentials from the security schemes, the base URL, the options of the constructor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from clientsmith import ir
from clientsmith.escape import literal
from clientsmith.runtime.declarations import ClientSettings, Scheme, TransportName
from clientsmith.translate.models import field_candidate
from clientsmith.translate.naming import Candidate, Names
from clientsmith.translate.operations import CommonParts
from clientsmith.translate.plain_text import plain
from clientsmith.translate.retries import ordinary_retries
from clientsmith.translate.runtime_names import declaration_classes
from clientsmith.translate.words import snake, words_of
from clientsmith.view import Argument, ClientView, Code, Credential, Identifier

_OPTIONS = (
    ("base_url", "str | None", "None", ""),
    ("transport", "AnyTransport | str | None", "None", ""),
    ("timeout", "Timeout | float | None", "None",
     "Seconds for one attempt: 60, and 1 for each 64 KiB, if left out."),
    ("deadline", "float | None | Unset", "UNSET",
     "Seconds for a call: at least 180 if left out; None: no limit."),
    ("max_retries", "int", "2",
     f"How often a call is tried again: one that is safe to send again {ordinary_retries()}; others as documented."),
    ("max_content", "int", "2**26", "Bytes that a response may have, no longer compressed: 64 MiB."),
    ("max_download", "int", "2**30", "The same of a response that is returned as bytes: 1 GiB."),
    ("headers", "Mapping[str, str] | None", "None", "Sent with every request."),
    ("strict", "bool", "False",
     "Raise `ResponseDecodeError` where a response departs from its description, instead of warning."),
)  # fmt: skip
"""Name, annotation, default, meaning of what the constructors take besides credentials; "" where the API decides."""

RESERVED = frozenset({"self", *(name for name, _, _, _ in _OPTIONS)})


def client_of(
    api: ir.Api, package: Identifier, transport: TransportName, names: Names, common: CommonParts
) -> ClientView:
    """Returns the view of `Client` and `AsyncClient`."""
    base_url, note = _base_url(api)
    schemes = _used_schemes(api)
    arguments = _credential_arguments(schemes, names)
    credentials = tuple(_credential(scheme, arguments[scheme.name], package) for scheme in schemes)
    taken = frozenset(str(name) for own in arguments.values() for name in own)
    own_options = _own_options(api, names, taken)
    settings = ClientSettings(
        package=package,
        base_url=base_url,
        schemes={scheme.name: _declared(scheme) for scheme in schemes},
        error_bodies=common.error_bodies,
        security=common.security,
        transport=transport,
        header_options={str(argument.name): argument.wire for argument in own_options},
    )
    declared = sorted(kind.__name__ for kind in declaration_classes(settings))
    builders = {str(credential.builder) for credential in credentials}
    runtime_names = {"AnyClient", "AnyTransport", "AsyncClientBase", "ClientBase", *builders}
    sender = "the standard library" if transport == "stdlib" else transport
    required = f"Where it is; required. {note}".strip()
    documentation = {
        "base_url": f"Where the API is served, instead of {base_url}" if base_url else required,
        "transport": f"Sends the requests, instead of {sender}.",
    }
    return ClientView(
        settings=settings,
        credentials=credentials,
        options=tuple(
            Argument(Identifier(name), "", "option", Code(annotation), False, Code(default), doc or documentation[name])
            for name, annotation, default, doc in _OPTIONS
        ),
        own_options=own_options,
        declaration_names=tuple(Identifier(name) for name in declared),
        runtime_names=tuple(Identifier(name) for name in sorted(runtime_names, key=lambda n: (n[0].islower(), n))),
    )


def has_own_options(api: ir.Api) -> bool:
    """Returns whether the API adds options to those that all clients have."""
    return any(parameter.of_client for operation in api.operations for parameter in operation.parameters)


def _own_options(api: ir.Api, names: Names, taken: frozenset[str]) -> tuple[Argument, ...]:
    """Returns the headers that are given to the client, each once, sorted by their names."""
    found: dict[str, ir.Parameter] = {}
    for operation in api.operations:
        for parameter in operation.parameters:
            if parameter.of_client:
                found.setdefault(parameter.wire.lower(), parameter)
    if not found:
        return ()
    from clientsmith.runtime.operation import RequestOptions  # it loads the codec, and few APIs need it here

    taken |= RESERVED | RequestOptions.__annotations__.keys()
    candidates = [field_candidate(parameter.wire, parameter.address) for parameter in found.values()]
    named = names.resolve(candidates, reserved=taken, prefix="option:", fallback="option")
    made = [_own_option(parameter, named[parameter.address]) for parameter in found.values()]
    return tuple(sorted(made, key=lambda argument: argument.name))


def _own_option(parameter: ir.Parameter, name: Identifier) -> Argument:
    of = {ir.Scalar("integer"): "int", ir.Scalar("number"): "float", ir.Scalar("boolean"): "bool"}
    annotation = of.get(parameter.type, "str") if isinstance(parameter.type, ir.Scalar) else "str"
    default = Code("" if parameter.required else "None")
    declared = Code(annotation if parameter.required else f"{annotation} | None")
    doc = plain(parameter.description) or f"Sent as {parameter.wire}."
    return Argument(name, parameter.wire, "option", declared, parameter.required, default, doc)


def _base_url(api: ir.Api) -> tuple[str | None, str]:
    """Returns the base URL, or None and why the document gives none."""
    if not api.servers:
        return None, ""
    server = api.servers[0]
    url = server.address.rstrip("/")
    if not url.startswith(("https://", "http://")):
        return None, f"The documented server is relative: {url or '/'}."
    return url, plain(server.description)


def _used_schemes(api: ir.Api) -> list[ir.SecurityScheme]:
    used = {name for o in api.operations for requirement in o.security for name in requirement}
    return [s for s in api.schemes if s.kind != "none" and (s.name in used or not used)]


def _credential_arguments(schemes: Iterable[ir.SecurityScheme], names: Names) -> dict[str, tuple[Identifier, ...]]:
    """Returns the names of the arguments of each scheme."""
    parts: dict[str, list[Candidate]] = {}
    for scheme in schemes:
        own = snake(words_of(scheme.name), "credential")
        if scheme.kind == "basic":
            parts[scheme.name] = [
                Candidate(f"{scheme.address}|{part}", (part, f"{own}_{part}"), exact=True)
                for part in ("username", "password")
            ]
        else:
            first = "api_key" if scheme.kind == "apiKey" or _is_api_key(scheme) else "token"
            parts[scheme.name] = [Candidate(scheme.address, (first, own), exact=True)]
    # Several schemes of one kind: none of them is *the* key, so each goes by its own name.
    firsts = [candidate.names[0] for candidates in parts.values() for candidate in candidates]
    named = names.resolve(
        [
            Candidate(c.address, c.names[1:] if firsts.count(c.names[0]) > 1 and c.names[1] else c.names, exact=True)
            for candidates in parts.values()
            for c in candidates
        ],
        reserved=RESERVED,
        prefix="credential:",
        fallback="credential",
    )
    return {name: tuple(named[c.address] for c in candidates) for name, candidates in parts.items()}


def _credential(scheme: ir.SecurityScheme, names: tuple[Identifier, ...], package: Identifier) -> Credential:
    variables = tuple(f"{package.upper()}_{name.upper()}" for name in names)
    quoted = tuple(literal(variable) for variable in variables)
    if scheme.kind == "basic":
        builder, values = Identifier("basic_credential"), (*names, *quoted)
    else:
        builder, values = Identifier("credential"), (*names, literal(str(names[0])), *quoted)
    arguments = tuple(
        Argument(name, scheme.wire, "credential", Code("str | None"), False, Code("None"), plain(scheme.description))
        for name in names
    )
    return Credential(scheme.name, arguments, variables, builder, values, plain(scheme.description))


def _declared(scheme: ir.SecurityScheme) -> Scheme:
    match scheme.kind:
        case "apiKey":
            return Scheme(scheme.location, scheme.wire)
        case "basic":
            return Scheme("header", "Authorization", "Basic")
        case "bearer" | "token" | "none":
            return Scheme("header", "Authorization", scheme.prefix)
        case _:
            assert_never(scheme.kind)


def _is_api_key(scheme: ir.SecurityScheme) -> bool:
    text = "_".join((*words_of(scheme.name), "", *words_of(scheme.bearer_format)))
    return "api_key" in text
