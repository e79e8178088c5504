"""What becomes of contradictions in ad-hoc files: further names, and variants; the other rules are in `test_merge`."""

from __future__ import annotations

import copy
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from clientsmith.cli import main
from clientsmith.diagnostics import Diagnostic, Location, Report, Severity
from clientsmith.load.document import Fragment, Provenance
from clientsmith.load.merge import merge_fragments

HEAD: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "Acme", "version": "1"}}


def page(name: str, text: str, file: str = "") -> Fragment:
    return Fragment(name, {**copy.deepcopy(HEAD), **yaml.safe_load(text)}, "page", file=file)


def merged(*fragments: Fragment, **settings: Any) -> tuple[dict[str, Any], Report, Provenance]:
    """Merge ad-hoc files in every order, and check that order and inputs make no difference and nothing is an error."""
    before = [copy.deepcopy(one.value) for one in fragments]
    results: list[tuple[dict[str, Any], Report, Provenance]] = []
    for ordered in itertools.permutations(fragments):
        report = Report()
        tree, provenance = merge_fragments(ordered, report, project=False, **settings)
        results.append((tree, report, provenance))
    assert len({json.dumps(tree) for tree, _, _ in results}) == 1
    assert len({str(report.diagnostics) for _, report, _ in results}) == 1
    assert [one.value for one in fragments] == before
    assert not results[0][1].errors
    return results[0]


def only(report: Report) -> Diagnostic:
    assert len(report.diagnostics) == 1, [(one.slug, one.message) for one in report.diagnostics]
    return report.diagnostics[0]


