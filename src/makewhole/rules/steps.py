"""The way to a deadline in words: what counts, what does not, what moved the day, and why."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from makewhole.records import Text
from makewhole.rules.clause import Clause, Moment, word
from makewhole.rules.days import Calendar
from makewhole.rules.library import conventions
from makewhole.rules.schema import (
    OPEN_DAYS,
    Grade,
    Kind,
    Move,
    Party,
    Pick,
    Roll,
    Span,
    Term,
    Unit,
)

Sentence = Callable[..., Text]

_ZH_UNIT = {
    Unit.SECONDS: "秒",
    Unit.MINUTES: "分钟",
    Unit.HOURS: "小时",
    Unit.DAYS: "天",
    Unit.WORKING_DAYS: "个工作日",
    Unit.BUSINESS_DAYS: "个营业日",
    Unit.WEEKS: "周",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
}
_ZH_DAY = "一二三四五六日"
_EN_DAY = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_GRADES = {
    Grade.READ: Text("读过条文原文", "the words of the instrument were read"),
    Grade.REPORTED: Text("据二手来源", "seen in a secondary source"),
    Grade.MEMORY: Text("未经核实", "from memory, not verified"),
    Grade.DOUBTFUL: Text("有疑问", "doubtful or contradictory"),
}
_PARTIES = {
    Party.USER: Text("你", "you"),
    Party.FIRM: Text("机构", "the provider"),
    Party.BANK: Text("银行", "the bank"),
    Party.NONBANK: Text("支付机构", "the payment institution"),
    Party.ISSUER: Text("发卡行", "the card issuer"),
    Party.MERCHANT: Text("商家", "the merchant"),
    Party.PROCESSOR: Text("信息处理者", "whoever holds the data"),
    Party.REGULATOR: Text("监管部门", "the regulator"),
    Party.OMBUDSMAN: Text("申诉专员", "the ombudsman"),
    Party.ADR: Text("争议解决机构", "the dispute body"),
    Party.POLICE: Text("公安机关", "the police"),
    Party.BOTH: Text("双方", "both sides"),
}
_LISTED = 12
_EARLIEST = Text("按最早的读法：", "Read to the earliest: ")
_LATEST = Text("按最晚的读法：", "Read to the latest: ")


def party(who: Party) -> Text:
    """Who that is, for a person."""
    return _PARTIES[who]


def grade(of: Grade) -> Text:
    """What a grade means."""
    return _GRADES[of]


def shown(point: Moment) -> Text:
    """A day with its day of the week, or a moment with its offset."""
    if isinstance(point, datetime):
        day = shown(point.date())
        offset = point.isoformat(timespec="seconds")[10:].replace("T", " ")
        return Text(f"{day.zh}{offset}", f"{day.en}{offset}")
    return Text(
        f"{point.isoformat()}（周{_ZH_DAY[point.weekday()]}）",
        f"{point.isoformat()} ({_EN_DAY[point.weekday()]})",
    )


def term(of: Term) -> Text:
    """A term in both languages."""
    return Text("加".join(map(_zh_span, of)), " plus ".join(map(str, of)))


def _zh_span(span: Span) -> str:
    return f"{span.number} {_ZH_UNIT[span.unit]}"


def opening(clause: Clause) -> Iterator[Text]:
    """Which rule, in which version and case, and how well it is known."""
    entry = clause.entry
    name = (clause.version.instrument or entry.instrument.name).text
    article = f" {clause.article}" if clause.article else ""
    title = entry.rule.title
    yield Text(
        f"{entry.rule.id}：{title.zh}（{name.zh}{article}）。",
        f"{entry.rule.id}: {title.en} ({name.en}{article}).",
    )
    if entry.rule.versions:
        chooser = entry.rule.selector.event if entry.rule.selector else entry.rule.trigger
        said = word(entry, chooser)
        yield Text(
            f"版本 {clause.version.id}，由“{said.zh}”的日期决定。",
            f"Version {clause.version.id}, chosen by the date of “{said.en}”.",
        )
    if clause.case:
        when = clause.case.when
        yield Text(f"情形 {clause.case.id}：{when.zh}。", f"Case {clause.case.id}: {when.en}.")
    if clause.grade.unconfirmed:
        said = grade(clause.grade)
        yield Text(
            f"注意：这条规则的可信度是 {clause.grade}（{said.zh}），使用前请核对原文。",
            f"Mind: this rule is of grade {clause.grade} ({said.en}); check it before relying on "
            "it.",
        )


def with_calendar(calendar: Calendar) -> Text:
    """The heading of one calendar's reading."""
    name = calendar.table.name
    return Text(
        f"按日历 {calendar.id}（{name.zh}）：", f"By the calendar {calendar.id} ({name.en}):"
    )


