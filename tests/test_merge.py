"""The merge rules, each with documents of a few lines; the test's name begins with the rule's number."""

from __future__ import annotations

import copy
import itertools
import json
from typing import Any

import pytest
import yaml

from clientsmith.diagnostics import Diagnostic, Location, Report, Severity
from clientsmith.load.document import Fragment, Provenance
from clientsmith.load.merge import merge_fragments
from clientsmith.load.merge.equality import differences, fingerprint, is_part_of

HEAD: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "Acme", "version": "1"}}


def fragment(name: str, text: str = "", **settings: Any) -> Fragment:
    """A page's fragment: `HEAD` and some YAML."""
    kind = settings.pop("kind", "page")
    head = {} if settings.pop("bare", False) else HEAD
    return Fragment(name, {**copy.deepcopy(head), **(yaml.safe_load(text) or {})}, kind, **settings)


def merged(*fragments: Fragment, project: bool = True, **settings: Any) -> tuple[dict[str, Any], Report, Provenance]:
    """Merge in every order, and check that order and inputs make no difference."""
    before = [copy.deepcopy(one.value) for one in fragments]
    results: list[tuple[dict[str, Any], Report, Provenance]] = []
    for ordered in itertools.permutations(fragments):
        report = Report()
        tree, provenance = merge_fragments(ordered, report, project=project, **settings)
        results.append((tree, report, provenance))
    assert len({json.dumps(tree) for tree, _, _ in results}) == 1
    assert len({str(report.diagnostics) for _, report, _ in results}) == 1
    assert [one.value for one in fragments] == before
    return results[0]


def only(report: Report) -> Diagnostic:
    assert len(report.diagnostics) == 1, [(one.slug, one.message) for one in report.diagnostics]
    return report.diagnostics[0]


def slugs(report: Report) -> list[str]:
    return [one.slug for one in report.diagnostics]


JOB = "paths: {/jobs: {get: {operationId: listJobs, responses: {}}}}"
START = "paths: {/jobs: {post: {operationId: startJob, responses: {}}}}"


def schema(name: str, text: str) -> str:
    return f"components: {{schemas: {{{name}: {text}}}}}"


class TestWhole:
    def test_single_fragment_goes_through_unchanged(self) -> None:
        one = fragment("a.md", f"{JOB}\nx-odd: 1\nservers: []\nsecurity: []")
        tree, report, provenance = merged(one)
        assert tree == one.value
        assert tree["paths"] is one.value["paths"]
        assert not report.diagnostics
        assert provenance.origin("/paths/~1jobs") == (one, "/paths/~1jobs")

    def test_m01_sources_are_ordered_by_kind_then_name(self) -> None:
        page, authored = fragment("a.md", JOB), fragment("0.yaml", START, kind="authored")
        tree, _, _ = merged(page, authored, fragment("z.yaml", "paths: {/z: {}}", kind="openapi"))
        assert list(tree["paths"]) == ["/z", "/jobs"]
        assert list(tree["paths"]["/jobs"]) == ["get", "post"]

    def test_m07_paths_are_joined_and_keep_their_origin(self) -> None:
        a, b = fragment("a.md", JOB), fragment("b.md", f"{START}\ncomponents: {{schemas: {{Job: {{type: object}}}}}}")
        tree, report, provenance = merged(a, b)
        assert {method: op["operationId"] for method, op in tree["paths"]["/jobs"].items()} == {
            "get": "listJobs",
            "post": "startJob",
        }
        assert not report.diagnostics
        assert provenance.origin("/paths/~1jobs/post/responses") == (b, "/paths/~1jobs/post/responses")
        assert provenance.origin("/components/schemas/Job/type") == (b, "/components/schemas/Job/type")
        assert provenance.origin("/info")[0] is a


