"""References: where they lead, what they must not open, what is put in their place."""

from __future__ import annotations

import builtins
import contextlib
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from clientsmith.diagnostics import ClientsmithError, Report
from clientsmith.load.document import DanglingReference, Document, Node
from clientsmith.load.load import LoadRequest, SourceFile, load

HEAD = "openapi: {version}\ninfo: {{title: Acme, version: '1'}}\n"


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def loaded(
    folder: Path, text: str, files: dict[str, str] | None = None, *, version: str = "3.1.0", name: str = "api.yaml"
) -> tuple[Document, Report]:
    write(folder, {name: HEAD.format(version=version) + text, **(files or {})})
    report = Report()
    document = load(LoadRequest(folder, (SourceFile(name, "openapi"),)), report)
    report.located(document.locate)
    return document, report


def slugs(report: Report) -> list[str]:
    return [found.slug for found in report.diagnostics]


def follow(document: Document, address: str) -> Node:
    return document.follow(document.at(address))


# -------------------------------------------------------------------------------------------------- what is data


def test_references_in_data_are_data(tmp_path: Path) -> None:
    document, report = loaded(
        tmp_path,
        """
paths:
  x-more: {$ref: '#/nowhere'}
  /a:
    get:
      x-any: {$ref: '#/nowhere'}
      responses:
        x-any: {$ref: '#/nowhere'}
        '200':
          description: d
          content:
            a/b:
              example: {$ref: '#/nowhere'}
              examples: {one: {value: {$ref: '#/nowhere'}}}
          links: {next: {parameters: {a: {$ref: '#/nowhere'}}, requestBody: {$ref: '#/nowhere'}}}
components:
  schemas:
    A:
      default: {$ref: '#/nowhere'}
      const: {$ref: '#/nowhere'}
      enum: [{$ref: '#/nowhere'}]
      examples: [{$ref: '#/nowhere'}]
      properties:
        $ref: {type: string}
        default: {properties: {$ref: {$ref: '#/components/schemas/B'}}}
    B: {type: integer}
""",
    )
    assert slugs(report) == []
    assert follow(document, "#/components/schemas/A/properties/default/properties/$ref").value == {"type": "integer"}


@pytest.mark.parametrize(
    "place",
    [
        "components: {schemas: {A: {allOf: [{$ref: '#/nowhere'}]}}}",
        "components: {schemas: {A: {items: [{$ref: '#/nowhere'}]}}}",
        "components: {schemas: {A: {$defs: {x: {not: {$ref: '#/nowhere'}}}}}}",
        "components: {schemas: {A: {additionalProperties: {$ref: '#/nowhere'}}}}",
        "components: {schemas: {A: {oneOf: [], discriminator: {mapping: {a: '#/nowhere'}}}}}",
        "components: {headers: {A: {$ref: '#/nowhere'}}}",
        "components: {securitySchemes: {A: {$ref: '#/nowhere'}}}",
        "components: {examples: {A: {$ref: '#/nowhere'}}}",
        "components: {callbacks: {A: {'{$url}': {post: {requestBody: {$ref: '#/nowhere'}}}}}}",
        "paths: {/a: {parameters: [{$ref: '#/nowhere'}]}}",
        "paths: {/a: {get: {responses: {'200': {$ref: '#/nowhere'}}}}}",
        "paths: {/a: {post: {requestBody: {content: {a/b: {encoding: {c: {headers: {d: {$ref: '#/nowhere'}}}}}}}}}}",
        "paths: {/a: {additionalOperations: {LINK: {parameters: [{$ref: '#/nowhere'}]}}}}",
        "paths: {/a: {$ref: '#/nowhere'}}",
        "webhooks: {a: {$ref: '#/nowhere'}}",
    ],
)
def test_references_are_found_wherever_they_are_allowed(tmp_path: Path, place: str) -> None:
    assert slugs(loaded(tmp_path, place)[1]) == ["unresolved-ref"]


# --------------------------------------------------------------------------------------------------- within a file


def test_pointers_are_decoded(tmp_path: Path) -> None:
    document, report = loaded(
        tmp_path,
        """
paths: {}
components:
  schemas:
    a/b{c}~d: {type: string}
    "100%": {type: integer}
    A: {$ref: '#/components/schemas/a~1b%7Bc%7D~0d'}
    B: {$ref: '#/components/schemas/100%25'}
    C: {anyOf: [{type: 'null'}, {type: number}]}
    D: {$ref: '#/components/schemas/C/anyOf/1'}
""",
    )
    assert slugs(report) == []
    assert follow(document, "#/components/schemas/A").value == {"type": "string"}
    assert follow(document, "#/components/schemas/A").address == "#/components/schemas/a~1b{c}~0d"
    assert follow(document, "#/components/schemas/B").value == {"type": "integer"}
    assert follow(document, "#/components/schemas/D").value == {"type": "number"}


