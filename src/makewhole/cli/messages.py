"""What the command line says of itself, in both languages; as light as `--help` has to be.

A pair is (Chinese, English). `records.Text` is such a pair too, so `pick` takes both.
"""

from collections.abc import Mapping, Sequence

Pair = tuple[str, str]

LANGUAGES = ("zh", "en")

ABOUT = (
    "追回：把钱包的账单和银行的账单对起来，找出欠你的钱。",
    (
        "Makewhole compares your wallet's statement with your bank's and finds\n"
        "the money that is owed to you."
    ),
)
CODES = (
    "退出码：0 没有问题；1 发现了问题；2 没能完成（参数或文件有误）。",
    "Exit codes: 0 nothing wrong; 1 findings; 2 could not do the job.",
)
USAGE = ("用法：", "usage: ")
COMMANDS = ("命令", "commands")
ARGUMENTS = ("参数", "arguments")
OPTIONS = ("选项", "options")
READ = ("读取账单，显示读懂了什么", "read statements and show what was understood")
SCAN = ("比对两边账单，列出问题和依据", "compare both sides, list what went wrong, with proof")
FORMATS = (
    "列出能读的账单：怎样导出，里面缺什么",
    "list the exports that can be read: how to get them,\nwhat they lack",
)
RULES = (
    "查法律和合同的期限规则，以及哪些该重新核对了",
    "look up the rules of law and contracts, and what is\ndue for checking",
)
RULES_LIST = ("列出全部规则", "list all rules")
RULES_SHOW = ("显示一条规则的全部内容和出处", "show one rule whole, with its sources")
RULES_DUE = ("列出该重新核对的规则和日历", "list rules and calendars that are due for checking")
RULES_CLAIM = (
    "按一条规则计算能要回多少、自己要负担多少",
    "compute what a rule lets you claim or has you bear",
)
RULES_CALENDARS = ("列出可用的日历", "list the calendars")
DEADLINE = (
    "按一条规则计算最后一天，一步一步说明",
    "compute the last day under a rule, step by step",
)
DEV = ("给开发者：添加账单格式时用", "for developers: help in adding a format")
DEV_EXPECTED = (
    "把读到的内容写进 文件名.expected.json，供人核对",
    "write what a file reads as to FILE.expected.json,\nto be checked by a person",
)
PROVIDERS = ("钱包或银行，如 alipay；默认全部", "a wallet or bank, as alipay; default: all")
WHOM = (
    "该找谁：按钱包和问题，先做什么、再找谁、哪天起可以",
    "whom to turn to: what to do first, then whom, and from\nwhich day",
)
PROVIDER = ("钱包，如 cn.alipay、支付宝、paypal", "the wallet, as cn.alipay or paypal")
PROBLEM = ("出了什么问题，如 debited_unpaid", "what went wrong, as debited_unpaid")
COUNTRY = (
    "在哪个国家或地区，如 CN、US；默认是钱包的本地",
    "the country, as CN or US; default: the wallet's home",
)
AMOUNT = ("涉及的金额和货币，如 5000CNY", "the money at stake, as 5000CNY")
HISTORY = (
    "已经发生的事=日期，可重复，如\ncomplaint_sent=2026-09-29",
    "what has happened and when, may be repeated, as\ncomplaint_sent=2026-09-29",
)
AS_OF_WHOM = (
    "看哪一天的情况，如 2026-03-31；默认今天",
    "the day of the answer, as 2026-03-31; default: today",
)
BAD_AMOUNT = (
    "{text!r} 看不懂，请写成 5000CNY",
    "{text!r} is not understood; write it as 5000CNY",
)
BAD_HISTORY = (
    "{text!r} 看不懂，请写成 complaint_sent=2026-09-29",
    "{text!r} is not understood; write it as complaint_sent=2026-09-29",
)
COMPLETION = ("输出命令行补全脚本", "print a shell completion script")
HELP = ("显示这段说明", "show this help")
VERSION = ("显示版本", "show the version")
FILES = (
    "账单文件，或装有账单的文件夹；zip 不用解压",
    "a statement, or a folder of statements; ZIP files stay packed",
)
PASSWORD = (
    (
        "压缩包或 PDF 的密码，几个文件密码不同时可重复；\n"
        "也可放在环境变量 MAKEWHOLE_PASSWORD 里，\n别人就看不到"
    ),
    (
        "password of an archive or a PDF, may be repeated\n"
        "where they differ; better kept in the environment variable\nMAKEWHOLE_PASSWORD"
    ),
)
MAPPING = (
    "列对应文件（TOML），用于认不出的 CSV 或 Excel",
    "a TOML file that names the columns of an unknown\nCSV or workbook",
)
DATE_ORDERS = ("dmy", "mdy")
DATES = (
    "文件里说不准时，日期是日/月（dmy）还是月/日（mdy）",
    "whether the day (dmy) or the month (mdy) comes first,\nwhere a file leaves it open",
)
CURRENCY = (
    "文件里没写是什么货币时（如 QIF），货币代码，如 EUR",
    "the currency of files that name none, such as QIF,\nas in EUR",
)
SAME_CARD = (
    "旧卡尾号=新卡尾号，是同一个账户；可重复",
    "two card tails of one account, as 1875=2875;\nmay be repeated",
)
AS_OF = (
    "以哪一天为准判断逾期，如 2026-03-31；默认今天",
    "the day on which lateness is judged, as\n2026-03-31; default: today",
)
JSON = ("输出 JSON，供程序使用", "print JSON for programs")
HTML = (
    "另写一份网页报告，单个文件，可打印",
    "also write a report: one file for a browser,\nprintable",
)
CSV = (
    "另把所有的行写成 CSV，表格软件能打开，也能再读",
    "also write all rows as CSV, for spreadsheet programs\nand to be read again",
)
XLSX = (
    "另把所有的行写成 Excel 工作簿",
    "also write all rows as a workbook",
)
LANG = (
    "语言；默认看 MAKEWHOLE_LANG，再看系统",
    "language; default: MAKEWHOLE_LANG, then the locale",
)
QUIET = ("除了结果，什么都不显示", "show nothing but the result")
SHELL = ("哪一种 shell", "which shell")