class TestVersions:
    def test_m02_minor_versions_differ(self) -> None:
        tree, report, _ = merged(fragment("a.md", JOB), fragment("b.md", f"openapi: 3.0.3\n{START}"))
        found = only(report)
        assert (found.slug, found.severity) == ("merge-openapi-version", Severity.ERROR)
        assert found.message == ("the sources are written in different versions of OpenAPI: 3.1.0 (a.md), 3.0.3 (b.md)")
        assert found.location == Location("a.md", "/openapi")
        assert found.also == (("3.0.3 here", Location("b.md", "/openapi")),)
        assert tree["openapi"] == "3.1.0"

    def test_m02_minor_versions_differ_by_hand_is_a_warning(self) -> None:
        _, report, _ = merged(fragment("a.md", JOB), fragment("b.md", f"openapi: 3.0.3\n{START}"), project=False)
        assert only(report).severity is Severity.WARNING

    def test_m02_patch_versions_differ_the_highest_is_kept(self) -> None:
        tree, report, provenance = merged(fragment("a.md", f"openapi: 3.1.1\n{JOB}"), fragment("b.md", START))
        assert tree["openapi"] == "3.1.1"
        found = only(report)
        assert (found.slug, found.severity) == ("merge-openapi-patch", Severity.NOTE)
        assert found.message == (
            "the sources have different patch versions of OpenAPI: 3.1.1 (a.md), 3.1.0 (b.md); 3.1.1 is used"
        )
        assert provenance.origin("/openapi")[0].name == "a.md"

    def test_m03_info_versions_differ(self) -> None:
        old = fragment("a.md", f"info: {{title: Acme, version: '9'}}\n{JOB}")
        new = fragment("b.md", f"info: {{title: Acme, version: '10'}}\n{START}")
        tree, report, _ = merged(old, new, folder="specs/acme/")
        found = only(report)
        assert (found.slug, found.severity) == ("merge-info-version", Severity.ERROR)
        assert found.message == "the sources have different values for 'info.version': '9' (a.md), '10' (b.md)"
        assert found.location == Location("a.md", "/info/version")
        assert found.also == (("'10' here", Location("b.md", "/info/version")),)
        assert 'under [merge.prefer]: "info" = "b.md"' in found.hint
        assert tree["info"]["version"] == "10"

    def test_m03_titles_differ(self) -> None:
        other = fragment("b.md", f"info: {{title: Other, version: '1'}}\n{START}")
        _, report, _ = merged(fragment("a.md", JOB), other)
        found = only(report)
        assert (found.slug, found.severity) == ("merge-root-conflict", Severity.ERROR)
        assert found.message == "the sources have different values for 'info.title': 'Acme' (a.md), 'Other' (b.md)"
        _, report, _ = merged(fragment("a.md", JOB), other, project=False)
        assert only(report).severity is Severity.WARNING

    def test_m03_an_empty_title_is_no_title(self) -> None:
        _, report, _ = merged(fragment("a.md", JOB), fragment("b.md", f"info: {{title: '', version: '1'}}\n{START}"))
        assert "merge-root-conflict" not in slugs(report)

    def test_m03_settings_choose_info(self) -> None:
        a = fragment("specs/acme/pages/a.md", f"info: {{title: Acme, version: '1'}}\n{JOB}")
        b = fragment("specs/acme/pages/b.md", f"info: {{title: Acme, version: '2'}}\n{START}")
        tree, report, provenance = merged(a, b, prefer={"info": "pages/a.md"}, folder="specs/acme/")
        assert tree["info"]["version"] == "1"
        assert provenance.origin("/info")[0] is a
        assert not report.diagnostics

    def test_m03_other_texts_in_info_are_a_variance(self) -> None:
        long = fragment("b.md", f"info: {{title: Acme, version: '1', description: All about jobs}}\n{START}")
        tree, report, _ = merged(fragment("a.md", JOB), long)
        assert tree["info"]["description"] == "All about jobs"
        found = only(report)
        assert (found.slug, found.location) == ("merge-doc-variance", Location("b.md", "/info"))
        assert found.also == (("different here", Location("a.md", "/info")),)

    @pytest.mark.parametrize("project", [True, False])
    def test_m16_self_goes_and_dialects_must_agree(self, project: bool) -> None:
        a = fragment("a.yaml", f"$self: https://a.example/x\njsonSchemaDialect: https://one.example\n{JOB}")
        b = fragment("b.yaml", f"jsonSchemaDialect: https://two.example\n{START}")
        tree, report, _ = merged(a, b, project=project)
        assert "$self" not in tree
        assert tree["jsonSchemaDialect"] == "https://one.example"
        found = only(report)
        assert found.slug == "merge-root-conflict"
        assert found.message == "the sources have different values for 'jsonSchemaDialect'; the first is used"
        assert found.severity is (Severity.ERROR if project else Severity.WARNING)
        assert found.location == Location("a.yaml", "/jsonSchemaDialect")
        assert found.also == (("different here", Location("b.yaml", "/jsonSchemaDialect")),)

    def test_m15_root_extensions_are_equal_or_a_conflict(self) -> None:
        a, b = fragment("a.md", f"x-a: [1]\nx-b: true\n{JOB}"), fragment("b.md", f"x-a: [1.0]\nx-b: 1\n{START}")
        tree, report, _ = merged(a, b)
        assert tree["x-a"] == [1]
        found = only(report)
        assert (found.slug, found.location) == ("merge-root-conflict", Location("a.md", "/x-b"))
        _, report, _ = merged(a, b, prefer={"x-b": "b.md"})
        assert not report.diagnostics

    def test_m19_pages_of_two_documents_are_two_providers(self) -> None:
        a = fragment("a.md", JOB, file="/openapi.yaml")
        b = fragment("b.md", f"info: {{title: Billing, version: '1'}}\n{START}", file="billing.yaml")
        _, report, _ = merged(a, b)
        found = only(report)
        assert (found.slug, found.severity) == ("merge-files", Severity.ERROR)
        assert found.message == ("the pages are cut from different documents: openapi.yaml (a.md), billing.yaml (b.md)")
        assert (found.location, found.also) == (Location("a.md"), (("different here", Location("b.md")),))
        _, report, _ = merged(a, b, prefer={"info": "a.md"})
        assert not report.diagnostics

    def test_m19_one_document_however_its_name_is_written(self) -> None:
        a, b = fragment("a.md", JOB, file="/openapi.yaml"), fragment("b.md", START, file="./openapi.yaml")
        assert not merged(a, b)[1].diagnostics

    def test_m19_by_hand_only_servers_count(self) -> None:
        a = fragment("a.md", f"servers: [{{url: https://one.example}}]\n{JOB}", file="one.yaml")
        b = fragment("b.md", f"servers: [{{url: https://two.example}}]\n{START}", file="two.yaml")
        _, report, _ = merged(a, b, project=False)
        assert slugs(report) == ["merge-files", "merge-pushed-down"]
        assert report.diagnostics[0].severity is Severity.WARNING
        same = fragment("b.md", f"servers: [{{url: https://one.example}}]\n{START}", file="two.yaml")
        assert not merged(a, same, project=False)[1].diagnostics


