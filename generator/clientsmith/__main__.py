"""`python -m clientsmith`, and the command `clientsmith`: a process that runs one command."""

import gc
import os
import signal
import sys
from typing import NoReturn

from clientsmith.cli import Terminated, main


def run() -> NoReturn:
    """Runs the command of this process and ends it.

    Without the garbage collector: a run makes hardly a cycle. What is left at the end goes with the process, which is
    faster than freeing it piece by piece; no command leaves anything that the interpreter would have to close.
    """
    gc.disable()
    signal.signal(signal.SIGTERM, Terminated.raised)
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(status)  # the interpreter says what could not be written
    os._exit(status)


if __name__ == "__main__":
    run()
