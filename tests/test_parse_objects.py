"""`allOf` and what goes with it: flattening, single parts, precedence, contradictions, circles, direction."""

from __future__ import annotations

from parsing import SCHEMAS, fields, found, model, parsed, ref, schemas

from clientsmith.ir import Anything, Const, ListOf, MapOf, Nullable, Ref, Scalar

STRING, INTEGER = Scalar("string"), Scalar("integer")


def test_parts_become_one_object() -> None:
    api, report = schemas(
        """
        Summary: {type: object, required: [id], properties: {id: {type: string}, state: {type: string}}}
        Job:
          description: All of it.
          allOf:
            - $ref: '#/components/schemas/Summary'
            - {type: object, required: [cost], properties: {cost: {type: integer}}}
          properties: {extra: {type: boolean}}
        """
    )
    job = model(api, "Job")
    assert [f.wire for f in job.fields] == ["id", "state", "cost", "extra"]
    assert [f.required for f in job.fields] == [True, False, True, False]
    assert job.fields[0].address == SCHEMAS + "Summary/properties/id"
    assert job.description == "All of it."
    assert found(report) == []


def test_one_part_and_annotations_is_that_part() -> None:
    api, _ = schemas(
        """
        Job: {description: A job., properties: {id: {type: string}}}
        Holder:
          properties:
            job: {description: The last one., allOf: [{$ref: '#/components/schemas/Job'}]}
            typed: {type: object, allOf: [{$ref: '#/components/schemas/Job'}]}
            maybe: {nullable: true, allOf: [{$ref: '#/components/schemas/Job'}]}
            bare: {$ref: '#/components/schemas/Job'}
        """
    )
    holder = fields(api, "Holder")
    assert [f.type for f in holder.values()] == [ref("Job"), ref("Job"), Nullable(ref("Job")), ref("Job")]
    assert [f.description for f in holder.values()] == ["The last one.", "", "", ""]


def test_required_beside_one_part_is_a_part() -> None:
    api, _ = schemas(
        """
        Job: {properties: {id: {type: string}}}
        Sure: {allOf: [{$ref: '#/components/schemas/Job'}], required: [id]}
        """
    )
    assert (fields(api, "Job")["id"].required, fields(api, "Sure")["id"].required) == (False, True)


def test_siblings_of_a_reference_hold_since_3_1() -> None:
    text = """
        Job: {properties: {id: {type: string}}}
        Holder: {properties: {job: {$ref: '#/components/schemas/Job', properties: {cost: {type: integer}}}}}
        """
    new, _ = schemas(text)
    assert fields(new, "Holder")["job"].type == Ref(SCHEMAS + "Holder/properties/job")
    assert list(fields(new, SCHEMAS + "Holder/properties/job")) == ["id", "cost"]
    old, _ = schemas(text, version=(3, 0))
    assert fields(old, "Holder")["job"].type == ref("Job")


def test_description_beside_a_reference_is_nearer() -> None:
    api, _ = schemas(
        """
        Id: {type: string, description: Far., deprecated: true}
        Holder:
          properties:
            near: {$ref: '#/components/schemas/Id', description: Near.}
            far: {$ref: '#/components/schemas/Id'}
        """
    )
    holder = fields(api, "Holder")
    assert (holder["near"].description, holder["far"].description) == ("Near.", "Far.")
    assert holder["far"].deprecated


