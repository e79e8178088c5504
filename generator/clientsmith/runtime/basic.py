"""User name and password as one credential (RFC 7617)."""

from __future__ import annotations

import base64
import os

from .operation import Credential


def basic_credential(
    username: str | None,
    password: str | None,
    user_variable: str,
    password_variable: str,
) -> Credential:
    """Returns the credential of a user; what is None is read from the environment.

    Raises ValueError for a colon in the user name (RFC 7617 section 2).
    """
    username = os.environ.get(user_variable) if username is None else username
    password = os.environ.get(password_variable) if password is None else password
    value = None
    if username is not None and password is not None:
        if ":" in username:
            raise ValueError("username holds a colon, which the Basic scheme forbids")
        value = base64.b64encode(f"{username}:{password}".encode()).decode()
    variables = f"{user_variable} and {password_variable}"
    return Credential(value, "username and password", variables)
