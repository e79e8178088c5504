"""`clientsmith names --like`: what is read of an SDK's source, what matches an API, and what is written."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

import pytest

from clientsmith.cli import main
from clientsmith.project.pins import with_pins
from clientsmith.sdks import Sdk, SdkError, pins_like, read_sdk
from clientsmith.view import NameOrigin

STAINLESS = {
    "__init__.py": "from ._client import Acme, AsyncAcme\n",
    "_client.py": """
from __future__ import annotations
from typing import TYPE_CHECKING
from ._compat import cached_property
from ._base import SyncAPIClient
if TYPE_CHECKING:
    from .resources.files import Files
    from .resources.chat.chat import Chat, AsyncChat
class Acme(SyncAPIClient):
    @cached_property
    def files(self) -> Files:
        from .resources.files import Files
        return Files(self)
    @cached_property
    def chat(self) -> Chat:
        from .resources import chat
        return chat.Chat(self)
    @cached_property
    def with_raw_response(self) -> AcmeWithRawResponse:
        return AcmeWithRawResponse(self)
class AcmeWithRawResponse:
    def __init__(self, client: Acme) -> None:
        self.files = client.files
class AsyncAcme(SyncAPIClient):
    @cached_property
    def chat(self) -> AsyncChat:
        from .resources.chat.chat import AsyncChat
        return AsyncChat(self)
""",
    "resources/__init__.py": "",
    "resources/files.py": """
from .._utils import path_template
from .._resource import SyncAPIResource
class Files(SyncAPIResource):
    def create(self, *, file: bytes) -> object:
        headers = self.headers.get("accept")
        return self._post("/files", body={"file": file})
    def list(self) -> object:
        return self._get_api_list("/files", page=SyncPage[File], model=File)
    def retrieve(self, file_id: str) -> object:
        return self._get(path_template("/files/{file_id}", file_id=file_id))
    def delete(self, file_id: str) -> object:
        return self._delete(f"/files/{file_id}")
    def wait(self, file_id: str) -> object:
        return self.retrieve(file_id)
""",
    "resources/chat/__init__.py": "from .chat import AsyncChat, Chat\n",
    "resources/chat/chat.py": """
from ..._resource import SyncAPIResource, AsyncAPIResource
from .completions import Completions
class Chat(SyncAPIResource):
    @cached_property
    def completions(self) -> Completions:
        return Completions(self._client)
class AsyncChat(AsyncAPIResource):
    async def ask(self) -> object:
        return await self._post("/chat/completions")
""",
    "resources/chat/completions.py": """
from ..._resource import SyncAPIResource
class Completions(SyncAPIResource):
    def parse(
        self, *, model: str
    ) -> object:
        return self._post("/chat/completions", body={})
    def create(self, *, model: str) -> object:
        return self._post(
            "/chat/completions" if self._client._overridden else "https://api.acme.example/v1/chat/completions",
            body={},
        )
""",
}

FERN = {
    "__init__.py": "from .client import Acme\n",
    "client.py": """
from .base_client import BaseAcme
class Acme(BaseAcme):
    pass
""",
    "base_client.py": """
import typing
if typing.TYPE_CHECKING:
    from .voices.client import VoicesClient
class BaseAcme:
    def __init__(self, *, api_key: str) -> None:
        self._client_wrapper = SyncClientWrapper(api_key=api_key)
        self._voices: typing.Optional[VoicesClient] = None
    @property
    def voices(self):
        if self._voices is None:
            from .voices.client import VoicesClient
            self._voices = VoicesClient(client_wrapper=self._client_wrapper)
        return self._voices
""",
    "voices/__init__.py": "",
    "voices/client.py": """
from .raw_client import AsyncRawVoicesClient, RawVoicesClient
class VoicesClient:
    def __init__(self, *, client_wrapper: SyncClientWrapper):
        self._raw_client = RawVoicesClient(client_wrapper=client_wrapper)
    @property
    def with_raw_response(self) -> RawVoicesClient:
        return self._raw_client
    def get_all(self) -> object:
        return self._raw_client.get_all().data
    def search(self) -> object:
        with self._raw_client.search() as response:
            yield from response.data
    def delete(self, voice_id: str) -> object:
        return self._raw_client.delete(voice_id).data
""",
    "voices/raw_client.py": """
