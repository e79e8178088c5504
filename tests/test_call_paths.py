"""Where operations are called: one small document a row, one rule each."""

from __future__ import annotations

import pytest

from clientsmith import ir
from clientsmith.translate.call_paths import call_paths


def operation(line: str) -> ir.Operation:
    """`GET /jobs/{id} getJob [Jobs]`: the id and the tag may be left out."""
    method, template, *rest = line.replace("[", " [").split(maxsplit=2)
    id_, _, tag = (rest[0] if rest else "").partition("[")
    path = tuple(part for piece in template.split("{") for part in piece.split("}"))
    address = f"#/paths/{template}/{method}"
    return ir.Operation(address, method, path, id=id_.strip() or None, tags=(tag.rstrip("]"),) if tag else ())


def calls(*lines: str) -> dict[str, str]:
    """What operations are called, by method and path."""
    operations = tuple(operation(line) for line in lines)
    paths = call_paths(ir.Api("t", "1", "", (), operations, {}, ()))
    return {
        f"{o.method} {o.template}": ".".join((*paths[o.address].groups, paths[o.address].method)) for o in operations
    }


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        # the path: static segments are resources, the method says what is done
        (["GET /v1/pets", "POST /v1/pets", "GET /v1/pets/{id}"], ["pets.list", "pets.create", "pets.get"]),
        (["PUT /pets/{id}", "DELETE /pets/{id}"], ["pets.update", "pets.delete"]),
        (["PUT /pets/{id}", "PATCH /pets/{id}", "POST /pets/{id}"], ["pets.replace", "pets.update", "pets.create"]),
        (["POST /pets/{id}"], ["pets.update"]),
        (["GET /api/v2/users/{id}/roles/{role}"], ["users.roles.get"]),
        (["~ /jobs", "PURGE /jobs"], ["jobs.call", "jobs.purge"]),
        (["GET /account/balance", "POST /account/balance"], ["account.balance.get", "account.balance.update"]),
        # the last segment is what is done
        (["POST /jobs/{id}/cancel"], ["jobs.cancel"]),
        (["POST /jobs/{id}/unarchive"], ["jobs.unarchive"]),
        (["POST /jobs/cancel/{id}"], ["jobs.cancel"]),
        (["PUT /me/player/play"], ["me.player.play"]),
        (["GET /users/search"], ["users.search"]),
        (["GET /search"], ["search"]),
        (["POST /sendVideo"], ["send_video"]),
        (["POST /remove-background [Images]"], ["images.remove_background"]),
        (["POST /scale"], ["scale.create"]),
        (["POST /projects/{id}:undelete"], ["projects.undelete"]),
        (["POST /cards/{id}/action action_a_card"], ["cards.action"]),
        (["POST /accounts/{id}/file_links"], ["accounts.file_links.create"]),
        # ids that are addresses; the name of the API in front goes
        (["GET /x repos/get", "GET /y repos/list-tags"], ["repos.get", "repos.list_tags"]),
        (["GET /a api.jobs.list", "POST /a/b api.jobs.steps.run"], ["jobs.list", "jobs.steps.run"]),
        (["GET /v1/app v1.app.list", "POST /v1/app v1.app.create"], ["app.list", "app.create"]),
        # the version of an API behind an id
        (["GET /hubs/{id} get_hubs_id_v2025.0", "POST /hubs post_hubs_v2025.0"], ["hubs.get", "hubs.create"]),
        # tags that are addresses
        (["GET /a list [agent > v1 > settings]"], ["agent.settings.list"]),
        # ids that say nothing
        (["GET /characters/{id}/assets get_characters_id_assets"], ["characters.assets.list"]),
        (["POST /stores post-createStore [Stores]"], ["stores.create"]),
        (["GET /jobs 3f2a9c4e5d6b7a8f9c0d1e2f"], ["jobs.list"]),
        (["POST /models register_model"], ["models.register"]),
        # two that are called alike: the plainer path, the newer version
        (["GET /me/orders listOrders [a.b]", "GET /orders listAll [a.b]"], ["a.b.list_orders", "a.b.list_all"]),
        (["GET /v1/jobs", "GET /v2/jobs"], ["jobs.list_all", "jobs.list"]),
        # keywords
        (["POST /import"], ["import_"]),
        (["GET /class/{id}"], ["class_.get"]),
        (["GET /"], ["get"]),
    ],
    ids=str,
)
def test_names(lines: list[str], names: list[str]) -> None:
    assert list(calls(*lines).values()) == names


def test_what_an_extension_or_a_sample_says() -> None:
    one = operation("GET /a/b")
    for naming, call in (
        (ir.Naming(("fineTuning", "jobs"), "retrieveAll"), (("fine_tuning", "jobs"), "retrieve_all")),
        (ir.Naming(sample=("images", "edit")), (("images",), "edit")),
    ):
        named = ir.Operation(one.address, one.method, one.path, naming=naming)
        found = call_paths(ir.Api("t", "1", "", (), (named,), {}, ()))[one.address]
        assert (found.groups, found.method) == call


def test_no_method_is_called_as_a_resource_beside_it() -> None:
    assert calls("POST /jobs/{id}/run", "GET /jobs/{id}/run/{step}", "GET /x jobs/run") == {
        "POST /jobs/{id}/run": "jobs.run.create",
        "GET /jobs/{id}/run/{step}": "jobs.run.get",
        "GET /x": "x.get",
    }
