"""What classes are called where a document has names that no person has written, and what stays as it is."""

from __future__ import annotations

import dataclasses
import random
from functools import cache
from pathlib import Path

import pytest
from parsing import parsed

from clientsmith import ir
from clientsmith.cli import main
from clientsmith.diagnostics import Location, Report
from clientsmith.pipeline import api as api_of
from clientsmith.project.settings import Provider
from clientsmith.translate import Settings, translate
from clientsmith.translate.short_names import LONGEST_CLASS, short_names
from clientsmith.translate.written_keys import GeneratedNames, ends_of, words_of_operations

GOLDENS = sorted((Path(__file__).parent / "golden").glob("*/spec.yaml"))


def origins(
    api: ir.Api, pinned: dict[str, str] | None = None, locked: dict[str, str] | None = None
) -> dict[str, tuple[str, str]]:
    """Name and what decided it, by address."""
    settings = Settings("acme", pinned=pinned or {}, locked=locked or {})
    package = translate(api, settings, Report(), lambda address: Location("spec.yaml", address))
    return {row.address: (row.name, row.origin) for row in package.class_origins}


# ------------------------------------------------------------------------------------------------------- namespaces


def test_the_last_part_is_the_name_where_it_is_unique() -> None:
    keys = ["Acme.Web.Models.User", "Acme.Web.Models.Order", "Acme.Admin.Order", "Acme.Orders.Request"]
    assert list(ends_of(keys).values()) == ["User", "ModelsOrder", "AdminOrder", "OrdersRequest"]


def test_an_argument_of_a_generic_type_keeps_its_last_part() -> None:
    keys = ["Acme.Models.Page_Acme.Models.User_", "Acme.Models.Page_System.String_", "Acme.Models.User"]
    assert list(ends_of(keys).values()) == ["PageUser", "PageString", "User"]


def test_no_name_of_another_component_is_taken() -> None:
    keys = ["acme.models.User", "acme.models.Job", "acme.admin.Log", "User"]
    assert [*ends_of(keys).values()] == ["ModelsUser", "Job", "Log"]


@pytest.mark.parametrize(
    "keys",
    [
        ["checkout.session", "tax.rate", "billing.meter"],  # groups, not one namespace
        ["Event.shown", "Event.hidden", "Event.moved", *(f"Plain{letter}" for letter in "abcdefg")],  # a few of many
        ["acme.User", "acme.Job"],
    ],
)
def test_groups_stay(keys: list[str]) -> None:
    assert ends_of(keys) == {}


def test_a_sibling_changes_no_other_name() -> None:
    keys = [f"acme.{group}.{name}" for group in ("models", "admin") for name in ("User", "Job", f"{group}Log")]
    before = ends_of(keys)
    after = ends_of([*keys, "acme.models.Page"])
    assert {key: after[key] for key in keys} == before


# --------------------------------------------------------------------------------------------------- generated names

PATHS = """
paths:
  /api/v1/users/{id}: {get: {responses: {}}}
  /files: {post: {responses: {}}}
  /user: {get: {responses: {}}}
"""


@pytest.mark.parametrize(
    ("text", "generated"),
    [
        ("GetApiV1UsersIdResponse200", True),
        ("V1UsersIdGetParametersSort", True),
        ("Body_upload_file_files_post", True),
        ("Response Upload File Files Post", True),
        ("X3f2a9c41d07be85", True),
        ("a3bb189e-8bf9-3888-9912-ace4e6543002", True),
        ("inline_response_200_3", True),
        ("InlineObject", True),
        ("GetUserResponse", False),
        ("PostFiles", False),
        ("DeadBeef", False),
        ("Address2", False),
        ("Facade", False),
        ("Body", False),
    ],
)
def test_what_a_generator_made(text: str, generated: bool) -> None:
    api, _ = parsed(PATHS)
    assert GeneratedNames(api, []).is_generated(text) == generated


def test_a_number_counts_beside_its_namesake_only() -> None:
    api, _ = parsed(PATHS)
    names = GeneratedNames(api, ["Job", "Job_1", "Pay_2", "Run1", "Run"])
    assert [key for key in ("Job", "Job_1", "Pay_2", "Run1") if names.is_counted(key)] == ["Job_1"]


@pytest.mark.parametrize(
    ("path", "method", "id_", "words"),
    [
        ("/api/v1/users/{id}", "get", "GetApiV1UsersId", "GetUser"),
        ("/users/{userId}", "get", "getUser", "getUser"),
        ("/users", "get", "list_users_users_get", "list users"),
        ("/users", "get", "list_1", "ListUsers"),
        ("/users", "get", "8f14e45fceea167a5a36dedd4bea2543", "ListUsers"),
        ("/user", "get", "getUser", "getUser"),
    ],
)
def test_words_of_an_operation(path: str, method: str, id_: str, words: str) -> None:
    api, _ = parsed(f"paths: {{'{path}': {{{method}: {{operationId: {id_!r}, responses: {{}}}}}}}}")
    assert list(words_of_operations(api.operations).values()) == [words]


