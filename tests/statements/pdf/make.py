# ruff: noqa: E501 - rows of tables are longer than lines of code
"""Makes the PDF statements of this folder; people, shops and numbers are invented.

`python -m tests.statements.pdf.make` writes them all anew, byte for byte the same.
"""

from pathlib import Path

from tests.statements.pdf.printer import ACROSS, PLAIN, Look, printed, spread

HERE = Path(__file__).parent


def cmb() -> bytes:
    """招商银行交易流水: no rules but around the header, cells stand around the middle of a row."""
    columns = spread(
        [
            ("记账日期", "Date"),
            ("货币", "Currency"),
            ("交易金额", "Transaction Amount"),
            ("联机余额", "Balance"),
            ("交易摘要", "Transaction Type"),
            ("对手信息", "Counter Party"),
        ],
        [52, 40, 76, 70, 80, 130],
        gap=14,
        right=("交易金额", "联机余额"),
    )
    shops = [
        ("快捷支付", "北京康宁家政服务有限公司", "-188.00"),
        ("银联快捷支付", "美团平台商户", "-36.50"),
        ("网银贷记", "上海某某信息技术有限公司代发专户九号", "12,000.00"),
        ("快捷退款", "财付通-某某便利店", "9.90"),
        ("快捷支付", "支付宝-浙江某某食品连锁有限公司杭州文三路第二分店", "-1,234.56"),
        ("转账汇款", "张三 6222021234567890123", "-500.00"),
    ]
    rows, balance = [], 2000_00
    for at in range(70):
        kind, who, amount = shops[at % len(shops)]
        balance += round(float(amount.replace(",", "")) * 100)
        day = f"2026-{1 + at // 28:02}-{1 + at % 28:02}"
        rows.append([day, "CNY", amount, f"{balance / 100:,.2f}", kind, who])
    look = Look(
        stand="middle",
        rules="header",
        head=[
            (220, 14, "招商银行交易流水"),
            (190, 8, "Transaction Statement of China Merchants Bank"),
            (220, 8, "2026-01-01 -- 2026-03-31"),
            (36, 8, "户  名：李四                     账号：6214830100001234"),
            (36, 8, "账户类型：ALL/全币种             开 户 行：某某支行"),
            (36, 8, "申请时间：2026-04-01 09:30:00    验 证 码：ABCD1234"),
        ],
        foot="{page}/{of}",
        watermark="招商银行",
        tail=["温馨提示：交易流水验真网址见手机银行，如有疑问请联系客服。"],
    )
    return printed(columns, rows, look)


def bocom() -> bytes:
    """交通银行个人客户交易清单: a grid, headings in two languages, rows over a page break."""
    columns = spread(
        [
            ("Serial", "Num", "序号"),
            ("Trans Date", "交易日期"),
            ("Trans Time", "交易时间"),
            ("Trading Type", "交易类型"),
            ("Dc Flg", "借贷"),
            ("Trans Amt", "交易金额"),
            ("Balance", "余额"),
            ("Payment Receipt", "Account", "对方账号"),
            ("Payment Receipt", "Account Name", "对方户名"),
            ("Trading Place", "交易地点"),
            ("Abstract", "摘要"),
        ],
        [26, 50, 44, 56, 34, 56, 56, 84, 84, 70, 110],
        gap=4,
        right=("交易金额", "余额"),
    )
    kinds = [
        (
            "网上支付",
            "借 Dr",
            "100.79",
            "2088123412341234001",
            "某某基金销售有限公司",
            "网银在线（北京）科技有限公司",
            "网上支付 基金申购 订单编号20260123123213213131 交易流水号20260123123213213139",
        ),
        ("借记卡退货", "贷 Cr", "35.00", "243300133", "财付通支付科技有限公司", "微信支付", ""),
        ("信用卡转账还款", "借 Dr", "3.21", "6666666666666666", "王五", "其他", ""),
        (
            "跨行汇款",
            "贷 Cr",
            "10,000.00",
            "6222020200112233445",
            "王五",
            "网络支付",
            "银联入账(王五/其它)转账",
        ),
    ]
    rows, balance = [], 5_000_00
    for at in range(30):
        kind, flag, amount, account, name, place, said = kinds[at % len(kinds)]
        cents = round(float(amount.replace(",", "")) * 100)
        balance += cents if flag.startswith("贷") else -cents
        rows.append(
            [
                str(at + 1),
                f"2026-01-{1 + at:02}",
                f"{8 + at % 12:02}:{at:02}:09",
                kind,
                flag,
                amount,
                f"{balance / 100:,.2f}",
                account,
                name,
                place,
                said,
            ]
        )
    look = Look(
        size=ACROSS,
        type_size=7,
        leading=9,
        rules="grid",
        head=[
            (340, 12, "交通银行个人客户交易清单"),
            (345, 8, "Bocom Personal Account Details"),
            (36, 7, "账号/卡号Account/Card No: 6222612345678901234   户名Account Name: 王五"),
            (
                36,
                7,
                "查询起日Query Starting Date: 2026-01-01   查询止日Query Ending Date: 2026-01-31",
            ),
            (36, 7, "币种Currency: 人民币 CNY"),
        ],
        foot="第 {page} / {of} 页",
        bottom=75,
        breaks_rows=True,
        tail=["打印完毕"],
    )
    return printed(columns, rows, look)


