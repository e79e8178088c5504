"""Part of the runtime of a generated client. 0BSD: use it as you like.

`Core` turns a `Call` into a value: it holds what all calls of a client share.
`ClientBase` is what users see of it. A core is never changed; `with_options` makes
another one on the same transport. Sync and async differ in the driver of flows alone.
"""

from __future__ import annotations

import copy
import logging
import random
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import Any, Generic, ParamSpec, Self, TypeVar, Unpack, cast
from urllib.parse import quote, urlsplit

from .codec import Codec
from .declarations import ApiKey as ApiKey
from .declarations import Basic as Basic
from .declarations import Bearer as Bearer
from .declarations import ClientSettings as ClientSettings
from .errors import APIError
from .flow import Flow, run, run_async
from .operation import ApiResponse, Call, RequestOptions, request_for
from .response import error_for, value_of
from .retry import IDEMPOTENT, Policy, exchange
from .security import Credential, authorised
from .security import basic_credential as basic_credential
from .security import credential as credential
from .transport import AsyncTransport, Timeout, Transport, without_query
from .unset import UNSET, Unset

T = TypeVar("T")
P = ParamSpec("P")
_URL = ":/?@!$&'()*+,;=%~[]"
AnyTransport = TypeVar("AnyTransport", Transport, AsyncTransport)


class _Shared(Generic[AnyTransport]):
    """What `Core` and `AsyncCore` have in common: everything but who carries the flows
    out."""

    def __init__(
        self,
        settings: ClientSettings,
        credentials: Mapping[str, Credential],
        transport: AnyTransport,
        *,
        base_url: str | None = None,
        headers: Mapping[str, str] | None = None,
        options: RequestOptions | None = None,
        jitter: random.Random | None = None,
    ) -> None:
        self.settings = settings
        self.credentials = credentials
        self.transport: AnyTransport = transport
        self.base_url = _checked_url(base_url, settings)
        self.codec = Codec(f"{settings.package}.models")
        self.headers: Mapping[str, str] = {
            "User-Agent": settings.package.rpartition(".")[2],
            **(headers or {}),
        }
        self.options: RequestOptions = options or {}
        self.jitter = jitter or random.Random()
        self.log = logging.getLogger(settings.package)

    def flow(self, call: Call[T], options: RequestOptions | None = None) -> Flow[T]:
        """One call as a flow: build, authorise, send until final, decode. Raises
        APIError."""
        operation = call.operation
        merged = _merged(self.options, options)
        base_url = self.base_url or operation.server or self.settings.base_url or ""
        request, key = request_for(
            call, self.codec, base_url=base_url, headers=self.headers, options=merged
        )
        url = request.url
        settings = self.settings
        request = authorised(
            request,
            operation.security,
            settings.schemes,
            self.credentials,
            operation.id,
        )
        policy = Policy(
            timeout=Timeout.of(merged.get("timeout")),
            deadline=merged.get("deadline", 180.0),
            max_retries=merged.get("max_retries", 2),
            idempotent=operation.retry_safe or operation.method in IDEMPOTENT,
            keyed=key is not None,
            statuses=operation.retry_statuses,
        )
        try:
            done = yield from exchange(request, policy, self.jitter, self.log)
            if (
                request.url is not url
            ):  # a key went into the query: answers and errors must not show it
                done = replace(done, response=replace(done.response, url=url))
            response = done.response
            if not 200 <= response.status < 300:
                raise error_for(done, operation, self.codec, settings.errors)
            value: T = value_of(
                response, operation, self.codec, strict=merged.get("strict", False)
            )
        except APIError as error:
            error.idempotency_key = key
            raise
        if on_response := merged.get("on_response"):
            on_response(
                ApiResponse(
                    response.status,
                    response.headers,
                    response.content,
                    value,
                    response.url,
                    done.elapsed,
                )
            )
        return value

    def with_options(self, options: RequestOptions) -> Self:
        """A core like this one with other options, on the same transport."""
        other = copy.copy(self)
        other.headers = {**self.headers, **options.get("headers", {})}
        other.options = _merged(
            self.options, cast("RequestOptions", {**options, "headers": {}})
        )
        return other

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({self.base_url or self.settings.base_url!r}, "
            f"{transport_name(self.transport)})"
        )


