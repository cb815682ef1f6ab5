"""PDFs written by hand, object by object: what no honest program would write."""

import zlib
from collections.abc import Mapping, Sequence

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def document(objects: Mapping[int, bytes]) -> bytes:
    """A PDF of these objects; number 1 is its catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"", *, packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        data, entries = zlib.compress(data, 9), entries + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def pages(*contents: bytes, font: bytes = FONT, more: Mapping[int, bytes] | None = None) -> bytes:
    """A PDF of pages with these contents; a content is the body of a stream object."""
    objects = {1: CATALOG, 3: font, **(more or {})}
    kids = []
    for at, content in enumerate(contents):
        page, body = 100 + 2 * at, 101 + 2 * at
        kids.append(b"%d 0 R" % page)
        objects[page] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> /XObject << /X1 4 0 R >> >> >>" % body
        )
        objects[body] = content
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return document(objects)


def text(*lines: Sequence[tuple[float, str]], top: float = 780, pitch: float = 16) -> bytes:
    """A content with lines of words, each with where it begins."""
    shown = []
    for at, line in enumerate(lines):
        for x, word in line:
            literal = word.replace("(", "\\(").replace(")", "\\)")
            shown.append(f"BT /F1 8 Tf 1 0 0 1 {x} {top - at * pitch} Tm ({literal}) Tj ET")
    return stream("\n".join(shown).encode("latin-1"))
