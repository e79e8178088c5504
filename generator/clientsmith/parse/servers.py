"""Where calls go: the servers of the document, of paths and of operations, and whether a client can use them.

Which server is used is decided by the caller (`base_url`), then the operation, then the document.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from clientsmith.ir import Operation, Server, ServerVariable
from clientsmith.load.document import Node
from clientsmith.parse.reading import Reader, is_map
from clientsmith.runtime.transport import address_fault


def servers_of(reader: Reader, owner: Node) -> tuple[Server, ...]:
    """Returns the servers that the document, a path or an operation lists, in its order."""
    found: list[Server] = []
    for node in reader.members(owner, "servers"):
        if not is_map(node.value) or not isinstance(node.value.get("url"), str):
            reader.warn("wrong-type", "a server needs a 'url': it is ignored", node.address)
            continue
        variables = tuple(
            _variable(reader, name, variable)
            for name, variable in reader.entries(node, "variables")
            if is_map(reader.mapping(variable, name)) and is_map(variable.value)
        )
        found.append(Server(node.value["url"], reader.text(node, "description"), variables, node.address))
    return tuple(found)


def check_addresses(reader: Reader, servers: tuple[Server, ...], operations: tuple[Operation, ...]) -> None:
    """Report addresses that no client could be given as its `base_url`, and those that credentials should not go to.

    Only the addresses that are used are looked at: the first of the document, and the first of each operation.
    """
    used = {server.pointer: server for server in servers[:1]}
    for operation in operations:
        used.update({server.pointer: server for server in operation.servers[:1]})
    home = _host(servers[0]) if servers else None
    secured = any(requirement for operation in operations for requirement in operation.security)
    hosts: set[str] = set()
    for server in used.values():
        host = _host(server)
        if host is None:
            # Relative to where the document was published: callers pass `base_url`.
            continue
        fault = _address_fault(server.address)
        if fault is not None:
            hint = "correct it in an overlay"
            reader.warn("server-address", f"the server's address {fault}", server.pointer, hint=hint)
        elif secured and server.address.startswith("http://") and not _is_loopback(host):
            message = f"credentials are sent to {host!r} in clear text, by http://"
            reader.warn("server-insecure", message, server.pointer, hint="write https:// in an overlay")
        if home is not None and host != home and secured and host not in hosts:
            hosts.add(host)
            message = f"an operation is sent to {host!r}, with the credentials of {home!r}"
            hint = "remove the operation's 'servers' in an overlay if that is not meant"
            reader.warn("server-other-host", message, server.pointer, hint=hint)


def _address_fault(address: str) -> str | None:
    try:
        # A port that is none is an error of the property alone.
        fault, _ = address_fault(address), urlsplit(address).port
    except ValueError as error:
        return f"is invalid: {error}"
    return fault


def _host(server: Server) -> str | None:
    """Returns the host of an address, without port; None if it is relative or a variable leaves it open."""
    if not server.address.startswith(("https://", "http://")) or "{" in server.address.partition("?")[0]:
        return None
    try:
        return urlsplit(server.address).hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.endswith(".localhost") or host.startswith("127.")


def _variable(reader: Reader, name: str, node: Node) -> ServerVariable:
    values = tuple(_as_text(member.value) for member in reader.members(node, "enum"))
    default = reader.text(node, "default") if "default" in node.value else values[0] if values else ""
    return ServerVariable(name, default, values, reader.text(node, "description"))


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
