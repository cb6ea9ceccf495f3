"""What a report says of itself: title, authority, committee, meeting date, reporting period."""

from townclerk.extract.facts.settle import StatedFacts, read_facts, settle_facts

__all__ = ["StatedFacts", "read_facts", "settle_facts"]
