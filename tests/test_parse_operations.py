"""Paths, parameters, bodies, responses, servers, security, webhooks and callbacks."""

from __future__ import annotations

import pytest
from parsing import SCHEMAS, document, fields, found, operation, parsed, ref

from clientsmith.diagnostics import Report
from clientsmith.ir import (
    MISSING,
    Anything,
    ListOf,
    MapOf,
    Model,
    NameHint,
    PartEncoding,
    Ref,
    Scalar,
    Server,
    ServerVariable,
    Type,
)
from clientsmith.parse import parse
from clientsmith.parse.contents import kind_of

STRING = Scalar("string")
OK = "responses: {200: {description: ok}}"

# ------------------------------------------------------------------------------------------------------ operations


def test_operations_are_sorted_and_whole() -> None:
    api, report = parsed(
        """
        paths:
          /b: {post: {operationId: makeB, tags: [B, More], summary: S, description: "D\\n", deprecated: true}}
          /a/{id}: {put: {}, get: {}, parameters: [{name: id, in: path, required: true, schema: {type: integer}}]}
          x-other: {get: {}}
        tags: [{name: B, description: All Bs.}, {name: A}]
        info: {title: T, version: 1.10, description: About.}
        """
    )
    assert [(o.method, o.template, o.address) for o in api.operations] == [
        ("GET", "/a/{id}", "#/paths/~1a~1{id}/get"),
        ("PUT", "/a/{id}", "#/paths/~1a~1{id}/put"),
        ("POST", "/b", "#/paths/~1b/post"),
    ]
    made = api.operations[2]
    assert (made.id, made.tags, made.summary, made.description, made.deprecated) == (
        "makeB",
        ("B", "More"),
        "S",
        "D\n",
        True,
    )
    assert api.operations[0].id is None
    assert api.operations[0].path == ("/a/", "id", "")
    assert (api.title, api.version, api.description) == ("T", "1.1", "About.")
    assert api.tag_descriptions == (("A", ""), ("B", "All Bs."))
    assert found(report) == []


def test_all_methods_and_those_of_3_2() -> None:
    names = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
    path = "\n".join(f"    {name}: {{}}" for name in names)
    api, report = parsed("paths:\n  /x:\n" + path + "\n    additionalOperations: {COPY: {}, Odd~one: {}}\n")
    assert sorted(o.method for o in api.operations) == sorted([*(n.upper() for n in names), "COPY", "Odd~one"])
    assert "#/paths/~1x/additionalOperations/Odd~0one" in {o.address for o in api.operations}
    assert found(report) == []


def test_unusual_methods_are_sent_all_the_same() -> None:
    api, report = parsed(
        "paths: {/x: {GET: {responses: {}}, purge: {operationId: p}, x-thing: {responses: {}}, odd: {a: 1}}}"
    )
    assert sorted(o.method for o in api.operations) == ["GET", "purge"]
    assert found(report) == [("unsupported-method", "/paths/~1x/GET"), ("unsupported-method", "/paths/~1x/purge")]


@pytest.mark.parametrize("method", ["GET /admin?x=", "A B", "A\r\nHost: b", "Ä", ""])
def test_what_cannot_be_a_method(method: str) -> None:
    root = {"paths": {"/x": {"get": {}, "additionalOperations": {method: {"operationId": "x"}, "COPY": {}}}}}
    report = Report()
    api = parse(document(root, version=(3, 2)), report)
    assert sorted(operation.method for operation in api.operations) == ["COPY", "GET"]
    assert [slug for slug, _ in found(report)] == ["unsupported-method", "no-server"]


def test_variants_are_operations() -> None:
    api, _ = parsed(
        """
        paths:
          /tasks:
            parameters: [{name: q, in: query, schema: {type: string}}]
            post:
              operationId: one
              x-clientsmith-variants: [{operationId: two, requestBody: {content: {text/plain: {}}}}]
        """
    )
    one, two = api.operations
    assert (one.id, one.address) == ("one", "#/paths/~1tasks/post")
    assert (two.id, two.address) == ("two", "#/paths/~1tasks/post/x-clientsmith-variants/0")
    assert [p.wire for p in two.parameters] == ["q"]
    assert two.body is not None


