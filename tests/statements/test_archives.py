"""Archives as they are mailed: locked in two ways, nested, with other things beside statements."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

import pytest

from makewhole.errors import PasswordNeeded, UnreadableFile
from makewhole.statements import Source, read
from makewhole.statements.archives import unpack
from tests.statements import packed
from tests.statements.made import export, row

Packer = Callable[[Mapping[str, bytes], str], bytes]
BILL = export([row(1)])
OTHER = export([row(2, minute=5)])
NOTICE = "本压缩包由支付宝发送。\n账单仅供个人对账使用。\n".encode("gb18030")


def names(data: bytes, *passwords: str) -> list[str]:
    return [member.name for member in unpack(Source("a.zip", data), passwords)]


@pytest.mark.parametrize("packer", [packed.aes, packed.old_cipher])
def test_both_ciphers_open_with_the_password(packer: Packer) -> None:
    data = packer({"账单/支付宝交易明细.csv": BILL}, "246810")
    (member,) = unpack(Source("a.zip", data), ["246810"])
    assert (member.name, member.data) == ("a.zip/账单/支付宝交易明细.csv", BILL)


@pytest.mark.parametrize("packer", [packed.aes, packed.old_cipher])
def test_each_archive_takes_the_password_that_fits(packer: Packer) -> None:
    sources = [
        Source("a.zip", packer({"x.csv": BILL}, "111111")),
        Source("b.zip", packer({"y.csv": OTHER}, "222222")),
    ]
    assert len(read(sources, passwords=["111111", "222222"]).entries) == 2
    with pytest.raises(PasswordNeeded) as caught:
        read(sources, passwords=["222222"])
    assert caught.value.message.en.startswith("a.zip: wrong password")


def test_a_right_password_and_a_damaged_archive_are_told_apart() -> None:
    data = bytearray(packed.aes({"x.csv": BILL}, "246810"))
    data[120] ^= 0xFF
    with pytest.raises(UnreadableFile) as caught:
        names(bytes(data), "246810")
    assert caught.value.message.en == "a.zip: the archive is broken; download it again."


def test_a_wrong_password_that_the_old_cipher_takes_is_not_called_damage() -> None:
    data = packed.old_cipher({"x.csv": BILL}, "246810")
    taken = 0
    for number in range(2000):
        with pytest.raises(PasswordNeeded) as caught:
            names(data, f"{number:06d}")
        taken += "is right, the archive is broken" in caught.value.message.en
    assert 0 < taken < 40


def test_several_statements_and_an_archive_in_the_archive() -> None:
    inner = packed.old_cipher({"微信.csv": OTHER}, "1234")
    data = packed.plain({"2026/一月/支付宝.csv": BILL, "二月.zip": inner}, zipfile.ZIP_STORED)
    assert names(data, "1234") == ["a.zip/2026/一月/支付宝.csv", "a.zip/二月.zip/微信.csv"]
    assert len(read([Source("a.zip", data)], passwords=["1234"]).entries) == 2


def test_archives_do_not_nest_without_end() -> None:
    data = packed.plain({"x.csv": BILL})
    for _depth in range(3):
        data = packed.plain({"inner.zip": data})
    with pytest.raises(UnreadableFile) as caught:
        names(data)
    assert caught.value.message.en.startswith("a.zip/inner.zip/inner.zip: ")


def test_what_lies_beside_statements_is_named_and_left_out() -> None:
    data = packed.plain(
        {
            "说明.txt": NOTICE,
            "官网.url": b"[InternetShortcut]\nURL=https://example.com\n",
            "图/二维码.png": b"\x89PNG\r\n\x1a\nxx",
            "支付宝.csv": BILL,
            "须知.docx": packed.plain({"[Content_Types].xml": b"<x/>", "word/document.xml": b"x"}),
        }
    )
    reading = read([Source("a.zip", data)])
    assert len(reading.entries) == 1
    (warning,) = reading.statements[0].warnings
    assert warning.zh == (
        "a.zip 里这些文件不是账单，没有读：说明.txt、官网.url、图/二维码.png、须知.docx"
    )


def test_a_table_that_nobody_knows_fails_its_archive_and_is_named() -> None:
    unknown = b"when,what,how much,left\n2026-03-01,tea,3.00,7.00\n"
    data = packed.plain({"支付宝.csv": BILL, "bank.csv": unknown})
    with pytest.raises(UnreadableFile) as caught:
        read([Source("a.zip", data)])
    assert caught.value.message.en.startswith("a.zip/bank.csv: no known layout")


def test_an_archive_without_a_statement_is_refused() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read([Source("a.zip", packed.plain({"说明.txt": NOTICE}))])
    assert caught.value.message.en == "a.zip: no statement in this archive (说明.txt)."


@pytest.mark.parametrize(
    ("start", "packer"),
    [
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_other_archives_are_called_by_their_name(start: bytes, packer: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read([Source("a.bin", start + bytes(50))])
    assert f"({packer}) cannot be opened; unpack it first" in caught.value.message.en


def test_names_never_lead_out_of_the_archive() -> None:
    data = packed.plain({"../../etc/x.csv": BILL, "/abs/y.csv": OTHER, "dos\\z.csv": NOTICE})
    assert names(data) == ["a.zip/etc/x.csv", "a.zip/abs/y.csv", "a.zip/dos/z.csv"]


def test_members_that_share_bytes_are_not_opened() -> None:
    data = packed.plain({"a.csv": BILL, "b.csv": BILL})
    end = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", end + 1)
    offset = second + 42
    doubled = data[:offset] + bytes(4) + data[offset + 4 :]
    with pytest.raises(UnreadableFile) as caught:
        names(doubled.replace(b"b.csv", b"a.csv"))
    assert "overlap" in caught.value.message.en


def test_a_size_that_lies_is_not_believed() -> None:
    data = packed.plain({"a.csv": BILL})
    size = len(BILL).to_bytes(4, "little")
    with pytest.raises(UnreadableFile) as caught:
        names(data.replace(size, (1).to_bytes(4, "little")))
    assert "broken" in caught.value.message.en
    (member,) = unpack(Source("a.zip", data.replace(size, (2**31).to_bytes(4, "little"))))
    assert member.data == BILL


def test_a_bomb_inside_an_archive_counts_for_the_whole() -> None:
    bomb = packed.plain({"0.csv": bytes(40_000_000)})
    data = packed.plain({"inner.zip": bomb})
    with pytest.raises(UnreadableFile) as caught:
        names(data)
    assert "not opened" in caught.value.message.en


def test_an_unknown_way_of_packing_is_named() -> None:
    data = bytearray(packed.plain({"a.csv": BILL}))
    for at in (8, data.index(b"PK\x01\x02") + 10):
        data[at : at + 2] = (9).to_bytes(2, "little")
    with pytest.raises(UnreadableFile) as caught:
        names(bytes(data))
    assert "unpack it first" in caught.value.message.en


def test_an_archive_with_too_many_members_is_not_opened() -> None:
    with pytest.raises(UnreadableFile) as caught:
        names(packed.plain({f"{number}.csv": b"" for number in range(1001)}))
    assert "not opened" in caught.value.message.en


def test_an_empty_archive_and_a_member_without_a_name_are_refused_by_name() -> None:
    nameless = packed.plain({"a": BILL}).replace(b"a", b"\0")
    for data in (b"PK\3\4" + packed.plain({}), nameless):
        with pytest.raises(UnreadableFile):
            read([Source("a.zip", data)])


def test_the_made_cipher_is_what_others_read() -> None:
    data = packed.old_cipher({"x.csv": BILL}, "1234")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert zlib.crc32(archive.read("x.csv", pwd=b"1234")) == zlib.crc32(BILL)