class RawVoicesClient:
    def __init__(self, *, client_wrapper: SyncClientWrapper):
        self._client_wrapper = client_wrapper
    def get_all(self) -> object:
        return self._client_wrapper.httpx_client.request("v1/voices", method="GET", params={})
    def search(self) -> object:
        def stream():
            with self._client_wrapper.httpx_client.stream("v2/voices", method="GET") as response:
                yield response
        yield stream()
    def delete(self, voice_id: str) -> object:
        return self._client_wrapper.httpx_client.request(f"v1/voices/{jsonable_encoder(voice_id)}", method="DELETE")
""",
}

SPEAKEASY = {
    "__init__.py": "from .sdk import *\n",
    "sdk.py": """
from .basesdk import BaseSDK
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from acme.users_sdk import UsersSDK
class Acme(BaseSDK):
    users: "UsersSDK"
    _sub_sdk_map = {"users": ("acme.users_sdk", "UsersSDK")}
    def __init__(self, token: str) -> None:
        self.token = token
""",
    "users_sdk.py": """
from .basesdk import BaseSDK
from acme.admin import Admin
class UsersSDK(BaseSDK):
    def __init__(self, config) -> None:
        self.admin = Admin(config)
    def get(self, *, user_id: str) -> object:
        request = self._build_request(method="GET", path="/users/{user_id}", base_url=None)
        return self.do_request(request)
    async def get_async(self, *, user_id: str) -> object:
        request = self._build_request_async(method="GET", path="/users/{user_id}", base_url=None)
""",
    "admin.py": """
class Admin:
    def ban(self, user_id):
        return self._build_request(method="POST", path="/users/{user_id}/ban", base_url=None)
""",
}

SERVICES = {
    "__init__.py": "from acme._client import AcmeClient as AcmeClient\n",
    "_client.py": """
from acme._services import V1Services
class AcmeClient(object):
    def __init__(self, key):
        self.v1 = V1Services(key)
    @property
    def accounts(self):
        return self.v1.accounts
""",
    "_services.py": """
class V1Services:
    accounts: "AccountService"
    def __getattr__(self, name):
        return None
""",
    "_account_service.py": """
class AccountService:
    def retrieve(self, account):
        return cast(
            "Account",
            self._request("get", "/v1/accounts/{account}".format(account=sanitize_id(account)), base_address="api"),
        )
    def reject(self, account):
        url = "/v1/accounts/%s/reject" % account
        return self._request("post", url)
    def content(self, account):
        url = "".join([self.session.base_url, "/v1/accounts/", account, "/content"])
        return self.fetch(Options(url=url, method="GET"))