def test_path_items_by_reference() -> None:
    api, _ = parsed(
        """
        paths: {/a: {$ref: '#/components/pathItems/Thing'}, /b: {$ref: '#/components/pathItems/Thing'}}
        components: {pathItems: {Thing: {get: {operationId: thing}}}}
        """
    )
    assert [o.address for o in api.operations] == ["#/paths/~1a/get", "#/paths/~1b/get"]


def test_equal_ids() -> None:
    api, report = parsed("paths: {/a: {get: {operationId: same}}, /b: {get: {operationId: same}}}")
    assert [o.id for o in api.operations] == ["same", "same"]
    assert found(report) == [("duplicate-operation-id", "/paths/~1b/get/operationId")]
    assert report.diagnostics[0].also[0][1].pointer == "/paths/~1a/get/operationId"


def test_equal_paths() -> None:
    _, report = parsed(
        """
        paths:
          /x/{a}: {get: {parameters: [{name: a, in: path, schema: {}}]}}
          /x/{b}: {put: {parameters: [{name: b, in: path, schema: {}}]}}
          /x/y: {get: {}}
        """
    )
    assert found(report) == [("equal-paths", "/paths/~1x~1{b}")]
    assert report.diagnostics[0].also[0][1].pointer == "/paths/~1x~1{a}"


def test_retries() -> None:
    made, report = operation("x-retry: [503, 700, no]")
    assert made.retry_statuses == (503,)
    pointer = "/paths/~1things/get/x-retry/"
    assert found(report) == [("wrong-type", pointer + "1"), ("wrong-type", pointer + "2")]


# ------------------------------------------------------------------------------------------------------ parameters


def test_path_templates() -> None:
    made, report = operation(
        "parameters: [{name: b, in: path, required: true, schema: {type: string}}, {name: a, in: path, schema: {}}]",
        "/x/{a}/y.{b}?k={a}#z",
    )
    assert made.path == ("/x/", "a", "/y.", "b", "?k=", "a", "#z")
    assert [(p.wire, p.required, p.style, p.explode) for p in made.parameters] == [
        ("a", True, "simple", False),
        ("b", True, "simple", False),
    ]
    assert found(report) == []


@pytest.mark.parametrize(
    ("path", "parts", "written"),
    [
        ("/x/{a}", ("/x/", "a", ""), "simple"),
        ("/x/{+a}", ("/x/", "a", ""), "simple reserved"),
        ("/x/{a+}", ("/x/", "a", ""), "simple reserved"),
        ("/x/{a*}", ("/x/", "a", ""), "simple exploded"),
        ("/x/{a:3}", ("/x/", "a", ""), "simple"),
        ("/x{/a}", ("/x/", "a", ""), "simple"),
        ("/x{.a}", ("/x", "a", ""), "label"),
        ("/x{;a*}", ("/x", "a", ""), "matrix exploded"),
        ("/x/{A-}", ("/x/", "A-", ""), "simple"),
    ],
)
def test_path_expressions(path: str, parts: tuple[str, ...], written: str) -> None:
    made, report = operation("parameters: [{name: a, in: path, schema: {type: string}}]", path)
    (p,) = made.parameters
    assert made.path == parts
    assert f"{p.style}{' reserved' * p.allow_reserved}{' exploded' * p.explode}" == written
    assert [slug for slug, _ in found(report)] == ["path-parameter-spelling"] * ("A-" in path)


def test_path_expressions_of_several_variables() -> None:
    made, report = operation(
        "parameters: [{name: a, in: path, schema: {}}, {name: q, in: query, schema: {}}, {name: '+c', in: path}]",
        "/x/{a,b}/{+c}{?q*,r}{#f}",
    )
    assert made.path == ("/x/", "a", ",", "b", "/", "+c", "")
    assert [(p.location, p.wire, p.required) for p in made.parameters] == [
        ("path", "a", True),
        ("path", "b", True),
        ("path", "+c", True),
        ("query", "q", False),
        ("query", "r", False),
    ]
    assert [slug for slug, _ in found(report)] == ["untyped", "undeclared-path-parameter", "undeclared-path-parameter"]


