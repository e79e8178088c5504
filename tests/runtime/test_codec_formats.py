"""Durations, base64url and HTTP dates: what is read, what is refused, what is written."""

from __future__ import annotations

import datetime
from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsmith.runtime.codec import Codec
from clientsmith.runtime.codec_durations import duration_of, duration_text
from clientsmith.runtime.codec_encodings import (
    base64url_of,
    base64url_text,
    http_date_of,
    http_date_text,
)
from clientsmith.runtime.sent_as import sent_as

CODEC = Codec("")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P1DT2H3M4.5S", timedelta(days=1, hours=2, minutes=3, seconds=4.5)),
        ("P2W", timedelta(weeks=2)),
        ("P1W2D", timedelta(days=9)),
        ("-PT36H", timedelta(hours=-36)),
        ("+P1D", timedelta(days=1)),
        ("P0Y0M1DT0H", timedelta(days=1)),
        ("PT0S", timedelta()),
        ("PT0.5H", timedelta(minutes=30)),
        ("PT1,25S", timedelta(seconds=1.25)),
        ("PT0.0000005S", timedelta(microseconds=1)),
        ("p1dt2h", timedelta(days=1, hours=2)),
        ("PT999999999999.000001S", timedelta(seconds=999_999_999_999, microseconds=1)),
    ],
)
def test_durations_are_read(text: str, expected: timedelta) -> None:
    assert duration_of(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1DT", "P1Y", "P2M", "P0Y1M", "1D", "P1H", "PT1D", "P-1D", "P1D ", "PT1S\n", "P\u0661D", "PT.5S",
     "P1D1W", "P9999999999D", f"P{'9' * 5000}D"],
)  # fmt: skip
def test_what_is_no_duration_of_fixed_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the codec says what was expected
        duration_of(text)


@given(st.timedeltas())
def test_every_duration_reads_back_equal(value: timedelta) -> None:
    assert duration_of(duration_text(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (timedelta(), "PT0S"),
        (timedelta(days=40), "P40D"),
        (timedelta(seconds=-1.5), "-PT1.5S"),
        (timedelta(minutes=90), "PT1H30M"),
        (timedelta(milliseconds=50), "PT0.05S"),
        (timedelta.min, "-P999999999D"),
    ],
)
def test_durations_are_written_without_empty_parts(value: timedelta, text: str) -> None:
    assert duration_text(value) == text


@given(st.binary())
def test_base64url_reads_back_with_and_without_padding(value: bytes) -> None:
    text = base64url_text(value)
    assert not set(text) & set("+/=")
    assert base64url_of(text) == base64url_of(text + "=" * (-len(text) % 4)) == value


@pytest.mark.parametrize("text", ["a", "a+b=", "a/b=", "YQ=", "Y Q", "YQ==x", "YQ\n", "\u00fc"])
def test_what_is_not_base64url_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the codec says what was expected
        base64url_of(text)


@pytest.mark.parametrize(
    "text",
    ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"],
)
def test_the_three_forms_of_an_http_date_are_read(text: str) -> None:
    assert http_date_of(text) == datetime.datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)


def test_two_digits_are_the_year_that_is_at_most_50_years_ahead() -> None:
    now = datetime.datetime.now(UTC).year
    for ahead, expected in ((50, now + 50), (51, now - 49)):
        text = f"Sunday, 06-Nov-{(now + ahead) % 100:02} 08:49:37 GMT"
        assert http_date_of(text).year == expected


@pytest.mark.parametrize(
    "text",
    ["", "2026-01-02T03:04:05Z", "Sun, 06 Nov 1994 08:49:37 +0100", "Sun, 06 Nov 1994 08:49:37", "6 Nov 1994 08:49 GMT",
     "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Xyz 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT"],
)  # fmt: skip
def test_what_is_no_http_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the codec says what was expected
        http_date_of(text)


@given(st.datetimes(min_value=datetime.datetime(1000, 1, 2)))
def test_an_http_date_reads_back_in_whole_seconds(value: datetime.datetime) -> None:
    aware = value.replace(tzinfo=UTC)
    assert http_date_of(http_date_text(aware)) == aware.replace(microsecond=0)


def test_what_is_encoded_is_written_at_any_depth() -> None:
    since = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    value = {"a": [b"\xff", None, "text"], "b": (since, 3)}
    expected = {"a": ["_w", None, "text"], "b": ["Fri, 02 Jan 2026 03:04:05 GMT", 3]}
    marked = sent_as(value, "base64url", "http-date")
    assert CODEC.encode(marked) == expected
    assert CODEC.json(sent_as([b"\xff"], "base64url")) == '["_w"]'
    with pytest.raises(ValueError, match=r"'/b/0': .*no UTC offset"):
        CODEC.encode(sent_as({"b": [since.replace(tzinfo=None)]}, "http-date"))
