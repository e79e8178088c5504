"""The meaning of arguments: the project and providers, or the ad-hoc files, that a command is about.

Arguments that contradict one another end the process with the usage of the command.
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from clientsmith.cli.safe_text import visible
from clientsmith.project.folders import Project, ProjectError, common_folder, find_project

if TYPE_CHECKING:
    from clientsmith.project.settings import Provider


def project_of(options: Namespace) -> Project:
    """Returns the project of the current folder.

    Raises:
        ProjectError: There is none, or its table is invalid.
    """
    if options.package:
        options.usage_error("--package requires --spec; in a project, provider.toml sets the name of a package")
    if getattr(options, "output", None):
        options.usage_error("--output requires --spec; in a project, pyproject.toml sets the folder of the clients")
    return find_project(os.getcwd())


def provider_names(options: Namespace, project: Project) -> list[str]:
    """Returns the providers on the command line, sorted and without duplicates, or all providers of the project."""
    known = project.providers()
    if not known:
        hint = "`clientsmith init NAME FILE` sets up the first one"
        raise ProjectError(f"there are no providers in {project.specs}/", ".", hint=hint)
    for name in options.providers:
        if name not in known:
            _refuse_provider(options, name, known)
    return sorted(set(options.providers)) or known


def _refuse_provider(options: Namespace, name: str, known: Sequence[str]) -> NoReturn:
    import difflib

    near = difflib.get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"the providers are: {', '.join(map(visible, known))}"
    options.usage_error(f"there is no provider {name!r}; {hint}")
    raise AssertionError("argparse ends the process")


def spec_files(options: Namespace) -> tuple[str, list[str]]:
    """Returns the common folder of the files of `--spec`, and their paths in it."""
    try:
        return common_folder(options.spec)
    except ValueError:
        options.usage_error("the files of --spec must be on one drive")
        raise


def spec_package(options: Namespace) -> str:
    """Returns the package name of a client of `--spec`: as given, else that of its folder, else of its document."""
    if options.providers:
        options.usage_error("give either providers or --spec, not both")
    if options.package and not _is_package(options.package):
        options.usage_error(f"--package must be a package name in lower case, such as acme: {options.package!r}")
    if options.package:
        return str(options.package)
    output = getattr(options, "output", None)
    name: str
    if output:
        name = os.path.basename(os.path.abspath(output))
    else:
        name = os.path.basename(sorted(options.spec)[0]).partition(".")[0]
    if _is_package(name):
        return name
    from clientsmith.project.settings import package_name

    return package_name(name)


def _is_package(name: str) -> bool:
    """The rule of `keys.PACKAGE`, without its import."""
    import keyword

    lower = name.isascii() and name == name.lower()
    return lower and name.isidentifier() and name[0] != "_" and not keyword.iskeyword(name)


def spec_provider(options: Namespace) -> Provider:
    """Returns the files of `--spec` as a provider."""
    from clientsmith.project.settings import Provider

    return Provider.for_spec(options.spec, spec_package(options))
