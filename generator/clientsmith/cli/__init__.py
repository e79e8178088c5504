"""The command line: the parser, its help, and how a run ends. `commands` contains the commands themselves."""

from __future__ import annotations

import argparse
import datetime
import errno
import io
import os
import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import NoReturn

from clientsmith import __version__
from clientsmith.cli import commands
from clientsmith.cli.safe_text import print_message, visible
from clientsmith.exit_status import ExitStatus
from clientsmith.project.folders import ProjectError


class Terminated(BaseException):
    """SIGTERM has come. It ends the run from wherever it is, as KeyboardInterrupt does, and cleans up on its way."""

    @classmethod
    def raised(cls, number: int, frame: FrameType | None) -> NoReturn:
        """The handler of the signal."""
        raise cls


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status. `arguments` default to those of the process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console that cannot show a character must not end the run.
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print_message("interrupted; no file was left half-written")
        return ExitStatus.INTERRUPTED
    except Terminated:
        print_message("terminated; no file was left half-written")
        return ExitStatus.TERMINATED
    except BrokenPipeError:
        # The reader of our output has gone.
        _discard_output()
        return ExitStatus.SUCCESS
    except ProjectError as error:
        place = f"{error.file}: " if error.file != "." else ""
        print_message(f"error: {place}{error.message}", error.hint)
        return ExitStatus.UNSAFE_PATH if error.unsafe else ExitStatus.USAGE
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None and error.errno in _NOT_PRINTED:
            _discard_output()
            print_message(f"error: the output cannot be printed: {error.strerror}")
            return ExitStatus.CANNOT_WRITE
        if options.traceback:
            raise
        print_message(
            f"internal error: {type(error).__name__}: {error}",
            f"this is a bug of clientsmith {__version__}, not a mistake in your files; please report it, together "
            "with what the same command prints with --traceback",
        )
        return ExitStatus.INTERNAL_ERROR
    return status


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{visible(text)!r} is not a date such as 2026-12-31") from None


_NOT_PRINTED = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What is wrong with a stream that cannot be written to: the disk is full where it leads, or the device is broken."""


def _discard_output() -> None:
    """Leads the output nowhere, so that the interpreter does not complain when it writes the rest at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


