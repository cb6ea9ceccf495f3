"""Agenda packs: a file that holds a whole meeting is split into its papers."""

from townclerk.extract.reading.items.split import split_items

__all__ = ["split_items"]