class Core(_Shared[Transport]):
    """Makes calls, blocking."""

    def call(self, call: Call[T], options: RequestOptions | None = None) -> T:
        """The decoded answer. Raises APIError."""
        return run(self.flow(call, options), self.transport)

    def run(self, flow: Flow[T]) -> T:
        """The result of a flow."""
        return run(flow, self.transport)


class AsyncCore(_Shared[AsyncTransport]):
    """Makes calls on asyncio."""

    async def call(self, call: Call[T], options: RequestOptions | None = None) -> T:
        """The decoded answer. Raises APIError."""
        return await run_async(self.flow(call, options), self.transport)

    async def run(self, flow: Flow[T]) -> T:
        """The result of a flow."""
        return await run_async(flow, self.transport)


AnyCore = TypeVar("AnyCore", Core, AsyncCore)


class _ClientBase(Generic[AnyCore]):
    _core: AnyCore

    @property
    def transport_name(self) -> str:
        """What sends the requests, e.g. "stdlib"."""
        return transport_name(self._core.transport)

    def with_options(self, **options: Unpack[RequestOptions]) -> Self:
        """A client like this one with other options; it shares credentials and
        connections with this one."""
        other = copy.copy(self)
        other._core = self._core.with_options(options)
        for name in list(vars(other)):
            if isinstance(getattr(type(other), name, None), cached_property):
                delattr(other, name)  # a resource that is bound to the old core
        return other

    def __repr__(self) -> str:
        base_url = self._core.base_url or self._core.settings.base_url
        return (
            f"{type(self).__name__}(base_url={base_url!r}, "
            f"transport={self.transport_name!r})"
        )


class ClientBase(_ClientBase[Core]):
    """Base of the client class that makes calls blocking; usable from several threads
    at once."""

    def __init__(
        self,
        settings: ClientSettings,
        credentials: Mapping[str, Credential],
        *,
        base_url: str | None = None,
        transport: Transport | str | None = None,
        timeout: Timeout | float | None = None,
        deadline: float | Unset | None = UNSET,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        strict: bool = False,
    ) -> None:
        options = _options(timeout, deadline, max_retries, strict)
        opened = _transport(settings.transport if transport is None else transport)
        self._core = Core(
            settings,
            credentials,
            opened,
            base_url=base_url,
            headers=headers,
            options=options,
        )

    def raw(self, method: Callable[P, T]) -> Callable[P, ApiResponse[T]]:
        """`method` giving status, headers and bytes too:
        `client.raw(client.jobs.get)(job_id).headers`."""

        def call(*args: P.args, **kwargs: P.kwargs) -> ApiResponse[T]:
            seen: list[ApiResponse[Any]] = []
            value = _watched(method, seen, kwargs)(*args)
            return replace(seen[-1], value=value)

        return call

    def close(self) -> None:
        """Let go of idle connections."""
        self._core.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncClientBase(_ClientBase[AsyncCore]):
    """Base of the client class that makes calls on asyncio; usable over several event
    loops."""

    def __init__(
        self,
        settings: ClientSettings,
        credentials: Mapping[str, Credential],
        *,
        base_url: str | None = None,
        transport: AsyncTransport | str | None = None,
        timeout: Timeout | float | None = None,
        deadline: float | Unset | None = UNSET,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        strict: bool = False,
    ) -> None:
        options = _options(timeout, deadline, max_retries, strict)
        opened = _async_transport(
            settings.transport if transport is None else transport
        )
        self._core = AsyncCore(
            settings,
            credentials,
            opened,
            base_url=base_url,
            headers=headers,
            options=options,
        )

    def raw(
        self, method: Callable[P, Coroutine[Any, Any, T]]
    ) -> Callable[P, Coroutine[Any, Any, ApiResponse[T]]]:
        """`method` giving status, headers and bytes too: `(await
        client.raw(client.jobs.get)(job_id)).headers`."""

        async def call(*args: P.args, **kwargs: P.kwargs) -> ApiResponse[T]:
            seen: list[ApiResponse[Any]] = []
            value = await _watched(method, seen, kwargs)(*args)
            return replace(seen[-1], value=value)

        return call

    async def aclose(self) -> None:
        """Let go of idle connections."""
        await self._core.transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def _watched(
    method: Callable[..., T], seen: list[ApiResponse[Any]], kwargs: Mapping[str, Any]
) -> Callable[..., T]:
    """`method` with its options completed, so that every successful answer lands in
    `seen`."""
    options = cast("RequestOptions", kwargs.get("options") or {})
    also = options.get("on_response")

    def note(response: ApiResponse[Any]) -> None:
        seen.append(response)
        if also is not None:
            also(response)

    return partial(method, **{**kwargs, "options": {**options, "on_response": note}})


