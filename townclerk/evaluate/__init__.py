"""Scoring against gold, calibration, benchmark reports."""