@pytest.mark.parametrize("index", ["-", "01", "+1", "2", "x", "１"])
def test_indexes_of_lists_are_plain_numbers(tmp_path: Path, index: str) -> None:
    reference = f"{{$ref: '#/components/schemas/A/anyOf/{index}'}}"
    text = f"paths: {{}}\ncomponents: {{schemas: {{A: {{anyOf: [{{}}, {{}}]}}, B: {reference}}}}}"
    assert slugs(loaded(tmp_path, text)[1]) == ["unresolved-ref"]


def test_names_of_schemas(tmp_path: Path) -> None:
    document, report = loaded(
        tmp_path,
        """
paths: {}
components:
  schemas:
    A: {$anchor: here, type: string}
    B: {$ref: '#here'}
    C: {$id: 'https://acme.example/c', type: integer}
    D: {$ref: 'https://acme.example/c'}
    E: {$ref: 'https://acme.example/c#'}
    F: {$dynamicAnchor: node, properties: {next: {$dynamicRef: '#node'}}}
    G: {$ref: '#nobody'}
""",
    )
    assert slugs(report) == ["unresolved-ref"]
    assert follow(document, "#/components/schemas/B").value["type"] == "string"
    assert follow(document, "#/components/schemas/D").value["type"] == "integer"
    assert follow(document, "#/components/schemas/E").value["type"] == "integer"
    assert follow(document, "#/components/schemas/F/properties/next").address == "#/components/schemas/F"


def test_a_pointer_goes_on_below_a_reference(tmp_path: Path) -> None:
    document, report = loaded(
        tmp_path,
        """
paths: {}
components:
  schemas:
    A: {properties: {id: {type: string}}}
    B: {$ref: '#/components/schemas/A'}
    C: {$ref: part.yaml#/X}
    D: {$ref: '#/components/schemas/B/properties/id'}
    E: {$ref: '#/components/schemas/C/properties/id'}
""",
        {"part.yaml": "X: {properties: {id: {type: integer}}}"},
    )
    assert slugs(report) == ["ref-through-ref", "ref-through-ref"]
    assert follow(document, "#/components/schemas/D") == Node(
        {"type": "string"}, "#/components/schemas/A/properties/id"
    )
    assert follow(document, "#/components/schemas/E") == Node({"type": "integer"}, "part.yaml#/X/properties/id")


def test_circles(tmp_path: Path) -> None:
    document, report = loaded(
        tmp_path,
        """
paths: {}
components:
  schemas:
    Tree: {properties: {child: {$ref: '#/components/schemas/Tree'}}}
    Self: {$ref: '#/components/schemas/Self'}
    Hen: {$ref: '#/components/schemas/Egg'}
    Egg: {$ref: '#/components/schemas/Hen'}
    Nest: {$ref: '#/components/schemas/Hen'}
    Deep: {$ref: '#/components/schemas/Self/properties/x'}
""",
    )
    assert sorted(slugs(report)) == ["circular-ref", "circular-ref", "unresolved-ref"]
    with pytest.raises(DanglingReference) as raised:
        follow(document, "#/components/schemas/Nest")
    assert raised.value.circular


def test_one_diagnostic_for_one_missing_file(tmp_path: Path) -> None:
    names = "".join(f"    A{n}: {{$ref: '#/components/schemas/Gone'}}\n" for n in range(9))
    _, report = loaded(tmp_path, f"paths: {{}}\ncomponents:\n  schemas:\n{names}")
    (found,) = report.warnings
    assert [location.pointer for location in found.locations] == [f"/components/schemas/A{n}/$ref" for n in range(9)]


@pytest.mark.parametrize(
    ("reference", "guess"),
    [
        ("#/components/schemas/Imgae", "#/components/schemas/Image' (line 5)"),
        ("#/components/schema/Image", "#/components/schemas/Image' (line 5)"),
        ("#/components/responses/Image", "#/components/schemas/Image' (line 5)"),
        ("#/definitions/Image", "#/components/schemas/Image' (line 5)"),
        ("#components/schemas/Image", "#/components/schemas/Image' (line 5)"),
        ("parts/imgae.yaml", "parts/image.yaml'"),
        ("#/components/schemas/Completely/Different", ""),
    ],
)
def test_guesses(tmp_path: Path, reference: str, guess: str) -> None:
    text = f"components:\n  schemas:\n    Image: {{type: string}}\n    A: {{$ref: '{reference}'}}\npaths: {{}}"
    _, report = loaded(tmp_path, text, {"parts/image.yaml": "{}"})
    (found,) = report.warnings
    assert found.slug == "unresolved-ref"
    assert found.hint == (f"did you mean '{guess}?" if guess else "")


