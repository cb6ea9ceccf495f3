"""Figures: numbers with their unit, as printed, and the marks that stand for numbers."""

from townclerk.extract.spotting.figures.cells import read_cell
from townclerk.extract.spotting.figures.columns import repair_column
from townclerk.extract.spotting.figures.finder import figures_of, find_figures
from townclerk.extract.spotting.figures.marks import read_mark, whole_marks

__all__ = ["figures_of", "find_figures", "read_cell", "read_mark", "repair_column", "whole_marks"]
