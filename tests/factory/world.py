"""The truth behind one report: an authority, its months, and numbers that agree with each other.

Every count is a series of months; quarters, years to date and rolling years are its sums, percentages are quotients of
two such sums, rates are a count through one population. So all identities hold to the printed decimals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.factory.chance import chance
from tests.factory.measures import Measure, load_measures, load_slots
from tests.factory.place import Home, invent_home, load_names
from townclerk.models.period import (
    Period,
    PeriodKind,
    add_months,
    financial_year_of,
    month_end,
    parse_code,
)
from townclerk.models.units import Unit

_MONTHS_BACK = 84
_HIGH = 55  # percentages above it vary by what is missing to 100
_PER = {Unit.PER_1000: 1_000, Unit.PER_10000: 10_000, Unit.PER_100000: 100_000}
AVERAGES = frozenset({Unit.DAYS, Unit.WEEKS, Unit.RATIO, Unit.SCORE, Unit.CURRENCY})


@dataclass(slots=True, frozen=True)
class Reading:
    """A measure's value for one time, exact, with the counts behind it."""

    value: float
    numerator: int | None = None
    denominator: int | None = None


@dataclass(slots=True)
class World:
    """One report's truth. `rng` is the report's own source of chance for everything that is not a series."""

    seed: str
    home: Home
    kind: str
    end: date
    meeting: date
    committee: str
    population: int
    decimals: int
    words: dict[str, str]
    rng: Random
    catalogue: dict[str, Measure]
    _series: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    @classmethod
    def invent(cls, seed: str, part: str = "open") -> World:
        """The world of one seed, in the words of one part."""
        rng = chance(seed, "world")
        home = invent_home(rng)
        kind = rng.choice(["quarter", "quarter", "quarter", "month"])
        year = rng.randint(2009, 2024)
        month = rng.choice([3, 6, 9, 12]) if kind == "quarter" else rng.randint(1, 12)
        end = month_end(year, month)
        meeting = end + timedelta(days=rng.randint(24, 75))
        while meeting.weekday() > 3:
            meeting += timedelta(days=1)
        words = {name: rng.choice(choices) for name, choices in load_slots(part).items()}
        return cls(
            seed,
            home,
            kind,
            end,
            meeting,
            rng.choice(load_names().committees),
            rng.randint(28, 260) * 1000 + rng.randint(0, 999),
            rng.choice([1, 1, 1, 1, 0]),
            words,
            chance(seed, "report"),
            load_measures(part),
        )

    @property
    def period(self) -> str:
        """Code of the report's period."""
        if self.kind == "month":
            return f"{self.end.year:04d}-{self.end.month:02d}"
        return self.quarter_code(self.end)

    @staticmethod
    def quarter_code(end: date) -> str:
        """Code of the quarter that ends with the month of `end`."""
        first = financial_year_of(end)
        return f"{first:04d}-{(first + 1) % 100:02d}-Q{(end.month - 4) % 12 // 3 + 1}"

    @property
    def year_code(self) -> str:
        """Code of the financial year of the report's period."""
        first = financial_year_of(self.end)
        return f"FY{first:04d}-{(first + 1) % 100:02d}"

    @property
    def measures(self) -> dict[str, Measure]:
        """The measures that existed at the report's time."""
        year = financial_year_of(self.end)
        return {k: m for k, m in self.catalogue.items() if m.since <= year <= m.until}

    def shifted(self, months: int) -> str:
        """Code of the report's kind of period, moved by a number of months."""
        year, month = add_months(self.end.year, self.end.month, months)
        return f"{year:04d}-{month:02d}" if self.kind == "month" else self.quarter_code(month_end(year, month))

    @property
    def step(self) -> int:
        """Months in a period of the report's kind."""
        return 1 if self.kind == "month" else 3

    def last_year_code(self) -> str:
        """Code of the last financial year that was over, and published, before the report's period."""
        first = (
            financial_year_of(self.end) - 1
            if self.end.month > 9 or self.end.month < 4
            else (financial_year_of(self.end) - 2)
        )
        return f"FY{first:04d}-{(first + 1) % 100:02d}"

    def reading(self, measure: Measure, code: str) -> Reading:
        """The measure's value for the period of `code` (for a stock: at its end)."""
        period = parse_code(code)
        if measure.rate_of is not None:
            count = self.reading(self.catalogue[measure.rate_of], code).value
            return Reading(count * _PER[measure.unit] / (self.population * measure.over))
        months = self._months(measure, period)
        top, bottom = sum(n for n, _ in months), sum(d for _, d in months)
        if measure.unit is Unit.COUNT:
            return Reading(top)
        if self._base_is_stock(measure):
            bottom = months[-1][1]
            top = round(bottom * sum(n for n, _ in months) / max(1, sum(d for _, d in months)))
        if measure.unit is Unit.PERCENT:
            return Reading(100 * top / bottom, top, bottom) if bottom else Reading(0.0, 0, 0)
        return Reading(top / bottom if bottom else 0.0, top, bottom)

    def printed(self, measure: Measure) -> int:
        """Decimals that the measure is printed with in this report."""
        if measure.unit is Unit.COUNT or measure.whole:
            return 0
        if measure.unit is Unit.PER_1000:
            return 2
        if measure.unit in {Unit.SCORE, Unit.RATIO}:
            return 1
        return self.decimals

    def comparators(self, measure: Measure, code: str) -> dict[str, float]:
        """Values elsewhere for one period: the ten neighbours by name, their plain mean, region, England, good ones."""
        rng = chance(self.seed, measure.id, code, "elsewhere")
        places = self.printed(measure)
        own = self.reading(measure, code).value
        middle = own * rng.uniform(0.86, 1.16)
        if measure.unit is Unit.PERCENT and own > _HIGH:
            middle = 100 - (100 - own) * rng.uniform(0.7, 1.5)
        values = {name: self._elsewhere(rng, measure, middle, 0.24, places) for name in self.home.neighbours}
        values["region"] = self._elsewhere(rng, measure, middle, 0.08, places)
        values["england"] = self._elsewhere(rng, measure, middle, 0.07, places)
        shift = {"high": 1.05, "low": 0.9, "none": 0.96}[measure.better]
        values["good_outstanding"] = self._elsewhere(rng, measure, middle * shift, 0.05, places)
        mean = sum(values[name] for name in self.home.neighbours) / len(self.home.neighbours)
        values["statistical_neighbours"] = round_half_up(mean, places)
        return values

    def target(self, measure: Measure) -> float:
        """The year's target: a round number on the better side of what the measure usually is."""
        rng = chance(self.seed, measure.id, "target")
        value = self.reading(measure, self.period).value
        if measure.unit is Unit.PERCENT:
            pull = {"high": rng.uniform(-3, 9), "low": rng.uniform(-5, 2), "none": rng.uniform(-4, 4)}[measure.better]
            aim = value + pull * (0.3 if value < 12 else 1)
            aim = round(aim * 2) / 2 if value < 12 else round(aim)
            return float(min(100, max(1, aim)))
        factor = {"high": rng.uniform(0.98, 1.15), "low": rng.uniform(0.8, 1.04), "none": rng.uniform(0.9, 1.08)}
        aim = value * factor[measure.better]
        return float(max(1, round(aim))) if aim > 10 or measure.unit is Unit.COUNT else max(0.1, round(aim, 1))

    @staticmethod
    def _elsewhere(rng: Random, measure: Measure, middle: float, spread: float, places: int) -> float:
        value = middle * rng.gauss(1, spread)
        if measure.unit is Unit.PERCENT:
            if middle > _HIGH:
                value = 100 - (100 - middle) * max(0.15, rng.gauss(1, spread * 1.4))
            value = min(100.0, value)
        return round_half_up(max(value, middle * 0.35), places)

    def _base_is_stock(self, measure: Measure) -> bool:
        base = self.catalogue[measure.of] if measure.of else None
        return measure.kind != "stock" and base is not None and base.kind == "stock"

    def _months(self, measure: Measure, period: Period) -> list[tuple[int, int]]:
        """The months a period covers, for a stock its last month only, as (numerator or count, denominator)."""
        series = self._series_of(measure)
        last = self._index(period.end)
        if measure.kind != "flow" or period.kind in {PeriodKind.DATE, PeriodKind.MONTH}:
            return [series[last]]
        return series[max(0, self._index(period.start)) : last + 1]

    def _index(self, day: date) -> int:
        index = _MONTHS_BACK + (day.year - self.end.year) * 12 + day.month - self.end.month
        return min(max(index, 0), _MONTHS_BACK + 2)

    def _series_of(self, measure: Measure) -> list[tuple[int, int]]:
        if measure.id not in self._series:
            self._series[measure.id] = self._invent_series(measure)
        return self._series[measure.id]

    def _invent_series(self, measure: Measure) -> list[tuple[int, int]]:
        rng = chance(self.seed, measure.id)
        length = _MONTHS_BACK + 3
        if measure.unit is Unit.COUNT and measure.rate is not None:
            yearly = rng.uniform(*measure.rate) * self.population / 10_000
            if measure.flows is not None:
                return self._balance(measure.flows, round(yearly))
            level = yearly if measure.kind == "stock" else yearly / 12
            return [(n, 0) for n in _walk_counts(rng, level, length, measure.kind == "stock")]
        base = self._base_series(rng, measure, length)
        if measure.num is not None:
            top = self._series_of(self.catalogue[measure.num])
            return [(min(n, d), d) for (n, _), d in zip(top, base, strict=True)]
        low, high = measure.level or measure.share or (0.0, 0.0)
        levels = _walk_levels(rng, low, high, length)
        if measure.unit is Unit.COUNT:
            return [(round(d * share / 100), 0) for d, share in zip(base, levels, strict=True)]
        if measure.unit is Unit.PERCENT:
            return [(_share(rng, d, share), d) for d, share in zip(base, levels, strict=True)]
        return [(round(max(1, d) * level), max(1, d)) for d, level in zip(base, levels, strict=True)]

    def _balance(self, flows: tuple[str, str], at_end: int) -> list[tuple[int, int]]:
        """A stock that is what it was, plus those who came, less those who left; `at_end` in the last month."""
        entered, left = (self._series_of(self.catalogue[name]) for name in flows)
        total = 0
        totals = []
        for (came, _), (went, _) in zip(entered, left, strict=True):
            total += came - went
            totals.append(total)
        shift = max(at_end - totals[_MONTHS_BACK], 5 - min(totals))
        return [(total + shift, 0) for total in totals]

    def _base_series(self, rng: Random, measure: Measure, length: int) -> list[int]:
        """Denominators of a percentage, or numbers of cases behind an average, month by month."""
        if measure.of is not None:
            return [n for n, _ in self._series_of(self.catalogue[measure.of])]
        low, high = measure.size or (10.0, 20.0)
        level = rng.uniform(low, high) * self.population / 10_000
        spell = 1 if measure.kind in {"stock", "academic"} else 12
        return _walk_counts(rng, level / spell, length, measure.kind != "flow")


