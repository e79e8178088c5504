"""Clients as generated code makes them, on a scripted transport: the same blocking and on asyncio."""

from __future__ import annotations

import asyncio
import logging
import pickle
from functools import cached_property
from pathlib import Path
from typing import Any, Self, Unpack, cast

import pytest
from acme_client.models import Job

from clientsmith.runtime.basic import basic_credential
from clientsmith.runtime.client import AsyncClientBase, AsyncCore, ClientBase, Core
from clientsmith.runtime.declarations import ClientSettings, Operation, Scheme
from clientsmith.runtime.errors import MissingCredentialError, NotFoundError, RateLimitError, UnknownOutcomeError
from clientsmith.runtime.httpx_adapter import HttpxTransport
from clientsmith.runtime.operation import ApiResponse, Call, RequestOptions
from clientsmith.runtime.security import credential
from clientsmith.runtime.stdlib_http import AsyncStdlibTransport, StdlibTransport
from clientsmith.runtime.testing import Answer, ConnectionLost, FakeTransport, SentRequest
from clientsmith.runtime.transport import Timeout

SETTINGS = ClientSettings(
    "acme_client",
    base_url="https://api.example.com/v1",
    schemes={
        "key": Scheme("header", "X-API-KEY"),
        "query": Scheme("query", "api key"),
        "cookie": Scheme("cookie", "sid"),
        "token": Scheme("header", "Authorization", "Bearer"),
        "shared": Scheme("header", "Authorization", "SharedAccessKey"),
        "login": Scheme("header", "Authorization", "Basic"),
    },
)
SCHEMES = tuple(SETTINGS.schemes)
OK = Answer(json={"id": "1"}, headers={"X-Request-Id": "r1"})


class Jobs:
    def __init__(self, core: Core) -> None:
        self._core = core

    def get(self, job_id: str, *, options: RequestOptions | None = None) -> Job:
        return self._core.call(_get(job_id), options)


class AsyncJobs:
    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def get(self, job_id: str, *, options: RequestOptions | None = None) -> Job:
        return await self._core.call(_get(job_id), options)


_GET: Operation = Operation("get-job", "GET /jobs/{id}", {"200": {"application/json": "Job"}}, (("key",),))


def call_of(operation: Operation, **parts: Any) -> Call[Any]:
    return Call(operation, **parts)


def _get(job_id: str) -> Call[Job]:
    return Call(_GET, path=(job_id,))


class Client(ClientBase):
    def __init__(self, *, api_key: str | None = None, **more: Any) -> None:
        super().__init__(SETTINGS, {"key": credential(api_key, "api_key", "ACME_KEY")}, **more)

    @cached_property
    def jobs(self) -> Jobs:
        return Jobs(self._core)

    def with_options(self, **options: Unpack[RequestOptions]) -> Self:
        return self._with_options(options)


class AsyncClient(AsyncClientBase):
    def __init__(self, *, api_key: str | None = None, **more: Any) -> None:
        super().__init__(SETTINGS, {"key": credential(api_key, "api_key", "ACME_KEY")}, **more)

    @cached_property
    def jobs(self) -> AsyncJobs:
        return AsyncJobs(self._core)


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACME_KEY", raising=False)


def test_a_call() -> None:
    fake = FakeTransport([OK])
    with Client(api_key="k", transport=fake) as client:
        assert client.jobs.get("a") == Job(id="1")
    (request,) = fake.requests
    assert (request.method, request.url) == ("GET", "https://api.example.com/v1/jobs/a")
    assert (request.headers["X-Api-Key"], request.headers["user-agent"]) == ("k", "acme_client")


def test_an_asynchronous_call() -> None:
    fake = FakeTransport([Answer(503), ConnectionLost(), OK])

    async def main() -> None:
        async with AsyncClient(api_key="k", transport=fake) as client:
            assert await client.jobs.get("a") == Job(id="1")
            fake.requests.clear()

    asyncio.run(main())
    assert len(fake.sleeps) == 2


def test_errors() -> None:
    client = Client(api_key="k", transport=FakeTransport([Answer(404, json={"code": "gone"})]))
    with pytest.raises(NotFoundError) as caught:
        client.jobs.get("a")
    assert caught.value.error_code == "gone"