def abc() -> bytes:
    """农业银行账户活期交易明细清单: no rules, no separators in dates, cells that end early."""
    names = [
        "交易日期",
        "交易时间",
        "交易摘要",
        "交易金额",
        "本次余额",
        "对手信息",
        "日_志_号",
        "交易渠道",
        "交易附言",
    ]
    columns = spread(
        [(name.replace("_", " "),) for name in names],
        [42, 38, 44, 56, 56, 76, 46, 44, 80],
        gap=5,
        right=("交易金额", "本次余额"),
    )
    kinds = [
        ("转存", "+10000.00", "赵六", "超级网银", "转账"),
        (
            "财付通",
            "-10.00",
            "微信支付北京一卡通",
            "电子商务",
            "UA01234123412341234微信支付-北京一卡通",
        ),
        ("支付宝", "-128.50", "支付宝-某某超市有限公司", "电子商务", "支付宝-某某超市"),
        ("结息", "+0.01", "--", "", "个人活期结息"),
    ]
    rows, balance = [], 1_000_00
    for at in range(56):
        said, amount, who, channel, remark = kinds[at % len(kinds)]
        balance += round(float(amount) * 100)
        time = "" if said == "结息" else f"{9 + at % 10:02}{at % 60:02}24"
        day = f"2026{1 + at // 28:02}{1 + at % 28:02}"
        log = "0000000000" if said == "结息" else str(369396600 + at)
        rows.append([day, time, said, amount, f"{balance / 100:.2f}", who, log, channel, remark])
    look = Look(
        type_size=7,
        leading=9,
        head=[
            (200, 14, "中国农业银行账户活期交易明细清单"),
            (36, 8, "户名：赵六      账户：6228480000000001234      币种：人民币"),
            (36, 8, "起止日期：20260101-20260228      电子流水号：26000000001"),
        ],
        foot="第 {page} 页/共 {of} 页",
        watermark="仅供个人使用",
    )
    return printed(columns, rows, look)


def icbc() -> bytes:
    """工商银行借记账户历史明细: dates over times, cells around the middle, sums of each page."""
    names = [
        "交易日期",
        "账号",
        "储种",
        "序号",
        "币种",
        "钞汇",
        "摘要",
        "地区",
        "收入/支出金额",
        "余额",
        "对方户名",
        "对方账号",
        "渠道",
    ]
    columns = spread(
        [(name,) for name in names],
        [46, 90, 24, 28, 32, 24, 44, 28, 62, 62, 104, 60, 46],
        gap=8,
        right=("收入/支出金额", "余额"),
    )
    kinds = [
        ("消费", "-5.00", "某某轨道交通路网管理有限公司", "2088****0156", "快捷支付"),
        ("退款", "+7.00", "财付通支付科技有限公司", "2433****0133", "快捷支付"),
        (
            "工资",
            "+8,000.00",
            "某某信息技术（北京）有限公司代发工资专户",
            "0200****8888",
            "批量业务",
        ),
        ("利息", "+0.52", "（空）", "（空）", "批量业务"),
    ]
    rows, balance = [], 1_804_57
    for at in range(40):
        said, amount, who, account, channel = kinds[at % len(kinds)]
        balance += round(float(amount.replace(",", "")) * 100)
        moment = f"2026-01-{1 + at // 2:02} {8 + at % 12:02}:{at:02}:50"
        rows.append(
            [moment, "0200006200000000001", "活期", "00000", "人民币", "钞", said, "0200", amount,
             f"{balance / 100:,.2f}", who, account, channel]
        )  # fmt: skip
    look = Look(
        size=ACROSS,
        type_size=7,
        leading=9,
        stand="middle",
        head=[
            (320, 14, "中国工商银行借记账户历史明细（电子版）"),
            (36, 8, "卡号 6222020200000004444   户名：孙七   起止日期：2026-01-01 — 2026-01-31"),
        ],
        foot="第 {page} 页 共 {of} 页",
        page_sums=8,
        watermark="3F8128E026",
    )
    return printed(columns, rows, look)


