"""Writes the example statements: `python -m examples.make`. Nobody and nothing in them is real.

Each story is told twice, once as the wallets saw it and once as the banks did; what does not fit
together is listed in `expected.json` and explained in the README beside it.
"""

from pathlib import Path

from examples.writers import (
    Alipay,
    Booked,
    Charged,
    Jd,
    Paypal,
    Person,
    Wechat,
    alipay,
    cmb_credit,
    icbc_debit,
    jd,
    ofx,
    paypal,
    wechat_csv,
    wechat_xlsx,
)

HERE = Path(__file__).parent

LIN_DEBIT = "工商银行储蓄卡(3307)"
LIN_CREDIT = "招商银行信用卡(6421)"
ZHOU_DEBIT = "工商银行储蓄卡(5518)"
ZHOU_CREDIT = "招商银行信用卡(0936)"


def household() -> dict[str, bytes]:
    """Lin Yue's March: two wallets and a shop account, a debit and a credit card, nine faults."""
    lin = Person(
        name="林月",
        alipay="linyue@example.com",
        wechat="月亮来信",
        jd="jd_linyue_example",
        starts="2026-03-01",
        ends="2026-04-10",
        exported="2026-04-11 09:30:12",
    )
    return {
        "alipay.csv": alipay(lin, _lin_alipay()),
        "wechat.xlsx": wechat_xlsx(lin, _lin_wechat()),
        "jd.csv": jd(lin, _lin_jd()),
        "icbc-debit.csv": icbc_debit("6222****3307", "5120.36", _lin_debit()),
        "cmb-credit.csv": cmb_credit("2026年04月", "6421", _lin_credit()),
    }


def _lin_alipay() -> list[Alipay]:
    shelf = "2026030422001195201541041530"
    return [
        Alipay("2026-03-01 08:31:07", "交通出行", "云州地铁", "乘车", "支出", "4.00", LIN_DEBIT),
        Alipay("2026-03-02 12:20:44", "餐饮美食", "小满食堂", "午餐", "支出", "32.50", LIN_DEBIT),
        Alipay(
            *(
                "2026-03-04 20:15:41",
                "家居家装",
                "禾木家居",
                "书架与挂钩",
                "支出",
                "219.70",
                LIN_DEBIT,
            ),
            number=shelf,
        ),
        Alipay("2026-03-06 21:40:02", "运动户外", "鹿鸣运动", "跑鞋", "支出", "128.00", LIN_CREDIT),
        Alipay(
            *("2026-03-08 19:42:15", "生鲜", "夏溪农场", "草莓礼盒", "不计收支", "268.00", ""),
            status="交易关闭",
        ),
        Alipay(
            *("2026-03-11 10:02:33", "退款", "禾木家居", "退款-书架与挂钩", "不计收支"),
            *("89.90", LIN_DEBIT, "退款成功"),
            number=f"{shelf}_1011002",
        ),
        Alipay("2026-03-15 15:03:28", "文化休闲", "青禾书店", "图书", "支出", "156.80", LIN_DEBIT),
        Alipay(
            *("2026-03-16 06:11:09", "投资理财", "云溪基金", "余额宝-2026.03.15-收益发放"),
            *("不计收支", "0.42", "余额宝"),
        ),
        Alipay(
            *("2026-03-20 16:05:44", "转账红包", "工商银行", "提现-实时提现", "不计收支"),
            *("650.00", LIN_DEBIT, "处理中"),
        ),
        Alipay("2026-03-22 19:05:50", "文化休闲", "云州影城", "电影票", "支出", "48.00", LIN_DEBIT),
        Alipay(
            *("2026-03-25 18:31:16", "餐饮美食", "小满食堂", "晚餐", "支出", "69.00"),
            f"{LIN_DEBIT}&红包",
        ),
        Alipay("2026-04-01 12:18:22", "餐饮美食", "小满食堂", "午餐", "支出", "36.00", LIN_DEBIT),
        Alipay("2026-04-09 12:25:37", "餐饮美食", "小满食堂", "午餐", "支出", "32.50", LIN_DEBIT),
    ]