""",
}


def source(folder: Path, files: dict[str, str], name: str = "acme") -> Path:
    for path, text in files.items():
        (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / name / path).write_text(text, encoding="utf-8")
    return folder / name


def first_calls(package: Path) -> dict[str, str]:
    return {" ".join(request): paths[0] for request, paths in read_sdk(str(package)).calls.items()}


@pytest.mark.parametrize(
    ("files", "calls"),
    [
        (
            STAINLESS,
            {
                "POST /files": "files.create",
                "GET /files": "files.list",
                "GET /files/{}": "files.retrieve",
                "DELETE /files/{}": "files.delete",
                "POST /chat/completions": "chat.completions.create",
            },
        ),
        (
            FERN,
            {
                "GET /v1/voices": "voices.get_all",
                "GET /v2/voices": "voices.search",
                "DELETE /v1/voices/{}": "voices.delete",
            },
        ),
        (SPEAKEASY, {"GET /users/{}": "users.get", "POST /users/{}/ban": "users.admin.ban"}),
        (
            SERVICES,
            {
                "GET /v1/accounts/{}": "accounts.retrieve",
                "POST /v1/accounts/{}/reject": "accounts.reject",
                "GET /v1/accounts/{}/content": "accounts.content",
            },
        ),
    ],
    ids=["cached properties", "raw clients", "built requests", "services"],
)
def test_each_shape(tmp_path: Path, files: dict[str, str], calls: dict[str, str]) -> None:
    assert first_calls(source(tmp_path, files)) == calls


def test_an_sdk_in_a_folder_above(tmp_path: Path) -> None:
    assert first_calls(source(tmp_path / "src", SERVICES).parent) == first_calls(tmp_path / "src" / "acme")


def test_an_asynchronous_sdk(tmp_path: Path) -> None:
    files = {"__init__.py": "class Acme:\n    async def find(self):\n        return await self._get('/things')\n"}
    assert first_calls(source(tmp_path, files)) == {"GET /things": "find"}


def test_an_installed_package_is_found_and_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = f"open({str(tmp_path / 'ran')!r}, 'w').close()\n"
    files = {path: trap + text if "__future__" not in text else text + trap for path, text in STAINLESS.items()}
    source(tmp_path, files, "acme_that_is_installed")
    monkeypatch.setattr("sys.path", [str(tmp_path), *sys.path])
    assert read_sdk("acme_that_is_installed").client == "Acme"
    assert not (tmp_path / "ran").exists()


def test_a_distribution_is_found_by_its_name() -> None:
    with pytest.raises(SdkError, match="no method of 'markdown-it-py' sends a request"):
        read_sdk("markdown-it-py")


@pytest.mark.parametrize("package", ["no_such_package", "no-such-package", "./nowhere", "acme.models", "a b", "..\0"])
def test_what_is_not_there(package: str) -> None:
    with pytest.raises(SdkError) as caught:
        read_sdk(package)
    assert caught.value.hint


def test_hostile_sources_are_left_out(tmp_path: Path) -> None:
    folder = source(
        tmp_path,
        {
            **SERVICES,
            "broken.py": "class Broken(\n    def x(self: !\n",
            "deep.py": "def f(self):\n    return " + "(" * 5000 + ")" * 5000 + "\n",
            "deeper.py": "def f(self):\n    return " + "-" * 100_000 + "1\n",
            "null.py": "def f(self): '\0'\n",
            "sum.py": "class S:\n    def f(self):\n        return self._get('/a'" + " + 'b'" * 900 + ")\n",
            "doubled.py": "class D:\n    def f(self):\n        a0 = '/aaaaaaaa'\n"
            + "".join(f"        a{i + 1} = a{i} + a{i}\n" for i in range(60))
            + "        return self._get(a60)\n",
            "circle.py": "class C:\n    def f(self):\n        path = path + '/x'\n        return self._get(path)\n"
            "    @property\n    def c(self) -> 'C':\n        return C(self)\n    @property\n"
            "    def d(self):\n        return self.d.d\n",
            "bases.py": "class A1(B1):\n    def f(self): pass\nclass B1(A1):\n    def f(self): pass\n",
            "imports.py": "from .imports import X\nfrom ....... import Y\ndef f(self): return X(Y)\n",
            "latin.py": "# caf\udce9".encode("utf-8", "surrogateescape").decode("latin-1") + "\ndef f(self): pass\n",
        },
    )
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "device.py").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.py")
    found = first_calls(folder)
    assert {request: call for request, call in found.items() if "accounts" in request} == {
        "GET /v1/accounts/{}": "accounts.retrieve",
        "POST /v1/accounts/{}/reject": "accounts.reject",
        "GET /v1/accounts/{}/content": "accounts.content",
    }


def test_a_tree_that_multiplies_comes_to_an_end(tmp_path: Path) -> None:
    lines = ["class Root:", "    def __init__(self):", *(f"        self.a{i} = A0(self)" for i in range(20))]
    for level in range(12):
        lines += [f"class A{level}:", "    def get(self):", f"        return self._get('/x/{level}')"]
        lines += ["    def __init__(self):", *(f"        self.b{i} = A{level + 1}(self)" for i in range(20))]
    lines += ["class A12:", "    def get(self):", "        return self._get('/x/12')"]
    assert first_calls(source(tmp_path, {"__init__.py": "\n".join(lines)}))["GET /x/0"] == "a0.get"


# ---------------------------------------------------------------------------------------------------------- matching


def like(calls: dict[str, str], *rows: tuple[str, str, str]) -> tuple[dict[str, str], list[tuple[str, str]], int, int]:
    """The pins, what is skipped and why, and how many operations and requests have no partner."""
    requests = {(line.split()[0], line.split()[1]): tuple(paths.split("|")) for line, paths in calls.items()}
    operations = [NameOrigin(call, line.split()[0], line.split()[1], origin) for call, line, origin in rows]
    found = pins_like(Sdk("Acme", requests), operations)
    pins = {f"{operation.method} {operation.path}": call for operation, call in found.pins.items()}
    return pins, [(skip.call, skip.reason) for skip in found.skipped], len(found.missing), len(found.further)


def test_parameters_are_blanked_and_versions_in_front_do_not_count() -> None:
    found = like(
        {"GET /files/{}": "files.retrieve", "POST /api/v1/files": "files.upload", "GET /other": "other"},
        ("files.get", "GET /v1/files/{fileId}", "path"),
        ("files.create", "POST /files", "path"),
        ("models.list", "GET /models", "path"),
    )
    assert found == (
        {"GET /v1/files/{fileId}": "files.retrieve", "POST /files": "files.upload"},
        [],
        1,
        1,
    )


def test_versions_count_where_two_operations_are_meant() -> None:
    rows = (("a.get", "GET /v1/a", "path"), ("a.get_v2", "GET /v2/a", "path"))
    assert like({"GET /a": "as.one"}, *rows) == ({}, [], 2, 1)
    assert like({"GET /v1/a": "one", "GET /v2/a": "two"}, *rows)[0] == {"GET /v1/a": "one", "GET /v2/a": "two"}


def test_a_name_is_given_once_and_pins_win() -> None:
    found = like(
        {"GET /a": "x.get|x.peek", "GET /b": "x.get", "GET /c": "x.get", "GET /d": "d", "GET /e": "e.other"},
        ("a.get", "GET /a", "path"),
        ("x.get", "GET /b", "path"),
        ("c.get", "GET /c", "path"),
        ("d", "GET /d", "path"),
        ("mine", "GET /e", "pin"),
    )
    assert found == ({"GET /a": "x.peek"}, [("x.get", "taken")], 0, 0)


def test_what_is_no_python_name_is_skipped() -> None:
    found = like({"GET /a": "class.get", "GET /b": "__x__"}, ("a", "GET /a", "path"), ("b", "GET /b", "path"))
    assert found == ({}, [("class.get", "not-a-name"), ("__x__", "not-a-name")], 0, 0)


# ----------------------------------------------------------------------------------------------------- provider.toml


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# mine\na = 1", '# mine\na = 1\n\n[names]\n"GET /x/{id}" = "x.find"\n'),
        (
            '[names]  # ours\n"GET /a" = "b" # why\n\n[merge]\nx = 1\n',
            '[names]  # ours\n"GET /a" = "b" # why\n"GET /x/{id}" = "x.find"\n\n[merge]\nx = 1\n',
        ),
        ("[names]\n[merge]\n", '[names]\n"GET /x/{id}" = "x.find"\n[merge]\n'),
        ('names."GET /a" = "b"\nz = 1\n', 'names."GET /a" = "b"\nnames."GET /x/{id}" = "x.find"\nz = 1\n'),
        ('names = {"GET /a" = "b"} # c\n', 'names = {"GET /a" = "b", "GET /x/{id}" = "x.find" } # c\n'),
        ("names = {}\r\nz = 1\r\n", 'names = {"GET /x/{id}" = "x.find" }\r\nz = 1\r\n'),
        ('[[allow]]\nslug = "a"\n', '[[allow]]\nslug = "a"\n\n[names]\n"GET /x/{id}" = "x.find"\n'),
    ],
)
def test_pins_are_added_and_the_rest_stays(before: str, after: str) -> None:
    assert with_pins(before, {"GET /x/{id}": "x.find"}) == after
    assert tomllib.loads(after)["names"]["GET /x/{id}"] == "x.find"


def test_keys_are_quoted() -> None:
    key = 'GET /a"]\n[evil]\nx = "\\'
    text = with_pins("", {key: "x"})
    assert text is not None
    assert tomllib.loads(text) == {"names": {key: "x"}}


def test_a_table_in_another_form_stays() -> None:
    assert with_pins('[names]\n"GET /a" = """\\\n  b"""\n', {"GET /x": "x"}) is None


# --------------------------------------------------------------------------------------------------------- the command

SPEC = """\
openapi: 3.1.0
info: {title: Acme, version: "1"}
servers: [{url: "https://api.acme.example/v1"}]
paths:
  /files:
    get:
      responses:
        "200": {description: OK, content: {application/json: {schema: {type: array, items: {type: string}}}}}
    post: {responses: {"204": {description: OK}}}
  /files/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {"204": {description: OK}}}
    delete: {responses: {"204": {description: OK}}}
  /models:
    get: {responses: {"204": {description: OK}}}
  /chat/completions:
    post: {responses: {"204": {description: OK}}}
