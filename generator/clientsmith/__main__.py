"""`python -m clientsmith`, and the command `clientsmith`: a process that runs one command."""

import gc
import signal
import sys
from typing import NoReturn

from clientsmith.cli import Terminated, main


def run() -> NoReturn:
    """Runs the command of this process and ends it.

    Without the garbage collector: a run makes hardly a cycle. At the end, all that is left is exempted from the
    collections in which the interpreter would visit it once more.
    """
    gc.disable()
    signal.signal(signal.SIGTERM, Terminated.raised)
    status = main()
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    run()