def using(path: str, schemas: dict[str, Any], *, first: str = "Error", **more: Any) -> str:
    """A document with one operation that answers with the first schema."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{first}"}}}
    operation = {"operationId": f"get{path[1:].title()}", "responses": {"400": {"content": content}}, **more}
    return json.dumps({"paths": {path: {"get": operation}}, "components": {"schemas": schemas}})


def answer(tree: dict[str, Any], path: str) -> str:
    """The name of the schema that an operation answers with."""
    schema = tree["paths"][path]["get"]["responses"]["400"]["content"]["application/json"]["schema"]
    return str(schema["$ref"]).rpartition("/")[2]


TEXT, NUMBER, FLAG = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}


class TestComponents:
    def test_each_keeps_what_it_means(self) -> None:
        a = page("docs/get-jobs.md", using("/a", {"Error": TEXT}))
        b = page("docs/get-users.md", using("/b", {"Error": NUMBER}))
        tree, report, provenance = merged(a, b)
        assert tree["components"]["schemas"] == {"Error": TEXT, "ErrorGetUsers": NUMBER}
        assert (answer(tree, "/a"), answer(tree, "/b")) == ("Error", "ErrorGetUsers")
        assert provenance.origin("/components/schemas/ErrorGetUsers/type") == (b, "/components/schemas/Error/type")
        found = only(report)
        assert (found.slug, found.severity) == ("merge-component-conflict", Severity.WARNING)
        assert found.message == (
            "conflicting definitions of 'schemas/Error' in 'docs/get-jobs.md' and 'docs/get-users.md': "
            "they differ at '/type'; the latter is renamed to 'ErrorGetUsers'"
        )
        assert found.location == Location("docs/get-jobs.md", "/components/schemas/Error")
        assert found.also == (("other definition", Location("docs/get-users.md", "/components/schemas/Error")),)
        assert found.hint == (
            'in a project, add to provider.toml under [merge.prefer]: "schemas/Error" = "docs/get-jobs.md", '
            'or under [merge.rename."docs/get-users.md"]: "schemas/Error" = "ErrorGetUsers"'
        )

    def test_in_a_project_it_stays_an_error(self) -> None:
        report = Report()
        pages = [page("a.md", using("/a", {"Error": TEXT})), page("b.md", using("/b", {"Error": NUMBER}))]
        tree, _ = merge_fragments(pages, report, project=True)
        assert list(tree["components"]["schemas"]) == ["Error"]
        assert [one.slug for one in report.errors] == ["merge-component-conflict"]

    def test_what_most_mean_keeps_the_name(self) -> None:
        pages = [page(f"{n}.md", using(f"/{n}", {"Error": TEXT if n == "a" else NUMBER})) for n in "abc"]
        tree, _, _ = merged(*pages)
        assert tree["components"]["schemas"] == {"ErrorA": TEXT, "Error": NUMBER}
        assert [answer(tree, f"/{n}") for n in "abc"] == ["ErrorA", "Error", "Error"]

    @pytest.mark.parametrize(
        ("name", "component", "expected"),
        [
            ("b.md", "Error", "ErrorB"),
            ("b.md", "api_error", "api_error_b"),
            ("b.md", "Api-Error", "Api-Error-b"),
            ("users/index.md", "Error", "ErrorUsers"),
            ("billing/openapi.yaml", "Error", "ErrorBilling"),
            ("openapi.yaml", "Error", "ErrorOpenapi"),
            ("get-error-codes.md", "Error", "ErrorGetCodes"),
            ("über.md", "Error", "ErrorUber"),
            ("用户.md", "Error", "Error2"),
            ("pages.md[2]", "Error", "ErrorPages2"),
        ],
    )
    def test_names_come_from_the_page(self, name: str, component: str, expected: str) -> None:
        first = page("0.md", using("/a", {component: TEXT}, first=component))
        other = page(name, using("/b", {component: NUMBER}, first=component))
        assert list(merged(first, other)[0]["components"]["schemas"]) == [component, expected]

    def test_names_come_from_the_document_where_that_differs(self) -> None:
        a = page("a.md", using("/a", {"Error": TEXT}), "/openapi.yaml")
        b = page("b.md", using("/b", {"Error": NUMBER}), "./perps_openapi.yaml")
        c = page("c.md", using("/c", {"Error": FLAG}), "openapi.yaml")
        assert list(merged(a, b, c)[0]["components"]["schemas"]) == ["Error", "ErrorPerps", "ErrorC"]

    def test_several_pages_in_a_folder_of_their_own_are_named_by_it(self) -> None:
        one = [page(f"jobs/{n}.md", using(f"/{n}", {"Error": TEXT})) for n in "ab"]
        two = [page(f"user-keys/{n}.md", using(f"/{n}", {"Error": NUMBER})) for n in "cd"]
        assert list(merged(*one, *two)[0]["components"]["schemas"]) == ["Error", "ErrorUserKeys"]

    def test_a_name_that_is_taken_is_not_given(self) -> None:
        taken = page("a.md", using("/a", {"Error": TEXT, "Error_b": {}}))
        tree, _, _ = merged(taken, page("docs/b.md", using("/b", {"Error": NUMBER})))
        assert list(tree["components"]["schemas"]) == ["Error", "Error_b", "ErrorDocsB"]
        taken = page("a.md", using("/a", {"Error": TEXT, "ErrorB": {}}))
        tree, _, _ = merged(taken, page("b.md", using("/b", {"Error": NUMBER})))
        assert list(tree["components"]["schemas"]) == ["Error", "ErrorB", "Error2"]

    def test_what_refers_to_different_components_differs(self) -> None:
        errors = {"type": "array", "items": {"$ref": "#/components/schemas/Error"}}
        report_ = {"properties": {"errors": {"$ref": "#/components/schemas/Errors"}}}
        schemas = {"Report": report_, "Errors": errors, "Other": FLAG}
        a = page("a.md", using("/a", {**schemas, "Error": TEXT}, first="Report"))
        b = page("b.md", using("/b", {**schemas, "Error": NUMBER}, first="Report"))
        tree, report, _ = merged(a, b)
        found = tree["components"]["schemas"]
        assert set(found) == {"Report", "ReportB", "Errors", "ErrorsB", "Error", "ErrorB", "Other"}
        assert (answer(tree, "/a"), answer(tree, "/b")) == ("Report", "ReportB")
        assert found["ReportB"]["properties"]["errors"] == {"$ref": "#/components/schemas/ErrorsB"}
        assert found["ErrorsB"]["items"] == {"$ref": "#/components/schemas/ErrorB"}
        assert (found["ErrorB"], found["Report"], found["Errors"]) == (NUMBER, report_, errors)
        assert len(report.diagnostics) == 3

    def test_circles_of_references_come_to_an_end(self) -> None:
        def node(leaf: dict[str, Any]) -> dict[str, Any]:
            link = {"$ref": "#/components/schemas/Tree"}
            return {
                "Node": {"properties": {"up": link, "leaf": leaf}},
                "Tree": {"properties": {"down": {"$ref": "#/components/schemas/Node"}}},
            }

        a, b = (page(f"{n}.md", using(f"/{n}", node(leaf), first="Tree")) for n, leaf in (("a", TEXT), ("b", NUMBER)))
        found = merged(a, b)[0]["components"]["schemas"]
        assert found["TreeB"]["properties"]["down"] == {"$ref": "#/components/schemas/NodeB"}
        assert found["NodeB"]["properties"] == {"up": {"$ref": "#/components/schemas/TreeB"}, "leaf": NUMBER}

    def test_a_fragment_without_the_component_means_the_plain_one(self) -> None:
        errors = {"items": {"$ref": "#/components/schemas/Error"}}
        a = page("a.md", using("/a", {"Errors": errors, "Error": TEXT}, first="Errors"))
        b = page("b.md", using("/b", {"Errors": errors}, first="Errors"))
        c = page("c.md", using("/c", {"Error": NUMBER}))
        assert set(merged(a, b, c)[0]["components"]["schemas"]) == {"Errors", "Error", "ErrorC"}

    def test_security_schemes_and_mappings_follow(self) -> None:
        def text(path: str, scheme: str, kind: dict[str, Any]) -> str:
            choice = {"propertyName": "kind", "mapping": {"cat": "Cat"}}
            shape = {"oneOf": [{"$ref": "#/components/schemas/Cat"}], "discriminator": choice}
            tree = json.loads(using(path, {"Pet": shape, "Cat": kind}, first="Pet"))
            tree["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": scheme}}
            return json.dumps({**tree, "security": [{"key": []}]})

        tree, _, _ = merged(page("a.md", text("/a", "bearer", TEXT)), page("b.md", text("/b", "basic", NUMBER)))
        assert tree["components"]["securitySchemes"] == {
            "key": {"type": "http", "scheme": "bearer"},
            "key_b": {"type": "http", "scheme": "basic"},
        }
        assert tree["paths"]["/a"]["get"]["security"] == [{"key": []}]
        assert tree["paths"]["/b"]["get"]["security"] == [{"key_b": []}]
        assert tree["components"]["schemas"]["PetB"]["discriminator"]["mapping"] == {"cat": "CatB"}

    def test_texts_alone_make_no_second_name(self) -> None:
        a = page("a.md", using("/a", {"Error": {**TEXT, "description": "Short"}}))
        b = page("b.md", using("/b", {"Error": {**TEXT, "description": "Longer text"}}))
        tree, report, _ = merged(a, b)
        assert list(tree["components"]["schemas"]) == ["Error"]
        assert only(report).slug == "merge-doc-variance"

    def test_what_is_preferred_is_not_renamed(self) -> None:
        a, b = page("a.md", using("/a", {"Error": TEXT})), page("b.md", using("/b", {"Error": NUMBER}))
        tree, report, _ = merged(a, b, prefer={"schemas/Error": "b.md"})
        assert tree["components"]["schemas"] == {"Error": NUMBER}
        assert not report.diagnostics

    def test_examples_are_not_renamed(self) -> None:
        text = "paths: {{/{0}: {{}}}}\ncomponents: {{examples: {{One: {{value: {0}, externalValue: {0}}}}}}}"
        a, b = (page(f"{n}.md", text.format(n)) for n in "ab")
        tree, report, _ = merged(a, b)
        assert tree["components"]["examples"] == {"One": {"value": "a", "externalValue": "a"}}
        found = only(report)
        assert (found.slug, found.severity) == ("merge-component-conflict", Severity.WARNING)
        assert found.message.endswith("they differ at '/externalValue', '/value'; the first is used")


class TestOperations:
    def test_contradictions_are_variants_with_names_of_their_own(self) -> None:
        a = page("get-jobs.md", using("/a", {"Error": TEXT}))
        b = page("get-volume-jobs.md", using("/a", {"Error": TEXT}, deprecated=True))
        tree, report, provenance = merged(a, b)
        operation = tree["paths"]["/a"]["get"]
        (variant,) = operation["x-clientsmith-variants"]
        assert (operation["operationId"], variant["operationId"]) == ("getA", "getAVolumeJobs")
        assert "deprecated" not in operation
        assert variant["deprecated"] is True
        assert provenance.origin("/paths/~1a/get/x-clientsmith-variants/0/deprecated") == (
            b,
            "/paths/~1a/get/deprecated",
        )
        found = only(report)
        assert (found.slug, found.severity) == ("merge-operation-conflict", Severity.WARNING)
        assert found.message == (
            "conflicting definitions of 'get /a' in 'get-jobs.md' and 'get-volume-jobs.md': "
            "they differ at '/deprecated'; "
            "both are kept, the latter as 'getAVolumeJobs'"
        )
        assert found.location == Location("get-jobs.md", "/paths/~1a/get")
        assert found.also == (("other definition", Location("get-volume-jobs.md", "/paths/~1a/get")),)
        assert found.hint == 'in a project, add to provider.toml under [merge.prefer]: "get /a" = "get-jobs.md"'

    def test_what_most_say_comes_first(self) -> None:
        pages = [page(f"{n}.md", using("/a", {"Error": TEXT}, deprecated=n == "1")) for n in "123"]
        operation = merged(*pages)[0]["paths"]["/a"]["get"]
        assert operation["deprecated"] is False
        assert [one["operationId"] for one in operation["x-clientsmith-variants"]] == ["getA1"]

    def test_an_operation_id_that_is_taken_is_not_given(self) -> None:
        a = page("a.md", using("/x", {"Error": TEXT}))
        b = page("docs/b.md", using("/x", {"Error": TEXT}, deprecated=True))
        c = page("c.md", using("/y", {"Error": TEXT}, operationId="get_xb"))
        (variant,) = merged(a, b, c)[0]["paths"]["/x"]["get"]["x-clientsmith-variants"]
        assert variant["operationId"] == "getXDocsB"

    def test_operations_without_an_id_are_kept_too(self) -> None:
        a = page("a.md", "paths: {/x: {get: {responses: {}}}}")
        b = page("b.md", "paths: {/x: {get: {responses: {}, deprecated: true}}}")
        tree, report, _ = merged(a, b)
        assert tree["paths"]["/x"]["get"]["x-clientsmith-variants"] == [{"responses": {}, "deprecated": True}]
        assert only(report).message.endswith("they differ at '/deprecated'; both are kept")

    def test_the_same_but_for_a_component_that_lost_its_name_is_one(self) -> None:
        a, b = page("a.md", using("/a", {"Error": TEXT})), page("b.md", using("/a", {"Error": NUMBER}))
        tree, report, provenance = merged(a, b)
        assert "x-clientsmith-variants" not in tree["paths"]["/a"]["get"]
        assert answer(tree, "/a") == "Error"
        assert tree["components"]["schemas"] == {"Error": TEXT}
        assert provenance.origin("/paths/~1a/get")[0] is a
        found = only(report)
        assert found.slug == "merge-component-conflict"
        assert found.message.endswith("the latter is left out, because no operation of its own refers to it")

    def test_it_is_kept_from_the_fragments_whose_components_kept_their_names(self) -> None:
        pages = [page(f"{n}.md", using("/a", {"Error": TEXT if n == "1" else NUMBER})) for n in "123"]
        tree, _, provenance = merged(*pages)
        assert (answer(tree, "/a"), tree["components"]["schemas"]) == ("Error", {"Error": NUMBER})
        assert provenance.origin("/paths/~1a/get")[0] is pages[1]

    def test_what_another_operation_needs_stays(self) -> None:
        a = page("a.md", using("/a", {"Error": TEXT}))
        both = json.loads(using("/a", {"Error": NUMBER}))
        both["paths"] |= json.loads(using("/b", {}))["paths"]
        tree, _, _ = merged(a, page("b.md", json.dumps(both)))
        assert (answer(tree, "/a"), answer(tree, "/b")) == ("Error", "ErrorB")
        assert tree["components"]["schemas"] == {"Error": TEXT, "ErrorB": NUMBER}

    def test_what_only_a_variant_needs_stays(self) -> None:
        a = page("a.md", using("/a", {"Error": TEXT}))
        b = page("b.md", using("/a", {"Error": NUMBER}, deprecated=True))
        tree, report, _ = merged(a, b)
        assert tree["components"]["schemas"] == {"Error": TEXT, "ErrorB": NUMBER}
        assert report.diagnostics[0].message.startswith("conflicting definitions of 'get /a'")
        assert "they differ at '/deprecated';" in report.diagnostics[0].message

    def test_what_can_be_referred_to_by_an_anchor_stays(self) -> None:
        a = page("a.md", using("/a", {"Error": TEXT}))
        b = page("b.md", using("/a", {"Error": {**NUMBER, "$anchor": "error"}}))
        assert set(merged(a, b)[0]["components"]["schemas"]) == {"Error", "ErrorB"}


def test_a_folder_of_pages_gives_a_client(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fence = "# Page\n\n````yaml {file} get {path}\n{text}\n````\n"
    legacy = "paths:\n  path: /old\n  method: get\n  servers: []\n  request: {}\n"
    pages = {
        "jobs.md": ("openapi.yaml", "/a", using("/a", {"Error": {"properties": {"code": TEXT}}})),
        "users.md": ("openapi.yaml", "/b", using("/b", {"Error": {"properties": {"code": NUMBER}}})),
        "volume.md": ("openapi.yaml", "/b", using("/b", {"Error": {"properties": {"code": NUMBER}}}, deprecated=True)),
        "old.md": ("openapi.yaml", "/old", legacy),
    }
    docs = tmp_path / "docs"
    docs.mkdir()
    for name, (file, path, text) in pages.items():
        whole = text if name == "old.md" else yaml.safe_dump({**HEAD, "servers": [{"url": "/"}], **json.loads(text)})
        (docs / name).write_text(fence.format(file=file, path=path, text=whole))
    assert main(["generate", "--spec", str(docs), "--output", str(tmp_path / "out"), "--package", "acme"]) == 0
    said = capsys.readouterr()
    assert "3/3 operations" in said.out + said.err
    assert "[page-legacy-form]" in said.out + said.err
    assert "ErrorJobs" in (tmp_path / "out" / "models" / "_models.py").read_text()
