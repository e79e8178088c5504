"""Old."""

from __future__ import annotations

from . import _methods as methods_module
from ._runtime.client import AsyncResource, Resource, lazy_resource
from ._runtime.renamed import Renamed, of_client


class Old(Resource):
    """`client.old`."""

    mails: OldMails = lazy_resource("OldMails")


class AsyncOld(AsyncResource):
    mails: AsyncOldMails = lazy_resource("AsyncOldMails")


class OldMails(Resource):
    """`client.old.mails`."""

    send = Renamed(
        "old.mails.send",
        "send_mail",
        lambda core: of_client(methods_module.ClientMethods, core).send_mail,
    )


class AsyncOldMails(AsyncResource):
    send = Renamed(
        "old.mails.send",
        "send_mail",
        lambda core: of_client(methods_module.AsyncClientMethods, core).send_mail,
    )
