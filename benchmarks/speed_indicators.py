"""Catalogues of any size: fewer measures than are shipped, or made-up ones beside them."""

from __future__ import annotations

from dataclasses import replace

from townclerk.extract.knowledge import Knowledge
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.packs import Wording

_DONE = ("audits", "briefings", "checks", "drills", "events", "forums", "grants", "hearings", "inductions", "journeys")
_HOW = ("late", "early", "joint", "single", "repeat", "planned", "urgent", "remote", "shared", "closed")
_OF = ("harbour", "orchard", "quarry", "meadow", "foundry", "viaduct", "bakery", "garden", "library", "museum")


def knowledge_of(knowledge: Knowledge, count: int) -> Knowledge:
    """Knowledge with so many measures: the first of the shipped catalogue, then made-up ones."""
    shipped = knowledge.catalogue
    names = list(shipped.indicators)[:count]
    indicators = {name: shipped.indicators[name] for name in names}
    wordings = {name: shipped.wordings[name] for name in names}
    model = indicators[names[0]]
    for number in range(count - len(names)):
        phrase = f"{_HOW[number % 10]} {_OF[number // 10 % 10]} {_DONE[number // 100 % 10]}"
        name = f"made_up_{number}"
        indicators[name] = replace(model, id=name, name=phrase, family=None, codes=())
        wordings[name] = [Wording(phrases=[phrase, f"number of {phrase}", f"{phrase} held"])]
    catalogue = Catalogue(indicators, wordings, shipped.concepts, shipped.version)
    return Knowledge.build(catalogue, knowledge.gazetteer)
