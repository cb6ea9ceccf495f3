"""Layouts of the former held-back part."""