def test_undeclared_path_parameter() -> None:
    made, report = operation(OK, "/x/{id}")
    assert [(p.wire, p.type, p.required) for p in made.parameters] == [("id", STRING, True)]
    assert found(report) == [("undeclared-path-parameter", "/paths/~1x~1{id}/get")]


def test_unused_path_parameter() -> None:
    made, report = operation("parameters: [{name: id, in: path, required: true, schema: {type: string}}]")
    assert made.parameters == ()
    assert found(report) == [("unused-path-parameter", "/paths/~1things/get/parameters/0")]


def test_parameters_of_the_path_are_overridden() -> None:
    api, report = parsed(
        """
        paths:
          /x:
            parameters:
              - {name: q, in: query, schema: {type: string}}
              - {$ref: '#/components/parameters/Page'}
              - {name: q, in: header, schema: {type: string}}
            get: {parameters: [{name: q, in: query, schema: {type: integer}, required: true}]}
        components: {parameters: {Page: {name: page, in: query, schema: {type: integer, default: 1}}}}
        """
    )
    q, page, header = api.operations[0].parameters
    assert (q.type, q.required, q.address) == (Scalar("integer"), True, "#/paths/~1x/get/parameters/0")
    assert (page.wire, page.default, page.address) == ("page", 1, "#/components/parameters/Page")
    assert header.location == "header"
    assert found(report) == []


def test_duplicate_parameter() -> None:
    made, report = operation(
        "parameters: [{name: X, in: header, schema: {type: string}}, {name: x, in: header, schema: {type: integer}}]"
    )
    assert [p.wire for p in made.parameters] == ["X"]
    assert found(report) == [("duplicate-parameter", "/paths/~1things/get/parameters/1")]


@pytest.mark.parametrize("name", ["Accept", "content-type", "AUTHORIZATION"])
def test_ignored_header(name: str) -> None:
    made, report = operation(
        f"parameters: [{{name: {name}, in: header, schema: {{type: string}}}}]\n---\n"
        "components: {securitySchemes: {key: {type: http, scheme: bearer}}}"
    )
    assert made.parameters == ()
    assert found(report) == [("ignored-header-parameter", "/paths/~1things/get/parameters/0")]


@pytest.mark.parametrize(
    ("written", "style", "explode"),
    [
        ("in: query", "form", True),
        ("in: query, explode: false", "form", False),
        ("in: query, style: deepObject", "deepObject", False),
        ("in: query, style: pipeDelimited", "pipeDelimited", False),
        ("in: header", "simple", False),
        ("in: cookie", "form", True),
        ("in: cookie, style: cookie", "cookie", True),
    ],
)
def test_styles(written: str, style: str, explode: bool) -> None:
    made, report = operation(f"parameters: [{{name: x, {written}, schema: {{type: string}}}}]")
    assert (made.parameters[0].style, made.parameters[0].explode) == (style, explode)
    assert found(report) == []


def test_style_in_the_wrong_place() -> None:
    made, report = operation("parameters: [{name: x, in: header, style: deepObject, schema: {type: string}}]")
    assert made.parameters[0].style == "simple"
    assert found(report) == [("unsupported-style", "/paths/~1things/get/parameters/0")]


def test_the_whole_query_string() -> None:
    made, report = operation(
        "parameters: [{in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object}}}}]"
    )
    query = made.parameters[0]
    assert (query.wire, query.location, query.style, query.type) == (
        "querystring",
        "querystring",
        "form",
        MapOf(Anything()),
    )
    assert query.media_type == "application/x-www-form-urlencoded"
    assert found(report) == []


def test_the_whole_query_string_takes_content() -> None:
    made, report = operation("parameters: [{name: q, in: querystring, schema: {type: object}}]")
    assert made.parameters[0].media_type == "application/x-www-form-urlencoded"
    assert found(report) == [("unsupported-style", "/paths/~1things/get/parameters/0/schema")]


def test_parameter_with_content() -> None:
    made, _ = operation(
        "parameters: [{name: f, in: query, content: {application/json: {schema: {type: array, items: {}}}}}]"
    )
    assert (made.parameters[0].media_type, made.parameters[0].type) == ("application/json", ListOf(Anything()))


