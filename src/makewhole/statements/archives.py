"""ZIP archives into the files inside them; a locked, broken or inflated archive is refused.

Wallets lock archives with AES, banks often with the cipher of old; names made in China carry GBK
without saying so. An archive may lie in an archive, once.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from makewhole.errors import PasswordNeeded, UnreadableFile
from makewhole.records import Text
from makewhole.statements.delimited import NARROWEST_TABLE
from makewhole.statements.limits import DEEPEST_ARCHIVE, LARGEST_OLD_CIPHER
from makewhole.statements.source import Source
from makewhole.statements.zips import BROKEN_BY, Meter, broken, is_folder, opened, too_large

# What file managers add to an archive, and no person put there.
_UNSEEN = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\.[^/]*|Thumbs\.db|desktop\.ini)", re.IGNORECASE)
# What lies beside statements and cannot be one.
_BESIDE = re.compile(
    r".*\.(?:png|jpe?g|gif|webp|bmp|svg|ico|url|lnk|webloc|css|js|docx?|rtf|pptx?|p7s|sig|asc|cer)",
    re.IGNORECASE,
)
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8")
_OTHER_PACKERS = {
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "RAR",
    b"\x1f\x8b\x08": "gzip",
    b"\xfd7zXZ\0": "xz",
}
_LOCKED, _UTF_8 = 0x1, 0x800


def unpack(source: Source, passwords: Sequence[str] = ()) -> Iterator[Source]:
    """The file itself, or the files inside it where it is a ZIP archive.

    Members are named `archive.zip/member`. Raises `PasswordNeeded` where an archive is locked,
    and `UnreadableFile` where it is broken or larger than an export can be.
    """
    for opening, packer in _OTHER_PACKERS.items():
        if source.data.startswith(opening):
            raise _other_packer(source.name, packer)
    if source.is_archive:
        yield from _members(source, passwords, Meter(source.name, len(source.data)), 1)
    else:
        yield source


def no_statement(member: Source) -> bool:
    """Whether a member of an archive is seen at once to be no statement."""
    return (
        member.kind == "document"
        or bool(_BESIDE.fullmatch(member.name))
        or member.data.startswith(_PICTURES)
        or not member.data.strip()
    )


def no_table(member: Source) -> bool:
    """Whether a member that nobody recognises is a notice beside statements: text, no table."""
    if member.data.startswith(b"%PDF-"):
        return True
    heads = (grid.head for grid in member.grids)
    widest = max((len(cells) for head in heads for _line, cells in head), default=0)
    return member.kind == "text" and widest < NARROWEST_TABLE


def left_out(archive: str, members: Sequence[Source]) -> Text:
    """The warning that names the members which were not read."""
    names = [member.name.removeprefix(f"{archive}/") for member in members]
    return Text(
        f"{archive} 里这些文件不是账单，没有读：{'、'.join(names)}",
        f"{archive}: these files in it are no statements and were not read: {', '.join(names)}",
    )


def nothing_in(archive: str, members: Sequence[Source]) -> UnreadableFile:
    """The refusal of an archive in which nothing is a statement."""
    names = [member.name.removeprefix(f"{archive}/") for member in members]
    return UnreadableFile(
        Text(
            f"{archive}：压缩包里没有能读的账单（{'、'.join(names) or '空的'}）。",
            f"{archive}: no statement in this archive ({', '.join(names) or 'it is empty'}).",
        )
    )


def _members(
    source: Source, passwords: Sequence[str], meter: Meter, depth: int
) -> Iterator[Source]:
    archive = _Archive(source, passwords, meter)
    for member in archive.members:
        name = _name(member)
        if _UNSEEN.fullmatch(name):
            continue
        inside = Source(f"{source.name}/{name}", archive.read(member))
        if not inside.is_archive:
            yield inside
        elif depth < DEEPEST_ARCHIVE:
            yield from _members(inside, passwords, meter, depth + 1)
        else:
            raise too_large(inside.name)


class _Archive:
    """An open archive whose members are read within limits, with whichever password fits."""

    def __init__(self, source: Source, passwords: Sequence[str], meter: Meter) -> None:
        self._name = source.name
        self._passwords = passwords
        self._meter = meter
        self._broken_by = BROKEN_BY
        self._zip, self.members = opened(source.name, source.data)
        if any(member.flag_bits & _LOCKED for member in self.members):
            self._open_locked(source.data)

    def _open_locked(self, data: bytes) -> None:
        import pyzipper

        self._broken_by = (*BROKEN_BY, pyzipper.BadZipFile)
        try:
            self._zip = pyzipper.AESZipFile(io.BytesIO(data))
        except self._broken_by:
            raise broken(self._name) from None
        self.members = [each for each in self._zip.infolist() if not is_folder(each)]

    def read(self, member: zipfile.ZipInfo) -> bytes:
        """The member's bytes. Raises what `unpack` does."""
        locked = bool(member.flag_bits & _LOCKED)
        aes = getattr(member, "wz_aes_version", None) is not None
        if locked and not aes and member.compress_size > LARGEST_OLD_CIPHER:
            raise too_large(self._name)
        damaged = False
        for password in self._passwords if locked else [""]:
            try:
                with self._zip.open(member, pwd=password.encode() or None) as stream:
                    return self._meter.all(stream)
            except NotImplementedError:
                raise _other_packer(self._name, "ZIP") from None
            except RuntimeError:
                continue
            except self._broken_by:
                damaged = True
        # The old cipher takes one wrong password in 256 for the right one.
        if damaged and (aes or not locked):
            raise broken(self._name)
        raise PasswordNeeded(_locked(self._name, given=bool(self._passwords), damaged=damaged))


def _locked(name: str, *, given: bool, damaged: bool) -> Text:
    if not given:
        return Text(
            f"{name}：压缩包有密码，请加上 --password 密码。",
            f"{name}: the archive is locked; add --password PASSWORD.",
        )
    told = Text(
        f"{name}：密码不对。支付宝的密码在支付宝消息里，微信的在“微信支付”公众号里。",
        f"{name}: wrong password. Alipay shows it in its messages, WeChat in the "
        "WeChat Pay official account.",
    )
    also = Text(
        "密码若没有错，就是压缩包坏了。", " If the password is right, the archive is broken."
    )
    return told + also if damaged else told


def _other_packer(name: str, packer: str) -> UnreadableFile:
    return UnreadableFile(
        Text(
            f"{name}：这种压缩方式（{packer}）打不开，请先解压，再读里面的文件。",
            f"{name}: this sort of archive ({packer}) cannot be opened; unpack it first.",
        )
    )


def _name(member: zipfile.ZipInfo) -> str:
    """The member's path; archives made in China carry GBK names without saying so."""
    name = member.filename
    if not member.flag_bits & _UTF_8:
        for encoding in ("utf-8", "gb18030"):
            try:
                name = member.filename.encode("cp437").decode(encoding)
                break
            except UnicodeError:
                continue
    parts = PurePosixPath(name.replace("\\", "/")).parts
    name = "/".join(part for part in parts if part not in {"/", ".", ".."})
    return re.sub(r"[\x00-\x1f]", "", name)
