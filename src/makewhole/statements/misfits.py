"""Notices that cells do not stand where they should: a moved heading, half a row, a lost header.

All of these are rows that could be read, so they are read; a warning says what to look at.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from makewhole.records import Text
from makewhole.statements.grid import Row
from makewhole.statements.lines import Table
from makewhole.statements.place import page_of, said_place
from makewhole.statements.values import clean, words

# So many rows tell what the columns of a file hold.
_PROBED = 1000
_NAMED_LINES = 5
# With fewer rows than this, the header says how many cells a row has.
_FEWEST_ROWS = 3
_DATE = re.compile(r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})")
# Whatever may be part of a date, spelled or in figures.
_DATED = re.compile(
    r"\d{1,4}\s*[-/.,年 ]\s*(?:\d{1,2}|[^\W\d_]{3,})|[^\W\d_]{3,}\.? \d|\d{4,}|\d:\d\d"
)
_CENTS = re.compile(r"[-+(]*[¥￥$€£₹]?\s?[-+]?\d[\d,. ']*[.,]\d{2}\)?")
_LONG = re.compile(r"\d{10,}")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d+(?:[,.]\d{3})*")
# Words, of which an order number has none.
_SPOKEN = re.compile(r"[\u3400-\u9fff]|[A-Za-z]{2,} [A-Za-z]{2,}")
_SEPARATORS = ",;\t|"
_FEWEST_SEPARATORS = 2
# What a field holds in every layout that has one of this name.
_WORDS = set(
    re.findall(
        r"\w+",
        "category comment comments counterparty description detail details direction funding item "
        "kind memo merchant method name note notes party payee payer purpose reason reference "
        "remark remarks place said state status store subject summary text title type way",
    )
)
_NUMBERS = {"id", "merchant_number", "number", "receipt", "utr"}
_FIGURES = {"amount", "credit", "debit", "fee", "fees", "gross", "in", "net", "out", "paid"}
_DATES = {"booked_on", "date", "settled", "time", "value_date", "value_on", "valued"}
# A column with fewer filled cells than one in so many rows tells nothing.
_SPARSE = 4


class Look:
    """What the rows of one table look like that could be read."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._rows: list[list[str]] = []
        self._widths: Counter[int] = Counter()
        self._where: dict[int, list[int]] = {}
        self._masks: dict[int, set[str]] = {}
        self._broken: list[Row] = []

    def take(self, numbers: Sequence[int], rows: Sequence[list[str]]) -> None:
        """Look at rows of one width, given with their lines."""
        width = len(rows[0])
        self._widths[width] += len(rows)
        where = self._where.setdefault(width, [])
        where.extend(numbers[: _NAMED_LINES + 1 - len(where)])
        if len(self._rows) < _PROBED:
            self._rows.extend(rows[: _PROBED - len(self._rows)])

    def take_one(self, number: int, cells: list[str], *, read: bool) -> None:
        """Look at one row, which could be read or not."""
        if read:
            self.take([number], [cells])
        if len(self._broken) <= _NAMED_LINES and any("\n" in cell for cell in cells):
            self._broken.append((number, cells))

    def doubts(self, beside: Iterable[Row]) -> Iterator[Text]:
        """What speaks against the reading; `beside` are the lines below that count as notes."""
        yield from self._swallowed()
        if self._rows:
            yield from self._uneven()
            yield from self._rows_above()
            yield from self._half_rows(beside)
            yield from self._twins()
            yield from self._misplaced()

    def _uneven(self) -> Iterator[Text]:
        """Rows that have more or fewer cells than the others."""
        headings = self._table.headings
        rows = self._widths.total()
        usual = max(self._widths, key=lambda width: (self._widths[width], width == len(headings)))
        if rows < _FEWEST_ROWS and min(self._widths) < _trimmed(headings):
            usual = len(headings)
        elif self._widths[usual] * 2 < rows:
            usual = len(headings)
            if usual not in self._widths:
                return
        odd = sorted(line for width, at in self._where.items() if width != usual for line in at)
        if odd:
            where = _lines(odd)
            yield Text(
                f"{where.zh}的单元格数与其他行不同：可能被截断，或少了一格，或文字里有未加引号的"
                "分隔符。请核对",
                f"{where.en}: not as many cells as the other rows; it may be cut short, lack a "
                "cell, or hold a separator without quotes. Please check",
            )

    def _rows_above(self) -> Iterator[Text]:
        """Lines above the header that are rows, as when the first of two headers is lost."""
        at = self._table.columns[self._table.anchor]
        least = min(map(_filled, self._rows))
        odd = [
            number
            for number, cells in self._table.grid.head[: self._table.header]
            if _filled(cells) >= least and at < len(cells) and _mask(cells[at]) in self._known(at)
        ]
        if odd:
            where = _lines(odd)
            yield Text(
                f"{where.zh}在表头之上，却像是交易，没有读：可能缺了一个表头。请重新导出",
                f"{where.en}: above the header, but like a transaction, and not read; a header may "
                "be missing. Export it again",
            )

    def _half_rows(self, beside: Iterable[Row]) -> Iterator[Text]:
        """Lines that count as notes and look like the beginning of a row."""
        odd = [number for number, cells in beside if not page_of(number) and self._is_half(cells)]
        if odd:
            where = _lines(odd)
            yield Text(
                f"{where.zh}像是半行交易，没有读：文件可能被截断。请重新导出",
                f"{where.en}: like half a row, and not read; the file may be cut off. Export it "
                "again",
            )

    def _is_half(self, cells: Sequence[str]) -> bool:
        given = cells[: _trimmed(cells)]
        begun = [part for cell in given for part in _parted(cell)]
        if not begun or len(cells) == max(self._widths):
            return False
        told = 0
        for at, cell in enumerate(begun[: max(self._widths)]):
            if not clean(cell):
                continue
            if not self._fits(cells=begun, at=at):
                return False
            mask = _mask(cell)
            told += "9" in mask and (mask in self._known(at) or not _LETTER.search(mask))
        # Prose has separators too, but not the figures of a row between them.
        return told > (1 if len(begun) > len(given) else 0)

    def _fits(self, cells: Sequence[str], at: int) -> bool:
        """Whether a cell, or the beginning of one, is like those of its column."""
        known = self._known(at)
        mask = _mask(_cell(cells, at))
        if _LETTER.search(mask):
            return not known or any(map(_LETTER.search, known))
        return not known or any(each.startswith(mask) for each in known)

    def _known(self, at: int) -> set[str]:
        if at not in self._masks:
            masks = {_mask(row[at]) for row in self._rows if at < len(row)}
            self._masks[at] = masks - {""}
        return self._masks[at]

    def _swallowed(self) -> Iterator[Text]:
        """Rows with a cell of several lines, one of which has the cells of a row."""
        least = max(_FEWEST_SEPARATORS + 1, _trimmed(self._table.headings) // 2)
        odd = [
            number
            for number, cells in self._broken
            for cell in cells
            for line in cell.splitlines()[1:]
            if len(_parted(line)) >= least
        ]
        if odd:
            where = _lines(sorted(set(odd)))
            yield Text(
                f"{where.zh}有跨行的单元格，里面像是还有别的交易：可能有未闭合的引号。请核对",
                f"{where.en}: a cell of several lines seems to hold further transactions; a quote "
                "may not be closed. Please check",
            )

    def _twins(self) -> Iterator[Text]:
        """Headings that stand twice over different cells."""
        headings = self._table.headings
        for at in sorted(self._table.columns.values()):
            others = [
                other
                for other, heading in enumerate(headings)
                if heading and heading == headings[at] and other != at
            ]
            if any(_cell(row, at) != _cell(row, other) for row in self._rows for other in others):
                name = clean(self._table.grid.head[self._table.header][1][at])
                yield Text(
                    f"“{name}”一列出现了不止一次，内容不同，读的是第一个。请核对",
                    f"the column “{name}” stands more than once with different cells, the first "
                    "was read. Please check",
                )

    def _misplaced(self) -> Iterator[Text]:
        """Columns none of whose cells is what the heading says."""
        header = self._table.grid.head[self._table.header][1]
        seen: set[int] = set()
        for field, at in self._table.columns.items():
            odd = _oddness(field)
            cells = [cell for row in self._rows if at < len(row) and (cell := words(row[at]))]
            if at in seen or not odd or len(cells) * _SPARSE < len(self._rows) or not cells:
                continue
            if not all(map(odd, cells)):
                continue
            seen.add(at)
            name = clean(header[at]) if at < len(header) else field
            yield Text(
                f"“{name}”一列的内容与列名不合，例如“{cells[0][:40]}”：表头可能错位。请核对",
                f"the column “{name}” does not hold what its heading says, but “{cells[0][:40]}”; "
                "the headings may have moved. Please check",
            )


def _oddness(field: str) -> Callable[[str], bool] | None:
    """What tells that a cell is none of the sort which a field holds."""
    if field.rstrip("_0123456789") in _WORDS:
        return _is_date_or_cents
    if field in _NUMBERS:
        return lambda cell: not _DIGIT.search(cell) or bool(_SPOKEN.search(cell))
    if field in _FIGURES:
        return lambda cell: bool(_LONG.fullmatch(cell)) or not _DIGIT.search(cell)
    return (lambda cell: not _DATED.search(cell)) if field in _DATES else None


def _is_date_or_cents(cell: str) -> bool:
    return bool(_DATE.match(cell) or _CENTS.fullmatch(cell))


def _cell(cells: Sequence[str], at: int) -> str:
    return clean(cells[at]) if at < len(cells) else ""


def _filled(cells: Sequence[str]) -> int:
    return sum(map(bool, map(clean, cells)))


def _trimmed(cells: Sequence[str]) -> int:
    end = len(cells)
    while end and not clean(cells[end - 1]):
        end -= 1
    return end


def _mask(cell: str) -> str:
    """A cell with every number in it as one digit, signs and quotes in front left out."""
    return _NUMBER.sub("9", "".join(cell.split()).lstrip("\"'`+-¥￥$€£₹("))


def _parted(cell: str) -> list[str]:
    """The cells in one that a stray quote has made of many."""
    mark = max(_SEPARATORS, key=cell.count)
    return cell.split(mark) if cell.count(mark) >= _FEWEST_SEPARATORS else [cell]


def _lines(numbers: Sequence[int]) -> Text:
    named = [said_place(each) for each in numbers[:_NAMED_LINES]]
    more = len(numbers) > _NAMED_LINES
    return Text(
        "、".join(each.zh for each in named) + ("等" if more else ""),
        ", ".join(each.en for each in named) + (" and more" if more else ""),
    )
