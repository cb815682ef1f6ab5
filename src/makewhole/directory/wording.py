"""What the ladder says: why a rung is open or closed, and what to mind."""

from datetime import date

from makewhole.records import Text

OPEN = Text("现在就可以。", "You can do this now.")
OPEN_SINCE = Text("{day} 起可以。", "Open since {day}.")
NEEDED = Text("还不行：{what}。", "Not yet: {what}.")
WAITING = Text(
    "还要等：{event}（{on}）满 {span}之后才行，{day} 起可以。",
    "Wait: {span} must have passed since {event} ({on}); open from {day}.",
)
OR_AFTER = Text("{event}后不用再等。", " Sooner, once {event}.")
UNTIL = Text("最后一天是 {day}。", "The last day is {day}.")
OVER = Text("已经过期：最后一天是 {day}。", "Too late: the last day was {day}.")
PERHAPS_OVER = Text(
    "可能已经过期（{day}），这个期限没有核实，可以试。",
    "It may be too late (the last day was perhaps {day}); this term is not confirmed, you can try.",
)
UNKNOWN_DAYS = Text(
    "还算不出哪天可以：缺少那年的工作日历。",
    "The day cannot be told: the calendar of working days is not known.",
)
LIMIT = Text("金额超出范围：{limit}。", "The amount is outside the limit: {limit}.")
CLASH = Text("注意：{said}。", "Mind: {said}.")
CLASH_DONE = Text(
    "注意，你 {day} 已经走了“{other}”：{said}。",
    "Mind, you took “{other}” on {day}: {said}.",
)
OURS = Text("（这是本项目的建议，不是法律规定。）", " (Our advice; no law asks for it.)")
UNCONFIRMED_TERM = Text("（这个期限没有核实。）", " (This term is not confirmed.)")
UNCONFIRMED = Text("（未核实）", " (not confirmed)")
REPLIED = Text(
    "对方 {day} 已经答复，不再催；有新情况才重新联系。",
    "They answered on {day}: no chaser; contact them again only with a new fact.",
)
SPENT = Text(
    "{last} 刚联系过，{days} 天内最多 {contacts} 次，{day} 起可以再催一次。",
    "You contacted them on {last}; at most {contacts} in {days} days: again from {day}.",
)
CHASER = Text("{last} 联系过，可以再催一次。", "You contacted them on {last}; you may ask again.")
NEWS = Text("有新情况，可以重新联系。", "There is a new fact: you may contact them again.")

SAFETY = (
    Text(
        "真客服绝不会要你的密码、验证码，不会让你共享屏幕、试转一笔钱或交手续费。",
        "Real support never asks for a password, a one-time code, screen sharing, a test payment "
        "or a fee.",
    ),
    Text(
        "不要打搜索结果、短信或评论里的“客服”号码；有人会冒充客服回复你的帖子。",
        "Do not call “support” numbers from search results, messages or comments; impostors answer "
        "public posts.",
    ),
)
NO_CONTACT = {
    "freeze": Text(
        "没有核实过的电话：自己打开应用，从里面冻结或找客服。",
        "No number is confirmed: open the app yourself and freeze the account or find help there.",
    ),
    "bank": Text(
        "打银行卡背面或银行应用里的电话。",
        "Call the number on the back of your card or in your bank's app.",
    ),
    "trace": Text(
        "打银行卡背面或银行应用里的电话。",
        "Call the number on the back of your card or in your bank's app.",
    ),
    "sim": Text(
        "打运营商的客服电话，或到营业厅。",
        "Call your mobile operator or go to its shop.",
    ),
    "police": Text("打当地的报警电话，或到最近的警局。", "Call or visit your local police."),
    "court": Text("先问当地法律援助。", "Ask legal aid where you live first."),
    "private": Text(
        "没有核实过的官方账号：只从机构自己的网站进入它的账号。",
        "No account is confirmed: reach it only from the firm's own site.",
    ),
    "public": Text(
        "没有核实过的官方账号：只从机构自己的网站进入它的账号。",
        "No account is confirmed: reach it only from the firm's own site.",
    ),
}
NO_CONTACT_OTHER = Text(
    "没有核实过的联系方式：自己打开应用，或从它自己的网站进入。",
    "No contact is confirmed: open the app yourself, or start from their own site.",
)
OWN_CARD_FIRST = Text(
    "银行卡背面或银行应用里的电话优先。",
    "The number on your card or in your bank's app comes first.",
)


def filled(text: Text, **values: Text | date | int | str | None) -> Text:
    """The text with its gaps filled, each language with its own words."""
    return Text(
        text.zh.format(**{name: _part(value, 0) for name, value in values.items()}),
        text.en.format(**{name: _part(value, 1) for name, value in values.items()}),
    )


def _part(value: Text | date | int | str | None, language: int) -> str:
    if isinstance(value, Text):
        return value[language]
    return value.isoformat() if isinstance(value, date) else str(value)
