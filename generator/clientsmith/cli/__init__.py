"""The command line: what can be asked for, and how a run ends. What the commands do is `commands`."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from clientsmith import __version__
from clientsmith.cli import commands
from clientsmith.cli.commands import tell
from clientsmith.project.folders import ProjectError

_CODES = """\
exit codes:
  0 fine, 1 findings, 2 wrong usage or settings, 3 bad input, 4 upstream not reached, 5 unsafe path refused,
  70 a bug of clientsmith, 74 output cannot be written, 130 interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. `arguments` default to those of the process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console that cannot show a character must not end the run.
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        tell("interrupted; nothing was left half-written")
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone. The interpreter must not complain about it when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ProjectError as error:
        place = f"{error.file}: " if error.file != "." else ""
        tell(f"error: {place}{error.message}", error.hint)
        return 5 if error.unsafe else 2
    except Exception as error:
        if options.traceback:
            raise
        tell(
            f"internal error: {type(error).__name__}: {error}",
            f"this is a bug of clientsmith {__version__}, not of your files; please report it, with what the same "
            "command prints with --traceback",
        )
        return 70
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clientsmith",
        description="Typed Python API clients from OpenAPI documents and documentation pages, for vendoring.",
        epilog="examples:\n"
        "  clientsmith init acme openapi.yaml        set up a provider from a document or a page\n"
        "  clientsmith generate                      generate the clients of all providers\n"
        "  clientsmith check                         fail when a client is not what its inputs give\n"
        "  clientsmith generate --spec openapi.yaml --output acme\n"
        "                                            one client, without a project\n\n" + _CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"clientsmith {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    generate = _command(
        subparsers,
        "generate",
        commands.run_generate,
        "write the clients of the given providers, or of all",
        "  clientsmith generate                      all providers\n"
        "  clientsmith generate acme --strict        one; warnings fail, and nothing is written then\n"
        "  clientsmith generate --spec openapi.yaml --output vendor/acme\n"
        "  clientsmith generate --spec page-1.md page-2.md --output vendor/acme --package acme\n",
    )
    _target_arguments(generate)
    generate.add_argument("--strict", action="store_true", help="let warnings fail the run; nothing is written then")
    generate.add_argument(
        "--accept-claims", action="store_true", help="write down anew what pages without OpenAPI claim; review it"
    )
    generate.add_argument("--json", action="store_true", help="print findings and counts as JSON")

    check = _command(
        subparsers,
        "check",
        commands.run_check,
        "fail when a client is not what its inputs give; offline, writes nothing",
        "  clientsmith check                         in CI: missing, extra, stale, edited files, and warnings\n"
        "  clientsmith check --full                  do not trust the digests in the lock: generate and compare\n"
        "  clientsmith check acme --json\n",
    )
    _target_arguments(check)
    check.add_argument("--full", action="store_true", help="generate and compare even when all digests are as locked")
    check.add_argument("--json", action="store_true", help="print findings and counts as JSON")

    init = _command(
        subparsers,
        "init",
        commands.run_init,
        "set up a provider from OpenAPI documents or documentation pages",
        "  clientsmith init acme openapi.yaml        writes specs/acme/provider.toml and a copy of the document\n"
        "  clientsmith init acme jobs.md cancel.md   pages that carry OpenAPI fragments\n",
    )
    init.add_argument("name", metavar="NAME", help="of the provider, and of its package: acme")
    init.add_argument("files", metavar="FROM", nargs="+", help="a document or a page; copied byte for byte")

    validate = _command(
        subparsers,
        "validate",
        commands.run_validate,
        "hold documents against the OpenAPI specification (openapi-spec-validator)",
        "  clientsmith validate                      all providers, as merged and with their overlays\n"
        "  clientsmith validate --spec openapi.yaml\n",
    )
    _target_arguments(validate, output=False)
    validate.add_argument("--json", action="store_true", help="print findings as JSON")

    explain = _command(
        subparsers,
        "explain",
        commands.run_explain,
        "print what a stage of the pipeline makes of a provider",
        "  clientsmith explain acme --stage document the merged document, as JSON\n"
        "  clientsmith explain acme --stage api      what it means\n"
        "  clientsmith explain acme --stage package  names, annotations and files\n",
    )
    _target_arguments(explain, output=False)
    explain.add_argument("--stage", choices=("document", "api", "package"), required=True, help="which stage")

    surface = _command(
        subparsers,
        "surface",
        commands.run_surface,
        "print every public name of a client with its signature, as JSON",
        "  clientsmith surface acme > before.json    compare two with any diff\n"
        "  clientsmith surface --spec openapi.yaml --package acme\n",
    )
    _target_arguments(surface, output=False)
    return parser


def _command(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser],  # pyright: ignore[reportPrivateUsage] no public name
    name: str,
    run: Callable[[argparse.Namespace], int],
    description: str,
    examples: str,
) -> argparse.ArgumentParser:
    parser = subparsers.add_parser(
        name,
        help=description,
        description=f"{description[0].upper()}{description[1:]}.",
        epilog=f"examples:\n{examples}\n{_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--traceback", action="store_true", help="show where a bug of clientsmith happened")
    parser.set_defaults(run=run, usage_error=parser.error)
    return parser


def _target_arguments(parser: argparse.ArgumentParser, *, output: bool = True) -> None:
    parser.add_argument("providers", metavar="PROVIDER", nargs="*", help="of the project; all when none is given")
    parser.add_argument("--spec", metavar="PATH", nargs="+", action="extend", help="files instead of providers")
    if output:
        parser.add_argument("--output", metavar="FOLDER", help="where the client of --spec goes")
    parser.add_argument("--package", metavar="NAME", help="what the client of --spec calls itself; else as its folder")
