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

from . import errors as errors
from . import models as models
from ._client import AsyncClient as AsyncClient
from ._client import Client as Client
from ._options import RequestOptions as RequestOptions
from ._runtime.operation import ApiResponse as ApiResponse
from ._runtime.transport import Timeout as Timeout
from ._runtime.declarations import UNSET as UNSET, Unset as Unset
from .errors import *