def _coffee(card: str, *times: str) -> list[Wechat]:
    return [
        Wechat(
            time,
            "扫二维码付款",
            "巷尾咖啡",
            "收款方备注:二维码收款",
            "支出",
            "18.00",
            card,
            "已转账",
        )
        for time in times
    ]


def _lin_wechat() -> list[Wechat]:
    rows = [
        *_coffee(LIN_DEBIT, "2026-03-02 08:10:21", "2026-03-03 08:12:55", "2026-03-05 08:11:40"),
        *_coffee(LIN_DEBIT, "2026-03-05 14:30:02", "2026-03-09 08:09:33", "2026-03-13 08:15:18"),
        *_coffee(LIN_DEBIT, "2026-03-17 08:10:47", "2026-03-24 08:13:26", "2026-04-08 08:12:09"),
        Wechat(
            "2026-03-05 19:00:36",
            "商户消费",
            "星野电器",
            "空气炸锅",
            "支出",
            "329.00",
            LIN_DEBIT,
            "已全额退款",
        ),
        Wechat(
            "2026-03-07 10:20:14",
            "商户消费",
            "森屿户外",
            "露营灯两盏",
            "支出",
            "139.90",
            LIN_DEBIT,
            "已退款(￥39.90)",
        ),
        Wechat(
            "2026-03-12 14:00:29",
            "星野电器-退款",
            "星野电器",
            "空气炸锅",
            "收入",
            "329.00",
            LIN_DEBIT,
            "已全额退款",
        ),
        Wechat(
            "2026-03-18 09:40:58",
            "转账",
            "阿沅",
            "转账备注:房租押金",
            "收入",
            "1200.00",
            "/",
            "已存入零钱",
        ),
        Wechat("2026-03-18 12:05:13", "商户消费", "巷口面馆", "牛肉面", "支出", "45.80", LIN_DEBIT),
        Wechat(
            "2026-03-19 20:30:45",
            "零钱提现",
            "工商银行",
            "/",
            "/",
            "800.00",
            LIN_DEBIT,
            "提现已到账",
        ),
        Wechat("2026-03-21 13:22:07", "商户消费", "拾光花店", "郁金香", "支出", "66.00", "零钱"),
        Wechat(
            "2026-03-26 21:14:52",
            "零钱提现",
            "工商银行",
            "/",
            "/",
            "300.30",
            LIN_DEBIT,
            "提现已到账",
            "服务费¥0.30",
        ),
        Wechat("2026-04-02 18:47:31", "商户消费", "云州超市", "日用品", "支出", "84.25", LIN_DEBIT),
    ]
    return sorted(rows, key=lambda row: row.time)


def _lin_jd() -> list[Jd]:
    cup = "326030921101855"
    return [
        Jd(
            "2026-03-09 21:10:18",
            "京东平台商户",
            "保温杯 500ml 等多件",
            "131.77",
            LIN_CREDIT,
            refunded="31.77",
            number=cup,
        ),
        Jd(
            "2026-03-14 11:26:40",
            "京东平台商户",
            "退款-杯刷 三支装",
            "31.77",
            LIN_CREDIT,
            "退款成功",
            "不计收支",
            number=cup,
        ),
        Jd("2026-03-21 22:08:05", "京东平台商户", "台灯 暖光 可调", "59.90", LIN_CREDIT),
        Jd("2026-03-27 09:55:11", "京东物流", "寄件", "14.90", "钱包余额", category="收发快递"),
    ]


