"""How fast and with how much memory a large export is read, beside other programs.

    python -m benchmarks.reading [--rows 1000000] [--peer-rows 10000 100000] [--runs 3]
                                 [--beangulp PYTHON] [--markdown]

The yardstick is Python's own: decoding the same file and passing it through `csv.reader`. hledger
and a beangulp importer read the same rows as UTF-8 without a preamble, which is easier. beangulp is
looked for in the interpreter given. All commands of a comparison take turns.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

_PREAMBLE = """\
------------------------------------------------------------------------------------
导出信息：
姓名：某某
支付宝账户：user@example.com
起始时间：[2025-01-01 00:00:00]    终止时间：[2025-12-31 23:59:59]
导出交易类型：[全部]
------------------------支付宝支付科技有限公司  电子客户回单------------------------
"""
_HEADER = (
    "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,"
    "交易订单号,商家订单号,备注,"
)
_SHOPS = ("瑞幸咖啡", "全家便利店", "滴滴出行", "中国移动", "盒马鲜生", "饿了么")

_YARDSTICK = """
import csv, io, sys, time
started = time.perf_counter()
text = open(sys.argv[1], "rb").read().decode("gb18030")
for _row in csv.reader(io.StringIO(text, newline="")):
    pass
print(time.perf_counter() - started)
"""
_STREAMED = """
import csv, sys, time
started = time.perf_counter()
with open(sys.argv[1], encoding="gb18030", newline="") as stream:
    for _row in csv.reader(stream):
        pass
print(time.perf_counter() - started)
"""
_OURS = """
import resource, sys, time
from makewhole.statements import Source, known_readers, read
known_readers()
started = time.perf_counter()
with open(sys.argv[1], "rb") as stream:
    reading = read([Source(sys.argv[1], stream.read())])
