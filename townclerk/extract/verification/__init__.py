"""The fourth stage: the report is held against itself."""
