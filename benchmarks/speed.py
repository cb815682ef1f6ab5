"""Whole-process times: starting up beside hledger, and scanning 10,000 rows a side.

    python -m benchmarks.speed [--rows 10000] [--runs 5]

Commands take turns, so that a busy machine slows all of them alike; medians and ratios are shown.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random

from benchmarks.layouts import BANKS, WALLETS, Files
from benchmarks.life import Life, in_period
from benchmarks.rows import Account, Funding, Home

_STARTS = date(2024, 1, 1)
_ENDS = date(2024, 12, 30)
_FINE = (0, 1)


@dataclass(frozen=True, slots=True)
class Timed:
    """One command and its median time in seconds."""

    name: str
    seconds: float


def pair(rows: int, seed: int = 7) -> Files:
    """An Alipay and a CCB statement of one busy year with so many rows each, without a fault."""
    account = Account(
        key="ccb-debit",
        bank="ccb",
        credit=False,
        tail="4821",
        clock=True,
        label="建设银行储蓄卡(4821)",
        starts_on=_STARTS,
        ends_on=_ENDS,
    )
    home = Home(
        wallets=("alipay",),
        accounts=(account,),
        starts_on=_STARTS,
        ends_on=_ENDS,
        exported_at=datetime.combine(date(2024, 12, 31), datetime.min.time()).replace(hour=9),
        currency="CNY",
        holder="user",
        pace=rows / 340,
        coffee=0.9,
        commute=0.85,
        fundings={"alipay": [(Funding(account.label, account), 1.0)]},
    )
    life = Life(Random(seed), home)
    life.live()
    bought = sorted(
        (row for row in life.wallet_rows if in_period(row, _STARTS, _ENDS)), key=lambda row: row.at
    )
    posted = sorted(
        (row for row in life.bank_rows if in_period(row, _STARTS, _ENDS)),
        key=lambda row: (row.booked, row.at),
    )
    return WALLETS["alipay"](home, bought[:rows]) | BANKS["ccb-debit"](home, posted[:rows], account)


def timed(commands: Mapping[str, Sequence[str]], runs: int) -> list[Timed]:
    """Each command's median over the runs, after one warm-up round."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            started = time.perf_counter()
            done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - ours
            if done.returncode not in _FINE:
                raise SystemExit(f"{name} ended with {done.returncode}: {done.stderr.decode()}")
            if turn:
                times[name].append(time.perf_counter() - started)
    return [Timed(name, statistics.median(each)) for name, each in times.items()]


def table(results: Sequence[Timed], base: str) -> str:
    """Times in milliseconds, with the ratio to `base` where it was measured."""
    seconds = {result.name: result.seconds for result in results}
    lines = [f"{'command':<28}{'ms':>9}{'x ' + base:>22}"]
    for result in results:
        ratio = f"{result.seconds / seconds[base]:.2f}" if base in seconds else "-"
        lines.append(f"{result.name:<28}{result.seconds * 1000:>9.1f}{ratio:>22}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """Make the pair, time the commands, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args(arguments)
    beside = Path(sys.executable).with_name("makewhole")
    makewhole = str(beside) if beside.exists() else shutil.which("makewhole")
    if makewhole is None:
        raise SystemExit("makewhole is not installed beside this Python")
    hledger = shutil.which("hledger")
    starts: dict[str, Sequence[str]] = {
        "makewhole --version": [makewhole, "--version"],
        "makewhole --help": [makewhole, "--help"],
    }
    if hledger:
        starts["hledger --version"] = [hledger, "--version"]
    print(table(timed(starts, given.runs), "hledger --version"))
    with tempfile.TemporaryDirectory() as folder:
        files = pair(given.rows)
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        paths = [str(Path(folder) / name) for name in files]
        print(f"\n{given.rows} rows a side, {sum(map(len, files.values())) / 1e6:.1f} MB")
        scans = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "makewhole read": [makewhole, "read", "--json", *paths],
            "makewhole scan": [makewhole, "scan", "--json", *paths],
        }
        print(table(timed(scans, given.runs), "python -c pass"))


if __name__ == "__main__":
    main()