def test_parameter_says_more() -> None:
    made, _ = operation(
        """
        parameters:
          - name: a
            in: query
            description: A.
            deprecated: true
            allowReserved: true
            example: 1
            schema: {type: integer}
          - {name: b, in: query, schema: {type: string, description: B., default: x, examples: [y]}}
          - {name: c, in: query, schema: {type: string}, examples: {first: {value: z}}}
        """
    )
    a, b, c = made.parameters
    assert (a.description, a.deprecated, a.allow_reserved, a.example) == ("A.", True, True, 1)
    assert (b.description, b.default, b.example, b.required) == ("B.", "x", "y", False)
    assert (c.description, c.default, c.example) == ("", MISSING, "z")


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("{name: x, in: query}", "untyped"),
        ("{name: x, in: query, type: integer}", "untyped"),
        ("{name: x, in: body, schema: {}}", "wrong-type"),
        ("{name: x}", "wrong-type"),
        ("{in: query}", "wrong-type"),
        ("{in: query, name: ''}", "wrong-type"),
        ("[]", "wrong-type"),
    ],
)
def test_malformed_parameters(written: str, slug: str) -> None:
    made, report = operation(f"parameters: [{written}]")
    assert found(report) == [(slug, "/paths/~1things/get/parameters/0")]
    assert [p.type for p in made.parameters] in ([], [STRING], [Scalar("integer")])


@pytest.mark.parametrize(("location", "of_client"), [("header", True), ("query", False)])
def test_options_of_the_client_are_headers(location: str, of_client: bool) -> None:
    made, report = operation(f"parameters: [{{name: x, in: {location}, schema: {{}}, x-client-option: true}}]")
    assert made.parameters[0].of_client == of_client
    assert [slug for slug, _ in found(report)] == ["wrong-type"] * (not of_client)


@pytest.mark.parametrize("written", ["Idempotency-Key", "idempotency-key", "X-Once, x-idempotency-key: true"])
def test_idempotency(written: str) -> None:
    made, _ = operation(f"parameters: [{{name: {written}, in: header, required: true, schema: {{type: string}}}}]")
    assert made.idempotency_header == written.partition(",")[0]
    assert made.parameters == ()


def test_idempotency_that_an_overlay_declares() -> None:
    made, _ = operation("x-idempotency-key: X-Once")
    assert made.idempotency_header == "X-Once"


# -------------------------------------------------------------------------------------------- bodies and responses


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("application/json", "json"),
        ("application/json; charset=utf-8", "json"),
        ("application/problem+json", "json"),
        ("text/json", "json"),
        ("multipart/form-data", "multipart"),
        ("application/x-www-form-urlencoded", "form"),
        ("text/csv", "text"),
        ("image/png", "bytes"),
        ("application/octet-stream", "bytes"),
        ("application/xml", "bytes"),
        ("application/x-ndjson", "bytes"),
    ],
)
def test_kinds(media_type: str, kind: str) -> None:
    assert kind_of(media_type) == kind


def test_body() -> None:
    made, report = operation(
        """
        requestBody:
          required: true
          description: What to do.
          content:
            application/json: {schema: {$ref: '#/components/schemas/Job'}, example: {id: a}}
            multipart/form-data:
              schema: {properties: {file: {type: string, format: binary}, id: {type: array, items: {type: string}}}}
              encoding: {file: {contentType: image/png}, id: {style: form, explode: false}}
        ---
        components: {schemas: {Job: {properties: {id: {type: string}}}}}
        """,
        method="post",
    )
    assert made.body is not None
    assert (made.body.required, made.body.description) == (True, "What to do.")
    json, form = made.body.contents
    assert (json.media_type, json.kind, json.type, json.example) == (
        "application/json",
        "json",
        ref("Job"),
        {"id": "a"},
    )
    assert form.type == Ref("#/paths/~1things/post/requestBody/content/multipart~1form-data/schema")
    assert form.encodings == (PartEncoding("file", "image/png"), PartEncoding("id", None, "form", False))
    assert found(report) == [("unsupported-style", f"{made.body.address[1:]}/content/multipart~1form-data/encoding/id")]


