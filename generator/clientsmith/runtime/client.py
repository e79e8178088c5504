"""`Core` turns a `Call` into a value: it holds what all calls of a client share. A core
is never changed; `with_options` makes another one on the same transport. `ClientBase`
is what users see of it. Sync and async differ in the driver of flows alone."""

from __future__ import annotations

import copy
import logging
import random
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, update_wrapper
from importlib import import_module
from typing import Any, Concatenate, Final, Generic, ParamSpec, Self, TypeVar, cast

from . import feature
from .codec import Codec
from .declarations import UNSET, ClientSettings, Operation, Requirements, Scheme
from .errors import APIError
from .flow import Flow, run, run_async
from .operation import ApiResponse, Call, Credential, RequestOptions, request_for
from .response import error_for, value_of
from .retry import exchange
from .transport import AsyncTransport, Request, Timeout, Transport, address_fault

T = TypeVar("T")
P = ParamSpec("P")
AnyTransport = TypeVar("AnyTransport", bound=Transport | AsyncTransport)

Credentials = Mapping[str, Credential]
Schemes = Mapping[str, Scheme]
Authorise = Callable[[Request, Requirements, str, Schemes, Credentials], Request]
_HTTPX: Final = "httpx_adapter"
_ADAPTERS: Final = {"stdlib": "stdlib_http", "httpx2": _HTTPX, "httpx": _HTTPX}
"""The module of each transport that has a name."""


@dataclass(eq=False, repr=False)
class _Shared(Generic[AnyTransport]):
    """What `Core` and `AsyncCore` have in common: all but who carries the flows out."""

    settings: ClientSettings
    credentials: Credentials
    transport: AnyTransport
    base_url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    options: RequestOptions = field(default_factory=RequestOptions)
    jitter: random.Random = field(default_factory=random.Random)
    paces: dict[str, Any] = field(default_factory=dict[str, Any])  # of polls

    def __post_init__(self) -> None:
        package = self.settings.package
        self.base_url = _checked_url(self.base_url, self.settings)
        self.headers = {"User-Agent": package.rpartition(".")[2], **self.headers}
        self.codec, self.log = Codec(f"{package}.models"), logging.getLogger(package)

    def flow(self, call: Call[T], options: RequestOptions | None = None) -> Flow[T]:
        """Returns one call as a flow, up to its value. Raises APIError."""
        operation, settings = call.operation, self.settings
        merged = _merged(self.options, options)
        if headers := settings.header_options:
            given = cast("Mapping[str, object]", merged)
            own = {header: given.get(option) for option, header in headers.items()}
            call = replace(call, header={**own, **(call.header or {})})
        base = self.base_url or operation.server or settings.base_url or ""
        request, key = request_for(
            call, self.codec, base_url=base, headers=self.headers, options=merged
        )
        is_download = feature("media", "is_download", needed=False)
        if is_download and is_download(call):
            request = replace(request, max_content=merged.get("max_download", 2**30))
        url, security = request.url, operation.security
        if security := settings.security if security is None else security:
            authorise: Authorise = feature("security", "authorised")
            known = settings.schemes, self.credentials
            request = authorise(request, security, operation.id, *known)
        try:
            how = operation, merged, self.jitter, self.log
            done = yield from exchange(request, *how, keyed=bool(key))
            if request.url is not url:  # errors must not show a key in the query
                done = done._replace(response=replace(done.response, url=url))
            response = done.response
            if not 200 <= response.status < 300:
                raise error_for(done, operation, self.codec, settings)
            value: T = value_of(response, call, self.codec, merged.get("strict", False))
        except APIError as error:
            error.call = f"{operation.id}: {request.method} {url.partition('?')[0]}"
            error.hide(one.value for one in self.credentials.values())
            error.idempotency_key = key
            raise
        if on_response := merged.get("on_response"):
            seen = response.status, response.headers, response.content
            on_response(ApiResponse(*seen, value, response.url, done.elapsed))
        return value

    def send(
        self, operation: Operation, options: RequestOptions | None, **parts: Any
    ) -> T:  # type: ignore[type-var]  # pyright: ignore[reportInvalidTypeVarUse]
        """Makes a call with these fields; only its place says what T is."""
        return cast("T", cast("Any", self).call(Call[Any](operation, **parts), options))

    send_any = cast("Callable[..., Any]", send)
    send_none = cast("Callable[..., None]", send)
    """As `send`: from Any and None, type checkers infer no T."""

    def with_options(self, options: RequestOptions) -> Self:
        """Returns a core like this one with other options, on the same transport."""
        other = copy.copy(self)
        other.headers = {**self.headers, **options.get("headers", {})}
        others = cast("RequestOptions", {**options, "headers": {}})
        other.options = _merged(self.options, others)
        return other