# ------------------------------------------------------------------------------------------------------ the parser


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="clientsmith",
        description=_DESCRIPTION,
        epilog=_EXIT_CODES,
        formatter_class=_HelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"clientsmith {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add = _Commands(subparsers.add_parser)

    generate = add("generate", commands.run_generate, "generate clients and write what differs", _GENERATE)
    _target_arguments(generate)
    _output_argument(generate)
    generate.add_argument("--strict", action="store_true", help="treat warnings as errors: nothing is written then")
    generate.add_argument(
        "--accept-claims",
        action="store_true",
        help="first renew the claims files, which record what pages without OpenAPI state; review their diff",
    )
    generate.add_argument(
        "--rename",
        action="store_true",
        help="name all anew, whatever the lock has, and print what changes; [aliases] in provider.toml keeps old names",
    )
    generate.add_argument(
        "--fresh", action="store_true", help="generate and compare every file, whatever the lock records"
    )
    _json_argument(generate)

    check = add("check", commands.run_check, "fail if the clients are not up to date; for CI", _CHECK)
    _target_arguments(check)
    _output_argument(check)
    check.add_argument(
        "--fast", action="store_true", help="trust a lock that agrees with the files; for hooks, not for reviews"
    )
    check.add_argument(
        "--format", choices=("text", "json", "github", "sarif"), default="text",
        help="the form of the report (default: text)",
    )  # fmt: skip
    check.add_argument("--json", dest="format", action="store_const", const="json", help="the same as --format json")

    init = add("init", commands.run_init, "set up a provider from OpenAPI documents or documentation pages", _INIT)
    init.add_argument("name", metavar="NAME", help="the name of the provider and of its package, such as acme")
    init.add_argument("files", metavar="FILE", nargs="+", help="an OpenAPI document or a documentation page")

    validate = add("validate", commands.run_validate, "validate documents against the OpenAPI specification", _VALIDATE)
    _target_arguments(validate)
    _json_argument(validate)

    explain = add("explain", commands.run_explain, "print the result of a stage of the pipeline", _EXPLAIN)
    _target_arguments(explain)
    what = explain.add_mutually_exclusive_group(required=True)
    what.add_argument("--stage", choices=("document", "api", "package"), help="the stage to print, see above")
    what.add_argument("--names", action="store_true", help="print each method and class, and what its name was made of")

    names = add("names", commands.run_names, "print pins that name methods as an SDK does", _NAMES)
    _target_arguments(names)
    names.add_argument(
        "--like", metavar="PACKAGE", required=True, help="an installed package, or the folder of its source"
    )
    names.add_argument("--write", action="store_true", help="add the pins to provider.toml instead of printing them")

    drift = add(
        "drift", commands.run_drift, "say what changed, and whether it breaks callers", _DRIFT
    )
    drift.add_argument("sides", metavar="SIDE", nargs="*", help="OLD NEW, or a provider; without any, all providers")
    drift.set_defaults(spec=None, package=None)
    drift.add_argument(
        "--since", metavar="REVISION", default="HEAD", help="the git revision to compare providers with (default: HEAD)"
    )
    drift.add_argument(
        "--format",
        choices=("text", "json", "github", "markdown", "sarif", "html", "changelog"),
        default="text",
        help="the form of the report (default: text)",
    )
    drift.add_argument(
        "--fail-on",
        choices=("break", "risk", "safe", "never"),
        default="break",
        help="the lowest level that makes the exit code 1 (default: break)",
    )
    drift.add_argument("--all", action="store_true", help="list what no caller can notice, and what was accepted")
    drift.add_argument(
        "--today", metavar="DATE", type=_date, default=None,
        help="the day on which acceptances are looked at, as 2026-12-31 (default: the day of this run)",
    )  # fmt: skip

    upstream = add("upstream", commands.run_upstream, "compare with what the providers publish now", _UPSTREAM)
    upstream.add_argument(
        "providers", metavar="PROVIDER", nargs="*", help="a provider of the project; without any, all of them"
    )
    upstream.add_argument(
        "--write", action="store_true", help="write the new files and the lock; all of a provider, or none of it"
    )
    upstream.add_argument(
        "--accept", metavar="DIGEST", action="append", default=[],
        help="take an answer that was refused, by the digest that was printed with it, after you looked at it",
    )  # fmt: skip
    upstream.add_argument(
        "--timeout", metavar="SECONDS", type=float, default=30.0,
        help="the time for one answer, with its redirects and to its last byte (default: 30)",
    )  # fmt: skip
    upstream.add_argument(
        "--authorization", metavar="HOST=VARIABLE", action="append", default=[],
        help="send the value of an environment variable as the Authorization header, to this host alone",
    )  # fmt: skip
    upstream.add_argument(
        "--trusted-host", metavar="HOST[:PORT]", action="append", default=[],
        help="a host that may have a private address and be asked by http, such as a server of your own network",
    )  # fmt: skip
    _json_argument(upstream)
    upstream.set_defaults(package=None)

    surface = add("surface", commands.run_surface, "print every public name of a client as JSON", _SURFACE)
    _target_arguments(surface)
    return parser


class _Parser(argparse.ArgumentParser):
    """A parser, also of each command, whose errors quote what the shell made of names of files."""

    def error(self, message: str) -> NoReturn:
        super().error(visible(message))


class _HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Help of a fixed width: to ask for that of the terminal, argparse imports `shutil`, which every run would pay."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=80)


class _Commands:
    """Adds commands to the parser: `add(name, run, summary, help)`; `help` is a description, and examples after it."""

    def __init__(self, add_parser: Callable[..., argparse.ArgumentParser]) -> None:
        self._add_parser = add_parser

    def __call__(
        self, name: str, run: Callable[[argparse.Namespace], int], summary: str, text: str
    ) -> argparse.ArgumentParser:
        description, _, examples = text.partition("examples:\n")
        parser = self._add_parser(
            name,
            help=summary,
            description=description,
            epilog=f"examples:\n{examples}\n{_EXIT_CODES}",
            formatter_class=_HelpFormatter,
            allow_abbrev=False,
        )
        parser.add_argument("--traceback", action="store_true", help="show the traceback of an internal error")
        parser.set_defaults(run=run, usage_error=parser.error)
        return parser