class TestServersAndSecurity:
    def test_m04_equal_servers_stay_at_the_root(self) -> None:
        text = "servers: [{url: https://a.example}]"
        tree, report, _ = merged(fragment("a.md", f"{JOB}\n{text}"), fragment("b.md", f"{START}\n{text}"))
        assert tree["servers"] == [{"url": "https://a.example"}]
        assert "servers" not in tree["paths"]["/jobs"]["get"]
        assert not report.diagnostics

    def test_m04_different_servers_are_moved_to_the_operations(self) -> None:
        a = fragment("a.md", f"{JOB}\nservers: [{{url: https://a.example}}]")
        b = fragment("b.md", f"{START}\nservers: [{{url: https://b.example}}]")
        tree, report, provenance = merged(a, b)
        assert "servers" not in tree
        assert tree["paths"]["/jobs"]["get"]["servers"] == [{"url": "https://a.example"}]
        assert tree["paths"]["/jobs"]["post"]["servers"] == [{"url": "https://b.example"}]
        assert provenance.origin("/paths/~1jobs/post/servers/0/url") == (b, "/servers/0/url")
        found = only(report)
        assert (found.slug, found.severity) == ("merge-pushed-down", Severity.NOTE)
        assert found.message == "the sources have different 'servers'; they are moved to the operations"
        assert (found.location, found.also) == (
            Location("a.md", "/servers"),
            (("different here", Location("b.md", "/servers")),),
        )

    def test_m04_an_operation_s_own_servers_stay(self) -> None:
        a = fragment("a.md", f"{JOB}\nservers: [{{url: https://a.example}}]")
        own = "paths: {/x: {servers: [{url: /p}], get: {}}, /y: {get: {servers: [{url: /o}]}}}"
        tree, _, _ = merged(a, fragment("b.md", f"{own}\nservers: [{{url: https://b.example}}]"))
        assert tree["paths"]["/x"] == {"servers": [{"url": "/p"}], "get": {}}
        assert tree["paths"]["/y"]["get"]["servers"] == [{"url": "/o"}]

    def test_m04_settings_choose_servers(self) -> None:
        a = fragment("a.md", f"{JOB}\nservers: [{{url: https://a.example}}]")
        b = fragment("b.md", f"{START}\nservers: [{{url: https://b.example}}]")
        tree, report, provenance = merged(a, b, prefer={"servers": "b.md"})
        assert tree["servers"] == [{"url": "https://b.example"}]
        assert "servers" not in tree["paths"]["/jobs"]["get"]
        assert provenance.origin("/servers/0")[0] is b
        assert not report.diagnostics

    def test_m04_empty_servers_are_no_servers(self) -> None:
        tree, report, _ = merged(
            fragment("a.md", f"{JOB}\nservers: [{{url: https://a.example}}]"), fragment("b.md", f"{START}\nservers: []")
        )
        assert tree["servers"] == [{"url": "https://a.example"}]
        assert not report.diagnostics

    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [
            ("security: []", "", "[[], null]"),
            ("security: [{key: []}]", "security: []", '[[{"key": []}], []]'),
            ("", "security: [{key: []}]", '[null, [{"key": []}]]'),
        ],
        ids=["none-needed-and-silent", "key-and-none-needed", "silent-and-key"],
    )
    def test_m05_absent_empty_and_a_list_are_three_values(self, first: str, second: str, expected: str) -> None:
        tree, report, _ = merged(fragment("a.md", f"{JOB}\n{first}"), fragment("b.md", f"{START}\n{second}"))
        operations = tree["paths"]["/jobs"]
        assert "security" not in tree
        found = [operations["get"].get("security"), operations["post"].get("security")]
        assert found == json.loads(expected)
        assert only(report).slug == "merge-pushed-down"

    def test_m05_an_operation_s_own_security_stays(self) -> None:
        own = "paths: {/jobs: {post: {security: []}}}\nsecurity: [{b: []}]"
        tree, _, _ = merged(fragment("a.md", f"{JOB}\nsecurity: [{{a: []}}]"), fragment("b.md", own))
        assert tree["paths"]["/jobs"]["post"]["security"] == []

    def test_authored_fragments_inherit_info_servers_and_security(self) -> None:
        page = fragment("a.md", f"{JOB}\nservers: [{{url: https://a.example}}]\nsecurity: [{{key: []}}]")
        authored = fragment("extra.yaml", START, kind="authored", bare=True)
        tree, report, _ = merged(page, authored)
        assert (tree["servers"], tree["security"]) == ([{"url": "https://a.example"}], [{"key": []}])
        assert tree["paths"]["/jobs"]["post"] == {"operationId": "startJob", "responses": {}}
        assert tree["info"] == HEAD["info"]
        assert not report.diagnostics

    def test_authored_fragments_inherit_what_was_moved_to_the_operations(self) -> None:
        old = fragment("a.md", "info: {title: Acme, version: '1'}\nservers: [{url: /a}]\npaths: {/a: {get: {}}}")
        new = fragment("b.md", "info: {title: Acme, version: '2'}\nservers: [{url: /b}]\npaths: {/b: {get: {}}}")
        authored = fragment("extra.yaml", "paths: {/c: {get: {}}}", kind="authored", bare=True)
        tree, _, _ = merged(old, new, authored, project=False)
        assert tree["paths"]["/c"]["get"]["servers"] == [{"url": "/b"}]


