"""What the statements cover, and what nobody can tell from them."""

from makewhole.reconcile.book import UNPROVEN, Book
from makewhole.reconcile.legs import unfunded
from makewhole.reconcile.links import Links
from makewhole.reconcile.pairing import Pairing
from makewhole.reconcile.wording import count
from makewhole.records import Coverage, Text


def coverage_of(book: Book, links: Links, pairing: Pairing) -> tuple[Coverage, ...]:
    """One note for each stretch of time covered, then the notes on what is not."""
    notes = [
        Coverage(
            account=account,
            starts_on=span.first,
            ends_on=span.last,
            note=Text(
                f"账单覆盖 {span.first} 至 {span.last}", f"covered {span.first} to {span.last}"
            ),
        )
        for account, spans in sorted(book.spans.items())
        for span in spans
    ]
    return (
        *notes,
        *_missing_statements(book),
        *_weak_links([*_set_aside(pairing), *links.untrusted()]),
        *_trimmed(book),
        *_outside(book, pairing),
    )


def _missing_statements(book: Book) -> list[Coverage]:
    return [
        _note(
            account,
            f"涉及“{words}”的 {number} 笔没有对应的账单，无法核对",
            f"{count(number, 'row')} involving “{words}”: there is no statement of that account "
            "to check against",
        )
        for (account, words), number in sorted(unfunded(book).items())
    ]


def _set_aside(pairing: Pairing) -> list[tuple[tuple[str, str], int, int]]:
    return [(label, due, paired) for label, (due, paired) in sorted(pairing.doubted.items())]


def _weak_links(doubted: list[tuple[tuple[str, str], int, int]]) -> list[Coverage]:
    return [
        _note(
            account,
            f"涉及“{words}”的 {due} 笔只有 {paired} 笔在银行账单上找到，可能不是同一张卡，"
            "没有据此下结论（同一张卡可用 --same-card 说明）",
            f"of {count(due, 'row')} involving “{words}” only {paired} can be found on the bank's "
            "statement; it may be another card, so nothing was concluded (use --same-card if it is "
            "the same)",
        )
        for (account, words), due, paired in doubted
    ]


def _trimmed(book: Book) -> list[Coverage]:
    return [
        _note(
            account,
            "账单里的行数比它声明的少，缺少某一行不能说明问题",
            "the statement holds fewer rows than it declares, so a missing row proves nothing",
        )
        for account in sorted(book.spans)
        if not book.whole(account)
    ]


def _outside(book: Book, pairing: Pairing) -> list[Coverage]:
    """Rows whose time no statement of their funding source covers, counted by account."""
    counts: dict[tuple[str, str], int] = {}
    for leg in pairing.legs:
        if leg.rows or leg.want in UNPROVEN or not leg.label:
            continue
        if not any(book.ends(account, leg.day) for account in leg.accounts):
            key = (leg.entry.account, leg.label)
            counts[key] = counts.get(key, 0) + 1
    return [
        _note(
            account,
            f"涉及“{words}”的 {number} 笔，日期不在银行账单覆盖的时间里",
            f"{count(number, 'row')} involving “{words}”: outside the time that the bank's "
            "statements cover",
        )
        for (account, words), number in sorted(counts.items())
    ]


def _note(account: str, zh: str, en: str) -> Coverage:
    return Coverage(
        account=account,
        starts_on=None,
        ends_on=None,
        note=Text(zh, en),
    )
