"""Every cell of OpenAPI's style x explode table (Parameter Object, Style Examples), and what it leaves open."""

from __future__ import annotations

from typing import Any

import pytest

from clientsmith.runtime.declarations import Location
from clientsmith.runtime.params import text_of
from clientsmith.runtime.styles import Param, Style, expanded

ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}

TABLE = """
matrix          path    F  empty   ;color
matrix          path    F  string  ;color=blue
matrix          path    F  array   ;color=blue,black,brown
matrix          path    T  array   ;color=blue;color=black;color=brown
matrix          path    F  object  ;color=R,100,G,200,B,150
matrix          path    T  object  ;R=100;G=200;B=150
label           path    F  string  .blue
label           path    F  array   .blue,black,brown
label           path    T  array   .blue.black.brown
label           path    F  object  .R,100,G,200,B,150
label           path    T  object  .R=100.G=200.B=150
simple          path    F  string  blue
simple          path    F  array   blue,black,brown
simple          path    T  array   blue,black,brown
simple          path    F  object  R,100,G,200,B,150
simple          path    T  object  R=100,G=200,B=150
simple          header  F  string  blue
simple          header  F  array   blue,black,brown
simple          header  T  array   blue,black,brown
simple          header  F  object  R,100,G,200,B,150
simple          header  T  object  R=100,G=200,B=150
form            query   F  empty   color=
form            query   T  empty   color=
form            query   T  string  color=blue
form            query   F  array   color=blue,black,brown
form            query   T  array   color=blue&color=black&color=brown
form            query   F  object  color=R,100,G,200,B,150
form            query   T  object  R=100&G=200&B=150
form            cookie  F  array   color=blue,black,brown
form            cookie  T  array   color=blue&color=black&color=brown
form            cookie  F  object  color=R,100,G,200,B,150
form            cookie  T  object  R=100&G=200&B=150
cookie          cookie  F  array   color=blue,black,brown
cookie          cookie  T  array   color=blue; color=black; color=brown
cookie          cookie  F  object  color=R,100,G,200,B,150
cookie          cookie  T  object  R=100; G=200; B=150
spaceDelimited  query   F  array   color=blue%20black%20brown
spaceDelimited  query   F  object  color=R%20100%20G%20200%20B%20150
pipeDelimited   query   F  array   color=blue%7Cblack%7Cbrown
pipeDelimited   query   F  object  color=R%7C100%7CG%7C200%7CB%7C150
deepObject      query   T  object  color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150
"""
ROWS = [line.split(None, 4) for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("style", "place", "explode", "kind", "text"), ROWS, ids=[" ".join(row[:4]) for row in ROWS])
def test_table(style: Style, place: Location, explode: str, kind: str, text: str) -> None:
    value: object = {"empty": "", "string": "blue", "array": ARRAY, "object": OBJECT}[kind]
    assert expanded(Param(place, "color", style, explode == "T"), value) == text


DEFAULTS: list[tuple[Location, object, str]] = [
    ("path", ARRAY, "blue,black,brown"),
    ("query", ARRAY, "color=blue&color=black&color=brown"),
    ("header", OBJECT, "R,100,G,200,B,150"),
    ("cookie", "blue", "color=blue"),
    ("form", "blue black", "color=blue+black"),
    ("query", True, "color=true"),
    ("query", 1.0, "color=1"),
    ("query", 0.1, "color=0.1"),
    ("query", 10**20, "color=100000000000000000000"),
    ("query", [], ""),
    ("query", {}, ""),
    ("query", [None, "a"], "color=a"),
    ("query", {"a": None, "b": False}, "b=false"),
    ("query", [{"x": [1]}], "color=%7B%22x%22%3A%5B1%5D%7D"),
    ("query", "a&b=c+d e/é", "color=a%26b%3Dc%2Bd%20e%2F%C3%A9"),
    ("path", "a/b?c#d%", "a%2Fb%3Fc%23d%25"),
    ("path", ".", "%2E"),
    ("path", "..", "%2E%2E"),
    ("path", "...", "..."),
    ("header", "a/b c", "a/b c"),
]


@pytest.mark.parametrize(("place", "value", "text"), DEFAULTS)
def test_defaults(place: Location, value: object, text: str) -> None:
    assert expanded(Param(place, "color"), value) == text


SPECIAL: list[tuple[Param, Any, str]] = [
    (Param("query", "q", allow_reserved=True), "a/b?c:d@e;f,g=h", "q=a/b?c:d@e;f,g=h"),
    (Param("query", "q", allow_reserved=True), "%2F and # [x]", "q=%2F%20and%20%23%20%5Bx%5D"),
    (Param("query", "q", allow_reserved=True), "100%", "q=100%25"),
    (Param("path", "q", allow_reserved=True), "a/b", "a/b"),
    (
        Param("query", "filter", media_type="application/json"),
        {"a": ["é"]},
        "filter=%7B%22a%22%3A%5B%22%5Cu00e9%22%5D%7D",
    ),
    (Param("query", "q", media_type="application/json"), "text", "q=%22text%22"),
    (Param("header", "q", media_type="application/json"), {"é": 1}, '{"\\u00e9":1}'),
    (Param("query", "q", media_type="text/plain"), "x y", "q=x%20y"),
    (Param("querystring", "q", media_type="application/json"), {"a": 1}, "%7B%22a%22%3A1%7D"),
    (Param("query", "a b"), "c", "a%20b=c"),
    (Param("query", "a", "deepObject"), {"b": {"c": 1}}, "a%5Bb%5D%5Bc%5D=1"),
    (Param("query", "a", "deepObject"), {"b": [2, {"c": 3}]}, "a%5Bb%5D%5B0%5D=2&a%5Bb%5D%5B1%5D%5Bc%5D=3"),
    (Param("form", "expand", "deepObject"), ["x", "y"], "expand%5B0%5D=x&expand%5B1%5D=y"),
]


@pytest.mark.parametrize(("param", "value", "text"), SPECIAL)
def test_special(param: Param, value: object, text: str) -> None:
    assert expanded(param, value) == text


@pytest.mark.parametrize("value", ["a;b", "a b", 'a"b', "a,b", "é", "a\r\nb"])
def test_a_cookie_that_cannot_be_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="'session'"):
        expanded(Param("cookie", "session", "cookie"), value)


def test_numbers_that_json_lacks_are_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        text_of(float("nan"))
