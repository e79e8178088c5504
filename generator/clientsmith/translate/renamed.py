"""Old call paths of methods: where they are, and what they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clientsmith.records import dataclass
from clientsmith.translate.annotations import Imports
from clientsmith.view import Code, Identifier, Renamed, ResourceModule, ResourceView


@dataclass(frozen=True, slots=True)
class Target:
    """A method of a resource, or of the client itself."""

    resource: ResourceView
    module: Identifier
    method: Identifier


def targets_of(modules: Iterable[ResourceModule]) -> dict[str, Target]:
    """Returns all methods of a client by their call path."""
    return {
        str(resource.call(name)): Target(resource, module.module, name)
        for module in modules
        for resource in module.resources
        for name in (*(method.name for method in resource.methods), *(handle.name for handle in resource.handles))
    }


def renamed_of(
    aliases: Mapping[str, str], path: Code, module: Identifier, targets: Mapping[str, Target], imports: Imports
) -> tuple[Renamed, ...]:
    """Returns the old names of methods that a resource has.

    Args:
        aliases: new call paths by old names of methods.
        path: where the resource is reached from the client.
        module: the module of the resource.
        targets: all methods by their call path; what leads to none of them is left out.
        imports: of that module.
    """
    found: list[Renamed] = []
    for old, new in sorted(aliases.items()):
        target = targets.get(new)
        if target is None:
            continue
        resource = target.resource
        one = Renamed(
            name=Identifier(old),
            old=Code(f"{path}.{old}" if path else old),
            new=Code(new),
            class_name=resource.class_name,
            async_class_name=resource.async_class_name,
            method=target.method,
            module=target.module if target.module != module else None,
            of_client=resource.attribute is None,
        )
        imports.name("._runtime.renamed", "Renamed")
        if one.of_client:
            imports.name("._runtime.renamed", "of_client")
        if one.module is not None:
            imports.name(".", f"{one.module} as {one.imported}")
        found.append(one)
    return tuple(found)
