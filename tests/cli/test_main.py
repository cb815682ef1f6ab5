import os
import subprocess
import sys
from pathlib import Path

import pytest

from makewhole import __version__
from makewhole.cli import main, messages
from makewhole.cli.messages import language
from tests.report.household import calm

Captured = pytest.CaptureFixture[str]


def test_version(capsys: Captured) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"makewhole {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"], ["scan", "-h"]])
def test_help_in_both_languages(arguments: list[str], capsys: Captured) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("usage: makewhole")
    assert main([*arguments, "--lang", "zh"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("用法：makewhole")
    assert "显示这段说明" in shown


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        ([], "缺少参数：COMMAND", "the following arguments are required: COMMAND"),
        (["scan"], "缺少参数：FILE", "the following arguments are required: FILE"),
        (["read", "x", "--nope"], "不认识的参数：--nope", "unrecognized arguments: --nope"),
        (["read", "x", "--mapping"], "--mapping 后面缺少一个值", "expected one argument"),
        (["scan", "x", "--as-of", "2026-02-30"], "不是日期", "is not a date"),
        (["scan", "x", "--as-of", "20260230"], "不是日期", "is not a date"),
        (["read", "x", "--currency", "euro"], "不是货币代码", "is not a currency code"),
        (["scan", "x", "--same-card", "18=75"], "请写成 1875=2875", "write it as 1875=2875"),
        (["completion", "fish9"], "可选：", "invalid choice"),
        (["scan", ""], "文件名是空的", "the file name is empty"),
        (["scan", "x", "--html", ""], "文件名是空的", "the file name is empty"),
    ],
)
def test_misuse_is_two_and_says_why(
    arguments: list[str], zh: str, en: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert en in shown.err
    assert "--help" in shown.err
    assert shown.out == ""
    monkeypatch.setenv("MAKEWHOLE_LANG", "zh")
    assert main(arguments) == 2
    assert zh in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "MAKEWHOLE_LANG": "en"}, "en"),
        ([], {"LANG": "en_GB", "MAKEWHOLE_LANG": "zh-CN"}, "zh"),
        (["--lang", "en"], {"MAKEWHOLE_LANG": "zh"}, "en"),
        (["scan", "--lang=zh", "x"], {}, "zh"),
        (["scan", "--", "--lang=zh"], {}, "en"),
    ],
)
def test_language(arguments: list[str], environment: dict[str, str], lang: str) -> None:
    assert language(arguments, environment) == lang


def test_every_message_speaks_both_languages_with_the_same_blanks() -> None:
    from string import Formatter

    pairs = {
        name: pair
        for name, pair in vars(messages).items()
        if name.isupper() and name not in {"ARGPARSE_ZH", "LANGUAGES"}
    }
    for name in [name for name, pair in pairs.items() if isinstance(pair, dict)]:
        pairs |= {f"{name} {code}": pair for code, pair in pairs.pop(name).items()}
    assert len(pairs) > 40
    for name, pair in pairs.items():
        zh, en = ({field for _, field, _, _ in Formatter().parse(each) if field} for each in pair)
        assert zh == en, name
        assert all(pair), name


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion(shell: str, capsys: Captured) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert "makewhole" in script
    assert "same-card" in script


def test_bash_accepts_its_completion(capsys: Captured) -> None:
    main(["completion", "bash"])
    script = capsys.readouterr().out
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)  # noqa: S607


def test_interruption_is_quiet(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("makewhole.desk.read_files", interrupted)
    assert main(["read", "x"]) == 130
    assert capsys.readouterr().err == ""


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m makewhole --help | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(  # noqa: S603
        ["bash", "-c", command],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 141}
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["--version"], ["completion", "bash"]])
def test_output_that_cannot_be_written_is_two(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "makewhole", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("the output cannot be written")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_a_closed_output_is_no_error(argument: str) -> None:
    done = subprocess.run(  # noqa: S603
        ["bash", "-c", f"{sys.executable} -m makewhole {argument} >&-"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_start_up_loads_nothing_heavy() -> None:
    code = (
        "import sys; from makewhole.cli import main; main(['--help']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "LANG": "C"},
    )
    loaded = set(done.stderr.split())
    heavy = {"rich", "jinja2", "decimal", "dataclasses", "datetime", "shutil", "json", "shtab"}
    assert not loaded & heavy
    assert not {name for name in loaded if name.startswith("makewhole.s")}


def test_no_colour_in_a_pipe(found: object, capsys: Captured) -> None:
    found(calm())  # type: ignore[operator]
    main(["scan", "x"])
    assert "\x1b" not in capsys.readouterr().out
