"""Periods in a report's own words: "in quarter 2", "at 30 September 2021", column heads."""

from __future__ import annotations

from random import Random

from tests.factory.grammar import Grammar, fill
from tests.factory.world import World
from townclerk.models.period import Period, PeriodKind, financial_year_of, parse_code

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth")
_NUMBERS = ("one", "two", "three", "four")


class Calendar:
    """How one report writes dates, years and quarters."""

    def __init__(self, world: World, rng: Random) -> None:
        self.world = world
        self.year_form = rng.choice(["{a}/{b:02d}", "{a}/{b:02d}", "{a}-{b:02d}", "{a}/{c}"])
        self.day_form = rng.choice(["{d} {m} {y}", "{d} {m} {y}", "{d}{th} {m} {y}"])
        self.month_head = rng.choice(["{s} {y}", "{s}-{yy:02d}", "{m} {y}", "{s} {yy:02d}"])

    def year(self, start: int) -> str:
        """A financial or academic year, "2018/19"."""
        return self.year_form.format(a=start, b=(start + 1) % 100, c=start + 1)

    def date(self, code: str) -> str:
        """The last day of a period, written out."""
        end = parse_code(code).end
        th = "th" if 10 < end.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(end.day % 10, "th")
        return self.day_form.format(d=end.day, th=th, m=MONTHS[end.month - 1], y=end.year)

    def month(self, code: str) -> str:
        """The last month of a period, "September 2021"."""
        end = parse_code(code).end
        return f"{MONTHS[end.month - 1]} {end.year}"

    def head(self, code: str) -> str:
        """A period as a column head."""
        period = parse_code(code)
        end = period.end
        if period.kind is PeriodKind.QUARTER:
            return f"Q{_quarter(period)} {self.year(financial_year_of(end))}"
        if period.kind in {PeriodKind.FINANCIAL_YEAR, PeriodKind.ACADEMIC_YEAR}:
            return self.year(period.start.year)
        if period.kind is PeriodKind.YEAR_TO_DATE:
            return f"YTD to {MONTHS[end.month - 1]} {end.year}"
        if period.kind is PeriodKind.ROLLING_12_MONTHS:
            return f"12 months to {MONTHS[end.month - 1]} {end.year}"
        if period.kind is PeriodKind.DATE:
            return f"{end.day} {MONTHS[end.month - 1][:3]} {end.year}"
        return self.month_head.format(
            s=MONTHS[end.month - 1][:3], m=MONTHS[end.month - 1], y=end.year, yy=end.year % 100
        )

    def named(self, code: str) -> str:
        """A month or quarter as a noun, "quarter 2 2021/22"."""
        period = parse_code(code)
        if period.kind is PeriodKind.QUARTER:
            return f"quarter {_quarter(period)} {self.year(financial_year_of(period.end))}"
        return self.month(code)

    def report_title(self) -> str:
        """The report's period, as titles have it."""
        code = self.world.period
        period = parse_code(code)
        if period.kind is PeriodKind.MONTH:
            return self.month(code)
        start = financial_year_of(period.end)
        first, last = MONTHS[period.start.month - 1], MONTHS[period.end.month - 1]
        rng = self.world.rng
        forms = [
            f"Quarter {_quarter(period)} {self.year(start)}",
            f"Q{_quarter(period)} {self.year(start)}",
            f"Quarter {_quarter(period)} ({first} to {last} {period.end.year})",
            f"Quarter {_quarter(period)} {self.year(start)} ({first} - {last})",
        ]
        return rng.choice(forms)

    def when(self, code: str, stock: bool, grammar: Grammar, needed: bool = False) -> str:
        """A phrase for the period, as it follows a verb; "" is possible for the report's own period unless `needed`."""
        period = parse_code(code)
        pool = self._pool(period, stock)
        while True:
            phrase = fill(grammar.pick(pool), self._slots(period))
            if phrase or not needed:
                return phrase

    def _pool(self, period: Period, stock: bool) -> str:
        kinds = {
            PeriodKind.FINANCIAL_YEAR: "fy_stock" if stock else "fy",
            PeriodKind.ROLLING_12_MONTHS: "r12",
            PeriodKind.YEAR_TO_DATE: "ytd",
            PeriodKind.ACADEMIC_YEAR: "ay",
        }
        if period.kind in kinds:
            return kinds[period.kind]
        if period.kind is PeriodKind.DATE and period.end.month == 3 and self._months_ago(period) > 12:
            return "fy_stock"
        name = {0: "this", self.world.step: "prev", 12: "year"}.get(self._months_ago(period), "other")
        return f"{name}_{self.world.kind}{'_stock' if stock else ''}"

    def _months_ago(self, period: Period) -> int:
        end = self.world.end
        return (end.year - period.end.year) * 12 + end.month - period.end.month

    def _slots(self, period: Period) -> dict[str, str]:
        quarter = _quarter(period)
        start = financial_year_of(period.end)
        months = [MONTHS[(period.end.month - 1 + shift) % 12] for shift in (-2, -1, 0)]
        return {
            "q": str(quarter),
            "qth": _ORDINALS[quarter - 1],
            "qword": _NUMBERS[quarter - 1],
            "fy": self.year(start),
            "ay": self.year(period.start.year),
            "m1": months[0],
            "m3": months[2],
            "y": str(period.end.year),
            "date": self.date(period.code),
        }


def _quarter(period: Period) -> int:
    return (period.end.month - 4) % 12 // 3 + 1
