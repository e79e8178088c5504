"""Declarations that are one class, and what the names that were given before decide."""

from __future__ import annotations

from parsing import parsed

from clientsmith import ir
from clientsmith.translate.sharing import Shared, shared


def answering(name: str, fields: str) -> str:
    body = f"{{application/json: {{schema: {{properties: {{{fields}}}}}}}}}"
    return f"  /{name}:\n    get:\n      operationId: {name}\n      responses: {{'200': {{content: {body}}}}}\n"


def key(name: str) -> str:
    return f"#/paths/~1{name}/get/responses/200/content/application~1json/schema"


def of(*operations: str, locked: dict[str, str] | None = None, pinned: dict[str, str] | None = None) -> Shared:
    api, _ = parsed("paths:\n" + "".join(operations))
    return shared(api, {f"class:{k}": name for k, name in (locked or {}).items()}, pinned or {})


ID, NUMBER = "id: {type: string}", "id: {type: integer}"


def test_equal_answers_are_one_class() -> None:
    assert of(answering("a", ID), answering("b", ID), answering("c", NUMBER)).first == {key("b"): key("a")}


def test_true_is_not_one() -> None:
    assert not of(answering("a", "x: {const: true}"), answering("b", "x: {const: 1}")).first


def test_what_has_become_equal_is_one_class_whatever_the_lock_calls_it() -> None:
    found = of(answering("a", ID), answering("b", ID), locked={key("a"): "A", key("b"): "B"})
    assert (found.first, found.joined) == ({key("b"): key("a")}, {"B": key("a")})


def test_a_name_that_another_declaration_still_has_is_no_alias() -> None:
    names = {key("a"): "A", key("b"): "B", key("c"): "B"}
    found = of(answering("a", ID), answering("b", ID), answering("c", NUMBER), locked=names)
    assert (found.first, found.joined) == ({key("b"): key("a")}, {})


def test_a_pinned_name_stays_apart() -> None:
    assert not of(answering("a", ID), answering("b", ID), pinned={key("a"): "A", key("b"): "B"}).first


def test_what_has_joined_goes_with_the_name_in_the_lock() -> None:
    assert of(answering("a", ID), answering("b", ID), locked={key("b"): "B"}).first == {key("a"): key("b")}


def test_the_class_stays_with_most_when_one_leaves_its_shape() -> None:
    names = {key(name): "AResponse" for name in "abc"}
    found = of(answering("a", NUMBER), answering("b", ID), answering("c", ID), locked=names)
    assert found.first == {key("c"): key("b")}
    assert found.locked == {f"class:{key('b')}": "AResponse", f"class:{key('c')}": "AResponse"}


def test_a_sent_model_with_unset_is_not_a_received_one() -> None:
    schema = "{properties: {x: {type: [string, 'null']}}}"
    content = f"{{application/json: {{schema: {schema}}}}}"
    body = f"requestBody: {{content: {content}}}"
    assert not of(f"  /a:\n    post:\n      {body}\n      responses: {{'200': {{content: {content}}}}}\n").first


def test_a_model_that_contains_itself_is_read() -> None:
    below = f"$ref: '{key('a')}'"
    found = of(answering("a", f"x: {{{below}}}"), answering("b", f"x: {{{below}}}"))
    assert all(isinstance(one, ir.Model) for one in found.api.declarations.values())


def test_a_name_stays_with_what_has_a_class() -> None:
    schema = f"{{schema: {{type: object, properties: {{{ID}}}}}}}"
    body, answer = f"{{application/merge-patch+json: {schema}}}", f"{{application/json: {schema}}}"
    operation = f"{{operationId: a, requestBody: {{content: {body}}}, responses: {{'200': {{content: {answer}}}}}}}"
    api, _ = parsed(f"paths: {{/a: {{patch: {operation}}}}}")
    sent, received = sorted(api.declarations)
    assert shared(api, {f"class:{sent}": "A", f"class:{received}": "A"}, {}).locked == {f"class:{received}": "A"}


def test_a_component_that_the_lock_does_not_name_leaves_a_choice_as_open_as_it_was() -> None:
    components = f"components: {{schemas: {{Used: {{properties: {{{ID}}}}}, Unused: {{properties: {{{ID}}}}}}}}}\n"
    used = "#/components/schemas/Used"
    assert not of(answering("a", ID), components).first
    assert not of(answering("a", ID), components, locked={used: "Used", key("a"): "AResponse"}).first
