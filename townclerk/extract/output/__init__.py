"""Observations as files and on the screen: JSON Lines, JSON, CSV, a readable table; and the record of each input."""
