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
ﬁ.

\"\"\x22
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
ﬁ

    from hostile import Client

    with Client() as client:
        ...

`Client` and `AsyncClient` have the same methods. Models are in `models`, exceptions in
`errors`, what tests need in `testing`; API.md lists every public name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import errors as errors
from . import models as models
from ._client import AsyncClient as AsyncClient, Client as Client
from ._options import RequestOptions as RequestOptions
from ._runtime.operation import ApiResponse as ApiResponse
from ._runtime.transport import (
    AsyncTransport as AsyncTransport, BodyStream as BodyStream, Headers as Headers,
    Request as Request, Response as Response, Timeout as Timeout,
    Transport as Transport, TransportError as TransportError,
)  # fmt: skip
from ._runtime.declarations import UNSET as UNSET, Unset as Unset
from .errors import *

if TYPE_CHECKING:
    from ._runtime.stdlib_http import (
        AsyncStdlibTransport as AsyncStdlibTransport,
        StdlibTransport as StdlibTransport,
    )  # fmt: skip
else:
    from ._runtime import feature as _feature

    def __getattr__(name: str) -> object:
        if name in ("AsyncStdlibTransport", "StdlibTransport"):
            return _feature("stdlib_http", name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
