"""The normal form of schemas: which keyword counts where several stand together, one case for each rule."""

from __future__ import annotations

import pytest
import yaml
from parsing import flattened, found

CASES = """
# nothing, or nothing that is read
{}                                                          -> any
true                                                        -> any
false                                                       -> any   ! untyped
[]                                                          -> any   ! wrong-type
{description: text, minimum: 3, pattern: a}                 -> any
{not: {type: string}}                                       -> any   ! unsupported-schema
{type: string, not: {enum: [a]}}                            -> string

# type
{type: string}                                              -> string
{type: string, nullable: true}                              -> string | null
{type: [string, 'null']}                                    -> string | null
{type: 'null'}                                              -> null
{type: ['null']}                                            -> null
{type: [integer, string]}                                   -> choice (integer, string)
{type: [integer, number]}                                   -> number
{type: [string, number, boolean, array, object], items: {}} -> any
{type: [string, array, 'null'], items: {}}                  -> choice (string, array of @/items) | null
{type: text}                                                -> string   ! wrong-type
{type: uuid}                                                -> uuid     ! wrong-type
{type: thing}                                               -> any   ! untyped
{type: null}                                                -> any   ! wrong-type
{type: file}                                                -> binary

# without type: properties, then items, then format, then encoding
{properties: {a: {}}, items: {}}                            -> object {a}
{items: {}, format: date}                                   -> array of @/items
{required: [a]}                                             -> map of any   ! required-without-property
{format: date}                                              -> date
{format: int64}                                             -> integer
{format: other}                                             -> any
{contentEncoding: base64}                                   -> base64
{contentMediaType: image/png}                               -> binary

# strings: encoding, then media type, then format
{type: string, format: date}                                -> date
{type: string, format: date, contentEncoding: base64}       -> base64
{type: string, contentMediaType: image/png, contentEncoding: gzip}
    -> string
{type: string, format: date, contentMediaType: text/plain}  -> string
{type: integer, format: date}                               -> integer

# const before enum before type
{const: a, enum: [b], type: integer}                        -> const 'a'
{const: null, nullable: true}                               -> null
{const: 1.0}                                                -> const 1
{const: 1.5, nullable: true}                                -> number | null
{const: {a: 1}, type: object}                               -> map of any   ! unsupported-schema
{enum: [a, b], type: string, properties: {a: {}}}           -> enum 'a', 'b'
{enum: [a, null]}                                           -> enum 'a' | null
{enum: [null]}                                              -> null
{enum: [true, false]}                                       -> boolean
{enum: [1, true, 1.0]}                                      -> enum 1, True
{enum: [1, 2], type: string}                                -> enum '1', '2'   ! wrong-type
{enum: [], type: string}                                    -> string
{enum: [[a]], type: array, items: {}}                       -> array of @/items   ! unsupported-schema
{enum: [a, b], x-enum-descriptions: [first, second]}        -> enum 'a', 'b' (first, second)
{type: [string, 'null'], enum: [a]}                         -> enum 'a'

# arrays
{type: array}                                               -> array of any   ! array-without-items
{type: array, items: {$ref: '#/components/schemas/Job'}}    -> array of @/items
{type: array, items: [{}, {}]}                              -> array of choice (@/items/0, @/items/1)
{type: array, prefixItems: [{}], items: {}}                 -> array of choice (@/prefixItems/0, @/items)
{type: array, prefixItems: [{}], items: false}              -> array of @/prefixItems/0

# objects: properties before patternProperties before additionalProperties before unevaluatedProperties
{type: object}                                              -> map of any
{type: object, properties: {}}                              -> map of any
{type: object, properties: {a: {}}, additionalProperties: {}}
    -> object {a}
{type: object, additionalProperties: {type: string}}        -> map of @/additionalProperties
{type: object, additionalProperties: true}                  -> map of any
{type: object, additionalProperties: {}, unevaluatedProperties: {}}
    -> map of @/additionalProperties
{type: object, patternProperties: {a: {}}, additionalProperties: {}}
    -> map of choice (@/patternProperties/a, @/additionalProperties)
{type: object, discriminator: {propertyName: kind}}         -> map of any

# $ref: alone, with annotations, with siblings that constrain
{$ref: '#/components/schemas/Job'}                          -> @Job
{$ref: '#/components/schemas/Job', description: text}       -> @Job
{$ref: '#/components/schemas/Job', nullable: true}          -> @Job | null
{$ref: '#/components/schemas/Job', type: ['null', object]}  -> @Job | null
{$ref: '#/components/schemas/Alias'}                        -> @Job | null
{$ref: '#/components/schemas/Gone'}                         -> any
{$ref: '#/components/schemas/It'}                           -> any
{$ref: '#/components/schemas/Job', properties: {size: {}}}  -> object {id, size}
{$ref: '#/components/schemas/Text', enum: [a]}              -> intersection (@/$ref, enum 'a')
{$ref: '#/components/schemas/Job', oneOf: [{required: [id]}, {required: [size]}]}
    -> object {id}

# $dynamicRef: after everything that combines, before everything else
{$dynamicRef: '#node', type: string}                        -> @Tree
{$dynamicRef: '#other'}                                     -> any   ! unsupported-schema
{$dynamicRef: '#node', oneOf: [{type: string}]}             -> union (@/oneOf/0)

# allOf: parts that constrain; the rest is annotation
{allOf: [], type: string}                                   -> string
{allOf: {}, type: string}                                   -> string   ! wrong-type
{allOf: [{$ref: '#/components/schemas/Job'}]}               -> @/allOf/0
{allOf: [{$ref: '#/components/schemas/Job'}, {description: text}], nullable: true}
    -> @/allOf/0 | null
{allOf: [{$ref: '#/components/schemas/Job'}, {type: object}]}
    -> @/allOf/0
{allOf: [{description: text}], enum: [a]}                   -> enum 'a'
{allOf: [{type: string}]}                                   -> string
{allOf: [{type: string}], type: integer}                    -> integer
{allOf: [{$ref: '#/components/schemas/Job'}, {properties: {size: {}}, required: [id]}]}
    -> object {id*, size}
{allOf: [{$ref: '#/components/schemas/Job'}], properties: {size: {}}}
    -> object {id, size}
{allOf: [{$ref: '#/components/schemas/Text'}, {enum: [a]}]} -> intersection (@/allOf/0, @/allOf/1)
{allOf: [{required: [a]}, {required: [b]}]}                 -> map of any
{allOf: [{$ref: '#/components/schemas/Job'}, {type: string, enum: [a]}]}
    -> object {id}   ! conflicting-all-of
{allOf: [{$ref: '#/components/schemas/Job'}], oneOf: [{properties: {a: {}}}, {properties: {b: {}}}]}
    -> union (@/oneOf/0 {id, a}, @/oneOf/1 {id, b})

# oneOf and anyOf: enum, const and items beside them count instead; properties are combined with them
{oneOf: [{type: string}, {type: integer}]}                  -> union (@/oneOf/0, @/oneOf/1)
{anyOf: [{type: string}, {type: 'null'}]}                   -> union (@/anyOf/0, @/anyOf/1)
{oneOf: [{type: string}, {}], nullable: true}               -> union (@/oneOf/0, @/oneOf/1) | null
{oneOf: [{type: string}, {}], enum: [a]}                    -> enum 'a'
{oneOf: [{type: string}, {}], const: a}                     -> const 'a'
{oneOf: [{type: array}, {}], items: {}}                     -> array of @/items
{oneOf: [{const: a, title: A}, {const: b}]}                 -> enum 'a', 'b' (A, )
{oneOf: [{enum: [a, b]}, {enum: [c]}, {type: 'null'}]}      -> enum 'a', 'b', 'c' | null
{oneOf: [{const: a}, {type: string}]}                       -> union (@/oneOf/0, @/oneOf/1)
{type: string, anyOf: [{minLength: 1}, {pattern: a}]}       -> string
{type: object, properties: {a: {}}, anyOf: [{required: [a]}, {required: [b]}]}
    -> object {a}
{properties: {a: {}}, oneOf: [{properties: {b: {}}}, {$ref: '#/components/schemas/Job'}]}
    -> union (@/oneOf/0 {a, b}, @/oneOf/1 {a, id})
{properties: {id: {}}, oneOf: [{properties: {b: {}}}, {$ref: '#/components/schemas/Job'}]}
    -> union (@/oneOf/0 {id, b}, @/oneOf/1)
{properties: {a: {}}, oneOf: [{properties: {b: {}}}], anyOf: [{properties: {c: {}}}]}
    -> object {a, b~, c~}   ! unsupported-schema
{properties: {a: {}}, oneOf: [{properties: {b: {}}}, {type: string}]}
    -> object {a, b~}   ! unsupported-schema
{oneOf: [{type: string}], anyOf: [{type: integer}]}         -> choice (@/oneOf/0, @/anyOf/0)   ! unsupported-schema

# discriminator: only for schemas that others extend
{discriminator: {propertyName: kind}, properties: {kind: {}}, required: [kind]}
    -> object {kind}
"""