def ccb() -> bytes:
    """建设银行个人活期账户全部交易明细: rules between rows, numbers in front."""
    columns = spread(
        [
            *(
                (name,)
                for name in ("序号", "摘要", "币别", "钞汇", "交易日期", "交易金额", "账户余额")
            ),
            ("交易地点/附", "言"),
            ("对方账号与户", "名"),
        ],
        [24, 60, 40, 24, 46, 62, 62, 90, 80],
        gap=4,
        right=("交易金额", "账户余额"),
    )
    kinds = [
        (
            "消费",
            "-35.90",
            "支付宝-某某餐饮管理有限公司",
            "2088****1234/支付宝（中国）网络技术有限公司",
        ),
        ("支付机构提现", "10.00", "零钱提现", "243300133/财付通支付科技有限公司"),
        ("电子汇入", "2,000.00", "转账", "6217000000000009999/周八"),
    ]
    rows, balance = [], 500_00
    for at in range(24):
        said, amount, place, who = kinds[at % len(kinds)]
        balance += round(float(amount.replace(",", "")) * 100)
        rows.append([str(at + 1), said, "人民币元", "钞", f"202602{1 + at:02}", amount,
                     f"{balance / 100:,.2f}", place, who])  # fmt: skip
    look = Look(
        rules="rows",
        type_size=7.5,
        head=[
            (200, 13, "中国建设银行个人活期账户全部交易明细"),
            (
                36,
                8,
                "卡号/账号:6217000010000005678   客户名称:吴九   起始日期:20260201 结束日期:20260228",
            ),
        ],
        foot="第 {page} 页，共 {of} 页",
    )
    return printed(columns, rows, look)


def boc() -> bytes:
    """中国银行交易流水明细清单: a grid without repeated headings, dashes where nothing is."""
    names = "记账日期 记账时间 币别 金额 余额 交易名称 渠道 网点名称 附言 对方账户名 对方卡号/账号 对方开户行"
    columns = spread(
        [(name,) for name in names.split()],
        [50, 42, 32, 54, 58, 58, 50, 84, 84, 84, 90, 66],
        left=24,
        gap=3,
        right=("金额", "余额"),
    )
    nothing = "-------------------"
    kinds = [
        (
            "-11.00",
            "网上快捷支付",
            "银企对接",
            "财付通-扫二维码付款",
            "财付通-扫二维码付款",
            "Z2004944000010N",
            nothing,
        ),
        (
            "11.00",
            "网上快捷退款",
            "银企对接",
            "财付通-退款",
            "财付通-退款",
            "Z2004944000010N",
            nothing,
        ),
        ("-1,572.47", "跨行转账", "手机银行", "房租", "郑十", "7763******1810", "浙江某某商业银行"),
    ]
    rows, balance = [], 6_000_00
    for at in range(27):
        amount, said, channel, remark, who, account, bank = kinds[at % len(kinds)]
        balance += round(float(amount.replace(",", "")) * 100)
        rows.append([f"2026-01-{1 + at:02}", f"10:19:{at:02}", "人民币", amount, f"{balance / 100:,.2f}",
                     said, channel, nothing, remark, who, account, bank])  # fmt: skip
    look = Look(
        size=ACROSS,
        type_size=7,
        leading=9,
        rules="grid",
        again=False,
        stand="middle",
        head=[
            (330, 13, "中国银行交易流水明细清单"),
            (24, 8, "客户姓名：郑十   借记卡号：6216610000000003741   账号：123456789012"),
            (24, 8, "交易区间：2026-01-01 至 2026-01-31   打印时间：2026-02-01 10:00:00"),
        ],
        foot="第 {page} 页/共 {of} 页",
        tail=["-------------------END-------------------"],
    )
    return printed(columns, rows, look)


