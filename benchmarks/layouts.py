"""Rows into the bytes that providers write: encodings, preambles, totals, padding and all.

Each writer tells its rows the file and the physical line on which they stand.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from benchmarks.rows import Account, Act, BankRow, Home, Row, State, WalletRow

_ZERO = Decimal(0)


class Page:
    """A text file in the making; it knows which line comes next."""

    def __init__(self, name: str, encoding: str = "utf-8", newline: str = "\n") -> None:
        self.name = name
        self._encoding = encoding
        self._newline = newline
        self._lines: list[str] = []

    def say(self, *lines: str) -> None:
        """Add lines that are no rows."""
        self._lines += lines

    def row(self, row: Row, line: str, *look: str) -> None:
        """Add one row and tell it where it stands and what of it can be seen."""
        self._lines.append(line)
        row.file, row.line = self.name, len(self._lines)
        row.look = (self.name, f"{row.amount}", *look)

    def data(self) -> bytes:
        """The file as the provider would send it."""
        text = self._newline.join(self._lines) + self._newline
        return text.encode(self._encoding)


Files = dict[str, bytes]


def _newest_first(rows: Iterable[WalletRow]) -> list[WalletRow]:
    return sorted(rows, key=lambda row: row.at, reverse=True)


def _csv_line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def _total(rows: Iterable[Decimal]) -> tuple[int, Decimal]:
    sizes = [abs(size) for size in rows]
    return len(sizes), sum(sizes, Decimal("0.00"))


def _seconds(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


# Alipay

_ALIPAY_COLUMNS = (
    "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,"
    "交易订单号,商家订单号,备注,"
)
_ALIPAY_NOTICE = (
    "特别提示：",
    "1.本回单内容可表明支付宝受理了相应支付交易申请，如与实际交易结果不符，以实际交易情况为准；",
    "2.支付宝快捷支付等非余额支付方式可能既产生支付宝交易也同步产生银行交易，请勿重复记账；",
    "3.部分账单如：充值提现、账户转存或者个人设置收支等不计入为收入或者支出，记为不计收支类；",
    "4.本明细仅展示当前账单中的交易，不包括已删除的记录；",
    "5.本明细仅供个人对账使用。",
)


def _alipay_words(row: WalletRow) -> tuple[str, str, str, str]:
    """Category, title, direction and status."""
    if row.act is Act.REFUND:
        return "退款", f"退款-{row.title}", "不计收支", "退款成功"
    if row.act is Act.RECEIVE:
        return row.category, row.title, "收入", "交易成功"
    if row.act is Act.REPAY:
        return row.category, row.title, "不计收支", "还款成功"
    own = {
        Act.TOP_UP: "充值-普通充值",
        Act.WITHDRAW: "提现-实时提现",
        Act.POCKET_IN: "余额宝-单次转入",
        Act.POCKET_OUT: "余额宝-转出到银行卡",
        Act.INTEREST: f"余额宝-{row.at:%Y.%m.%d}-收益发放",
    }
    if row.act in own:
        pocket = row.act in {Act.POCKET_IN, Act.POCKET_OUT, Act.INTEREST}
        return "投资理财" if pocket else "账户存取", own[row.act], "不计收支", "交易成功"
    if row.state is State.UNPAID:
        return row.category, row.title, "不计收支", "交易关闭"
    status = {State.ALL_BACK: "交易关闭", State.AWAITING: "等待确认收货"}
    return row.category, row.title, "支出", status.get(row.state, "交易成功")


def _alipay_funding(row: WalletRow) -> str:
    return {
        Act.WITHDRAW: "余额",
        Act.POCKET_OUT: "余额宝",
        Act.INTEREST: "余额宝",
        Act.TOP_UP: "",
    }.get(row.act, row.funding)


def _alipay_party(row: WalletRow) -> str:
    if row.act in {Act.WITHDRAW, Act.POCKET_OUT}:
        return row.bank_name
    if row.act in {Act.POCKET_IN, Act.INTEREST}:
        return "天弘基金管理有限公司"
    return row.party


def alipay(home: Home, rows: list[WalletRow], _accounts: object = None) -> Files:
    """The app export since 2023: GB18030, a preamble with totals, a comma after every row."""
    page = Page(f"支付宝交易明细({home.starts_on:%Y%m%d}-{home.ends_on:%Y%m%d}).csv", "gb18030")
    by_word: dict[str, list[Decimal]] = {"收入": [], "支出": [], "不计收支": []}
    for row in rows:
        by_word[_alipay_words(row)[2]].append(row.amount)
    page.say(
        "-" * 84,
        "导出信息：",
        f"姓名：{home.holder}",
        f"支付宝账户：{home.holder}@example.com",
        f"起始时间：[{home.starts_on} 00:00:00]    终止时间：[{home.ends_on} 23:59:59]",
        "导出交易类型：[全部]",
        f"导出时间：[{_seconds(home.exported_at)}]",
        f"共{len(rows)}笔记录",
        *(
            f"{word}：{count}笔 {amount}元"
            for word, (count, amount) in ((w, _total(sizes)) for w, sizes in by_word.items())
        ),
        "",
        *_ALIPAY_NOTICE,
        "",
        f"{'-' * 24}支付宝支付科技有限公司  电子客户回单{'-' * 24}",
        _ALIPAY_COLUMNS,
    )
    for row in _newest_first(rows):
        category, title, direction, status = _alipay_words(row)
        funding, party = _alipay_funding(row), _alipay_party(row)
        size = f"{abs(row.amount):.2f}"
        cells = (
            _seconds(row.at), category, party, "/", title, direction, size, funding, status,
            f"{row.number}\t", f"{row.merchant_number}\t", row.note, "",
        )  # fmt: skip
        look = (_seconds(row.at), party, title, funding, status)
        page.row(row, _csv_line(cells), *look)
    return {page.name: page.data()}


# WeChat

_WECHAT_COLUMNS = (
    "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"
)


def _wechat_words(row: WalletRow) -> tuple[str, str, str, str]:
    """Type, goods, direction and status."""
    size = abs(row.amount)
    if row.act is Act.REFUND:
        own = row.title in {"转账", "微信红包"}
        kind = f"{row.title}-退款" if own else f"{row.party}-退款"
        status = "已全额退款" if row.state is State.ALL_BACK else f"已退款￥{size:.2f}"
        return kind, row.title, "收入", status
    if row.act is Act.PAY:
        code = row.title == "收钱码收款"
        kind = "扫二维码付款" if code else "商户消费"
        return kind, row.title, "支出", _wechat_paid(row, "已转账" if code else "支付成功")
    return {
        Act.SEND: ("转账", "转账备注:微信转账", "支出", _wechat_paid(row, "朋友已收钱")),
        Act.RED_PACKET: ("微信红包（单发）", "/", "支出", _wechat_paid(row, "支付成功")),
        Act.RECEIVE: ("转账", "转账备注:微信转账", "收入", "已存入零钱"),
        Act.TOP_UP: ("零钱充值", "/", "/", "充值完成"),
        Act.WITHDRAW: ("零钱提现", "/", "/", "提现已到账"),
        Act.POCKET_IN: (f"转入零钱通-来自{row.funding}", "/", "/", "支付成功"),
        Act.POCKET_OUT: (f"零钱通转出-到{row.funding}", "/", "/", "支付成功"),
        Act.REPAY: ("信用卡还款", "/", "/", "支付成功"),
    }[row.act]


def _wechat_paid(row: WalletRow, done: str) -> str:
    sent_back = "对方已退还" if row.act is Act.SEND else "已全额退款"
    return {
        State.ALL_BACK: "已全额退款",
        State.PART_BACK: f"已退款(￥{row.refunded:.2f})",
        State.SENT_BACK: sent_back,
        State.PENDING: "待对方收款",
        State.UNPAID: "交易关闭",
    }.get(row.state, done)


def _wechat_sides(row: WalletRow) -> tuple[str, str]:
    """Counterparty and payment method."""
    return {
        Act.TOP_UP: (row.funding, row.funding),
        Act.WITHDRAW: (row.funding, row.bank_name),
        Act.POCKET_IN: ("/", row.funding),
        Act.POCKET_OUT: ("/", "零钱通"),
    }.get(row.act, (row.party, row.funding))


def wechat(home: Home, rows: list[WalletRow], _accounts: object = None) -> Files:
    """The CSV export: UTF-8 with a mark, sixteen lines before the header, ¥ and tabs."""
    page = Page(
        f"微信支付账单({home.starts_on:%Y%m%d}-{home.ends_on:%Y%m%d}).csv", "utf-8-sig", "\r\n"
    )
    by_word: dict[str, list[Decimal]] = {"收入": [], "支出": [], "/": []}
    for row in rows:
        by_word[_wechat_words(row)[2]].append(row.amount)
    sums = {word: _total(sizes) for word, sizes in by_word.items()}
    preamble = (
        "微信支付账单明细",
        f"微信昵称：[{home.holder}]",
        f"起始时间：[{home.starts_on} 00:00:00] 终止时间：[{home.ends_on} 23:59:59]",
        "导出类型：[全部]",
        f"导出时间：[{_seconds(home.exported_at)}]",
        "",
        f"共{len(rows)}笔记录",
        f"收入：{sums['收入'][0]}笔 {sums['收入'][1]}元",
        f"支出：{sums['支出'][0]}笔 {sums['支出'][1]}元",
        f"中性交易：{sums['/'][0]}笔 {sums['/'][1]}元",
        "注：",
        "1. 充值/提现/理财通购买/零钱通存取/信用卡还款等交易，将计入中性交易",
        "2. 本明细仅展示当前账单中的交易，不包括已删除的记录",
        "3. 本明细仅供个人对账使用",
        "",
        "----------------------微信支付账单明细列表--------------------",
    )
    page.say(*(text + "," * 10 for text in preamble), _WECHAT_COLUMNS)
    for row in _newest_first(rows):
        kind, goods, direction, status = _wechat_words(row)
        party, method = _wechat_sides(row)
        note = f"服务费¥{row.fee:.2f}" if row.fee else row.note or "/"
        cells = (
            _seconds(row.at), kind, party, goods, direction, f"¥{abs(row.amount):.2f}", method,
            status, f"{row.number}\t", f"{row.merchant_number or '/'}\t", note,
        )  # fmt: skip
        page.row(row, _csv_line(cells), _seconds(row.at), kind, party, goods, method, status)
    return {page.name: page.data()}


# JD


def _jd_direction(row: WalletRow) -> str:
    neutral = row.act is Act.REFUND or row.state is State.ALL_BACK
    return "不计收支" if neutral else "支出"


def jd(home: Home, rows: list[WalletRow], _accounts: object = None) -> Files:
    """The app export of 2024: UTF-8 with a mark, totals net of refunds, notes in the amount."""
    page = Page(f"京东交易流水(申请时间{home.exported_at:%Y年%m月%d日}).csv", "utf-8-sig")
    spent = [row for row in rows if _jd_direction(row) == "支出"]
    neutral = [row for row in rows if _jd_direction(row) != "支出"]
    parts = sum(1 for row in spent if row.refunded)
    note = f"(含{parts}笔部分退款)" if parts else ""
    _count, net = _total(abs(row.amount) - row.refunded for row in spent)
    _count, rest = _total(abs(row.amount) - row.refunded for row in neutral)
    page.say(
        "导出信息：",
        f"京东账号名：jd_{home.holder}",
        f"申请时间：{_seconds(home.exported_at)}",
        f"日期区间：{home.starts_on} 至 {home.ends_on}",
        "导出交易类型：全部",
        "导出交易场景：全部",
        f"共：{len(rows)}笔记录",
        "收入：0笔，0.00元",
        f"支出：{len(spent)}笔{note}，{net}元",
        f"不计收支：{len(neutral)}笔，{rest}元",
        "",
        "特别提示",
        "1.本明细为每笔订单支付的明细，不包括已删除的记录；",
        "2.个人资金互转、全额退款等记为【不计收支】类，部分退款的支出金额为剔除退款后的支付金额；",
        "3.本明细仅供个人对账使用。",
        "",
        "交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易分类,交易订单号,商家订单号,备注",
    )
    for row in _newest_first(rows):
        refund = row.act is Act.REFUND
        title = f"退款-{row.title}" if refund else row.title
        size = f"{abs(row.amount):.2f}"
        if not refund and row.state is State.ALL_BACK:
            size += "(已全额退款)"
        elif not refund and row.refunded:
            size += f"(已退款{row.refunded:.2f})"
        status = "退款成功" if refund else "交易成功"
        cells = (
            f"{_seconds(row.at)}\t", row.party, title, size, row.funding, status,
            _jd_direction(row), "网购" if refund else row.category, f"{row.number}\t",
            f"{row.merchant_number}\t", " ", "",
        )  # fmt: skip
        page.row(row, ",".join(cells), _seconds(row.at), row.party, title, size, row.funding)
    return {page.name: page.data()}


# Banks


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _with_balance(account: Account, rows: list[BankRow]) -> list[tuple[BankRow, Decimal]]:
    """The rows, newest first, with the balance after each."""
    balance = Decimal("-1203.40") if account.credit else Decimal("35120.77")
    told = []
    for row in sorted(rows, key=lambda row: (row.booked, row.at)):
        balance += row.amount
        told.append((row, balance))
    return told[::-1]


def _bank_look(row: BankRow, shown: str) -> tuple[str, ...]:
    return shown, f"{row.booked}", row.summary, row.place, row.party


def icbc(home: Home, rows: list[BankRow], account: Account) -> Files:
    """ICBC, card or account: dates only, padded quoted cells with tabs, sums below."""
    kind = "credit" if account.credit else "debit"
    page = Page(f"hisdetail_{kind}_{account.tail}_{home.ends_on:%Y%m%d}.csv")
    page.say("明细查询文件下载", "", f'卡号: 6222****{account.tail},"卡别名: "', "")
    if account.credit:
        page.say("子账户类别:", "")
        page.say(
            "交易日期,记账日期,摘要,交易场所,交易国家或地区简称,交易金额(收入),交易金额(支出),"
            "交易币种,记账金额(收入),记账金额(支出),记账币种,余额,对方户名"
        )
    else:
        page.say('子账户序号: 00000,子账户类别: 活期,"子账户别名: "', "")
        page.say(
            "交易日期,摘要,交易详情,交易场所,交易国家或地区简称,钞/汇,交易金额(收入),"
            "交易金额(支出),交易币种,记账金额(收入),记账金额(支出),记账币种,余额,对方户名,对方账户"
        )
    for row, balance in _with_balance(account, rows):
        came = _pad(_money(row.amount) if row.amount > 0 else "")
        went = _pad(_money(-row.amount) if row.amount < 0 else "")
        shown = f"{row.at:%Y-%m-%d}"
        texts = _pad(row.summary), _pad(row.place, 40), _pad(row.party, 60)
        cells: tuple[str, ...]
        if account.credit:
            cells = (
                f"{shown}     \t", f"{row.booked}     \t", texts[0], texts[1], _pad("CHN"),
                came, went, "人民币              \t", came, went, "人民币              \t",
                _pad(_money(balance)), texts[2], "",
            )  # fmt: skip
        else:
            cells = (
                f"{shown}     \t", texts[0], _pad(""), texts[1], _pad("CHN"), "钞        \t",
                "-                   \t", _pad("-"), "-              \t", came, went,
                "人民币         \t", _pad(_money(balance)), texts[2], _pad("6222****9876"), "",
            )  # fmt: skip
        page.row(row, ",".join(cells), *_bank_look(row, shown))
    _count, came_in = _total(row.amount for row in rows if row.amount > 0)
    _count, went_out = _total(row.amount for row in rows if row.amount < 0)
    sums = f"{_pad(_money(came_in))},{_pad(_money(went_out))}"
    page.say(" ")
    page.say(f"合计金额,,,,,{sums},\t,{sums}," if account.credit else f"人民币合计,,,,,,,,,{sums},")
    return {page.name: page.data()}


def _pad(text: str, width: int = 20) -> str:
    return f'"{text:<{width}}\t"'


def ccb(home: Home, rows: list[BankRow], account: Account) -> Files:
    """CCB account: the bank's own columns with date and time, a disclaimer below."""
    page = Page(f"交易明细_{account.tail}_{home.starts_on:%Y%m%d}_{home.ends_on:%Y%m%d}.csv")
    comma = "," * 9
    page.say(
        f"China Construction Bank,{comma}",
        f"开户机构：,清河支行{comma}",
        f"币　　种：,人民币{comma}",
        f"账　　号：,62170*********{account.tail}{comma}",
        f",{comma}",
        "记账日          ,交易日期          ,交易时间                ,支出                ,"
        "收入                ,账户余额          ,币种          ,摘要            ,"
        "对方账号          ,对方户名          ,交易地点                ",
    )
    for row, balance in reversed(_with_balance(account, rows)):
        went = -row.amount if row.amount < 0 else _ZERO
        came = row.amount if row.amount > 0 else _ZERO
        shown = f"{row.at:%Y%m%d},{row.at:%H:%M:%S}"
        line = (
            f"{row.booked:%Y%m%d},{shown},{went:.2f},{came:.2f},{balance:.2f},人民币,"
            f"{row.summary},2088*****0156,{row.party},{row.place}"
        )
        page.row(row, line, *_bank_look(row, shown))
    page.say(f"以上数据仅供参考|具体内容请以柜台为准,{comma}")
    return {page.name: page.data()}


