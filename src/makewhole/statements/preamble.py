"""What Chinese wallets say around their rows: account, period, time of export, totals."""

import re
from datetime import date, datetime

from makewhole.records import Declared, Total
from makewhole.statements.values import Refused, count, day, moment, money

_ROWS = re.compile(r"共[:：]?\s*(\d+)\s*笔")
_TOTAL = re.compile(
    r"(已?收入|已?支出|待收入|待支出|不计收支|中性交易|其他)\s*[:：]\s*(\d+|[xX*]+)\s*笔"
    r"(?:[（(][^）)]*[）)])?\s*[,，]?\s*([\d,.]+)?"
)
_ACCOUNT = re.compile(
    r"(?:支付宝账户|账号|微信昵称|京东账号名|用户名|美团账号)\s*[:：]\s*(?:\[([^\]\n]*)\]|(\S*))"
)
_DAY = r"\s{0,9}[:：为]?\s{0,9}[\[【]?\s{0,9}(\d{4}[-/年]?\d{1,2}[-/月]?\d{1,2})"
_START = re.compile(r"(?:起始|开始)[日时][期间]" + _DAY)
_END = re.compile(r"(?:终止|结束|截止)[日时][期间]" + _DAY)
_RANGE = re.compile(
    r"(?:日期区间|日期范围|交易区间|起止日期|查询时间段|时间范围|账单周期|查询期间)"
    + _DAY
    + r"\D{1,12}?"
    + _DAY
)
_EXPORTED = re.compile(
    r"(?:导出|申请|打印|下载)时间\s*[:：]\s*\[?\s*(\d{4}[-/]?\d{1,2}[-/]?\d{1,2}\s+[\d:]+)"
)


def chinese_facts(text: str) -> Declared:
    """Account, period, time of export, count and totals, as far as the preamble states them."""
    account = _ACCOUNT.search(text)
    starts_on, ends_on = period(text)
    rows = _ROWS.search(text)
    return Declared(
        account=(account[1] or account[2] or "").strip() if account else "",
        starts_on=starts_on,
        ends_on=ends_on,
        exported_at=exported(text),
        rows=count(rows[1]) if rows else None,
        totals=tuple(_total(found) for found in _TOTAL.finditer(text)),
    )


def _total(found: re.Match[str]) -> Total:
    rows = count(found[2])
    try:
        amount = money(found[3].rstrip(",.")) if found[3] and rows is not None else None
    except Refused:
        amount = None
    return Total(found[1], rows, amount)


def period(text: str) -> tuple[date | None, date | None]:
    """The first and the last day that the text around the rows states, None where it does not."""
    both = _RANGE.search(text)
    if both:
        return _on(both[1]), _on(both[2])
    return _search_day(_START, text), _search_day(_END, text)


def days_of(found: re.Match[str] | None) -> tuple[date | None, date | None]:
    """The two days that a pattern has found; None where there is none or no such day."""
    return (_on(found[1]), _on(found[2])) if found else (None, None)


def exported(text: str) -> datetime | None:
    """When the export was made, in Beijing time, where the text around the rows says so."""
    found = _EXPORTED.search(text)
    try:
        return moment(found[1])[1] if found else None
    except Refused:
        return None


def _search_day(pattern: re.Pattern[str], text: str) -> date | None:
    found = pattern.search(text)
    return _on(found[1]) if found else None


def _on(text: str) -> date | None:
    try:
        return day(text)
    except Refused:
        return None