def counted(clause: Clause, event: str, start: Moment, of: Term, end: Moment) -> Text:
    """From what the term runs and where it ends."""
    said, span = word(clause.entry, event), term(of)
    begun, ended = shown(_local(clause, start)), shown(_local(clause, end))
    if clause.exact:
        return Text(
            f"{said.zh}：{begun.zh}，从这一刻起算 {span.zh}，到 {ended.zh}。",
            f"{said.en}: {begun.en}; {span.en} run from that moment to {ended.en}.",
        )
    return Text(
        f"{said.zh}：{begun.zh}，当天不算，次日为第一天；{span.zh}到 {ended.zh}为止。",
        f"{said.en}: {begun.en}. That day does not count, the next is day one; the term of "
        f"{span.en} ends on {ended.en}.",
    )


def picked(clause: Clause, pick: Pick, end: Moment) -> Text:  # noqa: ARG001 - every sentence takes the clause
    """Which of several ends counts."""
    day = shown(end)
    if pick is Pick.EARLIEST:
        return Text(f"几个日期中取最早的：{day.zh}。", f"The earliest of these counts: {day.en}.")
    return Text(f"几个日期中取最晚的：{day.zh}。", f"The latest of these counts: {day.en}.")


def received(clause: Clause, point: Moment, on: Moment) -> Text:  # noqa: ARG001
    """An order that reaches a closed house."""
    day, later = shown(point), shown(on)
    return Text(
        f"{day.zh}不营业，最晚可以算 {later.zh}收到。",
        f"{day.en} is no business day; at the latest it counts as received on {later.en}.",
    )


def moved(clause: Clause, move: Move, point: Moment, end: Moment) -> Text:
    """Which event of which rule moved the day."""
    said = word(clause.entry, move.event)
    when, new = shown(_local(clause, point)), shown(_local(clause, end))
    name = clause.entry.rule.id
    return Text(
        f"{said.zh}（{when.zh}）按 {name} 改变了期限：{move.says.zh}；最后一天变为 {new.zh}。",
        f"{said.en} ({when.en}) moves the day under {name}: {move.says.en}; the last day is now "
        f"{new.en}.",
    )


def too_late(clause: Clause, move: Move, point: Moment, limit: Moment) -> Text:
    """An event that came after the term had ended."""
    said = word(clause.entry, move.event)
    when, end = shown(_local(clause, point)), shown(_local(clause, limit))
    return Text(
        f"{said.zh}（{when.zh}）晚于期限（{end.zh}），不改变期限。",
        f"{said.en} ({when.en}) came after the term had ended ({end.en}) and moves nothing.",
    )


def too_early(clause: Clause, move: Move, point: Moment) -> Text:
    """An event that lies before the term began."""
    said, when = word(clause.entry, move.event), shown(_local(clause, point))
    return Text(
        f"{said.zh}（{when.zh}）早于起算的日子，不改变期限。",
        f"{said.en} ({when.en}) lies before the term began and moves nothing.",
    )


def capped(clause: Clause, event: str, of: Term, limit: Moment) -> Text:
    """The outermost day."""
    said, span, end = word(clause.entry, event), term(of), shown(_local(clause, limit))
    return Text(
        f"无论如何不超过“{said.zh}”之后 {span.zh}：{end.zh}。",
        f"In no case later than {span.en} after “{said.en}”: {end.en}.",
    )


def rolled(clause: Clause, end: Moment, to: Moment, calendar: Calendar, how: Roll) -> Text:  # noqa: ARG001
    """The last day is a day of rest."""
    why = calendar.why(end)
    last, after = shown(end), shown(to)
    if how is Roll.LAW:
        return Text(
            f"{last.zh}是休息日（{why.zh}），依法顺延到 {after.zh}。",
            f"{last.en} is a day of rest ({why.en}); by law the term runs to {after.en}.",
        )
    return Text(
        f"{last.zh}是休息日（{why.zh}），可以主张顺延到 {after.zh}，但规定没有写明。",
        f"{last.en} is a day of rest ({why.en}); it can be argued that the term runs to "
        f"{after.en}, but the text does not say so.",
    )


def both_ways(strict: Sequence[Text], late: Sequence[Text]) -> Iterator[Text]:
    """What both readings share, then what is said by one of them only."""
    shared = [each for each in strict if each in late]
    yield from shared
    yield from (_EARLIEST + each for each in strict if each not in shared)
    yield from (_LATEST + each for each in late if each not in shared)


def left_out(calendar: Calendar, start: Moment, end: Moment) -> Iterator[Text]:
    """The days between that did not count, and the days of rest that did."""
    days = _days(start, end)
    closed = [day for day in days if not calendar.opens(day) and not _plain_weekend(calendar, day)]
    working = [day for day in days if calendar.opens(day) and _would_rest(calendar, day)]
    if closed:
        yield Text(
            f"不算的假日：{'、'.join(_zh_reasons(calendar, closed))}。",
            f"Holidays that do not count: {', '.join(_en_reasons(calendar, closed))}.",
        )
    if working:
        yield Text(
            f"周末但要上班、因此计入：{'、'.join(map(str, working[:_LISTED]))}。",
            f"At a weekend, yet worked and counted: {', '.join(map(str, working[:_LISTED]))}.",
        )


