"""The models, read when they are first used: `from class_names.models import ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._models import *
else:
    from .._runtime.model import lazy

    _TABLE = """
_models: Address2 AdminOrder GetUserResponse GetUserResponseNote GetUserView ModelsOrder
    Note OrdersRequest OrdersRequestPaymentIntentResource
    OrdersRequestPaymentMethodOptionsResource OrdersRequestVerificationOfBankAccounts
    PageUser RenameUserRequestItem RenameUserResponse RenameUserResponseKind User
    UserState is_orders_request_verification_of_bank_accounts
    is_rename_user_response_kind is_user_state
"""
    __getattr__, __dir__, __all__ = lazy(__name__, _TABLE)
