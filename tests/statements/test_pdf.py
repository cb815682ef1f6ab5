"""What a PDF is read as: its tables by geometry, its refusals, and its limits."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import pytest

from makewhole.errors import PasswordNeeded, UnreadableFile
from makewhole.statements import Source, limits, read
from makewhole.statements.pdf import Document, read_pdf
from makewhole.statements.place import Place, said_place
from tests.statements.pdf import make, printer, raw
from tests.statements.pdf.printer import Column, Look, printed, spread

PLAIN = ("Date", "Details", "Amount", "Balance")
WORDS = frozenset(word.casefold() for word in PLAIN)
LATIN = Look(font=printer.PLAIN)


def columns(widths: Sequence[float] = (60, 150, 70, 70), gap: float = 20) -> list[Column]:
    return spread([(name,) for name in PLAIN], widths, gap=gap, right=("Amount", "Balance"))


def cells(data: bytes, words: frozenset[str] = WORDS) -> list[list[list[str]]]:
    """The tables without the notes, which are lines of one cell."""
    document = read_pdf("x.pdf", data, words)
    return [[row for _at, row in table if len(row) > 1] for table in document.tables]


def notes(document: Document) -> list[str]:
    return [row[0] for table in document.tables for _at, row in table if len(row) == 1]


def rows(count: int, details: str = "Paid to Shop") -> list[list[str]]:
    return [
        [f"2026-01-{1 + at:02}", f"{details} {at}", f"-{at}.50", f"{1000 - at}.00"]
        for at in range(count)
    ]


@pytest.mark.parametrize(
    ("rules", "stand", "again"),
    [
        ("none", "top", True),
        ("none", "middle", True),
        ("none", "top", False),
        ("none", "middle", False),
        ("header", "middle", True),
        ("rows", "top", False),
        ("grid", "middle", True),
    ],
)
def test_rows_are_the_same_however_they_are_printed(
    rules: Literal["none", "header", "rows", "grid"],
    stand: Literal["top", "middle"],
    again: bool,  # noqa: FBT001
) -> None:
    look = Look(
        font=printer.PLAIN, rules=rules, stand=stand, again=again, foot="Page {page} of {of}"
    )
    wanted = rows(28, "A text that has to be broken into several lines because it is long, number")
    wanted[3][1] = wanted[7][1] = "short"
    data = printed(columns(), [*wanted, *wanted], look)
    document = read_pdf("x.pdf", data, WORDS)
    assert cells(data) == [[list(PLAIN), *wanted, *wanted]]
    assert notes(document) == [f"Page {at} of 3" for at in (1, 2, 3)]
    assert document.doubts == []


def test_a_row_goes_on_over_a_page_break() -> None:
    look = Look(font=printer.PLAIN, bottom=652, breaks_rows=True)
    long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen end"
    wanted = [["2026-01-01", long * 2, "-1.00", "9.00"], ["2026-01-02", long, "-2.00", "7.00"]]
    [table] = cells(printed(columns(), wanted, look))
    assert [[*row[:1], row[1].replace(" ", ""), *row[2:]] for row in table[1:]] == [
        [*row[:1], row[1].replace(" ", ""), *row[2:]] for row in wanted
    ]


def test_numbers_that_wrap_stay_whole() -> None:
    number = "20260123123213213131321313131"
    wanted = [["2026-01-01", number, "-1.00", "9.00"], ["2026-01-02", number, "-2.00", "7.00"]]
    assert cells(printed(columns([60, 60, 70, 70]), wanted, LATIN)) == [[list(PLAIN), *wanted]]


def test_a_time_below_its_date_is_joined_by_a_blank() -> None:
    wanted = [
        ["2026-01-01 10:00:00", "a", "-1.00", "9.00"],
        ["2026-01-02 11:00:00", "b", "-2.00", "7.00"],
    ]
    assert cells(printed(columns([44, 60, 70, 70]), wanted, LATIN)) == [[list(PLAIN), *wanted]]


def test_cells_that_touch_are_parted() -> None:
    headings = [(36, "Date"), (100, "Details"), (200, "Amount"), (240, "Balance")]
    row = [(36, "2026-01-01"), (100, "a"), (215.5, "-11.50"), (237.8, "1,000.00")]
    data = raw.pages(raw.text(headings, *[row] * 4))
    assert cells(data)[0][1:] == [["2026-01-01", "a", "-11.50", "1,000.00"]] * 4


def test_notes_in_and_around_the_table_are_kept_apart() -> None:
    look = Look(
        font=printer.PLAIN,
        head=[(36, 14, "Some Bank"), (36, 8, "Account: 123")],
        tail=["Total 3.00", "This is a computer generated statement, no signature needed."],
    )
    document = read_pdf("x.pdf", printed(columns(), rows(3), look), WORDS)
    assert notes(document) == [
        "Some Bank",
        "Account: 123",
        "Total 3.00",
        "This is a computer generated statement, no signature needed.",
    ]
    assert [at for at, row in document.tables[0] if len(row) > 1] == [3, 4, 5, 6]


def test_headings_in_several_lines_are_one() -> None:
    heads = [("Receipt", "No."), ("Completion Time",), ("Transaction", "Status"), ("Paid In",)]
    words = frozenset({"receiptno.", "completiontime", "transactionstatus", "paidin"})
    row = ["TA12", "2026-01-01 10:00:00", "Completed", "5.00"]
    data = printed(spread(heads, [60, 90, 60, 50]), [row] * 3, LATIN)
    table = cells(data, words)[0]
    assert table[0] == ["Receipt No.", "Completion Time", "Transaction Status", "Paid In"]
    assert table[1:] == [row] * 3


def test_white_headings_on_a_band_are_read() -> None:
    look = Look(font=printer.PLAIN, band=True, watermark="DRAFT COPY")
    assert cells(printed(columns(), rows(3), look)) == [[list(PLAIN), *rows(3)]]


def test_two_tables_and_two_accounts_stay_apart() -> None:
    header = [(36, "Date"), (120, "Details"), (250, "Amount"), (330, "Balance")]
    row = [(36, "2026-01-01"), (120, "a"), (250, "-1.00"), (330, "9.00")]
    other = [(36, "2026-01-02"), (120, "b"), (250, "-2.00"), (330, "7.00")]
    content = raw.text(
        [(36, "Account No: 11112222")],
        header,
        row,
        [],
        [(36, "Account No: 33334444")],
        header,
        other,
    )
    document = read_pdf("x.pdf", raw.pages(content), WORDS)
    first, second = ([cells for _at, cells in table] for table in document.tables)
    assert first == [["Account No: 11112222"], list(PLAIN), ["2026-01-01", "a", "-1.00", "9.00"]]
    assert second == [
        ["Account No: 11112222"],
        ["Account No: 33334444"],
        list(PLAIN),
        ["2026-01-02", "b", "-2.00", "7.00"],
    ]


def test_a_table_without_dates_is_a_note_to_the_next() -> None:
    content = raw.text(
        [(36, "Details"), (250, "Amount"), (330, "Balance")],
        [(36, "Total:"), (250, "3.00"), (330, "9.00")],
        [],
        [(36, "Date"), (120, "Details"), (250, "Amount"), (330, "Balance")],
        [(36, "2026-01-01"), (120, "a"), (250, "-1.00"), (330, "9.00")],
    )
    tables = read_pdf("x.pdf", raw.pages(content), WORDS).tables
    assert [cells for _at, cells in tables[1]] == [
        ["Details Amount Balance"],
        ["Total: 3.00 9.00"],
        list(PLAIN),
        ["2026-01-01", "a", "-1.00", "9.00"],
    ]


def test_headings_that_touch_are_parted() -> None:
    header = [(36, "Date"), (120, "Details"), (250, "AmountBalance")]
    row = [(36, "2026-01-01"), (120, "a"), (248, "-1.00"), (282, "9.00")]
    assert cells(raw.pages(raw.text(header, *[row] * 3)))[0] == [
        list(PLAIN),
        *[["2026-01-01", "a", "-1.00", "9.00"]] * 3,
    ]


def test_the_head_of_a_page_is_no_row() -> None:
    header = [(36, "Date"), (120, "Details"), (250, "Amount"), (330, "Balance")]
    row = [(36, "2026-01-01"), (120, "a"), (250, "-1.00"), (330, "9.00")]
    head = "Period: 2026-01-01 to 2026-03-31 12:00, all kinds of rows"
    page = raw.text([(36, "2026-01-01 -- 2026-03-31")], [(30, head)], header, row)
    [table] = read_pdf("x.pdf", raw.pages(page, page), WORDS).tables
    assert [len(cells) for _at, cells in table] == [1, 1, 4, 4, 1, 1, 4]


def test_a_row_without_a_date_is_not_lost() -> None:
    header = [(36, "Date"), (120, "Details"), (250, "Amount"), (330, "Balance")]
    row = [(36, "2026-01-01"), (120, "a"), (250, "-1.00"), (330, "9.00")]
    bare = [(120, "b"), (250, "-2.00"), (330, "7.00")]
    assert cells(raw.pages(raw.text(header, row, bare, row)))[0][1:] == [
        ["2026-01-01", "a", "-1.00", "9.00"],
        ["", "b", "-2.00", "7.00"],
        ["2026-01-01", "a", "-1.00", "9.00"],
    ]


def test_text_turned_by_a_right_angle_is_read_upright() -> None:
    lines = [
        [(36, "Date"), (120, "Details"), (250, "Amount"), (330, "Balance")],
        [(36, "2026-01-01"), (120, "a"), (250, "-1.00"), (330, "9.00")],
    ]
    upright = raw.text(*lines).decode("latin-1").partition("stream\n")[2]
    body = upright.rpartition("\nendstream")[0]
    turned = raw.stream(f"q 0 1 -1 0 842 0 cm {body} Q".encode("latin-1"))
    assert cells(raw.pages(turned))[0] == [list(PLAIN), ["2026-01-01", "a", "-1.00", "9.00"]]


def test_places_are_pages_and_lines() -> None:
    place = Place(57, 2, 12)
    assert said_place(place) == ("第 2 页第 12 行", "page 2, line 12")
    assert said_place(57) == ("第 57 行", "line 57")
    assert place == 57


def test_a_locked_pdf_needs_its_password() -> None:
    look = Look(font=printer.PLAIN, password="open sesame")  # noqa: S106
    data = printed(columns(), rows(2), look)
    with pytest.raises(PasswordNeeded, match="the PDF is locked; add --password"):
        read_pdf("x.pdf", data, WORDS)
    with pytest.raises(PasswordNeeded, match="wrong password for the PDF"):
        read_pdf("x.pdf", data, WORDS, ["sesame"])
    table = read_pdf("x.pdf", data, WORDS, ["sesame", "open sesame"]).tables[0]
    assert [row for _at, row in table] == [list(PLAIN), *rows(2)]


def test_a_password_too_many_does_no_harm() -> None:
    data = printed(columns(), rows(2), LATIN)
    assert len(read_pdf("x.pdf", data, WORDS, ["none needed"]).tables[0]) == 3


def test_a_scan_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnreadableFile, match="pictures and no text") as caught:
        read_pdf("x.pdf", printer.scanned(), WORDS)
    assert "导出" in caught.value.message.zh


def test_text_hidden_behind_a_picture_is_not_trusted() -> None:
    shown = raw.text([(36, "Date"), (120, "Details"), (250, "Amount"), (330, "Balance")])
    hidden = raw.stream(b"3 Tr\n" + shown.partition(b"stream\n")[2].rpartition(b"\nendstream")[0])
    with pytest.raises(UnreadableFile, match="pictures and no text"):
        read_pdf("x.pdf", raw.pages(hidden), WORDS)


def test_letters_without_meaning_are_refused() -> None:
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Song /Encoding /Identity-H "
        b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Song "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    content = raw.stream(b"BT /F1 8 Tf 1 0 0 1 36 700 Tm <00410042004300440045> Tj ET")
    with pytest.raises(UnreadableFile, match="do not say which letters"):
        read_pdf("x.pdf", raw.pages(content, font=font), WORDS)


def test_a_page_that_is_a_picture_is_told() -> None:
    lines = [
        [(36, "Date"), (120, "Details"), (250, "Amount"), (330, "Balance")],
        [(36, "2026-01-01"), (120, "a"), (250, "-1.00"), (330, "9.00")],
    ]
    document = read_pdf("x.pdf", raw.pages(raw.text(*lines), raw.stream(b"")), WORDS)
    assert [each.en.split(" and ")[0] for each in document.doubts] == [
        "page 2 has no text that can be read (perhaps a picture)"
    ]


def page_loop() -> bytes:
    return raw.document(
        {
            1: raw.CATALOG,
            2: b"<< /Type /Pages /Count 2 /Kids [3 0 R 2 0 R] >>",
            3: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
        }
    )


def deep_tree() -> bytes:
    count = 5000
    nodes = {n: b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (n + 1) for n in range(2, count)}
    return raw.document({1: raw.CATALOG, **nodes, count: b"<< /Type /Page /MediaBox [0 0 9 9] >>"})


def deep_array() -> bytes:
    return raw.pages(raw.stream(b"[" * 200_000))


def bomb() -> bytes:
    return raw.pages(raw.stream(b" " * 150_000_000, packed=True))


def double_bomb() -> bytes:
    inner = raw.stream(b"\0" * 40_000_000, packed=True)
    return raw.pages(*[inner] * 30)


def endless_text() -> bytes:
    return raw.pages(raw.stream(b"BT /F1 8 Tf " + b"(aaaaaaaaaaaaaaaa) Tj " * 200_000, packed=True))


def endless_paths() -> bytes:
    return raw.pages(raw.stream(b"0 0 m 9 9 l S " * 500_000, packed=True))


def empty_pages() -> bytes:
    return raw.pages(*[raw.stream(b"")] * 3000)


def slow_pages() -> bytes:
    return raw.pages(*[raw.stream(b"q Q " * 30_000, packed=True)] * 300)


def form_loop() -> bytes:
    form = raw.stream(
        b"/X1 Do /X1 Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 4 0 R >> >>",
    )
    return raw.pages(raw.stream(b"/X1 Do"), more={4: form})


def huge_places() -> bytes:
    return raw.pages(
        raw.stream(
            b"BT /F1 8 Tf 1 0 0 1 %d %d Tm (a) Tj ET %d 0 m 0 %d l S"
            % (10**200, -(10**30), 10**99, 10**8)
        )
    )


HOSTILE: list[Callable[[], bytes]] = [
    page_loop,
    deep_tree,
    deep_array,
    bomb,
    double_bomb,
    endless_text,
    endless_paths,
    empty_pages,
    slow_pages,
    form_loop,
    huge_places,
]


@pytest.mark.parametrize("made", HOSTILE, ids=lambda made: made.__name__)
def test_hostile_pdfs_are_refused_in_time(
    made: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource

    data = made()
    assert len(data) < 4_000_000
    monkeypatch.setattr(limits, "PATIENCE", 0.7)

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    with pytest.raises(UnreadableFile):
        read_pdf("x.pdf", data, WORDS)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < 2.5
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.4\n%%EOF",
        b"\0" * 50 + b"%PDF-",
        b"%PDF-1.7\n" + bytes(range(256)) * 50,
    ],
)
def test_broken_pdfs_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_pdf("x.pdf", data, WORDS)


def test_every_cut_of_a_statement_is_read_or_refused() -> None:
    data = printed(columns(), rows(5), LATIN)
    for end in range(200, len(data), len(data) // 5):
        try:
            document = read_pdf("x.pdf", data[:end], WORDS)
        except UnreadableFile:
            continue
        assert all(len(row) in {1, 4} for table in document.tables for _at, row in table)


def test_pages_are_announced() -> None:
    turned: list[tuple[int, int]] = []
    data = printed(columns(), rows(28) * 6, LATIN)
    read_pdf("x.pdf", data, WORDS, progress=lambda at, of: turned.append((at, of)))
    assert turned == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_progress_and_pages_reach_the_reading() -> None:
    path = Path(make.HERE) / "cmb-debit.pdf"
    heard: list[str] = []
    reading = read([Source(path.name, path.read_bytes())], progress=heard.append)
    assert heard == ["cmb-debit.pdf", *(f"cmb-debit.pdf ({at}/3)" for at in (1, 2, 3))]
    assert sorted({entry.page for entry in reading.entries}) == [1, 2, 3]


def test_a_row_that_is_lost_shows_in_the_balance() -> None:
    columns = spread(
        [(name,) for name in ("记账日期", "货币", "交易金额", "联机余额", "交易摘要", "对手信息")],
        [60, 40, 70, 70, 80, 130],
    )
    rows = [
        [f"2026-01-{1 + at:02}", "CNY", "-1.00", f"{100 - at}.00", "快捷支付", "某某商户"]
        for at in range(20)
    ]
    del rows[12]
    [statement] = read([Source("x.pdf", printed(columns, rows, Look(bottom=580)))]).statements
    [warning] = statement.warnings
    assert warning.en.startswith(
        "from page 2, line 3 on the balance does not follow: after the row before it should be "
        "88.00, the export says 87.00."
    )
    assert warning.zh.startswith("第 2 页第 3 行起余额接不上")


@pytest.mark.parametrize("name", sorted(make.MADE))
def test_the_samples_are_what_the_script_makes(name: str) -> None:
    assert (make.HERE / name).read_bytes() == make.MADE[name]()