RULE = (
    "规则名，如 cn-samr-accept-7wd；见 rules list",
    "a rule, as cn-samr-accept-7wd; see rules list",
)
IN_JURISDICTION = (
    "只列这个法域，如 CN；可重复",
    "only this jurisdiction, as CN; may be repeated",
)
ON = (
    (
        "事件=日期或时刻，如 complaint_received=2026-09-18 或\n"
        "sent=2026-09-18T21:30+08:00；可重复。只写日期的，指\n规则起算的那个事件"
    ),
    (
        "event=day or moment, as complaint_received=2026-09-18\n"
        "or sent=2026-09-18T21:30+08:00; may be repeated.\n"
        "A day alone is the event that starts the term"
    ),
)
CALENDAR = (
    (
        "按哪个日历算工作日，如 scotland、de-he，或自己的\n"
        "YAML 文件；可重复，几个都算。见 rules calendars"
    ),
    (
        "the calendar of the provider, as scotland or de-he,\n"
        "or a YAML file of your own; may be repeated, all are\ncounted. See rules calendars"
    ),
)
CLOSED = (
    "机构另外休息的一天；可重复",
    "a day on which the provider is closed besides;\nmay be repeated",
)
OPENED = (
    "机构照常营业的一天；可重复",
    "a day on which the provider is open all the same;\nmay be repeated",
)
CASE = ("规则的另一种情形，见 rules show", "another case of the rule, see rules show")
ZONE = (
    "时区，如 America/Chicago；默认是规则自己的",
    "a time zone, as America/Chicago; default: the rule's",
)
BY_DAY = ("逐日列出", "day by day")
WITH = (
    "名称=值，公式需要的数，如 loss=1200；可重复",
    "name=value, what a formula needs, as loss=1200;\nmay be repeated",
)
MOMENT_AS_OF = (
    "以哪一天或哪一刻为准，如 2026-03-31；默认现在",
    "the day or moment on which it is asked, as\n2026-03-31; default: now",
)

