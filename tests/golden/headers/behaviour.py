from __future__ import annotations

import asyncio
import datetime
import warnings
from typing import assert_type

from golden_server import Answer, Script
from headers import AsyncClient, Client, ResponseDecodeError, SchemaDriftWarning
from headers.errors import RateLimitError
from headers.models import Color, ListJobsResponseHeaders, Plan, ResponseHeaders, TooManyHeaders

GIVEN = {
    "x-total": "3",
    "Last-Modified": "Sun, 06 Nov 1994 08:49:37 GMT",
    "X-TAGS": "1, 2,3",
    "X-Sorts": "2,1",
    "X-Plan": "paid",
    "X-Color": "r=1,g=2",
    "X-Sizes": "small,1,big,2.5",
    "X-Meta": '{"r": 5}',
    "X-Cached": "True",
    "X-Limit": "none",
}


def check_typed(server: Script) -> None:
    server.script(Answer(200, ["a"], GIVEN))
    with Client(base_url=server.url) as client:
        response = client.raw(client.jobs.list)()
    assert response.value == ["a"]
    headers = ListJobsResponseHeaders.of(response, strict=True)
    assert_type(headers.x_total, int)
    assert_type(headers.x_plan, Plan | str | None)
    assert headers == ListJobsResponseHeaders(
        x_total=3,
        last_modified=datetime.datetime(1994, 11, 6, 8, 49, 37, tzinfo=datetime.UTC),
        x_tags=[1, 2, 3],
        x_sorts=[2, 1],
        x_plan="paid",
        x_color=Color(r=1, g=2),
        x_sizes={"small": 1, "big": 2.5},
        x_meta=Color(r=5),
        x_cached=True,
        x_limit="none",
    )


def check_equal_sets_share_a_class(server: Script) -> None:
    server.script(Answer(204, headers={"ETag": '"a"'}), Answer(204, headers={"X-Plan": "free"}))

    async def deleted() -> ResponseHeaders:
        async with AsyncClient(base_url=server.url) as client:
            return ResponseHeaders.of(await client.raw(client.jobs.delete)("1"))

    with Client(base_url=server.url) as client:
        assert ResponseHeaders.of(client.raw(client.jobs.get)("1")) == ResponseHeaders(e_tag='"a"')
    assert asyncio.run(deleted()) == ResponseHeaders(x_plan="free")


def check_errors(server: Script) -> None:
    server.script(Answer(429, {}, {"Retry-After": "7"}))
    with Client(base_url=server.url, max_retries=0) as client:
        try:
            client.jobs.get("1")
        except RateLimitError as error:
            assert TooManyHeaders.of(error.response).retry_after == 7
        else:
            raise AssertionError("nothing was raised")


def check_new_values_of_enumerations_are_kept(server: Script) -> None:
    server.script(Answer(200, ["a"], {**GIVEN, "X-Plan": "gold", "X-Sorts": "1,9"}))
    with Client(base_url=server.url) as client:
        response = client.raw(client.jobs.list)()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        headers = ListJobsResponseHeaders.of(response)
    assert (headers.x_plan, headers.x_sorts) == ("gold", [1, 9])
    unknown = "'X-Sorts' has the unknown value '1,9'; 'X-Plan' has the unknown value 'gold'"
    assert [str(one.message).partition("described: ")[2] for one in caught] == [unknown]
    try:
        ListJobsResponseHeaders.of(response, strict=True)
    except ResponseDecodeError as error:
        assert unknown in str(error)
    else:
        raise AssertionError("nothing was raised")


def check_missing_and_wrong(server: Script) -> None:
    server.script(Answer(200, [], {"X-Tags": "1,x", "X-Meta": "{", "X-Sizes": "a", "X-Cached": "perhaps"}))
    with Client(base_url=server.url) as client:
        response = client.raw(client.jobs.list)()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        headers = ListJobsResponseHeaders.of(response)
    values = (headers.x_tags, headers.x_meta, headers.x_sizes, headers.x_cached, headers.x_color)
    assert str(headers.x_total) == "None" and values == (None,) * 5
    assert [(w.category, w.filename) for w in caught] == [(SchemaDriftWarning, __file__)]
    text = str(caught[0].message)
    assert "200 http" in text and "'X-Total' is missing" in text and "'X-Cached' is not a boolean" in text
    assert "'X-Meta' cannot be read" in text and "perhaps" not in text
    try:
        ListJobsResponseHeaders.of(response, strict=True)
    except ResponseDecodeError as error:
        assert str(error) == text and error.response.headers is response.headers
    else:
        raise AssertionError("what is not as described was taken")
