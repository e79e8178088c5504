"""Translate: an API becomes a Python package, decided but not written.

- In: `ir.Api`, free of Python. Out: `view.Package`, free of decisions.
- Only here are identifiers, annotations, imports and the layout of files decided; names are resolved all at once.
- Nothing is read and nothing printed here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import field

from clientsmith import ir
from clientsmith.diagnostics import Location, Report
from clientsmith.records import dataclass, replace
from clientsmith.runtime.declarations import TransportName
from clientsmith.translate.aliases import ALIAS, class_aliases, is_class, joined_classes, report_wrong_aliases
from clientsmith.translate.annotations import AnnotationWriter, Imports
from clientsmith.translate.call_paths import Style
from clientsmith.translate.class_names import class_names
from clientsmith.translate.client import client_of
from clientsmith.translate.errors import errors_of, inherited_errors
from clientsmith.translate.examples import examples_of
from clientsmith.translate.models import (
    attribute_names,
    is_component,
    model_modules,
    modules_of,
    used_elsewhere,
)
from clientsmith.translate.naming import Names
from clientsmith.translate.operations import common_parts
from clientsmith.translate.placement import operation_keys, origins_of, placed
from clientsmith.translate.plain_text import plain
from clientsmith.translate.recognition import CLASS, is_used, lasting, recognised, remembered
from clientsmith.translate.renamed import targets_of
from clientsmith.translate.resources import LONGEST_METHOD, resource_modules
from clientsmith.translate.selection import new_siblings, selected, subset, without_unused
from clientsmith.translate.sharing import shared
from clientsmith.view import Identifier, Package, RuntimePlace, UnusedSchemas


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user may decide about a package.

    Attributes:
        package: its import name.
        transport: the default transport (`stdlib`, `httpx2`, `httpx`).
        pinned: names that provider.toml fixes, by `kind:address`.
        locked: names that were given before, the same way.
        assumptions: what the documents assume (`x-assumed`), as pointer and reason, for the docs.
        runtime: where the runtime lies, in the package or shared beside it.
        style: what resources are made of where the author of the document chose no names.
        aliases: old names that go on working, with what they are called now.
        only: the operations that the package has (see `selection`); empty for all.
        unused_schemas: whether schemas that no operation uses become models too.
    """

    package: str
    transport: TransportName = "stdlib"
    pinned: Mapping[str, str] = field(default_factory=dict[str, str])
    locked: Mapping[str, str] = field(default_factory=dict[str, str])
    assumptions: tuple[tuple[str, str], ...] = ()
    runtime: RuntimePlace = "vendored"
    style: Style = "path"
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])
    only: tuple[str, ...] = ()
    unused_schemas: UnusedSchemas = "drop"


def translate(api: ir.Api, settings: Settings, report: Report, place: Callable[[str], Location]) -> Package:
    """Decide the package of an API.

    Args:
        api: what parse read.
        settings: the user's.
        report: for names that only a number distinguishes, names that cannot be used, settings that match nothing.
        place: the location of an address, for those diagnostics.
    """
    package = _package(api, settings, report, place)
    if not settings.only:
        return package
    addresses, unmatched = selected(api, settings.only, package.origins)
    for index in unmatched:
        report.add(
            "only-unused",
            f"no operation matches {settings.only[index]!r}",
            Location("provider.toml", f"/only/{index}"),
            hint="an entry is 'tag:NAME', 'resource:NAME' or a method and a path, such as 'get /jobs/{id}'",
            subject=settings.only[index],
        )
    for operation, call in new_siblings(api, addresses, package.origins, settings.locked):
        entry = f"{operation.method.lower()} {operation.template}"
        report.add(
            "operation-not-selected",
            f"the new operation {entry!r} ({call}) is not selected, unlike others of its resource",
            place(operation.address),
            hint=f"add {_toml(entry)} to 'only' in provider.toml to have it",
        )
    # The names are those of the whole client, which the lock keeps: what is selected later has its name already.
    chosen = replace(settings, locked=package.names, pinned={})
    part = _package(subset(api, addresses), chosen, Report(), place)
    return replace(
        part,
        names=package.names,
        kept=package.kept,
        without_class=package.without_class,
        origins=package.origins,
        class_origins=package.class_origins,
    )


def _toml(text: str) -> str:
    """Returns a basic string of TOML, which has the escapes of JSON."""
    return json.dumps(text, ensure_ascii=False)


def _report_unused(keys: tuple[str, ...], report: Report, place: Callable[[str], Location]) -> None:
    components = [key for key in keys if is_component(key)]
    if not components:
        return
    names = [key.rpartition("/")[2] for key in components]
    what = "a schema that nothing uses has no model"
    if len(names) > 1:
        what = f"{len(names)} schemas that nothing uses have no models"
    report.add(
        "unused-schema",
        f"{what}: {', '.join(names[:3])}{', ...' if len(names) > 3 else ''}",
        place(components[0]),
        hint='unused_schemas = "keep" in provider.toml keeps them',
    )


