"""Damage to the bytes of a file: what mail, disks, editors and people with bad intent do to them.

Every choice is drawn from the given `Random`, so that the same seed gives the same damage.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random

LARGEST = 60_000
# Most damage to XML only breaks it; so much of it leaves the tags alone.
_WELL_FORMED = 0.6

_Damage = Callable[[Random, bytes, Sequence[bytes]], bytes]

_NUMBERS = (
    *(b"9" * 30, b"1e999", b"NaN", b"-0", b"0.00", b"Infinity", b"1,2,3", b"1.2.3", b"-", b""),
    *(b"99999999999999", b"0000-00-00", b"31/02/2025", b"2025-13-45", b"1970-01-01"),
    *("１２３".encode(), "١٢٣".encode(), b"1_000", b"0x1F", b"12:99:99", b"(5.00)", b"+-5"),
    b"7" * 4400,
)
_SCRAPS = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b",", b";", b"\t", b"|", b"\r", b"\n"),
    *(b"\r\n", b"\x1a", b"\x0b", b"\x85", b"\x80", b"<", b">", b"&", b"]]>", b"-->", b"%", b"\\"),
    *("\u2028".encode(), "\u202e".encode(), "￥".encode(), "−".encode(), "　".encode(), b"\xa0"),
    *(b"{", b"}", b"^", b"!", b"@@", b"?20", b"//", b"--", b"#", b"=", b":", b"$", b"NULL"),
)
_WORDS = (
    *(b":20:", b":25:", b":60F:C250101EUR1,", b":61:", b":86:", b":62F:", b":34F:", b":90D:"),
    *(b"<STMTTRN>", b"</STMTTRN>", b"<OFX>", b"</OFX>", b"<![CDATA[", b"<LEDGERBAL>", b"&amp;"),
    *(b"!Type:Bank\n", b"!Account\n", b"!Type:Cat\n", b"!Clear:AutoSwitch\n", b"\n^\n", b"\nS\n$5"),
    *(b"<Ntry>", b"</Ntry>", b"<TxDtls>", b"</Stmt>", b"<?xml version='1.0'?>", b"&#x110000;"),
    *(b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<td>", b"</tr>", b"<table>", b"colspan=99999", b"\n,,,"),
    *(b"Confirmed.", b"Ksh", b" on 31/2/25 at 25:61 PM", b"Failed. ", b"Total", "合计".encode()),
)
_NESTS = (b"<a>", b"<table><tr><td>", b"(", b"[", b'"', b"<Ntry>", b"<div>", b"{", b"\t", b",")
_CODECS = ("utf-8-sig", "utf-16", "utf-16-le", "gb18030", "latin-1", "cp1252", "utf-32")
_DIGITS = re.compile(rb"\d[\d.,]*")
_LEAF = re.compile(rb"(<([\w:]+)(?:\s[^<>]*)?>)([^<]*)(</\2>)")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def damaged(chance: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """The data after one to four sorts of damage; `others` are files to splice from."""
    if data.lstrip()[:2] in {b"<?", b"<D"} and chance.random() < _WELL_FORMED:
        for _hit in range(chance.randint(1, 4)):
            data = _element(chance, data, others)
        return data[:LARGEST]
    for _hit in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        data = chance.choice(_DAMAGES)(chance, data, others)[:LARGEST]
    return data


def damaged_inside(chance: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A ZIP with one of its members damaged and packed again, so that its sums are right."""
    with suppress(zipfile.BadZipFile, NotImplementedError, RuntimeError):
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
            members = old.infolist()
            hit = chance.randrange(len(members)) if members else -1
            for at, member in enumerate(members):
                content = old.read(member)
                if at == hit:
                    content = damaged(chance, content, others)
                if at != hit or chance.random() > 0.05:
                    new.writestr(member.filename, content, zipfile.ZIP_DEFLATED)
        return packed.getvalue()
    return data


