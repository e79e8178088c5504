"""For tests of code that uses this client: no sockets, no patching.

    client = Client(transport=FakeTransport([Answer(200, json={...})]))

`EXAMPLES` holds a response for each operation whose documentation states one, by operationId.
"""

from __future__ import annotations

from ._runtime.testing import (
    Answer as Answer, ConnectionLost as ConnectionLost, FakeTransport as FakeTransport,
    Outcome as Outcome, SentRequest as SentRequest, Step as Step, Steps as Steps,
)  # fmt: skip
from ._runtime.testing import examples_of

EXAMPLES: dict[str, Answer] = examples_of({})