def _report_long(names: Mapping[str, str], report: Report, place: Callable[[str], Location]) -> None:
    """Reports the methods with long names, by address, in one note: they are as their author named them."""
    longest = max(names.values(), key=len, default="")
    message = f"the method '{longest}' has {len(longest)} characters, more than {LONGEST_METHOD}"
    if len(names) > 1:
        message = f"{len(names)} methods have names of more than {LONGEST_METHOD} characters, the longest '{longest}'"
    hint = "pin shorter ones under [names] in provider.toml"
    for address in names:
        report.add("name-long", message, place(address), hint=hint, fold=True)


def _package(api: ir.Api, settings: Settings, report: Report, place: Callable[[str], Location]) -> Package:
    """Returns the package of all operations of an API; see `translate`."""
    addresses = {key: address for address, key in operation_keys(api.operations).items()}

    def numbered(address: str, name: str, pin: str) -> None:
        where = address.partition("|")[0]
        report.add(
            "name-numbered",
            f"only a number distinguishes '{name}' from another name",
            place(addresses.get(where, where)),
            hint=f"pin a better one: add to provider.toml under [names]: {_toml(pin)} = {_toml(name)}",
        )

    def unusable(address: str, name: str) -> None:
        where = address.partition("|")[0]
        report.add(
            "name-unusable",
            f"nothing of the name can be used, it is called '{name}'",
            place(addresses.get(where, where)),
        )

    long: dict[str, str] = {}
    whole, before = api, recognised(api, settings.locked)
    alike = shared(api, before.locked, settings.pinned)
    api = alike.api
    if settings.unused_schemas == "drop":
        api, unused = without_unused(api)
        _report_unused(unused, report, place)
    names = Names(alike.locked, settings.pinned, numbered=numbered, unusable=unusable, long=long.__setitem__)
    package = Identifier(settings.package)
    taken = {*settings.pinned.values(), *settings.aliases}
    joined = joined_classes(before, taken)
    joined |= {old: key for old, key in alike.joined.items() if old not in taken}
    class_decisions = class_names(api, names, frozenset(joined))
    classes = class_decisions.names
    joined = {old: alike.first.get(key, key) for old, key in joined.items()}
    skip = frozenset(api.declarations) - used_elsewhere(api, components=settings.unused_schemas == "keep")
    # What is a body by its fields alone has a name for the sake of what is inside, and no class.
    present = {key: declaration for key, declaration in api.declarations.items() if key not in skip}
    aliases = class_aliases(replace(api, declarations=present), classes, joined, settings.aliases)
    for alias in aliases:
        if alias.is_type and not alias.deprecated:
            names.given[ALIAS + alias.old] = str(alias.new)
    # Those that share a class are locked too: each keeps the name, whichever of them goes.
    named = {key: classes[first] for key, first in alike.first.items() if first in classes and is_used(whole, key)}
    names.given.update({CLASS + key: str(name) for key, name in named.items()})
    attributes = attribute_names(api, names)
    common = common_parts(api, AnnotationWriter(Imports(), classes, api.declarations))
    paths = placed(api, settings.pinned, settings.locked, settings.style)
    calls = {old: new for old, new in settings.aliases.items() if not is_class(new)}
    modules, job_module = resource_modules(api, paths, names, classes, attributes, common, calls)
    declared = {str(name) for key, name in classes.items() if key.removeprefix("guard:") not in skip}
    declared |= {str(alias.old) for alias in aliases if not alias.deprecated}
    resources = [resource for module in modules for resource in module.resources]
    made = {str(one.old) for resource in resources for one in resource.renamed}
    places = {str(resource.path) for resource in resources}
    report_wrong_aliases(settings.aliases, declared, targets_of(modules).keys(), places, made, report)
    errors, job_errors, error_imports = errors_of(api, classes, common)
    owners = {address: path.groups[0] if path.groups else "client" for address, path in paths.items()}
    models = model_modules(api, classes, attributes, modules_of(api, classes, skip, owners))
    client = client_of(api, package, settings.transport, names, common)
    for pin in sorted(set(settings.pinned) - names.used_pins):
        report.add(
            "name-pin-unused",
            f"the pinned name '{pin}' matches nothing",
            Location("provider.toml", f"/names/{pin.replace('~', '~0').replace('/', '~1')}"),
            hint="delete it, or correct its address",
        )
    _report_long(long, report, place)
    return Package(
        name=package,
        title=api.title,
        doc=plain(api.description),
        client=client,
        modules=modules,
        models=models,
        errors=errors,
        error_imports=error_imports,
        inherited_errors=inherited_errors(api, errors),
        job_errors=job_errors,
        examples=examples_of(api),
        job_module=job_module,
        names=dict(sorted(remembered(whole, names.given).items())),
        kept=lasting(before, names.given) | names.kept,
        without_class=frozenset(str(classes[key]) for key in skip),
        assumptions=settings.assumptions,
        runtime=settings.runtime,
        origins=origins_of(api, paths, names.given),
        class_aliases=aliases,
        class_origins=class_decisions.listed(skip),
    )
