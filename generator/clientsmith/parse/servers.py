"""Server Objects: addresses with variables.

Decides nothing about which server is used.
"""

from __future__ import annotations

from clientsmith.ir import Server, ServerVariable
from clientsmith.load.document import Node
from clientsmith.parse.reading import Reader, is_map


def servers_of(reader: Reader, owner: Node) -> tuple[Server, ...]:
    """The servers that the document, a path or an operation lists, in its order."""
    found: list[Server] = []
    for node in reader.members(owner, "servers"):
        if not is_map(node.value) or not isinstance(node.value.get("url"), str):
            reader.warn("wrong-type", "a server needs a 'url': it is left out", node.address)
            continue
        variables = tuple(
            _variable(reader, name, variable)
            for name, variable in reader.entries(node, "variables")
            if is_map(reader.mapping(variable, name)) and is_map(variable.value)
        )
        found.append(Server(node.value["url"], reader.text(node, "description"), variables))
    return tuple(found)


def _variable(reader: Reader, name: str, node: Node) -> ServerVariable:
    values = tuple(_as_text(member.value) for member in reader.members(node, "enum"))
    default = reader.text(node, "default") if "default" in node.value else values[0] if values else ""
    return ServerVariable(name, default, values, reader.text(node, "description"))


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