def test_raw() -> None:
    seen: list[ApiResponse[Any]] = []
    client = Client(api_key="k", transport=FakeTransport([Answer(429), OK]))
    response = client.raw(client.jobs.get)("a", options={"on_response": seen.append})
    assert (response.status, response.value, response.headers["x-request-id"]) == (200, Job(id="1"), "r1")
    assert response.content == b'{"id": "1"}'
    assert response.url == "https://api.example.com/v1/jobs/a"
    assert 0 <= response.elapsed <= 0.5
    assert seen == [response]


def test_raw_on_asyncio() -> None:
    async def main() -> ApiResponse[Job]:
        client = AsyncClient(api_key="k", transport=FakeTransport([OK]))
        return await client.raw(client.jobs.get)("a")

    assert asyncio.run(main()).value == Job(id="1")


def test_options_of_the_client_of_a_derived_client_and_of_a_call() -> None:
    fake = FakeTransport({"GET /v1/jobs/*": OK})
    client = Client(api_key="k", transport=fake, timeout=20.0, headers={"X-A": "client", "X-B": "client"})
    jobs = client.jobs
    derived = client.with_options(timeout=Timeout(total=9), headers={"x-b": "derived"}, query={"q": 1})
    assert type(derived) is Client
    assert client.jobs is jobs
    assert derived.jobs is not jobs
    client.jobs.get("a", options={"timeout": None})
    derived.jobs.get("a")
    derived.jobs.get("a", options={"timeout": 3, "headers": {"X-C": "call"}, "query": {"r": 2}})
    first, second, third = fake.requests
    assert [request.timeout for request in fake.requests] == [Timeout(10, 20, 20), Timeout(total=9), Timeout(3, 3, 3)]
    assert [request.headers.get("x-b") for request in fake.requests] == ["client", "derived", "derived"]
    assert (first.query, second.query, third.query) == ({}, {"q": ["1"]}, {"q": ["1"], "r": ["2"]})
    assert (second.headers["x-a"], third.headers["x-c"]) == ("client", "call")


def test_retries_and_deadline_of_a_call() -> None:
    fake = FakeTransport([Answer(503)] * 3)
    client = Client(api_key="k", transport=fake, max_retries=5)
    with pytest.raises(Exception, match="503"):
        client.jobs.get("a", options={"max_retries": 2})
    assert len(fake.requests) == 3
    client = Client(api_key="k", transport=FakeTransport([Answer(429, headers={"Retry-After": "9"})]), deadline=5.0)
    with pytest.raises(RateLimitError) as caught:
        client.jobs.get("a")
    assert caught.value.retry_after == 9.0


@pytest.mark.parametrize("given", ["bytes", "file"])
def test_limits_that_are_left_out_grow_with_an_upload(given: str, tmp_path: Path) -> None:
    """25 MB over a line of 1 Mbit/s take 200 s; an explicit limit is kept as it is."""
    (path := tmp_path / "large.bin").write_bytes(bytes(25 * 2**20))
    operation: Operation = Operation("put", "PUT /file", {"204": {}})
    body = path if given == "file" else path.read_bytes()
    call: Call[None] = Call(operation, body=body, content_type="application/octet-stream")
    fake = FakeTransport({"PUT /**": Answer(204)})
    core = Core(SETTINGS, {}, fake)
    for options in ({}, {"deadline": None}, {"deadline": 90.0}, {"timeout": 40.0}, {"timeout": 400.0}):
        core.call(call, cast("RequestOptions", options))
    limits = [request.timeout.total for request in fake.requests]
    assert limits == [60.0 + 400.0, 60.0 + 400.0, 90.0, 40.0, 400.0]
    assert {request.timeout.read for request in fake.requests} == {60.0, 40.0, 400.0}


@pytest.mark.parametrize(("timeout", "deadline"), [(None, 180.0), (30.0, 180.0), (400.0, 520.0)])
def test_the_deadline_that_is_left_out(timeout: float | None, deadline: float) -> None:
    fake = FakeTransport({"GET /**": Answer(429, headers={"Retry-After": "50"})})
    client = Client(api_key="k", transport=fake, timeout=timeout, max_retries=99)
    with pytest.raises(RateLimitError):
        client.jobs.get("a")
    assert deadline - 50.0 < sum(fake.sleeps) < deadline