def _options(
    timeout: Timeout | float | None,
    deadline: float | Unset | None,
    max_retries: int,
    strict: bool,
) -> RequestOptions:
    options: RequestOptions = {
        "timeout": Timeout.of(timeout),
        "max_retries": max_retries,
        "strict": strict,
    }
    if deadline is not UNSET:
        options["deadline"] = deadline
    return options


def _merged(options: RequestOptions, more: RequestOptions | None) -> RequestOptions:
    """`options` overridden by `more`; headers and query are joined; a timeout of None
    changes nothing."""
    if not more:
        return options
    merged: RequestOptions = {**options, **more}
    if options.get("headers") and more.get("headers"):
        merged["headers"] = {**options.get("headers", {}), **more.get("headers", {})}
    if options.get("query") and more.get("query"):
        merged["query"] = {**options.get("query", {}), **more.get("query", {})}
    if merged.get("timeout") is None:
        merged["timeout"] = options.get("timeout")
    return merged


def _checked_url(base_url: str | None, settings: ClientSettings) -> str | None:
    """`base_url` if it can be one. Raises ValueError, and TypeError when there is none
    at all."""
    if base_url is None:
        if settings.base_url is None:
            raise TypeError(
                "base_url= is required: the API's description names no server"
            )
        return None
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(
            f"base_url is {without_query(base_url)!r}: it must begin with https:// or "
            "http:// and a host"
        )
    if "@" in parts.netloc or "#" in base_url or quote(base_url, safe=_URL) != base_url:
        raise ValueError(
            "base_url must hold no user name, password, fragment, or character to be "
            "percent-encoded"
        )
    return base_url


def transport_name(transport: Transport | AsyncTransport) -> str:
    """The name of a transport: its `name`, else that of its class."""
    return str(getattr(transport, "name", type(transport).__name__))


def _transport(choice: Transport | str) -> Transport:
    if not isinstance(choice, str):
        if not hasattr(choice, "send"):
            raise TypeError(
                f"transport is a {type(choice).__name__}, which cannot send blocking"
            )
        return choice
    if choice == "stdlib":
        from .stdlib_http import (
            StdlibTransport,
        )  # the modules of a transport load when it is chosen

        return StdlibTransport()
    from .httpx_adapter import HttpxTransport

    return HttpxTransport(choice)


def _async_transport(choice: AsyncTransport | str) -> AsyncTransport:
    if not isinstance(choice, str):
        if not hasattr(choice, "asend"):
            raise TypeError(
                f"transport is a {type(choice).__name__}, which cannot send on asyncio"
            )
        return choice
    if choice == "stdlib":
        from .stdlib_http import (
            AsyncStdlibTransport,
        )  # the modules of a transport load when it is chosen

        return AsyncStdlibTransport()
    from .httpx_adapter import AsyncHttpxTransport

    return AsyncHttpxTransport(choice)
