"""Whatever a document holds, parse ends, every diagnostic has a location, and no operation is lost."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parsing import document, found, parsed

from clientsmith.diagnostics import Report
from clientsmith.ir import Api, Model, UnionOf, keys_in
from clientsmith.parse import parse
from clientsmith.parse.reading import is_list, is_map

WHOLE = """
info: {title: T, version: '1'}
servers: [{url: 'https://{a}.example.com', variables: {a: {default: b, enum: [b]}}}]
security: [{key: []}]
tags: [{name: Jobs, description: J}]
paths:
  /jobs/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getJob
      tags: [Jobs]
      parameters:
        - {$ref: '#/components/parameters/Page'}
        - {name: f, in: query, content: {application/json: {schema: {}}}}
      responses:
        '200':
          headers: {X-Left: {schema: {type: integer}, required: true}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}, examples: {a: {value: 1}}}}
      callbacks: {done: {'{$url}': {post: {requestBody: {content: {application/json: {schema: {type: object}}}}}}}}
    post:
      requestBody:
        content: {multipart/form-data: {schema: {properties: {f: {format: binary}}}, encoding: {f: {contentType: a/b}}}}
      responses: {default: {$ref: '#/components/responses/Bad'}}
      x-retry: [503]
webhooks: {hook: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Json'}}}}}}}
components:
  parameters: {Page: {name: page, in: query, style: form, schema: {type: integer, default: 1}}}
  responses:
    Bad: {description: b, content: {application/json: {schema: {title: Bad, properties: {code: {enum: [a, b]}}}}}}
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Pet:
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind, mapping: {cat: Cat}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer, readOnly: true}}}]}
    Dog:
      allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {kind: {enum: [dog]}, tags: {items: {type: string}}}}]
    Json: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Json'}}, {type: 'null'}]}
    Either: {properties: {e: {anyOf: [{required: [f], properties: {f: {}, g: {}}}, {properties: {h: {}, g: {}}}]}}}
    Mixed:
      properties: {a: {type: [string, 'null']}, b: {anyOf: [{const: 1}, {const: 2}]}}
      oneOf: [{$ref: '#/components/schemas/Cat'}, {properties: {c: {additionalProperties: {type: number}}}}]
      patternProperties: {^x: {type: string}}
x-job:
  name: j
  start: {operation: getJob, id: '#/kind'}
  poll: {operation: getJob}
  state: {from: '#/kind', succeeded: [done]}
"""

JUNK: list[Any] = [
    None, True, False, 0, -7, 1.5, "", "x", [], {}, [None], [[]], {"a": None}, {1: 2}, {"$ref": 5}, {"$ref": "#/nope"},
    {"$ref": "#"}, {"$ref": "#/components/schemas"}, {"$ref": "#/components/schemas/Cat"}, {"type": ["object", 3]},
    {"allOf": [{"$ref": "#/components/schemas/Mixed"}]}, {"oneOf": {}}, {"enum": {}}, {"nullable": True}, {"const": {}},
    {"items": []}, {"discriminator": 1}, {"$dynamicRef": 1}, {"anyOf": [{"$ref": "#/components/schemas/Json"}]},
]  # fmt: skip


def whole() -> dict[str, Any]:
    made = yaml.safe_load(WHOLE)
    assert is_map(made)
    return made


def places(value: Any, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The ways to all values below."""
    entries: list[tuple[Any, Any]] = []
    if is_map(value):
        entries = list(value.items())
    elif is_list(value):
        entries = list(enumerate(value))
    return [place for key, inner in entries for place in ((*way, key), *places(inner, (*way, key)))]


def put(value: Any, way: tuple[str | int, ...], new: Any) -> None:
    """Set a value at a place; nothing where an earlier change took the place away."""
    for token in way[:-1]:
        if not has(value, token):
            return
        value = value[token]
    if has(value, way[-1]):
        value[way[-1]] = new


def has(value: Any, token: str | int) -> bool:
    return token in value if is_map(value) else is_list(value) and isinstance(token, int) and token < len(value)


PLACES = places(whole())


def check(api: Api, report: Report) -> None:
    """What holds for every result."""
    for declaration in api.declarations.values():
        types = []
        if isinstance(declaration, Model):
            types = [declaration.additional, *(f.type for f in declaration.fields)]
        elif isinstance(declaration, UnionOf):
            types = list(declaration.arms)
        assert all(key in api.declarations for type_ in types for key in keys_in(type_))
        assert declaration.name.words
    assert len({o.address for o in api.operations}) == len(api.operations)
    assert all(d.location.pointer or d.location.file for d in report.diagnostics)
    assert repr(api)


