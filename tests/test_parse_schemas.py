"""Schemas that combine nothing: scalars, constants, enumerations, lists, maps, references, defaults."""

from __future__ import annotations

import pytest
from parsing import SCHEMAS, enum, field_type, fields, found, model, ref, schemas

from clientsmith.ir import MISSING, Anything, Const, ListOf, MapOf, Nullable, Ref, Scalar, Type, Union

STRING, INTEGER = Scalar("string"), Scalar("integer")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("type: string", STRING),
        ("type: integer\nformat: int64", INTEGER),
        ("type: number\nformat: decimal", Scalar("number")),
        ("type: boolean", Scalar("boolean")),
        ("type: string\nformat: date-time", Scalar("date-time")),
        ("type: string\nformat: date", Scalar("date")),
        ("type: string\nformat: uuid", Scalar("uuid")),
        ("type: string\nformat: decimal", Scalar("decimal")),
        ("type: string\nformat: email", STRING),
        ("type: string\nformat: byte", Scalar("base64")),
        ("type: string\ncontentEncoding: base64", Scalar("base64")),
        ("type: string\ncontentEncoding: base64url", Scalar("base64url")),
        ("type: string\nformat: base64url", Scalar("base64url")),
        ("type: string\nformat: http-date", Scalar("http-date")),
        ("type: string\nformat: duration", Scalar("duration")),
        ("type: number\nformat: duration", Scalar("number")),
        ("type: string\ncontentEncoding: base32", STRING),
        ("type: string\ncontentMediaType: application/json", STRING),
        ("format: uuid", Scalar("uuid")),
        ("format: int32", INTEGER),
        ("pattern: ^a", Anything()),
        ("minimum: 3", Anything()),
        ("{}", Anything()),
        ("true", Anything()),
        ("type: 'null'", Scalar("null")),
        ("const: null", Scalar("null")),
        ("const: card", Const("card")),
        ("const: 3", Const(3)),
        ("const: true", Const(True)),
        ("type: [string, 'null']", Nullable(STRING)),
        ("type: string\nnullable: true", Nullable(STRING)),
        ("type: ['null']", Scalar("null")),
        ("type: [string, integer]", Union((STRING, INTEGER))),
        ("type: [integer, number]", Scalar("number")),
        ("type: [string, number, boolean, object, array]", Anything()),
        ("type: array\nitems: {type: string}", ListOf(STRING)),
        ("items: {type: string}", ListOf(STRING)),
        ("type: array\nitems: {}", ListOf(Anything())),
        ("type: array\nprefixItems: [{type: string}, {type: integer}]\nitems: false", ListOf(Union((STRING, INTEGER)))),
        ("type: array\nitems: [{type: string}, {type: string}]", ListOf(STRING)),
        ("type: object", MapOf(Anything())),
        ("type: object\nadditionalProperties: true", MapOf(Anything())),
        ("type: object\nadditionalProperties: false", MapOf(Anything())),
        ("additionalProperties: {type: integer}", MapOf(INTEGER)),
        ("type: object\nunevaluatedProperties: {type: integer}", MapOf(INTEGER)),
        ("type: object\npatternProperties: {^x: {type: integer}}", MapOf(INTEGER)),
        (
            "patternProperties: {^x: {type: integer}}\nadditionalProperties: {type: string}",
            MapOf(Union((INTEGER, STRING))),
        ),
        ("type: object\nadditionalProperties: {type: [integer, 'null']}", MapOf(Nullable(INTEGER))),
        ("enum: [null]", Scalar("null")),
        ("type: boolean\nenum: [true, false]", Scalar("boolean")),
    ],
)
def test_types_without_declaration(schema: str, expected: Type) -> None:
    type_, report = field_type(schema)
    assert type_ == expected
    assert found(report) == []


def test_bytes_where_nothing_says_how_they_travel() -> None:
    type_, _ = field_type("type: string\nformat: binary")
    assert type_ == Scalar("binary")


def test_components_that_are_no_objects_are_inlined() -> None:
    api, _ = schemas(
        """
        Id: {type: string, format: uuid, description: An id., default: 00000000-0000-0000-0000-000000000000}
        Names: {type: array, items: {type: string}}
        Thing: {properties: {id: {$ref: '#/components/schemas/Id'}, names: {$ref: '#/components/schemas/Names'}}}
        """
    )
    assert list(api.declarations) == [SCHEMAS + "Thing"]
    id_ = fields(api, "Thing")["id"]
    assert (id_.type, id_.description) == (Scalar("uuid"), "An id.")
    assert id_.default == "00000000-0000-0000-0000-000000000000"
    assert fields(api, "Thing")["names"].type == ListOf(STRING)


