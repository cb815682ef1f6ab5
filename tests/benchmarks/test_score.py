from collections.abc import Callable
from datetime import date
from decimal import Decimal

from benchmarks.households import Fault, household, seeds
from benchmarks.score import Score, details, outcome, report, score_json

from makewhole.records import Finding, FindingKind, Scan, Text
from makewhole.statements import Reading

SEED = next(seed for seed in seeds(7, 9) if len(household(seed).truth.faults) > 2)
FAULTS = household(SEED).truth.faults
CLEAN = next(seed for seed in seeds(7, 40) if not household(seed).truth.faults)


def finding(reading: Reading, fault: Fault, **other: object) -> Finding:
    ids = {(entry.file, entry.line): entry.id for entry in reading.entries}
    fields: dict[str, object] = {
        "kind": FindingKind(fault.kind),
        "amount": fault.amount,
        "entries": tuple(ids[place] for place in (*fault.wallet_rows, *fault.bank_rows)),
        **other,
    }
    return Finding(
        id=f"{fault.kind}{fault.amount}{other}",
        currency=fault.currency,
        sentence=Text("", ""),
        confidence=1.0,
        settles=Text("", ""),
        **fields,  # type: ignore[arg-type]
    )


def scanner(
    *say: Callable[[Reading], Finding],
) -> Callable[..., Scan]:
    def scan(reading: Reading, *, as_of: date) -> Scan:
        assert as_of == household(SEED).truth.as_of
        findings = tuple(one(reading) for one in say)
        return Scan(matches=(), findings=findings, in_transit=(), coverage=())

    return scan


def whole_truth() -> Callable[..., Scan]:
    return scanner(*(lambda reading, fault=fault: finding(reading, fault) for fault in FAULTS))


def test_the_whole_truth_scores_one() -> None:
    result = Score([outcome(SEED, whole_truth())], 1.0)
    assert result.total.precision == result.total.recall == 1.0
    assert result.total.planted == len(FAULTS)
    assert result.alarmed == 0
    assert not result.confused


def test_silence_finds_nothing_and_alarms_nobody() -> None:
    result = Score([outcome(SEED, scanner())], 1.0)
    assert result.total.recall == 0.0
    assert result.total.precision is None
    assert len(list(details(result, 99))) == len(FAULTS)


def test_a_finding_said_twice_is_right_once() -> None:
    def first(reading: Reading) -> Finding:
        return finding(reading, FAULTS[0])

    result = Score([outcome(SEED, scanner(first, first))], 1.0)
    assert (result.total.right, result.total.false) == (1, 1)


def test_another_kind_on_the_right_rows_is_both_false_and_missed() -> None:
    names = {FAULTS[0].kind, *FAULTS[0].or_kinds}
    other = next(kind for kind in FindingKind if kind not in names)
    scan = scanner(lambda reading: finding(reading, FAULTS[0], kind=other))
    result = Score([outcome(SEED, scan)], 1.0)
    assert (result.total.right, result.total.false) == (0, 1)
    assert result.confused[FAULTS[0].kind, str(other)] == 1


def test_another_amount_is_told_apart_in_the_confusions() -> None:
    scan = scanner(lambda reading: finding(reading, FAULTS[0], amount=Decimal("0.07")))
    result = Score([outcome(SEED, scan)], 1.0)
    assert result.confused[FAULTS[0].kind, f"{FAULTS[0].kind} with another amount"] == 1


def test_the_report_names_every_kind_and_the_clean_households() -> None:
    def silent(_reading: Reading, *, as_of: date) -> Scan:
        assert as_of == household(CLEAN).truth.as_of
        return Scan(matches=(), findings=(), in_transit=(), coverage=())

    result = Score([outcome(CLEAN, silent)], 1.0)
    said = report(result)
    assert all(str(kind) in said for kind in FindingKind)
    assert "1 clean, of which 0 with a false alarm" in said
    assert score_json(result)["unread"] == []
