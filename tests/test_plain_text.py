"""Descriptions as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsmith.translate.plain_text import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The **id** of the *job*.", "The id of the job."),
        ("See [the docs](https://a.example/x) and [below](#limits).", "See the docs (https://a.example/x) and below."),
        ('<p>Ends <b>now</b>.</p><p>See <a href="/x">that</a>.</p>', "Ends now.\n\nSee that (/x)."),
        ("One<br/>two<br>three", "One\ntwo\nthree"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("Use <code>a_b</code> &amp; `<b>`", "Use `a_b` & `<b>`"),
        ("# Limits\nTen a minute\n\n---\n\n**Note**: no more", "Limits\nTen a minute\n\nNote: no more"),
        ("![logo](x.png) <name> and 2 < 3 * 4 * 5, a_b_c, **kwargs", "logo <name> and 2 < 3 * 4 * 5, a_b_c, **kwargs"),
        ("escaped \\*stars\\* and file\\_names", "escaped *stars* and file_names"),
        ("```\n**code** <b>\n```", "```\n**code** <b>\n```"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("<!-- a\nnote -->text", "text"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text(alphabet="a b<>*_[]()#`&;/\\-\n!pr=\"", max_size=60))
def test_it_ends_and_words_stay(text: str) -> None:
    assert plain(text).count("a") <= text.count("a")


PROSE = st.characters(whitelist_categories=["L", "N", "Zs", "P"], blacklist_characters="<&*_[#\\-`")


@given(st.text(alphabet=PROSE, max_size=80))
def test_text_without_markup_stays(text: str) -> None:
    assert plain(text) == text
