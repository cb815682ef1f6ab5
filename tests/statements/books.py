"""Workbooks made cell by cell, as no library would write them."""

import io
import zipfile
from collections.abc import Mapping, Sequence

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_STATE = {True: "hidden", False: "visible"}
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="170" formatCode="yyyy/mm/dd hh:mm"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="170" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)


def xlsx(
    sheets: Mapping[str, str],
    *,
    shared: Sequence[str] = (),
    hidden: Sequence[str] = (),
    tail: str = "",
) -> bytes:
    """A workbook of sheets given as the XML of their rows; style 1 is a date and a time."""
    named = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}" state="{_STATE[name in hidden]}"/>'
        for at, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{at}" Type="{_REL}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    related += f'<Relationship Id="s" Type="{_REL}/styles" Target="styles.xml"/>'
    related += f'<Relationship Id="t" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/>'
    parts = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/'
        '2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}">'
        f"<sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{related}'
        "</Relationships>",
        "xl/styles.xml": _HEAD + _STYLES,
        "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{_MAIN}">'
        + "".join(f"<si><t>{text}</t></si>" for text in shared)
        + "</sst>",
    }
    for at, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{at}.xml"] = (
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><dimension ref="A1:XFD1048576"/>'
            f"<sheetData>{rows}</sheetData>{tail}</worksheet>"
        )
    return _packed(parts)


def texts(number: int, *cells: str) -> str:
    """A row of text cells."""
    return row(number, *(inline(cell) for cell in cells))


def row(number: int, *cells: str) -> str:
    """A row of cells, each given as its XML with `@` for its place."""
    placed = (
        cell.replace("@", f'r="{chr(65 + at)}{number}"') for at, cell in enumerate(cells) if cell
    )
    return f'<row r="{number}">{"".join(placed)}</row>'


def inline(text: str) -> str:
    return f'<c @ t="inlineStr"><is><t>{text}</t></is></c>' if text else ""


def ods(table: str, name: str = "Sheet1") -> bytes:
    """An ODS workbook of one table given as the XML of its rows."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'{_HEAD}<office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="{name}">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'{_HEAD}<manifest:manifest xmlns:manifest="{space}:manifest:1.0"/>'
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return _packed(
        {"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest}
    )


def _packed(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