def test_the_whole_document_is_sound() -> None:
    report = Report()
    api = parse(document(whole()), report)
    check(api, report)
    assert (len(api.operations), len(api.jobs)) == (2, 1)
    assert found(report) == []


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(range(len(JUNK)))), min_size=1, max_size=4),
    st.booleans(),
)
def test_nothing_makes_it_fail(changes: list[tuple[tuple[str | int, ...], int]], old: bool) -> None:
    root = whole()
    for way, junk in changes:
        put(root, way, copy.deepcopy(JUNK[junk]))
    report = Report()
    check(parse(document(root, version=(3, 0) if old else (3, 1)), report), report)


def test_the_same_document_means_the_same_twice() -> None:
    first, second = (repr(parse(document(whole()), Report())) for _ in range(2))
    assert first == second


def test_the_order_of_a_document_changes_nothing_but_fields() -> None:
    def turned(value: Any) -> Any:
        if is_map(value):
            return {key: turned(value[key]) for key in (value if "type" in value else reversed(value))}
        return [turned(member) for member in value] if is_list(value) else value

    straight, other = parse(document(whole()), Report()), parse(document(turned(whole())), Report())
    assert [o.address for o in straight.operations] == [o.address for o in other.operations]
    assert list(straight.declarations) == list(other.declarations)
    assert [d.name for d in straight.declarations.values()] == [d.name for d in other.declarations.values()]


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("paths: 1", "/paths"),
        ("paths: {/a: []}", "/paths/~1a"),
        ("paths: {/a: {get: []}}", "/paths/~1a/get"),
        ("paths: {/a: {get: {parameters: {}}}}", "/paths/~1a/get/parameters"),
        ("paths: {/a: {get: {tags: [[x]]}}}", "/paths/~1a/get/tags/0"),
        ("paths: {/a: {get: {summary: []}}}", "/paths/~1a/get/summary"),
        ("paths: {/a: {get: {deprecated: soon}}}", "/paths/~1a/get/deprecated"),
        ("paths: {/a: {get: {requestBody: []}}}", "/paths/~1a/get/requestBody"),
        ("paths: {/a: {get: {requestBody: {content: 1}}}}", "/paths/~1a/get/requestBody/content"),
        ("paths: {/a: {get: {requestBody: {content: {a/b: []}}}}}", "/paths/~1a/get/requestBody/content/a~1b"),
        ("paths: {/a: {get: {responses: 1}}}", "/paths/~1a/get/responses"),
        ("paths: {/a: {get: {responses: {200: []}}}}", "/paths/~1a/get/responses/200"),
        ("paths: {/a: {get: {security: {}}}}", "/paths/~1a/get/security"),
        ("paths: {/a: {get: {security: [[]]}}}", "/paths/~1a/get/security/0"),
        ("paths: {/a: {get: {servers: [{}]}}}", "/paths/~1a/get/servers/0"),
        ("info: []", "/info"),
        ("tags: [a]", "/tags/0"),
        ("components: []", "/components"),
        ("components: {schemas: 1}", "/components/schemas"),
        ("components: {schemas: {A: []}}", "/components/schemas/A"),
        ("components: {schemas: {A: {properties: 1}}}", "/components/schemas/A/properties"),
        ("components: {schemas: {A: {properties: {b: }}}}", "/components/schemas/A/properties/b"),
        ("components: {schemas: {A: {properties: {b: {}}, required: [1]}}}", "/components/schemas/A/required/0"),
        ("components: {schemas: {A: {type: array, items: }}}", "/components/schemas/A/items"),
        ("components: {schemas: {A: {allOf: {}}}}", "/components/schemas/A/allOf"),
        ("components: {schemas: {A: {enum: {}}}}", "/components/schemas/A/enum"),
        (
            "components: {schemas: {A: {additionalProperties: [], type: object}}}",
            "/components/schemas/A/additionalProperties",
        ),
        ("components: {schemas: {A: {type: }}}", "/components/schemas/A/type"),
        ("components: {securitySchemes: {a: []}}", "/components/securitySchemes/a"),
    ],
)
def test_malformed_parts_are_warnings_with_a_place(text: str, pointer: str) -> None:
    _, report = parsed(text)
    assert found(report) == [("wrong-type", pointer)]


def test_keys_that_are_numbers() -> None:
    api, report = parsed(
        "paths: {/a: {get: {responses: {200: {}, 4XX: {}}}}}\ncomponents: {schemas: {1: {properties: {2: {}}}}}"
    )
    assert [r.status for r in api.operations[0].responses] == ["200", "4XX"]
    declared = api.declarations["#/components/schemas/1"]
    assert isinstance(declared, Model)
    assert [f.wire for f in declared.fields] == ["2"]
    assert found(report) == []
