"""Workbooks into grids: one for each sheet, each cell as the text that a person sees.

A formula that no program has computed shows itself, an error its sign: neither reads as empty.
A cell that is merged over several rows holds for each of them.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from makewhole.errors import UnreadableFile
from makewhole.records import Text
from makewhole.statements.biff import broken, locked, survey_xls
from makewhole.statements.grid import Grid, Row
from makewhole.statements.sheetxml import Place, Survey, survey_ods, survey_xlsx

# Whole numbers up to this are exact in the binary floats that workbooks hold.
EXACT_FLOAT = 2.0**53
_ANY_DAY = date(2000, 1, 1)
_HALF_SECOND = timedelta(milliseconds=500)


@dataclass
class Sheets:
    """The visible sheets of a workbook, and what a person should know of it."""

    grids: list[Grid] = field(default_factory=list)
    warnings: list[Text] = field(default_factory=list)


def sheets(name: str, data: bytes, kind: str) -> Sheets:
    """The sheets of an XLSX, XLS or ODS workbook; hidden ones only where nothing is visible.

    Raises `UnreadableFile` where it is broken, locked or beyond the limits.
    """
    survey = _surveyor(name, kind)(name, data)
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    read: list[Grid] = []
    hidden: list[Grid] = []
    with _library_errors(name):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in workbook.sheets_metadata:
            if sheet.typ is not SheetTypeEnum.WorkSheet:
                continue
            table = workbook.get_sheet_by_name(sheet.name)
            rows = _rows(name, table, survey.faults.get(sheet.name, {}))
            visible = sheet.visible is SheetVisibleEnum.Visible
            (read if visible else hidden).append(Grid(sheet.name, rows))
    also = shown(read, hidden)
    return Sheets(also.grids, [*also.warnings, *_uncomputed(survey)])


def shown(visible: list[Grid], hidden: list[Grid]) -> Sheets:
    """The visible sheets and a warning for each hidden one; where none is visible, the hidden."""
    filled = [grid for grid in hidden if grid.head]
    if not any(grid.head for grid in visible):
        return Sheets(filled)
    return Sheets(visible, list(map(_hidden, filled)))


def _surveyor(name: str, kind: str) -> Callable[[str, bytes], Survey]:
    surveyors = {"xlsx": survey_xlsx, "ods": survey_ods, "xls": survey_xls}
    if kind in surveyors:
        return surveyors[kind]
    raise UnreadableFile(
        Text(
            f"{name}：XLSB 表格读不了，请用表格软件另存为 XLSX 或 CSV。",
            f"{name}: XLSB workbooks are not read; save it as XLSX or CSV.",
        )
    )


@contextmanager
def _library_errors(name: str) -> Iterator[None]:
    """What the library raises, as an error that names the file."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError:
        raise locked(name) from None
    except (CalamineError, ValueError, OverflowError, OSError):
        raise broken(name) from None
    except BaseException as problem:
        # A slip inside the library is no `Exception`, to pass by those who catch all.
        if type(problem).__name__ == "PanicException":
            raise broken(name) from None
        raise


def _rows(name: str, sheet: Any, faults: Mapping[Place, str]) -> Iterator[Row]:
    """The rows of a sheet that hold something, with their numbers."""
    if sheet.start is None and not faults:
        return
    left = sheet.start[1] if sheet.start else 0
    at_row: dict[int, dict[int, str]] = {}
    for (row, column), shown in faults.items():
        at_row.setdefault(row, {})[column - 1] = shown
    below = _Merged(sheet.merged_cell_ranges or ())
    last = 0
    with _library_errors(name):
        for number, values in enumerate(sheet.iter_rows(), 1):
            cells = [""] * left + [_cell(value) for value in values]
            _put(cells, at_row.pop(number, {}))
            below.fill(number, cells)
            if any(cells):
                yield number, cells
            last = number
    for number in sorted(at_row):
        if number > last:
            cells = []
            _put(cells, at_row[number])
            yield number, cells


def _put(cells: list[str], shown: Mapping[int, str]) -> None:
    for column, text in shown.items():
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = text


class _Merged:
    """Cells that are merged over several rows: the text of the first holds below it."""

    def __init__(self, ranges: Iterable[tuple[Place, Place]]) -> None:
        self._from: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, _right) in ranges:
            if bottom > top:
                self._from.setdefault(top + 1, []).append((left, bottom + 1))
        self._open: dict[int, tuple[int, str]] = {}

    def fill(self, number: int, cells: list[str]) -> None:
        """Repeat into a row what is merged into it, and remember what begins there."""
        if not self._open and number not in self._from:
            return
        for column, (bottom, text) in list(self._open.items()):
            if number > bottom:
                del self._open[column]
            elif column < len(cells) and not cells[column]:
                cells[column] = text
        for column, bottom in self._from.pop(number, ()):
            if column < len(cells) and cells[column]:
                self._open[column] = bottom, cells[column]


def _cell(value: object) -> str:
    """A sheet's value as the text a person sees: 15 digits, and no `.0` after whole numbers."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < EXACT_FLOAT
        return str(int(value)) if whole else f"{value:.15g}"
    if isinstance(value, datetime) and value.microsecond:
        # A moment is a fraction of days, which seldom meets its second exactly.
        value = (value + _HALF_SECOND).replace(microsecond=0)
    if isinstance(value, time) and value.microsecond:
        value = (datetime.combine(_ANY_DAY, value) + _HALF_SECOND).time().replace(microsecond=0)
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).replace("T", " ")
    return str(value)


def _uncomputed(survey: Survey) -> Iterator[Text]:
    """A warning for each sheet with formulas that have no value, or errors."""
    for sheet, faults in survey.faults.items():
        if faults:
            row, column = min(faults)
            shown = faults[row, column][:40]
            yield Text(
                f"工作表“{sheet}”有 {len(faults)} 个格子没有算好的值，如第 {row} 行第 {column} 列的"
                f" {shown}；用表格软件打开、重新计算并保存后再读",
                f"sheet “{sheet}”: cells without a computed value: {len(faults)}, such as {shown} "
                f"in row {row}, column {column}; open it in a spreadsheet program and save it",
            )


def _hidden(grid: Grid) -> Text:
    return Text(
        f"隐藏的工作表“{grid.name}”没有读；里面若有账单，请取消隐藏后再读",
        f"the hidden sheet “{grid.name}” was not read; if it holds a statement, unhide it",
    )