def _share(rng: Random, base: int, percent: float) -> int:
    exact = base * percent / 100
    return min(base, int(exact) + (rng.random() < exact - int(exact)))


def _walk_counts(rng: Random, level: float, length: int, stock: bool) -> list[int]:
    drift = rng.uniform(-0.0015, 0.0025)
    now = level * (1 - drift) ** length
    out = []
    for _ in range(length):
        now *= 1 + drift + rng.gauss(0, 0.012 if stock else 0.02)
        noise = 0.0 if stock else rng.gauss(0, max(0.6, now**0.5 * 0.7))
        out.append(max(1 if stock else 0, round(now + noise)))
    return out


def _walk_levels(rng: Random, low: float, high: float, length: int) -> list[float]:
    width = high - low
    now = rng.uniform(low + 0.2 * width, high - 0.1 * width)
    home = now
    out = []
    for _ in range(length):
        now += 0.08 * (home - now) + rng.gauss(0, width * 0.06)
        out.append(min(high + 0.04 * width, max(low - 0.04 * width if low > 3 else low * 0.6, now)))
    return out


def round_half_up(value: float, places: int) -> float:
    """A value as it is printed with `places` decimals, halves away from zero."""
    scaled = abs(value) * 10**places + 1e-9
    whole = int(scaled + 0.5)
    return float(whole if value >= 0 else -whole) / float(10**places)