def test_strict_is_an_option() -> None:
    fake = FakeTransport({"GET /**": Answer(json={"id": 5})})
    with pytest.raises(Exception, match="/id"):
        Client(api_key="k", transport=fake, strict=True).jobs.get("a")
    with pytest.raises(Exception, match="/id"):
        Client(api_key="k", transport=fake).jobs.get("a", options={"strict": True})


def test_credentials_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_KEY", " from-environment\n")
    fake = FakeTransport([OK, OK])
    Client(transport=fake).jobs.get("a")
    Client(transport=fake, api_key="argument").jobs.get("a")
    assert [request.headers["x-api-key"] for request in fake.requests] == ["from-environment", "argument"]


def test_a_missing_credential_is_named_before_anything_is_sent() -> None:
    fake = FakeTransport([OK])
    client = Client(transport=fake)
    with pytest.raises(MissingCredentialError, match=r"'get-job' needs .*api_key= .*ACME_KEY"):
        client.jobs.get("a")
    assert fake.requests == []
    client.jobs.get("a", options={"headers": {"X-Api-Key": "by hand"}})
    assert fake.requests[0].headers.get_all("x-api-key") == ["by hand"]


@pytest.mark.parametrize("value", ["a\r\nX: 1", "a\0", "schlüssel"])
def test_credentials_that_cannot_be_sent(value: str) -> None:
    with pytest.raises(ValueError, match="api_key holds") as caught:
        Client(api_key=value)
    assert value not in str(caught.value)


@pytest.mark.parametrize("value", ["", " ", "\n"])
def test_an_empty_credential_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_KEY", "from the environment")
    with pytest.raises(ValueError, match=r"^api_key is empty; left out, it is read from ACME_KEY$"):
        Client(api_key=value)


def test_white_space_around_a_credential_is_not_sent() -> None:
    fake = FakeTransport([OK])
    Client(api_key=" sk-1\n", transport=fake).jobs.get("a")
    assert fake.requests[0].headers["x-api-key"] == "sk-1"


def authorised(requirements: tuple[tuple[str, ...], ...], **values: str) -> SentRequest:
    operation: Operation = Operation("op", "GET /x?a=1", {"204": {}}, requirements)
    fake = FakeTransport([Answer(204)])
    credentials = {
        name: credential(value, f"{name}_argument", f"ACME_{name.upper()}") for name, value in values.items()
    }
    if "login" in values:
        username, password = values["login"].split(",")
        credentials["login"] = basic_credential(username, password, "ACME_USER", "ACME_PASSWORD")
    for name in SETTINGS.schemes:
        credentials.setdefault(name, credential(None, f"{name}_argument", f"ACME_{name.upper()}"))
    Core(SETTINGS, credentials, fake).call(call_of(operation, cookie={"c": 1}))
    return fake.requests[0]


def test_every_scheme_in_its_place() -> None:
    request = authorised((("key", "query", "cookie", "token"),), key="k", query="q&", cookie="c;", token="t")
    assert request.headers["x-api-key"] == "k"
    assert request.url.endswith("/x?a=1&api%20key=q%26")
    assert request.headers["cookie"] == "c=1; sid=c%3B"
    assert request.headers["authorization"] == "Bearer t"
    assert authorised((("shared",),), shared="s").headers["authorization"] == "SharedAccessKey s"
    assert authorised((("login",),), login="Aladdin,open").headers["authorization"] == "Basic QWxhZGRpbjpvcGVu"


def test_the_first_requirement_that_can_be_met() -> None:
    either = (("token",), ("key", "cookie"))
    assert "authorization" in authorised(either, token="t", key="k", cookie="c").headers
    request = authorised(either, key="k", cookie="c")
    assert "authorization" not in request.headers
    assert (request.headers["x-api-key"], request.headers["cookie"]) == ("k", "c=1; sid=c")
    with pytest.raises(MissingCredentialError, match=r"token_argument= or .* ACME_TOKEN"):
        authorised(either, key="k")


def test_optional_security() -> None:
    assert "x-api-key" not in authorised(((), ("key",))).headers
    assert authorised(((), ("key",)), key="k").headers["x-api-key"] == "k"
    assert "x-api-key" not in authorised((), key="k").headers


def test_a_scheme_that_the_client_does_not_know() -> None:
    with pytest.raises(MissingCredentialError, match="'mystery'"):
        authorised((("mystery",),))