def day_by_day(
    clause: Clause, calendar: Calendar | None, start: Moment, end: Moment
) -> Iterator[Text]:
    """Each day from the first to the last with its number, or why it has none."""
    counts_open = clause.term[-1].unit in OPEN_DAYS
    number = 0
    for day in _days(start, end):
        why = calendar.why(day) if calendar else Text("", "")
        said = shown(day)
        if counts_open and calendar and not calendar.opens(day):
            yield Text(f"{said.zh}：{why.zh}，不算", f"{said.en}: {why.en}, not counted")
            continue
        number += 1
        yield Text(f"{said.zh}：第 {number} 天", f"{said.en}: day {number}")


def _days(start: Moment, end: Moment) -> list[date]:
    count = (end - start).days  # type: ignore[operator]
    return [start + timedelta(more) for more in range(1, count + 1)]


def _plain_weekend(calendar: Calendar, day: date) -> bool:
    return calendar.why(day) == ("周末", "weekend")


def _would_rest(calendar: Calendar, day: date) -> bool:
    return calendar.why(day) == ("调休上班", "worked in exchange")


def _zh_reasons(calendar: Calendar, days: Sequence[date]) -> list[str]:
    said = [f"{day}（{calendar.why(day).zh}）" for day in days[:_LISTED]]
    return [*said, "……"] if len(days) > _LISTED else said


def _en_reasons(calendar: Calendar, days: Sequence[date]) -> list[str]:
    said = [f"{day} ({calendar.why(day).en})" for day in days[:_LISTED]]
    return [*said, "…"] if len(days) > _LISTED else said


def _local(clause: Clause, point: Moment) -> Moment:
    return point.astimezone(clause.zone) if isinstance(point, datetime) else point


def doubt(kind: str, clause: Clause, calendars: Sequence[Calendar]) -> Text:
    """Why the result is provisional."""
    names = "、".join(each.id for each in calendars)
    english = ", ".join(each.id for each in calendars)
    chooser = clause.entry.rule.selector
    event = chooser.event if chooser else clause.trigger
    said = word(clause.entry, event)
    return {
        "unannounced": Text(
            f"暂定：涉及的年份里，日历 {names} 有还没公布（或没有收录）的安排。",
            f"Provisional: it reaches into a year that is not announced, or not held, in the "
            f"calendar {english}.",
        ),
        "provider_days": Text(
            f"暂定：算的是机构自己的营业日，它的休息日未知，这里按 {names}；"
            "可用 --calendar、--closed、--open 指明。",
            f"Provisional: the provider's own business days count and its closing days are "
            f"unknown; {english} was used. Say them with --calendar, --closed, --open.",
        ),
        "unofficial": Text(
            f"暂定：日历 {names} 不是官方公布的名单。",
            f"Provisional: the calendar {english} is not an official list.",
        ),
        "version": Text(
            f"暂定：适用哪个版本由“{said.zh}”决定，没有给出；可加 --on {event}=日期。",
            f"Provisional: “{said.en}” decides which version applies and was not given; add "
            f"--on {event}=DATE.",
        ),
        "hour": Text(
            "暂定：没有给出确切时刻（只有日期，或时钟拨动使它有两种可能），按最早和最晚分别计算。",
            "Provisional: the exact moment is not known (a date alone, or an hour that the clocks "
            "repeat), so the earliest and the latest were both counted.",
        ),
        "paused": Text(
            "暂定：期限还停着，等到恢复计算才有最后一天。",
            "Provisional: the clock still stands; the last day is known once it runs again.",
        ),
    }[kind]


def basis(clause: Clause, calendars: Sequence[Calendar]) -> Text:
    """On what reading of the rule the days rest, in one line."""
    zh, en = [term(clause.term).zh], [term(clause.term).en]
    held = conventions()
    for name in clause.entry.rule.counting:
        zh.append(held[name].says.zh)
        en.append(held[name].says.en)
    if calendars:
        zh.append("日历：" + "、".join(each.table.name.zh for each in calendars))
        en.append("calendar: " + ", ".join(each.table.name.en for each in calendars))
    return Text("；".join(zh) + "。", "; ".join(en) + ".")


def closing(clause: Clause, strict: Moment, rolled: Moment, due: Moment, late: Moment) -> Text:
    """What a person should rely on."""
    day, after = shown(due), shown(late)
    if clause.kind is Kind.WAIT:
        return Text(
            f"等到 {day.zh}；从 {after.zh}起可以走下一步。",
            f"Wait until {day.en}; the next step is open from {after.en}.",
        )
    if clause.acts in {Party.USER, Party.BOTH}:
        until = shown(rolled)
        zh = f"也可以主张到 {until.zh}为止，" if strict != rolled else ""
        en = f"up to {until.en} it can be argued to be in time, " if strict != rolled else ""
        return Text(
            f"你最晚在 {day.zh}办；{zh}从 {after.zh}起就晚了。",
            f"Act by {day.en}; {en}from {after.en} it is too late.",
        )
    who = party(clause.acts)
    return Text(
        f"{who.zh}最晚应在 {day.zh}办到；从 {after.zh}起才算逾期。",
        f"{_capital(who.en)} has until {day.en} and is late from {after.en}.",
    )


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
