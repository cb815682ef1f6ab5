"""What a mapping file may say, what it means, and how mistakes in it are explained."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from makewhole.errors import BadMapping, UnknownLayout
from makewhole.records import Entry, Kind, Movement, Side
from makewhole.statements import Reading, Source, read
from makewhole.statements.mapping import load_mapping

GUIDES = [
    Path(__file__).parents[2] / "docs" / "how-to" / name
    for name in ("write-a-mapping.md", "write-a-mapping.zh-CN.md")
]
HEAD = 'currency = "EUR"\n'
PLAIN = f'{HEAD}[columns]\ndate = "Day"\namount = "Sum"\nstatus = ["State", "Zustand"]\n'


def reading(mapping: str, table: str) -> Reading:
    layout = load_mapping("my.toml", mapping)
    return read([Source("t.csv", table.encode())], mapping=layout)


def only(mapping: str, header: str, row: str) -> Entry:
    found = reading(mapping, f"{header}\n{row}\n")
    assert not found.statements[0].refused
    return found.entries[0]


def refused(mapping: str, header: str, row: str) -> str:
    found = reading(mapping, f"{header}\n{row}\n")
    assert not found.entries
    return found.statements[0].refused[0].reason.en


def blocks(guide: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_example_of_the_guide_reads_its_file(guide: Path) -> None:
    found = reading(blocks(guide, "toml")[0], blocks(guide, "csv")[0])
    statement = found.statements[0]
    assert (statement.provider, statement.layout, statement.side) == ("my-bank", "mapping", "bank")
    assert not statement.refused
    first, second = found.entries
    assert (first.amount, first.movement) == (Decimal("-1234.50"), Movement.LEFT)
    assert (first.occurred_on, first.booked_on) == (date(2025, 2, 3), date(2025, 2, 4))
    assert (first.account, first.card, first.line) == ("my-bank:DE00 1234", "1234", 3)
    assert (first.counterparty, first.reference) == ("Radwerk Hahn", "R-31")
    assert (second.movement, second.status_word) == (Movement.UNDECIDED, "Vorgemerkt")


def test_both_guides_show_the_same_tables() -> None:
    english, chinese = (
        [re.sub(r"\s*#.*", "", block) for block in blocks(guide, r"\w+")] for guide in GUIDES
    )
    assert english == chinese


def test_words_for_in_and_out() -> None:
    mapping = blocks(GUIDES[0], "toml")[1]
    header = "交易时间,交易金额,借贷标志,对方户名"
    entry = only(mapping, header, "2025-02-03 08:09:10,25.00,借,小店")
    assert (entry.amount, entry.kind) == (Decimal("-25.00"), Kind.PAYMENT)
    assert entry.occurred_at is not None
    assert entry.occurred_at.astimezone(UTC) == datetime(2025, 2, 3, 0, 9, 10, tzinfo=UTC)
    assert only(mapping, header, "2025-02-03,25.00,贷,小店").amount == Decimal("25.00")
    assert "[direction] does not list" in refused(mapping, header, "2025-02-03,25.00,平,小店")


@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("ymd", "2025-02-03"),
        ("ymd", "20250203"),
        ("ymd", "2025年2月3日"),
        ("dmy", "3.2.2025"),
        ("dmy", "03/02/25"),
        ("dmy", "03022025"),
        ("mdy", "2/3/2025"),
        ("%d %b %Y", "03 Feb 2025"),
    ],
)
def test_dates_in_the_stated_order(form: str, cell: str) -> None:
    mapping = f'date_format = "{form}"\n{PLAIN}'.replace('status = ["State", "Zustand"]\n', "")
    assert only(mapping, "Day,Sum,Text", f"{cell},1.00,x").occurred_on == date(2025, 2, 3)


@pytest.mark.parametrize(
    ("form", "cell"),
    [("ymd", "03.02.2025"), ("dmy", "2025-02-03"), ("mdy", "31/01/2025"), ("%d.%m.%Y", "3/2/2025")],
)
def test_a_date_that_does_not_fit_refuses_its_row(form: str, cell: str) -> None:
    mapping = f'date_format = "{form}"\n{HEAD}[columns]\ndate = "Day"\namount = "Sum"\n'
    found = reading(mapping, f"Day,Sum,Text\n{cell},1.00,x\n")
    assert [each.line for each in found.statements[0].refused] == [2]


def test_times_need_a_zone() -> None:
    columns = '[columns]\ndate = "Day"\ntime = "Hour"\namount = "Sum"\n'
    header, row = "Day,Hour,Sum", "2025-02-03,1:05 PM,1.00"
    assert only(HEAD + columns, header, row).occurred_at is None
    zoned = only(f'{HEAD}timezone = "Europe/Berlin"\n{columns}', header, row)
    assert zoned.occurred_at is not None
    assert zoned.occurred_at.isoformat() == "2025-02-03T13:05:00+01:00"


@pytest.mark.parametrize(
    ("row", "amount"),
    [
        ("2025-02-03,5.00,", "-5.00"),
        ("2025-02-03,,5.00", "5.00"),
        ("2025-02-03,-5.00,0.00", "-5.00"),
    ],
)
def test_two_columns(row: str, amount: str) -> None:
    mapping = f'{HEAD}[columns]\ndate = "Day"\ndebit = "Out"\ncredit = "In"\n'
    assert only(mapping, "Day,Out,In", row).amount == Decimal(amount)


def test_two_columns_that_say_both_or_nothing_refuse_the_row() -> None:
    mapping = f'{HEAD}[columns]\ndate = "Day"\ndebit = "Out"\ncredit = "In"\n'
    assert "both debit and credit" in refused(mapping, "Day,Out,In", "2025-02-03,5.00,6.00")
    assert "neither debit nor credit" in refused(mapping, "Day,Out,In", "2025-02-03,,")


def test_charges_may_stand_as_positive_numbers() -> None:
    mapping = f'sign = "charges_positive"\n{HEAD}[columns]\ndate = "Day"\namount = "Sum"\n'
    assert only(mapping, "Day,Sum,Text", "2025-02-03,5.00,x").amount == Decimal("-5.00")
    assert only(mapping, "Day,Sum,Text", "2025-02-03,-5.00,x").amount == Decimal("5.00")


@pytest.mark.parametrize(
    ("word", "movement"),
    [
        ("OK", "left"),
        ("gone", "left"),
        ("back", "left_and_returned"),
        ("wait", "undecided"),
        ("no", "nothing"),
        ("else", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_status_means_what_the_mapping_says_and_else_is_unknown(word: str, movement: str) -> None:
    table = (
        '[status]\nOK = "moved"\ngone = "left"\nback = "left_and_returned"\n'
        'wait = "undecided"\nno = "nothing"\n'
    )
    entry = only(PLAIN + table, "Day,Sum,Zustand", f"2025-02-03,-5.00,{word}")
    assert entry.movement is Movement(movement)


def test_headings_are_compared_without_blanks_and_case() -> None:
    mapping = f'{HEAD}[columns]\ndate = "booking day"\namount = "金额(元)"\n'
    assert only(mapping, "Booking  Day,金额（元）,x", "2025-02-03,5.00,y").amount == Decimal("5.00")


def test_currency_card_fee_and_numbers() -> None:
    mapping = (
        'side = "wallet"\n[columns]\ndate = "d"\namount = "a"\ncurrency = "c"\ncard = "k"\n'
        'fee = "f"\nreference = "r"\nfunding = "u"\n'
    )
    entry = only(mapping, "d,a,c,k,f,r,u", "2025-02-03,-5.00,usd,****9876,-0.10,0012,Bank(1234)")
    assert (entry.currency, entry.card, entry.fee) == ("USD", "9876", Decimal("0.10"))
    assert (entry.reference, entry.funding, entry.side) == ("0012", "Bank(1234)", Side.WALLET)
    assert "states no currency" in refused(
        mapping, "d,a,c,k,f,r,u", "2025-02-03,-5.00,,9876,,12,Bank"
    )


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("currency = EUR", "not valid TOML"),
        ("[" * 3000, "not valid TOML"),
        (HEAD, "the section [columns] is missing"),
        (f'{HEAD}columns = "x"', "the section [columns] is missing"),
        (f"{HEAD}[columns]", "[columns] has no date"),
        (f'{HEAD}[columns]\ndate = "d"', "neither amount nor both debit and credit"),
        (f'{HEAD}[columns]\ndate = "d"\ndebit = "x"', "neither amount nor both debit and credit"),
        (f'{HEAD}[columns]\ndate="d"\namount="a"\ndebit="x"', "amount as well as debit or credit"),
        (f'{HEAD}[columns]\ndate = "d"\namout = "a"', "Did you mean columns.amount?"),
        (f'{HEAD}[columns]\ndate = "d"\nxyzzy = "a"', "unknown key columns.xyzzy. Known are date"),
        (f'{HEAD}curency = "EUR"\n[columns]', "Did you mean currency?"),
        (f'{HEAD}[columns]\ndate = 1\namount = "a"', "columns.date must be the heading"),
        (f'{HEAD}[columns]\ndate = []\namount = "a"', "columns.date must be the heading"),
        ('[columns]\ndate = "d"\namount = "a"', "the currency is missing"),
        ('currency = "Euro"\n[columns]\ndate = "d"\namount = "a"', "the currency is missing"),
        (
            f'side = "shop"\n{PLAIN}',
            'side = \'shop\' is not allowed; write one of "wallet", "bank"',
        ),
        (f'decimal = ";"\n{PLAIN}', "decimal = ';' is not allowed"),
        (f'sign = "minus"\n{PLAIN}', "sign = 'minus' is not allowed"),
        (f'timezone = "Berlin"\n{PLAIN}', "unknown timezone 'Berlin'"),
        (f'date_format = "DD.MM"\n{PLAIN}', "date_format = 'DD.MM' is not understood"),
        (f"provider = 7\n{PLAIN}", "provider must be text in quotes"),
        (f'{PLAIN}[status]\nOK = "paid"', "status.OK = 'paid' is not allowed"),
        (f'{HEAD}[columns]\ndate="d"\namount="a"\n[status]\nOK="left"', "names no status column"),
        (f'{HEAD}[columns]\ndate="d"\namount="a"\ndirection="x"', "needs a section [direction]"),
    ],
)
def test_mistakes_are_named_in_both_languages(mapping: str, said: str) -> None:
    with pytest.raises(BadMapping) as caught:
        load_mapping("my.toml", mapping)
    message = caught.value.message
    assert message.en.startswith("my.toml: ")
    assert said in message.en
    assert message.en.endswith("See docs/how-to/write-a-mapping.md.")
    assert re.search("[\u4e00-\u9fff]", message.zh)
    assert message.zh.startswith("my.toml：")


def test_a_mapping_that_does_not_fit_says_which_columns_the_file_lacks() -> None:
    with pytest.raises(UnknownLayout) as caught:
        reading(PLAIN, "notes\nDay,Amount,Text\n2025-01-31,5.00,x\n")
    assert "the file has no column “Sum”, “State / Zustand”" in caught.value.message.en
    assert "文件里没有这些列：“Sum”、“State / Zustand”" in caught.value.message.zh
    assert caught.value.message.en.startswith("t.csv: no known layout.")