class TestTags:
    def test_m06_tags_are_joined_by_name(self) -> None:
        a = fragment("a.md", f"{JOB}\ntags: [{{name: Jobs}}, {{name: Keys}}]")
        b = fragment("b.md", f"{START}\ntags: [{{name: Jobs, description: All jobs}}, {{name: Users}}]")
        tree, report, provenance = merged(a, b)
        assert tree["tags"] == [{"name": "Jobs", "description": "All jobs"}, {"name": "Keys"}, {"name": "Users"}]
        assert only(report).slug == "merge-doc-variance"
        assert provenance.origin("/tags/0") == (b, "/tags/0")
        assert provenance.origin("/tags/2") == (b, "/tags/1")

    def test_m06_names_and_lists_of_names_become_tags(self) -> None:
        tree, report, _ = merged(fragment("a.md", f"{JOB}\ntags: [Jobs, [Keys, Users]]"), fragment("b.md", START))
        assert tree["tags"] == [{"name": "Jobs"}, {"name": "Keys"}, {"name": "Users"}]
        assert [(one.slug, one.location.pointer) for one in report.diagnostics] == [
            ("wrong-type", "/tags/0"),
            ("wrong-type", "/tags/1"),
        ]


class TestOperations:
    def test_m07_the_same_operation_twice_is_one(self) -> None:
        swapped = "paths: {/jobs: {get: {responses: {}, operationId: listJobs}}}"
        tree, report, _ = merged(fragment("a.md", JOB), fragment("b.md", swapped))
        assert tree["paths"]["/jobs"]["get"] == {"operationId": "listJobs", "responses": {}}
        assert not report.diagnostics

    def test_m07_different_operation_ids_are_variants(self) -> None:
        parts = [
            fragment(f"{n}.md", f"paths: {{/run: {{post: {{operationId: run-{n}, x-n: {n}}}}}}}") for n in (1, 2, 3)
        ]
        tree, report, provenance = merged(*parts)
        operation = tree["paths"]["/run"]["post"]
        assert operation["operationId"] == "run-1"
        assert [one["operationId"] for one in operation["x-clientsmith-variants"]] == ["run-2", "run-3"]
        assert not report.diagnostics
        variant = provenance.origin("/paths/~1run/post/x-clientsmith-variants/1/operationId")
        assert variant == (parts[2], "/paths/~1run/post/operationId")

    @pytest.mark.parametrize("name", ["operationId: listJobs, ", ""], ids=["same-id", "without-id"])
    def test_m07_anything_else_is_a_conflict(self, name: str) -> None:
        other = f"paths: {{/jobs: {{get: {{{name}deprecated: true, responses: {{}}}}}}}}"
        _, report, _ = merged(fragment("a.md", JOB), fragment("b.md", other), folder="specs/acme/")
        found = only(report)
        assert (found.slug, found.severity) == ("merge-operation-conflict", Severity.ERROR)
        differ = "'/deprecated'" if name else "'/deprecated', '/operationId'"
        assert found.message == f"conflicting definitions of 'get /jobs' in 'a.md' and 'b.md': they differ at {differ}"
        assert found.location == Location("a.md", "/paths/~1jobs/get")
        assert found.also == (("other definition", Location("b.md", "/paths/~1jobs/get")),)
        assert found.hint == 'add to provider.toml under [merge.prefer]: "get /jobs" = "a.md"'

    def test_m07_settings_choose_an_operation(self) -> None:
        other = "paths: {/jobs: {get: {operationId: jobs, responses: {}}}}"
        tree, report, _ = merged(fragment("a.md", JOB), fragment("b.md", other), prefer={"get /jobs": "b.md"})
        assert tree["paths"]["/jobs"]["get"]["operationId"] == "jobs"
        assert not report.diagnostics

    def test_m07_methods_of_openapi_3_2(self) -> None:
        a = "paths: {/x: {additionalOperations: {COPY: {operationId: copy}}}}"
        b = "paths: {/x: {additionalOperations: {MOVE: {operationId: move}}, query: {operationId: ask}}}"
        tree, report, provenance = merged(fragment("a.md", a), fragment("b.md", b))
        assert tree["paths"]["/x"] == {
            "additionalOperations": {"COPY": {"operationId": "copy"}, "MOVE": {"operationId": "move"}},
            "query": {"operationId": "ask"},
        }
        assert provenance.origin("/paths/~1x/additionalOperations/MOVE")[0].name == "b.md"
        assert not report.diagnostics

    def test_m08_path_fields_that_differ_move_to_the_operations(self) -> None:
        a = fragment(
            "a.md",
            """
            paths:
              /jobs/{id}:
                parameters: [{name: id, in: path}, {$ref: '#/components/parameters/Trace'}]
                summary: One job
                get: {parameters: [{name: trace, in: header, required: true}]}
            components: {parameters: {Trace: {name: trace, in: header}}}
            """,
        )
        b = fragment("b.md", "paths: {'/jobs/{id}': {delete: {summary: Remove}}}")
        tree, report, provenance = merged(a, b)
        assert tree["paths"]["/jobs/{id}"] == {
            "get": {
                "parameters": [{"name": "id", "in": "path"}, {"name": "trace", "in": "header", "required": True}],
                "summary": "One job",
            },
            "delete": {"summary": "Remove"},
        }
        at = "/paths/~1jobs~1{id}"
        assert provenance.origin(f"{at}/get/parameters/0/name") == (a, f"{at}/parameters/0/name")
        assert provenance.origin(f"{at}/get/parameters/1/name") == (a, f"{at}/get/parameters/0/name")
        found = only(report)
        assert (found.slug, found.location) == ("merge-pushed-down", Location("a.md", f"{at}/parameters"))
        assert found.message == (
            "the sources have different 'parameters' and 'summary' for '/jobs/{id}'; they are moved to the operations"
        )

    def test_m08_path_fields_that_agree_stay(self) -> None:
        shared = "parameters: [{name: id, in: path}]"
        a = fragment("a.md", f"paths: {{'/x/{{id}}': {{{shared}, get: {{}}}}}}")
        tree, report, _ = merged(a, fragment("b.md", f"paths: {{'/x/{{id}}': {{{shared}, put: {{}}}}}}"))
        assert tree["paths"]["/x/{id}"] == {"parameters": [{"name": "id", "in": "path"}], "get": {}, "put": {}}
        assert not report.diagnostics

    def test_m13_one_operation_id_on_two_operations_both_stay(self) -> None:
        tree, report, _ = merged(
            fragment("a.md", "paths: {/a: {get: {operationId: x}}}"),
            fragment("b.md", "paths: {/b: {get: {operationId: x}}}"),
        )
        assert [item["get"]["operationId"] for item in tree["paths"].values()] == ["x", "x"]
        assert not report.diagnostics

    def test_m17_webhooks_are_joined_and_get_no_servers(self) -> None:
        a = fragment("a.md", "webhooks: {done: {post: {operationId: done}}}\nservers: [{url: /a}]")
        tree, _, _ = merged(a, fragment("b.md", "webhooks: {failed: {post: {}}}\nservers: [{url: /b}]"))
        assert tree["webhooks"] == {"done": {"post": {"operationId": "done"}}, "failed": {"post": {}}}

    def test_extensions_of_paths_are_no_paths(self) -> None:
        a, b = fragment("a.md", "paths: {x-group: 1, /a: {}}"), fragment("b.md", "paths: {x-group: 2, /b: {}}")
        tree, report, _ = merged(a, b)
        assert tree["paths"] == {"/a": {}, "/b": {}, "x-group": 1}
        assert (only(report).slug, only(report).location) == ("merge-root-conflict", Location("a.md", "/paths/x-group"))

    @pytest.mark.parametrize(
        ("text", "pointer"),
        [
            ("paths: [1]", "/paths"),
            ("paths: {/x: text}", "/paths/~1x"),
            ("components: {schemas: 1}", "/components/schemas"),
        ],
    )
    def test_what_is_no_mapping_is_left_out_with_a_warning(self, text: str, pointer: str) -> None:
        _, report, _ = merged(fragment("a.md", text), fragment("b.md", START))
        assert (only(report).slug, only(report).location) == ("wrong-type", Location("a.md", pointer))