MISUSED = ("参数有误：{problem}\n用法见：{program} --help", "{problem}\nSee: {program} --help")
BAD_DATE = (
    "{text!r} 不是日期，请写成 2026-03-31",
    "{text!r} is not a date; write it as 2026-03-31",
)
BAD_CURRENCY = (
    "{text!r} 不是货币代码，请写成 CNY、EUR 这样的三个字母",
    "{text!r} is not a currency code; write three letters such as EUR",
)
BAD_MOMENT = (
    "{text!r} 不是日期或时刻，请写成 2026-03-31 或 2026-03-31T21:30",
    "{text!r} is not a day or moment; write it as 2026-03-31 or 2026-03-31T21:30",
)
BAD_ON = (
    "{text!r} 看不懂，请写成 事件=2026-03-31",
    "{text!r} is not understood; write it as event=2026-03-31",
)
BAD_WITH = (
    "{text!r} 看不懂，请写成 名称=值",
    "{text!r} is not understood; write it as name=value",
)
BAD_ZONE = (
    "{text!r} 不是时区，请写成 Asia/Shanghai",
    "{text!r} is not a time zone; write it as Asia/Shanghai",
)
NO_NAME = ("文件名是空的", "the file name is empty")
BAD_SAME_CARD = (
    "{text!r} 看不懂，请写成 1875=2875（各四位）",
    "{text!r} is not understood; write it as 1875=2875, four digits each",
)

NO_FOLDER = (
    "{path}：要写进去的文件夹不存在，请先建好。",
    "{path}: the folder to write to does not exist; make it first.",
)
IS_FOLDER = (
    "{path} 是文件夹，请写出文件名。",
    "{path} is a folder; give a file name.",
)
IS_INPUT = (
    "{path} 也是要读的账单，会被盖掉；请换个名字。",
    "{path} is one of the statements and would be overwritten; choose another name.",
)
NOT_WRITTEN = (
    "{path}：没写成（{reason}）。请检查磁盘空间和权限。",
    "{path}: not written ({reason}); check space and permissions.",
)
NO_OUTPUT = (
    "输出写不出去（{reason}）。",
    "the output cannot be written ({reason}).",
)
TWO_NEW_CARDS = (
    "--same-card 说旧卡 {old} 换成了 {new}，又换成了 {other}；请只留一个。",
    "--same-card names two new cards for {old}: {new} and {other}; keep one.",
)
ONE_OUTPUT = (
    "--csv 和 --xlsx 写的是同一个文件 {path}；请分开。",
    "--csv and --xlsx name the same file, {path}; keep them apart.",
)
ROWS_WRITTEN = (
    "{count} 行已写入 {path}",
    "rows {count}, written to {path}",
)
WRITTEN = ("报告已写入 {path}", "the report is in {path}")
ROWS_REFUSED = (
    "注意：有 {count} 行没能读取，比对时不包括它们。",
    "Attention: rows that could not be read and take no part in what follows: {count}.",
)
NOT_DRAWN = ("另有 {count} 条，见 --json", "and {count} more, see --json")

