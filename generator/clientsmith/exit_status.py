"""The exit statuses of the command line."""

from __future__ import annotations

import enum
from collections.abc import Iterable


class ExitStatus(enum.IntEnum):
    """The exit status of a run. Over several providers, the one listed last here wins."""

    SUCCESS = 0
    UNREACHABLE = 4
    """`upstream` got no answer from a provider. What it found elsewhere counts for more."""
    DIAGNOSTICS = 1
    """Output that is not up to date, warnings of `check` or `--strict`, anything that `validate` reports; changes that
    `upstream` did not write, and answers that it refused."""
    BAD_INPUT = 3
    USAGE = 2
    """Wrong arguments, or an invalid `provider.toml` or `pyproject.toml`."""
    UNSAFE_PATH = 5
    """A path outside the project, or an address from which nothing must be fetched."""
    CANNOT_WRITE = 74
    INTERNAL_ERROR = 70
    """A bug of clientsmith."""
    INTERRUPTED = 130
    """By Ctrl-C: 128 and the number of SIGINT, as shells count."""
    TERMINATED = 143
    """By SIGTERM, which a pipeline sends to what it cancels."""


def most_severe(statuses: Iterable[ExitStatus]) -> ExitStatus:
    """Returns the status of a run that consists of several."""
    order = list(ExitStatus)
    return max(statuses, key=order.index, default=ExitStatus.SUCCESS)
