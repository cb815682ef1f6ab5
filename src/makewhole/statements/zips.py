"""The directory of a ZIP file, and its members unpacked within limits.

Sizes that the directory promises are not believed: what comes out is counted as it comes.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from makewhole.errors import UnreadableFile
from makewhole.records import Text
from makewhole.statements.limits import (
    FREE_UNPACKED,
    LARGEST_MEMBER,
    LARGEST_RATIO,
    MOST_ENTRIES,
    MOST_MEMBERS,
)

_LOCAL_HEADER = 30
_ENTRY = b"PK\x01\x02"
_CHUNK = 1 << 20
OPENING = b"PK\x03\x04"
# What the libraries raise over members that are not what they should be.
BROKEN_BY: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    LookupError,
    struct.error,
)
_LOCKED_OR_BROKEN: tuple[type[Exception], ...] = (*BROKEN_BY, RuntimeError)


def opened(name: str, data: bytes) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    """The ZIP and the files in it, folders left out.

    Raises `UnreadableFile` where the directory is broken, too long, or lets members overlap.
    """
    # The library would list them all before anyone could count.
    if data.count(_ENTRY) > MOST_ENTRIES:
        raise too_large(name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN_BY:
        raise broken(name) from None
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or _overlap(members, len(data)):
        raise too_large(name)
    return archive, [member for member in members if not is_folder(member)]


def kind(name: str, data: bytes) -> str:
    """What the ZIP is: `xlsx`, `xlsb`, `ods`, `document` for other office files, or `zip`."""
    try:
        names = {member.filename.lower() for member in opened(name, data)[1]}
    except UnreadableFile:
        return "zip"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(each.startswith("xl/workbook") for each in names):
        return "xlsx"
    if {"mimetype", "content.xml"} <= names:
        return "ods"
    return "document" if "[content_types].xml" in names else "zip"


def is_folder(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a folder; one without any name is none."""
    return member.filename.endswith("/")


def _overlap(members: Sequence[zipfile.ZipInfo], size: int) -> bool:
    """Whether two members share bytes, as in archives that unpack one kernel many times."""
    spans = sorted((each.header_offset, each.compress_size) for each in members)
    following = [*(start for start, _packed in spans[1:]), size]
    return any(
        start + _LOCAL_HEADER + packed > after
        for (start, packed), after in zip(spans, following, strict=False)
    )


@contextmanager
def member(name: str, archive: zipfile.ZipFile, inside: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    """A member of an open ZIP as a stream. Raises `UnreadableFile` where it is broken."""
    try:
        with archive.open(inside) as stream:
            yield stream
    except _LOCKED_OR_BROKEN:
        raise broken(name) from None


class Meter:
    """Counts the bytes that come out of one ZIP file, over all its members."""

    def __init__(self, name: str, packed: int) -> None:
        self._name = name
        self._left = min(LARGEST_MEMBER, max(FREE_UNPACKED, LARGEST_RATIO * packed))

    def chunks(self, stream: IO[bytes]) -> Iterator[bytes]:
        """What the stream gives, piece by piece. Raises `UnreadableFile` beyond the limits."""
        while piece := stream.read(_CHUNK):
            self._left -= len(piece)
            if self._left < 0:
                raise too_large(self._name)
            yield piece

    def all(self, stream: IO[bytes]) -> bytes:
        """All that the stream gives."""
        return b"".join(self.chunks(stream))


def too_large(name: str) -> UnreadableFile:
    """The refusal of a file that would unpack into more than statements need."""
    return UnreadableFile(
        Text(
            f"{name}：展开后过大或成员互相重叠，不像正常的账单，没有打开。"
            "上限见 docs/limits.zh-CN.md。",
            f"{name}: it would unpack into more than statements need, or its members overlap; it "
            "was not opened. The limits stand in docs/limits.md.",
        )
    )


def broken(name: str) -> UnreadableFile:
    """The refusal of an archive that cannot be taken apart."""
    return UnreadableFile(
        Text(
            f"{name}：压缩包已损坏，请重新下载。",
            f"{name}: the archive is broken; download it again.",
        )
    )