def cases() -> list[tuple[str, str, list[str]]]:
    """Schema, outline and slugs of every case; a case without a `!` has no diagnostics."""
    made: list[tuple[str, str, list[str]]] = []
    for line in CASES.replace("\n    ->", "->").splitlines():
        if line and not line.startswith("#"):
            schema, _, rest = line.partition("->")
            form, _, slugs = rest.partition("!")
            made.append((schema.strip(), form.strip(), [*slugs.split()]))
    return made


COMPONENTS = yaml.safe_load("""
Job: {type: object, properties: {id: {type: string}}}
Alias: {$ref: '#/components/schemas/Job', nullable: true}
Text: {type: string}
Tree: {$dynamicAnchor: node, type: object}
""")


@pytest.mark.parametrize(("schema", "form", "slugs"), cases())
def test_priorities(schema: str, form: str, slugs: list[str]) -> None:
    printed, report = flattened(yaml.safe_load(schema), **COMPONENTS)
    assert (printed, [slug for slug, _ in found(report)]) == (form, slugs)


def test_siblings_of_a_reference_count_since_3_1() -> None:
    schema = yaml.safe_load("{$ref: '#/components/schemas/Job', properties: {size: {}}, nullable: true}")
    assert flattened(schema, version=(3, 0), **COMPONENTS)[0] == "@Job | null"
    assert flattened(schema, version=(3, 1), **COMPONENTS)[0] == "object {id, size} | null"


@pytest.mark.parametrize(
    ("stated", "form"),
    [
        ("properties: {kind: {}}, required: [kind]", "base of @Cat, @Dog"),
        ("properties: {kind: {}}", "base of @Cat, @Dog and itself"),
        ("properties: {kind: {}}, required: [kind], enum: [a], allOf: [{items: {}}]", "base of @Cat, @Dog"),
        ("oneOf: [{$ref: '#/components/schemas/Cat'}]", "union (@/oneOf/0)"),
    ],
)
def test_a_base_schema_comes_before_everything_but_its_own_union(stated: str, form: str) -> None:
    schema = yaml.safe_load(f"{{discriminator: {{propertyName: kind}}, {stated}}}")
    derived = yaml.safe_load("allOf: [{$ref: '#/components/schemas/It'}, {properties: {name: {}}}]")
    assert flattened(schema, Cat=derived, Dog=derived)[0] == form
