"""Bytes into text: encodings decided on the whole file, archives opened with care."""

import io
import zipfile

import pytest
import pyzipper

from makewhole.errors import PasswordNeeded, UnreadableFile
from makewhole.statements import Source, read
from makewhole.statements.archives import unpack
from tests.statements.made import export, row


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_encoding_is_told_by_the_whole_file(encoding: str) -> None:
    data = export([row(1)]).decode("gb18030").encode(encoding)
    source = Source("x", data)
    assert source.encoding == encoding
    assert read([source]).entries[0].counterparty == "小店"


def test_western_bytes_are_not_taken_for_chinese() -> None:
    assert Source("x", "Café Müller, 5 €".encode("cp1252")).encoding == "cp1252"


def archive(password: str | None, name: str = "支付宝.csv") -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", encryption=pyzipper.WZ_AES if password else None) as bundle:
        if password:
            bundle.setpassword(password.encode())
        bundle.writestr(name, export([row(1)]))
    return out.getvalue()


def test_a_locked_archive_opens_with_its_password_only() -> None:
    data = archive("246810")
    with pytest.raises(PasswordNeeded) as missing:
        list(unpack(Source("a.zip", data)))
    assert "--password" in missing.value.message.en
    with pytest.raises(PasswordNeeded) as wrong:
        list(unpack(Source("a.zip", data), ["999999"]))
    assert "wrong password" in wrong.value.message.en
    (member,) = unpack(Source("a.zip", data), ["246810"])
    assert member.name == "a.zip/支付宝.csv"
    assert len(read([Source("a.zip", data)], passwords=["246810"]).entries) == 1


def test_what_file_managers_add_to_an_archive_is_passed_over() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        bundle.writestr("bills/支付宝.csv", export([row(1)]))
        for name in ("__MACOSX/bills/._支付宝.csv", "bills/.DS_Store", "bills/Thumbs.db"):
            bundle.writestr(name, b"\0\5junk")
    assert [member.name for member in unpack(Source("a.zip", out.getvalue()))] == [
        "a.zip/bills/支付宝.csv"
    ]


@pytest.mark.parametrize("mark", [",", ";", "|"])
def test_tabs_that_pad_cells_are_not_what_parts_them(mark: str) -> None:
    lines = export([row(1)]).decode("gb18030").replace("\t", "").split("\n")
    padded = [f"\t{mark}".join([*line.split(","), ""]) for line in lines]
    found = read([Source("x", "\n".join(padded).encode())])
    assert (found.entries[0].counterparty, found.entries[0].funding) == ("小店", "工商银行(1234)")


def test_a_name_in_gbk_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        bundle.writestr("____.csv", export([row(1)]))
    raw = out.getvalue().replace(b"____", "账单".encode("gb18030"))
    (member,) = unpack(Source("a.zip", raw))
    assert member.name == "a.zip/账单.csv"


@pytest.mark.parametrize("data", [b"PK\x03\x04garbage", archive(None)[:-30]])
def test_a_broken_archive_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        list(unpack(Source("a.zip", data)))
    assert "broken" in caught.value.message.en


def test_a_bomb_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("big.csv", b"0" * 50_000_000)
    with pytest.raises(UnreadableFile) as caught:
        list(unpack(Source("a.zip", out.getvalue())))
    assert "not opened" in caught.value.message.en


def test_a_broken_workbook_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        read([Source("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Дата;Описание;Сумма\nПиццерия «Фонарик»;-1 200,00 ₽", "cp1251"),
        ("Zahlungsempfänger;Gläubiger-ID;Betrag\nMüßig & Söhne;-5,00 €", "cp1252"),
        ("à;é;î;où;ça\nLa Forêt-Noire, près d’ici;-5,00 €", "cp1252"),
        ("交易时间,金额\n午餐,12.00", "gb18030"),
    ],
)
def test_the_words_tell_a_single_byte_encoding(text: str, encoding: str) -> None:
    written = text.replace("₽", "р").encode(encoding)
    source = Source("x.csv", written)
    assert (source.encoding, source.text) == (encoding, text.replace("₽", "р"))


def test_zero_bytes_within_a_text_are_left_out() -> None:
    source = Source("a.csv", "日期,金额\n2026-\0\x0003-02,1.00\n".encode() + bytes(20))
    assert source.encoding == "utf-8"
    assert source.grids[0].rows[1] == (2, ["2026-03-02", "1.00"])


def test_a_text_in_two_encodings_gives_a_warning() -> None:
    one, other = "Bäckerei;1,00\n", "Café;2,00\n"
    (doubt,) = Source("a.csv", one.encode("cp1252") + other.encode()).doubts
    assert doubt.en.startswith("the file mixes encodings")
    assert not Source("a.csv", (one + other).encode("cp1252")).doubts
    assert not Source("a.csv", (one + other).encode()).doubts
