"""Layouts and wording that were held back once, and have been looked at since: they now serve to build, not to measure.

Laid out like `tests/factory/held/`.
"""
