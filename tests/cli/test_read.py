import json
from collections.abc import Callable
from pathlib import Path

import pytest

from makewhole.cli import main

Write = Callable[..., Path]
Captured = pytest.CaptureFixture[str]


def test_json_has_the_documented_shape(alipay: Write, capsys: Captured) -> None:
    path = alipay()
    assert main(["read", str(path), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert list(shown) == ["statements", "entries"]
    assert set(shown["statements"][0]) >= {
        *("file", "sha256", "provider", "layout", "side", "encoding", "rows", "stored"),
        *("refused", "declared", "computed", "warnings"),
    }
    assert set(shown["entries"][0]) >= {
        *("id", "file", "line", "account", "occurred_at", "booked_on", "amount", "currency"),
        *("direction_word", "status_word", "movement", "kind", "counterparty", "description"),
        *("reference", "merchant_reference", "funding"),
    }
    assert [entry["amount"] for entry in shown["entries"]] == ["-18.00", "-5.50"]
    assert shown["statements"][0]["file"] == str(path)


def test_words_for_a_person(alipay: Write, capsys: Captured) -> None:
    assert main(["read", str(alipay())]) == 0
    shown = capsys.readouterr()
    assert "alipay.csv\n  wallet · Alipay / app-2023 · gb18030\n" in shown.out
    assert "rows 2: 2 stored, 0 refused" in shown.out
    assert "支出: rows 2, sum 23.50" in shown.out
    assert shown.err == ""


def test_a_refused_row_is_no_failure_but_is_said_first(alipay: Write, capsys: Captured) -> None:
    path = alipay(amount="五块五")
    assert main(["read", str(path)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Attention: rows that could not be read")
    assert "alipay.csv:5  not an amount" in out
    assert main(["read", str(path), "--json"]) == 0
    shown = capsys.readouterr()
    assert "Attention" in shown.err
    assert json.loads(shown.out)["statements"][0]["refused"][0]["line"] == 5


def test_a_status_nobody_knows_is_shown(alipay: Write, capsys: Captured) -> None:
    main(["read", str(alipay(status="飘在空中"))])
    assert "Alipay “飘在空中”: rows 1, such as alipay.csv:5" in capsys.readouterr().out


def test_all_unreadable_files_are_named_at_once(
    alipay: Write, tmp_path: Path, capsys: Captured
) -> None:
    strange = tmp_path / "notes.csv"
    strange.write_text("a,b,c\n1,2,3\n")
    gone = tmp_path / "gone.csv"
    assert main(["read", str(strange), str(alipay()), str(gone), "--json"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert f"{strange}: no known layout" in shown.err
    assert f"{gone}: no such file; check the path." in shown.err
    assert "alipay.csv" not in shown.err
    assert "Traceback" not in shown.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"%PDF-1.7\n", "the PDF is broken"),
        (b"\x89PNG\r\n\x1a\n", "this is a picture"),
    ],
)
def test_what_can_hold_no_table_is_said(
    content: bytes, said: str, tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "statement.csv"
    path.write_bytes(content)
    assert main(["read", str(path)]) == 2
    assert f"{path}: {said}" in capsys.readouterr().err


def test_errors_speak_chinese(tmp_path: Path, capsys: Captured) -> None:
    assert main(["read", str(tmp_path / "没有.csv"), "--lang", "zh"]) == 2
    assert "没有.csv：没有这个文件，请检查路径。" in capsys.readouterr().err


def test_a_folder_is_its_statements(alipay: Write, tmp_path: Path, capsys: Captured) -> None:
    alipay("b.csv")
    alipay("a.csv", amount="6.00")
    alipay(".hidden.csv")
    (tmp_path / "README.md").write_text("# not a statement\n")
    assert main(["read", str(tmp_path), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [Path(each["file"]).name for each in shown["statements"]] == ["a.csv", "b.csv"]


def test_a_folder_without_statements_is_an_error(tmp_path: Path, capsys: Captured) -> None:
    assert main(["read", str(tmp_path)]) == 2
    assert "no statement files in this folder" in capsys.readouterr().err


def test_a_file_given_twice_adds_nothing(alipay: Write, capsys: Captured) -> None:
    path = str(alipay())
    assert main(["read", path, path, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["entries"]) == 2


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_hostile_words_cannot_steer_the_terminal(
    options: list[str], alipay: Write, capsys: Captured
) -> None:
    status = "\x1b]0;owned\x07\x1b[2J\u202e成功"
    assert main(["read", str(alipay(status=status)), *options]) == 0
    out = capsys.readouterr().out
    assert "owned" in out
    assert not set("\x1b\x07\u202e") & set(out)


def test_hostile_file_names_cannot_steer_the_terminal(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "x\x1b[2J.csv"
    path.write_text("nothing\n")
    assert main(["read", str(path)]) == 2
    shown = capsys.readouterr()
    assert "x[2J.csv" in shown.err
    assert "\x1b" not in shown.err


def test_the_password_is_never_shown(
    alipay: Write, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyzipper

    locked = tmp_path / "账单.zip"
    with pyzipper.AESZipFile(locked, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"135790")
        archive.write(alipay(), "alipay.csv")
    assert main(["read", str(locked)]) == 2
    assert main(["read", str(locked), "--password", "246801"]) == 2
    shown = capsys.readouterr()
    assert "add --password" in shown.err
    assert "wrong password" in shown.err
    assert "246801" not in shown.err + shown.out
    monkeypatch.setenv("MAKEWHOLE_PASSWORD", "135790")
    assert main(["read", str(locked), "--json"]) == 0
    shown = capsys.readouterr()
    assert len(json.loads(shown.out)["entries"]) == 2
    assert "135790" not in shown.err + shown.out


MAPPING = """
provider = "village-bank"
side = "bank"
currency = "CNY"
[columns]
date = "Tag"
amount = "Betrag"
counterparty = "Wer"
"""


def test_a_mapping_reads_what_nobody_knows(tmp_path: Path, capsys: Captured) -> None:
    table, mapping = tmp_path / "bank.csv", tmp_path / "bank.toml"
    table.write_text("Tag,Wer,Betrag,Rest\n2026-03-01,A,-3.50,x\n2026-03-02,B,9.00,y\n")
    mapping.write_text(MAPPING)
    assert main(["read", str(table), "--mapping", str(mapping), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [entry["amount"] for entry in shown["entries"]] == ["-3.50", "9.00"]


@pytest.mark.parametrize(
    ("content", "said"), [(None, "no such file"), (b"\xff\xfe\x00", "is not UTF-8 text")]
)
def test_a_mapping_that_cannot_be_read(
    content: bytes | None, said: str, alipay: Write, tmp_path: Path, capsys: Captured
) -> None:
    mapping = tmp_path / "bank.toml"
    if content is not None:
        mapping.write_bytes(content)
    assert main(["read", str(alipay()), "--mapping", str(mapping)]) == 2
    assert f"{mapping}: " in (shown := capsys.readouterr().err)
    assert said in shown


def test_formats_of_a_provider_that_nobody_knows(capsys: Captured) -> None:
    assert main(["formats", "nobank", "--lang", "en"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("no wallet or bank is called “nobank”. Known are: ")
    assert " alipay, " in shown.err


def test_formats_as_json_name_every_layout(capsys: Captured) -> None:
    assert main(["formats", "alipay", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {each["provider"] for each in shown} == {"alipay"}
    assert {"app-2021", "app-2023", "web"} <= {each["layout"] for each in shown}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_rows_are_written_as_a_table_that_reads_back(
    form: str, alipay: Write, tmp_path: Path, capsys: Captured
) -> None:
    target = tmp_path / "out" / f"rows.{form}"
    target.parent.mkdir()
    target.write_text("an older table")
    assert main(["read", str(alipay()), f"--{form}", str(target), "--json"]) == 0
    shown = capsys.readouterr()
    assert shown.err == f"rows 2, written to {target}\n"
    assert [each.name for each in target.parent.iterdir()] == [target.name]
    assert target.stat().st_mode & 0o777 == 0o600
    assert main(["read", str(target), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entries"] == json.loads(shown.out)["entries"]


def test_a_table_goes_nowhere_it_must_not(alipay: Write, tmp_path: Path, capsys: Captured) -> None:
    statement = alipay()
    before = statement.read_bytes()
    inside = tmp_path / "rows.csv"
    inside.write_text("")
    for arguments, said in (
        ([str(statement), "--csv", str(statement)], "would be overwritten"),
        ([str(tmp_path), "--xlsx", str(statement)], "would be overwritten"),
        ([str(tmp_path), "--csv", str(inside)], "would be overwritten"),
        ([str(statement), "--csv", str(tmp_path)], "is a folder"),
        ([str(statement), "--csv", str(tmp_path / "no" / "x.csv")], "does not exist"),
        (
            [str(statement), "--csv", str(tmp_path / "x"), "--xlsx", str(tmp_path / "x")],
            "name the same file",
        ),
    ):
        assert main(["read", *arguments]) == 2
        assert said in capsys.readouterr().err
    assert statement.read_bytes() == before


def test_a_failed_read_leaves_the_older_table(tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    target.write_text("an older table")
    assert main(["read", str(tmp_path / "gone.csv"), "--csv", str(target)]) == 2
    assert target.read_text() == "an older table"
    assert [each.name for each in tmp_path.iterdir()] == ["rows.csv"]