def test_the_narrower_type_of_a_property_counts() -> None:
    api, report = schemas(
        """
        Kind: {type: string, enum: [cat, dog]}
        Open: {anyOf: [{type: string}, {$ref: '#/components/schemas/Kind'}]}
        Base:
          properties:
            kind: {type: string}
            n: {type: number}
            any: {}
            at: {type: string}
            m: {type: object}
            open: {$ref: '#/components/schemas/Open'}
        Child:
          allOf:
            - $ref: '#/components/schemas/Base'
            - properties:
                kind: {$ref: '#/components/schemas/Kind'}
                n: {type: integer}
                any: {type: boolean}
                at: {type: string, format: date-time}
                open: {type: string, enum: [cat]}
                m: {$ref: '#/components/schemas/Base'}
        Reverse:
          allOf: [{properties: {kind: {const: cat}}}, {properties: {kind: {$ref: '#/components/schemas/Kind'}}}]
        """
    )
    child = fields(api, "Child")
    assert child["kind"].type == ref("Kind")
    assert child["n"].type == INTEGER
    assert child["any"].type == Scalar("boolean")
    assert child["at"].type == Scalar("date-time")
    assert child["m"].type == ref("Base")
    assert child["open"].type == Ref(SCHEMAS + "Child/allOf/1/properties/open")
    assert fields(api, "Reverse")["kind"].type == Const("cat")
    assert found(report) == []


def test_objects_of_one_property_are_merged_too() -> None:
    api, report = schemas(
        """
        Base: {properties: {meta: {properties: {a: {type: string}}}, list: {type: array, items: {properties: {x: {}}}}}}
        Child:
          allOf:
            - $ref: '#/components/schemas/Base'
            - properties: {meta: {properties: {b: {type: string}}}, list: {type: array, items: {properties: {y: {}}}}}
        """
    )
    child = fields(api, "Child")
    meta, item = Ref(SCHEMAS + "Child/properties/meta"), Ref(SCHEMAS + "Child/properties/list/items")
    assert (child["meta"].type, child["list"].type) == (meta, ListOf(item))
    assert list(fields(api, meta.key)) == ["a", "b"]
    assert list(fields(api, item.key)) == ["x", "y"]
    assert found(report) == []


def test_merging_what_contains_itself_ends() -> None:
    api, report = schemas(
        """
        A: {properties: {next: {$ref: '#/components/schemas/A'}, a: {}}}
        B: {properties: {next: {$ref: '#/components/schemas/B'}, b: {}}}
        C: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        """
    )
    inner = Ref(SCHEMAS + "C/properties/next")
    assert fields(api, "C")["next"].type == inner
    assert fields(api, inner.key)["next"].type == inner
    assert found(report) == []


def test_contradiction() -> None:
    api, report = schemas(
        """
        Base: {properties: {n: {type: string}}}
        Child: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {n: {type: integer}}}]}
        """
    )
    assert fields(api, "Child")["n"].type == INTEGER
    assert found(report) == [("conflicting-all-of", "/components/schemas/Child/allOf/1/properties/n")]


def test_object_and_no_object() -> None:
    api, report = schemas("Odd: {allOf: [{properties: {id: {type: string}}}, {type: array, items: {}}]}")
    assert list(fields(api, "Odd")) == ["id"]
    assert found(report) == [("conflicting-all-of", "/components/schemas/Odd/allOf/1")]


def test_parts_that_are_no_objects() -> None:
    api, report = schemas(
        """
        Kind: {type: string, enum: [cat, dog]}
        Map: {type: object, additionalProperties: {type: integer}}
        Holder:
          properties:
            kind: {allOf: [{type: string}, {$ref: '#/components/schemas/Kind'}], description: k}
            id: {allOf: [{type: string}, {format: uuid, type: string}]}
            text: {allOf: [{type: string}, {maxLength: 3}]}
            map: {allOf: [{$ref: '#/components/schemas/Map'}, {required: [x]}]}
            one: {enum: [cat], allOf: [{$ref: '#/components/schemas/Kind'}]}
        """
    )
    holder = fields(api, "Holder")
    assert holder["kind"].type == ref("Kind")
    assert holder["id"].type == Scalar("uuid")
    assert holder["text"].type == STRING
    assert holder["map"].type == MapOf(INTEGER)
    assert holder["one"].type == Ref(SCHEMAS + "Holder/properties/one")
    assert found(report) == []