SUMMARY_READ = (
    "文件 {files} · 账单 {statements} · 不重复的行 {rows}",
    "files {files} · statements {statements} · distinct rows {rows}",
)
SUMMARY_SCAN = (
    (
        "文件 {files} · 行 {rows} · 配对 {matches} · 问题 {findings} · 在途 {in_transit} · "
        "截至 {as_of}"
    ),
    (
        "files {files} · rows {rows} · matches {matches} · findings {findings} · "
        "in transit {in_transit} · as of {as_of}"
    ),
)
AT_STAKE = ("涉及金额：{sums}", "Money at stake: {sums}")
NOTHING_WRONG = ("没有发现问题。", "Nothing wrong was found.")
ONE_SIDE = {
    "wallet": (
        "这里只有钱包的账单，没有银行账单可以对照；请把同一段时间两边的账单一起给它。",
        (
            "Only the wallet's side is here, so nothing could be compared with a bank; give it the "
            "statements of both sides for the same time."
        ),
    ),
    "bank": (
        "这里只有银行的账单，没有钱包账单可以对照；请把同一段时间两边的账单一起给它。",
        (
            "Only the bank's side is here, so nothing could be compared with a wallet; give it the "
            "statements of both sides for the same time."
        ),
    ),
}
NO_ROWS = (
    "这些文件里没有可以比对的行。",
    "These files hold no rows that could be compared.",
)
SURE = ("（{word}）", "({word})")
OF = ("{what}：{said}", "{what}: {said}")
ALTERNATIVES = ("也可能是", "or one of")
SETTLES = ("怎样查清：", "What settles it: ")
CAVEAT = ("注意：", "Mind: ")
IN_TRANSIT = ("在途", "In transit")
LATE_FROM = ("{day} 起算逾期", "late from {day}")
COVERAGE = ("账单覆盖范围", "What the statements cover")
WARNINGS = ("提醒", "Warnings")
UNKNOWN = ("状态不认识的行", "Rows with a status nobody knows")
UNKNOWN_WORD = (
    "{provider}“{word}”：{count} 行，例如 {where}",
    "{provider} “{word}”: rows {count}, such as {where}",
)
STATEMENT = (
    "{side} · {provider} / {layout} · {encoding}",
    "{side} · {provider} / {layout} · {encoding}",
)
ROWS = (
    "{rows} 行：存入 {stored}，未能读取 {refused}",
    "rows {rows}: {stored} stored, {refused} refused",
)
OVERLAP = (
    "其中新的 {added}，别的文件已有 {known}，有更新 {updated}",
    "{added} of them new, {known} known from other files, {updated} updated",
)
SUMMARY_FORMATS = ("机构 {providers} · 格式 {layouts}", "providers {providers} · layouts {layouts}")
EXPORT_BY = ("导出：{text}", "export: {text}")
MISSING_IN = ("缺少：{text}", "lacks: {text}")
CHECKED_ON = (
    "核对：{day}，可信度 {grade}；来源：{source}",
    "checked: {day}, grade {grade}; source: {source}",
)
NOT_STATED = ("没有说明", "not stated")
EXPECTED_WRITTEN = ("已写入 {path}，请对照原文件逐行看过", "wrote {path}; read it beside the file")
SUMMARY_RULES = ("规则 {rules} · 文件 {files}", "rules {rules} · instruments {files}")
SUMMARY_DUE = (
    "到期 {expired} · 未经证实 {unconfirmed}",
    "expired {expired} · unconfirmed {unconfirmed}",
)
SUMMARY_CALENDARS = ("日历 {calendars}", "calendars {calendars}")
NOTHING_DUE = ("没有该核对的。", "Nothing is due for checking.")
EXPIRED = ("{day} 到期", "expired on {day}")
UNCONFIRMED = ("未经证实", "unconfirmed")
YEARS = ("年份 {years}", "years {years}")
UNANNOUNCED_YEARS = ("未公布 {years}", "not announced {years}")
INSTRUMENT = ("文件", "instrument")
BINDS = ("约束", "binds")
ACTS = ("由谁办", "who acts")
TRIGGER = ("起算", "runs from")
TERM = ("期限", "term")
IN_FORCE = ("有效期", "in force")
COUNTING = ("计算方法", "counting")
CALENDARS_USED = ("日历", "calendars")
MOVES = ("会改变期限的事", "what moves it")
CASES = ("其他情形", "other cases")
CONSEQUENCE = ("后果", "consequence")
NOTE = ("说明", "note")
CLAIMS = ("金额", "amounts")
GRADE = ("可信度", "grade")
SOURCE = ("出处", "source")
CHECKED = ("核对", "checked")
DUE_DAY = ("可以依靠的最后一天", "rely on")
STRICT_DAY = ("最早的读法", "earliest reading")
ROLLED_DAY = ("最晚的读法", "latest reading")
LATE_DAY = ("从这天起算逾期", "late from")
OPENS_DAY = ("从这天起可以走下一步", "next step from")
STATUS = ("现状", "status")
PROVISIONAL = ("暂定", "provisional")
STEPS = ("怎样算的", "how it was counted")
STILL_NEEDED = ("还需要知道：{names}", "still needed: {names}")
SINCE_UNTIL = ("{since} 至 {until}", "{since} to {until}")
TOTALS = ("{word}：{count} 笔，{amount}", "{word}: rows {count}, sum {amount}")
EMPTY_WORD = ("（空）", "(empty)")

