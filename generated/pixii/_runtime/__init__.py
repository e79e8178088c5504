"""The runtime of a generated client: all of this folder. 0BSD: use it as you like.

How a call travels:

    client.Core.call(Call)         which operation, which values
      operation.request_for        URL, headers and body (params, codec)
      security.authorised          credentials of the first requirement that can be met
      retry.exchange               attempts, backoff, deadline: a flow of effects
        flow.run / run_async       the drivers that carry effects out
          transport                stdlib_http, httpx_adapter or testing.FakeTransport
      response.value_of, error_for the decoded value, or the error of that status

A package has only the modules that it needs; `feature` finds those that some have."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any


@cache
def feature(module: str, name: str, *, needed: bool = True) -> Any:
    """Returns `name` of a module that only the packages that need it have; None in
    others where it is not `needed`."""
    try:
        return getattr(import_module(f"{__name__}.{module}"), name)
    except ModuleNotFoundError:
        if needed:
            raise