def test_circle_of_all_of() -> None:
    api, report = schemas(
        """
        A: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {a: {type: string}}}]}
        B: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {b: {type: string}}}]}
        """
    )
    assert list(fields(api, "A")) == ["b", "a"]
    assert {slug for slug, _ in found(report)} == {"circular-all-of"}
    assert ("circular-all-of", "/components/schemas/B/allOf/0") in found(report)


def test_one_part_twice_is_one_part() -> None:
    api, report = schemas(
        """
        Top: {properties: {id: {type: string}}}
        Left: {allOf: [{$ref: '#/components/schemas/Top'}, {properties: {l: {}}}]}
        Right: {allOf: [{$ref: '#/components/schemas/Top'}, {properties: {r: {}}}]}
        Both: {allOf: [{$ref: '#/components/schemas/Left'}, {$ref: '#/components/schemas/Right'}]}
        """
    )
    assert list(fields(api, "Both")) == ["id", "l", "r"]
    assert found(report) == []


DIRECTIONS = """
    paths:
      /things:
        post:
          requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Both'}}}}
          responses:
            200:
              content:
                application/json:
                  schema: {allOf: [{$ref: '#/components/schemas/Got'}]}
                text/plain: {schema: {$ref: '#/components/schemas/Both'}}
        put:
          requestBody: {content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Given'}}}}
    components:
      schemas:
        Both:
          required: [id, key]
          properties: {id: {type: string, readOnly: true}, key: {type: string, writeOnly: true}}
        Got:
          required: [id, key]
          properties: {id: {type: string, readOnly: true}, key: {type: string, writeOnly: true}}
        Given: {required: [id], properties: {id: {type: string, readOnly: true}, f: {type: string, format: binary}}}
        Nowhere: {required: [id], properties: {id: {type: string, readOnly: true}, f: {type: string, format: binary}}}
        Inner: {properties: {odd: {$ref: '#/components/schemas/Odd'}}}
        Odd: {properties: {holder: {$ref: '#/components/schemas/Got'}}}
    """


def test_directions() -> None:
    api, _ = parsed(DIRECTIONS)
    flags = {key.rpartition("/")[2]: (d.sent, d.received) for key, d in api.declarations.items()}
    assert flags == {
        "Both": (True, True),
        "Got": (False, True),
        "Given": (True, False),
        "Nowhere": (False, False),
        "Inner": (False, False),
        "Odd": (False, False),
    }


def test_required_depends_on_the_direction() -> None:
    api, _ = parsed(DIRECTIONS)
    required = {name: [f.required for f in model(api, name).fields] for name in ("Both", "Got", "Given", "Nowhere")}
    assert required == {
        "Both": [False, False],
        "Got": [True, False],
        "Given": [False, False],
        "Nowhere": [False, False],
    }


def test_bytes_stay_bytes_only_outside_of_json() -> None:
    api, _ = parsed(
        """
        paths:
          /files:
            post:
              requestBody: {content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Upload'}}}}
              responses:
                200: {content: {application/json: {schema: {$ref: '#/components/schemas/Answer'}}}}
        components:
          schemas:
            Upload: {properties: {f: {type: string, format: binary}}}
            Answer:
              properties: {f: {type: [string, 'null'], format: binary}, l: {type: array, items: {format: binary}}}
        """
    )
    assert fields(api, "Upload")["f"].type == Scalar("binary")
    assert [f.type for f in model(api, "Answer").fields] == [Nullable(STRING), ListOf(STRING)]


def test_declarations_that_nothing_uses_in_the_end_are_dropped() -> None:
    api, _ = schemas(
        """
        Base: {properties: {kind: {type: string}}}
        Child: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {kind: {const: x}}}]}
        Any: {properties: {it: {anyOf: [{}, {properties: {a: {}}}]}}}
        """
    )
    assert sorted(api.declarations) == [SCHEMAS + name for name in ("Any", "Base", "Child")]
    assert fields(api, "Any")["it"].type == Anything()
