"""Overlays: what an action changes in 1.0 and in 1.1, what is refused, and where changed parts come from."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from jsonpath import JSONPathEnvironment
from jsonpath.exceptions import JSONPathError

from clientsmith.diagnostics import Diagnostic, Location, Report, Severity
from clientsmith.load.document import Fragment, Provenance
from clientsmith.load.overlay import apply_overlay
from clientsmith.load.source import Source
from clientsmith.load.targets import selected_paths, simple_segments
from clientsmith.load.tree import is_array, is_object

NO_ACTIONS = "'actions' must be a list with at least one action"
NOT_ONE = "an action must have exactly one of 'update', 'copy' and 'remove'"


class Applied:
    """An overlay, given as YAML actions, applied to a document, given as YAML."""

    def __init__(self, document: str, actions: str, version: str = "1.1.0") -> None:
        self.before = yaml.safe_load(document)
        value = {"overlay": version, "info": {"title": "T", "version": "1"}, "actions": yaml.safe_load(actions)}
        self.run(value)

    def run(self, value: Any) -> None:
        self.overlay = Source("fix.yaml", "fix.yaml", None, "yaml", "", value, "d1")
        self.fragment = Fragment("api.yaml", self.before)
        self.provenance = Provenance()
        self.provenance.record("", self.fragment, "")
        self.report = Report()
        kept = copy.deepcopy((self.before, value))
        self.root = apply_overlay(self.before, self.overlay, self.report, self.provenance)
        assert (self.before, value) == kept
        # Provenance must name each place as it is afterwards, whatever was moved.
        self.places = {pointer: self.provenance.origin(pointer) for pointer in _pointers(self.root)}

    def only(self) -> Diagnostic:
        assert len(self.report.diagnostics) == 1, [(one.slug, one.message) for one in self.report.diagnostics]
        return self.report.diagnostics[0]

    def origin(self, pointer: str) -> tuple[str, str]:
        fragment, origin = self.places[pointer]
        return fragment.name, origin


class Raw(Applied):
    """A whole overlay value, well formed or not."""

    def __init__(self, value: Any) -> None:
        self.before = {"openapi": "3.1.0", "info": {"title": "T"}}
        self.run(value)


def _pointers(value: Any, pointer: str = "") -> list[str]:
    found = [pointer]
    if is_object(value):
        found += [each for key, child in value.items() for each in _pointers(child, f"{pointer}/{key}")]
    if is_array(value):
        found += [each for index, child in enumerate(value) for each in _pointers(child, f"{pointer}/{index}")]
    return found


DOCUMENT = """
info: {title: Acme, tags: [a, b]}
paths:
  jobs: {get: {tags: [Endpoints], summary: Old}}
  keys: {get: {tags: [Endpoints, Keys]}}
