"""ZIP archives into the files inside them; a locked, broken or inflated archive is refused."""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePath

from makewhole.errors import PasswordNeeded, UnreadableFile
from makewhole.records import Text
from makewhole.statements.limits import LARGEST_MEMBER, LARGEST_RATIO, MOST_MEMBERS
from makewhole.statements.source import Source

# What file managers add to an archive, and no person put there.
_UNSEEN = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\.[^/]*|Thumbs\.db|desktop\.ini)", re.IGNORECASE)


def unpack(source: Source, password: str | None) -> Iterator[Source]:
    """The file itself, or the statements inside it where it is a ZIP archive.

    Members are named `archive.zip/member`. Raises `PasswordNeeded` where an archive is locked,
    and `UnreadableFile` where it is broken or larger than an export can be.
    """
    if not source.is_archive:
        yield source
        return
    import zipfile
    import zlib

    import pyzipper

    try:
        with pyzipper.AESZipFile(io.BytesIO(source.data)) as archive:
            members = [
                member
                for member in archive.infolist()
                if not member.is_dir() and not _UNSEEN.fullmatch(member.filename)
            ]
            _within_limits(source.name, members)
            for member in members:
                inside = f"{source.name}/{_member_name(member)}"
                secret = password.encode() if password else None
                yield Source(inside, archive.read(member, pwd=secret))
    except RuntimeError:
        raise PasswordNeeded(_locked(source.name, given=bool(password))) from None
    except (zipfile.BadZipFile, pyzipper.BadZipFile, NotImplementedError, zlib.error, EOFError):
        raise UnreadableFile(
            Text(
                f"{source.name}：压缩包已损坏，请重新下载。",
                f"{source.name}: the archive is broken; download it again.",
            )
        ) from None


def _locked(name: str, *, given: bool) -> Text:
    if given:
        return Text(
            f"{name}：密码不对。支付宝的密码在支付宝消息里，微信的在“微信支付”公众号里。",
            f"{name}: wrong password. Alipay shows it in its messages, WeChat in the "
            "WeChat Pay official account.",
        )
    return Text(
        f"{name}：压缩包有密码，请加上 --password 密码。",
        f"{name}: the archive is locked; add --password PASSWORD.",
    )


def _within_limits(name: str, members: list) -> None:  # type: ignore[type-arg]
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if len(members) > MOST_MEMBERS or size > LARGEST_MEMBER or size > LARGEST_RATIO * packed:
        raise UnreadableFile(
            Text(
                f"{name}：压缩包展开后过大（{len(members)} 个文件，{size} 字节），没有打开。",
                f"{name}: the archive would unpack to {len(members)} files and {size} bytes, "
                "more than statements need; it was not opened.",
            )
        )


def _member_name(member: object) -> str:
    """The member's name; archives made in China carry GBK names without saying so."""
    name = str(getattr(member, "filename", ""))
    if not getattr(member, "flag_bits", 0) & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    return re.sub(r"[\x00-\x1f]", "", PurePath(name).name)