def test_fields() -> None:
    api, report = schemas(
        """
        Thing:
          description: A thing.
          deprecated: true
          required: [id]
          properties:
            id: {type: string, readOnly: true, example: abc}
            secret: {type: string, writeOnly: true, deprecated: true, description: "Two\\nlines"}
            count: {type: integer, default: 3, examples: [4, 5]}
          additionalProperties: {type: integer}
        """
    )
    thing = model(api, "Thing")
    assert (thing.description, thing.deprecated, thing.additional) == ("A thing.", True, INTEGER)
    assert (thing.name.words, thing.name.origin) == (("Thing",), "chosen")
    id_, secret, count = thing.fields
    assert (id_.wire, id_.address, id_.read_only, id_.example) == ("id", SCHEMAS + "Thing/properties/id", True, "abc")
    assert (secret.write_only, secret.deprecated, secret.description) == (True, True, "Two\nlines")
    assert (secret.default, secret.required) == (MISSING, False)
    assert (count.default, count.example) == (3, 4)
    assert found(report) == []


def test_references_lead_to_one_key() -> None:
    api, _ = schemas(
        """
        Alias: {$ref: '#/components/schemas/Job'}
        Job: {properties: {next: {$ref: '#/components/schemas/Alias'}, error: {properties: {code: {type: string}}}}}
        Other: {properties: {error: {$ref: '#/components/schemas/Job/properties/error'}}}
        """
    )
    assert fields(api, "Job")["next"].type == ref("Job")
    inner = Ref(SCHEMAS + "Job/properties/error")
    assert fields(api, "Job")["error"].type == fields(api, "Other")["error"].type == inner


def test_references_into_other_files() -> None:
    api, _ = schemas(
        "Job: {properties: {owner: {$ref: 'people.yaml#/Person'}, self: {$ref: 'job.yaml'}}}",
        files={
            "people.yaml": {"Person": {"properties": {"boss": {"$ref": "#/Person"}}}},
            "job.yaml": {"properties": {"id": {"type": "string"}}},
        },
    )
    assert fields(api, "Job")["owner"].type == Ref("people.yaml#/Person")
    assert model(api, SCHEMAS + "Job").fields[1].type == Ref("job.yaml#")
    person, job = api.declarations["people.yaml#/Person"], api.declarations["job.yaml#"]
    assert (person.name.words, job.name.words) == (("Person",), ("job",))


def test_enumerations() -> None:
    api, report = schemas(
        """
        State: {type: string, enum: [pending, done, pending], description: How it stands.}
        Level: {enum: [1, 2.5, true]}
        Lone: {type: string, enum: [only]}
        Maybe: {type: [string, 'null'], enum: [a, null]}
        Said: {enum: [a, b], x-enum-descriptions: {a: The first.}}
        Uses: {properties: {maybe: {$ref: '#/components/schemas/Maybe'}, lone: {$ref: '#/components/schemas/Lone'}}}
        """
    )
    assert enum(api, "State").values == ("pending", "done")
    assert enum(api, "State").description == "How it stands."
    assert enum(api, "Level").values == (1, 2.5, True)
    assert enum(api, "Lone").values == ("only",)
    assert enum(api, "Maybe").values == ("a",)
    assert enum(api, "Said").value_descriptions == ("The first.", "")
    assert fields(api, "Uses")["maybe"].type == Nullable(ref("Maybe"))
    assert fields(api, "Uses")["lone"].type == ref("Lone")
    assert found(report) == []


def test_true_is_not_one() -> None:
    api, _ = schemas("Mixed: {enum: [1, true, 0, false, 1]}")
    assert [repr(value) for value in enum(api, "Mixed").values] == ["1", "True", "0", "False"]


def test_values_of_an_enumeration_have_its_type() -> None:
    api, report = schemas("Version: {type: string, enum: ['1.0', 2.0, false]}")
    assert enum(api, "Version").values == ("1.0", "2.0", "false")
    assert found(report) == [("wrong-type", "/components/schemas/Version/enum/1")]
    assert report.diagnostics[0].message.endswith("read as '2.0', and 1 more")


def test_recursion_through_models_is_ordinary() -> None:
    api, report = schemas("Tree: {properties: {children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}")
    assert fields(api, "Tree")["children"].type == ListOf(ref("Tree"))
    assert found(report) == []


