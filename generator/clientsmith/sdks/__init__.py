"""The names that an SDK has: which method of its client sends which request, read from its source.

    find_source -> trees -> Classes -> read_sdk     a package, its modules, its classes, its requests by call path
    pins_like                                       which operations of ours are to be called as there

The source is parsed, never imported.
"""

from clientsmith.sdks.calls import Sdk, read_sdk
from clientsmith.sdks.pins import Likeness, pins_like
from clientsmith.sdks.sources import SdkError

__all__ = ["Likeness", "Sdk", "SdkError", "pins_like", "read_sdk"]
