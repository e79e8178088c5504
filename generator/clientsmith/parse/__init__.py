"""Parse: a Document becomes an Api; OpenAPI and JSON Schema mean something here and nowhere else.

- In: a loaded document in the dialect of OAS 3.1, references as edges. Parts that are malformed are warnings with a
  place, and stand as if they were absent; nothing makes this stage fail.
- Out: a frozen, printable `ir.Api` without a Python identifier in it. Every operation of the document is there, every
  named schema that has a name to give, and every description as it was written.
- Deterministic: what comes out depends on the document's content alone, and is sorted where the document's order does
  not matter (operations by path, declarations by key, schemes by name).

    reading         malformed parts, references            operations      paths, methods, webhooks, callbacks
    names           hints for declarations                 parameters      locations, styles, what overrides what
    schemas         types, declarations, their keys        bodies          media types, responses
    plain, scalars  const, enum, type, format, items       security        schemes, requirements
    shapes          what allOf and references add up to    servers         addresses
    objects         properties, maps, conjunctions         reach           sent, received, what nothing uses
    unions          oneOf, anyOf                           jobs            x-job; with job_checks, job_parts and
    families        parents with children by allOf                         job_values
    discriminators  which value means which alternative    remarks         descriptions, defaults, examples
    narrowing       types with types
"""

from __future__ import annotations

from clientsmith import ir
from clientsmith.diagnostics import Report
from clientsmith.load.document import Document, Node
from clientsmith.parse.directions import settled
from clientsmith.parse.jobs import jobs_of
from clientsmith.parse.names import Names
from clientsmith.parse.operations import Defaults, notices_of, operations_of, without_servers
from clientsmith.parse.reading import Reader, is_map
from clientsmith.parse.schemas import Schemas
from clientsmith.parse.security import requirements_of, schemes_of
from clientsmith.parse.servers import servers_of


def parse(document: Document, report: Report) -> ir.Api:
    """What a document means.

    Args:
        document: what was loaded.
        report: where findings go; errors are recorded there, not raised.

    Source: OpenAPI 3.1.1 and 3.2.0, with what 3.0 documents leave behind; JSON Schema 2020-12.
    """
    reader = Reader(document, report)
    root = Node(document.root, "#")
    info = reader.mapping_at(root, "info")
    components = reader.mapping_at(root, "components")
    schemas = Schemas(reader, Names(document))
    named = [schemas.type_of(node) for _, node in sorted(reader.entries(components, "schemas"))]
    schemes = schemes_of(reader, components)
    security = requirements_of(reader, root, schemes) or ()
    servers = servers_of(reader, root)
    operations = operations_of(schemas, root, Defaults(schemes, security))
    received, sent = notices_of(schemas, root)
    schemas.settle()
    declarations = settled(schemas.declarations, named, operations, received, sent)
    if (alone := without_servers(operations, servers)) is not None:
        hint = "an overlay can add 'servers'; otherwise callers must give a base URL"
        reader.warn("no-server", "no 'servers' say where the API is", alone.address, hint=hint)
    return ir.Api(
        title=reader.text(info, "title"),
        version=reader.text(info, "version"),
        description=reader.text(info, "description"),
        servers=servers,
        operations=operations,
        declarations=declarations,
        schemes=schemes,
        jobs=jobs_of(reader, root, operations, declarations),
        tag_descriptions=_tag_descriptions(reader, root),
    )


def _tag_descriptions(reader: Reader, root: Node) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for node in reader.members(root, "tags"):
        if is_map(reader.mapping(node, "tag")) and is_map(node.value) and isinstance(node.value.get("name"), str):
            found.setdefault(node.value["name"], reader.text(node, "description"))
    return tuple(sorted(found.items()))


__all__ = ["parse"]