"""

SETTINGS = """\
# Kept as it is.
[[sources]]
path = "spec.yaml"
kind = "openapi"

[names]
"DELETE /files/{id}" = "files.drop"  # ours
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "specs" / "acme"
    folder.mkdir(parents=True)
    (folder / "spec.yaml").write_text(SPEC)
    (folder / "provider.toml").write_text(SETTINGS)
    source(tmp_path / "sdk", STAINLESS)
    monkeypatch.chdir(tmp_path)
    return folder


def test_pins_are_printed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "--like", "sdk/acme"]) == 0
    out, err = capsys.readouterr()
    assert out == '[names]\n"GET /files/{id}" = "files.retrieve"\n'
    assert err == (
        "5 of 6 operations are in Acme: 3 have its name already, 1 differ, 1 have a pin already\n"
        "not found there: 1\n"
        "  GET /models\n"
    )
    assert (project / "provider.toml").read_text() == SETTINGS
    assert main(["names", "--spec", "specs/acme/spec.yaml", "--like", "sdk/acme"]) == 0
    assert capsys.readouterr().out == '[names]\n"GET /files/{id}" = "files.retrieve"\n'


def test_pins_are_written_once_and_work(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "acme", "--like", "sdk/acme", "--write"]) == 0
    assert capsys.readouterr().out == "specs/acme/provider.toml: 1 name added\n"
    assert (project / "provider.toml").read_text() == SETTINGS + '"GET /files/{id}" = "files.retrieve"\n'
    assert main(["explain", "acme", "--names"]) == 0
    assert "files.retrieve           GET /files/{id}" in capsys.readouterr().out
    assert main(["names", "acme", "--like", "sdk/acme", "--write"]) == 0
    assert capsys.readouterr().out == "specs/acme/provider.toml: no name to add\n"
    assert not list(project.glob(".*"))


