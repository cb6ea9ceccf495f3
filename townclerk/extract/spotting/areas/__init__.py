"""Places in council reports: authorities by name, regions, comparator groups, and the reporting authority itself."""

from townclerk.extract.spotting.areas.spotter import AreaSpotter

__all__ = ["AreaSpotter"]