def _lin_debit() -> list[Booked]:
    coffee = "财付通-巷尾咖啡"
    return [
        Booked("2026-03-01", "消费", "支付宝-云州地铁", "-4.00"),
        Booked("2026-03-02", "消费", coffee, "-18.00"),
        Booked("2026-03-02", "消费", "支付宝-小满食堂", "-32.50"),
        Booked("2026-03-03", "消费", coffee, "-18.00"),
        Booked("2026-03-04", "消费", "支付宝-禾木家居", "-219.70"),
        Booked("2026-03-05", "消费", coffee, "-18.00"),
        Booked("2026-03-05", "消费", coffee, "-18.00"),
        Booked("2026-03-05", "消费", "财付通-星野电器", "-329.00"),
        Booked("2026-03-07", "消费", "财付通-森屿户外", "-139.90"),
        Booked("2026-03-08", "消费", "支付宝-夏溪农场", "-268.00"),
        Booked("2026-03-09", "消费", coffee, "-18.00"),
        Booked("2026-03-10", "工资", "", "9860.00", "云州织物有限公司"),
        Booked("2026-03-12", "消费", "财付通-云桥数码", "-399.00"),
        Booked("2026-03-13", "消费", coffee, "-18.00"),
        Booked("2026-03-13", "退款", "财付通-星野电器", "229.00"),
        Booked("2026-03-15", "消费", "支付宝-青禾书店", "-156.80"),
        Booked("2026-03-15", "消费", "支付宝-青禾书店", "-156.80"),
        Booked("2026-03-17", "消费", coffee, "-18.00"),
        Booked("2026-03-18", "消费", "财付通-巷口面馆", "-48.50"),
        Booked("2026-03-22", "消费", "支付宝-云州影城", "-48.00"),
        Booked("2026-03-24", "消费", coffee, "-18.00"),
        Booked("2026-03-25", "消费", "支付宝-小满食堂", "-66.00"),
        Booked("2026-03-26", "提现", "财付通-微信零钱提现", "300.00"),
        Booked("2026-03-28", "自动还款", "云州分行银行卡中心", "-1240.55"),
        Booked("2026-04-01", "消费", "支付宝-小满食堂", "-36.00"),
        Booked("2026-04-02", "消费", "财付通-云州超市", "-84.25"),
        Booked("2026-04-08", "消费", coffee, "-18.00"),
        Booked("2026-04-09", "消费", "支付宝-小满食堂", "-32.50"),
        Booked("2026-04-10", "工资", "", "9860.00", "云州织物有限公司"),
    ]


def _lin_credit() -> list[Charged]:
    return [
        Charged("02/28", "03/01", "云州加油站", "310.00"),
        Charged("03/06", "03/07", "支付宝-鹿鸣运动", "128.00"),
        Charged("03/09", "03/10", "网银在线-京东商城业务", "131.77"),
        Charged("03/14", "03/16", "网银在线", "-31.77"),
        Charged("03/21", "03/22", "网银在线-京东商城业务", "59.90"),
        Charged("", "03/28", "自动还款", "-1240.55"),
        Charged("04/09", "04/10", "云州加油站", "285.00"),
    ]


def clean() -> dict[str, bytes]:
    """Zhou Yao's March: everything odd that a wallet does, and nothing wrong."""
    zhou = Person(
        name="周遥",
        alipay="zhouyao@example.com",
        wechat="远方的遥",
        jd="jd_zhouyao_example",
        starts="2026-03-01",
        ends="2026-04-10",
        exported="2026-04-11 20:02:47",
    )
    return {
        "alipay.csv": alipay(zhou, _zhou_alipay()),
        "wechat.csv": wechat_csv(zhou, _zhou_wechat()),
        "jd.csv": jd(zhou, _zhou_jd()),
        "icbc-debit.csv": icbc_debit("6217****5518", "2860.10", _zhou_debit()),
        "cmb-credit.csv": cmb_credit("2026年04月", "0936", _zhou_credit()),
    }


