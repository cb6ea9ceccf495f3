"""What the program knows, as data: indicator packs, units, periods, areas, role cues, and their loader."""
