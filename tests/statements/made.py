"""An Alipay export written from a few rows, for tests about tables and not about Alipay."""

from collections.abc import Sequence

HEADER = (
    "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,"
    "收/付款方式,交易状态,交易订单号,商家订单号,备注,"
)
TITLE = (
    "------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------"
)


def row(
    number: int,
    *,
    minute: int = 0,
    amount: str = "9.90",
    status: str = "交易成功",
    name: str = "小店",
) -> str:
    """One purchase by card; `number` makes its order number."""
    return (
        f"2026-03-02 12:{minute:02d}:00,餐饮美食,{name},/,午餐,支出,{amount},"
        f"工商银行(1234),{status},"
        f"20260302220014{number:010d}\t,T{number:012d}\t,,"
    )


def export(
    rows: Sequence[str], *, exported: str = "2026-03-09 08:00:00", preamble: bool = True
) -> bytes:
    """The export as bytes: GB18030 with the preamble that Alipay writes."""
    lines = [
        "-" * 84,
        "导出信息：",
        "姓名：测试",
        "支付宝账户：test@example.com",
        "起始时间：[2026-03-01 00:00:00]    终止时间：[2026-03-08 23:59:59]",
        "导出交易类型：[全部]",
        f"导出时间：[{exported}]",
        f"共{len(rows)}笔记录",
        "",
        TITLE,
    ]
    text = "\n".join([*(lines if preamble else []), HEADER, *rows, ""])
    return text.encode("gb18030")
