"""`oneOf` and `anyOf`: unions, discriminators, hierarchies, and what contains itself."""

from __future__ import annotations

import pytest
from parsing import SCHEMAS, enum, field_type, fields, found, model, ref, schemas, union

from clientsmith.ir import (
    Anything,
    Const,
    Discriminator,
    Enum,
    ListOf,
    NameHint,
    Nullable,
    Ref,
    Scalar,
    Type,
    Union,
    UnionOf,
)
from clientsmith.parse.schemas import MOST_PARTS

STRING, INTEGER = Scalar("string"), Scalar("integer")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("anyOf: [{type: string}, {type: 'null'}]", Nullable(STRING)),
        ("oneOf: [{type: string}]", STRING),
        ("oneOf: [{type: string}, {type: string, maxLength: 3}]", STRING),
        ("anyOf: [{type: string}, {type: integer}]", Union((STRING, INTEGER))),
        ("anyOf: [{type: string}, {type: [integer, 'null']}]", Nullable(Union((STRING, INTEGER)))),
        ("anyOf: [{anyOf: [{type: string}, {type: boolean}]}, {type: integer}]",
         Union((STRING, Scalar("boolean"), INTEGER))),
        ("anyOf: [{type: string}, {}]", Anything()),
        ("anyOf: [{type: 'null'}, {enum: [null]}]", Scalar("null")),
        ("type: string\noneOf: [{format: date}, {format: date-time}]", Union((Scalar("date"), Scalar("date-time")))),
        ("type: string\nanyOf: [{pattern: ^a}, {minLength: 3}]", STRING),
        ("type: [string, 'null']\nanyOf: [{format: date}, {format: uuid}]",
         Nullable(Union((Scalar("date"), Scalar("uuid"))))),
        ("type: array\nitems: {type: string}\noneOf: [{minItems: 1}, {maxItems: 3}]", ListOf(STRING)),
        ("oneOf: [{type: string}, {type: array, items: {type: string}}]", Union((STRING, ListOf(STRING)))),
        ("oneOf: []\ntype: string", STRING),
    ],
)  # fmt: skip
def test_unions_without_declaration(schema: str, expected: Type) -> None:
    type_, report = field_type(schema)
    assert type_ == expected
    assert found(report) == []


def of_enums(count: int) -> str:
    return "anyOf: [" + ", ".join(f"{{type: array, items: {{enum: [a{i}, b{i}]}}}}" for i in range(count)) + "]"