def test_a_name_that_the_client_cannot_have_is_skipped(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "class Acme:\n    def close(self):\n        return self._get('/models')\n"
    source(project.parents[1], {"__init__.py": text}, "other")
    assert main(["names", "--like", "./other"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "GET /models: close is reserved in the client, or is the name of something else there\n" in err


def test_many_operations_that_do_not_match_are_counted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    methods = "".join(f"    def m{i}(self):\n        return self._get('/m/{i}')\n" for i in range(30))
    source(project.parents[1], {"__init__.py": f"class Acme:\n{methods}"}, "other")
    assert main(["names", "--like", "./other"]) == 0
    assert "there, but not in the document: 30\n" in (err := capsys.readouterr().err)
    assert err.endswith("  and 10 more\n")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--like", "no_such_package"], 3, "there is no package 'no_such_package'"),
        (["--like", "json"], 3, "no method of 'json' sends a request"),
        (["--spec", "specs/acme/spec.yaml", "--like", "sdk/acme", "--write"], 2, "--write needs a provider"),
        (["nobody", "--like", "sdk/acme"], 2, "there is no provider 'nobody'"),
        (["acme"], 2, "--like"),
        (["--spec", "missing.yaml", "--like", "sdk/acme"], 3, "[not-readable]"),
    ],
)
def test_how_it_fails(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, message: str
) -> None:
    try:
        found = main(["names", *arguments])
    except SystemExit as error:
        found = int(str(error.code))
    assert (found, message in capsys.readouterr().err) == (status, True)


def test_one_provider_at_a_time(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    second = project.parent / "other"
    second.mkdir()
    (second / "provider.toml").write_text(SETTINGS)
    with pytest.raises(SystemExit):
        main(["names", "--like", "sdk/acme"])
    assert "name the provider whose SDK this is: acme, other" in capsys.readouterr().err


def test_a_file_that_cannot_be_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "provider.toml").write_text(SETTINGS.replace('"files.drop"', '"""\\\n  files.drop"""'))
    assert main(["names", "--like", "sdk/acme", "--write"]) == 74
    assert "the names cannot be added" in capsys.readouterr().err
