"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .._runtime.enums import ValueGuard, value_guard
from .._runtime.model import ModelBase
from .._runtime.wire_names import wire


@dataclass(slots=True, kw_only=True)
class Address2(ModelBase):
    street: str | None = None


@dataclass(slots=True, kw_only=True)
class AdminOrder(ModelBase):
    id: int | None = None


@dataclass(slots=True, kw_only=True)
class GetUserResponse(ModelBase):
    user: User | None = None
    note: GetUserResponseNote | None = None


@dataclass(slots=True, kw_only=True)
class GetUserResponseNote(ModelBase):
    text: str | None = None
    author: Note | None = None


GetUserView: TypeAlias = Literal["short", "full"]


@dataclass(slots=True, kw_only=True)
class ModelsOrder(ModelBase):
    id: str | None = None


@dataclass(slots=True, kw_only=True)
class Note(ModelBase):
    text: str | None = None


@dataclass(slots=True, kw_only=True)
class OrdersRequest(ModelBase):
    payment_intent_resource: OrdersRequestPaymentIntentResource | None = wire(
        "paymentIntentResource"
    )


@dataclass(slots=True, kw_only=True)
class OrdersRequestPaymentIntentResource(ModelBase):
    payment_method_options_resource: (
        OrdersRequestPaymentMethodOptionsResource | None
    ) = wire("paymentMethodOptionsResource")


@dataclass(slots=True, kw_only=True)
class OrdersRequestPaymentMethodOptionsResource(ModelBase):
    verification_of_bank_accounts: (
        OrdersRequestVerificationOfBankAccounts | str | None
    ) = wire("verificationOfBankAccounts")


OrdersRequestVerificationOfBankAccounts: TypeAlias = Literal["automatic", "instant"]
is_orders_request_verification_of_bank_accounts: ValueGuard[
    OrdersRequestVerificationOfBankAccounts
] = value_guard(OrdersRequestVerificationOfBankAccounts)


@dataclass(slots=True, kw_only=True)
class PageUser(ModelBase):
    items: list[User] | None = None


@dataclass(slots=True, kw_only=True)
class RenameUserRequestItem(ModelBase):
    name: str | None = None


@dataclass(slots=True, kw_only=True)
class RenameUserResponse(ModelBase):
    kind: RenameUserResponseKind | str | None = None


RenameUserResponseKind: TypeAlias = Literal["a", "b"]
is_rename_user_response_kind: ValueGuard[RenameUserResponseKind] = value_guard(
    RenameUserResponseKind
)


@dataclass(slots=True, kw_only=True)
class User(ModelBase):
    state: UserState | str | None = None
    order: ModelsOrder | None = None
    first: AdminOrder | None = None
    last: OrdersRequest | None = None
    address: Address2 | None = None


UserState: TypeAlias = Literal["on", "off"]
is_user_state: ValueGuard[UserState] = value_guard(UserState)
