"""How Chinese banks print a wallet's payment: prefixes, cut and masked names, or no name at all."""

from random import Random

from benchmarks.rows import Account, Act

PREFIX = {"alipay": "支付宝", "wechat": "财付通", "jd": "网银在线", "douyin": "抖音支付"}
PAYER = {
    "alipay": "支付宝（中国）网络技术有限公司",
    "wechat": "财付通支付科技有限公司",
    "jd": "网银在线（北京）科技有限公司",
    "douyin": "武汉合众易宝科技有限公司",
}
_CUT = {"icbc": 14, "ccb": 16, "citic": 18, "cmb": 12, "boc": 15}
_WAYS = ("name", "company", "cut", "masked", "payer")
_WEIGHTS = (0.36, 0.3, 0.14, 0.1, 0.1)


def shop_name(account: Account, via: str, name: str, company: str, rng: Random) -> str:
    """How this bank prints this shop; nearly always the same way."""
    known = account.names.get((via, name))
    if known is not None and rng.random() < 0.97:
        return known
    way = rng.choices(_WAYS, _WEIGHTS)[0]
    printed = {
        "name": name,
        "company": company,
        "cut": company[: max(4, _CUT[account.bank] - 6)],
        "masked": f"{name[0]}***{name[-2:]}",
        "payer": "",
    }[way]
    account.names.setdefault((via, name), printed)
    return printed


def describe(
    account: Account, via: str, act: Act, shop: tuple[str, str], rng: Random
) -> tuple[str, str, str]:
    """Summary, place and counterparty as the bank prints a movement that came through a wallet."""
    name, company = shop
    service = name == company
    printed = name if service else shop_name(account, via, name, company, rng)
    if act is Act.REFUND and rng.random() < 0.4:
        printed = ""
    return _BY_BANK[account.bank](account, via, act, printed)


def _joined(prefix: str, dash: str, name: str, alone: str) -> str:
    return f"{prefix}{dash}{name}" if name else alone


def _own(via: str, act: Act) -> str:
    """The name under which a wallet's own services stand."""
    names = {
        Act.TOP_UP: "余额充值" if via == "alipay" else "微信零钱充值",
        Act.WITHDRAW: "提现" if via == "alipay" else "微信零钱提现",
        Act.POCKET_IN: "余额宝" if via == "alipay" else "微信零钱通",
        Act.POCKET_OUT: "余额宝提现" if via == "alipay" else "微信零钱通转出",
        Act.REPAY: "信用卡还款",
    }
    return names.get(act, "")


def _icbc(account: Account, via: str, act: Act, name: str) -> tuple[str, str, str]:
    summary = {
        Act.REFUND: "退款",
        Act.REVERSAL: "冲正",
        Act.WITHDRAW: "提现",
        Act.POCKET_OUT: "蚂蚁基金赎回到银行" if via == "alipay" else "基金赎回",
        Act.REPAY: "还款" if account.credit else "消费",
    }.get(act, "消费")
    place = _joined(PREFIX[via], "-", _own(via, act) or name, PREFIX[via])[:20]
    return summary, place, "" if account.credit else PAYER[via]


def _ccb(_account: Account, via: str, act: Act, name: str) -> tuple[str, str, str]:
    summary = {
        Act.REFUND: "消费退货",
        Act.REVERSAL: "冲正",
        Act.WITHDRAW: "电子汇入",
        Act.POCKET_OUT: "电子汇入",
    }.get(act, "消费")
    what = _own(via, act) or name
    middle = {
        "alipay": "支付宝外部商户" if len(name) % 2 else "支付宝-消费",
        "wechat": "微信支付",
        "jd": "京东支付",
    }.get(via, "快捷支付")
    place = f"{PREFIX[via]}-{middle}-{what}" if what else PREFIX[via]
    return summary, place, f"**{what[-2:]}" if what else PAYER[via]


def _citic(_account: Account, via: str, act: Act, name: str) -> tuple[str, str, str]:
    if act is Act.REPAY:
        return "", f"{PREFIX[via]}还款", ""
    alone = "云闪付APP-财付通(银联云闪付)" if via == "wechat" else f"{PREFIX[via]}－特约商户"
    return "", _joined(PREFIX[via], "－", name, alone), ""


def _cmb(account: Account, via: str, act: Act, name: str) -> tuple[str, str, str]:
    if account.credit:
        if act is Act.REPAY:
            return f"{PREFIX[via]}还款", "", ""
        return _joined(PREFIX[via], "-", name, f"{PREFIX[via]}-特约商户")[:18], "", ""
    summary = {
        Act.REFUND: "快捷退款",
        Act.REVERSAL: "冲正",
        Act.WITHDRAW: "网联收款",
        Act.POCKET_OUT: "网联收款",
    }.get(act, "快捷支付")
    what = _own(via, act) or name
    return summary, _joined(PREFIX[via], "-", what, PAYER[via]), what or PAYER[via]


def _boc(account: Account, via: str, act: Act, name: str) -> tuple[str, str, str]:
    if account.credit:
        if act is Act.REPAY:
            return "", f"{PREFIX[via]}还款", ""
        alone = "网银在线" if via == "jd" else f"{PREFIX[via]}-{PAYER[via]}"
        return "", _joined(PREFIX[via], "-", name, alone), ""
    summary = {
        Act.REFUND: "网上快捷退款",
        Act.REVERSAL: "网上快捷退款",
        Act.WITHDRAW: "网上快捷提现",
        Act.POCKET_OUT: "网上快捷提现",
    }.get(act, "网上快捷支付")
    what = _joined(PREFIX[via], "-", _own(via, act) or name, PAYER[via])
    return summary, what, what


_BY_BANK = {"icbc": _icbc, "ccb": _ccb, "citic": _citic, "cmb": _cmb, "boc": _boc}