def mpesa() -> bytes:
    """M-Pesa's statement: locked, white headings on green, one receipt for several rows."""
    columns = spread(
        [
            *(("Receipt No.",), ("Completion Time",), ("Details",), ("Transaction", "Status")),
            *(("Paid In",), ("Withdrawn",), ("Balance",)),
        ],
        [62, 86, 150, 56, 52, 56, 52],
        gap=6,
        right=("Paid In", "Withdrawn", "Balance"),
    )
    kinds = [
        ("Customer Transfer to 2547******715 - JANE DOE", "", "-1,200.00"),
        ("Customer Transfer of Funds Charge", "", "-23.00"),
        ("Funds received from 2547******222 - JOHN OTIENO KAMAU", "5,000.00", ""),
        ("Pay Bill Online to 888880 - KPLC PREPAID Acc. 01450000000", "", "-500.00"),
        ("Merchant Payment Online to 512345 - SOME SUPERMARKET NAIROBI WEST BRANCH", "", "-350.50"),
    ]
    rows, balance = [], 10_000_00
    for at in range(45):
        said, came, went = kinds[at % len(kinds)]
        balance += round(float((came or went).replace(",", "")) * 100)
        receipt = f"TA{at if said != kinds[1][0] else at - 1:02}QX4Z{7 + at // 40}"
        minute = at if said != kinds[1][0] else at - 1
        rows.append([receipt, f"2026-01-{1 + minute // 5:02} 12:{minute:02}:09", said, "Completed",
                     came, went, f"{balance / 100:,.2f}"])  # fmt: skip
    rows.reverse()
    look = Look(
        font=PLAIN,
        band=True,
        rules="rows",
        password="482913",  # noqa: S106
        head=[
            (36, 14, "M-PESA STATEMENT"),
            (36, 8, "Customer Name: Jane Wanjiku"),
            (36, 8, "Mobile Number: 254700000111"),
            (36, 8, "Statement Period: 01 Jan 2026 - 31 Jan 2026"),
        ],
        foot="Page {page} of {of}",
        tail=["Disclaimer: This record is produced for your personal use."],
    )
    return printed(columns, rows, look)


def phonepe() -> bytes:
    """PhonePe's statement: one transaction on four lines, no rules."""
    columns = spread(
        [("Date",), ("Transaction Details",), ("Type",), ("Amount",)],
        [90, 260, 60, 70],
        gap=14,
    )
    kinds = [
        ("Paid to Some Grocery Store", "DEBIT", "INR 596.00", "Debited from XX1234"),
        ("Received from Asha Kumari", "CREDIT", "INR 1,250.00", "Credited to XX1234"),
        ("Mobile recharged 9800000000", "DEBIT", "INR 239", "Paid by XX1234"),
    ]
    rows = []
    for at in range(30):
        said, way, amount, account = kinds[at % len(kinds)]
        rows.append(
            [f"Jan {1 + at:02}, 2026\n{1 + at % 11:02}:{at:02} pm",
             f"{said}\nTransaction ID : T26010{at:02}1200000000000{at:02}\nUTR No : 60{at:02}12345678\n{account}",
             way, amount]
        )  # fmt: skip
    look = Look(
        font=PLAIN,
        head=[
            (36, 14, "Transaction Statement for 9800000000"),
            (36, 8, "Jan 01, 2026 - Jan 30, 2026"),
        ],
        foot="Page {page} of {of}",
    )
    return printed(columns, rows, look)