def citic(home: Home, rows: list[BankRow], account: Account) -> Files:
    """CITIC card: dates only, charges positive."""
    page = Page(f"中信信用卡账单明细_{home.ends_on:%Y%m%d}.csv", "gb18030")
    page.say(
        "本期账单明细(人民币),,,,,,,",
        "交易日期,入账日期,交易描述,卡末四位,交易币种,结算币种,交易金额,结算金额",
    )
    for row, _balance in _with_balance(account, rows):
        shown = f"{row.at:%Y-%m-%d}"
        charge = f"{-row.amount:.2f}"
        line = f"{shown},{row.booked},{row.place},{account.tail},人民币,人民币,{charge},{charge}"
        page.row(row, line, *_bank_look(row, shown))
    return {page.name: page.data()}


def cmb_debit(home: Home, rows: list[BankRow], account: Account) -> Files:
    """CMB account as converted from its PDF: the booking day, no account number anywhere."""
    page = Page(f"招商银行交易流水_{home.ends_on:%Y%m%d}.csv")
    page.say("记账日期,货币,交易金额,联机余额,交易摘要,对手信息,客户摘要")
    for row, balance in reversed(_with_balance(account, rows)):
        shown = f"{row.booked}"
        cells = (shown, "CNY", _money(row.amount), _money(balance), row.summary, row.place, "")
        page.row(row, _csv_line((*cells[:6], row.party)), *_bank_look(row, shown))
    return {page.name: page.data()}


