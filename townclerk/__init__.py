"""Townclerk reads children's services performance reports and turns their figures into observations."""

__version__ = "0.1.0"
