"""Bytes into text: the encoding is decided on the whole file, never on its beginning."""

import re

_CYRILLIC_WORD = re.compile(r"[А-Яа-яЁё]{3,}")
_MOSTLY = 0.7


def decode(data: bytes) -> tuple[str, str]:
    """The whole file as text, and the name of its encoding."""
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(name), name
            except UnicodeDecodeError:
                break
    for name in (*_wide(data), "utf-8", "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if name == "gb18030" and not _reads_as_chinese(text):
            continue
        return text, name
    return _single_byte(data)


def _single_byte(data: bytes) -> tuple[str, str]:
    """Windows-1251 where its letters make Cyrillic words, else Windows-1252."""
    cyrillic = data.decode("cp1251", errors="replace")
    if _reads_as_cyrillic(cyrillic):
        return cyrillic, "cp1251"
    return data.decode("cp1252", errors="replace"), "cp1252"


def _reads_as_cyrillic(text: str) -> bool:
    """Whether most letters outside ASCII stand three and more in a row, as Cyrillic words do.

    In the Latin words of other encodings they stand alone between letters of ASCII.
    """
    other = sum(letter > "\x7f" for letter in text)
    return sum(map(len, _CYRILLIC_WORD.findall(text))) >= _MOSTLY * other > 0


def _wide(data: bytes) -> tuple[str, ...]:
    """The order of bytes of UTF-16 without a mark, told by the zeros beside ASCII signs."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if len(data) % 2 or even + odd < len(data) / 20:
        return ()
    return ("utf-16-be",) if even > odd else ("utf-16-le",)


def _reads_as_chinese(text: str) -> bool:
    """Whether the letters outside ASCII are mostly those of Chinese text.

    Western single-byte text often decodes as GB18030 by accident, into rare ideographs that
    GB2312 does not hold.
    """
    ascii_ = len(text.encode("ascii", "ignore"))
    # GB2312 writes two bytes for each letter outside ASCII, and these it lacks.
    common = (len(text.encode("gb2312", "ignore")) - ascii_) // 2
    common += sum(text.count(sign) for sign in "¥—")
    return common >= 0.9 * (len(text) - ascii_)
