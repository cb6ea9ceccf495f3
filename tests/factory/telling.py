"""Which sentence a measure is spoken of in, and special ones: late data, school years, pairs, round numbers."""

from __future__ import annotations

from tests.factory.grammar import Slots, capital
from tests.factory.measures import Measure
from tests.factory.speaker import Speaker
from tests.factory.statements import Statement
from tests.factory.world import round_half_up
from townclerk.models.period import financial_year_of
from townclerk.models.units import Unit

_LATE = frozenset({"youth_justice", "adoption", "courts", "education"})


def tell(statement: Statement) -> str:
    """A sentence on a measure, of any shape that its unit and its numbers allow."""
    rng = statement.speaker.rng
    if statement.measure.unit is Unit.COUNT:
        return statement.say(rng.choice(_count_pools(statement)))
    reading = statement.reading
    if statement.measure.pop and not statement.measure.counted and reading.denominator and rng.random() < 0.7:
        if reading.numerator == reading.denominator:
            return statement.say("all_of")
        if reading.numerator == 0 and statement.measure.num is None:
            return statement.say("none_of")
    return statement.say(rng.choice(_level_pools(statement)))


def _count_pools(statement: Statement) -> list[str]:
    rng = statement.speaker.rng
    pools = ["count_level", "count_same"]
    if statement.movement() != "same":
        pools = ["count_level", "count_prev", "count_prev", "count_change"]
    if rng.random() < 0.3:
        pools.append("count_target")
    if statement.rate_slots():
        pools += ["count_rate", "count_rate_comp", "count_rate"]
    return pools


def _level_pools(statement: Statement) -> list[str]:
    rng, same = statement.speaker.rng, statement.movement() == "same"
    pools = ["np_level", "np_target", "np_comp", "name_level"]
    pools += ["np_same"] if same else ["np_prev", "np_prev", "np_prev_target", "np_change", "name_prev", "pronoun"]
    if not statement.measure.pop:
        return pools
    pools += ["pct_level", "pct_target"] + ([] if same else ["pct_prev", "pct_prev"])
    if (statement.reading.numerator or 0) > 1 and not statement.measure.counted:
        pools += ["of_n", "of_n"] + (["n_of_d"] if rng.random() < 0.3 else [])
    return pools


def about(speaker: Speaker, measure: Measure) -> str:
    """A count in round numbers; it counts as the number printed (C8)."""
    statement = Statement(speaker, measure)
    value = statement.reading.value
    step = 10 if value < 1000 else 100
    statement.reading = type(statement.reading)(round_half_up(value / step, 0) * step)
    sentence = statement.say("count_about")
    statement.owner().notes.append("approximate")
    return sentence


def comes_late(measure: Measure) -> bool:
    """True for measures whose data other bodies publish, a period or more behind."""
    return measure.domain in _LATE and measure.kind == "flow" and measure.rate_of is None


def lagged(speaker: Speaker, measure: Measure) -> Statement | None:
    """A statement on an earlier period than the report's; None where there is nothing to state."""
    code = speaker.world.shifted(-speaker.world.step * speaker.rng.choice([1, 1, 2]))
    reading = speaker.world.reading(measure, code)
    if measure.unit is not Unit.COUNT and not reading.denominator:
        return None
    return Statement(speaker, measure, code)


def tell_lagged(statement: Statement) -> str:
    """The sentence of a late measure (P55)."""
    return statement.say("lagged_count" if statement.measure.unit is Unit.COUNT else "lagged_np")


def academic(speaker: Speaker, measure: Measure) -> str:
    """A sentence on the last whole school year."""
    start = financial_year_of(speaker.world.end) - (1 if speaker.world.end.month >= 10 else 2)
    statement = Statement(speaker, measure, f"AY{start}-{(start + 1) % 100:02d}")
    return statement.say(speaker.rng.choice(["np_level", "pct_level", "np_target"]))


def can_pair(one: Measure, other: Measure) -> bool:
    """True for two percentages of one kind, which may share a sentence."""
    return one.unit is Unit.PERCENT is other.unit and one.kind == other.kind and one.id != other.id


def pair(speaker: Speaker, one: Measure, other: Measure) -> str:
    """Two percentages in one sentence, values in the order of the names (P36, P43)."""
    world, code = speaker.world, speaker.world.period
    back = world.shifted(-world.step)
    measures = {"1": one, "2": other}
    slots: dict[str, object] = {}

    def printed(measure: Measure, when: str) -> str:
        subject = speaker.names(measure).subject
        value = world.reading(measure, when).value
        figure = speaker.figure(measure, value, speaker.dated(measure, when), label=subject, difficulty="medium")
        return speaker.print(measure, figure)

    for key, measure in measures.items():
        subject = speaker.names(measure).subject
        slots |= {f"s{key}": subject, f"S{key}": capital(subject)}
        slots |= {f"v{key}": lambda m=measure: printed(m, code), f"o{key}": lambda m=measure: printed(m, back)}
    phrase = speaker.when(one, code, needed=True)
    slots |= {"when": phrase, "Whenc": f"{capital(phrase)}, ", "owhen": speaker.when(one, back, needed=True)}
    return capital(speaker.say(speaker.rng.choice(["pair", "pair_old"]), _typed(slots)))


def _typed(slots: dict[str, object]) -> Slots:
    return {name: value for name, value in slots.items() if isinstance(value, str) or callable(value)}