@pytest.mark.parametrize(
    ("content", "kind", "type_"),
    [
        ("application/json: {}", "json", Anything()),
        ("application/json: {schema: {type: string, format: binary}}", "bytes", Scalar("binary")),
        ("application/octet-stream: {}", "bytes", Scalar("binary")),
        ("application/octet-stream: {schema: {type: string}}", "bytes", Scalar("binary")),
        ("image/*: {schema: {type: string, format: byte}}", "bytes", Scalar("binary")),
        ("text/plain: {}", "text", STRING),
        ("text/plain: {schema: {type: integer}}", "text", Scalar("integer")),
        ("'*/*': {}", "bytes", Scalar("binary")),
        ("'*/*': {schema: {type: array, items: {type: string}}}", "json", ListOf(STRING)),
        ("'*/*': {schema: {type: string, format: binary}}", "bytes", Scalar("binary")),
        ("multipart/form-data: {}", "multipart", MapOf(Anything())),
        ("application/x-www-form-urlencoded: {schema: {type: object}}", "form", MapOf(Anything())),
    ],
)
def test_contents(content: str, kind: str, type_: object) -> None:
    made, report = operation(f"responses: {{200: {{content: {{{content}}}}}}}")
    assert [(c.kind, c.type) for c in made.responses[0].contents] == [(kind, type_)]
    assert found(report) == []


def test_media_types_that_are_not_decoded() -> None:
    made, report = operation("responses: {200: {content: {application/xml: {schema: {properties: {a: {}}}}}}}")
    assert made.responses[0].contents[0].kind == "bytes"
    assert found(report) == [("unsupported-media-type", "/paths/~1things/get/responses/200/content/application~1xml")]


def test_items_of_streams() -> None:
    made, report = operation("responses: {200: {content: {application/jsonl: {itemSchema: {type: integer}}}}}")
    content = made.responses[0].contents[0]
    assert (content.kind, content.type, content.item) == ("bytes", Scalar("binary"), Scalar("integer"))
    assert found(report) == []


def test_responses() -> None:
    made, report = operation(
        """
        responses:
          default: {description: Else.}
          5XX: {description: Ours.}
          404: {$ref: '#/components/responses/Error404', description: Not here.}
          201: {description: Made.}
          200: {$ref: '#/components/responses/Nowhere'}
          x-note: {}
        ---
        components:
          responses:
            Error404: {description: Gone., content: {application/json: {schema: {properties: {code: {type: string}}}}}}
        """
    )
    assert [(r.status, r.description) for r in made.responses] == [
        ("200", ""),
        ("201", "Made."),
        ("404", "Not here."),
        ("5XX", "Ours."),
        ("default", "Else."),
    ]
    key = "#/components/responses/Error404/content/application~1json/schema"
    assert (made.responses[2].address, made.responses[2].contents[0].type) == (
        "#/components/responses/Error404",
        Ref(key),
    )
    assert found(report) == []


@pytest.mark.parametrize("status", ["abc", "'99'", "60X", "2000"])
def test_no_status(status: str) -> None:
    made, report = operation(f"responses: {{{status}: {{description: x}}}}")
    assert made.responses == ()
    assert [slug for slug, _ in found(report)] == ["wrong-type"]


# --------------------------------------------------------------------------------------------- servers and security


def test_servers() -> None:
    api, report = parsed(
        """
        servers:
          - url: https://{region}.example.com/{v}
            description: Main.
            variables: {region: {default: eu, enum: [eu, us], description: Where.}, v: {default: 2}}
        paths:
          /a: {servers: [{url: /path}], get: {}, put: {servers: [{url: https://own.example}]}}
        """
    )
    region = ServerVariable("region", "eu", ("eu", "us"), "Where.")
    assert api.servers == (Server("https://{region}.example.com/{v}", "Main.", (region, ServerVariable("v", "2"))),)
    assert [o.servers for o in api.operations] == [(Server("/path"),), (Server("https://own.example"),)]
    assert found(report) == []


def test_no_server() -> None:
    _, report = parsed("servers: []\npaths: {/a: {get: {}}}")
    assert found(report) == [("no-server", "/paths/~1a/get")]
    _, report = parsed("servers: []\npaths: {/a: {get: {servers: [{url: https://a.example}]}}}")
    assert found(report) == []


