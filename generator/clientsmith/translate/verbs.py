"""Words of actions: `cancel` in `/jobs/{id}/cancel` is what is done, not what is asked for."""

from __future__ import annotations

_VERBS_TEXT = """
abort accept acknowledge acquire activate add advance aggregate allocate analyse analyze announce answer append
apply approve archive ask assert assess assign attach authenticate authorise authorize backup ban batch bill block
book boost build bulk buy calculate call cancel capture categorize change charge check checkout clean clear clone
close collect combine commit compact compare compile complete compose compute confirm connect consume contact
convert copy count create crop deactivate debit decline decode decrypt delete deliver deny deploy deprecate describe
destroy detach detect diff disable disassociate discard disconnect dismiss dispatch dispute download draft drop dry
duplicate edit email embed empty enable encode encrypt end enqueue enrich enroll escalate estimate evaluate exchange
exclude execute expand expire explain export extend extract fail fetch file fill filter finalize find finish flag
flush follow force forecast forget fork format forward freeze fulfill fund generate get grant group handle hide hold
identify ignore import include index infer ingest initialize initiate insert inspect install instantiate
invalidate invite invoke issue join kick kill label launch leave like link list load lock log login logout lookup
mark match measure merge migrate mint moderate modify monitor mount move mute normalize notify open optimize
order override pair parse patch pause pay pin ping play poll populate post predict preview process promote
propose provision publish pull purchase purge push put query queue quote rank rate reactivate read rebuild
recalculate receive recognize recompute reconcile recover redact redeem redirect redo reduce refresh refund
regenerate register reindex reject release reload relocate remix remove rename render renew reopen reorder repair
replace replay replicate reply report reprocess request rerank resend reserve reset resize resolve respond restart
restore resume retrieve retry return reverse revert review revoke rewind rollback rotate run save scale scan
schedule score scrape search seed segment select send serve set settle share ship show shutdown sign signin signout
signup simulate skip sleep sort split stage start stop store stream submit subscribe suggest summarize
suspend swap switch sync synchronize tag terminate test tokenize train transcribe transfer transform transition
translate trigger truncate try undelete unlink update upgrade upload upscale upsert validate verify view void vote
wait wake watch withdraw write
"""
_VERBS = frozenset(_VERBS_TEXT.split())
_PREFIXES = ("auto", "de", "dis", "pre", "re", "un")

_NOUNS_TOO_TEXT = """
batch call charge draft email end file fork format group index issue label link lock log login mail model order pin
process quote rate record report request review scale schedule score segment share stage store stream tag test
transfer view vote watch
"""
NOUNS_TOO = frozenset(_NOUNS_TOO_TEXT.split())
"""Verbs that name a thing as often: `GET /report` asks for one."""

_ORDINARY_TEXT = """
add change create delete edit fetch find get insert list make modify new patch post put query read remove retrieve
save set show store update view
"""
ORDINARY = frozenset(_ORDINARY_TEXT.split())
"""Verbs that say no more than the HTTP method does."""


def is_verb(word: str) -> bool:
    """Returns whether a word, in lower case, is a verb: `cancel`, `unarchive`."""
    return word in _VERBS or any(
        word.startswith(prefix) and word.removeprefix(prefix).strip("-") in _VERBS for prefix in _PREFIXES
    )