def cmb_credit(home: Home, rows: list[BankRow], account: Account) -> Files:
    """CMB card: one statement a month, closed on the 25th, days without a year."""
    files: Files = {}
    left = sorted(rows, key=lambda row: (row.booked, row.at))
    for month in _months(home.starts_on, home.ends_on):
        closes = month.replace(day=25)
        mine = [row for row in left if row.booked <= closes]
        left = left[len(mine) :]
        page = Page(f"招商银行信用卡对账单_{month:%Y%m}.csv")
        page.say(
            f"招商银行信用卡对账单（个人消费卡账户 {month:%Y年%m月}）",
            "交易日,记账日,交易摘要,人民币金额,卡号末四位,交易地金额",
        )
        for row in mine:
            shown = "" if row.summary.endswith("还款") else f"{row.at:%m/%d}"
            charge = _money(-row.amount)
            cells = (shown, f"{row.booked:%m/%d}", row.summary or row.place, charge)
            line = _csv_line((*cells, account.tail, f"{charge}(CN)"))
            page.row(row, line, *_bank_look(row, shown))
        if mine:
            files[page.name] = page.data()
    return files


def _months(first: date, last: date) -> list[date]:
    months = [first.replace(day=1)]
    while months[-1] <= last:
        months.append((months[-1] + timedelta(days=32)).replace(day=1))
    return months


