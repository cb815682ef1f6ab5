"""Bytes into text: the encoding is decided on the whole file, never on its beginning."""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator

_BLOCK = 1 << 18
# So much is enough to tell which language a text is in.
_PROBED = 1 << 18
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SINGLE_BYTE = {"cp1251", "cp1252"}
_BY_LINES = {"utf-8", "utf-8-sig", "gb18030", *_SINGLE_BYTE}
_CYRILLIC_WORD = re.compile(r"[А-Яа-яЁё]{3,}")
_MOSTLY = 0.7
# The zeros of UTF-16 stand on one side of the ASCII signs.
_ONE_SIDED = 4
_UTF8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}")
# What Windows-1252 leaves out.
_NO_LETTER = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def encoding_of(data: bytes) -> str:
    """The name of the one encoding in which all of the bytes are text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            if decodes(data, name):
                return name
            break
    for name in (*_wide(data), "utf-8", "gb18030"):
        if decodes(data, name) and (name != "gb18030" or _reads_as_chinese(data)):
            return name
    # Windows-1251 where its letters make Cyrillic words, else Windows-1252.
    return "cp1251" if _reads_as_cyrillic(data) else "cp1252"


def text_in(data: bytes, encoding: str) -> str:
    """The bytes as text in the encoding that `encoding_of` named."""
    return data.decode(encoding, errors="replace" if encoding in _SINGLE_BYTE else "strict")


def decode(data: bytes) -> tuple[str, str]:
    """The whole file as text, and the name of its encoding."""
    encoding = encoding_of(data)
    return text_in(data, encoding), encoding


def decodes(data: bytes, name: str) -> bool:
    """Whether all of the bytes are text in an encoding."""
    decoder = getincrementaldecoder(name)()
    view = memoryview(data)
    try:
        for start in range(0, len(data), _BLOCK):
            decoder.decode(view[start : start + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def blocks(data: bytes, longest: int = 0) -> Iterator[bytes]:
    """The bytes in pieces that end where lines end, for encodings with ASCII's ends of lines.

    The pieces end before one that is longer than `longest`, where that is given.
    """
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + _BLOCK) + 1 or len(data)
        if longest and end - start > longest:
            return
        yield data[start:end]
        start = end


def is_wide(data: bytes) -> bool:
    """Whether the bytes are UTF-16, by their mark or by the zeros beside ASCII signs."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or bool(_wide(data))


def is_mixed(data: bytes, encoding: str) -> bool:
    """Whether some of the bytes are in another encoding: UTF-8 within, or no letters at all."""
    if encoding != "cp1252":
        return False
    return bool(_UTF8_LETTER.search(data) or _NO_LETTER.search(data))


def _wide(data: bytes) -> tuple[str, ...]:
    """The order of bytes of UTF-16 without a mark, told by the zeros beside ASCII signs."""
    if b"\0" not in data or len(data) % 2:
        return ()
    even, odd = data[::2].count(0), data[1::2].count(0)
    if even + odd < len(data) / 20 or max(even, odd) < _ONE_SIDED * min(even, odd):
        return ()
    return ("utf-16-be",) if even > odd else ("utf-16-le",)


def _reads_as_cyrillic(data: bytes) -> bool:
    """Whether most letters outside ASCII stand three and more in a row, as Cyrillic words do.

    In the Latin words of other encodings they stand alone between letters of ASCII.
    """
    text = data[:_PROBED].decode("cp1251", errors="replace")
    other = len(text) - len(text.encode("ascii", "ignore"))
    return sum(map(len, _CYRILLIC_WORD.findall(text))) >= _MOSTLY * other > 0


def _reads_as_chinese(data: bytes) -> bool:
    """Whether the letters outside ASCII are mostly those of Chinese text.

    Western single-byte text often decodes as GB18030 by accident, into rare ideographs that
    GB2312 does not hold.
    """
    text = data[:_PROBED].decode("gb18030", "ignore")
    ascii_ = len(text.encode("ascii", "ignore"))
    # GB2312 writes two bytes for each letter outside ASCII, and these it lacks.
    common = (len(text.encode("gb2312", "ignore")) - ascii_) // 2
    common += sum(text.count(sign) for sign in "¥—")
    return common >= 0.9 * (len(text) - ascii_)
