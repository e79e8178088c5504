"""Choices.

    from choices import Client

    with Client() as client:
        ...

`Client` and `AsyncClient` have the same methods. Models are in `models`, exceptions in
`errors`, what tests need in `testing`; API.md lists every public name."""

from __future__ import annotations

from . import errors as errors
from . import models as models
from ._client import AsyncClient as AsyncClient
from ._client import Client as Client
from ._runtime.operation import (
    ApiResponse as ApiResponse,
    RequestOptions as RequestOptions,
)
from ._runtime.transport import Timeout as Timeout
from ._runtime.declarations import UNSET as UNSET, Unset as Unset
from .errors import *
