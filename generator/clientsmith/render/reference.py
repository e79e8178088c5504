"""The page that lists every public name, API.md: for people, for coding agents, and for the diff of a new version.

Texts of the document enter it through `markdown` and `code_span` alone.
"""

from __future__ import annotations

from typing import assert_never

from clientsmith.escape import code_span, literal, markdown
from clientsmith.render.layout import Document, Group, layout
from clientsmith.render.statements import constructor_group, overload_group, signature_group
from clientsmith.render.testing import PUBLIC, script_signature
from clientsmith.render.texts import late_exports, root_exports
from clientsmith.view import Code, Definition, FieldView, Method, Package, ResourceView


def client_lines(package: Package) -> Code:
    """The constructors."""
    signature = constructor_group(package.client).flat()
    return Code(
        f"Client: {signature.replace('AnyTransport', 'Transport')}\n"
        f"AsyncClient: {signature.replace('AnyTransport', 'AsyncTransport')}"
    )


def resource_heading(resource: ResourceView) -> Code:
    """How a resource is reached."""
    return Code(f"client.{resource.path}" if resource.path else "client")


def resource_lines(resource: ResourceView) -> Code:
    """The methods of a resource, sorted; the asynchronous ones are the same with `await`."""
    rows = [(method.name, _method(resource, method)) for method in resource.methods]
    for handle in resource.handles:
        signature = f"{handle.name}(job_id: str) -> {handle.job.alias}"
        rows.append((handle.name, f"{markdown(handle.job.doc)}\n```python\n{signature}\n```"))
    return Code("\n\n".join(text for _, text in sorted(rows)))


def _method(resource: ResourceView, method: Method) -> str:
    call, doc = method.call, method.doc
    # What a method that starts a job does is said in our own words.
    summary = doc.summary if method.start is not None else markdown(doc.summary)
    lines = [f"{code_span(f'{call.operation.method} {call.template}')}: {summary}", "```python"]
    lines += _signatures(method)
    example = example_call(resource, method)
    lines += [example] if example is not None else []
    lines.append("```")
    sentences = [f"Raises {', '.join(name for name, _ in doc.raises)}."] if doc.raises else []
    if call.headers:
        sentences.append(f"Headers: {', '.join(f'{name} ({status})' for status, name in call.headers)}.")
    if call.operation.security is not None:
        ways = [" and ".join(schemes) for schemes in call.operation.security if schemes]
        needs = markdown(" or ".join(ways)) if ways else "no credentials"
        # An empty requirement beside others: a call without credentials is valid too.
        optional = ways and () in call.operation.security
        sentences.append(f"Credentials are optional: {needs}." if optional else f"Needs {needs}.")
    return "\n".join([*lines, " ".join([*sentences, call.retries.sentence])])


def example_call(resource: ResourceView, method: Method) -> str | None:
    """Returns `client.try_on.get_job("...")`, at the beginning of a line; None where no example can be written."""
    if method.example is None:
        return None
    end = ").wait()" if method.start is not None else ")"
    return layout(Group(f"client.{resource.call(method.name)}(", list(method.example), end), 0)


def _signatures(method: Method) -> list[str]:
    groups = [overload_group(method, one) for one in method.overloads] or [signature_group(method)]
    return [_signature(method, group) for group in groups]


def _signature(method: Method, group: Group) -> str:
    """Returns a signature without `self` and `options`, which all methods have."""
    items: list[Document] = [item for item in group.items if item != "self"][:-1]
    if items and items[-1] == "*":
        items.pop()
    return Group(f"{method.name}(", items, group.closing.removesuffix(":")).flat()


def type_lines(package: Package) -> Code:
    """What else is imported from the package: classes and aliases of the runtime."""
    of_runtime = [names for module, names in root_exports(package) if module.startswith("_runtime")]
    names = sorted(str(name) for each in (*of_runtime, *(each for _, each in late_exports(package))) for name in each)
    return Code(layout(Group(f"from {package.name} import (", names, ")"), 0))


def testing_lines(package: Package) -> Code:
    """What the module for tests has."""
    names = layout(Group(f"from {package.name}.testing import (", ["EXAMPLES", *PUBLIC], ")"), 0)
    return Code("\n".join([names, *(layout(script_signature(job.script), 0) for job in package.jobs)]))


def job_lines(package: Package) -> Code:
    """The handles of jobs."""
    return Code(
        "\n".join(
            f"{job.handle(asynchronous)} = {job.handle_class(asynchronous)}[{', '.join(job.arguments)}]"
            for job in package.jobs
            for asynchronous in (False, True)
        )
    )


def model_lines(package: Package) -> Code:
    """The models with their fields, sorted."""
    definitions = sorted((d for m in package.models for d in m.definitions), key=lambda d: d.name)
    return Code("\n".join(_definition(d) for d in definitions))


def _definition(definition: Definition) -> str:
    match definition.kind:
        case "model":
            return layout(Group(f"{definition.name}(", [_field(field) for field in definition.fields], ")"), 0)
        case "enum" if not definition.literal or not definition.values:
            return f"{definition.name} = {definition.base if not definition.literal else None}"
        case "enum":
            return layout(Group(f"{definition.name} = Literal[", [literal(v) for v in definition.values], "]"), 0)
        case "alias":
            return f"{definition.name} = {definition.annotation}"
        case _:
            assert_never(definition.kind)


def _field(field: FieldView) -> str:
    # A required field that is sent under another name has a value in the class, but none in the constructor.
    named_only = field.required and "metadata=" in field.default and "default=" not in field.default
    return f"{field.name}: {field.annotation}" + (" = ..." if field.default and not named_only else "")


TEMPLATE_FUNCTIONS = (
    client_lines,
    job_lines,
    model_lines,
    resource_heading,
    resource_lines,
    testing_lines,
    type_lines,
)
"""What templates may call."""
