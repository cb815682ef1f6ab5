"""A small Alipay export, and a scan that needs no matcher."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from makewhole import desk
from makewhole.records import Scan
from makewhole.statements import Reading
from tests.report.household import Household

ALIPAY = """支付宝支付科技有限公司  电子客户回单
------------------------支付宝账单------------------------
交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,{columns},
2026-03-01 12:03:55,餐饮,小满面馆,/,牛肉面,支出,18.00,{card},交易成功,20260301220014\t,M1\t,,
2026-03-02 08:10:00,餐饮,晨光便利,/,豆浆,支出,{amount},{card},{status},20260302220014\t,M2\t,,
"""
COLUMNS = "收/付款方式,交易状态,交易订单号,商家订单号,备注"
CARD = "招商银行储蓄卡(1875)"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "MAKEWHOLE_LANG", "MAKEWHOLE_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("makewhole.cli.waiting.PATIENCE", 60.0)


@pytest.fixture
def alipay(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str = "alipay.csv", amount: str = "5.50", status: str = "交易成功") -> Path:
        path = tmp_path / name
        text = ALIPAY.format(columns=COLUMNS, card=CARD, amount=amount, status=status)
        path.write_bytes(text.encode("gb18030"))
        return path

    return write


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[[Household], list[dict[str, Any]]]:
    """Makes every scan say what a household says; gives what it was asked."""
    asked: list[dict[str, Any]] = []

    def arrange(home: Household) -> list[dict[str, Any]]:
        def scan_files(*arguments: Any, **options: Any) -> tuple[Reading, Scan]:
            asked.append({"arguments": arguments, **options})
            return home.reading(), home.scan()

        monkeypatch.setattr(desk, "scan_files", scan_files)
        return asked

    return arrange
