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

EXAMPLES: dict[str, Answer] = examples_of(
    {
        200: {
            'evil"""+__import__(\'os\')+\\N{x}': '{"x": "\\"\\"\\"\\nends with \\"\\n\\\\\\n\\\\N{x}\\n\\\\x\\na\\nb\\na\\rb\\na\\r\\nb\\nnul\\u0000\\n\u2028\\n\u202e\\n{x}{{x}}{%x%}%s${x}\\n\'+exec(\'\')+\'\\n\\"+__import__(\\"os\\")+\\"\\n*/\\ncoding: utf-7 +ACIACg-\\n../../x\\nCON\\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\\n\\nclass\\nNone\\n__init__\\nself\\nﬁ"}',
        },
    }
)
