"""What all tests share: the option that accepts what is generated now."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write what is generated or printed now as what is expected; look at the difference before committing it",
    )


pytest_plugins = ["wire_fixtures"]
"""Fixtures of `runtime/`: a plugin, because type checkers take only one `conftest`."""
