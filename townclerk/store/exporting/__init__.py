"""Observations out of a store: CSV, JSON Lines, Parquet, Excel, and a Frictionless Data Package; long or wide."""
