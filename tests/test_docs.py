"""The documents say what is there: two commands, every word, every link."""

import re
from pathlib import Path

import pytest

from makewhole.records import FindingKind, Kind, MatchKind, Movement, Text
from makewhole.report import words

ROOT = Path(__file__).parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
PAGES = sorted(
    page
    for page in ROOT.rglob("*.md")
    if not any(part.startswith(".") for part in page.relative_to(ROOT).parts)
)
_FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?:!?\[[^\]]*\]\(|(?:src|href)=\")([^)\s\"]+)")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Whole names, so that this file does not find itself.
_REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "mirrors" + ".")
_MACHINE_PATH = re.compile(r"(?<![\w.:/)}-])/(?:home|root|work|Users|mnt)/\w")
_TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".html", ".css", ".svg", ".cfg", ""}


def first_screen(readme: Path) -> str:
    return readme.read_text(encoding="utf-8").partition("\n## ")[0]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_first_screen_has_two_commands_and_a_picture(readme: Path) -> None:
    screen = first_screen(readme)
    scan, tests = _FENCE.findall(screen)
    assert "makewhole scan examples/" in scan
    assert "pytest" in tests
    for command in (scan, tests):
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install uv && ")
        assert "uv run --locked" in command
        assert command.count("\n") == 1
    pictures = re.findall(r"!\[[^\]]+\]\((docs/images/[^)]+)\)", screen)
    assert len(pictures) == 1


def test_both_readmes_have_the_same_commands() -> None:
    english, chinese = (_FENCE.findall(readme.read_text(encoding="utf-8")) for readme in READMES)
    assert english[:2] == chinese[:2]


def test_ci_runs_the_readme_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert "pytest" not in script


@pytest.mark.parametrize("word", [*FindingKind, *Movement, *Kind, *MatchKind])
def test_each_code_is_in_the_glossary_in_both_languages(word: str) -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line for line in glossary.splitlines() if line.startswith(f"| `{word}` |")]
    assert rows
    for row in rows:
        _, _, english, chinese, *_ = row.split("|")
        assert re.search("[a-z]", english)
        assert _CHINESE.search(chinese)


@pytest.mark.parametrize(
    ("code", "said"), [*words.FINDINGS.items(), *words.MOVEMENTS.items(), *words.MATCHES.items()]
)
def test_the_report_uses_the_words_of_the_glossary(code: str, said: Text) -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert f"| `{code}` | {said.en} | {said.zh} |" in glossary


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_link_leads_somewhere(page: Path) -> None:
    targets = _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    inside = [target for target in targets if not re.match(r"[a-z]+:", target)]
    missing = [target for target in inside if not _leads(page, target)]
    assert not missing


def _leads(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    there = page.parent / path if path else page
    if not there.exists():
        return False
    return not anchor or anchor in _anchors(there)


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


def test_each_page_is_in_the_docs_index() -> None:
    docs = ROOT / "docs"
    index = (docs / "README.md").read_text(encoding="utf-8")
    pages = [page.relative_to(docs).as_posix() for page in PAGES if docs in page.parents]
    assert not [page for page in pages if page != "README.md" and f"({page})" not in index]


def test_the_house_names_every_file_of_a_room() -> None:
    house = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    names = {word for named in re.findall(r"`([^`]+)`", house) for word in named.split(", ")}
    rooms = (ROOT / "src" / "makewhole").glob("*/*")
    files = {
        path.stem if path.suffix == ".py" else path.name
        for path in rooms
        if path.suffix in {".py", ".css", ".js", ".j2"}
    }
    assert not files - names


def test_pages_that_messages_point_to_exist() -> None:
    named = {
        name
        for module in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"docs/[\w/-]+\.md", module.read_text(encoding="utf-8"))
    }
    assert not [name for name in sorted(named) if not (ROOT / name).exists()]


def test_no_machine_and_no_registry_in_any_file() -> None:
    found = [f"{path.relative_to(ROOT)}: {trace}" for path in _texts() for trace in _traces(path)]
    assert not found


def _texts() -> list[Path]:
    inside = ("src", "tests", "docs", "examples", "benchmarks", ".ci")
    files = [path for folder in inside for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [
        path for path in ROOT.iterdir() if path.is_file() and path.name not in {"uv.lock", ".git"}
    ]
    return [path for path in files if path.suffix in _TEXT and "__pycache__" not in path.parts]


def _traces(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [host for host in _REGISTRIES if host in text] + _MACHINE_PATH.findall(text)