def boc_debit(home: Home, rows: list[BankRow], account: Account) -> Files:
    """Bank of China account as converted from its PDF: seconds, signed amounts."""
    page = Page(f"中国银行交易流水明细清单_{account.tail}_{home.ends_on:%Y%m%d}.csv")
    page.say(
        "记账日期,记账时间,币别,金额,余额,交易名称,渠道,网点名称,附言,对方账户名,对方卡号/账号,"
        "对方开户行,借记卡号"
    )
    for row, balance in _with_balance(account, rows):
        shown = f"{row.at:%Y-%m-%d},{row.at:%H:%M:%S}"
        cells = (
            *shown.split(","), "人民币", _money(row.amount), _money(balance), row.summary,
            "银企对接", "-------------------", row.place, row.party, "Z2007933000010N",
            "-------------------", f"621661*********{account.tail}",
        )  # fmt: skip
        page.row(row, _csv_line(cells), *_bank_look(row, shown))
    return {page.name: page.data()}


def boc_credit(home: Home, rows: list[BankRow], account: Account) -> Files:
    """Bank of China card: two days, two columns, thousands separators."""
    page = Page(f"中国银行信用卡账单_{home.ends_on:%Y%m%d}.csv")
    page.say("交易日,银行记账日,卡号后四位,交易描述,存入,支出,币种")
    for row, _balance in reversed(_with_balance(account, rows)):
        shown = f"{row.at:%Y-%m-%d}"
        came = _money(row.amount) if row.amount > 0 else ""
        went = _money(-row.amount) if row.amount < 0 else ""
        cells = (shown, f"{row.booked}", account.tail, row.place, came, went, "人民币")
        page.row(row, _csv_line(cells), *_bank_look(row, shown))
    return {page.name: page.data()}