def _zhou_alipay() -> list[Alipay]:
    desk, seeds, pens = (
        "2026030522001195210233041530",
        "2026031022001195093017041530",
        "2026031022001195094122041530",
    )
    return [
        Alipay("2026-03-01 07:58:19", "交通出行", "云州地铁", "乘车", "支出", "4.00", ZHOU_DEBIT),
        Alipay(
            *(
                "2026-03-05 21:02:33",
                "家居家装",
                "禾木家居",
                "折叠桌",
                "支出",
                "300.00",
                ZHOU_DEBIT,
            ),
            *("交易关闭", desk),
        ),
        Alipay(
            *(
                "2026-03-09 16:20:00",
                "退款",
                "禾木家居",
                "退款-折叠桌",
                "不计收支",
                "300.00",
                ZHOU_DEBIT,
            ),
            *("退款成功", f"{desk}_1609162"),
        ),
        Alipay(
            *("2026-03-10 09:30:17", "家居家装", "青苗园艺", "种子", "支出", "145.00", ZHOU_DEBIT),
            number=seeds,
        ),
        Alipay(
            *("2026-03-10 09:41:22", "家居家装", "青苗园艺", "花盆", "支出", "96.00", ZHOU_DEBIT),
            number=pens,
        ),
        Alipay(
            *("2026-03-12 13:44:08", "服饰装扮", "白露服饰", "围巾", "不计收支", "79.00", ""),
            status="交易关闭",
        ),
        Alipay(
            *(
                "2026-03-14 10:00:05",
                "退款",
                "青苗园艺",
                "退款-种子",
                "不计收支",
                "45.00",
                ZHOU_DEBIT,
            ),
            *("退款成功", f"{seeds}_1410000"),
        ),
        Alipay(
            *(
                "2026-03-14 10:00:41",
                "退款",
                "青苗园艺",
                "退款-花盆",
                "不计收支",
                "30.00",
                ZHOU_DEBIT,
            ),
            *("退款成功", f"{pens}_1410004"),
        ),
        Alipay(
            *("2026-03-18 19:12:30", "餐饮美食", "小满食堂", "晚餐", "支出", "59.00"),
            f"{ZHOU_DEBIT}&红包",
        ),
        Alipay(
            *("2026-03-20 08:00:12", "投资理财", "云溪基金", "余额宝-单次转入", "不计收支"),
            *("500.00", ZHOU_DEBIT),
        ),
        Alipay(
            *("2026-03-21 06:14:55", "投资理财", "云溪基金", "余额宝-2026.03.20-收益发放"),
            *("不计收支", "0.03", "余额宝"),
        ),
        Alipay("2026-03-23 20:31:40", "日用百货", "云州超市", "日用品", "支出", "63.20", "余额宝"),
        Alipay(
            "2026-03-31 23:58:51", "充值缴费", "云州燃气", "燃气费", "支出", "112.40", ZHOU_DEBIT
        ),
        Alipay(
            "2026-04-03 22:17:09", "运动户外", "鹿鸣运动", "速干衣", "支出", "199.00", ZHOU_CREDIT
        ),
        Alipay("2026-04-10 08:01:26", "交通出行", "云州地铁", "乘车", "支出", "4.00", ZHOU_DEBIT),
    ]


def _zhou_wechat() -> list[Wechat]:
    rows = [
        *_coffee(ZHOU_DEBIT, "2026-03-02 08:20:21", "2026-03-02 15:05:10", "2026-03-03 08:22:55"),
        *_coffee(ZHOU_DEBIT, "2026-03-04 08:21:40", "2026-03-05 08:19:02", "2026-03-06 08:25:33"),
        *_coffee(ZHOU_DEBIT, "2026-03-09 08:20:18", "2026-03-10 08:22:47", "2026-03-10 15:11:26"),
        *_coffee(ZHOU_DEBIT, "2026-03-11 08:21:09", "2026-03-12 08:20:58", "2026-03-13 08:23:14"),
        Wechat(
            "2026-03-08 11:15:43",
            "商户消费",
            "森屿户外",
            "登山杖",
            "支出",
            "159.00",
            ZHOU_DEBIT,
            "已退款(￥59.00)",
        ),
        Wechat(
            "2026-03-11 17:30:20",
            "森屿户外-退款",
            "森屿户外",
            "登山杖",
            "收入",
            "59.00",
            ZHOU_DEBIT,
            "已退款￥59.00",
        ),
        Wechat(
            "2026-03-15 21:03:37",
            "商户消费",
            "京东商城平台商户",
            "京东-订单编号326031521032",
            "支出",
            "86.50",
            ZHOU_CREDIT,
        ),
        Wechat(
            "2026-03-16 12:00:04",
            "转账",
            "小满",
            "转账备注:聚餐",
            "收入",
            "520.00",
            "/",
            "已存入零钱",
        ),
        Wechat(
            "2026-03-17 22:41:16",
            "零钱提现",
            "工商银行",
            "/",
            "/",
            "500.50",
            ZHOU_DEBIT,
            "提现已到账",
            "服务费¥0.50",
        ),
    ]
    return sorted(rows, key=lambda row: row.time)


