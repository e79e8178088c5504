"""`python -m clientsmith`: the same as the command `clientsmith`."""

import sys

from clientsmith.cli import main

if __name__ == "__main__":
    sys.exit(main())