def wechat() -> bytes:
    """微信支付交易明细证明: numbers that wrap, times below dates, cells around the middle."""
    names = [
        "交易单号",
        "交易时间",
        "交易类型",
        "收/支/其他",
        "交易方式",
        "金额(元)",
        "交易对方",
        "商户单号",
    ]
    columns = spread(
        [(name,) for name in names], [76, 46, 54, 40, 72, 46, 74, 80], gap=5, right=("金额(元)",)
    )
    kinds = [
        (
            "商户消费",
            "支出",
            "招商银行(1234)",
            "36.50",
            "某某便利店",
            "1000010501202601010000000000000001",
        ),
        (
            "某某商城-退款",
            "收入",
            "招商银行(1234)",
            "12.00",
            "某某商城",
            "10000105012026010100000000000002",
        ),
        ("零钱提现", "其他", "工商银行(4444)", "500.00", "工商银行(4444)", "/"),
        ("转账", "收入", "/", "200.00", "李四", "1000050001202601010000000000000003"),
        ("亲属卡交易", "其他", "亲属卡", "18.00", "某某水果店", "/"),
    ]
    rows = []
    for at in range(35):
        type_, way, method, amount, who, number = kinds[at % len(kinds)]
        rows.append([f"42000021{at:02}202601{1 + at % 28:02}00000000{at:02}",
                     f"2026-01-{1 + at % 28:02} {7 + at % 14:02}:{at:02}:31",
                     type_, way, method, amount, who, number])  # fmt: skip
    look = Look(
        type_size=7.5,
        stand="middle",
        rules="none",
        head=[
            (36, 7, "编号:20260201000000000000000001"),
            (220, 14, "微信支付交易明细证明"),
            (
                36,
                8,
                "兹证明：李四（居民身份证：110***********0011），在其微信号：lisi_2020中的交易明细信息如下：",
            ),
            (36, 8, "币种：人民币/单位：元"),
            (36, 8, "交易明细对应时间段：2026-01-01 00:00:00至2026-01-31 23:59:59"),
            (36, 8, "具体交易明细："),
        ],
        foot="第 {page} 页/共 {of} 页",
        watermark="微信支付",
    )
    return printed(columns, rows, look)


def alipay() -> bytes:
    """支付宝交易流水证明: narrow columns, everything wraps, rows begin at the top."""
    names = [
        "收/支",
        "交易对方",
        "商品说明",
        "收/付款方式",
        "金额",
        "交易订单号",
        "商家订单号",
        "交易时间",
    ]
    columns = spread(
        [(name,) for name in names], [24, 52, 66, 54, 40, 96, 92, 46], gap=4, right=("金额",)
    )
    kinds = [
        (
            "支出",
            "某某打车",
            "某某打车订单",
            "招商银行信用卡(1755)",
            "14.49",
            "0003N202603240000000014",
        ),
        (
            "不计收支",
            "某某科技有限公司",
            "退款-某某酒店两晚豪华大床房",
            "招商银行信用卡(1755)",
            "317.50",
            "20260311ALPP00101750541",
        ),
        ("收入", "王五", "转账", "账户余额", "50.00", ""),
        ("不计收支", "余额宝", "余额宝-单次转入", "建设银行储蓄卡(5678)", "1,000.00", ""),
    ]
    rows = []
    for at in range(32):
        way, who, title, method, amount, number = kinds[at % len(kinds)]
        rows.append([way, who, title, method, amount, f"202601{1 + at % 28:02}2200146622142{at:05}", number,
                     f"2026-01-{1 + at % 28:02} {6 + at % 16:02}:{at:02}:45"])  # fmt: skip
    look = Look(
        type_size=7,
        leading=9,
        rules="none",
        head=[
            (36, 7, "编号:202602010000000001"),
            (200, 12, "支付宝支付科技有限公司"),
            (240, 12, "交易流水证明"),
            (
                36,
                8,
                "兹证明:王五(证件号码:110***********0022)在其支付宝账号wan***@example.com中明细信息如下：",
            ),
            (36, 8, "币种：人民币/单位：元"),
            (36, 8, "交易时间段：2026-01-01 00:00:00 至 2026-01-31 23:59:59"),
            (36, 8, "交易类型：全部"),
        ],
        foot="第{page}页/共{of}页",
    )
    return printed(columns, rows, look)


MADE = {
    "abc-debit-app.pdf": abc,
    "alipay-certificate.pdf": alipay,
    "boc-debit.pdf": boc,
    "bocom-debit-app.pdf": bocom,
    "ccb-current-account.pdf": ccb,
    "cmb-debit.pdf": cmb,
    "icbc-debit-history.pdf": icbc,
    "mpesa-statement.pdf": mpesa,
    "phonepe-statement.pdf": phonepe,
    "wechat-certificate.pdf": wechat,
}

if __name__ == "__main__":
    for name, make in MADE.items():
        (HERE / name).write_bytes(make())