# PayPal and OFX

_PAYPAL_COLUMNS = (
    "Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency", "Gross", "Fee", "Net",
    "From Email Address", "To Email Address", "Transaction ID", "Reference Txn ID",
    "Invoice Number", "Balance", "Subject", "Note",
)  # fmt: skip


def paypal(home: Home, rows: list[WalletRow], _accounts: object = None) -> Files:
    """The activity download of an account in the United States."""
    page = Page("Download.CSV", "utf-8-sig")
    page.say(_quoted(_PAYPAL_COLUMNS))
    balance = Decimal("120.00")
    for row in sorted(rows, key=lambda row: row.at):
        net = row.amount - row.fee
        if row.status == "Completed" and row.currency == home.currency:
            balance += net
        shown = f"{row.at:%m/%d/%Y} {row.at:%H:%M:%S}"
        cells = (
            *shown.split(" "), row.zone, row.party, row.category, row.status, row.currency,
            _money(row.amount), _money(-row.fee), _money(net), "", "", row.number,
            row.merchant_number, "", _money(balance), row.title, row.note,
        )  # fmt: skip
        page.row(row, _quoted(cells), shown, row.party, row.category, row.status)
    return {page.name: page.data()}


def _quoted(cells: Sequence[str]) -> str:
    return ",".join(f'"{cell}"' for cell in cells)