"""


class TestUpdate:
    def test_objects_merge_and_primitives_replace(self) -> None:
        applied = Applied(DOCUMENT, "[{target: $.paths.jobs, update: {get: {summary: New, x: [1]}, put: {y: 2}}}]")
        assert applied.root["paths"]["jobs"] == {
            "get": {"tags": ["Endpoints"], "summary": "New", "x": [1]},
            "put": {"y": 2},
        }
        assert not applied.report.diagnostics

    def test_what_does_not_change_is_shared(self) -> None:
        applied = Applied(DOCUMENT, "[{target: $.paths.jobs.get, update: {summary: New}}]")
        assert applied.root["paths"]["keys"] is applied.before["paths"]["keys"]
        assert applied.root["info"] is applied.before["info"]
        assert applied.root["paths"]["jobs"]["get"]["tags"] is applied.before["paths"]["jobs"]["get"]["tags"]

    def test_the_root_can_be_the_target(self) -> None:
        applied = Applied(DOCUMENT, "[{target: $, update: {info: {version: '2'}, x-jobs: {}}}]")
        assert applied.root["info"] == {"title": "Acme", "tags": ["a", "b"], "version": "2"}
        assert applied.root["x-jobs"] == {}

    def test_arrays_within_objects_are_concatenated(self) -> None:
        applied = Applied(DOCUMENT, "[{target: $.info, update: {tags: [c]}}]")
        assert applied.root["info"]["tags"] == ["a", "b", "c"]
        assert applied.origin("/info/tags/2") == ("fix.yaml", "/actions/0/update/tags/0")
        assert applied.origin("/info/tags/1") == ("api.yaml", "/info/tags/1")

    @pytest.mark.parametrize(
        ("version", "update", "expected"),
        [
            ("1.1.0", "[c, d]", ["a", "b", "c", "d"]),
            ("1.0.0", "[c, d]", ["a", "b", ["c", "d"]]),
            ("1.1.0", "c", ["a", "b", "c"]),
            ("1.0.0", "{c: 1}", ["a", "b", {"c": 1}]),
            ("1.1.0", "{c: 1}", ["a", "b", {"c": 1}]),
        ],
    )
    def test_an_array_as_target(self, version: str, update: str, expected: object) -> None:
        applied = Applied(DOCUMENT, f"[{{target: $.info.tags, update: {update}}}]", version)
        assert applied.root["info"]["tags"] == expected
        assert not applied.report.diagnostics

    def test_primitives_as_targets_came_with_1_1(self) -> None:
        actions = "[{target: \"$.paths.*.*.tags[?@ == 'Endpoints']\", update: Jobs}]"
        applied = Applied(DOCUMENT, actions)
        assert [item["get"]["tags"] for item in applied.root["paths"].values()] == [["Jobs"], ["Jobs", "Keys"]]
        assert applied.origin("/paths/keys/get/tags/0") == ("fix.yaml", "/actions/0/update")
        old = Applied(DOCUMENT, actions, "1.0.0")
        found = old.only()
        assert (found.slug, found.severity) == ("overlay-incompatible", Severity.ERROR)
        query = "$.paths.*.*.tags[?@ == 'Endpoints']"
        assert found.message == f"{query!r} selects a primitive, which Overlay 1.0 cannot change"
        assert found.hint == "write overlay: 1.1.0"
        assert old.root == old.before

    def test_actions_see_what_those_before_did(self) -> None:
        applied = Applied(DOCUMENT, "[{target: $.info, update: {x: {}}}, {target: $.info.x, update: {y: 1}}]")
        assert applied.root["info"]["x"] == {"y": 1}
        assert applied.origin("/info/x/y") == ("fix.yaml", "/actions/1/update/y")
        assert applied.origin("/info/x") == ("fix.yaml", "/actions/0/update/x")

    @pytest.mark.parametrize("version", ["1.0.0", "1.0.1", "1.1.0", "1.1.7"])
    def test_patch_versions_make_no_difference(self, version: str) -> None:
        assert not Applied(DOCUMENT, "[{target: $.info, update: {x: 1}}]", version).report.diagnostics


class TestRemove:
    def test_keys_and_members(self) -> None:
        applied = Applied(DOCUMENT, "[{target: $.paths.jobs, remove: true}, {target: '$.info.tags[0]', remove: true}]")
        assert applied.root == {
            "info": {"title": "Acme", "tags": ["b"]},
            "paths": {"keys": {"get": {"tags": ["Endpoints", "Keys"]}}},
        }
        assert applied.origin("/info/tags/0") == ("api.yaml", "/info/tags/1")

    def test_several_members_of_one_list(self) -> None:
        applied = Applied("{a: [{n: 0}, {n: 1}, {n: 2}, {n: 3}]}", "[{target: '$.a[?@.n != 1]', remove: true}]")
        assert applied.root == {"a": [{"n": 1}]}
        assert applied.origin("/a/0/n") == ("api.yaml", "/a/1/n")

    def test_members_behind_the_tenth(self) -> None:
        applied = Applied(json.dumps({"a": list(range(12))}), "[{target: '$.a[?@ >= 2]', remove: true}]")
        assert applied.root == {"a": [0, 1]}

    def test_members_behind_a_removed_one_keep_their_origin(self) -> None:
        actions = "[{target: '$.a[1]', update: {y: 1}}, {target: '$.a[0]', remove: true}]"
        applied = Applied("{a: [{n: 0}, {n: 1}, {n: 2}]}", actions)
        assert applied.root == {"a": [{"n": 1, "y": 1}, {"n": 2}]}
        assert applied.origin("/a/0/y") == ("fix.yaml", "/actions/0/update/y")
        assert applied.origin("/a/0/n") == ("api.yaml", "/a/1/n")
        assert applied.origin("/a/1/n") == ("api.yaml", "/a/2/n")

    def test_a_node_and_one_below_it(self) -> None:
        assert Applied("{a: {b: {b: 1}}, c: 1}", "[{target: $..b, remove: true}]").root == {"a": {}, "c": 1}

    def test_remove_wins_over_update(self) -> None:
        applied = Applied(DOCUMENT, "[{target: $.paths.jobs, remove: true, update: {x: 1}}]")
        assert "jobs" not in applied.root["paths"]

    def test_remove_false_is_no_removal(self) -> None:
        applied = Applied(DOCUMENT, "[{target: $.paths.jobs, remove: false, update: {x: 1}}]")
        assert applied.root["paths"]["jobs"]["x"] == 1

    def test_the_whole_cannot_be_removed(self) -> None:
        found = Applied(DOCUMENT, "[{target: $, remove: true}]").only()
        assert (found.slug, found.message) == ("overlay-incompatible", "the whole document cannot be removed")
        assert (found.location, found.also) == (
            Location("fix.yaml", "/actions/0"),
            (("selected node", Location("api.yaml", "")),),
        )

    def test_primitives_cannot_be_removed_in_1_0(self) -> None:
        found = Applied(DOCUMENT, "[{target: $.info.title, remove: true}]", "1.0.0").only()
        assert (found.slug, found.also) == (
            "overlay-incompatible",
            (("selected node", Location("api.yaml", "/info/title")),),
        )


class TestCopy:
    def test_an_object_is_merged(self) -> None:
        applied = Applied(DOCUMENT, "[{target: $.paths.keys, copy: $.paths.jobs}]")
        assert applied.root["paths"]["keys"]["get"] == {"tags": ["Endpoints", "Keys", "Endpoints"], "summary": "Old"}
        assert applied.origin("/paths/keys/get/summary") == ("fix.yaml", "/actions/0/copy/get/summary")

    def test_a_path_can_be_renamed(self) -> None:
        actions = """
        - {target: $.paths, update: {tasks: {}}}
        - {target: $.paths.tasks, copy: $.paths.jobs}
        - {target: $.paths.jobs, remove: true}
        - {target: $.paths.tasks.get, update: {summary: New}}
        """
        applied = Applied(DOCUMENT, actions)
        assert applied.root["paths"]["tasks"] == {"get": {"tags": ["Endpoints"], "summary": "New"}}
        assert list(applied.root["paths"]) == ["keys", "tasks"]

    @pytest.mark.parametrize(
        ("source", "slug", "message"),
        [
            ("$.paths.none", "overlay-dead-target", "'$.paths.none' selects nothing"),
            ("$.paths.*", "overlay-incompatible", "'$.paths.*' selects 2 nodes instead of one"),
            ("paths", "overlay-invalid", "'paths' is not a JSONPath (RFC 9535): "),
        ],
    )
    def test_the_source_is_one_node(self, source: str, slug: str, message: str) -> None:
        applied = Applied(DOCUMENT, f"[{{target: $.info, copy: '{source}'}}]")
        assert applied.only().slug == slug
        assert applied.only().message.startswith(message)
        assert applied.root == applied.before


class TestFindings:
    def test_dead_target(self) -> None:
        found = Applied(DOCUMENT, "[{target: $.paths.jobs.post.tags, update: [x]}]").only()
        assert (found.slug, found.severity) == ("overlay-dead-target", Severity.ERROR)
        assert found.message == "'$.paths.jobs.post.tags' selects nothing"
        assert found.location == Location("fix.yaml", "/actions/0/target")
        assert found.also == (("the last part that exists", Location("api.yaml", "/paths/jobs")),)
        assert found.hint == "'$.paths.jobs' exists, but '.post' selects nothing in it"

    @pytest.mark.parametrize("actions", ["remove: true", "update: {a: 1}", "copy: $.info"])
    def test_dead_target_allowed(self, actions: str) -> None:
        applied = Applied(DOCUMENT, f"[{{target: $.nothing, x-allow-empty: true, {actions}}}]")
        assert applied.root is applied.before
        assert not applied.report.diagnostics

    @pytest.mark.parametrize(
        ("target", "update", "message", "pointer", "there"),
        [
            (
                "$.info",
                "{title: {a: 1}}",
                "cannot merge an object into a primitive",
                "/title",
                "/title",
            ),
            ("$.info", "{tags: x}", "cannot merge a primitive into an array", "/tags", "/tags"),
            ("$.info", "[1]", "cannot merge an array into an object", "", ""),
            ("$.info.title", "[1]", "cannot merge an array into a primitive", "", "/title"),
            ("$.info", "null", "cannot merge a primitive into an object", "", ""),
        ],
    )
    def test_incompatible(self, target: str, update: str, message: str, pointer: str, there: str) -> None:
        applied = Applied(DOCUMENT, f"[{{target: {target}, update: {update}}}]")
        found = applied.only()
        assert (found.slug, found.severity, found.message) == ("overlay-incompatible", Severity.ERROR, message)
        assert found.location == Location("fix.yaml", f"/actions/0/update{pointer}")
        assert found.also == (("selected node", Location("api.yaml", f"/info{there}")),)
        assert applied.root == applied.before

    def test_targets_of_several_kinds(self) -> None:
        found = Applied(DOCUMENT, "[{target: $.info.*, update: x}]").only()
        assert (found.slug, found.message) == (
            "overlay-incompatible",
            "'$.info.*' selects both arrays and primitives",
        )

    def test_an_action_with_an_error_is_left_out_the_others_are_applied(self) -> None:
        applied = Applied(DOCUMENT, "[{target: $.gone, update: {}}, {target: $.info, update: {x: 1}}, {target: 5}]")
        assert applied.root["info"]["x"] == 1
        assert [one.slug for one in applied.report.diagnostics] == ["overlay-dead-target", "overlay-invalid"]

    @pytest.mark.parametrize(
        "action",
        [
            "{target: $.info.title, update: Acme}",
            "{target: $.info, update: {}}",
            "{target: $.info, update: {title: Acme}}",
        ],
    )
    def test_noop(self, action: str) -> None:
        applied = Applied(DOCUMENT, f"[{action}]")
        found = applied.only()
        assert (found.slug, found.severity) == ("overlay-noop", Severity.WARNING)
        assert found.message.startswith("the action for '$.info")
        assert found.location == Location("fix.yaml", "/actions/0")
        assert found.hint == "remove the action if the provider has made the correction"
        assert applied.root is applied.before

    def test_true_is_not_one(self) -> None:
        applied = Applied("{a: 1}", "[{target: $.a, update: true}]")
        assert applied.root["a"] is True
        assert not applied.report.diagnostics

    @pytest.mark.parametrize(
        ("value", "slug", "message", "pointer"),
        [
            ([], "overlay-invalid", "not an overlay: the field 'overlay' is missing", ""),
            ({"openapi": "3.1.0"}, "overlay-invalid", "not an overlay: the field 'overlay' is missing", ""),
            ({"overlay": "1.2.0", "actions": []}, "unsupported-version", "Overlay 1.2.0 is not supported", "/overlay"),
            ({"overlay": "1.1.0"}, "overlay-invalid", NO_ACTIONS, "/actions"),
            ({"overlay": "1.1.0", "actions": []}, "overlay-invalid", NO_ACTIONS, "/actions"),
        ],
    )
    def test_invalid_overlay(self, value: Any, slug: str, message: str, pointer: str) -> None:
        applied = Raw(value)
        found = applied.only()
        assert (found.slug, found.severity, found.message) == (slug, Severity.ERROR, message)
        assert found.location == Location("fix.yaml", pointer)
        assert applied.root is applied.before

    def test_unknown_field_of_the_overlay(self) -> None:
        value = {"overlay": "1.1.0", "action": [], "x-a": 1, "actions": [{"target": "$.info", "update": {"x": 1}}]}
        found = Raw(value).only()
        assert (found.message, found.location.pointer) == ("unknown field 'action'", "/action")

    @pytest.mark.parametrize(
        ("version", "action", "message"),
        [
            ("1.1.0", "text", "an action must be a mapping"),
            ("1.1.0", "{update: {}}", "'target' must be a JSONPath, as a string"),
            ("1.1.0", "{target: $.info, updates: {}}", "unknown field 'updates' of an action"),
            ("1.1.0", "{target: $.info, remove: 'yes'}", "'remove' must be true or false"),
            ("1.0.0", "{target: $.info, copy: $.paths}", "'copy' needs Overlay 1.1, but this overlay has version 1.0"),
            ("1.1.0", "{target: $.info, copy: 1}", "'copy' must be a JSONPath, as a string"),
            ("1.1.0", "{target: $.info}", NOT_ONE),
            ("1.1.0", "{target: $.info, update: {}, copy: $.info}", NOT_ONE),
        ],
    )
    def test_invalid_action(self, version: str, action: str, message: str) -> None:
        found = Applied(DOCUMENT, f"[{action}]", version).only()
        assert (found.slug, found.severity, found.message) == ("overlay-invalid", Severity.ERROR, message)
        assert found.location == Location("fix.yaml", "/actions/0")

    @pytest.mark.parametrize("query", ["info", "$.info[", "$.info[?(", "$.info.~tags", "$..[?@.a=~/x/]"])
    def test_only_rfc_9535(self, query: str) -> None:
        found = Applied(DOCUMENT, json.dumps([{"target": query, "update": {}}])).only()
        assert found.slug == "overlay-invalid"
        assert found.message.startswith(f"{query!r} is not a JSONPath (RFC 9535): ")
        assert "\n" not in found.message
        assert found.location == Location("fix.yaml", "/actions/0/target")

    def test_extends_is_not_read(self) -> None:
        value = {
            "overlay": "1.1.0",
            "extends": "https://unreachable.invalid/openapi.yaml",
            "actions": [{"target": "$.info", "update": {"x": 1}}],
        }
        assert not Raw(value).report.diagnostics


KEYS = ("paths", "/jobs/{id}", "get", "a b", "é", "日本", "0", "_x", "-", "'", '"', "", "\\", "\n", "x-job", "true")
TREES = st.recursive(
    st.none() | st.integers(0, 1) | st.sampled_from(["x", "", "get"]),
    lambda trees: st.lists(trees, max_size=3) | st.dictionaries(st.sampled_from(KEYS), trees, max_size=4),
    max_leaves=12,
)
SEGMENTS = st.sampled_from(
    [
        *(segment for key in KEYS for segment in (f".{key}", f"['{key}']", f'["{key}"]')),
        *("[0]", "[1]", "[-1]", "[01]", "[ 0]", "[9007199254740991]", "[9007199254740992]"),
        *("[*]", ".*", "..get", "[0:1]", " .get", "['get','0']", "['get' , \"get\"]", "[0,1]", "['']"),
        *("[?@ == 'x']", "[?@=='']", "[?@.get=='x']", '[?@.get == "x"]', "[?@.get]", "[?@ == 1]", "[?@.get=='x' ]"),
    ]
)


class TestSimpleTargets:
    @given(TREES, st.lists(SEGMENTS, max_size=4).map("".join))
    @example({"get": "x"}, ".get[0]")
    @example([{"0": 1}], "[0]['0']")
    @example({"get": None}, "['get', 'get']")
    def test_the_library_selects_the_same(self, root: Any, segments: str) -> None:
        query = f"${segments}"
        if simple_segments(query) is None:
            return
        matches = JSONPathEnvironment(strict=True).finditer(query, root)
        assert selected_paths(query, root) == list(dict.fromkeys(tuple(match.parts) for match in matches))

    @given(st.text(alphabet="$.[]'\"ab01-_*?@=, é\\", max_size=10))
    def test_what_the_library_refuses_is_not_simple(self, query: str) -> None:
        try:
            JSONPathEnvironment(strict=True).compile(query)
        except (JSONPathError, ValueError):
            assert simple_segments(query) is None

    @pytest.mark.parametrize(
        ("query", "simple"),
        [
            ("$", True),
            ("$.paths['/jobs/{id}'].get", True),
            ('$["paths"][0].get', True),
            ("$.é", False),
            ("$.paths['/jobs', '/keys'].*", True),
            ("$.paths[*].get.parameters[?@.name == 'id']", True),
            ("$.x-job", False),
            ("$['it\\'s']", False),
            ("$..get", False),
            ("$.tags[-1]", False),
            ("$.tags[?@.a]", False),
            ("paths", False),
        ],
    )
    def test_what_is_simple(self, query: str, simple: bool) -> None:
        assert (simple_segments(query) is not None) == simple


class TestHostileQueries:
    @pytest.mark.parametrize("target", ["$.paths[" + "9" * 6000 + "]", "$" + "[?(" * 2000, "$[", "x"])
    def test_what_the_library_cannot_read_is_invalid(self, target: str) -> None:
        found = Raw({"overlay": "1.1.0", "actions": [{"target": target, "update": {}}]}).only()
        assert (found.slug, found.location.pointer) == ("overlay-invalid", "/actions/0/target")

    def test_an_empty_target_is_invalid(self) -> None:
        found = Raw({"overlay": "1.1.0", "actions": [{"target": "", "update": {}}]}).only()
        assert (found.slug, found.message) == ("overlay-invalid", "'target' must be a JSONPath, as a string")

    def test_a_source_is_copied_into_itself(self) -> None:
        action = "{target: $.info.a, copy: $.info}"
        applied = Applied("info: {a: {b: 1}}", f"[{action}, {action}]")
        assert applied.root == {"info": {"a": {"b": 1, "a": {"b": 1, "a": {"b": 1}}}}}
        assert applied.report.diagnostics == []

    def test_a_copy_is_independent_of_its_source(self) -> None:
        change, copied = "{target: $.info.a, update: {c: 2}}", "{target: $.info.d, copy: $.info.a}"
        applied = Applied("info: {a: {b: 1}, d: {}}", f"[{change}, {copied}, {change.replace('c: 2', 'e: 3')}]")
        assert applied.root == {"info": {"a": {"b": 1, "c": 2, "e": 3}, "d": {"b": 1, "c": 2}}}
