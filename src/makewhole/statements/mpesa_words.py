"""The words by which M-Pesa says what a row is and how it ended."""

import re
from decimal import Decimal

from makewhole.records import Kind, Movement

_DONE = frozenset({"completed", "complete", "success", "successful"})
_NOT_DONE = frozenset({"failed", "cancelled", "canceled", "declined", "expired", "rejected"})
_OPEN = frozenset({"pending", "processing", "initiated", "authorized", "submitted", "queued"})
_BACK = frozenset({"reversed"})

# The first that fits counts. Cash at an agent is neither a top-up from a bank nor a withdrawal
# to one, so it is left among the others.
_KINDS = (
    (r"[a-z /&-]{3,60}\bcharges?$|excise duty\b", Kind.FEE),
    (r".*\breversal\b|.*\breversed\b|refund\b", Kind.REFUND),
    (r"overdraft of credit party", Kind.FUNDING),
    (r"[^-]*\bloan repayment\b", Kind.REPAYMENT),
    (r"(?:m-?shwari|kcb m-?pesa|fuliza)\b.*\bloan\b", Kind.OTHER),
    (r"(?:customer )?(?:withdrawal|deposit)\b.*\bagent\b", Kind.OTHER),
    (r"m-?shwari\b|kcb m-?pesa\b|unit trust\b|.*\baccount to \w+.* account$", Kind.OWN_TRANSFER),
)
_PATTERNS = tuple((re.compile(words, re.IGNORECASE), kind) for words, kind in _KINDS)
_BUYER = re.compile(r"\s+by\s*-.*$", re.IGNORECASE)
_PARTY = re.compile(
    r"\b(?:to small business to|to|from|till)\b[\s-]*"
    r"(?:\d+\s*-+\s*|\d{3,}\b(?!\*)\s*|\d{4,}(?=[A-Z]))?(?:\+?[\d*xX]{6,}[\s-]+)?"
    r"(?P<name>[^\d\s*-].*)$",
    re.IGNORECASE,
)
_CHANNEL = re.compile(r"\s+via API\b.*$", re.IGNORECASE)
_ACCOUNT = re.compile(r"\s+Acc\.?\s+(?P<account>.+)$", re.IGNORECASE)


def movement_of(status: str, amount: Decimal) -> Movement:
    """What moved, from the status and the sign; an unknown status stays unknown."""
    word = " ".join(status.casefold().split())
    if word in _NOT_DONE or not amount:
        return Movement.NOTHING
    if word in _OPEN:
        return Movement.UNDECIDED
    if word in _BACK:
        return Movement.NOTHING if amount > 0 else Movement.LEFT_AND_RETURNED
    if word not in _DONE:
        return Movement.UNKNOWN
    return Movement.ARRIVED if amount > 0 else Movement.LEFT


def kind_of(details: str, amount: Decimal) -> Kind:
    """What sort of row it is: by its words, else by its sign."""
    kind = next((kind for pattern, kind in _PATTERNS if pattern.match(details)), None)
    if kind is Kind.REFUND and amount < 0:
        # What the holder had received was taken back.
        return Kind.OTHER
    if kind:
        return kind
    return Kind.INCOME if amount > 0 else Kind.PAYMENT


def party_of(details: str) -> tuple[str, str]:
    """The other party that the details name, and the account at it; empty where they name none."""
    found = _PARTY.search(_BUYER.sub("", details))
    if not found:
        return "", ""
    name = _CHANNEL.sub("", found["name"]).strip()
    account = _ACCOUNT.search(name)
    return (name[: account.start()].strip(), account["account"]) if account else (name, "")