@pytest.mark.parametrize(
    ("schema", "slug"),
    [
        ("false", "untyped"),
        ("type: any", "untyped"),
        ("type: [5]", "untyped"),
        ("[]", "wrong-type"),
        ("Job", "wrong-type"),
        ("null", "wrong-type"),
        ("not: {type: string}", "unsupported-schema"),
        ("enum: [{a: 1}]", "unsupported-schema"),
        ("const: [1]", "unsupported-schema"),
        ("$dynamicRef: '#nowhere'", "unsupported-schema"),
    ],
)
def test_what_cannot_be_typed_is_anything_with_a_warning(schema: str, slug: str) -> None:
    type_, report = field_type(schema)
    assert type_ == Anything()
    assert [(s, p) for s, p in found(report) if p.startswith("/components/schemas/Holder/properties/it")] == found(
        report
    )
    assert {s for s, _ in found(report)} == {slug}


def test_dangling_references_are_the_loaders_to_report() -> None:
    type_, report = field_type("$ref: '#/components/schemas/Nowhere'")
    assert (type_, found(report)) == (Anything(), [])


def test_circles_of_references_are_the_loaders_to_report() -> None:
    api, report = schemas(
        """
        A: {$ref: '#/components/schemas/B', description: a}
        B: {$ref: '#/components/schemas/A', nullable: true}
        Uses: {properties: {a: {$ref: '#/components/schemas/A'}}}
        """
    )
    assert (fields(api, "Uses")["a"].type, found(report)) == (Anything(), [])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("String", STRING),
        ("int", INTEGER),
        ("'string,'", STRING),
        ("float", Scalar("number")),
        ("[string, null]", Nullable(STRING)),
    ],
)  # fmt: skip
def test_sloppy_types_are_read_with_a_warning(written: str, read: Type) -> None:
    type_, report = field_type(f"type: {written}")
    assert type_ == read
    assert [slug for slug, _ in found(report)] == ["wrong-type"]


def test_list_without_items() -> None:
    type_, report = field_type("type: array")
    assert type_ == ListOf(Anything())
    assert found(report) == [("array-without-items", "/components/schemas/Holder/properties/it")]


def test_required_without_property() -> None:
    _, report = schemas("Thing: {required: [nowhere], properties: {id: {type: string}}}")
    assert found(report) == [("required-without-property", "/components/schemas/Thing/required/0")]


def test_required_as_draft_3_wrote_it() -> None:
    api, report = schemas("Thing: {properties: {id: {type: string, required: true}}}")
    assert fields(api, "Thing")["id"].required
    assert found(report) == [("wrong-type", "/components/schemas/Thing/properties/id/required")]


@pytest.mark.parametrize(
    "schema",
    ["type: integer\ndefault: ten", "type: string\nformat: uuid\ndefault: x", "type: string\nenum: [a]\ndefault: b",
     "type: array\nitems: {type: string}\ndefault: [1]", "type: boolean\ndefault: 0", "type: integer\ndefault: true"],
)  # fmt: skip
def test_default_that_does_not_fit(schema: str) -> None:
    api, report = schemas("Holder:\n  properties:\n    it:\n      " + schema.replace("\n", "\n      "))
    assert fields(api, "Holder")["it"].default is MISSING
    assert found(report) == [("default-does-not-fit", "/components/schemas/Holder/properties/it/default")]


def test_null_is_a_default_only_where_it_fits() -> None:
    api, report = schemas(
        "T: {properties: {a: {type: string, default: null}, b: {type: [string, 'null'], default: null}}}"
    )
    assert (fields(api, "T")["a"].default, fields(api, "T")["b"].default) == (MISSING, None)
    assert found(report) == []


def test_deep_nesting_ends() -> None:
    schema = "{type: array, items: " * 150 + "{}" + "}" * 150
    type_, report = field_type(schema)
    assert isinstance(type_, ListOf)
    assert [slug for slug, _ in found(report)] == ["untyped"]


def test_equal_inline_schemas_of_one_name_are_one_declaration() -> None:
    api, _ = schemas(
        """
        A: {properties: {e: {title: Oops, properties: {code: {enum: [1, 2]}}}}}
        B: {properties: {e: {title: Oops, properties: {code: {enum: [1, 2]}}}}}
        C: {properties: {e: {title: Oops, properties: {code: {enum: [true, 2]}}}}}
        """
    )
    assert fields(api, "A")["e"].type == fields(api, "B")["e"].type == Ref(SCHEMAS + "A/properties/e")
    assert fields(api, "C")["e"].type == Ref(SCHEMAS + "C/properties/e")


def test_dynamic_reference_by_its_anchor() -> None:
    api, _ = schemas("Node: {$dynamicAnchor: node, properties: {next: {$dynamicRef: '#node'}}}")
    assert fields(api, "Node")["next"].type == ref("Node")
