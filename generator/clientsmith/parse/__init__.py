"""Parse: a Document becomes an Api; what OpenAPI and JSON Schema mean is decided here and nowhere else.

- In: a loaded document in the dialect of OAS 3.1, references as edges. Malformed parts are reported with their
  place, and read as if they were absent; nothing makes this stage fail.
- Out: a frozen, printable `ir.Api` without Python identifiers. Every operation that HTTP can send is in it, every
  named schema that has a name to give, and every description as it was written.
- Deterministic: what comes out depends on the document's content alone, and is sorted where the document's order does
  not matter (operations by path, declarations by key, schemes by name).

From the bottom up, each module importing those above it only:

    reading         malformed parts, references            discriminators  which value means which variant, a pass
    names           words for names of declarations        contents        media types, bodies, responses
    metadata        descriptions, defaults, examples       path_templates  literals and variables of paths
    keywords        type, format, enum                     parameters      locations, styles, what overrides what
    structures      objects and hierarchies, by allOf      security        schemes, requirements
    normal          the normal form of a schema            operations      paths, methods, what they inherit
    flatten         keywords to normal form                webhooks        what the provider sends, callbacks too
    declarations    keys, names, the queue                 bodies          what has to be sent, a pass
    types           unions and intersections of types      directions      sent, received, what nothing uses, a pass
    schemas         types and declarations, by one match   jobs            x-job; with job_checks
    servers         addresses, and what is wrong with them
"""

from __future__ import annotations

from clientsmith import ir
from clientsmith.diagnostics import Report
from clientsmith.load.document import Document, Node
from clientsmith.parse.bodies import with_bodies
from clientsmith.parse.directions import with_directions
from clientsmith.parse.discriminators import add_discriminators
from clientsmith.parse.jobs import jobs_of
from clientsmith.parse.operations import Defaults, operations_of, without_servers
from clientsmith.parse.reading import Reader, is_map
from clientsmith.parse.schemas import Schemas
from clientsmith.parse.security import requirements_of, schemes_of
from clientsmith.parse.servers import check_addresses, servers_of
from clientsmith.parse.webhooks import webhooks_of


def parse(document: Document, report: Report) -> ir.Api:
    """Returns what a document means.

    Args:
        document: what was loaded.
        report: where diagnostics go; errors are recorded there, not raised.

    Source: OpenAPI 3.1.1 and 3.2.0, with what 3.0 documents leave behind; JSON Schema 2020-12.
    """
    reader = Reader(document, report)
    root = Node(document.root, "#")
    info = reader.mapping_at(root, "info")
    components = reader.mapping_at(root, "components")
    schemas = Schemas(reader)
    named = [schemas.type_of(node) for _, node in sorted(reader.entries(components, "schemas"))]
    schemes = schemes_of(reader, components)
    security = requirements_of(reader, root, schemes) or ()
    servers = servers_of(reader, root)
    operations, schemes = operations_of(schemas, root, Defaults(schemes, security))
    webhooks = webhooks_of(schemas, root)
    add_discriminators(schemas)
    operations = with_bodies(reader, schemas.declarations.by_key, operations)
    received = tuple(content for one in webhooks if one.body is not None for content in one.body.contents)
    sent = tuple(content for one in webhooks for response in one.responses for content in response.contents)
    declarations = with_directions(schemas.declarations.by_key, named, operations, received, sent)
    if (alone := without_servers(operations, servers)) is not None:
        hint = "add 'servers' in an overlay; otherwise callers have to pass 'base_url'"
        reader.warn("no-server", "the document has no 'servers'", alone.address, hint=hint)
    check_addresses(reader, servers, operations)
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
        webhooks=webhooks,
    )


def _tag_descriptions(reader: Reader, root: Node) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for node in reader.members(root, "tags"):
        if is_map(reader.mapping(node, "tag")) and is_map(node.value) and isinstance(node.value.get("name"), str):
            found.setdefault(node.value["name"], reader.text(node, "description"))
    return tuple(sorted(found.items()))


__all__ = ["parse"]