def _target_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "providers", metavar="PROVIDER", nargs="*", help="a provider of the project; without any, all of them"
    )
    parser.add_argument(
        "--spec", metavar="FILE", nargs="+", action="extend", help="ad-hoc files to read instead of a provider"
    )
    parser.add_argument(
        "--package", metavar="NAME", help="with --spec, the name of the package (default: the name of its folder)"
    )


def _output_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", metavar="FOLDER", help="with --spec, the folder of the client")


def _json_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print diagnostics and counts as JSON")


# ------------------------------------------------------------------------------------------------- the help texts

_EXIT_CODES = """\
exit codes:
  0    success
  1    not up to date, warnings that fail the run, or a change that drift fails on
  2    wrong arguments, or an invalid provider.toml or pyproject.toml
  3    an input cannot be read, or no client can be generated from it
  4    a provider cannot be reached (upstream only)
  5    a path outside the project, or an unsafe address, was refused
  70   internal error: a bug of clientsmith
  74   files cannot be written, or what is printed has no place
  130  interrupted (Ctrl-C)
  143  terminated (SIGTERM)
"""

_DESCRIPTION = """\
Generate typed Python API clients from OpenAPI documents and documentation
pages, as packages that you keep in your own repository.

A project has one folder of inputs for each provider (specs/acme/) and one
folder of output for each client (generated/acme/):

  clientsmith init acme openapi.yaml        set up a provider
  clientsmith generate                      generate the clients of all providers
  clientsmith check                         fail if a client is not up to date (CI)
  clientsmith upstream                      ask the providers what has changed

A single client needs no project:

  clientsmith generate --spec openapi.yaml --output vendor/acme

`clientsmith COMMAND --help` describes a command and shows examples.
"""

_GENERATE = """\
Generate clients and write the files that differ.

Use it after a change of the inputs: an OpenAPI document, a page, an overlay,
provider.toml. Files that are no longer generated are deleted; files that
clientsmith did not write are never overwritten or deleted. All files of a
client change together, or none does.

A client whose inputs and files are as its lock records them is left alone, and
said to be unchanged (by the lock); --fresh does not trust the lock.

Warnings are printed and do not fail the run; --strict makes them errors. If the
clients of the project share a runtime, it is written last, once for all.

examples:
  clientsmith generate                      all providers of the project
  clientsmith generate acme --strict        one provider, without any warning
  clientsmith generate --fresh              after a merge that nobody reviewed
  clientsmith generate --spec openapi.yaml --output vendor/acme
                                            one client, without a project
  clientsmith generate --spec page-1.md page-2.md --output vendor/acme
                                            from pages with OpenAPI fragments
"""

_CHECK = """\
Fail if the clients are not what `generate` would write now.

Use it in CI. It reports missing, extra, stale and edited files with a diff, a
lock that is out of date, and warnings that provider.toml does not allow. It
writes nothing and needs no network.

Every client is generated in memory and compared byte for byte, because a change
can edit a lock together with the files that it describes. --fast takes the word of
a lock whose digests are those of the files, in a fraction of a second.

Of a client that is stale it says what that changes for callers, apart by cause: this
version of clientsmith, or inputs that have changed, which are compared as `drift` does
where a commit has those that the lock records.

examples:
  clientsmith check                         all providers of the project
  clientsmith check --fast                  in a hook, before a commit
  clientsmith check acme --json             one provider, as JSON
  clientsmith check --format sarif          for code scanning (docs/diagnostics.md)
  clientsmith check --spec openapi.yaml --output vendor/acme
"""

_INIT = """\
Set up a provider from OpenAPI documents or documentation pages.

Use it once for each provider. The files are copied byte for byte into
specs/NAME/, and a provider.toml that lists them is written beside them. No
existing file is changed, with one exception: for the first provider of a project
whose pyproject.toml has a [tool.clientsmith] table, `runtime = "shared"` is added
to that table (see docs/vendoring.md).

Of pages without OpenAPI, an openapi.yaml is written with what they state, for you
to complete (see docs/prose.md).

examples:
  clientsmith init acme openapi.yaml        from a document
  clientsmith init acme jobs.md cancel.md   from pages, with OpenAPI or without
"""

_VALIDATE = """\
Validate documents against the OpenAPI specification.

Use it to find out what is wrong with a provider's documents: it prints the errors
of openapi-spec-validator with file and line. The document is validated as it is
generated from, with merged sources and overlays. `generate` accepts many
documents that are not valid.

examples:
  clientsmith validate                      all providers of the project
  clientsmith validate --spec openapi.yaml  one document
"""

