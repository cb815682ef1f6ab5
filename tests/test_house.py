"""The house keeps its own rules."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "src" / "makewhole").rglob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_a_module_opens_with_its_promise(module: Path) -> None:
    promise = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    assert promise
    assert promise.splitlines()[0].rstrip().endswith((".", ":")) or "\n\n" not in promise


@pytest.mark.parametrize(
    ("module", "line", "complaint"),
    [
        ("attic.py", '"""A room that is on no floor."""', "not listed as layers"),
        ("records.py", "import makewhole.statements", "makewhole.records is not allowed"),
        ("reconcile/calendar.py", "import makewhole.statements", "reconcile is not allowed"),
        ("statements/reader.py", "import makewhole.statements.table", "No cycles"),
        ("statements/values.py", "import rich", "is not allowed to import rich"),
    ],
)
def test_a_stray_room_or_import_is_refused(
    tmp_path: Path, module: str, line: str, complaint: str
) -> None:
    pytest.importorskip("importlinter", reason="the lint group is not installed")
    shutil.copytree(ROOT / "src", tmp_path / "src")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "src" / "makewhole" / module).open("a", encoding="utf-8") as broken:
        broken.write(f"\n{line}\n")
    command = "from importlinter.cli import lint_imports_command as lint; lint()"
    checked = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-c", command, "--no-cache"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 1
    assert complaint.lower() in checked.stdout.lower()