def ofx(home: Home, rows: list[BankRow], account: Account) -> Files:
    """OFX 1.02 as American banks write it: days only, no end tags."""
    page = Page(f"{account.key}_{home.ends_on:%Y%m%d}.ofx")
    page.say(
        "OFXHEADER:100", "DATA:OFXSGML", "VERSION:102", "SECURITY:NONE", "ENCODING:USASCII",
        "CHARSET:1252", "COMPRESSION:NONE", "OLDFILEUID:NONE", "NEWFILEUID:NONE", "",
        "<OFX>", "<SIGNONMSGSRSV1><SONRS>", "<STATUS><CODE>0<SEVERITY>INFO</STATUS>",
        f"<DTSERVER>{home.exported_at:%Y%m%d%H%M%S}", "<LANGUAGE>ENG",
        "</SONRS></SIGNONMSGSRSV1>",
    )  # fmt: skip
    outer, inner = ("CREDITCARD", "CC") if account.credit else ("BANK", "")
    page.say(
        f"<{outer}MSGSRSV1><{inner}STMTTRNRS>",
        "<TRNUID>0",
        "<STATUS><CODE>0<SEVERITY>INFO</STATUS>",
        f"<{inner}STMTRS>",
        "<CURDEF>USD",
    )
    if account.credit:
        page.say(f"<CCACCTFROM><ACCTID>411111111111{account.tail}</CCACCTFROM>")
    else:
        page.say(
            f"<BANKACCTFROM><BANKID>021000000<ACCTID>00055{account.tail}<ACCTTYPE>CHECKING"
            "</BANKACCTFROM>"
        )
    page.say(
        "<BANKTRANLIST>",
        f"<DTSTART>{account.starts_on:%Y%m%d}120000",
        f"<DTEND>{account.ends_on:%Y%m%d}120000",
    )
    for at, (row, _balance) in enumerate(_with_balance(account, rows)):
        shown = f"{row.booked:%Y%m%d}"
        memo = f"<MEMO>{row.place}" if row.place else ""
        line = (
            f"<STMTTRN><TRNTYPE>{'DEBIT' if row.amount < 0 else 'CREDIT'}"
            f"<DTPOSTED>{shown}120000[-5:EST]<TRNAMT>{row.amount:.2f}"
            f"<FITID>{shown}{account.tail}{at:05d}<NAME>{row.summary[:32]}{memo}</STMTTRN>"
        )
        page.row(row, line, *_bank_look(row, shown))
    page.say(
        "</BANKTRANLIST>",
        f"<LEDGERBAL><BALAMT>1000.00<DTASOF>{home.exported_at:%Y%m%d}</LEDGERBAL>",
        f"</{inner}STMTRS></{inner}STMTTRNRS></{outer}MSGSRSV1>",
        "</OFX>",
    )
    return {page.name: page.data()}


WALLETS: dict[str, Callable[[Home, list[WalletRow]], Files]] = {
    "alipay": alipay,
    "wechat": wechat,
    "jd": jd,
    "paypal": paypal,
}
BANKS: dict[str, Callable[[Home, list[BankRow], Account], Files]] = {
    "icbc-credit": icbc,
    "icbc-debit": icbc,
    "ccb-debit": ccb,
    "citic-credit": citic,
    "cmb-debit": cmb_debit,
    "cmb-credit": cmb_credit,
    "boc-debit": boc_debit,
    "boc-credit": boc_credit,
    "checking": ofx,
    "card": ofx,
}
