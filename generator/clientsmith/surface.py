"""The public surface of a package as JSON, for tools; the same model that generates it, so that it cannot disagree.

{"package": "pixelcut",
 "client": {"sync": "Client", "async": "AsyncClient", "arguments": [...], "options": [...], "base_url": "..."},
 "operations": [{"operation_id", "method", "path", "call": "try_on.job_status", "arguments": [...], "returns": "..."}],
 "jobs": [{"name", "resource", "start": ["try_on.start"], "resume": "try_on.job", "handle": "Job[...]"}],
 "models": [{"name", "kind": "model", "fields": [{"name", "wire", "annotation", "required"}]}, ...],
 "aliases": [{"old": "try_on.stop", "new": "try_on.cancel", "deprecated": true}],
 "errors": [{"status": 404, "name": "NotFoundError", "body": "..."}]}
"""

from __future__ import annotations

from typing import Any, assert_never

from clientsmith.view import Argument, CallView, Definition, Method, Package, ResourceView


def surface_of(package: Package) -> dict[str, Any]:
    """The surface; every list sorted, so that two of them can be compared line by line."""
    operations = [
        _operation(resource, method)
        for resource in package.resources
        for method in resource.methods
        if method.start is None
    ]
    return {
        "package": str(package.name),
        "client": {
            "sync": "Client",
            "async": "AsyncClient",
            "base_url": package.client.settings.base_url,
            "arguments": [
                _argument(a) | {"scheme": c.scheme_name, "environment": variable}
                for c in package.client.credentials
                for a, variable in zip(c.arguments, c.variables, strict=True)
            ],
            "options": [_argument(a) for a in package.client.own_options],
        },
        "operations": sorted(operations, key=lambda o: (o["path"], o["method"], o["operation_id"] or "", o["call"])),
        "jobs": [job for resource in package.resources for job in _jobs(resource)],
        "models": [
            _definition(d) for d in sorted((d for m in package.models for d in m.definitions), key=lambda d: d.name)
        ],
        "aliases": [{"old": str(old), "new": str(new), "deprecated": flag} for old, new, flag in package.old_names],
        "errors": [
            {"status": e.status if e.status >= 100 else str(e.statuses), "name": str(e.name), "body": str(e.body)}
            for e in package.errors
        ],
    }


def _operation(resource: ResourceView, method: Method) -> dict[str, Any]:
    call: CallView = method.call
    return {
        "operation_id": call.operation.id if call.has_operation_id else None,
        "method": call.operation.method,
        "path": call.template,
        "call": str(resource.call(method.name)),
        "arguments": [_argument(a) for a in method.arguments],
        "returns": str(method.overloads[0].returns if method.overloads else method.returns),
        "accept": {str(one.annotation): str(one.returns) for one in method.overloads},
        "retries": {
            "lost_connection": call.retries.lost_connection,
            "statuses": list(call.retries.statuses),
            "reason": call.retries.reason or None,
        },
    }


def _argument(argument: Argument) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "wire": argument.wire or None,
        "location": argument.location,
        "name": str(argument.name),
        "annotation": str(argument.annotation),
        "required": argument.required,
        "positional": argument.positional,
        "default": str(argument.default) or None,
    }
    if argument.has_api_default:
        entry["api_default"] = argument.api_default
    return entry


def _jobs(resource: ResourceView) -> list[dict[str, Any]]:
    return [
        {
            "name": handle.job.spec.name,
            "resource": str(resource.path),
            "start": [str(resource.call(m.name)) for m in resource.methods if m.start and m.start.job is handle.job],
            "resume": str(resource.call(handle.name)),
            "handle": str(handle.job.alias),
            "type": f"{handle.job.handle_class(asynchronous=False)}[{', '.join(handle.job.arguments)}]",
        }
        for handle in resource.handles
    ]


def _definition(definition: Definition) -> dict[str, Any]:
    match definition.kind:
        case "model":
            return {
                "name": str(definition.name),
                "kind": "model",
                "fields": [
                    {"name": str(f.name), "wire": f.wire, "annotation": str(f.annotation), "required": f.required}
                    for f in definition.fields
                ],
            }
        case "enum":
            return {"name": str(definition.name), "kind": "enum", "values": list(definition.values)}
        case "alias":
            return {
                "name": str(definition.name),
                "kind": "union",
                "annotation": str(definition.annotation),
                "discriminator": definition.tagged.property if definition.tagged else None,
            }
        case _:
            assert_never(definition.kind)
