"""The invented town in which the households live: shops with prices, cards, holidays.

Nobody and no shop in it exists. Bank holidays are the published ones, for posting waits for them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Shop:
    """A place where money is spent: its name in the wallet, its company's name at the bank.

    `menu` lists fixed prices; without one, prices scatter around `typical`. `sells` are the
    titles of its goods. `returns` is the chance that a purchase comes back in whole or part.
    """

    name: str
    company: str
    category: str
    sells: tuple[str, ...]
    menu: tuple[str, ...] = ()
    typical: float = 0.0
    returns: float = 0.01

    def price(self, rng: Random) -> Decimal:
        """What one purchase costs; the first prices of a menu are the popular ones."""
        if self.menu:
            weights = [1 / (at + 1) for at in range(len(self.menu))]
            return Decimal(rng.choices(self.menu, weights)[0]).quantize(CENT)
        size = self.typical * rng.lognormvariate(0, 0.6)
        step = rng.choice((Decimal("0.01"), Decimal("0.01"), Decimal("0.1"), Decimal("0.5"), 1))
        return max(Decimal("0.5"), Decimal(int(size / float(step))) * step).quantize(CENT)


COFFEE = Shop(
    "半山咖啡(文华路店)",
    "清河半山餐饮管理有限公司",
    "餐饮美食",
    ("拿铁", "美式"),
    ("15.00", "18.00", "13.50"),
)
METRO = Shop(
    "清河地铁",
    "清河轨道交通集团有限公司",
    "交通出行",
    ("地铁乘车",),
    ("4.00", "3.00", "5.00", "6.00"),
)
CANTEEN = Shop(
    "一碗云吞", "清河一碗小吃店", "餐饮美食", ("收钱码收款",), ("16.00", "18.00", "22.00", "12.00")
)
EVERYDAY = (
    Shop("便家超市", "便家商贸连锁有限公司", "日用百货", ("便家超市购物",), typical=42),
    Shop("呼呼打车", "北原呼呼出行科技有限公司", "交通出行", ("快车订单", "拼车订单"), typical=23),
    Shop(
        "好饭到家",
        "好饭到家网络科技有限公司",
        "餐饮美食",
        ("外卖订单", "晚餐配送"),
        typical=31,
        returns=0.05,
    ),
    Shop("小角落面包", "清河小角落食品有限公司", "餐饮美食", ("面包",), ("12.00", "9.90", "26.00")),
    Shop("巷口牛肉面", "李记面馆", "餐饮美食", ("收钱码收款",), ("20.00", "23.00", "28.00")),
    Shop(
        "云杉影城",
        "清河云杉影院有限公司",
        "文化休闲",
        ("电影票2张",),
        ("79.80", "39.90"),
        returns=0.06,
    ),
    Shop("果然鲜", "果然鲜果品有限公司", "日用百货", ("水果",), typical=28),
    Shop(
        "清河停车", "清河城市停车服务有限公司", "爱车养车", ("停车缴费",), ("5.00", "10.00", "8.00")
    ),
    Shop("优电充电", "优电新能源科技有限公司", "爱车养车", ("充电订单",), typical=36, returns=0.08),
    Shop("康宁大药房", "康宁医药连锁有限公司", "医疗健康", ("药品",), typical=55),
    Shop("移联通信", "移联通信集团清河有限公司", "充值缴费", ("话费充值",), ("50.00", "100.00")),
    Shop("清河水务", "清河市水务集团有限公司", "充值缴费", ("水费",), typical=48),
    Shop("追光视频", "追光网络视听有限公司", "文化休闲", ("连续包月",), ("15.00", "25.00")),
    Shop("巧手理发", "巧手理发店", "美容美发", ("收钱码收款",), ("38.00", "58.00")),
    Shop("老灶火锅", "清河老灶餐饮有限公司", "餐饮美食", ("火锅",), typical=210, returns=0.02),
    Shop("蓝鲸洗衣", "蓝鲸洗涤服务有限公司", "生活服务", ("自助洗衣",), ("4.00", "6.00")),
    Shop("单车侠", "单车侠骑行科技有限公司", "交通出行", ("骑行订单",), ("1.50", "2.00", "3.00")),
    Shop("萌爪宠物", "萌爪宠物用品店", "宠物", ("猫粮",), typical=120, returns=0.04),
    Shop("书山书店", "书山文化传播有限公司", "文化休闲", ("图书",), typical=66, returns=0.04),
    Shop("有光眼镜", "有光眼镜行", "服饰装扮", ("眼镜",), typical=480, returns=0.02),
)
ONLINE = (
    Shop("拾物旗舰店", "拾物电子商务有限公司", "日用百货", ("收纳盒",), typical=59, returns=0.16),
    Shop(
        "织里服饰", "织里服饰有限公司", "服饰装扮", ("宽松卫衣", "长裤"), typical=139, returns=0.25
    ),
    Shop(
        "数点数码", "数点数码科技有限公司", "数码电器", ("数据线", "键盘"), typical=99, returns=0.14
    ),
    Shop("山野户外", "山野体育用品有限公司", "运动户外", ("冲锋衣",), typical=320, returns=0.2),
    Shop(
        "行远旅行", "行远国际旅行社有限公司", "酒店旅游", ("酒店预订",), typical=460, returns=0.18
    ),
    Shop("铁路票务", "铁路客票发展中心", "交通出行", ("火车票",), typical=180, returns=0.15),
)
JD_SHOPS = (
    Shop(
        "京东平台商户",
        "京东商城业务",
        "日用百货",
        ("抽纸 24包", "洗衣液 3kg", "垃圾袋"),
        typical=48,
        returns=0.12,
    ),
    Shop(
        "京东平台商户",
        "织里服饰*京东商城",
        "服饰内衣",
        ("男士卫衣 深蓝 XL", "袜子 5双"),
        typical=118,
        returns=0.25,
    ),
    Shop("京东平台商户", "京东商城业务", "电脑办公", ("鼠标 无线",), typical=150, returns=0.12),
    Shop("京东物流", "京东物流", "收发快递", ("京东物流",), ("13.00", "18.00"), returns=0.0),
)
PEOPLE = ("阿黎", "老周", "小满", "房东陈姐", "表弟", "同事_林", "Momo")

BANK_NAMES = {
    "icbc": ("工商银行", "中国工商银行"),
    "ccb": ("建设银行", "中国建设银行"),
    "citic": ("中信银行", "中信银行"),
    "cmb": ("招商银行", "招商银行"),
    "boc": ("中国银行", "中国银行"),
}
UNSEEN_CARDS = ("平安银行", "浦发银行", "民生银行", "华夏银行")

_HOLIDAYS = (
    ("2021-12-31", 4),
    ("2022-01-31", 7),
    ("2022-04-03", 3),
    ("2022-04-30", 5),
    ("2022-06-03", 3),
    ("2022-09-10", 3),
    ("2022-10-01", 7),
    ("2022-12-31", 3),
    ("2023-01-21", 7),
    ("2023-04-05", 1),
    ("2023-04-29", 5),
    ("2023-06-22", 3),
    ("2023-09-29", 8),
    ("2023-12-30", 3),
    ("2024-02-10", 8),
    ("2024-04-04", 3),
    ("2024-05-01", 5),
    ("2024-06-08", 3),
    ("2024-09-15", 3),
    ("2024-10-01", 7),
    ("2025-01-01", 1),
    ("2025-01-28", 8),
    ("2025-04-04", 3),
    ("2025-05-01", 5),
    ("2025-05-31", 3),
    ("2025-10-01", 8),
    ("2026-01-01", 3),
    ("2026-02-15", 9),
)
HOLIDAYS = frozenset(
    date.fromisoformat(first) + timedelta(days=at)
    for first, length in _HOLIDAYS
    for at in range(length)
)


def is_workday(day: date) -> bool:
    """Whether banks book on this day (made-up working weekends are left out)."""
    return day.weekday() < 5 and day not in HOLIDAYS


def next_workday(day: date) -> date:
    """The day itself or the first after it on which banks book."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def yuan(text: str | int | Decimal) -> Decimal:
    """An amount with two decimals."""
    return Decimal(text).quantize(CENT)