print(time.perf_counter() - started)
assert len(reading.entries) == int(sys.argv[2])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
with open("/proc/self/statm", "rb") as held:
    print(int(held.read().split()[1]) * resource.getpagesize() // 1024)
"""
_HLEDGER_RULES = """\
skip 1
fields date,category,payee,account_no,description,direction,amount,funding,state,number,other,note
date-format %Y-%m-%d %H:%M:%S
currency CNY
account1 assets:alipay
"""
_BEANGULP = """
import sys, decimal
from beangulp.importers import csvbase
from beangulp import mimetypes

class Alipay(csvbase.Importer):
    date = csvbase.Date("交易时间", "%Y-%m-%d %H:%M:%S")
    payee = csvbase.Column("交易对方")
    narration = csvbase.Column("商品说明")
    amount = csvbase.Amount("金额")
    def __init__(self):
        super().__init__("Assets:Alipay", "CNY")
    def identify(self, filepath):
        return True

print(len(Alipay().extract(sys.argv[1], [])))
"""


def rows(count: int, seed: int = 1) -> Iterator[str]:
    """So many made-up rows of an Alipay export, in the order of time."""
    random = Random(seed)
    at = datetime(2025, 1, 1)  # noqa: DTZ001 - as the export writes it
    step = 31_000_000 // max(count, 1)
    for _row in range(count):
        at += timedelta(seconds=random.randint(0, 2 * step))
        shop = random.choice((*_SHOPS, f"淘宝商家{random.randint(1, 5000)}"))
        yield (
            f"{at:%Y-%m-%d %H:%M:%S},日用百货,{shop},abc***@example.com,"
            f"商品{random.randint(1, 100000)},支出,{random.randint(1, 99999) / 100:.2f},"
            f"招商银行储蓄卡(1234),交易成功,{at:%Y%m%d}2200{random.randint(10**15, 10**16)}\t,"
            f"{random.randint(10**20, 10**21)}\t,,"
        )


def export(folder: Path, count: int) -> Path:
    """The rows as Alipay writes them: GB18030, below a preamble."""
    path = folder / f"alipay-{count}.csv"
    with path.open("w", encoding="gb18030", newline="") as stream:
        stream.write(f"{_PREAMBLE}{_HEADER}\n")
        stream.writelines(f"{row}\n" for row in rows(count))
    return path


def bare(folder: Path, count: int) -> Path:
    """The same rows as other programs like them: UTF-8, no preamble, no padding."""
    path = folder / f"bare-{count}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(_HEADER.rstrip(",") + "\n")
        stream.writelines(row.replace("\t", "").rstrip(",") + ",,\n" for row in rows(count))
    return path


def ratio_to_python(path: Path, count: int, runs: int) -> dict[str, float]:
    """Seconds of reading and of the two yardsticks, and the memory of reading in megabytes."""
    scripts = {"yardstick": _YARDSTICK, "streamed": _STREAMED, "read": _OURS}
    seconds: dict[str, list[float]] = {name: [] for name in scripts}
    memory: list[list[int]] = []
    for _turn in range(runs):
        for name, script in scripts.items():
            shown = _run([sys.executable, "-c", script, str(path), str(count)]).split()
            seconds[name].append(float(shown[0]))
            if name == "read":
                memory.append([int(figure) // 1024 for figure in shown[1:]])
    found = {name: statistics.median(times) for name, times in seconds.items()}
    return {
        **found,
        "peak_mb": statistics.median(peak for peak, _held in memory),
        "held_mb": statistics.median(held for _peak, held in memory),
        "file_mb": path.stat().st_size / 1e6,
    }


def beside_others(
    folder: Path, count: int, runs: int, beangulp: str | None
) -> dict[str, float | None]:
    """Median seconds of whole processes that read the same rows."""
    plain = bare(folder, count)
    rules, importer = folder / "alipay.rules", folder / "importer.py"
    rules.write_text(_HLEDGER_RULES, encoding="utf-8")
    importer.write_text(_BEANGULP, encoding="utf-8")
    journal = folder / "new.journal"
    commands: dict[str, list[str] | None] = {
        "makewhole read": [sys.executable, "-m", "makewhole", "read", str(export(folder, count))],
        "hledger import": (
            ["hledger", "-f", str(journal), "import", "--rules-file", str(rules), str(plain)]
            if shutil.which("hledger")
            else None
        ),
        "beangulp importer": [beangulp, str(importer), str(plain)] if beangulp else None,
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _turn in range(runs):
        for name, command in commands.items():
            if command:
                journal.write_text("", encoding="utf-8")
                for kept in folder.glob(".latest*"):
                    kept.unlink()
                started = time.perf_counter()
                _run(command)
                times[name].append(time.perf_counter() - started)
    return {name: statistics.median(found) if found else None for name, found in times.items()}


def many_small_files(folder: Path, count: int = 300) -> dict[str, float]:
    """Seconds until something is printed, and until all is, for many files in one call."""
    small = folder / "small"
    small.mkdir()
    for at in range(count):
        text = f"{_PREAMBLE}{_HEADER}\n" + "".join(f"{row}\n" for row in rows(30, seed=at))
        (small / f"{at}.csv").write_bytes(text.encode("gb18030"))
    started = time.perf_counter()
    command = [sys.executable, "-m", "makewhole", "read", str(small)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:  # noqa: S603
        assert process.stdout is not None  # noqa: S101
        process.stdout.read(1)
        first = time.perf_counter() - started
        process.stdout.read()
    return {"first_print": first, "all": time.perf_counter() - started}


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{command[:4]}: {done.stderr[-2000:]}")
    return done.stdout


def measure(options: argparse.Namespace) -> dict[str, object]:
    """All figures of one run."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        large = export(folder, options.rows)
        found: dict[str, object] = {
            "rows": options.rows,
            "large": ratio_to_python(large, options.rows, options.runs),
        }
        large.unlink()
        found["others"] = {
            count: beside_others(folder, count, options.runs, options.beangulp)
            for count in options.peer_rows
        }
        found["small"] = many_small_files(folder)
    return found


def markdown(found: dict) -> str:  # type: ignore[type-arg]
    """The tables of docs/benchmarks.md."""
    large = found["large"]
    lines = [
        f"Reading {found['rows']:,} rows ({large['file_mb']:.0f} MB of GB18030):",
        "",
        "| | seconds | times the yardstick |",
        "| --- | ---: | ---: |",
        f"| decode and `csv.reader` (the yardstick) | {large['yardstick']:.2f} | 1.00 |",
        _line("the same as a stream", large["streamed"], large["yardstick"]),
        _line("read into one table", large["read"], large["yardstick"]),
        "",
        (
            f"Memory: {large['peak_mb']:.0f} MB at the peak, of which the file takes "
            f"{large['file_mb']:.0f}; {large['held_mb']:.0f} MB are held at the end."
        ),
    ]
    for count, times in found["others"].items():
        ours = times["makewhole read"]
        lines += [
            "",
            f"Whole processes, {int(count):,} rows:",
            "",
            "| | seconds | times ours |",
            "| --- | ---: | ---: |",
            *(_line(name, seconds, ours) for name, seconds in times.items() if seconds is not None),
        ]
    small = found["small"]
    lines += [
        "",
        (
            f"300 small files in one call: something is printed after {small['first_print']:.2f} "
            f"s, all of it after {small['all']:.2f} s."
        ),
    ]
    return "\n".join(lines) + "\n"


def _line(name: str, seconds: float, unit: float) -> str:
    return f"| {name} | {seconds:.2f} | {seconds / unit:.2f} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--peer-rows", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--beangulp", default=os.environ.get("BEANGULP_PYTHON"))
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    found = measure(options)
    print(markdown(found) if options.markdown else json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