def test_what_all_ids_begin_with_is_left_out() -> None:
    api, _ = parsed(
        """
        paths:
          /jobs:
            get: {operationId: com.acme.rest.Jobs.list, responses: {}}
            post: {operationId: com.acme.rest.Jobs.create, responses: {}}
          /logs: {get: {operationId: com.acme.rest.Logs.list, responses: {}}}
        """
    )
    assert set(words_of_operations(api.operations).values()) == {"JobsList", "JobsCreate", "LogsList"}


def component(name: str, used: int) -> ir.Api:
    answer = f"{{content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}"
    paths = "".join(
        f"  /jobs{number}: {{get: {{operationId: read{number}, responses: {{'200': {answer}}}}}}}\n"
        for number in range(used)
    )
    fields = "{a: {enum: [x]}, b: {$ref: '#/components/schemas/Job'}}"
    schemas = f"{{{name}: {{properties: {fields}}}, Job: {{properties: {{c: {{type: string}}}}}}}}"
    return parsed(f"paths:\n{paths}components: {{schemas: {schemas}}}")[0]


def test_a_hash_is_called_by_its_first_place() -> None:
    found = origins(component("X3f2a9c41d07be85", 2))
    assert found["#/components/schemas/X3f2a9c41d07be85"] == ("Read0Response", "place")
    assert found["#/components/schemas/X3f2a9c41d07be85/properties/a"] == ("Read0ResponseA", "place")


def test_a_numbered_component_is_called_by_its_only_place() -> None:
    assert origins(component("Job_1", 1))["#/components/schemas/Job_1"] == ("Read0Response", "place")
    assert origins(component("Job_1", 2))["#/components/schemas/Job_1"] == ("Job1", "component")


def test_what_is_within_a_hash_is_called_by_the_place_of_that() -> None:
    api, _ = parsed(
        """
        paths:
          /jobs: {get: {operationId: read, responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/X3f2a9c41d07be85'}}}}}}}
        components:
          schemas:
            X3f2a9c41d07be85: {properties: {kind: {properties: {note: {$ref: '#/components/schemas/Y3f2a9c41d07be85'}}}}}
            Y3f2a9c41d07be85: {properties: {text: {type: string}}}
        """  # noqa: E501 (one operation a line)
    )
    assert {name for name, _ in origins(api).values()} == {"ReadResponse", "ReadResponseKind", "ReadResponseKindNote"}


def test_pins_and_the_lock_are_stronger() -> None:
    api, address = component("X3f2a9c41d07be85", 1), "#/components/schemas/X3f2a9c41d07be85"
    assert origins(api, pinned={address: "Mine"})[address] == ("Mine", "pin")
    assert origins(api, locked={f"class:{address}": "X3f2a9c41d07be85"})[address] == ("X3f2a9c41d07be85", "lock")


def test_what_decided_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    spec = Path(__file__).parent / "golden/class_names/spec.yaml"
    assert main(["explain", "--spec", str(spec), "--names"]) == 0
    methods, classes = capsys.readouterr().out.strip().split("\n\n")
    assert methods.splitlines()[0].split() == ["orders.list", "GET", "/api/v1/orders", "path"]
    decided = {line.split()[0]: line.split()[-1] for line in classes.splitlines()}
    assert decided["Note"] == "component"
    assert decided["User"] == "component-end"
    assert decided["GetUserResponse"] == "place"
    assert decided["OrdersRequestVerificationOfBankAccounts"] == "short"


# ---------------------------------------------------------------------------------------------------------- long names

LONG = ("payment_intent_resource", "payment_method_options_resource", "verification_of_bank_accounts")


def test_words_that_say_little_go_first() -> None:
    parts = {"a": ("TreasuryFinancialAccountsResource", "restrictions", "outbound_flow"), "b": LONG}
    assert short_names(parts, ()) == {
        "a": "TreasuryFinancialAccountsRestrictionsOutboundFlow",
        "b": "PaymentIntentResourceVerificationOfBankAccounts",
    }


def test_two_that_would_be_one_are_none_of_it() -> None:
    parts = {"a": (*LONG, "State"), "b": (LONG[0], "other_method_options_resource", *LONG[2:], "State")}
    found = short_names(parts, ())
    assert len(set(found.values())) == 2
    assert found == short_names(dict(reversed(parts.items())), ())


def test_no_name_of_another_class_is_given() -> None:
    [first] = short_names({"a": LONG}, ()).values()
    [second] = short_names({"a": LONG}, {first}).values()
    assert first != second
    assert max(len(first), len(second)) <= LONGEST_CLASS


def test_no_word_is_cut() -> None:
    assert short_names({"a": ("x" * 80,), "b": ("Job", "y" * 80)}, ()) == {}


# ------------------------------------------------------------------------------------------------------- the document


@cache
def golden(path: Path) -> ir.Api:
    return api_of(Provider.for_spec([path], "acme"), Report())


@pytest.mark.parametrize("path", GOLDENS, ids=[path.parent.name for path in GOLDENS])
def test_nothing_but_the_document_counts(path: Path) -> None:
    api = golden(path)
    found = origins(api)
    assert len({name for name, _ in found.values()}) == len(found)
    keys = list(api.declarations)
    random.Random(1).shuffle(keys)
    shuffled = dataclasses.replace(
        api,
        declarations={key: api.declarations[key] for key in keys},
        operations=tuple(reversed(api.operations)),
    )
    assert origins(shuffled) == found