def test_security() -> None:
    api, report = parsed(
        """
        security: [{key: []}]
        paths:
          /a:
            get: {}
            put: {security: []}
            post: {security: [{key: [], bearer: []}, {basic: []}, {}]}
        components:
          securitySchemes:
            key: {type: apiKey, in: query, name: api_key, description: Ask us.}
            cookie: {$ref: '#/components/securitySchemes/other'}
            other: {type: apiKey, in: cookie, name: sid}
            bearer: {type: http, scheme: Bearer, bearerFormat: JWT}
            basic: {type: http, scheme: basic}
        """
    )
    assert {o.method: o.security for o in api.operations} == {
        "GET": (("key",),),
        "PUT": (),
        "POST": (("bearer", "key"), ("basic",), ()),
    }
    assert [(s.name, s.kind, s.location, s.wire) for s in api.schemes] == [
        ("basic", "basic", "header", ""),
        ("bearer", "bearer", "header", ""),
        ("cookie", "apiKey", "cookie", "sid"),
        ("key", "apiKey", "query", "api_key"),
        ("other", "apiKey", "cookie", "sid"),
    ]
    assert (api.schemes[1].bearer_format, api.schemes[3].description) == ("JWT", "Ask us.")
    assert found(report) == []


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("{type: mutualTLS}", "none"),
        ("{type: http, scheme: digest}", "none"),
        ("{type: apiKey, in: body, name: x}", "none"),
        ("{type: apiKey, in: header}", "none"),
        ("{}", "none"),
    ],
)
def test_unsupported_security(written: str, kind: str) -> None:
    api, report = parsed(
        f"components: {{securitySchemes: {{it: {written}}}}}\nsecurity: [{{it: []}}]\npaths: {{/a: {{get: {{}}}}}}"
    )
    assert (api.schemes[0].kind, api.operations[0].security) == (kind, (("it",),))
    assert found(report) == [("unsupported-security", "/components/securitySchemes/it")]


def test_unknown_scheme() -> None:
    api, report = parsed(
        """
        components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
        paths: {/a: {get: {security: [{nokey: []}, {key: []}]}, put: {security: [{nokey: [], key: []}]}}}
        """
    )
    assert [o.security for o in api.operations] == [(("key",),), ()]
    pointers = [f"/paths/~1a/{method}/security/0" for method in ("get", "put")]
    assert found(report) == [("unknown-security-scheme", pointer) for pointer in pointers]
    assert len(report.warnings) == 1


def test_two_names_of_one_token() -> None:
    api, report = parsed(
        """
        components:
          securitySchemes:
            A: {type: oauth2, flows: {}}
            B: {type: oauth2, flows: {}}
            C: {type: apiKey, in: header, name: X-Key}
        paths: {/a: {get: {security: [{A: [], B: [], C: []}]}, put: {security: [{B: []}, {}]}}}
        """
    )
    assert [o.security for o in api.operations] == [(("A", "C"),), (("A",), ())]
    assert [scheme.name for scheme in api.schemes] == ["A", "C"]
    assert found(report) == [
        ("access-token", "/components/securitySchemes/A"),
        ("access-token", "/components/securitySchemes/B"),
        ("same-credential", "/components/securitySchemes/B"),
    ]


@pytest.mark.parametrize(
    ("written", "kind", "security"),
    [
        ("required: true", "bearer", (("Authorization",),)),
        ("required: true, description: Basic authentication.", "basic", (("Authorization",),)),
        ("description: 'Bearer, not Basic.'", "bearer", (("Authorization",), ())),
    ],
)
def test_the_scheme_that_a_header_implies(written: str, kind: str, security: object) -> None:
    parameter = f"{{name: authorization, in: header, schema: {{}}, {written}}}"
    api, report = parsed(f"paths: {{/a: {{get: {{parameters: [{parameter}]}}, put: {{}}}}}}")
    assert ([o.security for o in api.operations], api.operations[0].parameters) == ([security, ()], ())
    assert [(scheme.name, scheme.kind) for scheme in api.schemes] == [("Authorization", kind)]
    assert found(report) == [("authorization-parameter", "/paths/~1a/get/parameters/0")]


# ------------------------------------------------------------------------------------------ webhooks and callbacks


