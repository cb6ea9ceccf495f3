"""The second stage: mentions of indicators, figures, periods, areas and role cues."""
