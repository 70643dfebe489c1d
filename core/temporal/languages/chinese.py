"""Chinese, started. No spaces: every entry is looked for wherever it stands."""

from __future__ import annotations

import re
from datetime import datetime

from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal import building as make
from second_me.core.temporal.languages.shared import day_away, holiday, listed, night_away, part_away
from second_me.core.temporal.lexer import Lexicon, Reader, Tagged
from second_me.core.temporal.moments import relative
from second_me.core.temporal.spans import Grain, Span

_FIGURES = "〇一二三四五六七八九"
_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_DAYS = "一二三四五六日"


def _number(text: str) -> int:
    """1 to 99 in figures or in Chinese."""
    if text.isdigit():
        return int(text)
    text = text.replace("两", "二")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _FIGURES.index(text)
    return 10 * (_FIGURES.index(tens) if tens else 1) + (_FIGURES.index(ones) if ones else 0)


def _written_year(match: re.Match[str]) -> Tagged:
    return "Y", int("".join(str(_FIGURES.index(each.replace("零", "〇"))) for each in match["value"]))


def _numbered(tag: str) -> Reader:
    return lambda match: (tag, _number(match["value"]))


def _weekday_of_week(match: re.Match[str]) -> Tagged:
    """上周二 is the Tuesday of last week."""
    step = {"上": -1, "下": 1}.get(match["week"], 0)
    number = _DAYS.index(match["number"].replace("天", "日"))

    def of(now: datetime) -> Span:
        start = calendar.unit_away(now, step, Grain.WEEK).start + number * calendar.DAY
        return Span(start, start + calendar.DAY, Grain.DAY)

    return "Z", relative(of, Grain.DAY)


def _weekday(match: re.Match[str]) -> Tagged:
    return "W", _DAYS.index(match["value"].replace("天", "日"))


def _clock(match: re.Match[str]) -> Tagged:
    minute = 30 if match["half"] == "半" else int(match["half"][:-1]) if match["half"] else None
    return "c", (_number(match["hour"]), minute)


def _decade(match: re.Match[str]) -> Tagged:
    value = _number(match["tens"][0]) * 10
    return "Z", make.decade(value + (1900 if value >= 30 else 2000))


def _year_away(step: int) -> Tagged:
    return "Z", make.unit_named(Grain.YEAR, step)


CHINESE = Lexicon(
    language="zh",
    spaced=False,
    words={
        **listed("U", {"天": Grain.DAY, "周": Grain.WEEK, "星期": Grain.WEEK, "礼拜": Grain.WEEK}),
        **listed("U", {"周末": Grain.WEEKEND, "月": Grain.MONTH, "年": Grain.YEAR, "小时": Grain.HOUR}),
        **listed("U", {"分钟": Grain.MINUTE, "季度": Grain.QUARTER}),
        **listed("R", {"上": -1, "上个": -1, "上一个": -1, "这": 0, "这个": 0, "本": 0, "下": 1, "下个": 1}),
        "个": ("-", 0),
        "今天": day_away(0),
        "昨天": day_away(-1),
        "前天": day_away(-2),
        "大前天": day_away(-3),
        "明天": day_away(1),
        "后天": day_away(2),
        "昨晚": night_away(-1),
        "今晚": part_away(0, "evening"),
        **listed("e", {"上旬": "early", "初": "early", "中旬": "mid", "下旬": "late", "底": "late"}),
        "今年": _year_away(0),
        "去年": _year_away(-1),
        "前年": _year_away(-2),
        "明年": _year_away(1),
        "后年": _year_away(2),
        **listed("P", {"早上": "morning", "上午": "morning", "下午": "afternoon", "晚上": "evening"}),
        **listed("P", {"夜里": "night", "早晨": "morning", "傍晚": "evening"}),
        **listed("S", {"春天": "spring", "夏天": "summer", "秋天": "autumn", "冬天": "winter"}),
        "圣诞节": holiday(12, 25),
        "元旦": holiday(1, 1),
        "国庆节": holiday(10, 1),
        **listed("g", {"前": 0, "之前": 0, "以前": 0}),
        **listed("w", {"后": 0, "之后": 0, "以后": 0}),
        **listed("f", {"从": 0, "自": 0}),
        **listed("j", {"到": 0, "至": 0}),
        **listed("z", {"起": 0, "以来": 0}),
        **listed("&", {"和": 0}),
        **listed("i", {"在": 0, "于": 0}),
        **listed("o", {"的": 0}),
        **listed("E", {"每": 0, "每个": 0}),
        **listed("x", {"上面": 0, "下面": 0, "晚上好": 0, "早上好": 0, "这样": 0, "这里": 0}),
    },
    special=(
        (r"(?:(?:二十|20)世纪)?(?P<tens>[1-9]0|[一二三四五六七八九]十)年代", _decade),
        (r"(?P<value>[一二][〇零一二三四五六七八九]{3})年", _written_year),
        (r"第?(?P<value>[一二三四1-4])季度", _numbered("q")),
        (r"(?P<value>(?:19|20)\d\d)年", lambda m: ("Y", int(m["value"]))),
        (r"(?P<value>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?", _numbered("M")),
        (rf"(?P<value>{_NUMBER})[日号號]", _numbered("O")),
        (r"(?P<week>[上下这本])个?(?:周|星期|礼拜)(?P<number>[一二三四五六日天])", _weekday_of_week),
        (
            r"(?:周|星期|礼拜)(?P<value>[一二三四五六日天])",
            lambda m: ("W", _DAYS.index(m["value"].replace("天", "日"))),
        ),
        (rf"(?P<hour>{_NUMBER})[点點](?P<half>半|\d\d?分)?", _clock),
        (rf"(?P<value>{_NUMBER})(?=个?(?:天|周|星期|礼拜|月|年|小时|分钟|季度))", _numbered("N")),
    ),
    future=r"将|要|会|打算|准备|下",
    past=r"了|过|曾",
)
