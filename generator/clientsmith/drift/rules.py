"""The rules: what can change between two editions of an API, and how much each change matters to a Python caller.

A rule has two levels. `wire` is what the change does to requests and responses: a request of an unchanged caller is
rejected or means something else, or a client that is kept no longer decodes what it gets. `python` counts only where
the public names of the client changed with it: an import, a call or a type check that no longer works. The level of a
change is the higher one that applies.

One file of many lines, because a rule is compared with its neighbours.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from clientsmith.project.keys import Level as Level
from clientsmith.records import dataclass

LEVELS: tuple[Level, ...] = ("safe", "risk", "break")
"""From the lowest to the highest."""

Aspect: TypeAlias = Literal["presence", "name", "required", "type", "values", "default", "order", "other"]
"""What about a thing changed; a change of the document and one of the client have one cause if they agree in it."""


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    slug: str
    wire: Level
    python: Level
    aspect: Aspect
    hint: str


def worst(levels: list[Level]) -> Level:
    """Returns the highest of some levels; `safe` if there are none."""
    return LEVELS[max(map(LEVELS.index, levels), default=0)]


_TABLE = """
D101 operation-removed            break break presence | remove the calls
D102 operation-removed-deprecated break break presence | it was deprecated before; remove the calls
D103 path-renamed                 risk  break name     | generate again: a client that is kept sends to the old path
D104 path-param-renamed           safe  break name     | callers that pass it by name must change
D105 method-changed               risk  break name     | generate again, and check when the call may be sent again
D106 operation-added              safe  safe  presence | nothing to do
D107 operation-id-changed         safe  break name     | keep the old name with [names] or [aliases] in provider.toml
D108 operation-id-added           safe  break name     | keep the old name with [names] or [aliases] in provider.toml
D109 operation-id-dropped         safe  break name     | keep the old name with [names] or [aliases] in provider.toml
D110 tag-moved                    safe  break name     | keep the old name with [names] or [aliases] in provider.toml
D111 tag-added                    safe  break name     | nothing to do
D112 derived-name-changed         safe  break name     | keep the old name with [names] or [aliases] in provider.toml
D113 operation-deprecated         risk  risk  other    | look for what replaces it
D114 operation-undeprecated       safe  safe  other    | nothing to do
D115 stability-decreased          risk  risk  other    | the provider promises less: look before you rely on it
D116 webhook-removed              break break presence | nothing is sent any more: remove the handler
D117 webhook-added                safe  safe  presence | nothing to do
D118 callback-changed             risk  risk  type     | handle what is sent now
D201 param-removed                risk  break presence | leave the argument out
D202 param-added-optional         safe  safe  presence | nothing to do
D203 param-added-required         break break presence | pass the new argument
D204 path-param-added             break break presence | pass the new argument
D205 param-became-required        break break required | pass the argument in every call
D206 param-became-optional        safe  safe  required | nothing to do
D207 param-positional-order       safe  break order    | pass these arguments by name
D208 param-name-case              risk  break name     | generate again: a client that is kept sends the old name
D209 param-location-changed       risk  break name     | generate again: a client that is kept sends it elsewhere
D210 param-type-narrowed          break break type     | pass a value of the new type
D211 param-type-widened           safe  safe  type     | nothing to do
D212 param-enum-removed           break break values   | send no value that is gone
D213 param-enum-added             safe  safe  values   | nothing to do
D214 param-became-enum            break break type     | send one of the values
D215 param-enum-dropped           risk  break type     | use the plain type instead of the alias
D216 param-default-changed        risk  safe  default  | pass the old default if it mattered
D217 param-default-added          risk  safe  default  | pass a value if it matters
D218 param-default-removed        risk  safe  default  | pass the old default if it mattered
D219 param-style-changed          risk  safe  other    | generate again: a kept client writes the value differently
D220 param-nullable-removed       safe  break type     | pass no None
D221 param-nullable-added         safe  safe  type     | nothing to do
D222 param-constraint-tightened   risk  safe  other    | check the values that you send
D223 param-constraint-loosened    safe  safe  other    | nothing to do
D224 param-deprecated             risk  safe  other    | look for what replaces it
D225 param-array-became-scalar    break break type     | pass a value of the new type
D226 param-format-changed         risk  break type     | pass a value of the new type
D301 body-removed                 risk  break presence | leave the body out
D302 body-added-optional          safe  safe  presence | nothing to do
D303 body-added-required          break break presence | pass the body
D304 body-became-required         break break required | pass the body in every call
D305 body-became-optional         safe  safe  required | nothing to do
D306 body-media-removed           break break type     | send another media type
D307 body-media-added             safe  risk  type     | nothing to do, unless the signature changed
D308 body-media-order             risk  risk  type     | generate again: the default media type changed
D309 body-kind-changed            break break type     | pass a value of the new type
D310 encoding-changed             risk  safe  other    | generate again: a kept client writes the part differently
D401 req-field-removed            risk  break presence | leave the field out
D402 req-field-added-optional     safe  safe  presence | nothing to do
D403 req-field-added-required     break break presence | pass the new field
D404 req-field-became-required    break break required | pass the field always
D405 req-field-became-optional    safe  risk  required | code that reads the field must expect None
D406 req-field-type-narrowed      break break type     | pass a value of the new type
D407 req-field-type-widened       safe  risk  type     | code that reads the field must expect the new type
D408 req-field-enum-removed       break break values   | send no value that is gone
D409 req-field-enum-added         safe  safe  values   | nothing to do
D410 req-field-became-enum        break break type     | send one of the values
D411 req-field-not-nullable       break break type     | send no null
D412 req-field-nullable           safe  risk  type     | code that reads the field must expect None
D413 req-union-arm-removed        break break type     | send another member of the union
D414 req-union-arm-added          safe  safe  type     | nothing to do
D416 req-additional-forbidden     risk  safe  other    | send no property that is not documented
D417 req-constraint-tightened     risk  safe  other    | check the values that you send
D418 req-readonly-set             risk  break presence | leave the field out
D419 req-const-changed            risk  break type     | generate again: the value is sent for you
D420 req-constraint-loosened      safe  safe  other    | nothing to do
D421 req-default-changed          risk  safe  default  | pass the old default if it mattered
D422 req-format-changed           risk  break type     | pass a value of the new type
D423 req-keyword-changed          risk  safe  other    | read what the schema demands now
D424 req-enum-dropped             risk  break type     | use the plain type instead of the alias
D501 resp-field-removed-required  break break presence | do not read the field
D502 resp-field-removed-optional  risk  break presence | do not read the field
D503 resp-field-added             safe  safe  presence | nothing to do
D504 resp-field-became-optional   break break required | expect None
D505 resp-field-became-required   safe  risk  required | code that builds the model, as tests do, must pass it
D506 resp-field-nullable          break break type     | expect None
D507 resp-field-not-nullable      safe  safe  type     | nothing to do
D508 resp-type-changed            break break type     | read the new type
D509 resp-type-widened            break break type     | expect the new type
D510 resp-type-narrowed           safe  safe  type     | nothing to do
D511 resp-enum-added              risk  risk  values   | handle the new value
D512 resp-enum-removed            safe  risk  values   | nothing is sent for it any more: remove the branch
D513 resp-became-enum             safe  risk  type     | nothing to do
D514 resp-enum-dropped            risk  break type     | use the plain type instead of the alias
D515 resp-format-added            safe  break type     | read the new type
D516 resp-format-removed          break break type     | read the new type
D517 resp-integer-number          break break type     | expect a float
D518 resp-union-arm-added         risk  risk  type     | handle the new member
D519 resp-union-arm-removed       safe  risk  type     | remove the branch
D520 resp-wrapped-one-of          break break type     | look at which member it is
D521 resp-discriminator-changed   risk  risk  other    | generate again: a client that is kept decodes another class
D522 resp-additional-changed      risk  break type     | read the new type
D523 resp-array-scalar            break break type     | read the new type
D524 resp-constraint-loosened     safe  safe  other    | nothing to do
D525 resp-deprecated              risk  safe  other    | look for what replaces it
D526 resp-writeonly-set           risk  break presence | do not read the field
D527 resp-default-changed         risk  safe  default  | check what an absent field means
D528 model-renamed                safe  break name     | keep the old name with [names] or [aliases] in provider.toml
D529 model-removed                safe  break presence | use what replaces it
D530 field-renamed                safe  break name     | keep the old name with [names] in provider.toml
D533 resp-constraint-tightened    safe  safe  other    | nothing to do
D534 resp-keyword-changed         risk  safe  other    | read what the schema says now
D535 model-added                  safe  safe  presence | nothing to do
D601 success-status-removed       risk  risk  presence | nothing is answered with it any more: remove the branch
D602 success-status-added         risk  break presence | expect the new type
D603 success-status-changed       risk  break presence | look at code that expects the old status
D604 error-status-added           risk  risk  presence | catch the new exception, if you tell them apart
D605 error-status-removed         risk  break presence | catch the general exception
D606 error-schema-changed         risk  break type     | read the new body
D608 default-response-removed     risk  risk  presence | errors of other statuses have no typed body any more
D609 resp-media-removed           break break type     | ask for another media type
D610 resp-media-added             safe  risk  type     | nothing to do, unless the signature changed
D611 resp-body-appeared           risk  risk  type     | the call returns a value now
D612 resp-body-gone               break break type     | the call returns None now
D613 stream-changed               risk  break type     | read the new type
D614 resp-header-removed          risk  break presence | do not read the header
D615 resp-header-added            safe  safe  presence | nothing to do
D616 default-response-added       safe  risk  presence | errors of other statuses have a typed body now
D617 exception-changed            safe  break name     | catch the exception by its new name
D701 auth-added                   break break presence | pass credentials
D702 auth-removed                 safe  safe  presence | nothing to do
D703 auth-scheme-changed          break break type     | pass the new credentials
D704 auth-alternative-removed     break break presence | pass the credentials that are left
D705 auth-alternative-added       safe  safe  presence | nothing to do
D706 scope-added                  risk  safe  other    | ask for the scope, or calls are refused
D707 oauth-url-changed            risk  safe  other    | fetch tokens from the new address
D708 server-removed               risk  safe  presence | pass base_url= if you use that server
D709 server-default-changed       risk  risk  default  | calls and credentials go elsewhere: make sure of the address
D710 server-variable-changed      risk  break values   | check the address
D711 openapi-minor-changed        safe  safe  other    | nothing to do
D712 version-unchanged-breaking   risk  safe  other    | do not rely on info.version of this provider
D713 docs-only                    safe  safe  other    | nothing to do
D715 client-argument-removed      safe  break presence | leave the argument out
D716 client-argument-required     break break required | pass the argument to the client
D717 client-argument-added        safe  safe  presence | nothing to do
D718 server-added                 safe  safe  presence | nothing to do
D721 job-removed                  risk  break presence | poll the operation yourself
D722 job-added                    safe  safe  presence | nothing to do
D723 job-changed                  risk  break type     | read docs/jobs.md, and the new declaration
D724 job-state-added              risk  safe  values   | nothing to do, unless you look at states yourself
D725 job-state-changed            risk  safe  values   | check when the job counts as over
D726 retries-changed              risk  safe  other    | check that the call may be sent again
D809 overlay-dead-target          risk  safe  other    | correct or delete the action: until then, nothing is generated
D814 only-unused                  break break presence | delete the entry of `only` in provider.toml, and the calls
"""

_STATES = """
D801 output-stale
D802 output-edited
D803 output-missing
D804 output-extra
D805 generator-changed
D806 upstream-changed
D807 upstream-cosmetic
D808 upstream-gone
D810 claims-stale
D811 claim-conflict
D812 page-new
D813 page-changed
D815 claim-missing
"""
"""What `check` and `upstream` report of a client, its inputs and what its provider publishes, as it is now."""


def _rules() -> dict[str, Rule]:
    levels: dict[str, Level] = {level: level for level in LEVELS}
    aspects: dict[str, Aspect] = {aspect: aspect for aspect in get_args(Aspect)}
    found: dict[str, Rule] = {}
    for line in _TABLE.strip().splitlines():
        columns, _, hint = line.partition(" | ")
        number, slug, wire, python, aspect = columns.split()
        found[number] = Rule(number, slug, levels[wire], levels[python], aspects[aspect], hint)
    return found


RULES = _rules()
"""The rules by id, in their order."""

RULE_OF: dict[str, str] = {
    slug: rule
    for rule, slug in sorted(
        [
            *((rule, slug) for rule, _, slug in (line.partition(" ") for line in _STATES.split("\n") if line)),
            *((rule.id, rule.slug) for rule in RULES.values() if rule.id.startswith("D8")),
        ]
    )
}
"""The ids of what `check` and `upstream` report, by slug: pipelines name it by either. `drift` finds some of it too."""