class TestComponents:
    def test_m11_structures_differ(self) -> None:
        a = fragment("specs/acme/pages/a.md", schema("Error", "{type: object, properties: {code: {type: string}}}"))
        b = fragment("specs/acme/pages/b.md", schema("Error", "{type: object, properties: {code: {type: integer}}}"))
        tree, report, _ = merged(a, b, folder="specs/acme/")
        found = only(report)
        assert (found.slug, found.severity) == ("merge-component-conflict", Severity.ERROR)
        assert found.message == (
            "conflicting definitions of 'schemas/Error' in 'specs/acme/pages/a.md' and 'specs/acme/pages/b.md': "
            "they differ at '/properties/code/type'"
        )
        assert found.location == Location("specs/acme/pages/a.md", "/components/schemas/Error")
        assert found.also == (("other definition", Location("specs/acme/pages/b.md", "/components/schemas/Error")),)
        assert found.hint == (
            'add to provider.toml under [merge.prefer]: "schemas/Error" = "pages/a.md"'
            ', or under [merge.rename."pages/b.md"]: "schemas/Error" = "OtherError"'
        )
        assert tree["components"]["schemas"]["Error"] == a.value["components"]["schemas"]["Error"]

    def test_m11_only_the_first_five_differences_are_shown(self) -> None:
        many = "{" + ", ".join(f"p{n}: {{type: string}}" for n in range(9)) + "}"
        a = fragment("a.md", schema("E", f"{{properties: {many}}}"))
        b = fragment("b.md", schema("E", f"{{properties: {many.replace('string', 'integer')}}}"))
        message = only(merged(a, b)[1]).message
        assert message.endswith(", ".join(f"'/properties/p{n}/type'" for n in range(5)))

    def test_m11_settings_prefer_one(self) -> None:
        a, b = fragment("a.md", schema("E", "{type: string}")), fragment("b.md", schema("E", "{type: integer}"))
        tree, report, provenance = merged(a, b, prefer={"schemas/E": "b.md"})
        assert tree["components"]["schemas"] == {"E": {"type": "integer"}}
        assert provenance.origin("/components/schemas/E")[0] is b
        assert not report.diagnostics

    def test_m11_settings_rename_one_and_all_that_refers_to_it(self) -> None:
        a = fragment("a.md", schema("Error", "{type: string}"))
        b = fragment(
            "b.md",
            """
            security: [{Key: []}]
            paths:
              /x:
                get:
                  security: [{Key: [], Error: []}]
                  responses:
                    '400':
                      content:
                        json:
                          schema: {$ref: '#/components/schemas/Error/properties/e'}
                          example: {$ref: '#/components/schemas/Error'}
            components:
              schemas:
                Error: {type: integer}
                Union:
                  discriminator: {propertyName: $ref, mapping: {a: Error, b: '#/components/schemas/Error', c: Other}}
                  properties: {$ref: {$ref: '#/components/schemas/Error'}}
              securitySchemes: {Key: {type: http}, Error: {type: http, scheme: basic}}
            """,
        )
        rename = {"b.md": {"schemas/Error": "BillingError", "securitySchemes/Key": "BillingKey"}}
        tree, report, provenance = merged(a, b, rename=rename)
        components = tree["components"]
        assert list(components["schemas"]) == ["Error", "BillingError", "Union"]
        assert components["schemas"]["Union"] == {
            "discriminator": {
                "propertyName": "$ref",
                "mapping": {"a": "BillingError", "b": "#/components/schemas/BillingError", "c": "Other"},
            },
            "properties": {"$ref": {"$ref": "#/components/schemas/BillingError"}},
        }
        operation = tree["paths"]["/x"]["get"]
        assert operation["security"] == [{"BillingKey": [], "Error": []}]
        content = operation["responses"]["400"]["content"]["json"]
        assert content["schema"] == {"$ref": "#/components/schemas/BillingError/properties/e"}
        assert content["example"] == {"$ref": "#/components/schemas/Error"}
        assert provenance.origin("/components/schemas/BillingError/type") == (b, "/components/schemas/Error/type")
        assert slugs(report) == ["merge-pushed-down"]

    def test_m11_a_rename_onto_a_name_that_is_taken(self) -> None:
        b = fragment("b.md", "components: {schemas: {A: {type: string}, B: {type: integer}}}")
        tree, report, _ = merged(b, rename={"b.md": {"schemas/A": "B"}})
        found = only(report)
        assert (found.slug, found.location) == ("merge-component-conflict", Location("b.md", "/components/schemas/A"))
        assert found.message == "cannot rename 'schemas/A' to 'B': 'b.md' already has a component of that name"
        assert found.also == (("the other one", Location("b.md", "/components/schemas/B")),)
        assert set(tree["components"]["schemas"]) == {"A", "B"}

    @pytest.mark.parametrize(
        ("settings", "message", "pointer"),
        [
            (
                {"prefer": {"schemas/Gone": "a.md"}},
                "the setting 'merge.prefer' for 'schemas/Gone' has no effect",
                "/merge/prefer/schemas~1Gone",
            ),
            (
                {"prefer": {"schemas/E": "c.md"}},
                "the setting 'merge.prefer' for 'schemas/E' has no effect",
                "/merge/prefer/schemas~1E",
            ),
            (
                {"rename": {"a.md": {"schemas/Gone": "X"}}},
                "the setting 'merge.rename' for 'schemas/Gone' in 'a.md' has no effect",
                "/merge/rename/a.md/schemas~1Gone",
            ),
        ],
        ids=["prefer-no-such-component", "prefer-no-such-source", "rename"],
    )
    def test_m11_settings_without_effect(self, settings: dict[str, Any], message: str, pointer: str) -> None:
        a, b = fragment("a.md", schema("E", "{type: string}")), fragment("b.md", START)
        found = only(merged(a, b, **settings)[1])
        assert (found.slug, found.severity, found.message) == ("merge-setting-unused", Severity.ERROR, message)
        assert found.location == Location("provider.toml", pointer)

    @pytest.mark.parametrize("small", ["{}", "{properties: {a: {}}}", "{properties: {a: {enum: [y]}}}"])
    def test_m12_a_strict_part_looks_truncated(self, small: str) -> None:
        whole = "{properties: {a: {enum: [x, y]}, b: {}}}"
        found = only(merged(fragment("a.md", schema("E", whole)), fragment("b.md", schema("E", small)))[1])
        assert found.slug == "merge-component-conflict"
        assert "it looks truncated in 'b.md'" in found.hint

    def test_m10_texts_differ_the_longest_is_kept(self) -> None:
        a = fragment("a.md", schema("E", "{type: string, description: Short}"))
        b = fragment("b.md", schema("E", "{type: string, description: Somewhat longer, x-note: 1}"))
        tree, report, provenance = merged(a, b)
        assert tree["components"]["schemas"]["E"]["description"] == "Somewhat longer"
        assert provenance.origin("/components/schemas/E")[0] is b
        found = only(report)
        assert (found.slug, found.severity) == ("merge-doc-variance", Severity.WARNING)
        assert found.message == "the sources describe 'schemas/E' in different words; the longest description is used"
        assert found.location == Location("b.md", "/components/schemas/E")
        assert found.also == (("different here", Location("a.md", "/components/schemas/E")),)
        assert found.hint == 'to choose, add to provider.toml under [merge.prefer]: "schemas/E" = "b.md"'

    def test_m14_one_scheme_under_two_names(self) -> None:
        text = "components: {{securitySchemes: {{{0}: {{type: http, scheme: bearer, description: {0}}}}}}}"
        tree, report, _ = merged(fragment("a.md", text.format("Key")), fragment("b.md", text.format("Token")))
        assert set(tree["components"]["securitySchemes"]) == {"Key", "Token"}
        found = only(report)
        assert (found.slug, found.severity) == ("merge-same-scheme", Severity.NOTE)
        assert found.message == "security schemes 'Key', 'Token' differ only in their names"
        assert found.location == Location("a.md", "/components/securitySchemes/Key")
        assert found.also == (("equal scheme", Location("b.md", "/components/securitySchemes/Token")),)

    def test_m17_sections_in_the_specification_s_order_names_as_first_seen(self) -> None:
        a = fragment("a.md", "components: {securitySchemes: {K: {}}, schemas: {Z: {}, A: {}}, x-more: 1}")
        b = fragment("b.md", "components: {responses: {R: {}}, schemas: {A: {}, B: {}}}")
        components = merged(a, b)[0]["components"]
        assert list(components) == ["schemas", "responses", "securitySchemes", "x-more"]
        assert list(components["schemas"]) == ["Z", "A", "B"]

    def test_root_fields_come_in_the_specification_s_order(self) -> None:
        a = fragment("a.md", f"x-z: 1\nsecurity: []\nexternalDocs: {{url: u}}\n{JOB}\ntags: [{{name: T}}]")
        tree, _, _ = merged(a, fragment("b.md", f"{START}\nsecurity: []\nservers: [{{url: /}}]"))
        assert list(tree) == ["openapi", "info", "servers", "security", "tags", "paths", "externalDocs", "x-z"]


