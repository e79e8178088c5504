"""The options of calls to this API."""

from __future__ import annotations

from ._runtime import operation


class RequestOptions(operation.RequestOptions, total=False):
    """What may differ from call to call."""

    x_exec: str
    """\"\"\x22
    ends with \x22
    \\
    \\N{x}
    \\x
    a
    b
    a
    b
    a
    b
    nul\x00
    \u2028
    \u202e
    {x}{{x}}{%x%}%s${x}
    '+exec('')+'
    \"+__import__("os")+\x22
    */
    coding: utf-7 +ACIACg-
    ../../x
    CON
    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx

    class
    None
    __init__
    self
    ﬁ"""