# -------------------------------------------------------------------------------------------------------- siblings


def test_siblings_in_30_are_dropped(tmp_path: Path) -> None:
    document, report = loaded(
        tmp_path,
        """
paths: {}
components:
  schemas:
    A: {type: string}
    B: {$ref: '#/components/schemas/A', default: e, description: d, x-a: 1}
    C: {$ref: '#/components/schemas/A', description: d}
    D: {$ref: '#/components/schemas/A', nullable: true, description: d}
    E: {$ref: '#/components/schemas/A', nullable: false}
  responses:
    R: {description: d}
    S: {$ref: '#/components/responses/R', description: e}
""",
        version="3.0.3",
    )
    schemas = document.root["components"]["schemas"]
    assert schemas["B"] == schemas["C"] == schemas["E"] == {"$ref": "#/components/schemas/A"}
    assert schemas["D"] == {"anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]}
    assert document.root["components"]["responses"]["S"] == {"$ref": "#/components/responses/R"}
    assert slugs(report) == ["ref-siblings-ignored", "ref-annotations-ignored"]
    assert report.diagnostics[0].message == "'default' beside '$ref' is ignored"


def test_siblings_in_31_stay(tmp_path: Path) -> None:
    document, report = loaded(
        tmp_path,
        """
paths: {}
components:
  schemas:
    A: {type: string}
    B: {$ref: '#/components/schemas/A', minLength: 1}
  responses:
    R: {description: d}
    S: {$ref: '#/components/responses/R', description: e, headers: {}}
""",
    )
    assert document.root["components"]["schemas"]["B"] == {"$ref": "#/components/schemas/A", "minLength": 1}
    assert document.root["components"]["responses"]["S"] == {"$ref": "#/components/responses/R", "description": "e"}
    assert slugs(report) == ["ref-siblings-ignored"]


# ----------------------------------------------------------------------------------------------------- other files


def test_files_of_a_folder(tmp_path: Path) -> None:
    document, report = loaded(
        tmp_path,
        """
paths:
  /a: {$ref: paths/a.yaml}
components:
  schemas:
    Job: {$ref: schemas/job.yaml}
    Image: {type: string, nullable: true}
""",
        {
            "paths/a.yaml": """
get:
  operationId: a
  parameters: [{$ref: '../common.yaml#/parameters/Id'}]
  responses: {'200': {description: d, content: {a/b: {schema: {$ref: ../schemas/job.yaml}}}}}
""",
            "schemas/job.yaml": """
type: object
properties:
  cover: {$ref: '../api.yaml#/components/schemas/Image'}
  state: {$ref: '#/$defs/State'}
  by: {oneOf: [{$ref: '../api.yaml#/components/schemas/Job'}], discriminator: {mapping: {j: job.yaml#}}}
$defs: {State: {enum: [a]}}
""",
            "common.yaml": "parameters: {Id: {name: id, in: query, schema: {type: string, nullable: true}}}",
            "not-referred-to.yaml": "[",
        },
        version="3.0.3",
    )
    assert slugs(report) == []
    assert sorted(document.files) == ["common.yaml", "paths/a.yaml", "schemas/job.yaml"]
    assert sorted(document.digests) == ["api.yaml", "common.yaml", "paths/a.yaml", "schemas/job.yaml"]
    operation = "#/paths/~1a/get"
    assert document.at(f"{operation}/operationId").value == "a"
    assert document.place(f"{operation}/operationId") == document.place("paths/a.yaml#/get/operationId")
    schema = follow(document, f"{operation}/responses/200/content/a~1b/schema")
    assert schema.address == "schemas/job.yaml#"
    assert document.aliases == {"schemas/job.yaml#": "#/components/schemas/Job"}
    assert follow(document, "schemas/job.yaml#/properties/cover").address == "#/components/schemas/Image"
    assert follow(document, "schemas/job.yaml#/properties/state").value == {"enum": ["a"]}
    assert document.target("job.yaml#", "schemas/job.yaml#/properties/by") == "schemas/job.yaml#"
    parameter = follow(document, f"{operation}/parameters/0")
    assert parameter.value["schema"]["type"] == ["string", "null"]


def test_an_entry_in_a_folder_of_its_own(tmp_path: Path) -> None:
    entry = "{$ref: 'api.yaml#/components/schemas/A'}"
    document, report = loaded(
        tmp_path,
        "paths: {/a: {$ref: a.yaml}}\ncomponents: {schemas: {A: {$ref: ../b.yaml}}}",
        {
            "docs/a.yaml": f"get: {{responses: {{'200': {{content: {{a/b: {{schema: {entry}}}}}}}}}}}",
            "b.yaml": "type: string",
        },
        name="docs/api.yaml",
    )
    assert slugs(report) == []
    assert follow(document, "#/paths/~1a/get/responses/200/content/a~1b/schema").value == {"type": "string"}


def test_whole_maps_and_operations_are_put_in_place(tmp_path: Path) -> None:
    entry = "{$ref: '../api.yaml#/components/schemas/A'}"
    document, report = loaded(
        tmp_path,
        "paths: {$ref: paths/all.yaml}\ncomponents: {schemas: {$ref: schemas.yaml}}",
        {
            "paths/all.yaml": "/a: {get: {$ref: get.yaml}}\n/b: {$ref: '#/~1a'}",
            "paths/get.yaml": f"responses: {{'200': {{content: {{a/b: {{schema: {entry}}}}}}}}}",
            "schemas.yaml": "A: {properties: {b: {$ref: '#/B'}}}\nB: {type: string}",
        },
    )
    assert slugs(report) == ["ref-out-of-place"]
    for path in ("~1a", "~1b"):
        schema = follow(document, f"#/paths/{path}/get/responses/200/content/a~1b/schema")
        assert schema.address == "#/components/schemas/A"
        assert document.place(f"#/paths/{path}/get/responses").file == "paths/get.yaml"
    assert follow(document, "#/components/schemas/A/properties/b").value == {"type": "string"}


def test_path_items_are_merged(tmp_path: Path) -> None:
    document, report = loaded(
        tmp_path,
        """
paths: {/a: {$ref: '#/components/pathItems/A', summary: mine, post: {responses: {}}}}
components: {pathItems: {A: {summary: theirs, get: {responses: {}}, post: {responses: {}}}}}
""",
    )
    assert slugs(report) == ["path-item-ref-conflict"]
    assert document.root["paths"]["/a"] == {"summary": "mine", "post": {"responses": {}}, "get": {"responses": {}}}


def test_an_old_part_of_a_new_document_keeps_its_dialect(tmp_path: Path) -> None:
    text = "paths: {}\ncomponents: {schemas: {A: {$ref: 'old.yaml#/components/schemas/B'}}}"
    schemas = "{B: {$ref: '#/components/schemas/C', default: a}, C: {}}"
    old = HEAD.format(version="3.0.0") + f"components: {{schemas: {schemas}}}"
    document, report = loaded(tmp_path, text, {"old.yaml": old})
    assert slugs(report) == ["ref-siblings-ignored"]
    assert document.files["old.yaml"]["components"]["schemas"]["B"] == {"$ref": "#/components/schemas/C"}


def test_the_references_to_a_file_are_shown(tmp_path: Path) -> None:
    _, report = loaded(
        tmp_path,
        "paths: {}\ncomponents: {schemas: {A: {$ref: b.yaml}}}",
        {"b.yaml": "properties: {c: {$ref: c.yaml}}", "c.yaml": "{$ref: '#/gone'}"},
    )
    (found,) = report.warnings
    assert found.location.file == "c.yaml"
    assert [(label, place.file) for label, place in found.also] == [
        ("'c.yaml' is referenced here", "b.yaml"),
        ("'b.yaml' is referenced here", "api.yaml"),
    ]


def test_the_whole_file_by_its_root_pointer(tmp_path: Path) -> None:
    document, report = loaded(
        tmp_path, "paths: {}\ncomponents: {schemas: {A: {$ref: 'a.yaml#/'}}}", {"a.yaml": "type: string"}
    )
    assert slugs(report) == []
    assert follow(document, "#/components/schemas/A").value == {"type": "string"}


# ------------------------------------------------------------------------------------------------- what is not read

ESCAPES = [
    "../secret.yaml",
    "./../secret.yaml",
    "parts/../../secret.yaml",
    "%2e%2e/secret.yaml",
    "%2E%2E/secret.yaml",
    "..%2fsecret.yaml",
    "%2e%2e%2fsecret.yaml",
    "parts/%2e%2e/%2e%2e/secret.yaml",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "//evil.example/x.yaml",
    "%2f%2fevil.example/x.yaml",
    "file:///etc/passwd",
    "file:secret.yaml",
    "FILE:///etc/passwd",
    "C:/secret.yaml",
    "c:secret.yaml",
    "%43:/secret.yaml",
    "ftp://evil.example/x.yaml",
    "..\\secret.yaml",
    "\\\\host\\share\\x.yaml",
    "%5c%5chost%5cx.yaml",
    "a%00.yaml",
    "a%0a.yaml",
    "..",
    "link.yaml",
    "linked/secret.yaml",
    "pipe.yaml",
    "parts",
    ".",
]


@pytest.mark.parametrize("reference", ESCAPES)
def test_nothing_outside_is_opened(tmp_path: Path, reference: str, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "root"
    (root / "parts").mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("password: hunter2")
    (root / "link.yaml").symlink_to("../secret.yaml")
    (root / "linked").symlink_to("..")
    os.mkfifo(root / "pipe.yaml")
    text = f"paths: {{}}\ncomponents: {{schemas: {{A: {{$ref: '{reference}'}}}}}}"
    (root / "api.yaml").write_text(HEAD.format(version="3.1.0") + text)
    opened: list[str] = []

    def noted(path: str, *rest: Any) -> Any:
        opened.append(Path(path).name)
        return real(path, *rest)

    def forbidden(*_: Any, **__: Any) -> Any:
        raise AssertionError("a socket, or a file by its name, was opened")

    real: Any = os.open
    monkeypatch.setattr(os, "open", noted)
    monkeypatch.setattr(socket, "socket", forbidden)
    plain: Any = builtins.open

    def by_descriptor(file: Any, *rest: Any, **named: Any) -> Any:
        return plain(file, *rest, **named) if isinstance(file, int) else forbidden()

    monkeypatch.setattr(builtins, "open", by_descriptor)
    report = Report()
    document = load(LoadRequest(root, (SourceFile("api.yaml", "openapi"),)), report)
    report.located(document.locate)
    assert [(found.slug, found.location.line) for found in report.diagnostics] == [("ref-outside", 4)]
    assert opened == ["api.yaml"]
    assert "hunter2" not in str(report.diagnostics)


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: Any, **__: Any) -> Any:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    text = """
$self: https://acme.example/api.yaml
paths: {}
externalDocs: {url: https://acme.example/docs}
components:
  schemas:
    A: {$ref: 'https://acme.example/a.yaml#/B'}
    B: {$ref: 'HTTP://acme.example/a.yaml'}
    C: {$id: https://acme.example/c.yaml, $schema: https://acme.example/dialect}
    D: {$ref: 'https://acme.example/api.yaml#/components/schemas/C'}
  examples: {E: {externalValue: https://acme.example/e.json}}
"""
    document, report = loaded(tmp_path, text, version="3.2.0")
    assert slugs(report) == ["remote-ref", "remote-ref"]
    assert follow(document, "#/components/schemas/D").address == "#/components/schemas/C"


@pytest.mark.parametrize("content", ["password: [hunter2\n", "hunter2\nhunter3\n", "\x00hunter2", "%hunter2\n"])
def test_what_is_no_part_of_a_description_is_not_shown(tmp_path: Path, content: str) -> None:
    report = Report()
    write(tmp_path, {"secret.env": content, "api.yaml": HEAD.format(version="3.1.0")})
    with (tmp_path / "api.yaml").open("a") as file:
        file.write("paths: {}\ncomponents: {schemas: {A: {$ref: secret.env}}}")
    with contextlib.suppress(ClientsmithError):
        load(LoadRequest(tmp_path, (SourceFile("api.yaml", "openapi"),)), report)
    assert report.diagnostics
    assert "hunter2" not in str(report.diagnostics)


def test_an_empty_list_is_read_as_an_empty_mapping(tmp_path: Path) -> None:
    text = """
paths: {/a: {get: {responses: {'200': {description: d, headers: [], content: []}}}}}
components: {schemas: {A: {type: object, properties: [], required: [], allOf: []}}, parameters: []}
"""
    document, report = loaded(tmp_path, text)
    assert slugs(report) == []
    assert document.at("#/paths/~1a/get/responses/200").value == {"description": "d", "headers": {}, "content": {}}
    assert document.at("#/components/parameters").value == {}
    schema = document.at("#/components/schemas/A").value
    assert schema == {"type": "object", "properties": {}, "required": [], "allOf": []}