_EXPLAIN = """\
Print the result of a stage of the pipeline.

Use it to find out why a client looks as it does:
  document   the merged document, with overlays, as JSON
  api        operations, models and types, before any Python name is chosen
  package    names, annotations and modules, before they are printed

--names prints how each operation is called, and whether a pin, the lock, a naming
extension, a sample, the operationId, a tag or the path decided it; then each class,
and whether a pin, the lock, its component, the end of a component's full name, a
title or its place did, or whether it is short for that.

examples:
  clientsmith explain acme --names
  clientsmith explain acme --stage document
  clientsmith explain --spec openapi.yaml --stage api
"""

_NAMES = """\
Print pins with which methods are called as in an SDK that you come from.

Use it to move from a provider's own SDK, or one that somebody generated, with few
changes of your code. Its source is read, and never imported or run: operations are
matched by HTTP method and path. What differs is printed as the table [names] of
provider.toml, or added to that file by --write; a pin that is there wins. What
matches, and what does not, is printed to standard error.

PACKAGE is installed beside clientsmith, or is the folder of a source.

examples:
  clientsmith names acme --like acme_sdk    print the pins
  clientsmith names acme --like ../sdk/src/acme_sdk --write
                                            add them to provider.toml
  clientsmith names --spec openapi.yaml --like acme_sdk
"""

_DRIFT = """\
Say what changed between two editions of an API, and whether it breaks a caller.

Use it before you regenerate a client, and in pull requests. A side is a document, a
folder of pages, a provider's folder, a generated client, one of these in a git
revision (HEAD~1:specs/acme), or the output of `clientsmith surface`. Both the
documents and the clients that they give are compared (of the last two kinds only
the public names); nothing is fetched, written or run.

  BREAK  a correct caller stops working: an import, a call, a type check, an answer
  RISK   some callers do; a person must look
  SAFE   no caller can notice

A renamed operationId is no BREAK where the client keeps its name.

--format changelog drafts the entry of a client's changelog (Keep a Changelog): the
next version, then what is removed, changed, added and deprecated, in Python.

examples:
  clientsmith drift acme                    the provider against what is committed
  clientsmith drift --since main            all providers against another branch
  clientsmith drift old.yaml new.yaml       two documents
  clientsmith drift HEAD~1:specs/acme specs/acme --format markdown
  clientsmith drift before.json specs/acme  public names only
  clientsmith drift v1.2:specs/acme specs/acme --format changelog
"""

_UPSTREAM = """\
Compare the vendored files with what the providers publish now.

Use it from time to time, by hand or in a scheduled job, and never as a check of
somebody's change: it is the only command that uses the network, and a provider that
is out of order must not stop you. It asks the `address` of each source in
provider.toml whether it has changed. Without --write, nothing is written.

A document is unchanged if it differs only in the order of keys and white space, a
page if it differs only in white space and in what a platform adds to it. What has
changed is summed up; `info.version` decides nothing.

An answer must be what it was. The HTML shell of an application, an error, an empty
or broken document, a page without its OpenAPI fragment, and a document that has
lost half of its operations are refused, whatever the status of the answer. Look at
it, then accept this answer by its digest. As long as an answer is missing or
refused, nothing of that provider is written.

llms.txt and the api-catalog (RFC 9727) of the same host say which pages are new or
gone; a page becomes a source only if you write it into provider.toml.

Only https is fetched, from public addresses, redirects included.

The exit code is 1 for changes that were not written, for what was refused and for
what is gone; 4 if a provider cannot be reached and nothing else is the matter.

examples:
  clientsmith upstream                      what has changed, at all providers
  clientsmith upstream acme --write         take it, then: clientsmith generate acme
  clientsmith upstream acme --write --accept 3fa9c1d2e4b5
                                            also an answer that was refused
  clientsmith upstream --json               for a scheduled job (docs/upstream.md)
  clientsmith upstream --authorization docs.acme.example=ACME_DOCS_AUTHORIZATION
                                            with credentials, for this host alone
"""

_SURFACE = """\
Print every public name of a client with its signature, as sorted JSON.

Use it in tools, or to compare two versions of a client. API.md in the client is
the same for readers.

examples:
  clientsmith surface acme > before.json
  clientsmith surface --spec openapi.yaml --package acme
"""