def damaged_stream(chance: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A PDF with one of its packed streams damaged and packed again."""
    found = list(_STREAM.finditer(data))
    if not found:
        return damaged(chance, data, others)
    hit = chance.choice(found)
    try:
        inner = zlib.compress(damaged(chance, zlib.decompress(hit[1]), others))
    except zlib.error:
        inner = damaged(chance, hit[1], others)
    before = re.sub(
        rb"/Length \d+(?=[^/]*(?:/[A-Za-z]+ ?[^/]*)?>>\s*$)",
        b"/Length %d" % len(inner),
        data[: hit.start(1)],
    )
    return before + inner + data[hit.end(1) :]


def _place(chance: Random, data: bytes) -> int:
    return chance.randrange(len(data) + 1)


def _piece(chance: Random, data: bytes, longest: int = 400) -> tuple[int, int]:
    begin = _place(chance, data)
    return begin, min(len(data), begin + chance.randint(1, longest))


def _flip(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    out = bytearray(data)
    for _bit in range(chance.choice((1, 1, 2, 8))):
        if out:
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _insert(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    at = _place(chance, data)
    return data[:at] + chance.choice(_SCRAPS) * chance.choice((1, 1, 1, 3)) + data[at:]


def _insert_word(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    at = _place(chance, data)
    return data[:at] + chance.choice(_WORDS) + data[at:]


def _noise(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    begin, end = _piece(chance, data, 20)
    return data[:begin] + chance.randbytes(chance.randint(1, 20)) + data[end:]


def _delete(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    begin, end = _piece(chance, data, chance.choice((1, 5, 60, 400)))
    return data[:begin] + data[end:]


def _delete_all(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    return data.replace(chance.choice(_SCRAPS), b"")


def _exchange(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    return data.replace(chance.choice((b",", b";", b"\t", b".", b"-", b"/", b":")), b"|", 40)


def _cut(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    at = _place(chance, data)
    return data[:at] if chance.random() < 0.8 else data[at:]


def _double(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    begin, end = _piece(chance, data)
    block = data[begin:end] * chance.choice((1, 1, 2, 40))
    at = _place(chance, data) if chance.random() < 0.3 else end
    return data[:at] + block + data[at:]


def _shuffle(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    how = chance.random()
    if how < 0.3:
        chance.shuffle(lines)
    elif how < 0.6:
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    elif how < 0.8:
        lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    else:
        del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def _odd_number(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    found = list(_DIGITS.finditer(data))
    if not found:
        return data
    hit = chance.choice(found)
    return data[: hit.start()] + chance.choice(_NUMBERS) + data[hit.end() :]


def _digit(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    out = bytearray(data)
    for _try in range(30):
        at = chance.randrange(len(out)) if out else 0
        if out and 48 <= out[at] <= 57:
            out[at] = 48 + chance.randrange(10)
            break
    return bytes(out)


def _nest(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    at = _place(chance, data)
    return data[:at] + chance.choice(_NESTS) * chance.choice((5, 150, 2000)) + data[at:]


def _run(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    """One sign repeated as no export repeats it: patterns that try every split take forever."""
    at = chance.randrange(len(data)) if data else 0
    longest = 30_000 if chance.random() < 0.04 else 1500
    return data[:at] + data[at : at + 1] * chance.randint(2, longest) + data[at:]


def _splice(chance: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)
    if chance.random() < 0.5:
        return data[: _place(chance, data)] + other[_place(chance, other) :]
    begin, end = _piece(chance, other)
    at = _place(chance, data)
    return data[:at] + other[begin:end] + data[at:]


def _line_ends(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(
        b"\n", chance.choice((b"\r\n", b"\r", b"", b" ", b"\n\n"))
    )


def _encode(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    text = data.decode("utf-8", errors="replace" if chance.random() < 0.5 else "surrogateescape")
    return text.encode(chance.choice(_CODECS), errors="replace")


def _blanks(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    return data.replace(b" ", chance.choice((b"", b"  ", b"\t", b"\xc2\xa0", b"\xe3\x80\x80")))


def _element(chance: Random, data: bytes, _others: Sequence[bytes]) -> bytes:
    """One element of XML gone, doubled, moved or filled with something else; tags still match."""
    found = list(_LEAF.finditer(data))
    if not found:
        return data
    hit, other = chance.choice(found), chance.choice(found)
    how = chance.random()
    if how < 0.25:
        new = b""
    elif how < 0.4:
        new = hit[0] * chance.choice((2, 3, 40))
    elif how < 0.6:
        new = hit[1] + other[3] + hit[4]
    elif how < 0.7:
        new = other[0]
    else:
        new = hit[1] + chance.choice((*_NUMBERS, b"a b", b"\xc3\xa4", b"&lt;", b"\n")) + hit[4]
    return data[: hit.start()] + new + data[hit.end() :]


_DAMAGES: tuple[_Damage, ...] = (
    *(_flip, _insert, _insert_word, _noise, _delete, _delete_all, _exchange, _cut, _double),
    *(_shuffle, _shuffle, _odd_number, _odd_number, _digit, _nest, _splice, _line_ends, _encode),
    *(_blanks, _element, _element, _run),
)
