"""The page on adding a format is followed word by word, in both languages."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOW_TO = ROOT / "docs" / "how-to"
_FILE = re.compile(r"^`([^`\n]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^    (makewhole .*)$", re.MULTILINE)
_AMOUNTS = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ENTRY_POINT = re.compile(
    r"^```toml\n(\[project\.entry-points\..*?)^```$", re.MULTILINE | re.DOTALL
)
_MODULE = "src/makewhole/statements/readers/toybank"
_SAMPLE = "tests/statements/toybank/current.csv"

pages = pytest.mark.parametrize("page", ["add-a-format.md", "add-a-format.zh-CN.md"])


def _files(page: str) -> dict[str, str]:
    return dict(_FILE.findall((HOW_TO / page).read_text(encoding="utf-8")))


def _typed(command: str, house: Path, *places: Path) -> subprocess.CompletedProcess[str]:
    words = command.split()
    assert words[0] == "makewhole"
    return subprocess.run(  # noqa: S603 - the command stands in our own page
        [sys.executable, "-m", *words],
        cwd=house,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, places)), "MAKEWHOLE_LANG": "en"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pages
def test_following_the_page_adds_the_bank(page: str, tmp_path: Path) -> None:
    text = (HOW_TO / page).read_text(encoding="utf-8")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    files = _files(page)
    assert set(files) == {_SAMPLE, f"{_MODULE}.py", f"{_MODULE}.toml"}
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    commands = _COMMAND.findall(text)
    assert len(commands) == 3
    shown = [_typed(command, tmp_path, tmp_path / "src") for command in commands]
    assert [each.returncode for each in shown] == [0, 0, 0], [each.stderr for each in shown]
    expected = json.loads((tmp_path / f"{_SAMPLE}.expected.json").read_text(encoding="utf-8"))
    amounts = _AMOUNTS.findall(text)
    assert [entry["amount"] for entry in expected["entries"]] == json.loads(amounts[0])
    statement = expected["statements"][0]
    assert (statement["rows"], statement["stored"]) == (5, 4)
    assert [refusal["line"] for refusal in statement["refused"]] == [8]
    assert [entry["movement"] for entry in expected["entries"]] == [
        *("left", "left", "nothing", "arrived")
    ]
    assert "rows 5: 4 stored, 1 refused" in shown[1].stdout
    assert "Online banking > Account > Export" in shown[2].stdout


@pages
def test_the_same_module_works_from_another_package(page: str, tmp_path: Path) -> None:
    files = _files(page)
    points = _ENTRY_POINT.findall((HOW_TO / page).read_text(encoding="utf-8"))
    written = re.sub(r'\[project\.entry-points\."(.+)"\]', r"[\1]", points[0]).replace('"', "")
    (tmp_path / "toybank.py").write_text(files[f"{_MODULE}.py"], encoding="utf-8")
    (tmp_path / "toybank.toml").write_text(files[f"{_MODULE}.toml"], encoding="utf-8")
    (tmp_path / "current.csv").write_text(files[_SAMPLE], encoding="utf-8")
    installed = tmp_path / "toybank-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: toybank\nVersion: 1.0\n")
    (installed / "entry_points.txt").write_text(written)
    read = _typed("makewhole read current.csv --json", tmp_path, ROOT / "src", tmp_path)
    assert read.returncode == 0, read.stderr
    assert json.loads(read.stdout)["statements"][0]["layout"] == "current"
    listed = _typed("makewhole formats toybank --json", tmp_path, ROOT / "src", tmp_path)
    assert [(each["title"]["en"], each["own"]) for each in json.loads(listed.stdout)] == [
        ("Toy Bank", False)
    ]


def test_a_package_that_cannot_be_loaded_is_named(tmp_path: Path) -> None:
    installed = tmp_path / "toybank-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: toybank\nVersion: 1.0\n")
    (installed / "entry_points.txt").write_text("[makewhole.readers]\ntoybank = toybank\n")
    (tmp_path / "toybank.py").write_text("raise RuntimeError('half installed')\n")
    shown = _typed("makewhole formats", tmp_path, ROOT / "src", tmp_path)
    assert shown.returncode == 2
    assert shown.stdout == ""
    assert shown.stderr == (
        "The format package toybank cannot be loaded (RuntimeError: half installed). Update it or "
        "uninstall it, then try again.\n"
    )