class Core(_Shared[Transport]):
    """Makes calls, blocking."""

    def call(self, call: Call[T], options: RequestOptions | None = None) -> T:
        """Returns the decoded response. Raises APIError."""
        return self.run(self.flow(call, options))

    def run(self, flow: Flow[T]) -> T:
        """Returns the result of a flow."""
        return run(flow, self.transport)


class AsyncCore(_Shared[AsyncTransport]):
    """Makes calls on asyncio."""

    async def call(self, call: Call[T], options: RequestOptions | None = None) -> T:
        """Like `Core.call`."""
        return await self.run(self.flow(call, options))

    async def run(self, flow: Flow[T]) -> T:
        """Returns the result of a flow."""
        return await run_async(flow, self.transport)


class Resource:
    """Base of the classes whose methods make calls blocking, one for each resource."""

    def __init__(self, core: Core) -> None:
        self._core = core


class AsyncResource:
    """Base of the classes whose methods make calls on asyncio."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core


def lazy_resource(name: str, module: str = "") -> Any:
    """A property: the resource of a class, read on first use. No `module`: the same."""

    def made(self: Any) -> Any:
        core, here = self._core, type(self).__module__
        place = f"{core.settings.package}.{module}" if module else here
        return getattr(import_module(place), name)(core)

    return cached_property(made)


def asynchronous(
    method: Callable[Concatenate[Any, P], T],
) -> Callable[Concatenate[Any, P], Coroutine[Any, Any, T]]:
    """Returns the asynchronous form of a method of a `Resource` for the members of an
    `AsyncResource`, whose core gives what has to be awaited."""
    made = cast("Callable[..., Coroutine[Any, Any, T]]", method)

    async def call(*args: Any, **kwargs: Any) -> T:
        return await made(*args, **kwargs)

    update_wrapper(call, method)
    return call


class AnyClient(Generic[AnyTransport]):
    """What `ClientBase` and `AsyncClientBase` have in common."""

    _core_class: type[Any]

    def __init__(
        self,
        settings: ClientSettings,
        credentials: Credentials,
        own_options: Mapping[str, object] | None = None,
        *,
        base_url: str | None = None,
        transport: AnyTransport | str | None = None,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        Timeout.of(options.get("timeout"), None)  # refuses what is no limit
        options = {**(own_options or {}), **options}
        options = {name: of for name, of in options.items() if of is not UNSET}
        choice = settings.transport if transport is None else transport
        opened = _opened(choice, issubclass(self._core_class, AsyncCore))
        parts = settings, credentials, opened, base_url, headers or {}, options
        self._core: Any = self._core_class(*parts)

    @property
    def transport_name(self) -> str:
        """What sends the requests, e.g. "stdlib"."""
        transport = self._core.transport
        return str(getattr(transport, "name", type(transport).__name__))

    def _with_options(self, options: RequestOptions) -> Self:
        """The `with_options` of the clients, each of which knows its own options."""
        other = copy.copy(self)
        other._core = self._core.with_options(options)
        for name in list(vars(other)):
            if isinstance(getattr(type(other), name, None), cached_property):
                delattr(other, name)  # a resource that is bound to the old core
        return other

    def __repr__(self) -> str:
        url = self._core.base_url or self._core.settings.base_url
        name = type(self).__name__
        return f"{name}(base_url={url!r}, transport={self.transport_name!r})"


class ClientBase(AnyClient[Transport]):
    """Base of the blocking client; usable from several threads at once."""

    _core: Core
    _core_class = Core

    def raw(self, method: Callable[P, T]) -> Callable[P, ApiResponse[T]]:
        """Returns `method` with its `ApiResponse`: `client.raw(method)(job_id)`."""

        def call(*args: P.args, **kwargs: P.kwargs) -> ApiResponse[T]:
            kwargs["options"], seen = recording(kwargs.get("options"))
            value = method(*args, **kwargs)
            return replace(seen[-1], value=value)

        return call

    def close(self) -> None:
        """Let go of idle connections."""
        self._core.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncClientBase(AnyClient[AsyncTransport]):
    """Base of the asyncio client; usable over several event loops."""

    _core: AsyncCore
    _core_class = AsyncCore

    def raw(
        self, method: Callable[P, Coroutine[Any, Any, T]]
    ) -> Callable[P, Coroutine[Any, Any, ApiResponse[T]]]:
        """Returns `method` with `ApiResponse`: `await client.raw(method)(job_id)`."""

        async def call(*args: P.args, **kwargs: P.kwargs) -> ApiResponse[T]:
            kwargs["options"], seen = recording(kwargs.get("options"))
            value = await method(*args, **kwargs)
            return replace(seen[-1], value=value)

        return call

    async def aclose(self) -> None:
        """Let go of idle connections."""
        await self._core.transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def recording(given: Any) -> tuple[RequestOptions, list[ApiResponse[Any]]]:
    """Returns options completed, and the list that each response will be added to."""
    options = cast("RequestOptions", given or {})
    also = options.get("on_response")
    seen: list[ApiResponse[Any]] = []

    def note(response: ApiResponse[Any]) -> None:
        seen.append(response)
        if also is not None:
            also(response)

    return {**options, "on_response": note}, seen


def _merged(options: RequestOptions, more: RequestOptions | None) -> RequestOptions:
    """Returns `options` overridden by `more`; headers, query and body are joined."""
    if not more:
        return options
    both: dict[str, Any] = {**options, **more}
    for name in {"headers", "query", "extra_body"} & options.keys() & more.keys():
        both[name] = {**options[name], **more[name]}  # type: ignore[literal-required]
    if both.get("timeout") is None:
        both["timeout"] = options.get("timeout")
    return cast("RequestOptions", both)


def _checked_url(base_url: str | None, settings: ClientSettings) -> str | None:
    """Returns `base_url`. Raises ValueError, and TypeError when there is none."""
    if base_url is None and settings.base_url is None:
        raise TypeError("base_url= is required: the API names no server")
    if fault := base_url and address_fault(base_url):
        raise ValueError(f"base_url {fault}")
    return base_url


def _opened(choice: Transport | AsyncTransport | str, asynchronous: bool) -> Any:
    """Returns the transport of a name, or the one given if it can send this way.

    Raises ValueError for a name whose module this package does not have."""
    if not isinstance(choice, str):
        if hasattr(choice, "asend" if asynchronous else "send"):
            return choice
        way = "on asyncio" if asynchronous else "blocking"
        kind = type(choice).__name__
        raise TypeError(f"transport is a {kind}, which cannot send {way}")
    module = _ADAPTERS.get(choice)
    if module is None:
        names = ", ".join(map(repr, _ADAPTERS))
        raise ValueError(f"transport is {choice!r}: it must be {names} or an object")
    opened: Callable[[str, bool], Any] | None = feature(module, "opened", needed=False)
    if opened is None:
        what = f'set transport = "{choice}" in provider.toml and generate it again'
        what = f"is not part of this client: {what}, or pass a transport object"
        raise ValueError(f"transport {choice!r} {what}")
    return opened(choice, asynchronous)