def _zhou_jd() -> list[Jd]:
    tent = "326032520150899"
    return [
        Jd(
            "2026-03-15 21:03:37",
            "京东平台商户",
            "蓝牙音箱",
            "86.50",
            "微信-招商银行信用卡",
            number="326031521032",
        ),
        Jd(
            "2026-03-25 20:15:08",
            "京东平台商户",
            "帐篷 防潮垫 等多件",
            "420.00",
            ZHOU_CREDIT,
            refunded="140.00",
            number=tent,
        ),
        Jd(
            "2026-03-29 10:31:52",
            "京东平台商户",
            "退款-防潮垫",
            "70.00",
            ZHOU_CREDIT,
            "退款成功",
            "不计收支",
            number=tent,
        ),
        Jd(
            "2026-03-29 10:33:20",
            "京东平台商户",
            "退款-防潮垫",
            "70.00",
            ZHOU_CREDIT,
            "退款成功",
            "不计收支",
            number=tent,
        ),
    ]


def _zhou_debit() -> list[Booked]:
    coffee = "财付通-巷尾咖啡"
    days = "02 02 03 04 05 06 09 10 10 11 12 13"
    rows = [
        *(Booked(f"2026-03-{day}", "消费", coffee, "-18.00") for day in days.split()),
        Booked("2026-03-01", "消费", "支付宝-云州地铁", "-4.00"),
        Booked("2026-03-05", "消费", "支付宝-禾木家居", "-300.00"),
        Booked("2026-03-08", "消费", "财付通-森屿户外", "-159.00"),
        Booked("2026-03-10", "退款", "支付宝-禾木家居", "180.00"),
        Booked("2026-03-10", "退款", "支付宝-禾木家居", "120.00"),
        Booked("2026-03-10", "消费", "支付宝-青苗园艺", "-145.00"),
        Booked("2026-03-10", "消费", "支付宝-青苗园艺", "-96.00"),
        Booked("2026-03-12", "退款", "财付通-森屿户外", "59.00"),
        Booked("2026-03-15", "退款", "支付宝-青苗园艺", "75.00"),
        Booked("2026-03-17", "提现", "财付通-微信零钱提现", "500.00"),
        Booked("2026-03-18", "消费", "支付宝-小满食堂", "-55.00"),
        Booked("2026-03-20", "消费", "支付宝-余额宝", "-500.00"),
        Booked("2026-04-01", "消费", "支付宝-云州燃气", "-112.40"),
        Booked("2026-04-10", "消费", "支付宝-云州地铁", "-4.00"),
        Booked("2026-04-10", "工资", "", "8420.00", "云州印务有限公司"),
    ]
    return sorted(rows, key=lambda row: row.on)


def _zhou_credit() -> list[Charged]:
    return [
        Charged("03/01", "03/02", "云州加油站", "260.00"),
        Charged("03/15", "03/16", "财付通-京东商城平台商户", "86.50"),
        Charged("03/25", "03/26", "网银在线-京东商城业务", "420.00"),
        Charged("03/29", "03/31", "网银在线", "-70.00"),
        Charged("03/29", "03/31", "网银在线", "-70.00"),
        Charged("04/03", "04/08", "支付宝-鹿鸣运动", "199.00"),
        Charged("04/10", "04/10", "云州加油站", "275.00"),
    ]


def paypal_abroad() -> dict[str, bytes]:
    """Dana Whitlock's March: PayPal and a checking account in dollars, two faults."""
    return {
        "paypal-activity.csv": paypal("dana.whitlock@example.com", _dana_paypal()),
        "checking.ofx": ofx("XXXXXX4471", "20260301", "20260410", _dana_checking()),
    }