class TestEquality:
    @pytest.mark.parametrize(
        ("left", "right", "same"),
        [
            ({"required": ["a", "b"]}, {"required": ["b", "a"]}, True),
            ({"enum": ["a", 1]}, {"enum": [1, "a"]}, True),
            ({"type": ["string", "null"]}, {"type": ["null", "string"]}, True),
            ({"allOf": [{}, {"type": "object"}]}, {"allOf": [{"type": "object"}, {}]}, False),
            ({"minimum": 1}, {"minimum": 1.0}, True),
            ({"default": True}, {"default": 1}, False),
            ({"enum": ["1"]}, {"enum": [1]}, False),
            ({"description": "a"}, {"description": "b"}, False),
            ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ],
    )
    def test_m09_equality(self, left: Any, right: Any, same: bool) -> None:
        assert (fingerprint(left) == fingerprint(right)) is same

    @pytest.mark.parametrize(
        ("left", "right", "same"),
        [
            ({"description": "a", "x-note": 1, "examples": [1]}, {"title": "b"}, True),
            ({"deprecated": True}, {}, False),
            ({"x-job": {}}, {}, False),
            ({"properties": {"title": {"type": "string"}}}, {"properties": {"title": {}}}, False),
            ({"properties": {"description": {}}}, {"properties": {}}, False),
            ({"default": {"title": "a"}}, {"default": {"title": "b"}}, False),
            ({"properties": {"x-note": {}}}, {"properties": {}}, False),
            ({"responses": {"200": {"description": "a"}}}, {"responses": {"200": {"description": "b"}}}, True),
        ],
    )
    def test_m10_equality_without_texts(self, left: Any, right: Any, same: bool) -> None:
        assert (fingerprint(left, bare=True) == fingerprint(right, bare=True)) is same

    def test_m11_differences_are_pointers(self) -> None:
        left = {"a/b": {"type": "string"}, "allOf": [{}, {"minimum": 1}], "enum": [1, 2]}
        right = {"a/b": {"type": "object"}, "allOf": [{}, {"minimum": 2}], "enum": [1]}
        assert differences(left, right) == ["/a~1b/type", "/allOf/1/minimum", "/enum"]

    def test_m12_a_part_has_nothing_else(self) -> None:
        assert is_part_of({"allOf": [{"a": 1}]}, {"allOf": [{"a": 1, "b": 2}]})
        assert not is_part_of({"a": 1}, {"a": 1})
        assert not is_part_of({"a": 2}, {"a": 1, "b": 2})
