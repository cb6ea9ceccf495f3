"""The third stage: figures meet indicators."""