def _dana_paypal() -> list[Paypal]:
    seven = "Maple & Wren"
    return [
        Paypal(
            "8AB11",
            "03/02/2026",
            "09:14:22",
            "PST",
            "",
            "Bank Deposit to PP Account ",
            "Completed",
            "23.50",
            about="8AB12",
        ),
        Paypal(
            "8AB12",
            "03/02/2026",
            "09:14:22",
            "PST",
            "Harbor Books",
            "Express Checkout Payment",
            "Completed",
            "-23.50",
        ),
        Paypal(
            "8AB21",
            "03/14/2026",
            "18:40:09",
            "PDT",
            "",
            "Bank Deposit to PP Account ",
            "Denied",
            "64.99",
            about="8AB22",
        ),
        Paypal(
            "8AB22",
            "03/14/2026",
            "18:40:09",
            "PDT",
            seven,
            "Express Checkout Payment",
            "Denied",
            "-64.99",
        ),
        Paypal(
            "8AB31",
            "03/18/2026",
            "07:05:51",
            "PDT",
            "",
            "Bank Deposit to PP Account ",
            "Completed",
            "46.12",
            about="8AB34",
        ),
        Paypal(
            "8AB32",
            "03/18/2026",
            "07:05:51",
            "PDT",
            "",
            "General Currency Conversion",
            "Completed",
            "-46.12",
            about="8AB34",
        ),
        Paypal(
            "8AB33",
            "03/18/2026",
            "07:05:51",
            "PDT",
            "",
            "General Currency Conversion",
            "Completed",
            "40.00",
            "EUR",
            about="8AB34",
        ),
        Paypal(
            "8AB34",
            "03/18/2026",
            "07:05:51",
            "PDT",
            "Atelier Brume",
            "Express Checkout Payment",
            "Completed",
            "-40.00",
            "EUR",
        ),
        Paypal(
            "8AB41",
            "03/20/2026",
            "15:22:30",
            "PDT",
            "Mara Calder",
            "General Payment",
            "Completed",
            "180.00",
            fee="-5.52",
        ),
        Paypal(
            "8AB51",
            "03/21/2026",
            "10:00:00",
            "PDT",
            "",
            "General Withdrawal",
            "Completed",
            "-124.48",
        ),
        Paypal(
            "8AB61", "03/23/2026", "11:31:44", "PDT", "", "General Withdrawal", "Pending", "-50.00"
        ),
        Paypal(
            "8AB71",
            "04/10/2026",
            "12:00:31",
            "PDT",
            "",
            "Bank Deposit to PP Account ",
            "Completed",
            "12.00",
            about="8AB72",
        ),
        Paypal(
            "8AB72",
            "04/10/2026",
            "12:00:31",
            "PDT",
            "Harbor Books",
            "Express Checkout Payment",
            "Completed",
            "-12.00",
        ),
    ]


def _dana_checking() -> list[Booked]:
    return [
        Booked("2026-03-01", "GROCER ON MAIN", "CARD PURCHASE", "-81.20"),
        Booked("2026-03-03", "PAYPAL INST XFER", "260302 HARBOR BOOKS", "-23.50"),
        Booked("2026-03-16", "PAYPAL INST XFER", "260314 MAPLE WREN", "-64.99"),
        Booked("2026-03-19", "PAYPAL INST XFER", "260318 ATELIER BRUME", "-46.12"),
        Booked("2026-03-24", "PAYPAL TRANSFER", "260321 PPD", "124.48"),
        Booked("2026-03-31", "PAYROLL", "LAKESIDE CLINIC", "2410.00"),
        Booked("2026-04-10", "PAYPAL INST XFER", "260410 HARBOR BOOKS", "-12.00"),
    ]


STORIES = {"household": household, "clean": clean, "paypal": paypal_abroad}


def statements() -> dict[str, bytes]:
    """Every example file by its path below this folder."""
    return {
        f"{folder}/{name}": content
        for folder, story in STORIES.items()
        for name, content in story().items()
    }


if __name__ == "__main__":
    for place, content in statements().items():
        path = HERE / place
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
