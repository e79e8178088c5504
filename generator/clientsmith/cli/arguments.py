"""What the arguments of a command mean: which project and providers, or which files.

Ends the process with the command's usage when they contradict each other.
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from clientsmith.project.folders import Project, ProjectError, common_folder, find_project

if TYPE_CHECKING:
    from clientsmith.project.settings import Provider


def project(options: Namespace) -> Project:
    """The project that the command runs in.

    Raises:
        ProjectError: there is none, or its table is wrong.
    """
    if options.package:
        options.usage_error("--package goes with --spec; a provider's package is set in its provider.toml")
    if getattr(options, "output", None):
        options.usage_error("--output goes with --spec; the folder of a project's clients is set in pyproject.toml")
    return find_project(os.getcwd())


def providers(options: Namespace, own: Project) -> list[str]:
    """The providers that are meant: those named, each once and sorted, or all."""
    known = own.providers()
    if not known:
        raise ProjectError(
            f"no providers in {own.specs}/", ".", hint="`clientsmith init NAME FILE` sets up the first one"
        )
    for name in options.providers:
        if name not in known:
            _unknown(options, name, known)
    return sorted(set(options.providers)) or known


def _unknown(options: Namespace, name: str, known: Sequence[str]) -> NoReturn:
    import difflib

    near = difflib.get_close_matches(name, known, 1)
    options.usage_error(
        f"no provider {name!r}; " + (f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}")
    )
    raise AssertionError("argparse ends the process")


def spec_files(options: Namespace) -> tuple[str, list[str]]:
    """The folder of the files of `--spec`, and their names in it."""
    try:
        return common_folder(options.spec)
    except ValueError:
        options.usage_error("the files of --spec must lie on one drive")
        raise


def spec_package(options: Namespace) -> str:
    """What the client calls itself: as told, else as its folder, else as its document."""
    if options.providers:
        options.usage_error("name providers, or --spec with files, not both")
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
    """As `settings_keys.PACKAGE`, without its import."""
    import keyword

    lower = name.isascii() and name == name.lower()
    return lower and name.isidentifier() and name[0] != "_" and not keyword.iskeyword(name)


def spec_provider(options: Namespace) -> Provider:
    """The files of `--spec` as a provider."""
    from clientsmith.project.settings import Provider

    return Provider.for_spec(options.spec, spec_package(options))
