"""Finding the phrases that name indicators, in running text and in labels."""

from townclerk.extract.spotting.indicators.spotter import IndicatorSpotter

__all__ = ["IndicatorSpotter"]
