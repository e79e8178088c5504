"""The client class: credentials from the security schemes, the base URL, one attribute per resource."""

from __future__ import annotations

from clientsmith import ir
from clientsmith.escape import literal
from clientsmith.translate.calls import server_url
from clientsmith.translate.naming import Candidate, Names
from clientsmith.translate.words import snake, words_of
from clientsmith.view import Argument, ClientView, Code, Credential, Identifier

RESERVED = frozenset(["self", "base_url", "transport", "timeout", "deadline", "max_retries", "headers", "strict"])


def client_of(api: ir.Api, package: Identifier, transport: str, names: Names) -> ClientView:
    """The view of `Client` and `AsyncClient`."""
    base_url, note = _base_url(api)
    runtime_names = {"AsyncClientBase", "ClientBase", "ClientSettings"}
    credentials = _credentials(api, package, names, runtime_names)
    return ClientView(
        base_url=base_url,
        base_url_note=note,
        transport=transport,
        credentials=credentials,
        runtime_names=tuple(Identifier(name) for name in sorted(runtime_names, key=lambda n: (n[0].islower(), n))),
    )


def _base_url(api: ir.Api) -> tuple[str | None, str]:
    if not api.servers:
        return None, ""
    server = api.servers[0]
    url = server_url(server).rstrip("/")
    if not url.startswith(("https://", "http://")):
        return None, f"The documented server is relative: {url or '/'}."
    return url, server.description


def _credentials(api: ir.Api, package: Identifier, names: Names, runtime_names: set[str]) -> tuple[Credential, ...]:
    used = {name for o in api.operations for requirement in o.security for name in requirement}
    schemes = [s for s in api.schemes if s.kind != "none" and (s.name in used or not used)]
    candidates: list[Candidate] = []
    for scheme in schemes:
        own = snake(words_of(scheme.name), "credential")
        if scheme.kind == "basic":
            candidates.append(Candidate(f"{scheme.address}|username", ("username", f"{own}_username"), exact=True))
            candidates.append(Candidate(f"{scheme.address}|password", ("password", f"{own}_password"), exact=True))
        else:
            first = "api_key" if scheme.kind == "apiKey" or _is_api_key(scheme) else "token"
            candidates.append(Candidate(scheme.address, (first, own), exact=True))
    # Several schemes of one kind: none of them is *the* key, so each goes by its own name.
    firsts = [c.names[0] for c in candidates]
    candidates = [
        Candidate(c.address, c.names[1:] if firsts.count(c.names[0]) > 1 and c.names[1] else c.names, exact=True)
        for c in candidates
    ]
    named = names.settle(candidates, reserved=RESERVED, prefix="credential:", fallback="credential")
    result: list[Credential] = []
    for scheme in schemes:
        if scheme.kind == "basic":
            given = [named[f"{scheme.address}|username"], named[f"{scheme.address}|password"]]
        else:
            given = [named[scheme.address]]
        arguments = tuple(
            Argument(name, scheme.wire, "credential", Code("str | None"), False, Code("None"), scheme.description)
            for name in given
        )
        variables = tuple(f"{package.upper()}_{name.upper()}" for name in given)
        quoted = ", ".join(literal(v) for v in variables)
        if scheme.kind == "basic":
            value = Code(f"basic_credential({given[0]}, {given[1]}, {quoted})")
            how = Code("Basic()")
            runtime_names.add("Basic")
            runtime_names.add("basic_credential")
        else:
            value = Code(f"credential({given[0]}, {literal(str(given[0]))}, {quoted})")
            runtime_names.add("credential")
            if scheme.kind == "apiKey":
                how = Code(f"ApiKey({literal(scheme.location)}, {literal(scheme.wire)})")
                runtime_names.add("ApiKey")
            else:
                how = Code("Bearer()" if scheme.prefix == "Bearer" else f"Bearer({literal(scheme.prefix)})")
                runtime_names.add("Bearer")
        result.append(Credential(scheme.name, arguments, variables, value, how, scheme.description))
    return tuple(result)


def _is_api_key(scheme: ir.SecurityScheme) -> bool:
    text = "_".join((*words_of(scheme.name), "", *words_of(scheme.bearer_format)))
    return "api_key" in text