DO_NOW = ("现在先做：{what}", "Do this now: {what}")
ASK_AGAIN = ("可以再催一次：{what}", "You may ask once more: {what}")
ASK_AGAIN_FROM = (
    "先等到 {day}，可以再催一次：{what}",
    "Wait until {day}, then ask once more: {what}",
)
WAIT_UNTIL = ("先等到 {day}，再：{what}", "Wait until {day}, then: {what}")
HURRY = (
    "要快：越早拦截，钱越可能追回。先做带“止付”的几步，可以同时做。",
    (
        "Be quick: money is stopped in the first minutes or not at all. Take the steps marked\n"
        "“stop” first, side by side."
    ),
)
HAVE_READY = ("准备好：{what}", "Have ready: {what}")
LIST_COMMA = ("、", ", ")
WHOLE_LADDER = ("全部步骤", "The whole ladder")
BEWARE = ("防骗", "Beware")
RUNG_OPEN = ("现在可以", "open now")
RUNG_FROM = ("{day} 起", "from {day}")
RUNG_CLOSED = ("还不行", "not now")
RUNG_TYPES = {
    "stop": ("止付", "stop"),
    "ladder": ("逐级", "ladder"),
    "side": ("可并行", "beside"),
}
STALE = ("；已过核对期，用前请再查", "; due for checking, look again before you rely on it")
WAYS = {
    "phone": ("电话", "Phone"),
    "sms": ("短信", "SMS to"),
    "ussd": ("拨号代码", "Dial"),
    "whatsapp": ("WhatsApp", "WhatsApp"),
    "fax": ("传真", "Fax"),
    "app": ("应用内", "In the app"),
    "chat": ("在线聊天", "Chat"),
    "web": ("网页", "Web"),
    "email": ("邮箱", "E-mail"),
    "post": ("信件", "Post"),
    "in_person": ("当面", "In person"),
    "account": ("社交账号", "Account"),
    "forum": ("论坛", "Forum"),
}

# What argparse says, for readers of Chinese; anything else stays in English.
ARGPARSE_ZH = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (\S+): expected one argument", r"\1 后面缺少一个值"),
    (r"argument (\S+): expected at least one argument", r"\1 后面至少要有一个值"),
    (r"argument (\S+): invalid choice: (.+) \(choose from (.*)\)", r"\1 不能是 \2，可选：\3"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 不能和 \2 同用"),
    (r"argument (\S+): ignored explicit argument (.*)", r"\1 后面不能带值 \2"),
    (r"argument (\S+): (.*)", r"\1：\2"),
)


def pick(pair: Pair, lang: str) -> str:
    """The pair's text in `zh` or `en`."""
    return pair[0] if lang == "zh" else pair[1]


def language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """`zh` or `en`: what --lang says, else MAKEWHOLE_LANG, else the locale, else English."""
    return (
        _asked(arguments)
        or _known(environment.get("MAKEWHOLE_LANG", ""))
        or _known(_locale(environment))
        or "en"
    )


def _asked(arguments: Sequence[str]) -> str:
    said = ""
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and at + 1 < len(arguments):
            said = arguments[at + 1]
        elif argument.startswith("--lang="):
            said = argument.removeprefix("--lang=")
    return said if said in LANGUAGES else ""


def _locale(environment: Mapping[str, str]) -> str:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((value for name in names if (value := environment.get(name))), "")


def _known(name: str) -> str:
    start = name[:2].lower()
    return start if start in LANGUAGES else ""
