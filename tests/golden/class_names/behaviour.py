from __future__ import annotations

from class_names import Client
from class_names.models import AdminOrder, GetUserResponse, GetUserResponseNote, ModelsOrder, Note, PageUser, User
from golden_server import Answer, Script


def check_classes(server: Script) -> None:
    user = {"state": "on", "order": {"id": "a"}, "first": {"id": 1}}
    server.script(
        Answer(200, {"user": user, "note": {"text": "t", "author": {"text": "u"}}}),
        Answer(200, {"items": [user]}),
    )
    with Client(base_url=server.url) as client:
        found = client.users.get("1", view="full")
        page = client.orders.list()
    expected = User(state="on", order=ModelsOrder(id="a"), first=AdminOrder(id=1))
    assert found == GetUserResponse(user=expected, note=GetUserResponseNote(text="t", author=Note(text="u")))
    assert page == PageUser(items=[expected])
