from __future__ import annotations

import pickle
from typing import Any, assert_type

from errors import Client
from errors.errors import (
    APIStatusError,
    ClientStatusError,
    ConflictError,
    GoneError,
    InternalServerError,
    NotFoundError,
    ServerStatusError,
    Status501Error,
)
from errors.models import Failure, Missing, Problem
from golden_server import Answer, Script


def raised(client: Client, path: str) -> APIStatusError:
    try:
        getattr(client, path).get()
    except APIStatusError as error:
        return error
    raise AssertionError("nothing was raised")


def types_of_leaves(missing: NotFoundError, gone: GoneError, conflict: ConflictError) -> None:
    assert_type(missing.body, Problem | Missing | None)
    assert_type(gone.body, Problem | None)
    assert_type(conflict.body, Problem | None)


def as_one_of_its_range(error: Status501Error) -> ServerStatusError:
    return error


def types_of_ranges(any_status: APIStatusError, client: ClientStatusError, server: ServerStatusError) -> None:
    assert_type(any_status.body, Any)
    assert_type(client.body, Any)
    assert_type(server.body, Problem | Failure | None)


def check_bodies(server: Script) -> None:
    missing, problem, failure = {"what": "w"}, {"title": "t"}, {"trace": "r"}
    expected: list[tuple[str, int, dict[str, str], type[APIStatusError], object]] = [
        ("exact", 404, missing, NotFoundError, Missing(what="w")),
        ("default", 404, problem, NotFoundError, Problem(title="t")),
        ("silent", 404, missing, NotFoundError, Missing(what="w")),
        ("exact", 410, problem, GoneError, Problem(title="t")),
        ("exact", 418, problem, ClientStatusError, Problem(title="t")),
        ("exact", 500, failure, InternalServerError, Failure(trace="r")),
        ("default", 500, problem, InternalServerError, Problem(title="t")),
        ("default", 501, problem, Status501Error, Problem(title="t")),
        ("silent", 599, failure, ServerStatusError, Failure(trace="r")),
        ("default", 409, problem, ConflictError, Problem(title="t")),
    ]
    server.script(*(Answer(status, body) for _, status, body, _, _ in expected))
    with Client(base_url=server.url, max_retries=0) as client:
        for path, status, _, kind, body in expected:
            error = raised(client, path)
            assert (error.status, type(error), error.body) == (status, kind, body), (path, status)
            assert isinstance(error, ClientStatusError if status < 500 else ServerStatusError)
            assert pickle.loads(pickle.dumps(error)).status == status