def test_basic_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_USER", "u")
    monkeypatch.delenv("ACME_PASSWORD", raising=False)
    assert basic_credential(None, None, "ACME_USER", "ACME_PASSWORD").value is None
    assert basic_credential(None, "", "ACME_USER", "ACME_PASSWORD").value == "dTo="
    with pytest.raises(ValueError, match="colon"):
        basic_credential("a:b", "c", "ACME_USER", "ACME_PASSWORD")


def test_secrets_show_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    operation: Operation = Operation("op", "POST /x", {"204": {}}, (("query", "key"),))
    secrets = {name: credential(f"{name}-secret", name, "V") for name in ("query", "key")}
    fake = FakeTransport([Answer(204), Answer(400), ConnectionLost()])
    core = Core(SETTINGS, secrets, fake)
    seen: list[ApiResponse[Any]] = []
    core.call(call_of(operation), {"on_response": seen.append})
    with pytest.raises(Exception, match="400") as status:
        core.call(call_of(operation))
    with pytest.raises(UnknownOutcomeError) as lost:
        core.call(call_of(operation))
    assert all("query-secret" in request.url for request in fake.requests)
    texts = [repr(core), repr(secrets), repr(seen), seen[0].url, caplog.text, str(lost.value), repr(status.value)]
    shown = [text for text in [*texts, str(pickle.dumps(status.value))] if "secret" in text]
    assert shown == []


def test_repr_and_names() -> None:
    fake = FakeTransport([])
    assert (
        repr(Client(api_key="k", transport=fake)) == "Client(base_url='https://api.example.com/v1', transport='fake')"
    )
    assert Client().transport_name == "stdlib"
    assert isinstance(Client()._core.transport, StdlibTransport)  # pyright: ignore[reportPrivateUsage]  # what was made
    assert isinstance(AsyncClient()._core.transport, AsyncStdlibTransport)  # pyright: ignore[reportPrivateUsage]
    assert Client(transport="httpx").transport_name == AsyncClient(transport="httpx").transport_name == "httpx"
    assert Client(transport=HttpxTransport("httpx2")).transport_name == "httpx2"


def test_transports_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="'curl': it must be 'stdlib', 'httpx2', 'httpx'"):
        Client(transport="curl")
    with pytest.raises(TypeError, match="AsyncStdlibTransport, which cannot send blocking"):
        Client(transport=AsyncStdlibTransport())
    with pytest.raises(TypeError, match="StdlibTransport, which cannot send on asyncio"):
        AsyncClient(transport=StdlibTransport())


@pytest.mark.parametrize(
    "url", ["api.example.com", "ftp://a", "https://", "https://u:p@a", "https://a/#x", "https://a/ b"]
)
def test_base_urls_that_cannot_be(url: str) -> None:
    with pytest.raises(ValueError, match="base_url"):
        Client(base_url=url)


def test_base_urls() -> None:
    operation: Operation = Operation("op", "GET /x", {"204": {}}, server="https://other.example/api")
    without = ClientSettings("acme_client")
    with pytest.raises(TypeError, match="base_url= is required"):
        Core(without, {}, FakeTransport([]))
    for base_url, url in ((None, "https://other.example/api/x"), ("http://localhost:1", "http://localhost:1/x")):
        fake = FakeTransport([Answer(204)])
        Core(SETTINGS, {}, fake, base_url=base_url).call(call_of(operation))
        assert fake.requests[0].url == url


def test_errors_show_the_idempotency_key() -> None:
    operation: Operation = Operation("op", "POST /x", {"204": {}}, idempotency_header="Idempotency-Key")
    fake = FakeTransport([ConnectionLost(), ConnectionLost(), ConnectionLost()])
    with pytest.raises(UnknownOutcomeError) as caught:
        Core(SETTINGS, {}, fake).call(call_of(operation))
    keys = {request.headers["idempotency-key"] for request in fake.requests}
    assert keys == {caught.value.idempotency_key}
    assert len(fake.requests) == 3


def test_cancel_operations_are_safe_to_repeat() -> None:
    operation: Operation = Operation("op", "POST /x", {"204": {}}, retry_safe=True)
    fake = FakeTransport([ConnectionLost(), Answer(503), Answer(204)])
    assert Core(SETTINGS, {}, fake).call(call_of(operation)) is None


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_timeouts_that_cannot_be(timeout: float) -> None:
    with pytest.raises(ValueError, match="more than 0"):
        Client(timeout=timeout)