def test_webhooks_and_callbacks_bring_declarations() -> None:
    api, report = parsed(
        """
        webhooks:
          jobDone:
            post: {requestBody: {content: {application/json: {schema: {properties: {id: {type: string}}}}}}}
        paths:
          /jobs:
            post:
              operationId: startJob
              callbacks:
                done:
                  '{$request.body#/url}':
                    post:
                      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Event'}}}}
                      responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/Receipt'}}}}}
        components: {schemas: {Event: {properties: {id: {type: string}}}, Receipt: {properties: {ok: {type: boolean}}}}}
        """
    )
    assert len(api.operations) == 1
    key = "#/webhooks/jobDone/post/requestBody/content/application~1json/schema"
    hook, event, receipt = (
        api.declarations[key],
        api.declarations[SCHEMAS + "Event"],
        api.declarations[SCHEMAS + "Receipt"],
    )
    assert hook.name.words == ("jobDone", "Payload")
    assert [(d.sent, d.received) for d in (hook, event, receipt)] == [(False, True), (False, True), (True, False)]
    assert found(report) == []


def test_what_many_operations_share_is_one() -> None:
    api, _ = parsed(
        """
        paths:
          /a: {get: {responses: {400: {$ref: '#/components/responses/Bad'}}}}
          /b: {get: {responses: {400: {$ref: '#/components/responses/Bad'}}}}
        components: {responses: {Bad: {content: {application/json: {schema: {properties: {code: {type: string}}}}}}}}
        """
    )
    first, second = (o.responses[0].contents[0].type for o in api.operations)
    key = "#/components/responses/Bad/content/application~1json/schema"
    assert first == second == Ref(key)
    assert list(fields(api, key)) == ["code"]


# ---------------------------------------------------------------------------------------------------- response headers


def test_headers_of_a_response_are_a_model() -> None:
    api, report = parsed("""
        paths:
         /x:
          get:
           operationId: listJobs
           responses:
            "200":
              description: OK
              headers:
                Content-Type: {schema: {type: string}}
                X-Total: {required: true, description: How many., schema: {type: integer}}
                x-total: {schema: {type: string}}
                X-Color: {explode: true, schema: {type: object, additionalProperties: {type: integer}}}
                X-Tags: {explode: true, schema: {type: array, items: {type: string}}}
                X-Meta: {content: {application/json: {schema: {type: object}}}}
                X-Old: {type: integer}
                X-Raw: {schema: {type: string, format: binary}}
            "204": {description: None, headers: {Content-Type: {schema: {type: string}}}}
    """)
    one, other = api.operations[0].responses
    assert one.headers is not None
    assert other.headers is None
    model = api.declarations[one.headers.key]
    assert isinstance(model, Model)
    assert (model.headers, model.received, model.sent) == (True, True, False)
    assert model.name == NameHint(("listJobs", "Response", "Headers"), "derived")
    assert [(f.wire, f.type, f.required, f.form) for f in model.fields] == [
        ("X-Total", Scalar("integer"), True, None),
        ("X-Color", MapOf(Scalar("integer")), False, "exploded"),
        ("X-Tags", ListOf(STRING), False, None),
        ("X-Meta", MapOf(Anything()), False, "json"),
        ("X-Old", Scalar("integer"), False, None),
        ("X-Raw", STRING, False, None),
    ]
    assert [(d.slug, d.message, d.location.pointer) for d in report.diagnostics] == [
        (
            "untyped",
            "the header 'X-Old' has no 'schema': the 'type' beside its name is used",
            "/paths/~1x/get/responses/200/headers/X-Old",
        )
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("type: string", STRING),
        ("type: uuid", Scalar("uuid")),
        ("type: string, format: duration", Scalar("duration")),
        ("type: array, items: {type: integer}", ListOf(Scalar("integer"))),
    ],
)
def test_a_type_beside_the_place_of_a_parameter_is_its_schema(written: str, expected: Type) -> None:
    api, report = parsed(f"paths: {{/x: {{get: {{parameters: [{{name: q, in: query, {written}}}], {OK}}}}}}}")
    assert api.operations[0].parameters[0].type == expected
    assert ("untyped", "/paths/~1x/get/parameters/0") in found(report)
