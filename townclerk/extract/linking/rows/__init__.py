"""Rows printed without column marks: header lines found, values put under them by order and kind."""
