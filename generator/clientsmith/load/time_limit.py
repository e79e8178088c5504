"""Work that may never end, done by a process of its own, which is stopped when its time is over.

For libraries that run regular expressions of documents and overlays: some take exponential time (`^(a+)+$`), and while
one runs, no thread of its process can do anything.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_CHILD: Final = """\
import pickle, sys
source, target = sys.stdin.buffer, sys.stdout.buffer
sys.stdout = sys.stderr
sys.path[:] = pickle.load(source)
try:
    work, arguments = pickle.load(source)
    answer = True, work(*arguments)
except Exception as error:
    answer = False, error
target.write(pickle.dumps(answer))
"""


def in_time(seconds: float, work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Returns `work(*arguments)`, or raises what that raises.

    Args:
        seconds: after which the work is given up.
        work: a function of a module; it cannot change anything here.
        arguments: data, as is the result: `pickle` takes them from process to process.
        named: none; only for type checkers.

    Raises:
        TimeoutError: the work took longer.
        RuntimeError: the process ended without a result, for want of memory for example.
    """
    given = pickle.dumps(sys.path) + pickle.dumps((work, arguments))
    try:
        # `-I`: no module of the current folder is imported before the path is the one that is used here.
        done = subprocess.run(
            [sys.executable, "-I", "-c", _CHILD],
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    if done.returncode:
        raise RuntimeError(f"the process ended with {done.returncode}")
    answer: tuple[bool, Any] = pickle.loads(done.stdout)
    if not answer[0]:
        raise answer[1]
    found: T = answer[1]
    return found
