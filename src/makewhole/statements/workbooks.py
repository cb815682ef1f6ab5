"""Workbooks into grids: one for each sheet, each cell as the text that a person sees."""

import io
from collections.abc import Iterator

from makewhole.errors import UnreadableFile
from makewhole.records import Text
from makewhole.statements.grid import Grid

# Whole numbers up to this are exact in the binary floats that workbooks hold.
EXACT_FLOAT = 2.0**53


def sheets(name: str, data: bytes) -> Iterator[Grid]:
    """The sheets of an XLSX or XLS workbook. Raises `UnreadableFile` where it is broken."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in workbook.sheet_names:
            table = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            rows = [(at, [_cell(value) for value in cells]) for at, cells in enumerate(table, 1)]
            yield Grid(sheet, rows)
    except CalamineError as error:
        raise UnreadableFile(
            Text(
                f"{name}：表格文件打不开（{error}）。请重新导出，或另存为 CSV 再试。",
                f"{name}: the workbook cannot be opened ({error}). Export it again, or as CSV.",
            )
        ) from None


def _cell(value: object) -> str:
    """A sheet's value as the text a person sees: 15 digits, and no `.0` after whole numbers."""
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < EXACT_FLOAT
        return str(int(value)) if whole else f"{value:.15g}"
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).replace("T", " ")
    return str(value)