@pytest.mark.parametrize(("count", "named"), [(MOST_PARTS // 2, False), (MOST_PARTS // 2 + 1, True)])
def test_a_union_of_very_many_members_has_a_name(count: int, named: bool) -> None:
    type_, report = field_type(of_enums(count))
    assert isinstance(type_, Ref if named else Union)
    assert found(report) == []


def test_a_long_component_has_a_name_wherever_it_is_used() -> None:
    api, report = schemas(
        """
        Short: {anyOf: [{type: string}, {type: array, items: {type: string}}, {type: boolean}]}
        Long:
          description: Any of these.
          type: [array, "null"]
          items:
            anyOf: [{type: string}, {type: integer}, {type: boolean}, {type: array, items: {type: [string, integer]}}]
        Both: {anyOf: [{$ref: "#/components/schemas/Long"}, {type: array, items: {$ref: "#/components/schemas/Long"}}]}
        Holder:
          properties:
            short: {$ref: "#/components/schemas/Short"}
            long: {$ref: "#/components/schemas/Long"}
            both: {$ref: "#/components/schemas/Both"}
            given: {allOf: [{$ref: "#/components/schemas/Long"}, {type: array, items: {type: string}}]}
        """
    )
    long = Ref(SCHEMAS + "Long")
    inner = Union((STRING, INTEGER, Scalar("boolean"), ListOf(Union((STRING, INTEGER)))))
    assert union(api, "Long") == UnionOf(
        SCHEMAS + "Long", NameHint(("Long",), "chosen"), (ListOf(inner),), None, "Any of these."
    )
    assert {name: field.type for name, field in fields(api, "Holder").items()} == {
        "short": Union((STRING, ListOf(STRING), Scalar("boolean"))),
        "long": Nullable(long),
        "both": Nullable(Union((long, ListOf(Nullable(long))))),
        "given": ListOf(STRING),
    }
    assert found(report) == []


CARDS = """
    Card: {type: object, properties: {kind: {type: string}, number: {type: string}}}
    Bank: {type: object, properties: {kind: {type: string}, iban: {type: string}}}
    """


def test_objects_are_a_declared_union() -> None:
    api, report = schemas(
        CARDS
        + """
    Method:
      description: How it is paid.
      oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Bank'}, {type: 'null'}]
    Holder: {properties: {method: {$ref: '#/components/schemas/Method'}}}
    """
    )
    method = union(api, "Method")
    assert (method.arms, method.discriminator) == ((ref("Card"), ref("Bank")), None)
    assert (method.name.words, method.name.origin, method.description) == (("Method",), "chosen", "How it is paid.")
    assert fields(api, "Holder")["method"].type == Nullable(ref("Method"))
    assert found(report) == []


def test_an_object_and_a_scalar_need_no_declaration() -> None:
    holder = "Holder: {properties: {it: {oneOf: [{$ref: '#/components/schemas/Card'}, {type: string}]}}}"
    api, _ = schemas(CARDS + holder)
    assert fields(api, "Holder")["it"].type == Union((ref("Card"), STRING))


def test_constants_in_all_alternatives_are_one_enumeration() -> None:
    api, _ = schemas(
        """
        State: {oneOf: [{const: a, description: The first.}, {const: b, title: Second}, {const: c}]}
        Known: {anyOf: [{enum: [a, b], type: string}, {enum: [c], type: string}, {type: 'null'}]}
        """
    )
    assert enum(api, "State").values == ("a", "b", "c")
    assert enum(api, "State").value_descriptions == ("The first.", "Second", "")
    assert enum(api, "Known").values == ("a", "b", "c")


def test_open_enumeration() -> None:
    type_, _ = field_type("anyOf: [{type: string}, {type: string, enum: [a, b]}]")
    assert type_ == Union((STRING, Ref(SCHEMAS + "Holder/properties/it/anyOf/1")))


# ------------------------------------------------------------------------------------------------- discriminators


def payment(discriminator: str, more: str = "", cards: str = CARDS) -> tuple[UnionOf, list[tuple[str, str]]]:
    api, report = schemas(
        f"""{cards}{more}
    Method:
      oneOf: [{{$ref: '#/components/schemas/Card'}}, {{$ref: '#/components/schemas/Bank'}}]
      discriminator: {discriminator}
    """
    )
    return union(api, "Method"), found(report)


def test_mapping_by_component_name_and_by_reference() -> None:
    method, diagnostics = payment("{propertyName: kind, mapping: {card: Card, bank: '#/components/schemas/Bank'}}")
    mapping = (("bank", SCHEMAS + "Bank"), ("card", SCHEMAS + "Card"))
    assert method.discriminator == Discriminator("kind", mapping)
    assert diagnostics == []


def test_mapping_of_some_leaves_the_others_their_names() -> None:
    method, _ = payment("{propertyName: kind, mapping: {card: Card}}")
    assert method.discriminator == Discriminator("kind", (("Bank", SCHEMAS + "Bank"), ("card", SCHEMAS + "Card")))


def test_implicit_names() -> None:
    method, _ = payment("{propertyName: kind}")
    assert method.discriminator == Discriminator("kind", (("Bank", SCHEMAS + "Bank"), ("Card", SCHEMAS + "Card")))


def test_constants_of_the_alternatives_go_before_their_names() -> None:
    cards = CARDS.replace(
        "Card: {type: object, properties: {kind: {type: string}", "Card: {properties: {kind: {const: c}"
    )
    cards = cards.replace(
        "Bank: {type: object, properties: {kind: {type: string}", "Bank: {properties: {kind: {enum: [b]}"
    )
    method, _ = payment("{propertyName: kind}", cards=cards)
    assert method.discriminator == Discriminator("kind", (("b", SCHEMAS + "Bank"), ("c", SCHEMAS + "Card")))


def test_values_that_lead_elsewhere_are_left_out() -> None:
    method, diagnostics = payment(
        "{propertyName: kind, mapping: {card: Card, bank: Bank, tree: Tree, x: '#/nowhere'}}",
        "Tree: {properties: {kind: {}}}",
    )
    assert method.discriminator is not None
    assert [value for value, _ in method.discriminator.mapping] == ["bank", "card"]
    assert diagnostics == [
        ("discriminator", "/components/schemas/Method/discriminator/mapping/tree"),
        ("discriminator", "/components/schemas/Method/discriminator/mapping/x"),
    ]


def test_default_mapping_of_3_2() -> None:
    method, diagnostics = payment("{propertyName: kind, mapping: {card: Card}, defaultMapping: Bank}")
    assert method.discriminator is not None
    assert method.discriminator.default == SCHEMAS + "Bank"
    assert diagnostics == []


def test_default_mapping_outside() -> None:
    method, diagnostics = payment("{propertyName: kind, defaultMapping: Nowhere}")
    assert method.discriminator is not None
    assert method.discriminator.default is None
    assert diagnostics == [("discriminator", "/components/schemas/Method/discriminator/defaultMapping")]


@pytest.mark.parametrize("discriminator", ["{}", "kind", "{propertyName: [a]}"])
def test_malformed_discriminators_are_left_out(discriminator: str) -> None:
    method, diagnostics = payment(discriminator)
    assert method.discriminator is None
    assert diagnostics == [("discriminator", "/components/schemas/Method/discriminator")]


def test_mapping_reaches_into_unions() -> None:
    api, report = schemas(
        CARDS
        + """
    Cash: {properties: {kind: {type: string}}}
    Inner: {oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Bank'}]}
    Outer:
      oneOf: [{$ref: '#/components/schemas/Inner'}, {$ref: '#/components/schemas/Cash'}]
      discriminator: {propertyName: kind, mapping: {card: Card, bank: Bank, cash: Cash}}
    """
    )
    outer = union(api, "Outer")
    assert outer.arms == (ref("Inner"), ref("Cash"))
    assert outer.discriminator is not None
    assert [value for value, _ in outer.discriminator.mapping] == ["bank", "card", "cash"]
    assert found(report) == []


def test_enumerations_of_one_value_that_tell_alternatives_apart_are_constants() -> None:
    api, _ = schemas(
        """
        Text: {properties: {type: {type: string, enum: [text]}, lone: {type: string, enum: [x]}}}
        Image: {properties: {type: {type: string, enum: [image]}, lone: {type: string, enum: [x]}}}
        Part: {oneOf: [{$ref: '#/components/schemas/Text'}, {$ref: '#/components/schemas/Image'}]}
        """
    )
    assert fields(api, "Text")["type"].type == Const("text")
    assert fields(api, "Image")["type"].type == Const("image")
    assert isinstance(fields(api, "Text")["lone"].type, Ref)
    assert not [d for d in api.declarations.values() if isinstance(d, Enum) and "text" in d.values]


# ------------------------------------------------------------------------------------------------------- families


def family(discriminator: str = "{propertyName: kind}", required: str = "[kind]") -> str:
    return f"""
    Pet: {{required: {required}, properties: {{kind: {{type: string}}}}, discriminator: {discriminator}}}
    Cat: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{properties: {{lives: {{type: integer}}}}}}]}}
    Dog: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{type: object}}]}}
    Puppy: {{allOf: [{{$ref: '#/components/schemas/Dog'}}, {{properties: {{age: {{type: integer}}}}}}]}}
    Owner: {{properties: {{pet: {{$ref: '#/components/schemas/Pet'}}}}}}
    """


def test_a_parent_stands_for_its_children() -> None:
    api, report = schemas(family())
    pet = union(api, "Pet")
    assert fields(api, "Owner")["pet"].type == ref("Pet")
    assert pet.arms == (ref("Cat"), ref("Dog"), ref("Puppy"))
    assert pet.discriminator is not None
    assert pet.discriminator.mapping == tuple((name, SCHEMAS + name) for name in ("Cat", "Dog", "Puppy"))
    assert list(fields(api, "Puppy")) == ["kind", "age"]
    assert list(fields(api, "Dog")) == ["kind"]
    assert found(report) == []


def test_a_parent_that_is_mapped_is_one_of_its_children() -> None:
    api, _ = schemas(family("{propertyName: kind, mapping: {pet: Pet, cat: Cat}}"))
    pet, own = union(api, "Pet"), SCHEMAS + "Pet/discriminator"
    assert pet.arms == (Ref(own), ref("Cat"), ref("Dog"), ref("Puppy"))
    assert pet.discriminator is not None
    assert dict(pet.discriminator.mapping)["pet"] == own
    assert pet.discriminator.default is None
    assert model(api, own).name.words == ("Pet", "Base")


def test_a_parent_without_a_required_property_is_what_comes_without_it() -> None:
    api, _ = schemas(family(required="[]"))
    pet = union(api, "Pet")
    assert pet.discriminator is not None
    assert pet.discriminator.default == SCHEMAS + "Pet/discriminator"


def test_a_child_that_is_a_parent_stands_for_its_own_children() -> None:
    api, report = schemas(
        """
        Fish:
          required: [kind]
          properties: {kind: {type: string}}
          discriminator: {propertyName: kind, mapping: {shark: Shark, salmon: Salmon}}
        Salmon: {allOf: [{$ref: '#/components/schemas/Fish'}], properties: {kind: {enum: [salmon]}}}
        Shark:
          allOf: [{$ref: '#/components/schemas/Fish'}]
          required: [sharktype]
          properties: {kind: {enum: [shark]}, sharktype: {type: string}}
          discriminator: {propertyName: sharktype}
        Saw: {allOf: [{$ref: '#/components/schemas/Shark'}], properties: {sharktype: {enum: [saw]}}}
        Goblin: {allOf: [{$ref: '#/components/schemas/Shark'}], properties: {sharktype: {enum: [goblin]}}}
        """
    )
    fish, shark = union(api, "Fish"), union(api, "Shark")
    assert fish.arms == (ref("Salmon"), ref("Shark"))
    assert fish.discriminator == Discriminator("kind", (("salmon", SCHEMAS + "Salmon"), ("shark", SCHEMAS + "Shark")))
    assert shark.arms == (ref("Goblin"), ref("Saw"))
    assert shark.discriminator == Discriminator("sharktype", (("goblin", SCHEMAS + "Goblin"), ("saw", SCHEMAS + "Saw")))
    assert [f.type for f in fields(api, "Saw").values()] == [Const("shark"), Const("saw")]
    assert found(report) == []


def test_what_all_of_an_inner_union_share_means_the_inner_union() -> None:
    api, _ = schemas(
        """
        Saw: {properties: {kind: {const: shark}, type: {const: saw}}}
        Goblin: {properties: {kind: {const: shark}, type: {const: goblin}}}
        Shark: {oneOf: [{$ref: '#/components/schemas/Saw'}, {$ref: '#/components/schemas/Goblin'}]}
        Salmon: {properties: {kind: {const: salmon}}}
        Fish:
          oneOf: [{$ref: '#/components/schemas/Shark'}, {$ref: '#/components/schemas/Salmon'}]
          discriminator: {propertyName: kind}
        """
    )
    fish = union(api, "Fish")
    assert fish.discriminator == Discriminator("kind", (("salmon", SCHEMAS + "Salmon"), ("shark", SCHEMAS + "Shark")))


def test_a_parent_without_children_is_a_model() -> None:
    api, report = schemas("Pet: {properties: {kind: {type: string}}, discriminator: {propertyName: kind}}")
    assert list(fields(api, "Pet")) == ["kind"]
    assert found(report) == []


def test_a_parent_that_lists_its_children_is_no_part_of_them() -> None:
    api, report = schemas(
        """
        Pet:
          properties: {kind: {type: string}}
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {}}}]}
        Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {age: {}}}]}
        """
    )
    assert union(api, "Pet").arms == (ref("Cat"), ref("Dog"))
    assert list(fields(api, "Cat")) == ["kind", "lives"]
    assert found(report) == []


# ------------------------------------------------------------------------------------- alternatives and properties


def test_alternatives_that_only_require_are_none() -> None:
    api, report = schemas(
        "T: {properties: {a: {type: string}, b: {}}, oneOf: [{required: [a]}, {required: [b], type: object}]}"
    )
    assert list(fields(api, "T")) == ["a", "b"]
    assert found(report) == []


def test_alternatives_beside_properties_each_have_them() -> None:
    api, report = schemas(
        CARDS
        + """
    Payment:
      required: [amount]
      properties: {amount: {type: integer}}
      oneOf: [{$ref: '#/components/schemas/Card'}, {title: Cash, properties: {coins: {type: integer}}}]
      discriminator: {propertyName: kind, mapping: {card: Card}}
    """
    )
    payment = union(api, "Payment")
    first, second = SCHEMAS + "Payment/oneOf/0", SCHEMAS + "Payment/oneOf/1"
    assert payment.arms == (Ref(first), Ref(second))
    assert (list(fields(api, first)), list(fields(api, second))) == (["amount", "kind", "number"], ["amount", "coins"])
    assert (model(api, first).name.words, model(api, second).name.words) == (("Payment", "Card"), ("Payment", "Cash"))
    assert payment.discriminator == Discriminator("kind", (("card", first),))
    assert fields(api, first)["amount"].required
    assert found(report) == []


def test_alternatives_that_have_the_properties_already_stay_themselves() -> None:
    api, _ = schemas(
        CARDS
        + """
    Payment: {properties: {kind: {}}, oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Bank'}]}
    """
    )
    assert union(api, "Payment").arms == (ref("Card"), ref("Bank"))


def test_several_groups_of_alternatives_become_one_object() -> None:
    api, report = schemas(
        """
        T:
          properties: {a: {type: string}}
          required: [a]
          oneOf: [{properties: {b: {type: string}}, required: [b]}, {properties: {b: {type: integer}}}]
          anyOf: [{properties: {c: {type: string}}}, {properties: {d: {type: string}}}]
        """
    )
    found_fields = fields(api, "T")
    assert {wire: f.required for wire, f in found_fields.items()} == {"a": True, "b": False, "c": False, "d": False}
    assert found_fields["b"].type == Union((STRING, INTEGER))
    assert found(report) == [("unsupported-schema", "/components/schemas/T")]


# -------------------------------------------------------------------------------------------- what contains itself


def test_a_union_that_contains_itself_is_declared() -> None:
    api, report = schemas(
        """
        Json:
          oneOf:
            - {type: string}
            - {type: array, items: {$ref: '#/components/schemas/Json'}}
            - {type: object, additionalProperties: {$ref: '#/components/schemas/Json'}}
            - {type: 'null'}
        Holder: {properties: {it: {$ref: '#/components/schemas/Json'}}}
        """
    )
    json = union(api, "Json")
    assert json.arms[0] == STRING
    assert ListOf(Nullable(ref("Json"))) in json.arms
    assert fields(api, "Holder")["it"].type == Nullable(ref("Json"))
    assert found(report) == []


@pytest.mark.parametrize("first", ["A", "Z"])
def test_a_circle_is_cut_at_its_union_wherever_it_is_met(first: str) -> None:
    api, report = schemas(
        f"""
        {first}list: {{type: array, items: {{$ref: '#/components/schemas/Mixed'}}}}
        Mixed: {{oneOf: [{{type: string}}, {{$ref: '#/components/schemas/{first}list'}}]}}
        Holder: {{properties: {{it: {{$ref: '#/components/schemas/{first}list'}}}}}}
        """
    )
    assert union(api, "Mixed").arms == (STRING, ListOf(ref("Mixed")))
    assert fields(api, "Holder")["it"].type == ListOf(ref("Mixed"))
    assert found(report) == []


def test_an_array_of_itself_has_no_name() -> None:
    api, report = schemas(
        """
        Deep: {type: array, items: {$ref: '#/components/schemas/Deep'}}
        Holder: {properties: {it: {$ref: '#/components/schemas/Deep'}}}
        """
    )
    assert fields(api, "Holder")["it"].type == ListOf(Anything())
    assert found(report) == [("recursive-type", "/components/schemas/Deep")]


def test_a_union_is_not_a_member_of_itself() -> None:
    api, report = schemas(
        """
        A:
          anyOf:
            - {type: string}
            - {type: array, items: {$ref: '#/components/schemas/A'}}
            - {$ref: '#/components/schemas/A'}
        """
    )
    assert union(api, "A").arms == (STRING, ListOf(ref("A")))
    assert found(report) == [("recursive-type", "/components/schemas/A")]


def test_unions_that_are_members_of_one_another() -> None:
    api, report = schemas(
        """
        A: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/M'}]}
        B: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/N'}]}
        M: {type: object, required: [m], properties: {m: {type: string}}}
        N: {type: object, required: [n], properties: {n: {type: string}}}
        """
    )
    assert union(api, "A").arms == union(api, "B").arms == (ref("M"), ref("N"))
    assert sorted(found(report)) == [("recursive-type", f"/components/schemas/{name}") for name in "AB"]


def test_a_union_of_nothing_but_itself() -> None:
    api, report = schemas(
        """
        A: {anyOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}
        B: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        C: {type: [object, array], allOf: [{$ref: '#/components/schemas/C'}]}
        Holder: {properties: {a: {$ref: '#/components/schemas/A'}, c: {$ref: '#/components/schemas/C'}}}
        """
    )
    assert fields(api, "Holder")["a"].type == Nullable(ref("B"))
    assert union(api, "B").arms == (Scalar("null"),)
    assert (fields(api, "Holder")["c"].type, union(api, "C").arms) == (ref("C"), (Anything(),))
    assert {slug for slug, _ in found(report)} == {"recursive-type"}
