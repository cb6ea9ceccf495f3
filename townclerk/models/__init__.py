"""What the program talks about: documents, indicators, figures, periods, areas, observations."""
