"""Our tables against packages that others keep: every day of every year that both hold."""

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from makewhole.errors import BadRule
from makewhole.rules import Calendar, Calendars, calendars

LONG, GOV_UK = range(2020, 2031), range(2020, 2029)
EUROPE, ASIA = range(2024, 2029), range(2024, 2027)


def days(*years: int) -> Iterator[date]:
    for year in years:
        day = date(year, 1, 1)
        while day.year == year:
            yield day
            day += timedelta(1)


def weekdays_off(table: "holidays.HolidayBase", day: date) -> bool:
    return day.weekday() < 5 and day not in table


def test_china_has_the_working_days_of_both_packages() -> None:
    ours = calendars().get("cn")
    other = holidays.country_holidays("CN", years=range(2020, 2027))
    for day in days(*range(2020, 2027)):
        known = (chinese_calendar.is_workday(day), other.is_working_day(day))
        assert known == (ours.opens(day), ours.opens(day)), day


def test_china_2027_is_not_announced() -> None:
    ours = calendars().get("cn")
    assert not ours.knows(date(2026, 12, 31), date(2027, 1, 1))
    assert ours.knows(date(2024, 1, 1), date(2026, 12, 31))
    assert not ours.opens(date(2027, 1, 1))
    assert ours.opens(date(2026, 9, 20))
    assert not ours.opens(date(2026, 2, 21))


@pytest.mark.parametrize(
    ("name", "table", "years"),
    [
        ("us-federal", holidays.country_holidays("US", years=LONG), LONG),
        ("us-fed", holidays.financial_holidays("FED", years=LONG), LONG),
        ("eu-target", holidays.financial_holidays("XECB", years=LONG), LONG),
        ("gb-eng", holidays.country_holidays("GB", subdiv="ENG", years=GOV_UK), GOV_UK),
        ("gb-sct", holidays.country_holidays("GB", subdiv="SCT", years=GOV_UK), GOV_UK),
        ("gb-nir", holidays.country_holidays("GB", subdiv="NIR", years=GOV_UK), GOV_UK),
        ("de-he", holidays.country_holidays("DE", subdiv="HE", years=EUROPE), EUROPE),
        ("ie", holidays.country_holidays("IE", years=EUROPE), EUROPE),
        ("sg", holidays.country_holidays("SG", years=ASIA), ASIA),
    ],
)
def test_each_calendar_agrees_with_the_package(
    name: str, table: "holidays.HolidayBase", years: range
) -> None:
    ours = calendars().get(name)
    assert [day for day in days(*years) if ours.opens(day) != weekdays_off(table, day)] == []


def test_the_friday_before_a_saturday_holiday() -> None:
    friday = date(2026, 7, 3)
    assert not calendars().get("us-federal").opens(friday)
    assert calendars().get("us-fed").opens(friday)


def test_banks_in_india_close_on_the_second_and_fourth_saturday() -> None:
    ours = calendars().get("in")
    saturdays = [day for day in days(2026) if day.month == 8 and day.weekday() == 5]
    # 15 August, the third, is Independence Day.
    assert [ours.opens(day) for day in saturdays] == [True, False, False, False, True]
    assert not calendars().get("in").table.official


@pytest.mark.parametrize("calendar", list(calendars()), ids=lambda each: each.id)
def test_a_calendar_says_where_it_comes_from(calendar: Calendar) -> None:
    table = calendar.table
    assert table.source in table.sources
    assert all(year.source in {"", *table.sources} for year in table.years.values())
    assert table.checked_on
    assert table.expires_on
    assert table.expires_on > table.checked_on
    assert all(held.closed for held in table.years.values())


@pytest.mark.parametrize("name", ["cn", "us-fed", "gb-sct", "in-mh"])
def test_adding_days_is_counting_them_one_by_one(name: str) -> None:
    calendar = calendars().get(name)
    for start in days(2026):
        if start.day % 5:
            continue
        day, left = start, 12
        while left:
            day += timedelta(1)
            left -= calendar.opens(day)
        assert calendar.add(start, 12) == day
        assert calendar.between(start, day) == 12
        assert calendar.next_open(day) == day


def test_it_counts_far_beyond_its_table() -> None:
    calendar = calendars().get("us-fed")
    assert calendar.add(date(2050, 1, 3), 5) == date(2050, 1, 10)
    assert calendar.add(date(1999, 1, 4), 5) == date(1999, 1, 11)
    assert not calendar.knows(date(2050, 1, 3), date(2050, 1, 10))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id: x\nname: {zh: a, en: b}\nyearz: {}\n", "yearz"),
        ("id: x\nname: {zh: a, en: b}\nrest: [sunady]\n", "sunady"),
        ("id: x\nname: {zh: a, en: b}\nclosed: {'2026-13-01': x}\n", "2026-13-01"),
        ("id: x\nname: {zh: a, en: b}\nclosed: {'soon': x}\n", "soon"),
        (
            "id: x\nname: {zh: a, en: b}\nyears: {2026: {closed: {'2027-01-01': x}}}\n",
            "2027-01-01 is not in 2026",
        ),
        ("id: x\nid: y\nname: {zh: a, en: b}\n", "stands twice"),
        ("- a\n", "mapping"),
        ("id: [\n", "own.yaml"),
    ],
)
def test_a_mistake_in_a_calendar_is_named(text: str, says: str) -> None:
    with pytest.raises(BadRule) as refused:
        Calendars().own("own.yaml", text)
    assert says in refused.value.message.en
    assert "own.yaml" in refused.value.message.zh
